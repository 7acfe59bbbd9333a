"""Where rows of a record come from, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kept.notices.definition import Clause, Definition


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entry that wrote something: when, for which purpose, and who it was, a member of staff or a process."""

    at: datetime
    purpose: str
    name: str
    role: str
    process: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one thing on a record comes from. `words` and `on` only say which of several it is."""

    item: str
    words: str
    on: date | None
    source: str
    told_by: str
    held_under: Definition
    clause: Clause | None
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class OriginsOfPerson:
    """Everything that the asker may see of one person, each thing with where it comes from."""

    person: int
    public_id: UUID
    part: str
    name: str
    origins: tuple[Origin, ...]
