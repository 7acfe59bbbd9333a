"""A letter is in the outbox once, and whole, or not at all: whatever stops the program, and whoever asks twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kept.post.outbox import Outbox

NOW = datetime.now(UTC)
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox")


def fetched(outbox: Outbox) -> dict[str, bytes]:
    """What somebody who fetches the letters finds."""
    return {file.name: file.read_bytes() for file in outbox.folder.iterdir() if file.is_file()}


def prepared(outbox: Outbox) -> list[str]:
    return sorted(file.name for file in (outbox.folder / ".prepared").iterdir())


def everything(letters: Collection[UUID]) -> Collection[UUID]:
    return letters


def nothing(letters: Collection[UUID]) -> Collection[UUID]:
    return ()


def test_a_prepared_letter_is_fetched_by_nobody_until_it_is_released(outbox: Outbox) -> None:
    letter = uuid4()
    outbox.prepare(letter, b"Dear Grace", kind="txt")
    assert fetched(outbox) == {}
    outbox.release(letter)
    assert fetched(outbox) == {f"{letter}.txt": b"Dear Grace"}
    assert prepared(outbox) == []


def test_released_again_it_is_there_once_also_when_it_was_fetched_meanwhile(outbox: Outbox) -> None:
    letter = uuid4()
    outbox.prepare(letter, b"Dear Grace", kind="pdf")
    outbox.release(letter)
    outbox.release(letter)
    assert list(fetched(outbox)) == [f"{letter}.pdf"]
    (outbox.folder / f"{letter}.pdf").unlink()
    outbox.release(letter)
    assert fetched(outbox) == {}


def test_nobody_else_on_the_machine_can_read_a_letter(outbox: Outbox) -> None:
    outbox.prepare(letter := uuid4(), b"1 Hopbine Lane", kind="pdf")
    outbox.release(letter)
    seen = [outbox.folder, outbox.folder / ".prepared", outbox.folder / f"{letter}.pdf"]
    assert [path.stat().st_mode & 0o077 for path in seen] == [0, 0, 0]


def test_what_was_recorded_is_released_and_the_rest_is_taken_away_once_nobody_can_record_it(
    outbox: Outbox,
) -> None:
    recorded, broken_off = uuid4(), uuid4()
    outbox.prepare(recorded, b"recorded", kind="pdf")
    outbox.prepare(broken_off, b"never recorded", kind="pdf")
    (outbox.folder / ".prepared" / f"{uuid4()}.pdf-part-7").write_bytes(b"half of")
    assert outbox.settle(lambda letters: [recorded], at=NOW) == 1
    assert fetched(outbox) == {f"{recorded}.pdf": b"recorded"}
    assert len(prepared(outbox)) == 2  # somebody may be recording them at this moment
    assert outbox.settle(nothing, at=LATER) == 0
    assert prepared(outbox) == []
    assert list(fetched(outbox)) == [f"{recorded}.pdf"]


def test_where_nothing_was_prepared_nobody_is_asked(outbox: Outbox) -> None:
    def must_not_be_asked(letters: Collection[UUID]) -> Collection[UUID]:
        raise AssertionError("nobody needs to be asked")

    assert outbox.settle(must_not_be_asked, at=LATER) == 0


def test_files_of_others_are_let_alone(outbox: Outbox) -> None:
    outbox.prepare(uuid4(), b"", kind="txt")
    (outbox.folder / ".prepared" / "notes.txt").write_text("mine")
    outbox.settle(nothing, at=LATER)
    assert prepared(outbox) == ["notes.txt"]


def test_a_letter_is_paper_or_text(outbox: Outbox) -> None:
    with pytest.raises(ValueError, match="pdf, txt"):
        outbox.prepare(uuid4(), b"", kind="exe")


@pytest.mark.parametrize("seconds", [0.15, 0.4])
def test_killed_at_any_moment_it_leaves_whole_letters_and_none_is_lost(
    outbox: Outbox, seconds: float
) -> None:
    command = [sys.executable, "-m", "tests.rooms.post.stopped_here", str(outbox.folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as running:
        assert running.stdout
        first = running.stdout.readline().strip()
        time.sleep(seconds)
        os.kill(running.pid, signal.SIGKILL)
        recorded = {UUID(first), *(UUID(line) for line in running.stdout.read().split())}
    outbox.settle(lambda letters: recorded & set(letters), at=LATER)
    whole = {f"{letter}.txt": f"{letter.int} ".encode() * 20_000 for letter in recorded}
    found = fetched(outbox)
    assert set(whole) <= set(found)
    assert all(content == f"{UUID(name[:36]).int} ".encode() * 20_000 for name, content in found.items())
    assert prepared(outbox) == []
