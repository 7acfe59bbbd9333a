"""The definitions of this project, loaded once for all chapters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kept.notices.definition import Definition
from kept.notices.loading import load

FOLDER = Path(__file__).resolve().parents[2] / "definitions"


@cache
def definition_of(service: str) -> Definition:
    """The definition of one of the two services, as its files stand."""
    return load(files(), service=service)


def files() -> dict[str, str]:
    """The texts of all definition files, by their names."""
    found = sorted(FOLDER.rglob("*.yaml"))
    return {file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8") for file in found}
