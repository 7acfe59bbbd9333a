"""May somebody else be told? Must, may, ask first, or must not; and what is owed when it is done.

What speaks goes in this order: confirmed law that forbids, confirmed law that obliges, the promise, and for a
purpose that only the law opens, confirmed law that allows. Where nothing speaks the answer is no. A decision
not to tell is recorded too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.choices import Agreement, Objection
from kept.notices.decision import Decision, Outcome
from kept.notices.grants import SAFEGUARDS, safeguards_on
from kept.notices.means import Inform, Right, Tell
from kept.notices.purposes import forbidding, permitting

if TYPE_CHECKING:
    from kept.notices.asker import Asker
    from kept.notices.definition import Clause, Definition

STRENGTH = (
    "must",
    "may",
    "ask",
    "reason",
    "objection",
)  # of what is said about one item, the strongest counts


OUTCOMES = {"must": Outcome.MUST, "may": Outcome.MAY, "ask": Outcome.ASK}


@dataclass(frozen=True, slots=True)
class _Telling:
    """One thing to be told: to whom, about whom, for what, and what the family said of it."""

    recipient: str
    part: str
    purpose: str
    reason: str
    agreements: tuple[Agreement, ...]
    objections: tuple[Objection, ...]
    on: date

    def is_of(self, tell: Tell) -> bool:
        return self.recipient in tell.recipients and self.part in tell.about and self.purpose in tell.purposes

    def agreed(self, item: str) -> bool:
        return any(
            one.covers(recipient=self.recipient, item=item, purpose=self.purpose, on=self.on)
            for one in self.agreements
        )

    def objected(self) -> bool:
        return any(
            one.covers(recipient=self.recipient, purpose=self.purpose, on=self.on) for one in self.objections
        )


def may_tell(
    definition: Definition,
    *,
    by: Asker,
    recipient: str,
    part: str,
    items: frozenset[str],
    purpose: str,
    reason: str = "",
    agreements: Iterable[Agreement] = (),
    objections: Iterable[Objection] = (),
    on: date,
) -> Decision:
    """May the service tell a recipient these items about one person, for this purpose?

    ``agreements`` and ``objections`` are those of the person that the items are about. ``allowed`` are the items
    that may go now; ``ASK`` means that some may go once the family agrees. ``owed`` always has ``record``.
    """
    telling = _Telling(recipient, part, purpose, reason.strip(), tuple(agreements), tuple(objections), on)
    beside = tuple(
        c.id for c, tell in definition.meaning(Tell, on=on) if not c.confirmed and telling.is_of(tell)
    )
    if against := _against_all(definition, by, telling):
        return _refusal(definition, against, items, beside)
    said = dict(_said(definition, telling, items))
    withheld = {item: clause for item, (what, clause) in said.items() if what not in ("must", "may")}
    for item in sorted(items - said.keys()):
        withheld[item] = _unspoken(definition, telling, item)
    return _decision(definition, telling, said, withheld, beside)


def _against_all(definition: Definition, by: Asker, telling: _Telling) -> tuple[str, ...]:
    """The clauses against telling this recipient anything for this purpose; none where something may go."""
    time = definition.table.at(telling.on)
    refusals = time.refusals
    if by.service != definition.service or safeguards_on(definition, on=telling.on) != SAFEGUARDS:
        return (refusals.need_to_know,)
    if clause := refusals.purpose(telling.purpose, "tell"):
        return (clause,)
    listed = definition.recipients.get(telling.recipient)
    named = [
        c.id
        for c, tell in permitting(definition, Tell, on=telling.on)
        if telling.recipient in tell.recipients
    ]
    if listed is None or not listed.registered.covers(telling.on) or not named:
        closing = [clause.id for clause, tell in permitting(definition, Tell, on=telling.on) if tell.closes]
        return tuple(dict.fromkeys([*closing, refusals.recipients, refusals.purposes]))
    if not any(telling.is_of(tell) for _, tell in permitting(definition, Tell, on=telling.on)):
        return tuple(dict.fromkeys(named))
    return ()


def _said(
    definition: Definition, telling: _Telling, items: frozenset[str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """For each item of which something speaks: what it says, and the clause. The strongest counts."""
    refusals = definition.table.at(telling.on).refusals
    held = refusals.holdings.collected.get(telling.part, {})
    grounds = [purpose for purpose in refusals.opened[telling.purpose] if "tell" in purpose.acts]
    forbidden = {
        item: clause.id
        for clause, tell in forbidding(definition, Tell, on=telling.on)
        if telling.is_of(tell)
        for item in tell.items
    }
    offers = list(_offers(definition, telling))
    for item in sorted(items & held.keys()):
        of_class = definition.vocabulary.items[item].of_class
        if item in forbidden:
            yield item, ("forbidden", forbidden[item])
        elif any(purpose.may_hold(of_class) for purpose in grounds):
            found = [
                (_says(clause, tell, telling, item), clause.id)
                for clause, tell in offers
                if item in tell.items
            ]
            known = [(what, clause) for what, clause in found if what]
            if known:
                what, clause = min(known, key=lambda one: STRENGTH.index(one[0]))
                yield (
                    item,
                    (
                        what,
                        _objecting(definition, on=telling.on) or clause if what == "objection" else clause,
                    ),
                )


def _objecting(definition: Definition, *, on: date) -> str:
    """The clause or law entry that gives the right to object; '' where none does."""
    return next((c.id for c, right in definition.meaning(Right, on=on) if right.right == "objection"), "")


def _offers(definition: Definition, telling: _Telling) -> Iterator[tuple[Clause, Tell]]:
    """Promises, and law: a duty always, leave only for a purpose that no promise opens."""
    opened = definition.table.at(telling.on).refusals.opened[telling.purpose]
    of_law_alone = all(definition.by_id[purpose.clause].of_law for purpose in opened)
    for clause, tell in permitting(definition, Tell, on=telling.on):
        if telling.is_of(tell) and (not clause.of_law or clause.effect == "must" or of_law_alone):
            yield clause, tell


def _says(clause: Clause, tell: Tell, telling: _Telling, item: str) -> str:
    """What one clause says of telling one item; '' where it says nothing, for want of an agreement rule."""
    duty = clause.of_law and clause.effect == "must"
    if tell.agreement is None:
        return ""
    unasked = telling.purpose in tell.agreement.exceptions
    if not telling.reason and (tell.reason == "required" or unasked):
        return "reason"
    if duty:
        return "must"
    if telling.objected():
        return "objection"
    asks = tell.agreement.ask == "first" and not unasked
    return "ask" if asks and not telling.agreed(item) else "may"


def _unspoken(definition: Definition, telling: _Telling, item: str) -> str:
    """Why an item may not go: it is not held, or it is not on the list of this recipient."""
    refusals = definition.table.at(telling.on).refusals
    if item not in refusals.holdings.collected.get(telling.part, {}):
        return refusals.unheld.get(telling.part, {}).get(item, refusals.items["personal"])
    listed = [
        clause.id for clause, tell in permitting(definition, Tell, on=telling.on) if telling.is_of(tell)
    ]
    return listed[0] if listed else refusals.recipients


def _decision(
    definition: Definition,
    telling: _Telling,
    said: dict[str, tuple[str, str]],
    withheld: dict[str, str],
    beside: tuple[str, ...],
) -> Decision:
    """The strongest outcome of any item; the items that may go now, whatever is to be asked about the rest."""
    clauses: dict[str, list[str]] = {}
    for _, (what, clause) in sorted(said.items()):
        clauses.setdefault(what, []).append(clause)
    outcome = next((outcome for what, outcome in OUTCOMES.items() if what in clauses), Outcome.MUST_NOT)
    going = [*clauses.get("must", ()), *clauses.get("may", ())]
    need = definition.table.at(telling.on).refusals.need_to_know
    rests_on = tuple(dict.fromkeys(going or clauses.get("ask") or withheld.values())) or (need,)
    owed = ["record", *(what for what in ("ask", "reason") if what in clauses)]
    if going:
        owed += _owed_to_family(definition, on=telling.on)
    allowed = frozenset(said.keys() - withheld.keys())
    words = definition.by_id[rests_on[0]].words
    return Decision(outcome, rests_on, words, allowed, withheld, tuple(dict.fromkeys(owed)), beside)


def _owed_to_family(definition: Definition, *, on: date) -> Iterator[str]:
    for _, inform in definition.meaning(Inform, on=on):
        if inform.of == "share":
            yield from (what for what in inform.owed if what not in ("ask", "record"))


def _refusal(
    definition: Definition, rests_on: tuple[str, ...], items: frozenset[str], beside: tuple[str, ...]
) -> Decision:
    withheld = dict.fromkeys(sorted(items), rests_on[0])
    words = definition.by_id[rests_on[0]].words
    return Decision(Outcome.MUST_NOT, rests_on, words, frozenset(), withheld, ("record",), beside)
