"""A database of its own for each test that asks; no network but this machine; no clock that nobody passed."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from kept.database.acting import acting_as
from tests import browsers, cast, clusters

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_runtest_setup() -> None:
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def make_template() -> None:
    """Every table, both notices in force, and the cast at work."""
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    with acting_as("publisher"):
        cast.publish()
    cast.take_their_places()


@pytest.fixture(scope="session")
def template(django_db_blocker: DjangoDbBlocker) -> str:
    with django_db_blocker.unblock():
        return clusters.make_template(make_template)


@pytest.fixture
def database(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The name of a database with the cast in it, for this test alone; every role's connection leads there."""
    from kept.published import reads

    with django_db_blocker.unblock(), clusters.template_clone() as name, clusters.pointed_at(name):
        reads.published.cache_clear()
        yield name


@pytest.fixture
def people(database: str) -> cast.Cast:
    """Everyone of the cast, by first name."""
    return cast.everyone()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One real browser for a whole run; whoever needs it opens a context of their own in it."""
    # Playwright keeps a loop in this thread, in which nothing of ours runs; Django cannot know that.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    path = browsers.chromium(settings=os.environ)
    with browsers.driven() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
