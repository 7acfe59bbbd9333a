"""A session of the application's own, for whoever sends raw SQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import cast
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


@pytest.fixture
def confirmed(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    """The rule behind the clause is confirmed, as the council could say."""
    texts = cast.texts()
    head, rule, rest = texts["retention.yaml"].partition("  with-the-record:\n")
    assert rule
    texts["retention.yaml"] = head + rule + rest.replace("status: unconfirmed", "status: confirmed", 1)
    monkeypatch.setattr(cast, "texts", lambda: texts)
    cast.publish_again()
