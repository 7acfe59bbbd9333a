"""A definition compiled for asking: one look-up for each question, made from the clauses alone.

Time is cut at every day on which a clause begins or ends to count. Between two cuts everything that is
permitted is one mapping from a key (role, standing, part, purpose, act, source) to items. The permits that
publishing stores and the answers of ``questions`` both come from these mappings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from kept.notices.closed import Part
from kept.notices.grants import Grant, Key, grants_on
from kept.notices.refusals import Refusals, refusals_on

if TYPE_CHECKING:
    from kept.notices.definition import Definition

PARTS: tuple[str, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Time:
    """What holds from one cut to the next."""

    from_on: date
    until_on: date | None
    grants: Mapping[Key, Grant]
    refusals: Refusals


@dataclass(frozen=True, slots=True)
class Table:
    """All times of a definition, in order, and what to say on a day when it is not in force."""

    cuts: tuple[date, ...]
    times: tuple[Time, ...]
    outside: Time
    words: Mapping[str, str]  # clause or law entry -> its English words

    def at(self, on: date) -> Time:
        place = bisect_right(self.cuts, on)
        return self.times[place - 1] if place else self.outside


def compiled(definition: Definition) -> Table:
    """The table of a definition. Its last time ends with the notice; after it nothing is permitted."""
    cuts = sorted(_cuts(definition))
    ends = [*cuts[1:], None]
    times = [_time(definition, start, end) for start, end in zip(cuts, ends, strict=True)]
    first = _time(definition, definition.from_on - timedelta(days=1), definition.from_on)
    words = {clause.id: clause.words for clause in (*definition.law, *definition.clauses)}
    return Table(tuple(cuts), tuple(times), first, MappingProxyType(words))


def _time(definition: Definition, start: date, end: date | None) -> Time:
    over = definition.until_on is not None and start >= definition.until_on
    grants = {} if over or start < definition.from_on else grants_on(definition, on=start)
    return Time(start, end, MappingProxyType(grants), refusals_on(definition, on=start))


def _cuts(definition: Definition) -> Iterator[date]:
    """The first day, and every later one on which something begins or ends to count."""
    days = {definition.from_on}
    for clause in (*definition.clauses, *definition.law):
        days |= {day for day in (clause.from_on, clause.until_on) if day and day > definition.from_on}
    if definition.until_on:
        days = {day for day in days if day < definition.until_on} | {definition.until_on}
    yield from days
