"""Signing in: a password, then a second factor, always; and the same answer to whoever guesses."""

from time import process_time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kept.staff import actions
from kept.staff.models import Account
from tests.rooms.staff.staff_room import PASSWORD, Colleague, as_role, joined, now

pytestmark = pytest.mark.usefixtures("room")
NOT_RIGHT = "The email address or the password is not right. Try again."
TOO_MANY = "There were too many tries. Wait 15 minutes, then try again."
WRONG_CODE = "The code is not right. Wait for the next one, then type it."


def told(answer: object) -> str:
    form = answer.context["form"]  # type: ignore[attr-defined]
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def test_password_and_code_open_the_page_asked_for() -> None:
    colleague = joined()
    answer = colleague.browser.post(
        "/sign-in/?next=/second-factor/", {"login": colleague.email.upper(), "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/second-factor/authenticate/"
    assert colleague.type_code(colleague.code).headers["Location"] == "/second-factor/"
    assert colleague.asker is not None


def test_nobody_is_led_to_another_site() -> None:
    colleague = joined()
    colleague.browser.post(
        "/sign-in/?next=https://elsewhere.example/", {"login": colleague.email, "password": PASSWORD}
    )
    assert colleague.type_code(colleague.code).headers["Location"] == "/"


def test_a_wrong_password_an_unknown_and_a_closed_account_are_answered_alike() -> None:
    closed = joined()
    actions.close_account(by="t", account=closed.account, at=now())
    without_role = joined()
    actions.end_membership(by="t", account=without_role.account, at=now())
    answers = [
        joined().type_password("wrong"),
        closed.type_password(),
        without_role.type_password(),
        Colleague(0, "nobody@example.org").type_password(),
    ]
    assert {(answer.status_code, told(answer)) for answer in answers} == {(200, NOT_RIGHT)}


def test_an_unknown_account_takes_as_long_as_a_known_one() -> None:
    known = [joined(totp=False) for _ in range(4)]
    unknown = [Colleague(0, f"nobody{n}@example.org") for n in range(4)]

    def seconds(colleague: Colleague) -> float:
        # Of this process alone, so that a busy machine changes nothing.
        began = process_time()
        colleague.type_password("wrong")
        return process_time() - began

    seconds(known[0])
    ratio = min(map(seconds, unknown)) / min(map(seconds, known))
    assert 0.7 < ratio < 1.4  # without the hash, an unknown account takes less than half


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_passwords_lock_account_and_address(known: bool) -> None:
    colleague = joined() if known else Colleague(0, "nobody@example.org")
    answers = [colleague.type_password("wrong") for _ in range(6)]
    assert [(answer.status_code, told(answer)) for answer in answers] == [
        *[(200, NOT_RIGHT)] * 4,
        *[(429, TOO_MANY)] * 2,
    ]


def test_the_right_password_does_not_help_while_locked_whatever_its_capitals_or_browser() -> None:
    colleague = joined()
    for n in range(5):
        colleague.type_password("wrong", HTTP_USER_AGENT=f"browser {n}")
    assert colleague.type_password().status_code == 429
    colleague.email = colleague.email.title()
    assert Colleague(0, colleague.email).type_password().status_code == 429


def test_a_stranger_elsewhere_locks_nobody_out() -> None:
    colleague = joined()
    for _ in range(6):
        Colleague(0, colleague.email).type_password("wrong", REMOTE_ADDR="192.0.2.7")
    assert colleague.type_password().headers["Location"] == "/second-factor/authenticate/"


def test_the_lock_opens_after_fifteen_minutes() -> None:
    colleague = joined()
    for _ in range(5):
        colleague.type_password("wrong")
    as_role("owner", "update axes_accessattempt set attempt_time = attempt_time - interval '15 minutes'")
    assert colleague.type_password().status_code == 302


def test_signing_in_forgets_earlier_slips() -> None:
    colleague = joined()
    for _ in range(4):
        colleague.type_password("wrong")
    colleague.sign_in()
    again = Colleague(colleague.account, colleague.email)
    assert again.type_password("wrong").status_code == 200


def test_what_was_typed_is_not_kept_with_the_tries() -> None:
    joined().type_password("a secret slip of the pen")
    ((kept,),) = as_role("owner", "select a::text from axes_accessattempt a")
    assert "secret slip" not in kept
    assert "csrfmiddlewaretoken=" not in kept.replace("csrfmiddlewaretoken=****", "")


def test_there_is_no_way_in_but_this_one() -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "admin:index", "mfa_trust"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for name in ("mfa_login_webauthn", "mfa_signup_webauthn", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_there_is_no_super_user() -> None:
    assert not hasattr(Account, "is_superuser")
    assert not hasattr(Account, "is_staff")
    assert not hasattr(Account.objects, "create_superuser")


def test_passwords_are_kept_with_argon2() -> None:
    colleague = joined()
    assert Account.objects.get(pk=colleague.account).password.startswith(
        "argon2$argon2id$v=19$m=19456,t=2,p=1$"
    )


# The second factor


def test_five_wrong_codes_lock_the_account_from_any_address() -> None:
    colleague = joined()
    colleague.type_password()
    answers = [colleague.type_code("000000") for _ in range(6)]
    assert [told(answer) for answer in answers] == [*[WRONG_CODE] * 5, TOO_MANY]
    elsewhere = Colleague(colleague.account, colleague.email, colleague.secret)
    elsewhere.type_password(REMOTE_ADDR="192.0.2.7")
    assert told(elsewhere.type_code(elsewhere.code)) == TOO_MANY
    assert elsewhere.asker is None


def test_wrong_codes_are_forgotten_after_fifteen_minutes() -> None:
    colleague = joined()
    colleague.type_password()
    for _ in range(5):
        colleague.type_code("000000")
    as_role("owner", "update staff_second_factor_try set tried_at = tried_at - interval '15 minutes'")
    assert colleague.type_code(colleague.code).status_code == 302


def test_a_code_is_good_for_once_in_whichever_process() -> None:
    colleague = joined()
    code = colleague.code
    colleague.type_password()
    assert colleague.type_code(code).status_code == 302
    cache.clear()  # another process of the server remembers nothing
    overheard = Colleague(colleague.account, colleague.email)
    overheard.type_password()
    assert told(overheard.type_code(code)) == WRONG_CODE


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database() -> None:
    colleague = joined()
    ((kept,),) = as_role(
        "owner", "select data::text from mfa_authenticator where user_id = %s", (colleague.account,)
    )
    assert colleague.secret not in kept


def test_a_code_is_not_asked_without_the_password() -> None:
    answer = Client().post("/second-factor/authenticate/", {"code": "123456"})
    assert answer.headers["Location"] == "/sign-in/"


# Setting up the first one


def test_whoever_has_none_is_led_to_set_one_up_before_anything_else() -> None:
    colleague = joined(totp=False)
    assert colleague.type_password().headers["Location"] == "/"
    for page in ("/", "/password/change/", "/second-factor/", "/second-factor/recovery-codes/generate/"):
        answer = colleague.browser.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/second-factor/totp/activate/?next=")
    assert colleague.browser.post("/").headers["Location"] == "/second-factor/totp/activate/?next=%2F"
    assert colleague.asker is None


def set_up(colleague: Colleague) -> None:
    form = colleague.browser.get("/second-factor/totp/activate/").context["form"]
    colleague.secret = form.secret
    answer = colleague.browser.post("/second-factor/totp/activate/", {"code": colleague.code})
    assert answer.status_code == 302


def test_setting_up_is_done_when_the_code_was_given() -> None:
    colleague = joined(totp=False)
    colleague.type_password()
    set_up(colleague)
    assert colleague.asker is None
    for page in (
        "/",
        "/second-factor/recovery-codes/",
        "/second-factor/totp/deactivate/",
        "/password/change/",
    ):
        assert (
            colleague.browser.get(page).headers["Location"].startswith("/second-factor/reauthenticate/?next=")
        )
    colleague.browser.post("/second-factor/reauthenticate/", {"code": colleague.code})
    assert colleague.asker is not None
    assert colleague.browser.get("/").content == b"a page of the program"


def test_recovery_codes_are_shown_once_and_each_is_good_for_once() -> None:
    colleague = joined(totp=False)
    colleague.type_password()
    set_up(colleague)
    colleague.browser.post("/second-factor/reauthenticate/", {"code": colleague.code})
    codes = colleague.browser.get("/second-factor/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    again = colleague.browser.get("/second-factor/recovery-codes/").context["unused_codes"]
    assert not set(again) & set(codes)
    ((kept,),) = as_role("owner", "select data::text from mfa_authenticator where type = 'recovery_codes'")
    assert not any(code in kept for code in codes)
    for tries in (302, 200):
        lost = Colleague(colleague.account, colleague.email)
        lost.type_password()
        assert lost.type_code(codes[0]).status_code == tries
        assert (lost.asker is not None) == (tries == 302)


def test_new_recovery_codes_replace_the_old_ones() -> None:
    colleague = joined().sign_in()
    page = "/second-factor/recovery-codes/"
    assert colleague.browser.post(f"{page}generate/").headers["Location"] == page
    old = colleague.browser.get(page).context["unused_codes"]
    colleague.browser.post(f"{page}generate/")
    new = colleague.browser.get(page).context["unused_codes"]
    lost = Colleague(colleague.account, colleague.email)
    lost.type_password()
    assert told(lost.type_code(old[3])) == WRONG_CODE
    assert lost.type_code(new[3]).status_code == 302


def test_the_last_second_factor_cannot_be_removed() -> None:
    colleague = joined().sign_in()
    answer = colleague.browser.post("/second-factor/totp/deactivate/")
    assert told(answer) == "You need a second factor. Add another before you remove this one."
    assert Authenticator.objects.filter(user_id=colleague.account, type="totp").exists()
    assert colleague.asker is not None


def passkey_of(colleague: Colleague) -> int:
    made = Authenticator.objects.create(
        user_id=colleague.account, type="webauthn", data={"name": "key", "credential": {}}
    )
    return made.pk


def test_a_passkey_can_be_removed_unless_it_is_the_last_second_factor() -> None:
    colleague = joined().sign_in()
    first, last = passkey_of(colleague), passkey_of(colleague)
    assert colleague.browser.post(f"/second-factor/webauthn/keys/{first}/remove/").status_code == 302
    colleague.browser.post("/second-factor/totp/deactivate/")
    answer = colleague.browser.post(f"/second-factor/webauthn/keys/{last}/remove/")
    assert told(answer) == "You need a second factor. Add another before you remove this one."
    assert [kept.pk for kept in Authenticator.objects.filter(user_id=colleague.account)] == [last]
    assert colleague.asker is not None
