"""How long does it stay? The record document answers, through the clauses that name its rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.lists import Rule
from kept.notices.means import Keep

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition


@dataclass(frozen=True, slots=True)
class Kept:
    """How long one item stays. It is over on ``until_on``; None while what a rule counts from has not happened.

    An item that no rule names may not be held at all: ``rules`` is empty and ``until_on`` is the day asked about.
    """

    until_on: date | None
    rests_on: tuple[str, ...]  # clauses; never empty
    rules: tuple[str, ...]  # of the record document, the longest first
    confirmed: bool  # nothing is let go under a rule that is not

    def over(self, on: date) -> bool:
        """Whether its time is over: out of sight for those who give care, and waiting for review."""
        return self.until_on is not None and self.until_on <= on


def keep_until(definition: Definition, *, item: str, part: str, events: Mapping[str, date], on: date) -> Kept:
    """Until when an item about one person is kept, given what has happened (``date-of-birth``, ``end-of-care`` …).

    Where several rules apply the longest counts, and one whose event is still to come is the longest of all.
    """
    found = [(clause.id, rule) for clause, rule in _rules(definition, item, part, on=on)]
    if not found:
        refusals = definition.table.at(on).refusals
        clause = refusals.unheld.get(part, {}).get(item, refusals.items["personal"])
        return Kept(on, (clause,), (), confirmed=False)
    ends = sorted(
        ((_end(definition.rules[rule], events), rule, clause) for clause, rule in found), reverse=True
    )
    last = ends[0][0]
    return Kept(
        until_on=None if last == date.max else last,
        rests_on=tuple(dict.fromkeys(clause for _, _, clause in ends)),
        rules=tuple(dict.fromkeys(rule for _, rule, _ in ends)),
        confirmed=all(definition.rules[rule].status == "confirmed" for _, rule, _ in ends),
    )


def _rules(definition: Definition, item: str, part: str, *, on: date) -> list[tuple[Clause, str]]:
    return [
        (clause, keep.rule)
        for clause, keep in definition.meaning(Keep, on=on)
        if keep.rule in definition.rules
        and keep.rule is not None
        and any(_holds(definition, name, item, part) for name in keep.records)
    ]


def _holds(definition: Definition, records: str, item: str, part: str) -> bool:
    kind = definition.records.get(records)
    return kind is not None and item in kind.items and (not kind.about or part in kind.about)


def _end(rule: Rule, events: Mapping[str, date]) -> date:
    begins = events.get(rule.counts_from)
    return rule.keeps.after(begins) if begins else date.max
