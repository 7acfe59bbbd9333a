"""The proof of one entry, checked by the very script that the guide gives to everybody."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kept.ledger.keys import new_signer
from kept.ledger.seals import NotProven, proof_of
from tests.house.source import ROOT
from tests.rooms.ledger.sealed import Ledger

GUIDE = (ROOT / "docs/guides/proving.md").read_text(encoding="utf-8")
(SCRIPT,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


def proven(ledger: Ledger, entry: int) -> dict[str, Any]:
    with ledger.sealer() as connection:
        return json.loads(json.dumps(proof_of(connection, entry=entry).as_json()))


def checked(proof: dict[str, Any], folder: Path, *, key: str) -> str:
    """What the script of the guide says."""
    (folder / "check_proof.py").write_text(SCRIPT)
    (folder / "proof.json").write_text(json.dumps(proof))
    command = [sys.executable, "-I", "check_proof.py", "proof.json", key]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == done.stdout.startswith("Proven"), done.stderr
    return done.stdout + done.stderr


def test_the_script_is_about_thirty_lines_and_needs_nothing_of_ours() -> None:
    assert len(SCRIPT.splitlines()) <= 36
    assert set(re.findall(r"^(?:import|from) (\w+)", SCRIPT, re.MULTILINE)) == {
        "hashlib", "json", "sys", "cryptography"
    }  # fmt: skip


def test_every_entry_can_be_proven(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(3)
    ledger.seal()
    numbers = [number for (number,) in ledger.attack("select id from ledger_entry order by id")]
    for number in (numbers[0], numbers[-1], numbers[-4], numbers[-5], numbers[-8]):
        proof = proven(ledger, number)
        said = checked(proof, tmp_path, key=proof["key"]["public"])
        assert said.startswith("Proven: this entry was sealed by 2026-11-22T12:00:02")
        assert f"\n{number}\t" in said


def test_a_faulty_proof_is_not_believed(ledger: Ledger, tmp_path: Path) -> None:
    (number,) = ledger.write()
    ledger.seal()
    ledger.write(2)
    ledger.seal()
    proof = proven(ledger, number - 2)
    key = proof["key"]["public"]
    assert checked(proof, tmp_path, key=key).startswith("Proven")
    for change in (
        {"data": proof["data"].replace("try", "tr?")},
        {"data": proof["data"] + "1\tmore\n"},
        {"place": proof["place"] - 1},
        {"path": proof["path"][1:]},
        {"path": [*proof["path"], proof["path"][0]]},
        {"path": proof["path"][::-1]},
    ):
        assert "not in the tree" in checked(proof | change, tmp_path, key=key), change
    for change in (
        {"signed": proof["signed"].replace("number 2", "number 3")},
        {"signature": "00" * 64},
        {"signature": "zz"},
    ):
        assert "not signed" in checked(proof | change, tmp_path, key=key), change
    assert "not signed" in checked(proof, tmp_path, key=new_signer().public.hex())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("update ledger_entry set act = 'x' where id = %s", "is not what was sealed"),
        ("delete from ledger_entry where id = %s", "is not there any more"),
        ("delete from ledger_seal where number = 2 or %s is null", "No seal holds"),
    ],
)
def test_what_was_changed_is_not_proven(ledger: Ledger, change: str, why: str) -> None:
    ((number,),) = ledger.attack("select max(id) from ledger_entry")
    ledger.attack(change, number)
    with ledger.sealer() as connection, pytest.raises(NotProven, match=why):
        proof_of(connection, entry=number)


def test_what_waits_is_not_proven_yet(ledger: Ledger) -> None:
    (number,) = ledger.write()
    with ledger.sealer() as connection, pytest.raises(NotProven, match="waits for its seal"):
        proof_of(connection, entry=number)
