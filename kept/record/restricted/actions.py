"""Restricting somebody of a child's family, or where they live; and ending it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, Entry, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.people.models import Address, Restriction
from kept.record.restricted.reads import children_beside
from kept.record.restricted.rules import fault_of_reason, faults_of
from kept.record.restricted.values import NewRestriction
from kept.standards.days import day_of

RESTRICTING = "restrict a person or an address"
ENDING = "end a restriction"
# What is recorded about somebody who is restricted, by what is.
ITEMS = {
    "person": frozenset({"care.restriction"}),
    "address": frozenset({"care.restriction", "identity.address", "identity.restricted-address"}),
}
ADDRESSES = {"restricted": "ordinary", "ordinary": "restricted"}


class NotRestricted(Exception):
    """Nothing was changed. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def restrict(
    *, by: Asker, public_id: UUID, purpose: str, new: NewRestriction, source: str, at: datetime
) -> None:
    """Let somebody, or where they live, be known on the record of this child only, and of the others who are named.

    Whoever of the family is held to live at an address that is restricted has it restricted as well. It holds until it
    is ended; said again, it changes nothing. Raises Refused where the asker may not restrict them,
    in the same words for somebody of another family; NotRestricted where what is said is incomplete.
    """
    if faults := faults_of(new):
        raise NotRestricted(faults)
    child, whom, allowed, family = _may(
        by=by, act=RESTRICTING, public_id=public_id, person=new.person, what=new.what, purpose=purpose,
        source=source, at=at,
    )  # fmt: skip
    through = {child.person, *_beside(by=by, whom=whom, beside=new.beside, at=at)}
    there: list[Allowed] = []
    if new.what == "address":
        others = [fact for fact in family if fact.person != whom.person]
        there = _who_may_live_there(by=by, family=others, purpose=purpose, source=source, on=day_of(at))
        known = {one.person for one in there}
        allowed = [one for one in allowed if one.person not in known] + there
    with entry(by=by, act=RESTRICTING, purpose=purpose, allowed=allowed, source=source, at=at) as opened:
        homes = _homes(whom.person)
        _restrict(within=opened, person=whom.person, through=through, new=new, account=by.account)
        for one in there:
            if homes & _homes(one.person):
                mine = {child.person} if one.person == child.person else through
                _restrict(within=opened, person=one.person, through=mine, new=new, account=by.account)


def end_restriction(
    *,
    by: Asker,
    public_id: UUID,
    purpose: str,
    person: UUID,
    what: str,
    reason: str,
    source: str,
    at: datetime,
) -> None:
    """End what restricts somebody, or where they live. An address that they had before stays restricted for ever.

    The reason stands in the entry. Raises as `restrict` does.
    """
    if wrong := fault_of_reason(reason):
        raise NotRestricted({"why": wrong})
    what = what if what in ITEMS else "person"
    _, whom, allowed, _ = _may(
        by=by,
        act=ENDING,
        public_id=public_id,
        person=person,
        what=what,
        purpose=purpose,
        source=source,
        at=at,
    )
    with entry(by=by, act=ENDING, purpose=purpose, allowed=allowed, source=source, reason=reason, at=at):
        # The address first: it is known through the restriction, and no longer once that has ended.
        if what == "address":
            _turn_address(whom.person, kind="restricted", on=day_of(at))
        held = Restriction.objects.filter(person_id=whom.person, what=what, until_on=None)
        held.update(until_on=day_of(at))


def may_restrict(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role restricts people of a team's children: asked to offer the page, not to open it."""
    on = day_of(at)
    decision = may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="team",
        part="parent",
        items=ITEMS["person"],
        purpose=purpose,
        source="the-person",
        on=on,
    )
    return bool(decision)


