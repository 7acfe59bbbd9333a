"""What publishing flattens a definition to: the rows that both locks look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kept.notices.definition import Definition
    from kept.notices.grants import Grant, Key


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
    reasoned: tuple[str, ...] = ()  # those of the items that are open only to an asker who gives a reason


def permits_of(definition: Definition) -> tuple[Permit, ...]:
    """The permits of a definition, sorted; one for each key and each time over which it stays the same."""
    open_now: dict[Key, tuple[date, Grant]] = {}
    permits: list[Permit] = []
    for time in definition.table.times:
        for key in [key for key, (_, grant) in open_now.items() if not _same(grant, time.grants.get(key))]:
            permits.append(_permit(key, *open_now.pop(key), time.from_on))
        for key, grant in time.grants.items():
            open_now.setdefault(key, (time.from_on, grant))
    permits += [_permit(key, *since, None) for key, since in open_now.items()]
    return tuple(sorted(permits, key=lambda permit: (*permit_key(permit), permit.from_on)))


def permit_key(permit: Permit) -> Key:
    """What a permit is looked up by, beside the day."""
    return (permit.role, permit.standing, permit.part, permit.purpose, permit.act, permit.source)


def _same(one: Grant, other: Grant | None) -> bool:
    return other is not None and (one.clause_of, one.reason_of) == (other.clause_of, other.reason_of)


def _permit(key: Key, from_on: date, grant: Grant, until_on: date | None) -> Permit:
    items = tuple(sorted(grant.clause_of))
    clauses = tuple(grant.clause_of[item] for item in items)
    return Permit(
        *key,
        from_on=from_on,
        until_on=until_on,
        items=items,
        clauses=clauses,
        reasoned=tuple(sorted(grant.reason_of)),
    )
