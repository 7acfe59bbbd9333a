"""The pages for signing in, drawn with what the library really gives them."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.rooms.staff.staff_room import PASSWORD, Colleague, joined

TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def colleague(database: str, settings: Settings) -> Iterator[Colleague]:
    """Somebody with a password and no second factor yet; styles by their plain names, and served by nobody."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "whitenoise" not in one]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    cache.clear()
    yield joined(totp=False)
    cache.clear()


def titled(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.headers.get("Location"))
    found = TITLE.search(answer.content.decode())
    assert found is not None
    return found[1]


def test_from_the_first_password_to_the_last_recovery_code(colleague: Colleague) -> None:
    browser = colleague.browser
    assert titled(browser, "/sign-in/") == "Sign in – Kept"
    wrong = colleague.type_password("wrong").content.decode()
    assert "Error: Sign in – Kept" in wrong
    assert "The email address or the password is not right." in wrong
    colleague.type_password()

    page = browser.get("/second-factor/totp/activate/").content.decode()
    assert "<svg" in page
    assert "<?xml" not in page
    secret = re.search(r"<code>(\w+)</code>", page)
    assert secret is not None
    colleague.secret = secret[1]
    assert "Error: " in browser.post("/second-factor/totp/activate/", {"code": "1"}).content.decode()
    browser.post("/second-factor/totp/activate/", {"code": colleague.code})
    assert titled(browser, "/second-factor/reauthenticate/") == "Show that it is you – Kept"
    browser.post("/second-factor/reauthenticate/", {"code": colleague.code})
    codes = re.findall(
        r"<code>(\d{8})</code>", browser.get("/second-factor/recovery-codes/").content.decode()
    )
    assert len(codes) == 10
    assert not re.findall(r"\d{8}", browser.get("/second-factor/recovery-codes/").content.decode())


def test_every_page_of_an_account_is_drawn(colleague: Colleague) -> None:
    with_an_app = joined()
    browser = with_an_app.sign_in().browser
    assert titled(browser, "/second-factor/webauthn/add/") == "Add a passkey – Kept"
    key = Authenticator.objects.create(
        user_id=with_an_app.account, type="webauthn", data={"name": "Work phone", "credential": {}}
    )
    for path, title in {
        "/second-factor/": "Your account – Kept",
        "/second-factor/totp/deactivate/": "Remove the authenticator app – Kept",
        "/second-factor/recovery-codes/generate/": "Make new recovery codes – Kept",
        "/second-factor/webauthn/": "Passkeys – Kept",
        f"/second-factor/webauthn/keys/{key.pk}/edit/": "Rename a passkey – Kept",
        f"/second-factor/webauthn/keys/{key.pk}/remove/": "Remove a passkey – Kept",
        "/second-factor/reauthenticate/": "Show that it is you – Kept",
        "/password/confirm/": "Show that it is you – Kept",
        "/password/change/": "Change your password – Kept",
        "/sessions/": "Where you are signed in – Kept",
        "/sign-out/": "Sign out – Kept",
    }.items():
        assert titled(browser, path) == title


def test_the_code_is_asked_for_with_a_way_back(colleague: Colleague) -> None:
    with_an_app = joined()
    with_an_app.type_password()
    page = with_an_app.browser.get("/second-factor/authenticate/").content.decode()
    assert "Enter your code – Kept" in page
    assert "Use a passkey" in page
    assert "Cancel and sign in as someone else" in page
    assert PASSWORD not in page
