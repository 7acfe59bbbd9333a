"""What another version of a notice would have answered: each decision, as the ledger kept it, put again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kept.notices.asker import Asker
from kept.notices.collecting import may_collect
from kept.notices.seeing import may_see

if TYPE_CHECKING:
    from kept.notices.decision import Decision
    from kept.notices.definition import Definition

ANY_REASON = "a reason"


class Would(StrEnum):
    """What the other version would have done with what the one in force did not."""

    REFUSE = "refused"
    ALLOW = "allowed"
    ASK = "asked for a reason"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked about one person, without who asked and about whom. A question with a source was to record."""

    role: str
    purpose: str
    source: str
    reasoned: bool
    standing: str
    part: str
    items: frozenset[str]
    on: date


@dataclass(frozen=True, slots=True)
class Difference:
    """Items that would have been answered otherwise, and the clause (or law) of the other version that does it."""

    would: Would
    items: frozenset[str]
    clause: str
    words: str


def no_longer(new: Definition, question: Question) -> tuple[Difference, ...]:
    """Of items that were opened then: what the new version would have refused, or opened only for a reason."""
    answered = _put(new, question, reasoned=question.reasoned)
    if not answered.withheld:
        return ()
    if_reasoned = _put(new, question, reasoned=True).allowed
    clauses: dict[tuple[Would, str], set[str]] = {}
    for item, clause in answered.withheld.items():
        would = Would.ASK if item in if_reasoned else Would.REFUSE
        clauses.setdefault((would, clause), set()).add(item)
    return tuple(
        Difference(would, frozenset(items), clause, new.table.words[clause])
        for (would, clause), items in sorted(clauses.items())
    )


def newly(old: Definition, new: Definition, question: Question) -> tuple[Difference, ...]:
    """Of what was refused then: what the new version would have opened and the version of the day did not."""
    answered = _put(new, question, reasoned=question.reasoned)
    more = answered.allowed - _put(old, question, reasoned=question.reasoned).allowed
    if not more:
        return ()
    clause = answered.rests_on[0]
    return (Difference(Would.ALLOW, frozenset(more), clause, new.table.words[clause]),)


def _put(definition: Definition, question: Question, *, reasoned: bool) -> Decision:
    """Put the question to a definition as if it had been in force, on the day or on its own first day if later."""
    by = Asker("", None, "", "", question.role, definition.service, "")
    reason = ANY_REASON if reasoned else ""
    on = max(question.on, definition.from_on)
    if question.source:
        return may_collect(
            definition,
            by=by,
            standing=question.standing,
            part=question.part,
            items=question.items,
            purpose=question.purpose,
            source=question.source,
            reason=reason,
            on=on,
        )
    return may_see(
        definition,
        by=by,
        standing=question.standing,
        part=question.part,
        items=question.items,
        purpose=question.purpose,
        reason=reason,
        on=on,
    )
