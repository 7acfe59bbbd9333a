"""One database for the tests of a module, which leave nothing behind but entries, since those stay."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests import cast, clusters
from tests.rooms.intake.intake_room import Room, add_team


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


@pytest.fixture
def room(people: cast.Cast) -> Iterator[Room]:
    with cast.superuser() as superuser:
        superuser.autocommit = True
        room = Room(people.intake, superuser)
        yield room
        room.forget()
