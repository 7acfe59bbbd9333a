"""A folder from which letters and messages are fetched: each is there once, and whole, or not at all.

What is to be sent is prepared beside the outbox, where nobody fetches it, before the record says that it was sent; it
is released into the outbox after that. Whatever stopped in between is settled later: what the record knows of is
released, the rest is taken away. A file is named by the letter's id, which is random and says nothing of anybody.
"""

import os
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

PREPARED = ".prepared"
KINDS = ("pdf", "txt")
# A prepared file; with `part` one that was broken off while it was written.
NAMED = re.compile(r"(?P<letter>[0-9a-f-]{36})\.(?:pdf|txt)(?P<part>-part-\d+)?")
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
# An entry opens for five minutes (see kept/ledger): what nobody recorded by then, nobody will.
RECORDED_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox in a folder, which is made private when the first letter is prepared."""

    folder: Path

    def prepare(self, letter: UUID, content: bytes, *, kind: str) -> None:
        """Put a letter beside the outbox, whole and safe on the disk. Prepared again, the last one counts."""
        if kind not in KINDS:
            raise ValueError(f"a letter is one of {', '.join(KINDS)}")
        beside = self.folder / PREPARED
        self.folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        beside.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        whole = beside / f"{letter}.{kind}"
        part = whole.with_suffix(f".{kind}-part-{os.getpid()}")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(whole)
        _keep(beside)

    def release(self, letter: UUID) -> None:
        """Let a prepared letter into the outbox, at once and whole. Released again, nothing happens, also where it has
        been fetched meanwhile."""
        for kind in KINDS:
            with suppress(FileNotFoundError):
                (self.folder / PREPARED / f"{letter}.{kind}").replace(self.folder / f"{letter}.{kind}")
                _keep(self.folder)

    def settle(self, recorded: Callable[[Collection[UUID]], Collection[UUID]], *, at: datetime) -> int:
        """End what was stopped in between; how many letters were released.

        `recorded` answers which of these letters the record says were sent. What it does not know is taken away once
        nobody can be recording it any more.
        """
        prepared = [(named, file) for file in self._files() if (named := NAMED.fullmatch(file.name))]
        letters = {UUID(named["letter"]) for named, _ in prepared}
        known = set(recorded(letters)) if letters else set()
        for letter in known:
            self.release(letter)
        for _, file in prepared:
            if _is_left(file, at=at):
                file.unlink(missing_ok=True)
        return len(known)

    def _files(self) -> list[Path]:
        beside = self.folder / PREPARED
        return sorted(beside.iterdir()) if beside.is_dir() else []


def _is_left(file: Path, *, at: datetime) -> bool:
    try:
        return file.stat().st_mtime < (at - RECORDED_WITHIN).timestamp()
    except FileNotFoundError:  # somebody released it meanwhile
        return False


def _keep(folder: Path) -> None:
    """Make the names in a folder safe on the disk."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
