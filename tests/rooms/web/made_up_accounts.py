"""Made-up sign-ins and second factors, and the pages for when something goes wrong."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms

from kept.web.pages import Typed
from tests.rooms.web.made_up import AT, NOTE, Page

TYPED = (Typed("once", "6f1c"), Typed("note", NOTE, "Note"), Typed("weight", "3420", "Weight"))


class SignIn(forms.Form):
    login = forms.EmailField(label="Email")
    password = forms.CharField(widget=forms.PasswordInput)


class Code(forms.Form):
    code = forms.CharField(label="Code")
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Name(forms.Form):
    name = forms.CharField(initial="Work phone")
    credential = forms.CharField(widget=forms.HiddenInput)


class Password(forms.Form):
    oldpassword = forms.CharField()
    password1 = forms.CharField()
    password = forms.CharField()


def wrong(form: forms.Form, where: str | None, words: str) -> forms.Form:
    form.full_clean()
    form.errors.clear()
    form.add_error(where, words)
    return form


PASSKEY = SimpleNamespace(
    pk=3,
    created_at=AT - timedelta(days=40),
    last_used_at=None,
    wrap=lambda: SimpleNamespace(name="Work phone"),
)
SESSIONS = tuple(
    SimpleNamespace(
        since=AT - timedelta(minutes=since),
        last_seen_at=AT - timedelta(minutes=seen),
        second_factor=since > 10,
        here=not seen,
    )
    for since, seen in ((120, 0), (300, 20), (4, 4))
)
ALTERNATIVES = [{"url": "/second-factor/reauthenticate/", "description": "Use your authenticator app"}]
AUTHENTICATORS = {
    "totp": object(),
    "webauthn": [PASSKEY],
    "recovery_codes": SimpleNamespace(get_unused_codes=lambda: ["12345678"] * 9),
}
CODES = {
    "unused_codes": [f"{number:08}" for number in range(31415926, 31415936)],
    "can_view_codes": True,
    "can_download_codes": False,
    "can_generate_codes": False,
    "total_count": 10,
}
OPTIONS = {"request_options": {"publicKey": {"challenge": "AAAA"}}, "creation_options": {"publicKey": {}}}


def pages() -> dict[str, Page]:
    return sign_in_pages() | trouble_pages()


def sign_in_pages() -> dict[str, Page]:
    too_many = "There were too many tries. Wait 15 minutes, then try again."
    qr = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2z"/></svg>'
    passkeys = {
        "form": Name(),
        "js_data": OPTIONS,
        "object": PASSKEY,
        "reauthentication_alternatives": ALTERNATIVES,
    }
    return {
        "sign-in": Page("account/login.html", {"form": SignIn()}),
        "sign-in-locked": Page(
            "account/login.html", {"form": wrong(SignIn({"login": "n@example.org"}), None, too_many)}
        ),
        "sign-out": Page("account/logout.html", signed_in="none"),
        "reauthenticate": Page("account/reauthenticate.html", passkeys | {"form": Password()}, "none"),
        "password": Page("account/password_change.html", {"form": Password()}, "none"),
        "session-ended": Page(
            "account/session_ended.html", {"idle": True, "typed": TYPED, "sign_in_href": "/sign-in/"}
        ),
        "second-factor": Page(
            "mfa/authenticate.html",
            {
                "form": wrong(Code({}), "code", "The code is not right."),
                "webauthn_form": Name(),
                "js_data": OPTIONS,
            },
        ),
        "second-factor-again": Page("mfa/reauthenticate.html", passkeys | {"form": Code()}),
        "account": Page(
            "mfa/index.html",
            {
                "authenticators": AUTHENTICATORS,
                "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
                "is_mfa_enabled": True,
            },
            "none",
        ),
        "sessions": Page("account/sessions.html", {"sessions": SESSIONS, "ended": None}, "none"),
        "sessions-ended": Page("account/sessions.html", {"sessions": SESSIONS[:1], "ended": 2}, "none"),
        "app": Page("mfa/totp/activate_form.html", {"form": Code(), "totp_svg": qr}, "none"),
        "app-remove": Page("mfa/totp/deactivate_form.html", {"form": forms.Form()}, "none"),
        "codes": Page("mfa/recovery_codes/index.html", CODES, "none"),
        "codes-make": Page(
            "mfa/recovery_codes/generate.html", {"form": forms.Form(), "unused_code_count": 3}, "none"
        ),
        "passkeys": Page("mfa/webauthn/authenticator_list.html", {"authenticators": [PASSKEY]}, "none"),
        "passkey-add": Page("mfa/webauthn/add_form.html", passkeys, "none"),
        "passkey-rename": Page("mfa/webauthn/edit_form.html", passkeys, "none"),
        "passkey-remove": Page(
            "mfa/webauthn/authenticator_confirm_delete.html", passkeys | {"form": forms.Form()}, "none"
        ),
        "passkey-again": Page("mfa/webauthn/reauthenticate.html", passkeys),
    }


def trouble_pages() -> dict[str, Page]:
    plain = {
        number: Page(f"{number}.html", {}, "none")
        for number in ("400", "403", "403_csrf", "404", "429", "500")
    }
    return plain | {
        "409": Page(
            "409.html", {"says": "Somebody changed this meanwhile.", "typed": TYPED, "again_href": "/"}
        ),
        "503": Page("503.html", {"again_href": "/"}),
        "503-typed": Page("503.html", {"again_href": "/children/c0ffee/contacts/new/", "typed": TYPED}),
    }
