"""A notice as it is read: the plain value that every format of it is made from.

It holds what a family reads and where each line comes from, and nothing of how it looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kept.notices.closed import Responsibility
from kept.notices.definition import Clause, Definition
from kept.notices.means import Collect, Guard, Identify, Inform, See, Tell, Use

ENGLISH = "en"
# The clauses of `why` that say who may see what are read together, under a heading of their own.
WHO_SEES = ("who-sees", "Who can see it?")
# A sentence ends where the next one begins with a capital: an idea a line.
SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A body that the notice names under a name that is no longer, or will no longer be, the right one."""

    was: str
    now: str
    from_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """One clause, as it is read."""

    clause: str
    words: str
    language: str  # of the words: the one that was asked for, or English where the clause has no other
    picture: str = ""
    leads: bool = False  # it says that the list which follows is all there is
    added_on: date | None = None  # a proposal that was adopted, and the day from which it counts
    renamed: tuple[Renamed, ...] = ()  # bodies whose name in these words has changed since

    @property
    def sentences(self) -> tuple[str, ...]:
        """The words, a sentence at a time."""
        return tuple(SENTENCES.split(self.words))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a notice under its heading, in the order of the definition."""

    code: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A body that the notice names, as it is called on a day, and how to reach it where that is published."""

    responsibility: Responsibility
    name: str
    words: str = ""
    phone: str = ""
    web: str = ""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One version of one service's notice, in one language, with names as they are on a day."""

    service: str
    title: str
    dated: date
    from_on: date
    until_on: date | None
    hash: str
    language: str
    on: date
    named: tuple[Named, ...]
    sections: tuple[Section, ...]  # for families
    professionals: tuple[Line, ...]  # for those who work with families; none where the notice has none

    def body(self, responsibility: Responsibility) -> Named | None:
        """Who is named with a responsibility; None where no clause names anybody."""
        return next((named for named in self.named if named.responsibility == responsibility), None)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line once: the family's, then the professionals'."""
        return (*(line for section in self.sections for line in section.lines), *self.professionals)


def leaflet(definition: Definition, *, on: date, language: str = ENGLISH) -> Leaflet:
    """A notice to be read, with names as they are on `on`.

    A proposal stands in it only once it is adopted, and then with its day. Where a clause has no words in
    `language`, its English ones stand there and the line says so.
    """
    clauses = tuple(standing(definition.clauses, on=on))
    apart = professional_clauses(clauses)
    renamed = tuple(_renamed(definition))
    return Leaflet(
        service=definition.service,
        title=definition.title,
        dated=definition.dated,
        from_on=definition.from_on,
        until_on=definition.until_on,
        hash=definition.hash,
        language=language,
        on=on,
        named=tuple(_named(definition, clauses, on=on)),
        sections=tuple(
            Section(code, title, tuple(line_of(clause, language, renamed) for clause in held))
            for code, title, held in _sections(definition, [c for c in clauses if c.id not in apart])
        ),
        professionals=tuple(line_of(clause, language, renamed) for clause in clauses if clause.id in apart),
    )


def standing(clauses: Iterable[Clause], *, on: date) -> Iterator[Clause]:
    """The clauses that count on a day, and those that are to count later; without proposals nobody adopted."""
    for clause in clauses:
        if clause.from_on is not None and (clause.until_on is None or on < clause.until_on):
            yield clause


def professional_clauses(clauses: Iterable[Clause]) -> frozenset[str]:
    """The ids of the clauses that are about people who work with families, and about nobody else."""
    held = tuple(clauses)
    collected = [meant for clause in held for meant in clause.means if isinstance(meant, Collect)]
    theirs = {
        purpose for meant in collected if meant.about == ("professional",) for purpose in meant.purposes
    }
    others = {
        purpose for meant in collected if meant.about != ("professional",) for purpose in meant.purposes
    }
    return frozenset(clause.id for clause in held if _of_professionals(clause, theirs - others))


def _of_professionals(clause: Clause, purposes: set[str]) -> bool:
    for meant in clause.means:
        if isinstance(meant, Collect | See) and meant.about == ("professional",):
            return True
        if isinstance(meant, Use) and meant.purpose in purposes:
            return True
        if isinstance(meant, Inform) and meant.of == "professional":
            return True
    return False


def _sections(definition: Definition, clauses: list[Clause]) -> Iterator[tuple[str, str, list[Clause]]]:
    for code, title in _titles(definition, clauses).items():
        held = [clause for clause in clauses if clause.section == code]
        seen = [clause for clause in held if code == "why" and _only_says_who_sees(clause)]
        if rest := [clause for clause in held if clause not in seen]:
            yield code, title, rest
        if seen:
            yield *WHO_SEES, seen


def _only_says_who_sees(clause: Clause) -> bool:
    return all(isinstance(meant, See | Guard) for meant in clause.means)


def _titles(definition: Definition, clauses: list[Clause]) -> dict[str, str]:
    """The heading of each section: as the vocabulary words it, else the code itself, where a clause first names it."""
    titles: dict[str, str] = {code: listed.words for code, listed in definition.vocabulary.sections.items()}
    for clause in clauses:
        titles.setdefault(clause.section, clause.section.replace("-", " ").capitalize())
    return titles


def line_of(clause: Clause, language: str = ENGLISH, renamed: tuple[Renamed, ...] = ()) -> Line:
    """A clause as it is read."""
    spoken = language if language in clause.says else ENGLISH
    words = clause.says[spoken]
    return Line(
        clause=clause.id,
        words=words,
        language=spoken,
        picture=clause.picture,
        leads=any(_leads(meant) for meant in clause.means),
        added_on=clause.from_on if clause.proposed else None,
        renamed=tuple(name for name in renamed if name.was in words),
    )


def _leads(meant: object) -> bool:
    return (isinstance(meant, Collect) and meant.closes == "items") or (
        isinstance(meant, Tell) and meant.closes == "recipients"
    )


def _named(definition: Definition, clauses: Iterable[Clause], *, on: date) -> Iterator[Named]:
    met = set()
    for clause in clauses:
        for meant in clause.means:
            if isinstance(meant, Identify) and meant.body and meant.responsibility not in met:
                met.add(meant.responsibility)
                body = definition.bodies[meant.body]
                yield Named(
                    meant.responsibility, body.name(on), body.words or "", body.phone or "", body.web or ""
                )


def _renamed(definition: Definition) -> Iterator[Renamed]:
    """Every change of a name after the day that is printed on the notice, whenever it is read."""
    for body in definition.bodies.values():
        for was, now in zip(body.names, body.names[1:], strict=False):
            if now.start > definition.dated:
                yield Renamed(was.name, now.name, now.start)
