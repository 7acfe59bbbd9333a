"""Where somebody is signed in: they see it, and end it elsewhere; whoever keeps the accounts ends it for them."""

from pathlib import Path

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from kept.cli.app import app
from kept.staff.models import Change, Session
from kept.staff.sessions import hash_of
from kept.staff.signed_in import sessions_of
from tests.rooms.staff.staff_room import PASSWORD, Colleague, as_role, joined, now

pytestmark = pytest.mark.usefixtures("room")


@pytest.fixture(autouse=True)
def pages_of_ours(settings: Settings) -> None:
    """The one page of ours is drawn as the program draws it."""
    settings.TEMPLATES = [
        *settings.TEMPLATES,
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": [Path(__file__).parents[3] / "kept" / "web" / "templates"],
            "OPTIONS": {"environment": "kept.web.jinja.environment"},
        },
    ]


@pytest.fixture
def colleague() -> Colleague:
    return joined().sign_in()


def elsewhere(colleague: Colleague) -> Colleague:
    """The same person in another browser."""
    return Colleague(colleague.account, colleague.email, colleague.secret, _codes=1).sign_in()


def left_a_while(colleague: Colleague) -> None:
    """The proof that signing in was is older than the five minutes for which it counts."""
    store = colleague.browser.session
    store["account_authentication_methods"] = [
        {**one, "at": one["at"] - 400} for one in store["account_authentication_methods"]
    ]
    store.save()


def sessions(colleague: Colleague) -> int:
    return Session.objects.filter(account=colleague.account).count()


def test_every_browser_is_listed_with_the_one_that_asks_first(colleague: Colleague) -> None:
    other = elsewhere(colleague)
    shown = sessions_of(account=colleague.account, key=colleague.key, at=now())
    assert [one.here for one in shown] == [True, False]
    assert all(one.second_factor for one in shown)
    as_role("owner", "update staff_session set last_seen_at = now() - interval '31 minutes' where session_key = %s",
            (hash_of(other.key),))  # fmt: skip
    assert len(sessions_of(account=colleague.account, key=colleague.key, at=now())) == 1


def test_all_but_this_browser_are_signed_out(colleague: Colleague) -> None:
    other, somebody_else = elsewhere(colleague), joined().sign_in()
    answer = colleague.browser.post("/sessions/")
    assert answer.headers["Location"] == "/sessions/?ended=1"
    assert other.asker is None
    assert colleague.asker is not None
    assert somebody_else.asker is not None


def test_whoever_does_it_shows_first_that_it_is_they(colleague: Colleague) -> None:
    other = elsewhere(colleague)
    left_a_while(colleague)
    answer = colleague.browser.post("/sessions/")
    assert "reauthenticate" in answer.headers["Location"] or "confirm" in answer.headers["Location"]
    assert other.asker is not None


@pytest.mark.parametrize(
    "path",
    [
        "/second-factor/totp/deactivate/",
        "/second-factor/webauthn/add/",
        "/second-factor/recovery-codes/generate/",
    ],
)
def test_what_opens_an_account_changes_after_a_new_proof_alone(colleague: Colleague, path: str) -> None:
    left_a_while(colleague)
    for answer in (colleague.browser.get(path), colleague.browser.post(path, {"credential": "{}"})):
        assert answer.status_code == 302
        assert "reauthenticate" in answer.headers["Location"] or "confirm" in answer.headers["Location"]


def test_nobody_without_a_second_factor_sees_it() -> None:
    colleague = joined()
    colleague.type_password()
    assert colleague.browser.get("/sessions/").status_code == 302
    assert Colleague(0, "nobody@example.org").browser.get("/sessions/").status_code == 302


def test_whoever_shows_again_who_they_are_goes_on_under_another_key(colleague: Colleague) -> None:
    stolen = colleague.key
    ends_at = Session.objects.get(pk=hash_of(stolen)).expire_date
    colleague.browser.post("/second-factor/reauthenticate/", {"code": colleague.code})
    assert colleague.key != stolen
    assert not Session.objects.filter(pk=hash_of(stolen)).exists()
    assert Session.objects.get(pk=hash_of(colleague.key)).expire_date == ends_at
    assert colleague.asker is not None


def test_so_does_whoever_types_their_password_again(colleague: Colleague) -> None:
    stolen = colleague.key
    colleague.browser.post("/password/confirm/", {"password": "not this one"})
    assert colleague.key == stolen
    colleague.browser.post("/password/confirm/", {"password": PASSWORD})
    assert colleague.key != stolen
    assert colleague.asker is not None
    assert sessions(colleague) == 1


def test_signing_out_has_the_browser_forget_the_pages(colleague: Colleague) -> None:
    assert "Clear-Site-Data" not in colleague.browser.get("/sign-out/").headers
    answer = colleague.browser.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_stolen_account_is_signed_out_by_whoever_keeps_the_accounts(colleague: Colleague) -> None:
    elsewhere(colleague)
    somebody_else = joined().sign_in()
    said = CliRunner().invoke(app, ["staff", "sign-out", colleague.email, "--as", "ira@kent.example"])
    assert said.stdout == "Ended: 2.\n"
    assert colleague.asker is None
    assert somebody_else.asker is not None
    (change,) = Change.objects.using("owner").filter(act="sign_out")
    assert (change.by, change.account_id) == ("ira@kent.example", colleague.account)


def test_everybody_is_signed_out_at_once(colleague: Colleague) -> None:
    other = joined().sign_in()
    assert (
        CliRunner().invoke(app, ["staff", "sign-out", "--everybody", "--as", "ira@kent.example"]).exit_code
        == 0
    )
    assert colleague.asker is None
    assert other.asker is None


def test_one_account_or_everybody_is_named() -> None:
    for words in ([], ["hannah@example.org", "--everybody"]):
        said = CliRunner().invoke(app, ["staff", "sign-out", *words, "--as", "ira@kent.example"])
        assert (said.exit_code, said.stderr.strip()) == (2, "Name one account, or say --everybody.")
