"""Clauses that change nothing: what they give, something else always refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding, of_clause
from kept.notices.means import Collect, Count, See, Tell, Use
from kept.notices.purposes import permitting

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition


def reach(definition: Definition, *, on: date) -> Iterator[Finding]:
    """Each ``see``, ``collect``, ``tell`` and ``use`` in force that opens nothing on a day, and why.

    The law speaks for all services at once, so an item or a purpose of another one is no fault there.
    """
    for clause, see in permitting(definition, See, on=on):
        yield from _see(definition, clause, see, on=on)
    for clause, collect in permitting(definition, Collect, on=on):
        if collect.items and not _recorded(definition, collect, on=on):
            yield of_clause("unreachable", clause, "No role may write down anything that this clause lists.")
    for clause, tell in permitting(definition, Tell, on=on):
        yield from _tell(definition, clause, tell, on=on)
    for clause, use in permitting(definition, Use, on=on):
        if use.purpose and not _used(definition, use.purpose, on=on):
            yield of_clause(
                "unused-purpose", clause, f"No clause does anything for the purpose “{use.purpose}”."
            )


def _see(definition: Definition, clause: Clause, see: See, *, on: date) -> Iterator[Finding]:
    time = definition.table.at(on)
    for item in () if clause.of_law else see.items:
        if not any(item in time.refusals.holdings.collected.get(part, {}) for part in see.about):
            words = f"It gives “{item}”, which may not be held about anybody that it names."
            yield of_clause("unreachable-item", clause, words, "Take it out, or list it in a collect clause.")
    for purpose in () if clause.of_law else see.purposes:
        if not time.refusals.opened.get(purpose):
            yield of_clause(
                "unreachable-purpose", clause, f"The purpose “{purpose}” is not open on this day."
            )
    opened = {(key[0], key[3], key[4]) for key in time.grants}
    for act in see.to:
        if not any((role, purpose, act) in opened for role in see.roles for purpose in see.purposes):
            yield of_clause("unreachable", clause, f"Nobody may {act} anything because of this clause.")


def _recorded(definition: Definition, collect: Collect, *, on: date) -> bool:
    wanted = set(collect.items)
    return any(
        key[4] == "record" and key[2] in collect.about and key[3] in collect.purposes and wanted & grant.items
        for key, grant in definition.table.at(on).grants.items()
    )


def _tell(definition: Definition, clause: Clause, tell: Tell, *, on: date) -> Iterator[Finding]:
    refusals = definition.table.at(on).refusals
    for purpose in () if clause.of_law else tell.purposes:
        if refusals.purpose(purpose, "tell"):
            words = f"Nobody may be told anything for the purpose “{purpose}” on this day."
            yield of_clause("unreachable-purpose", clause, words)
    for item in () if clause.of_law else tell.items:
        if not any(item in refusals.holdings.collected.get(part, {}) for part in tell.about):
            words = f"It tells “{item}”, which may not be held about anybody that it names."
            yield of_clause("unreachable-item", clause, words, "Take it out, or list it in a collect clause.")


def _used(definition: Definition, purpose: str, *, on: date) -> bool:
    meant: list[tuple[Clause, See | Tell | Collect | Count]] = [
        *definition.meaning(See, on=on),
        *definition.meaning(Tell, on=on),
        *definition.meaning(Collect, on=on),
        *definition.meaning(Count, on=on),
    ]
    return any(purpose in one.purposes for _, one in meant)
