"""The commands, as whoever runs the house uses them."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from typer.testing import CliRunner, Result

from kept.cli.app import app
from tests.rooms.ledger.sealed import Ledger


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    monkeypatch.setattr(settings, "SEALING_KEY", ledger.key)


def kept(*words: str) -> Result:
    return CliRunner().invoke(app, ["ledger", *words])


def told(*words: str, code: int = 0) -> Any:
    done = kept(*words, "--format", "json")
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def test_seal_status_verify(ledger: Ledger) -> None:
    assert told("status")["unsealed"] == 0
    ledger.write(3)
    assert told("status", code=1 if told_behind() else 0)["unsealed"] == 3
    assert told("seal", "--once")["sealed"] == 3
    assert told("seal", "--once") == {"sealed": 0, "heads": 0, "head": None}
    found = told("verify")
    assert found["findings"] == []
    assert found["seals"] == 3
    assert "as they were sealed" in kept("verify").stdout


def told_behind() -> bool:
    """The cast's day may be long ago: then what was just written has waited for long."""
    return bool(json.loads(kept("status", "--format", "json").stdout)["behind"])


def test_what_is_wrong_is_said_in_sentences(ledger: Ledger) -> None:
    ((number,),) = ledger.attack("select max(id) from ledger_entry")
    ledger.attack("update ledger_entry set reason = 'x' where id = %s", number)
    done = kept("verify", "--processes", "1")
    assert done.exit_code == 1
    assert f"Entry {number} is not what was sealed: it, or whom it names, was changed." in done.stdout
    assert "1 thing is not as it was sealed." in done.stdout


def test_heads_that_somebody_keeps(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text(json.dumps(told("heads", "--since", "0")))
    assert len(json.loads(file.read_text())["heads"]) == 2
    assert [one["number"] for one in told("heads")["heads"]] == [2]
    assert told("verify", "--heads", str(file))["cannot_know"] == [
        words for words in told("verify")["cannot_know"] if "tests" in words
    ]
    ledger.attack("delete from ledger_seal where number = 2")
    ledger.attack(
        "delete from ledger_subject where entry_id > (select upper(range_merge(entries)) - 1 from ledger_seal)"
    )
    ledger.attack(
        "delete from ledger_entry where id > (select upper(range_merge(entries)) - 1 from ledger_seal)"
    )
    assert told("verify")["findings"] == []
    (finding,) = told("verify", "--heads", str(file), code=1)["findings"]
    assert finding["kind"] == "cut-off"


def test_keys_that_somebody_keeps(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(told("keys")))
    new = told("key", "rotate")
    assert [one["id"] for one in told("keys")["keys"]][-1] == new["id"]
    ledger.write()
    told("seal", "--once")
    assert told("verify", "--keys", str(file))["findings"] == []
    ledger.key.unlink()
    assert kept("seal", "--once").exit_code == 3
    told("key", "replace")
    assert told("verify", "--keys", str(file), code=1)["findings"][0]["kind"] == "key"


def test_a_proof_is_printed(ledger: Ledger) -> None:
    ((number,),) = ledger.attack("select max(id) from ledger_entry")
    assert json.loads(kept("prove", str(number)).stdout)["entry"] == number
    done = kept("prove", "999999")
    assert done.exit_code == 1


@pytest.mark.parametrize("text", ["{}", "[]", "nothing", '{"keys": [{"id": "x"}], "heads": []}'])
def test_a_file_that_holds_no_heads(ledger: Ledger, tmp_path: Path, text: str) -> None:
    file = tmp_path / "kept.json"
    file.write_text(text)
    assert kept("verify", "--heads", str(file)).exit_code == 2
    assert kept("verify", "--heads", str(tmp_path / "none.json")).exit_code == 2
