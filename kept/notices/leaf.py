"""A notice as people read it: plain values, in reading order, ready for any format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.closed import Section
from kept.notices.doing import does
from kept.notices.means import Identify, Use

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition


@dataclass(frozen=True, slots=True)
class Saying:
    """One clause on the page: its words, its picture, and for the full format what stands behind it."""

    clause: str
    words: str
    picture: str
    statements: tuple[str, ...]
    does: tuple[str, ...]
    bases: tuple[str, ...]  # citations of the law that its purposes rest on
    proposed: bool  # adopted, and not in the published notice
    note: str  # a dated note beside words that something overtook; '' where nothing did


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the notice, under its question."""

    section: str
    heading: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A whole notice in one language. ``version`` is the start of its hash."""

    service: str
    title: str
    controller: str  # the name of the body that answers for the service, as on the day of the notice
    dated: date
    version: str
    hash: str
    language: str
    chapters: tuple[Chapter, ...]


def leaf(definition: Definition, *, on: date, language: str = "en") -> Leaf:
    """The notice as it stands on a day: its published words, and the proposals adopted by then.

    A clause that is not in the language asked for stays in English.
    """
    sayings: dict[str, list[Saying]] = {}
    for clause in definition.clauses:
        if clause.counts(on) or not clause.proposed:
            sayings.setdefault(clause.section, []).append(_saying(definition, clause, on, language))
    order: list[Section] = list(definition.vocabulary.sections) or list(dict.fromkeys(sayings))  # type: ignore[arg-type]
    chapters = [
        Chapter(section, _heading(definition, section), tuple(sayings[section]))
        for section in order
        if section in sayings
    ]
    return Leaf(
        service=definition.service,
        title=definition.title,
        controller=definition.bodies[definition.controller].name(definition.dated),
        dated=definition.dated,
        version=definition.hash[:12],
        hash=definition.hash,
        language=language,
        chapters=tuple(chapters),
    )


def _saying(definition: Definition, clause: Clause, on: date, language: str) -> Saying:
    bases = [basis for meant in clause.means if isinstance(meant, Use) for basis in meant.basis]
    return Saying(
        clause=clause.id,
        words=clause.says.get(language, clause.words),
        picture=clause.picture,
        statements=clause.source,
        does=does(definition, clause),
        bases=tuple(definition.by_id[basis].citation for basis in bases if basis in definition.by_id),
        proposed=clause.proposed,
        note=_note(definition, clause, on),
    )


def _note(definition: Definition, clause: Clause, on: date) -> str:
    """A published notice keeps its words; when a body it names is renamed, a dated note stands beside them."""
    for meant in clause.means:
        body = definition.bodies.get(meant.body or "") if isinstance(meant, Identify) else None
        if body and body.name(on) != body.name(definition.dated):
            begun = max(named.start for named in body.names if named.start <= on)
            return f"Since {printed(begun)} it is called {body.name(on)}."
    return ""


def _heading(definition: Definition, section: str) -> str:
    listed = {code: entry.words for code, entry in definition.vocabulary.sections.items()}
    return next(
        (words for code, words in listed.items() if code == section), section.replace("-", " ").capitalize()
    )


def printed(day: date) -> str:
    """A day as people write it: 3 March 2026."""
    return f"{day.day} {day:%B %Y}"
