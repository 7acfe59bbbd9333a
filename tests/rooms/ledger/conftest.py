"""A session of the application's own, for whoever sends raw SQL."""

from collections.abc import Iterator

import pytest

from tests.rooms.ledger.raw import Raw, session


@pytest.fixture
def application(database: str) -> Iterator[Raw]:
    with session(database) as opened:
        yield opened
