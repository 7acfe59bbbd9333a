"""A browser for the whole run, and the style sheet that a page needs in it."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from kept.web import building
from tests.rooms.web import preview


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps a loop in this thread, in which nothing of ours runs; Django cannot know that.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with preview.browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def built_pages() -> None:
    building.build()
