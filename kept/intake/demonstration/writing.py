"""Putting the messages of demonstration families into a folder, as a sender would deliver them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kept.intake.demonstration.families import families
from kept.intake.demonstration.messages import messages


def write_messages(
    folder: Path,
    *,
    children: int,
    seed: int,
    at: datetime,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write the messages of so many children, two files each, and return how many files there are.

    A file appears whole or not at all: it is written under a hidden name and then renamed. Names sort in the
    order in which a sender would send them, one child after another. `progress` is told how many children are
    done. Run again with the same seed and day, it writes the same files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = done = 0
    for family in families(children=children, seed=seed, at=at):
        for baby, pair in zip(family.children, messages(family), strict=True):
            for event, content in zip(("CH005", "CH023"), pair, strict=True):
                _deliver(folder / f"{baby.serial:07}-{event}.json", content)
                files += 1
        done += len(family.children)
        if progress:
            progress(done)
    return files


def _deliver(file: Path, content: bytes) -> None:
    """Write beside and rename, so that whoever watches the folder never sees half a file."""
    beside = file.with_name(f".{file.name}.part")
    beside.write_bytes(content)
    os.replace(beside, file)
