"""A definition as the program holds it: one service's clauses, the law beside them, and their lists.

Everything here is a frozen value made by ``loading.load``; nothing here reads a file, a clock or a database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from kept.notices.closed import Effect
from kept.notices.lists import Body, Listed, Purpose, Recipient, Records, Role, Rule, Statement, Vocabulary
from kept.notices.means import KINDS, Means

if TYPE_CHECKING:
    from kept.notices.table import Table

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An ambiguity of the published words: the question, the safe default, and since when it is open."""

    question: str
    default: str
    since: date


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a notice, or one entry of the law, and what it makes the program do."""

    id: str
    section: str  # '' for a law entry that belongs to none
    says: Mapping[str, str]  # language -> words; 'en' is always there
    means: tuple[Means, ...]
    from_on: date | None  # first day on which it counts; None for a proposal that nobody adopted
    until_on: date | None  # exclusive; None where no end is known
    source: tuple[str, ...] = ()  # the published statements that it carries out
    picture: str = ""
    proposed: bool = False
    unsettled: Unsettled | None = None
    of_law: bool = False
    citation: str = ""  # law entries only
    confirmed: bool = True  # a promise always is; a law entry may not be
    effect: Effect = "may"  # law entries only: what the law makes of the thing it names
    file: str = ""
    line: int = 0

    @property
    def words(self) -> str:
        """What the clause says, in English."""
        return self.says["en"]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(kind for kind, made in KINDS.items() for m in self.means if type(m) is made)
        )

    @property
    def ground(self) -> str:
        """The kind of legal basis that a law entry is: the first word of its id, as ``article-9``."""
        return self.id.split(".", 1)[0] if self.of_law else ""

    def counts(self, on: date) -> bool:
        """Whether the clause is in force on a day: published or adopted, begun, and not over."""
        return (
            self.from_on is not None and self.from_on <= on and (self.until_on is None or on < self.until_on)
        )


@dataclass(frozen=True, slots=True)
class Adoption:
    """A decision of information governance to bring a proposed clause into force."""

    clause: str
    by: str
    approved_by: str
    on: date


@dataclass(frozen=True)
class Definition:
    """One service's promises and everything they rest on."""

    service: str
    title: str
    dated: date
    from_on: date
    until_on: date | None
    controller: str
    delivered_by: str
    clauses: tuple[Clause, ...]  # the promises, in the order in which a family reads them
    law: tuple[Clause, ...]  # in the order of law.yaml
    vocabulary: Vocabulary
    roles: Mapping[str, Role]
    bodies: Mapping[str, Body]
    recipients: Mapping[str, Recipient]
    rules: Mapping[str, Rule]
    records: Mapping[str, Records]
    statements: Mapping[str, Statement]
    adoptions: tuple[Adoption, ...]
    texts: Mapping[str, str]  # the files that it was read from, as they were
    hash: str  # of the texts; the same words always have the same hash

    @cached_property
    def by_id(self) -> Mapping[str, Clause]:
        """Every clause and law entry by its id."""
        return {clause.id: clause for clause in (*self.law, *self.clauses)}

    @cached_property
    def table(self) -> Table:
        """The definition compiled for asking; made once, from the clauses alone."""
        from kept.notices.table import compiled

        return compiled(self)

    def meaning(self, kind: type[M], *, on: date, law: bool = True) -> Iterator[tuple[Clause, M]]:
        """Each clause in force on a day that means one kind of thing: the promises first, then the law."""
        for clause in (*self.clauses, *(self.law if law else ())):
            if clause.counts(on):
                for meant in clause.means:
                    if isinstance(meant, kind):
                        yield clause, meant

    def items_about(self, part: str, *, on: date) -> frozenset[str]:
        """Every item that may be held about one part of a family on a day."""
        return frozenset(self.table.at(on).refusals.holdings.collected.get(part, ()))

    def items_promised(self, part: str, *, on: date) -> frozenset[str]:
        """Those of the items that the notice itself lists: without what only the law, or our own work, brings in."""
        collected = self.table.at(on).refusals.holdings.collected.get(part, {})
        return frozenset(
            item for item, clause in collected.items() if clause and not self.by_id[clause].of_law
        )

    def without(self, ids: Collection[str]) -> Definition:
        """The same definition with some clauses or law entries taken out, to see what rests on them."""
        return replace(
            self,
            clauses=tuple(clause for clause in self.clauses if clause.id not in ids),
            law=tuple(clause for clause in self.law if clause.id not in ids),
        )


__all__ = ["Adoption", "Body", "Clause", "Definition", "Listed", "Purpose", "Role", "Unsettled"]
