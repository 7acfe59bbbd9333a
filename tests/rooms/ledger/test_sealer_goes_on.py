"""A sealer says why it waits, in words that the log keeps, and goes on whatever stopped it."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from kept.cli import sealing
from kept.config.logs import Formatter
from kept.database.acting import acting_as
from tests.rooms.ledger.sealed import Ledger


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with acting_as("sealer"), caplog.at_level(logging.WARNING, "kept.sealing"):
        yield caplog


def tries(times: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let a sealer try so often, and then be told that whoever started it is gone."""
    answers = iter([False] * (times - 1) + [True] * 2)
    asked: list[str] = []
    monkeypatch.setattr(sealing, "pause", lambda *, beside: asked.append("asked") or next(answers))
    sealing.keep_sealing(beside=True)
    return asked


def logged(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """What stands in the log, as the program writes it."""
    return [json.loads(Formatter().format(record)) for record in caplog.records]


def test_it_says_that_its_key_is_not_there_and_not_where_it_should_be(
    ledger: Ledger, said: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SEALING_KEY", tmp_path / "elsewhere")
    assert len(tries(3, monkeypatch)) == 3
    (line,) = logged(said)
    assert line["event"] == (
        "Sealing waits: its key is not there, or is not the one. For more: kept ledger seal --once"
    )
    assert str(tmp_path) not in json.dumps(line)


def test_it_says_that_the_ledger_cannot_be_sealed(
    ledger: Ledger, said: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SEALING_KEY", ledger.key)
    ledger.attack("delete from ledger_seal where number = (select max(number) from ledger_seal)")
    ledger.write()
    tries(2, monkeypatch)
    assert [str(line["event"])[:46] for line in logged(said)] == [
        "Sealing waits: the ledger cannot be sealed fur"
    ]


def test_what_nobody_thought_of_does_not_end_it(
    ledger: Ledger, said: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever put the pages in place starts no other one beside them."""
    monkeypatch.setattr(settings, "SEALING_KEY", ledger.key)
    ledger.attack("alter table ledger_unsealed rename to ledger_elsewhere")
    assert len(tries(3, monkeypatch)) == 3
    (line,) = logged(said)
    assert line["event"] == "Sealing waits: something stopped it that nobody thought of. It is tried again."
    assert line["error"] == ["psycopg.errors.UndefinedTable"]
    ledger.attack("alter table ledger_elsewhere rename to ledger_unsealed")
    ledger.write()
    tries(1, monkeypatch)
    assert ledger.told() == []
    assert ledger.attack("select count(*) from ledger_unsealed") == [(0,)]
