"""Restricting somebody of a child's family, or where they live; and ending it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, Entry, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.people.models import ALSO_THERE, Restriction
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


class NotRestricted(Exception):
    """Nothing was changed. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def restrict(
    *, by: Asker, public_id: UUID, purpose: str, new: NewRestriction, source: str, at: datetime
) -> None:
    """Let somebody, or where they live, be known on the record of this child only, and of the others who are named.

    The database restricts with it the address of everybody of the family who is held to live there, brothers and
    sisters of other teams too (0028). It holds until it is ended; said again, it changes nothing. Raises Refused where
    the asker may not restrict them, in the same words for somebody of another family; NotRestricted where what is said
    is incomplete.
    """
    if faults := faults_of(new):
        raise NotRestricted(faults)
    child, whom, allowed = _may(
        by=by, act=RESTRICTING, public_id=public_id, person=new.person, what=new.what, purpose=purpose,
        source=source, at=at,
    )  # fmt: skip
    through = {child.person, *_beside(by=by, whom=whom, beside=new.beside, at=at)}
    with entry(by=by, act=RESTRICTING, purpose=purpose, allowed=allowed, source=source, at=at) as opened:
        _restrict(within=opened, person=whom.person, through=through, new=new, account=by.account)


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

    Whoever was restricted only because they live there shows again with it; while another who lives there is restricted
    in their own right, the home stays hidden. The reason stands in the entry. Raises as `restrict` does.
    """
    if wrong := fault_of_reason(reason):
        raise NotRestricted({"why": wrong})
    what = what if what in ITEMS else "person"
    _, whom, allowed = _may(
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
) -> tuple[Fact, Fact, list[Allowed]]:
    """The child, the one who is meant, and what the entry opens about them; or a refusal."""
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
        return child, whom, [meant]
    return child, whom, [meant, _named(by=by, child=child, purpose=purpose, on=on)]


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
    held = Restriction.objects.filter(person_id=person, what=new.what, until_on=None).exclude(
        reason=ALSO_THERE
    )
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
