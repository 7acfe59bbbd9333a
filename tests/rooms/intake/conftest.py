"""One database for the tests of a module, which leave nothing behind but entries, since those stay."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from tests import cast, clusters
from tests.rooms.intake.intake_room import Room, add_team
from tests.rooms.intake.running import Post, post_at


def as_long_as_it_may(fixture_name: str, config: pytest.Config) -> str:
    """Where statements are taken out of the notice, each test needs a notice of its own."""
    return "function" if config.getoption("--prove") else "module"


@pytest.fixture(scope=as_long_as_it_may)
def database(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    from kept.published import reads

    with django_db_blocker.unblock(), clusters.template_clone() as name, clusters.pointed_at(name):
        reads.published.cache_clear()
        add_team()
        yield name


@pytest.fixture(scope=as_long_as_it_may)
def superuser(database: str) -> Iterator[psycopg.Connection]:
    with cast.superuser() as connection:
        connection.autocommit = True
        yield connection


@pytest.fixture(scope=as_long_as_it_may)
def settings_of_the_database(database: str) -> dict[str, str]:
    return clusters.settings_of(database)


@pytest.fixture
def room(people: cast.Cast, superuser: psycopg.Connection) -> Iterator[Room]:
    room = Room(people.intake, superuser)
    yield room
    room.forget()


@pytest.fixture
def post(room: Room, settings_of_the_database: dict[str, str], tmp_path: Path) -> Post:
    """A folder for messages, and the command that reads them into the room's database."""
    return post_at(tmp_path, settings_of_the_database)
