"""May these figures leave? Only with personal details removed, for a purpose of the list, and none too small."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.decision import Decision, Outcome
from kept.notices.means import Count
from kept.notices.purposes import permitting

if TYPE_CHECKING:
    from kept.notices.asker import Asker
    from kept.notices.definition import Definition


def may_count(
    definition: Definition, *, by: Asker, purpose: str, figures: Iterable[int] = (), on: date
) -> Decision:
    """May figures leave for this purpose? Each is nought or reaches the threshold of one clause.

    Whether a figure can be worked out from others, or from earlier releases, is not asked here. A clause that
    names no threshold lets nothing leave.
    """
    refusals = definition.table.at(on).refusals
    counting = [
        (c.id, count) for c, count in permitting(definition, Count, on=on) if purpose in count.purposes
    ]
    against = refusals.purpose(purpose, "count")
    if by.service != definition.service:
        against = refusals.need_to_know
    if against or not counting:
        return _no(definition, (against or refusals.purposes,))
    released = list(figures)
    for clause, count in counting:
        if count.threshold is not None and all(n == 0 or n >= count.threshold for n in released):
            return Decision(Outcome.MAY, (clause,), definition.by_id[clause].words, owed=("record",))
    return _no(definition, tuple(clause for clause, _ in counting))


def _no(definition: Definition, rests_on: tuple[str, ...]) -> Decision:
    return Decision(Outcome.MUST_NOT, rests_on, definition.by_id[rests_on[0]].words, owed=("record",))
