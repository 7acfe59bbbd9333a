"""What may be held at all on a day: about whom, from which source, for which purpose, under which clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, get_args

from kept.notices.closed import Part
from kept.notices.means import Collect, Keep
from kept.notices.purposes import forbidding, permitting

if TYPE_CHECKING:
    from kept.notices.definition import Definition

PARTS: tuple[str, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Holdings:
    """``collected`` has, for each part, its items; ``received`` has them by purpose and source as well."""

    collected: Mapping[str, Mapping[str, str]]  # part -> item -> clause
    received: Mapping[tuple[str, str, str], Mapping[str, str]]  # part, purpose, source -> item -> clause

    def sources(self, part: str, purpose: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        for (about, purpose_of, source), items in self.received.items():
            if (about, purpose_of) == (part, purpose):
                yield source, items


def holdings_on(definition: Definition, *, on: date) -> Holdings:
    """An item may be held if a clause lists it, a rule says how long it stays, and no law forbids it."""
    collected: dict[str, dict[str, str]] = {part: {} for part in PARTS}
    received: dict[tuple[str, str, str], dict[str, str]] = {}
    holdable = {part: _holdable(definition, part, on=on) for part in PARTS}
    for clause, collect in permitting(definition, Collect, on=on):
        for about in collect.about:
            items = [item for item in collect.items if item in holdable[about]]
            for item in items:
                collected[about].setdefault(item, clause.id)
            for purpose in collect.purposes:
                for source in collect.sources:
                    listed = received.setdefault((about, purpose, source), {})
                    for item in items:
                        listed.setdefault(item, clause.id)
    for part in collected:
        for item, entry in definition.vocabulary.items.items():
            if entry.made_by_us and item in holdable[part]:
                collected[part].setdefault(item, "")
    return Holdings(collected, received)


def _holdable(definition: Definition, part: str, *, on: date) -> Set[str]:
    forbidden = {
        item
        for _, collect in forbidding(definition, Collect, on=on)
        if part in collect.about
        for item in collect.items
    }
    return kept_items(definition, part, on=on) - forbidden


def kept_items(definition: Definition, part: str, *, on: date) -> Set[str]:
    """The items about one part for which a ``keep`` clause in force names a rule of the record document."""
    kept: set[str] = set()
    for _, keep in definition.meaning(Keep, on=on):
        for name in keep.records if keep.rule in definition.rules else ():
            records = definition.records.get(name)
            if records and (not records.about or part in records.about):
                kept |= set(records.items)
    return kept
