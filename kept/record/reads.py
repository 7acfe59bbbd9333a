"""The whole record of a child, in one entry: who is who, what was done, and what is withheld and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, Fact, facts, read, refuse
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.definition import Definition
from kept.notices.questions import may_see
from kept.published.reads import definition_for
from kept.record import models
from kept.record.assessments.reads import FOUND, Found, found_from
from kept.record.circumstances.reads import CIRCUMSTANCES, circumstances_from
from kept.record.circumstances.values import CircumstanceShown
from kept.record.contacts.reads import CONTACTS, contacts_from
from kept.record.contacts.values import ContactShown
from kept.record.episodes.reads import CARE, care_from
from kept.record.episodes.values import CareShown
from kept.record.families.reads import FAMILY, family_facts, siblings_from, ties_from
from kept.record.families.values import FamilyTies, Sibling
from kept.record.growth.reads import MEASUREMENTS, MeasurementShown, measurements_from
from kept.record.merges.reads import RECORDS_OF_THE_CHILD, SAME_PERSON
from kept.record.notices_given.reads import NOTICES, notices_from
from kept.record.notices_given.rules import family_told
from kept.record.notices_given.values import NoticesShown
from kept.record.people.reads import PEOPLE, people_from
from kept.record.people.values import PersonShown
from kept.standards.days import day_of

OPENING = "open a record"
# A whole record, each room's list as JSON: five statements would wait for the database five times.
# Where somebody said that two records are of one child, what both hold is shown together.
WHOLE = f"""
with of_the_child as materialized ({RECORDS_OF_THE_CHILD})
select ({PEOPLE}), ({CARE}), ({CONTACTS}), ({MEASUREMENTS}), ({NOTICES}), ({CIRCUMSTANCES}), ({FOUND}), ({SAME_PERSON}),
       ({FAMILY})
"""  # put together from our own statements
WHO = frozenset({"identity.name", "identity.date-of-birth"})
# Two who have no name yet, or the same, are told apart by the number alone: whoever writes about one sees it.
TOLD_APART_BY = WHO | {"identity.nhs-number"}
WRITTEN_AS_WE_WORK = frozenset({"care.contact"})

# Every item that has a table; what the definition lets a service hold beyond these has none to be read from.
ITEMS_WITH_A_TABLE = frozenset().union(*(getattr(models, name).items() for name in models.__all__)) - {"*"}


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """A child's record as one asker may see it on one day, and the definition that decided it."""

    child: PersonShown
    adults: tuple[PersonShown, ...]
    care: CareShown
    contacts: tuple[ContactShown, ...]
    measurements: tuple[MeasurementShown, ...]
    notices: NoticesShown
    circumstances: Mapping[int, tuple[CircumstanceShown, ...]]  # by person
    no_longer_so: Mapping[
        int, tuple[CircumstanceShown, ...]
    ]  # by person: what was told and does not hold any more
    found: Found
    same: Mapping[int, int]  # whose record is shown in whose
    ties: FamilyTies
    siblings: tuple[Sibling, ...]
    definition: Definition

    @property
    def also_recorded(self) -> tuple[PersonShown, ...]:
        """The child's other records, where somebody said that they are of the same child."""
        return tuple(one for one in self.adults if self.same.get(one.person) == self.child.person)

    @property
    def told(self) -> bool:
        """Whether the family has been told of the notice in force: of whoever died nobody waits to be told, and a
        person's records are one person. `ledger.not_yet_told` asks the same of many."""

        def first(person: int) -> int:
            return self.same.get(person, person)

        died = {first(person) for person in self.found.died or ()}
        parents = {first(adult.person) for adult in self.adults if adult.part == "parent"} - died
        return family_told(
            child=self.child.person, parents=parents, told={first(person) for person in self.notices.told}
        )


