"""A browser for the whole run, and the style sheet that it needs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from kept.web import building
from tests.rooms.web import preview


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    building.build()
    with preview.browser() as opened:
        yield opened
