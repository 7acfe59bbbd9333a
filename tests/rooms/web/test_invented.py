"""A page of a demonstration says that everybody is invented; no other page does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from kept.web import invented
from kept.web.invented import everybody_is_invented
from tests import cast
from tests.rooms.web.workbench.desk import browser_of

pytestmark = pytest.mark.usefixtures("database")
SAID = "Everybody here is invented. Write nothing about real families."
MARK = "insert into intake_demonstration (only_one, seed, day_on, begun_at) values (true, 1, current_date, now())"


@pytest.fixture(autouse=True)
def nothing_was_found_yet(settings: Settings, tmp_path: Path) -> None:
    invented._found.clear()
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def caseload() -> str:
    return browser_of("hannah").get("/caseload/").content.decode()


def test_a_page_of_a_demonstration_says_so() -> None:
    cast.as_superuser(MARK)
    assert SAID in caseload()


def test_a_page_of_work_does_not() -> None:
    assert SAID not in caseload()


def test_a_demonstration_that_begins_while_pages_are_served_is_noticed() -> None:
    at = datetime.now(UTC)
    assert not everybody_is_invented(at=at)
    cast.as_superuser(MARK)
    assert not everybody_is_invented(at=at + timedelta(seconds=30))
    assert everybody_is_invented(at=at + timedelta(minutes=2))
    assert everybody_is_invented(at=at + timedelta(minutes=2, seconds=1))