def open_record(
    *,
    by: Asker,
    public_id: UUID,
    purpose: str,
    act: str = OPENING,
    reason: str = "",
    siblings: bool = True,
    at: datetime,
) -> ChildRecord:
    """Open a child's record, with everyone of the family whom the asker may see; of `siblings`, who they are.

    Raises Refused, in the same words, whether the record is another team's, another service's or nobody's.
    """
    on = day_of(at)
    found, beside = family_facts(by=by, public_id=public_id, siblings=siblings, at=at)
    version = definition_for(by=by, on=on)
    decisions = {fact.person: may_open(version.definition, by=by, fact=fact, purpose=purpose, reason=reason, on=on)
                 for fact in found}  # fmt: skip
    child = next((f for f in found if f.public_id == public_id and f.part == "child"), None)
    if child is None or not decisions[child.person]:
        nobody = may_open(version.definition, by=by, fact=None, purpose=purpose, reason=reason, on=on)
        refuse(by=by, act=act, purpose=purpose, decision=nobody, ids=[public_id], reason=reason, at=at)
    allowed = [
        Allowed(person, read=decision.allowed & (WHO if person in beside else ITEMS_WITH_A_TABLE))
        for person, decision in decisions.items()
        if decision
    ]
    about = {"persons": [one.person for one in allowed], "child": child.person, "version": version.id}
    row = read(WHOLE, about, by=by, act=act, purpose=purpose, allowed=allowed, reason=reason, at=at)
    record = _record_from(row, child=child.person, siblings=beside, definition=version.definition)
    return _with_withheld(record, decisions, on=on)


def _record_from(
    row: tuple[Any, ...], *, child: int, siblings: frozenset[int], definition: Definition
) -> ChildRecord:
    """The record that `WHOLE` answered."""
    who, care, contacts, measurements, notices, circumstances, found, same, family = row
    people, ties = people_from(who), ties_from(family, child=child)
    now, before = circumstances_from(circumstances or ())
    return ChildRecord(
        child=next(p for p in people if p.person == child),
        adults=tuple(p for p in people if p.person != child and p.person not in siblings),
        care=care_from(care),
        contacts=contacts_from(contacts or ()),
        measurements=measurements_from(measurements or ()),
        notices=notices_from(notices),
        circumstances=now,
        no_longer_so=before,
        found=found_from(found),
        same=dict(same or ()),
        ties=ties,
        siblings=siblings_from((p for p in people if p.person in siblings), ties),
        definition=definition,
    )


def open_child(*, by: Asker, public_id: UUID, purpose: str, at: datetime) -> PersonShown:
    """Only who the child is: name, date of birth and NHS number, for a page about the child.

    Raises Refused as open_record does.
    """
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    child = next((f for f in facts(by=by, ids=[public_id], at=at) if f.part == "child"), None)
    decision = may_open(definition, by=by, fact=child, purpose=purpose, on=on)
    if child is None or not decision:
        nobody = may_open(definition, by=by, fact=None, purpose=purpose, on=on)
        refuse(by=by, act=OPENING, purpose=purpose, decision=nobody, ids=[public_id], at=at)
    allowed = Allowed(child.person, read=decision.allowed & TOLD_APART_BY)
    about = {"persons": [child.person], "child": child.person}
    (found,) = read(PEOPLE, about, by=by, act="see who a child is", purpose=purpose, allowed=[allowed], at=at)
    return people_from(found)[0]


def may_open(
    definition: Definition, *, by: Asker, fact: Fact | None, purpose: str, reason: str = "", on: date
) -> Decision:
    part = fact.part if fact else "child"
    return may_see(
        definition,
        by=by,
        standing=fact.standing if fact else "none",
        part=part,
        items=definition.items_about(part, on=on),
        purpose=purpose,
        reason=reason,
        on=on,
    )


def _with_withheld(record: ChildRecord, decisions: Mapping[int, Decision], *, on: date) -> ChildRecord:
    """The same record with what the notice lets the service hold about each person, and this asker not see.

    What only the law lets us hold (requests, breaches, who has looked) is no part of a family's record, but for what
    the service itself writes as it works: a page without it must not look as if nothing had been done.
    """

    def told(person: PersonShown) -> PersonShown:
        promised = record.definition.items_promised(person.part, on=on) | WRITTEN_AS_WE_WORK
        refused = decisions[person.person].withheld.items()
        return replace(person, withheld={item: clause for item, clause in refused if item in promised})

    return replace(record, child=told(record.child), adults=tuple(map(told, record.adults)))
