"""Putting what was asked again to a draft: what would have been refused, allowed, asked for a reason."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connections

from kept.database.acting import here
from kept.notices.definition import Definition
from kept.notices.replaying import Difference, Question, Would, newly, no_longer
from kept.standards.days import start_of

NOBODY_KNOWN = ""  # the standing of whoever asked about somebody whom their service does not know


@dataclass(frozen=True, slots=True)
class Changed:
    """Decisions that would have been others, alike in everything but the day and the people."""

    would: Would
    role: str
    purpose: str
    source: str
    standing: str
    part: str
    items: tuple[str, ...]
    clause: str
    words: str
    decisions: int
    first_entry: int


@dataclass(frozen=True, slots=True)
class Replay:
    """How many decisions were put again, how many could not be, and which would have been others."""

    decisions: int
    not_put: int
    changed: tuple[Changed, ...]

    def count(self, would: Would) -> int:
        return sum(one.decisions for one in self.changed if one.would is would)


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    definition: int | None
    allowed: bool
    decisions: int
    first_entry: int

    @property
    def can_be_put(self) -> bool:
        return (
            self.definition is not None
            and self.question.standing != NOBODY_KNOWN
            and bool(self.question.items)
        )


def replay(
    *,
    new: Definition,
    since: date,
    until: date,
    version: Callable[[int], Definition],
    progress: Callable[[date], None],
) -> Replay:
    """Put every decision of these days (the last included) to a draft of its service's notice.

    `version` answers the published definition of a number; `progress` is told each day that is done. What an entry left
    out, because the version of the day withheld it, is not written in it and is not asked again. An entry about nobody
    does not say which of its items were read and which written: with a source, all are asked as writing.
    """
    decisions = not_put = 0
    others: Counter[tuple[Difference, Question]] = Counter()
    first: dict[tuple[Difference, Question], int] = {}
    for day in _days(since, until):
        for asked in _asked_on(new.service, day):
            if not asked.can_be_put:
                not_put += asked.decisions
                continue
            decisions += asked.decisions
            for difference in _differences(new, asked, version):
                alike = difference, replace(asked.question, on=since, items=frozenset(), reasoned=False)
                others[alike] += asked.decisions
                first[alike] = min(first.get(alike, asked.first_entry), asked.first_entry)
        progress(day)
    changed = (_changed(*alike, times, first[alike]) for alike, times in others.items())
    return Replay(decisions, not_put, tuple(sorted(changed, key=_by_weight)))


def _days(since: date, until: date) -> Iterator[date]:
    return (since + timedelta(days=n) for n in range((until - since).days + 1))


def _asked_on(service: str, day: date) -> list[_Asked]:
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select role, purpose, source, reasoned, standing, part, items, on_day, definition, allowed, decisions,"
            " first_entry from ledger.asked_between(%s, %s, %s)",
            [service, start_of(day), start_of(day + timedelta(days=1))],
        )
        return [
            _Asked(Question(role, purpose, source, reasoned, standing, part, frozenset(items), on), *counted)
            for role, purpose, source, reasoned, standing, part, items, on, *counted in cursor.fetchall()
        ]


def _differences(
    new: Definition, asked: _Asked, version: Callable[[int], Definition]
) -> tuple[Difference, ...]:
    if asked.allowed:
        return no_longer(new, asked.question)
    return newly(version(asked.definition or 0), new, asked.question)


def _changed(difference: Difference, question: Question, decisions: int, first_entry: int) -> Changed:
    return Changed(
        difference.would,
        question.role,
        question.purpose,
        question.source,
        question.standing,
        question.part,
        tuple(sorted(difference.items)),
        difference.clause,
        difference.words,
        decisions,
        first_entry,
    )


def _by_weight(one: Changed) -> tuple[int, str, int]:
    return -one.decisions, one.clause, one.first_entry
