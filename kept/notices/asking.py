"""May somebody use a right? What the law gives is answered, whether the notice names it or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kept.notices.decision import Decision, Outcome
from kept.notices.means import Right

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition

EVERY = "any"  # a clause that speaks of rights as such: a heading, a desk, a clock
WITHOUT_PROOF = frozenset(
    {"be-informed", "complain-to-controller", "complain-to-regulator", "object-to-marketing"}
)


def may_ask(
    definition: Definition, *, right: str, about_self: bool, parental_responsibility: bool = False, on: date
) -> Decision:
    """May somebody use a right about themselves, or for a child?

    ``MUST`` where confirmed law obliges us to answer. For a child, somebody needs parental responsibility; without
    it a person decides, and that is owed. ``owed`` has ``identity`` where who asks must be proved first.
    """
    named = [(clause, meant) for clause, meant in definition.meaning(Right, on=on) if meant.right == right]
    if not named or right == EVERY:
        return _decided(definition, Outcome.MUST_NOT, [_heading(definition, on=on)], ())
    clauses = [clause for clause, _ in named] + _clocks(definition, named, on=on)
    if not about_self and not parental_responsibility and right not in WITHOUT_PROOF:
        return _decided(definition, Outcome.MUST_NOT, clauses, ("a-person-decides",))
    duty = any(clause.of_law and clause.confirmed and clause.effect == "must" for clause, _ in named)
    proof = () if right in WITHOUT_PROOF else ("identity",)
    return _decided(definition, Outcome.MUST if duty else Outcome.MAY, clauses, ("record", *proof))


def clock_of(definition: Definition, *, right: str, on: date) -> str:
    """The law entry that gives the deadline of a right on a day; '' where the law gives none."""
    named = [(clause, meant) for clause, meant in definition.meaning(Right, on=on) if meant.right == right]
    clocks = _clocks(definition, named, on=on)
    return clocks[0].id if clocks else next((c.id for c, _ in named if c.of_law), "")


def _clocks(definition: Definition, named: list[tuple[Clause, Right]], *, on: date) -> list[Clause]:
    deadlines = dict.fromkeys(meant.deadline for _, meant in named if meant.deadline in definition.by_id)
    entries = [definition.by_id[deadline] for deadline in deadlines if deadline]
    return [entry for entry in entries if entry.counts(on)]


def _heading(definition: Definition, *, on: date) -> Clause:
    general = [clause for clause, meant in definition.meaning(Right, on=on) if meant.right == EVERY]
    return general[0] if general else definition.by_id[definition.table.at(on).refusals.purposes]


def _decided(
    definition: Definition, outcome: Outcome, clauses: list[Clause], owed: tuple[str, ...]
) -> Decision:
    rests_on = tuple(dict.fromkeys(clause.id for clause in clauses))
    return Decision(outcome, rests_on, clauses[0].words, owed=owed)
