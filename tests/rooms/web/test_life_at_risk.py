"""A record that somebody opens because a life is at risk: not before they show that it is still they."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import as_superuser, public_id_of
from tests.rooms.web.test_askers import browser_of

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def no_pictures(settings: Settings, tmp_path: Path) -> None:
    """Nothing here looks at a page; the folder of its pictures need only be there."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def test_the_form_asks_for_the_second_factor_first() -> None:
    address = f"/children/{public_id_of('Amina')}/life-at-risk/"
    answer = browser_of("samuel").get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/second-factor/reauthenticate/?next=%2Fchildren%2F")


def test_a_form_sent_without_it_opens_nothing() -> None:
    address = f"/children/{public_id_of('Amina')}/life-at-risk/"
    answer = browser_of("samuel").post(address, {"reason": "A baby is not breathing."})
    assert answer.status_code == 422
    assert "Confirm with your second factor that it is you" in answer.content.decode()
    assert as_superuser("select 1 from ledger_entry where purpose = 'vital-interests'") == []
