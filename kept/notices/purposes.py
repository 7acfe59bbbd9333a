"""The purposes that are open on a day: what may be done for each, and on which legal basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from kept.notices.closed import ItemClass
from kept.notices.means import Use

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition

M = TypeVar("M")

# UK GDPR Articles 9(1) and 10 forbid special and criminal items, save on a condition of that article.
CONDITIONS: Mapping[ItemClass, str] = {"special": "article-9", "criminal": "article-10"}
CONSENT = "article-6.consent"  # care waits for nobody's consent, so consent opens no purpose


@dataclass(frozen=True, slots=True)
class Purpose:
    """One open purpose. ``grounds`` are the kinds of legal basis that it has on the day."""

    clause: str
    acts: frozenset[str]
    grounds: frozenset[str]

    def may_hold(self, of_class: ItemClass) -> bool:
        condition = CONDITIONS.get(of_class)
        return condition is None or condition in self.grounds


def purposes_on(definition: Definition, *, on: date) -> dict[str, list[Purpose]]:
    """The purposes of the notice, then those of the law; each once for every clause that opens it."""
    opened: dict[str, list[Purpose]] = {}
    for clause, use in permitting(definition, Use, on=on):
        grounds = frozenset(grounds_of(definition, use, on=on))
        if use.purpose and "article-6" in grounds:
            opened.setdefault(use.purpose, []).append(Purpose(clause.id, frozenset(use.permits), grounds))
    return opened


def grounds_of(definition: Definition, use: Use, *, on: date) -> Iterator[str]:
    """The kinds of legal basis in force for a purpose. One that is not confirmed is enough to act on."""
    for basis in use.basis:
        entry = definition.by_id.get(basis)
        if entry is not None and entry.counts(on) and entry.of_law and basis != CONSENT:
            yield entry.ground


def permitting(definition: Definition, kind: type[M], *, on: date) -> Iterator[tuple[Clause, M]]:
    """What may permit something on a day: promises, then law that is confirmed and does not forbid."""
    for clause, meant in definition.meaning(kind, on=on):
        if clause.confirmed and clause.effect != "must-not":
            yield clause, meant


def forbidding(definition: Definition, kind: type[M], *, on: date) -> Iterator[tuple[Clause, M]]:
    """What confirmed law forbids on a day, whatever anything else says."""
    for clause, meant in definition.meaning(kind, on=on):
        if clause.confirmed and clause.effect == "must-not":
            yield clause, meant
