"""Legal bases: purposes without one, items without their condition, and law that nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding, of_clause
from kept.notices.means import Collect, Keep, See, Use
from kept.notices.purposes import CONDITIONS, grounds_of, permitting, purposes_on

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition

ARTICLE = {"article-9": "Article 9", "article-10": "Article 10"}


def grounds(definition: Definition, *, on: date) -> Iterator[Finding]:
    """What has no legal basis on a day, and what rests on law that is not confirmed."""
    for clause, use in definition.meaning(Use, on=on):
        if use.purpose:
            yield from _of_purpose(definition, clause, use, on=on)
    yield from _items_without_condition(definition, on=on)
    yield from _unconfirmed(definition, on=on)


def _of_purpose(definition: Definition, clause: Clause, use: Use, *, on: date) -> Iterator[Finding]:
    found = set(grounds_of(definition, use, on=on))
    if "article-6" not in found:
        words = (
            f"The purpose “{use.purpose}” has no basis of Article 6 on this day: nothing can be done for it."
        )
        yield of_clause("no-legal-basis", clause, words, "Name one, or wait until it is in force.")
    elif not clause.confirmed:
        words = (
            f"Only law that is not confirmed opens the purpose “{use.purpose}”: nothing can be done for it."
        )
        others = [other for other, _ in permitting(definition, Use, on=on) if other.id != clause.id]
        if use.purpose not in purposes_on(definition, on=on) and clause not in others:
            yield of_clause("purpose-not-open", clause, words, "Confirm the law.")


def _items_without_condition(definition: Definition, *, on: date) -> Iterator[Finding]:
    """Special and criminal items that a clause gives for a purpose without the condition that they need."""
    purposes = purposes_on(definition, on=on)
    given: list[tuple[Clause, Collect | See]] = [
        *permitting(definition, Collect, on=on),
        *permitting(definition, See, on=on),
    ]
    for clause, meant in given:
        for purpose in meant.purposes:
            for item in meant.items:
                of_class = definition.vocabulary.items[item].of_class
                opened = purposes.get(purpose, [])
                if opened and not any(one.may_hold(of_class) for one in opened):
                    article = ARTICLE[CONDITIONS[of_class]]
                    words = (
                        f"“{item}” is {of_class}, and the purpose “{purpose}” has no condition of {article}."
                    )
                    yield of_clause("no-condition", clause, words, "It is refused for this purpose.")


def _unconfirmed(definition: Definition, *, on: date) -> Iterator[Finding]:
    used = {basis for _, use in definition.meaning(Use, on=on) for basis in use.basis}
    for entry in definition.law:
        if entry.confirmed or not entry.counts(on):
            continue
        if entry.id in used:
            words = "A purpose rests on this law, and nobody has confirmed it. It is acted on all the same."
        else:
            words = "This law is not confirmed. It stands beside answers and decides nothing."
        yield of_clause("unconfirmed-law", entry, words, f"Read {entry.citation}.")
    named = {keep.rule for _, keep in definition.meaning(Keep, on=on) if keep.rule}
    for name in sorted(named):
        rule = definition.rules[name]
        if rule.status != "confirmed":
            words = "A clause names this rule, and nobody has confirmed it. Nothing is let go under it."
            yield Finding(
                "unconfirmed-rule", name, words, f"Read {rule.citation or 'its source'}.", "retention.yaml"
            )
