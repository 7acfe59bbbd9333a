"""Is this child one of those whom the service is for?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.decision import Decision, Outcome
from kept.notices.means import Serve

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition

NOTHING_OWED: tuple[str, ...] = ()
PERSON = ("a-person-decides",)


def may_serve(
    definition: Definition,
    *,
    born_on: date,
    authority: str,
    with_carer: bool,
    on: date,
) -> Decision:
    """May care of this child begin, or go on, on this day?

    ``authority`` is an area, or a name of one that an address or a message gave; '' where it is not known. A
    child who may live elsewhere is for a person to decide about: that is owed, and no baby is turned away.
    """
    promises = [(clause, serve) for clause, serve in definition.meaning(Serve, on=on, law=False)]
    refused = _limit(definition, promises, born_on, authority, with_carer, on)
    if refused is None:
        rests_on = tuple(clause.id for clause, _ in promises)
        return Decision(Outcome.MAY, rests_on, definition.by_id[rests_on[0]].words)
    for clause, serve in definition.meaning(Serve, on=on):
        lawful = clause.of_law and clause.confirmed and clause.effect != "must-not"
        if lawful and _limit(definition, [(clause, serve)], born_on, authority, with_carer, on) is None:
            return Decision(Outcome.MAY, (clause.id,), clause.words)
    clause_id, owed = refused
    return Decision(Outcome.MUST_NOT, (clause_id,), definition.by_id[clause_id].words, owed=owed)


def _limit(
    definition: Definition,
    clauses: Iterable[tuple[Clause, Serve]],
    born_on: date,
    authority: str,
    with_carer: bool,
    on: date,
) -> tuple[str, tuple[str, ...]] | None:
    """The first clause against serving this child; None where ages and area are both limited and both met."""
    limits = list(clauses)
    if not definition.from_on <= on or (definition.until_on and on >= definition.until_on):
        return definition.table.outside.refusals.last, NOTHING_OWED
    for clause, serve in limits:
        if serve.ages and not _of_age(serve, born_on, on):
            return clause.id, NOTHING_OWED
        if serve.carer and not with_carer:
            return clause.id, NOTHING_OWED
    for clause, serve in limits:
        if serve.resident_of and not _lives_in(definition, serve, authority):
            return clause.id, PERSON
    if not any(serve.ages for _, serve in limits) or not any(serve.resident_of for _, serve in limits):
        return definition.table.at(on).refusals.last, NOTHING_OWED
    return None


def _of_age(serve: Serve, born_on: date, on: date) -> bool:
    assert serve.ages is not None
    start = born_on if serve.ages.start == "birth" else serve.ages.start.after(born_on)
    return start <= on < serve.ages.until.after(born_on)


def _lives_in(definition: Definition, serve: Serve, authority: str) -> bool:
    given = authority.strip().casefold()
    for code in serve.resident_of:
        area = definition.vocabulary.areas.get(code)
        names = (code, *(area.districts if area else ()))
        if given and given in {name.casefold() for name in names}:
            return True
    return False


def served_until(definition: Definition, *, born_on: date, on: date) -> date | None:
    """The first day on which a child born then is too old for the service, as the notice has it on a day.

    None where the notice sets no age. The birthday itself is outside; one on 29 February counts as 1 March.
    """
    ends = [
        serve.ages.until.after(born_on)
        for _, serve in definition.meaning(Serve, on=on, law=False)
        if serve.ages
    ]
    return min(ends, default=None)
