"""May this be seen? Asked before every page, so it is a look-up and a few operations on sets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.decision import NOTHING_WITHHELD, Decision, Outcome
from kept.notices.grants import Grant
from kept.notices.table import Time
from kept.notices.withheld import Withheld

if TYPE_CHECKING:
    from kept.notices.asker import Asker
    from kept.notices.definition import Definition

NO_ITEMS: frozenset[str] = frozenset()
NO_CLAUSES: Mapping[str, str] = {}
NOTHING_OWED: tuple[str, ...] = ()
REASON = ("reason",)


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


def _withheld(time: Time, part: str, missing: frozenset[str], grant: Grant | None) -> Withheld:
    """Each item that is not allowed, with the clause that asks for a reason or else why it is not seen."""
    unheld = time.refusals.unheld.get(part, NO_CLAUSES)
    reasons = grant.reason_of if grant else NO_CLAUSES
    return Withheld(missing, reasons, unheld, time.refusals.items["personal"])


def _no_sight(
    definition: Definition,
    time: Time,
    part: str,
    items: frozenset[str],
    purpose: str,
    grant: Grant | None = None,
) -> Decision:
    refusals, words = time.refusals, definition.table.words
    if against := refusals.purpose(purpose, "read"):
        withheld = Withheld(items, NO_CLAUSES, NO_CLAUSES, against)
        return Decision(Outcome.MUST_NOT, (against,), words[against], NO_ITEMS, withheld, NOTHING_OWED)
    withheld = _withheld(time, part, items, grant)
    if grant and not grant.reason_of.keys().isdisjoint(items):
        rests_on = tuple(sorted(set(withheld.values())))
        asks = next(clause for item, clause in grant.reason_of.items() if item in items)
        return Decision(Outcome.MUST_NOT, rests_on, words[asks], NO_ITEMS, withheld, REASON)
    rests_on = refusals.against_sight(part, items)
    return Decision(Outcome.MUST_NOT, rests_on, words[rests_on[0]], NO_ITEMS, withheld, NOTHING_OWED)
