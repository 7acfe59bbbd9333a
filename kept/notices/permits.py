"""What publishing flattens a definition to: the rows that both locks look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Permit:
    """Items that one role, standing to a person in one way, may read or record about one part of a family."""

    role: str
    standing: str
    part: str
    purpose: str
    act: str  # 'read' or 'record'
    source: str  # '' for read; for record, where the information came from
    from_on: date
    until_on: date | None  # exclusive; None where no end is known
    items: tuple[str, ...]  # sorted
    clauses: tuple[str, ...]  # aligned with items: the clause or law entry that permits each