def _may(
    *,
    by: Asker,
    act: str,
    public_id: UUID,
    person: UUID,
    what: str,
    purpose: str,
    source: str,
    at: datetime,
) -> tuple[Fact, Fact, list[Allowed], tuple[Fact, ...]]:
    """The child, the one who is meant, what the entry opens about them, and all the family; or a refusal."""
    on, items = day_of(at), ITEMS[what]
    definition = definition_for(by=by, on=on).definition
    family = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((f for f in family if f.public_id == public_id and f.part == "child"), None)
    whom = next((f for f in family if f.public_id == person), None) if child else None
    stood: dict[str, Any] = {
        "by": by,
        "standing": whom.standing if whom else "none",
        "part": whom.part if whom else "parent",
    }
    recording = may_collect(definition, **stood, items=items, purpose=purpose, source=source, on=on)
    reading = may_see(definition, **stood, items=items, purpose=purpose, on=on)
    if child is None or whom is None or recording.allowed != items or reading.allowed != items:
        decision = reading if recording.allowed == items else recording
        refuse(
            by=by, act=act, purpose=purpose, decision=decision, ids=[public_id, person], source=source, at=at
        )
    meant = Allowed(whom.person, read=items, record=items)
    if whom.person == child.person:
        return child, whom, [meant], family
    return child, whom, [meant, _named(by=by, child=child, purpose=purpose, on=on)], family


def _who_may_live_there(
    *, by: Asker, family: Iterable[Fact], purpose: str, source: str, on: date
) -> list[Allowed]:
    """Those of the family whose address the asker may restrict."""
    definition, items = definition_for(by=by, on=on).definition, ITEMS["address"]
    found = []
    for fact in family:
        stood: dict[str, Any] = {"by": by, "standing": fact.standing, "part": fact.part, "items": items}
        recording = may_collect(definition, **stood, purpose=purpose, source=source, on=on)
        reading = may_see(definition, **stood, purpose=purpose, on=on)
        if recording.allowed == reading.allowed == items:
            found.append(Allowed(fact.person, read=items, record=items))
    return found


def _homes(person: int) -> set[str]:
    """The postcodes of where somebody is held to live now, as the open entry may read them."""
    held = Address.objects.filter(person_id=person, until_on=None).exclude(postcode="")
    return {"".join(postcode.split()).upper() for postcode in held.values_list("postcode", flat=True)}


def _named(*, by: Asker, child: Fact, purpose: str, on: date) -> Allowed:
    """The child whose record it is: who is known through a child shows to whoever reads who must stay hidden."""
    decision = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=child.standing,
        part=child.part,
        items=frozenset({"identity.name", "care.restriction"}),
        purpose=purpose,
        on=on,
    )
    return Allowed(child.person, read=decision.allowed)


def _beside(*, by: Asker, whom: Fact, beside: frozenset[UUID], at: datetime) -> set[int]:
    """The numbers of the other children who are named, as far as they are children of the one who is meant."""
    if not beside:
        return set()
    found = children_beside(by=by, persons=[whom.person], at=at)
    return {one.child for one in found if one.public_id in beside}


def _restrict(
    *, within: Entry, person: int, through: set[int], new: NewRestriction, account: int | None
) -> None:
    on = day_of(within.at)
    held = Restriction.objects.filter(person_id=person, what=new.what, until_on=None)
    known = set(held.values_list("child_id", flat=True))
    for child in sorted(through - known):
        Restriction.objects.create(
            person_id=person,
            child_id=child,
            what=new.what,
            reason=new.reason.strip(),
            account=account,
            from_on=on,
            **within.held,
        )
    if new.what == "address":
        _turn_address(person, kind="ordinary", on=on)


def _turn_address(person: int, *, kind: str, on: date) -> None:
    """Let the current address of this kind be of the other one; what was of that one ends."""
    current = Address.objects.filter(person_id=person, until_on=None)
    if current.filter(kind=kind).exists():
        current.filter(kind=ADDRESSES[kind]).update(until_on=on)
        current.filter(kind=kind).update(kind=ADDRESSES[kind])
