"""What a definition permits on one day, and the clause that permits it.

An item may be read or recorded only where every promise that bears on it holds at once: a ``see`` clause
gives it to the role, a ``collect`` clause lists it, a ``use`` clause opens the purpose on a legal basis, a
``keep`` clause says how long it stays, and every safeguard is promised. So taking any of these out can only
ever permit less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, get_args

from kept.notices.closed import Safeguard, standing_so
from kept.notices.holdings import Holdings, holdings_on
from kept.notices.means import Guard, See
from kept.notices.purposes import Purpose, forbidding, permitting, purposes_on

if TYPE_CHECKING:
    from kept.notices.definition import Definition

SAFEGUARDS: Set[str] = frozenset(get_args(Safeguard))

Key = tuple[str, str, str, str, str, str]  # role, standing, part, purpose, act, source
Permitted = dict[str, str]  # item -> the clause that permits it


@dataclass(frozen=True, slots=True)
class Grant:
    """The items under one key, each with the clause that permits it."""

    items: frozenset[str]
    freely: frozenset[str]  # those that need no reason
    clause_of: Mapping[str, str]
    reason_of: Mapping[str, str]  # the others -> the clause that asks for a reason
    groups: tuple[tuple[str, frozenset[str]], ...]  # each clause with its items


NOTHING = Grant(frozenset(), frozenset(), {}, {}, ())


@dataclass(slots=True)
class _Making:
    permitted: Permitted = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def add(self, items: Mapping[str, str], reason_clause: str) -> None:
        """Leave to see without a reason goes before leave to see with one; else the first clause stands."""
        for item, clause in items.items():
            if item not in self.permitted:
                self.permitted[item] = clause
                if reason_clause:
                    self.reasons[item] = reason_clause
            elif not reason_clause and self.reasons.pop(item, ""):
                self.permitted[item] = clause


def grants_on(definition: Definition, *, on: date) -> dict[Key, Grant]:
    """Everything that may be read or recorded on a day; nothing where a safeguard is not promised."""
    if safeguards_on(definition, on=on) != SAFEGUARDS:
        return {}
    purposes = purposes_on(definition, on=on)
    holdings = holdings_on(definition, on=on)
    making: dict[Key, _Making] = defaultdict(_Making)
    for clause, see in permitting(definition, See, on=on):
        reason_clause = clause.id if see.reason == "required" else ""
        for key, items in _under(definition, see, clause.id, purposes, holdings):
            making[key].add(items, reason_clause)
    _forbid(definition, making, on=on)
    return {key: _grant(made) for key, made in making.items() if made.permitted}


def safeguards_on(definition: Definition, *, on: date) -> set[str]:
    """The safeguards that the notice promises on a day."""
    return {guard.safeguard for _, guard in permitting(definition, Guard, on=on)}


def _under(
    definition: Definition,
    see: See,
    clause: str,
    purposes: Mapping[str, list[Purpose]],
    holdings: Holdings,
) -> Iterator[tuple[Key, Permitted]]:
    for purpose in see.purposes:
        for opened in purposes.get(purpose, ()):
            items = [
                item for item in see.items if opened.may_hold(definition.vocabulary.items[item].of_class)
            ]
            for part in see.about:
                for act, source, permitted in _acts(see, opened, holdings, part, purpose, items, clause):
                    for role in see.roles:
                        for standing in standing_so(see.standing):
                            yield (role, standing, part, purpose, act, source), permitted


def _acts(
    see: See, opened: Purpose, holdings: Holdings, part: str, purpose: str, items: list[str], clause: str
) -> Iterator[tuple[str, str, Permitted]]:
    held = holdings.collected[part]
    if "read" in see.to and "read" in opened.acts:
        yield "read", "", {item: clause for item in items if item in held}
    if "record" in see.to and "record" in opened.acts:
        for source, received in holdings.sources(part, purpose):
            yield "record", source, {item: received[item] for item in items if item in received}


def _forbid(definition: Definition, making: Mapping[Key, _Making], *, on: date) -> None:
    for _, see in forbidding(definition, See, on=on):
        standings = standing_so(see.standing)
        for (role, standing, part, purpose, act, _source), made in making.items():
            named = role in see.roles and standing in standings and part in see.about
            if named and purpose in see.purposes and act in see.to:
                for item in see.items:
                    made.permitted.pop(item, None)
                    made.reasons.pop(item, None)


def _grant(made: _Making) -> Grant:
    items = frozenset(made.permitted)
    groups: dict[str, set[str]] = defaultdict(set)
    for item, clause in sorted(made.permitted.items()):
        groups[clause].add(item)
    return Grant(
        items=items,
        freely=items - made.reasons.keys(),
        clause_of=dict(sorted(made.permitted.items())),
        reason_of=dict(made.reasons),
        groups=tuple((clause, frozenset(group)) for clause, group in groups.items()),
    )
