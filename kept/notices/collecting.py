"""May this be collected? An item that nothing lists has no field, and a page, an import and SQL refuse it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kept.notices.decision import Decision, Outcome
from kept.notices.grants import NOTHING
from kept.notices.refusals import Refusals

if TYPE_CHECKING:
    from kept.notices.asker import Asker
    from kept.notices.definition import Definition

NO_ITEMS: frozenset[str] = frozenset()
NOTHING_OWED: tuple[str, ...] = ()
REASON = ("reason",)


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
    time, words = definition.table.at(on), definition.table.words
    grant = time.grants.get((by.role, standing, part, purpose, "record", source), NOTHING)
    if by.service != definition.service:
        grant = NOTHING
    allowed = items & (grant.items if reason.strip() else grant.freely)
    withheld = {
        item: grant.reason_of.get(item) or _against(time.refusals, part, item, purpose, source)
        for item in sorted(items - allowed)
    }
    owed = NOTHING_OWED if grant.reason_of.keys().isdisjoint(withheld) else REASON
    if not allowed:
        rests_on = tuple(dict.fromkeys(withheld.values())) or (time.refusals.need_to_know,)
        return Decision(Outcome.MUST_NOT, rests_on, words[rests_on[0]], NO_ITEMS, withheld, owed)
    rests_on = tuple([clause for clause, group in grant.groups if not group.isdisjoint(allowed)])
    return Decision(Outcome.MAY, rests_on, words[rests_on[0]], allowed, withheld, owed)


def _against(refusals: Refusals, part: str, item: str, purpose: str, source: str) -> str:
    """Why one item may not be written down: the purpose, the list of items, the source, or the need."""
    if clause := refusals.purpose(purpose, "record"):
        return clause
    if item not in refusals.holdings.collected.get(part, {}):
        return refusals.unheld.get(part, {}).get(item, refusals.items["personal"])
    if item not in refusals.holdings.received.get((part, purpose, source), {}):
        return refusals.source(part, item, purpose)
    return refusals.need_to_know
