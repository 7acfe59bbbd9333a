"""The questions that are asked all day: may this be seen, may this be collected, is this child one of ours.

Each is total (every argument gets an answer), pure (nothing but the definition and the arguments is read) and
looked up in the compiled table: no earlier answer is remembered. Where nothing speaks, the answer is no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.decision import NOTHING_WITHHELD, Decision, Outcome
from kept.notices.grants import Grant
from kept.notices.means import Serve
from kept.notices.table import Time

if TYPE_CHECKING:
    from kept.notices.asker import Asker
    from kept.notices.definition import Clause, Definition

NO_ITEMS: frozenset[str] = frozenset()
NOTHING_OWED: tuple[str, ...] = ()
REASON = ("reason",)
PERSON = ("a-person-decides",)


def may_see(
    definition: Definition,
    *,
    by: Asker,
    standing: str,
    part: str,
    items: frozenset[str],
    purpose: str,
    reason: str = "",
    on: date,
) -> Decision:
    """May the asker see these items about one person of a family, for this purpose, on this day?

    ``MAY`` where at least one item is allowed; each of the others is withheld under a clause. A reason that
    is missing is owed as ``reason``. ``standing`` is what the database found, and is taken as given here.
    """
    time = definition.table.at(on)
    grant = time.grants.get((by.role, standing, part, purpose, "read", ""))
    if grant is None or by.service != definition.service:
        return _no_sight(definition, time, part, items, purpose)
    open_items = grant.items if reason and not reason.isspace() else grant.freely
    allowed = items & open_items
    missing = items - open_items
    if not allowed:
        return _no_sight(definition, time, part, items, purpose, grant)
    rests_on = tuple([clause for clause, group in grant.groups if not group.isdisjoint(allowed)])
    words = definition.table.words[rests_on[0]]
    if not missing:
        return Decision(Outcome.MAY, rests_on, words, allowed, NOTHING_WITHHELD, NOTHING_OWED)
    withheld = _withheld(time, part, missing, grant)
    owed = NOTHING_OWED if grant.reason_of.keys().isdisjoint(missing) else REASON
    return Decision(Outcome.MAY, rests_on, words, allowed, withheld, owed)


def may_collect(
    definition: Definition,
    *,
    by: Asker,
    standing: str,
    part: str,
    items: frozenset[str],
    purpose: str,
    source: str,
    reason: str = "",
    on: date,
) -> Decision:
    """May the asker write these items down about one person, from this source, for this purpose?

    An item is allowed where the role needs it (``see``) and the notice or the law lists it (``collect``).
    """
    time = definition.table.at(on)
    grant = time.grants.get((by.role, standing, part, purpose, "record", source))
    own = grant is not None and by.service == definition.service
    if grant is None or not own:
        open_items = NO_ITEMS
    else:
        open_items = grant.items if reason and not reason.isspace() else grant.freely
    allowed = items & open_items
    withheld = {
        item: _uncollected(
            definition, time, by, standing, part, item, purpose, source, grant if own else None
        )
        for item in sorted(items - allowed)
    }
    owed = REASON if own and grant and not grant.reason_of.keys().isdisjoint(withheld) else NOTHING_OWED
    if not allowed or not grant:
        against = time.refusals.purpose(purpose, "record") or time.refusals.need_to_know
        return _refused(definition, withheld, against, owed)
    rests_on = tuple([clause for clause, group in grant.groups if not group.isdisjoint(allowed)])
    return Decision(Outcome.MAY, rests_on, definition.table.words[rests_on[0]], allowed, withheld, owed)


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


def _withheld(time: Time, part: str, missing: frozenset[str], grant: Grant | None) -> dict[str, str]:
    unheld = time.refusals.unheld.get(part)
    if unheld is None or not unheld.keys() >= missing:
        known = unheld or {}
        withheld = {item: known.get(item, time.refusals.items["personal"]) for item in missing}
    else:
        withheld = dict(zip(missing, map(unheld.__getitem__, missing), strict=True))
    if grant and grant.reason_of:
        withheld.update({item: clause for item, clause in grant.reason_of.items() if item in missing})
    return withheld


def _no_sight(
    definition: Definition,
    time: Time,
    part: str,
    items: frozenset[str],
    purpose: str,
    grant: Grant | None = None,
) -> Decision:
    if against := time.refusals.purpose(purpose, "read"):
        return _refused(definition, dict.fromkeys(items, against), against, NOTHING_OWED)
    withheld = _withheld(time, part, items, grant)
    owed = REASON if grant and not grant.reason_of.keys().isdisjoint(items) else NOTHING_OWED
    return _refused(definition, withheld, time.refusals.need_to_know, owed)


def _uncollected(
    definition: Definition,
    time: Time,
    by: Asker,
    standing: str,
    part: str,
    item: str,
    purpose: str,
    source: str,
    grant: Grant | None,
) -> str:
    """Why one item may not be written down: purpose, list of items, source, reason, need, in that order."""
    refusals = time.refusals
    if against := refusals.purpose(purpose, "record"):
        return against
    if item not in refusals.holdings.collected.get(part, {}):
        return refusals.unheld.get(part, {}).get(item, refusals.items["personal"])
    if item not in refusals.holdings.received.get((part, purpose, source), {}):
        return refusals.source(part, item, purpose)
    if grant and item in grant.reason_of:
        return grant.reason_of[item]
    return refusals.need_to_know


def _refused(
    definition: Definition, withheld: Mapping[str, str], otherwise: str, owed: tuple[str, ...]
) -> Decision:
    """A refusal rests on the clauses that withhold; on one alone where nothing was asked for."""
    rests_on = tuple(sorted(set(withheld.values()))) or (otherwise,)
    return Decision(Outcome.MUST_NOT, rests_on, definition.table.words[rests_on[0]], NO_ITEMS, withheld, owed)
