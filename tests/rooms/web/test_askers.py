"""A page asks the database who is asking, and reads no session for it: what that must not change."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from kept.staff import last_seen as noting
from tests import cast

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def nobody_was_noted_yet() -> None:
    """What this process remembers of the sessions of other tests, which have the same keys."""
    noting._noted.clear()


@pytest.fixture(autouse=True)
def no_pictures(settings: Settings, tmp_path: Path) -> None:
    """Nothing here looks at a page; the folder of its pictures need only be there."""
    settings.STATIC_ROOT = tmp_path


def browser_of(name: str) -> Client:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cast.token_of(name)
    return browser


def left_for(minutes: int) -> None:
    """Everybody was last seen so many minutes ago."""
    cast.as_superuser("update staff_session set last_seen_at = now() - make_interval(mins => %s)", minutes)


def last_seen(name: str) -> datetime:
    ((seen_at,),) = cast.as_superuser(
        "select last_seen_at from staff_session s join staff_account a on a.id = s.account_id where a.name = %s",
        name.capitalize(),
    )
    return seen_at


def test_whoever_opens_a_page_is_still_here() -> None:
    left_for(29)
    assert browser_of("hannah").get("/").headers["Location"] == "/caseload/"
    assert datetime.now(UTC) - last_seen("hannah") < timedelta(minutes=1)


def test_that_is_written_once_a_minute_at_most() -> None:
    left_for(2)
    browser_of("samuel").get("/")
    first = last_seen("samuel")
    browser_of("samuel").get("/")
    assert last_seen("samuel") == first


def test_a_session_left_idle_is_not_woken() -> None:
    left_for(31)
    answer = browser_of("nadia").get("/caseload/")
    assert answer.headers["Location"].startswith("/sign-in/?next=%2Fcaseload%2F")
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert datetime.now(UTC) - last_seen("nadia") > timedelta(minutes=30)


def test_a_session_without_its_second_factor_is_led_to_give_it() -> None:
    cast.as_superuser("update staff_session set second_factor_at = null")
    assert browser_of("ada").get("/caseload/").headers["Location"] == (
        "/second-factor/reauthenticate/?next=%2Fcaseload%2F"
    )


def test_the_contents_of_a_session_are_not_read_for_a_page() -> None:
    # Whoever reads them finds that this program did not write them, and ends the session.
    cast.as_superuser("update staff_session set session_data = 'written by something else'")
    assert browser_of("imani").get("/").headers["Location"] == "/intake/"
    assert last_seen("imani") is not None
