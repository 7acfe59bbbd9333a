"""What the session engine keeps, for how long, and what ends it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError

from kept.staff import actions
from kept.staff.models import Session
from kept.staff.sessions import SessionStore, hash_of
from tests.rooms.staff.staff_room import Colleague, as_role, joined, now

pytestmark = pytest.mark.usefixtures("room")


@pytest.fixture
def colleague() -> Colleague:
    return joined().sign_in()


def row(colleague: Colleague) -> Session:
    return Session.objects.get(pk=hash_of(colleague.key))


def test_only_the_hash_of_the_key_is_kept(colleague: Colleague) -> None:
    assert len(colleague.key) == 32
    assert row(colleague).session_key == hash_of(colleague.key)
    assert not Session.objects.filter(pk=colleague.key).exists()


def test_what_a_session_holds_cannot_be_read_in_the_table() -> None:
    # The secret of a second factor waits in the session until its first code.
    colleague = joined(totp=False)
    colleague.type_password()
    page = colleague.browser.get("/second-factor/totp/activate/")
    secret = page.context["form"].secret
    store = SessionStore(colleague.key)
    assert secret in str(dict(store.items()))
    assert secret not in row(colleague).session_data
    assert "eyJ" not in row(colleague).session_data  # nor as signed JSON


def test_signing_in_changes_the_key() -> None:
    colleague = joined()
    colleague.type_password()
    before = colleague.key
    colleague.type_code(colleague.code)
    assert colleague.key != before
    assert row(colleague).session_key == hash_of(colleague.key)


def test_the_end_is_fixed_at_signing_in_and_use_does_not_move_it(colleague: Colleague) -> None:
    first = row(colleague)
    assert first.signed_in_at is not None
    assert first.expire_date - first.signed_in_at == timedelta(hours=12)
    as_role("owner", "update staff_session set last_seen_at = now() - interval '10 minutes'")
    store = SessionStore(colleague.key)
    store["seen"] = "something"
    store.save()
    assert row(colleague).expire_date == first.expire_date
    store.cycle_key()
    assert Session.objects.get(pk=hash_of(store.session_key or "")).expire_date == first.expire_date


def test_a_session_in_use_is_seen_once_a_minute_at_most(colleague: Colleague) -> None:
    colleague.browser.get("/")
    first = row(colleague).last_seen_at
    colleague.browser.get("/")
    assert row(colleague).last_seen_at == first
    as_role("owner", "update staff_session set last_seen_at = now() - interval '2 minutes'")
    colleague.browser.get("/")
    assert row(colleague).last_seen_at >= first


def test_a_session_left_idle_is_not_woken_by_a_request(colleague: Colleague) -> None:
    as_role("owner", "update staff_session set last_seen_at = now() - interval '31 minutes'")
    left = row(colleague).pk
    assert colleague.browser.get("/").cookies["sessionid"].value == ""
    assert colleague.browser.get("/second-factor/").headers["Location"].startswith("/sign-in/")
    assert Session.objects.get(pk=left).last_seen_at < now() - timedelta(minutes=30)


def test_the_cookie_is_for_the_browser_alone_and_goes_when_it_closes() -> None:
    colleague = joined()
    cookie = colleague.type_password().cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


def test_a_session_written_by_something_else_is_ended(colleague: Colleague) -> None:
    as_role("door", "update staff_session set session_data = 'eyJfYXV0aF91c2VyX2lkIjoiMSJ9'")
    assert SessionStore(colleague.key).load() == {}
    assert not Session.objects.filter(pk=hash_of(colleague.key)).exists()


def test_an_ended_session_does_not_come_back(colleague: Colleague) -> None:
    store = SessionStore(colleague.key)
    store["something"] = 1
    actions.end_membership(by="t", account=colleague.account, at=now())
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.filter(account=colleague.account).exists()


def test_a_key_that_nobody_was_given_begins_an_empty_session() -> None:
    store = SessionStore("k" * 32)
    assert store.load() == {}
    store["something"] = 1
    store.save()
    assert store.session_key != "k" * 32


def test_what_has_run_out_is_cleared_when_somebody_signs_in(colleague: Colleague) -> None:
    as_role("owner", "update staff_session set last_seen_at = now() - interval '31 minutes'")
    joined().sign_in()
    assert not Session.objects.filter(account=colleague.account).exists()


def test_a_new_password_ends_every_session(colleague: Colleague) -> None:
    elsewhere = Colleague(colleague.account, colleague.email, colleague.secret, _codes=1).sign_in()
    assert Session.objects.filter(account=colleague.account).count() == 2
    answer = colleague.browser.post(
        "/password/change/",
        {
            "oldpassword": "seven plain wooden spoons",
            "password1": "nine blue paper kites",
            "password2": "nine blue paper kites",
        },
    )
    assert answer.headers["Location"] == "/sign-in/"
    assert elsewhere.asker is None
    assert not Session.objects.filter(account=colleague.account).exists()


def test_a_password_set_for_somebody_ends_every_session(colleague: Colleague) -> None:
    actions.set_password(by="t", account=colleague.account, password="nine blue paper kites", at=now())
    assert colleague.asker is None


def test_a_second_factor_replaced_ends_every_session(colleague: Colleague) -> None:
    actions.add_totp(by="t", account=colleague.account, at=now())
    assert colleague.asker is None


def test_signing_out_ends_the_session(colleague: Colleague) -> None:
    key = colleague.key
    colleague.browser.post("/sign-out/")
    assert not Session.objects.filter(pk=hash_of(key)).exists()
