"""A session of the application's own, for whoever sends raw SQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rooms.ledger.raw import Raw, session
from tests.rooms.ledger.sealed import Ledger


@pytest.fixture
def application(database: str) -> Iterator[Raw]:
    with session(database) as opened:
        yield opened


@pytest.fixture
def ledger(database: str, tmp_path: Path) -> Ledger:
    """Everything that the cast did, sealed; and five entries more, under a seal of their own."""
    found = Ledger(database, tmp_path / "secrets" / "sealing_key")
    found.seal()
    found.write(5)
    found.seal()
    return found
