"""The command `kept demo --messages`: the same messages for the same seed and day, one after another, each whole."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from kept.intake.child_health_events.reading import read_message
from tests.rooms.intake.messages import AT
from tests.rooms.intake.running import KEPT, told_here

ON = ("--on", "2026-11-22")


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_same_seed_and_day_write_the_same_messages(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        done = told_here(
            "demo", "--messages", str(tmp_path / folder), "--children", "12", *ON, "--format", "json"
        )
        assert (done.code, done.errors) == (0, "")
        assert json.loads(done.answer) == {"folder": str(tmp_path / folder), "children": 12, "messages": 24}
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert len(contents(tmp_path / "first")) == 24


@pytest.mark.parametrize("other", [("--seed", "2", *ON), ("--on", "2026-11-21")], ids=["seed", "day"])
def test_another_seed_or_day_writes_others(tmp_path: Path, other: tuple[str, ...]) -> None:
    told_here("demo", "--messages", str(tmp_path / "first"), "--children", "3", *ON)
    told_here("demo", "--messages", str(tmp_path / "second"), "--children", "3", *other)
    first, second = contents(tmp_path / "first"), contents(tmp_path / "second")
    assert first.keys() == second.keys()
    assert all(first[name] != second[name] for name in first)


def test_the_messages_of_a_whole_county_are_there_one_by_one_and_each_whole(tmp_path: Path) -> None:
    """Killed in the middle of a million children, it has left whole messages and nothing else that is seen."""
    command = [str(KEPT), "demo", "--messages", str(tmp_path / "in"), "--children", "1000000", *ON]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not (tmp_path / "in" / "0000050-CH005.json").exists():
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    seen = {name: content for name, content in contents(tmp_path / "in").items() if not name.startswith(".")}
    assert len(seen) < 2_000_000
    assert all(read_message(content, at=AT).faults == () for content in seen.values())


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = told_here("demo", "--messages", str(tmp_path / "file" / "in"))
    assert (done.code, done.answer) == (3, "")
    assert done.errors.startswith("The messages cannot be written in")
