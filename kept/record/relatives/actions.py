"""Writing down who else matters to a child, and how somebody belongs to the child; what was said before stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.families.models import HouseholdMember, ParentalResponsibility, Relationship
from kept.record.families.relating import end, say_household, say_relationship, say_responsibility
from kept.record.people.actions import add_details, next_persons, register
from kept.record.people.models import DateOfBirth, Name
from kept.record.people.values import NewPerson
from kept.record.relatives.rules import faults_of, faults_of_tie
from kept.record.relatives.values import OTHER_CHILD, NewRelative, NewTie
from kept.standards.days import day_of

ADDING = "write down somebody of a family"
CHANGING = "say how somebody belongs to a child"
KIND, HOME = "relationship.kind", frozenset({"household.members"})
RESPONSIBILITY = "relationship.parental-responsibility"
NAME, BIRTHDAY = "identity.name", "identity.date-of-birth"
FROM_WHOM = (
    "Who has parental responsibility is written down as the person, a health service or social care tells it. "
    "Choose one of those, or leave that question unanswered."
)
SEEN_OTHERWISE = "Evidence was seen that says otherwise. Choose what was seen that shows this."


class NotRecorded(Exception):
    """Nothing was recorded. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the definition alike about everybody of one family."""

    by: Asker
    definition: Definition
    purpose: str
    source: str
    on: date

    def may(self, standing: str, part: str, items: frozenset[str]) -> frozenset[str]:
        """The items that may be recorded about such a person."""
        return may_collect(self.definition, by=self.by, standing=standing, part=part, items=items,
                           purpose=self.purpose, source=self.source, on=self.on).allowed  # fmt: skip

    def seen(self, standing: str, part: str, items: frozenset[str]) -> frozenset[str]:
        """The items that may be read about such a person."""
        return may_see(self.definition, by=self.by, standing=standing, part=part, items=items,
                       purpose=self.purpose, on=self.on).allowed  # fmt: skip

    def refuse(
        self, act: str, standing: str, part: str, items: frozenset[str], public_id: UUID, at: datetime
    ) -> None:
        decision = may_collect(self.definition, by=self.by, standing=standing, part=part, items=items,
                               purpose=self.purpose, source=self.source, on=self.on)  # fmt: skip
        refuse(
            by=self.by,
            act=act,
            purpose=self.purpose,
            decision=decision,
            ids=[public_id],
            source=self.source,
            at=at,
        )


def add_relative(*, by: Asker, public_id: UUID, purpose: str, new: NewRelative, at: datetime) -> bool:
    """Write down a relative of a child's, or another child in the home; whether it was new.

    Raises NotRecorded where it cannot be true, Refused where the notice does not list what was said about such a
    person, from that source, or the child is none of the asker's.
    """
    on = day_of(at)
    if faults := faults_of(new, today=on):
        raise NotRecorded(faults)
    asked = _Asked(by, definition_for(by=by, on=on).definition, purpose, new.source, on)
    family = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((f for f in family if f.public_id == public_id and f.part == "child"), None)
    if child is None:
        asked.refuse(ADDING, "none", "child", HOME, public_id, at)
        return False
    items = frozenset({NAME, KIND} | ({BIRTHDAY} if new.born_on else set()))
    home = HOME if new.lives_here else frozenset()
    if asked.may("new", new.part, items) != items:
        asked.refuse(ADDING, "new", new.part, items, public_id, at)
    if home and asked.may(child.standing, "child", home) != home:
        asked.refuse(ADDING, child.standing, "child", home, public_id, at)
    alike = [
        f for f in family if f.part == new.part and NAME in asked.seen(f.standing, f.part, frozenset({NAME}))
    ]
    ((person, ledger_id),) = next_persons(1)
    allowed = [
        Allowed(child.person, read=asked.seen(child.standing, "child", frozenset({NAME})), record=home),
        Allowed(person, record=items, part=new.part, ledger_id=ledger_id),
        *(Allowed(fact.person, read=frozenset({NAME})) for fact in alike),
    ]
    said = NewPerson(new.part, new.given.strip(), new.family.strip(), born_on=new.born_on)
    with entry(by=by, act=ADDING, purpose=purpose, allowed=allowed, source=new.source, at=at) as opened:
        named = Name.objects.filter(person_id__in=[f.person for f in alike], until_on=None)
        if named.filter(given=said.given, family=said.family).exists():
            return False
        register(within=opened, person=person, ledger_id=ledger_id, new=_without_birthday(said), on=on)
        tie = {"within": opened, "child": child.person, "person": person, "on": new.from_on or on}
        say_relationship(**tie, kind=new.kind)  # type: ignore[arg-type]
        if home:
            say_household(**tie, lives_there=True)  # type: ignore[arg-type]
        # The home first: the date of birth of another child is held only while they live there.
        add_details(within=opened, person=person, new=said, items=items & {BIRTHDAY}, on=on)
    return True


def change_tie(*, by: Asker, public_id: UUID, about: UUID, purpose: str, new: NewTie, at: datetime) -> None:
    """Say how somebody of a child's family belongs to the child, or that they do not any more.

    Raises NotRecorded where it cannot be true, Refused where the notice does not let this asker write it down about
    such a person, in the same words for somebody of another family or another service.
    """
    on = day_of(at)
    asked = _Asked(by, definition_for(by=by, on=on).definition, purpose, new.source, on)
    family = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((f for f in family if f.public_id == public_id and f.part == "child"), None)
    whom = next((f for f in family if f.public_id == about), None) if child else None
    if child is None or whom is None:
        asked.refuse(CHANGING, "none", "parent", frozenset({KIND}), public_id, at)
        return
    if faults := faults_of_tie(new, part=whom.part, today=on):
        raise NotRecorded(faults)
    allowed = _allowed(asked, child, whom, new, public_id, at)
    with entry(by=by, act=CHANGING, purpose=purpose, allowed=allowed, source=new.source, at=at) as opened:
        began = Relationship.objects.filter(person_id=whom.person, child_id=child.person, until_on=None)
        since = began.values_list("from_on", flat=True).first()
        if new.ended_on and since and new.ended_on < since:
            faults = {
                "ended_on": f"It cannot end before it begins: it began on {since:%d.%m.%Y}. Check the day."
            }
        elif new.ended_on:
            _end_all(child.person, whom, on=new.ended_on)
        else:
            tie = {"within": opened, "child": child.person, "person": whom.person, "on": new.from_on or on}
            faults = _say(tie, new)
    if faults:
        raise NotRecorded(faults)


def _allowed(
    asked: _Asked, child: Fact, whom: Fact, new: NewTie, public_id: UUID, at: datetime
) -> list[Allowed]:
    """What the entry opens about the two of them; or a refusal."""
    items = frozenset({KIND} | ({RESPONSIBILITY} if new.responsible is not None else set()))
    ends = frozenset({RESPONSIBILITY, BIRTHDAY}) if new.ended_on else frozenset()
    home = HOME if new.lives_here is not None or new.ended_on else frozenset()
    may = asked.may(whom.standing, whom.part, items | ends)
    if KIND in may and RESPONSIBILITY in items - may:
        raise NotRecorded({"source": FROM_WHOM})
    if not items <= may:
        asked.refuse(CHANGING, whom.standing, whom.part, items, public_id, at)
    at_home = asked.may(child.standing, "child", home)
    if new.lives_here is not None and not at_home:
        asked.refuse(CHANGING, child.standing, "child", home, public_id, at)
    # A date of birth ends with the stay of another child in the home, and of nobody else.
    record = may if whom.part == OTHER_CHILD else may - {BIRTHDAY}
    reads = asked.seen(whom.standing, whom.part, record | {RESPONSIBILITY})
    beside = asked.seen(child.standing, "child", frozenset({NAME}) | home)
    return [
        Allowed(whom.person, read=reads, record=record),
        Allowed(child.person, read=beside, record=at_home),
    ]


def _say(tie: dict[str, Any], new: NewTie) -> dict[str, str]:
    """Write what was said; what is wrong with it, where evidence says otherwise."""
    if new.responsible is not None and not say_responsibility(
        **tie, responsible=new.responsible, evidence=new.evidence
    ):
        return {"evidence": SEEN_OTHERWISE}
    say_relationship(**tie, kind=new.kind)
    if new.lives_here is not None:
        say_household(**tie, lives_there=new.lives_here)
    return {}


def _end_all(child: int, whom: Fact, *, on: date) -> None:
    """Somebody does not belong to the child any more, from this day on: what was so until then stays written."""
    end(Relationship.objects.filter(person_id=whom.person, child_id=child, until_on=None), on=on)
    end(ParentalResponsibility.objects.filter(person_id=whom.person, child_id=child, until_on=None), on=on)
    end(HouseholdMember.objects.filter(person_id=child, member_id=whom.person, until_on=None), on=on)
    if whom.part == OTHER_CHILD:
        end(DateOfBirth.objects.filter(person_id=whom.person, until_on=None), on=on)


def _without_birthday(said: NewPerson) -> NewPerson:
    return NewPerson(said.part, said.given, said.family)
