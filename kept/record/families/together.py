"""Registering many families in one entry, which names everybody whom it registered.

For what is loaded at once: nobody in it is known yet, so nobody is looked for. The decisions and the locks are those of
a family at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import repeat
from uuid import UUID, uuid4

from kept.ledger.entries import Allowed, Entry, entry, refuse
from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.questions import may_collect, may_serve, served_until
from kept.published.reads import definition_for
from kept.record.caseloads.models import CaseloadPlace
from kept.record.circumstances.models import Circumstance
from kept.record.episodes.models import Episode
from kept.record.families.models import HouseholdMember, ParentalResponsibility, Relationship
from kept.record.people.actions import next_persons
from kept.record.people.many import write_rows
from kept.record.people.models import (
    Address,
    DateOfBirth,
    Email,
    Gender,
    Name,
    NhsNumber,
    Person,
    Phone,
    Restriction,
    Sex,
)
from kept.record.people.values import NewPerson
from kept.record.search.keys import keys_of
from kept.record.search.models import SearchKey
from kept.standards.days import day_of

REGISTERING = "register many families"
BIRTH_HISTORY = "health.birth-history"
HOME, RESPONSIBILITY = "household.members", "relationship.parental-responsibility"
HIDING = frozenset({"identity.restricted-address", "care.restriction"})


@dataclass(frozen=True, slots=True)
class WholeFamily:
    """Children with their adults, each of whom is the same to all of the children; all of them new.

    `hidden_because`: why the address of those who live together must not be known, or nothing. `birth_history`: what is
    told of a parent's, by the parent's place among the adults.
    """

    children: tuple[NewPerson, ...]
    adults: tuple[NewPerson, ...]
    team_id: int
    hidden_because: str = ""
    birth_history: Mapping[int, str] = field(default_factory=dict)
    public_ids: tuple[UUID, ...] = ()
    """Where the records of the children will stand; random, where none are given."""


@dataclass(frozen=True, slots=True)
class _Member:
    new: NewPerson
    person: int
    ledger_id: UUID
    public_id: UUID
    hidden: bool
    history: str
    since_on: date
    shares_home: bool = False

    @property
    def items(self) -> frozenset[str]:
        """Every item that is written about them."""
        held = self.new.items_held() | {"care.episode" if self.new.part == "child" else "relationship.kind"}
        if self.hidden:
            held = held - {"identity.address"} | HIDING
        if self.shares_home:
            held |= {HOME}
        if self.answers:
            held |= {RESPONSIBILITY}
        return held | {BIRTH_HISTORY} if self.history else held

    @property
    def answers(self) -> bool:
        """Whether it is said if they have parental responsibility; of a relative that is not taken from a message."""
        return self.new.part == "parent" and self.new.parental_responsibility is not None


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A family whose members have been given their numbers."""

    children: tuple[_Member, ...]
    adults: tuple[_Member, ...]
    team_id: int
    hidden_because: str

    @property
    def everyone(self) -> tuple[_Member, ...]:
        return (*self.children, *self.adults)


@contextmanager
def registering_together(
    *, by: Asker, families: Sequence[WholeFamily], purpose: str, source: str, at: datetime
) -> Iterator[Entry]:
    """Register families in one entry, which stays open for what belongs with it: all of them, or none.

    Raises Refused where the definition does not allow one of them.
    """
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    _check_served(definition, by=by, families=families, purpose=purpose, on=on, at=at)
    numbered = _numbered(families)
    everyone = [member for family in numbered for member in family.everyone]
    allowed = _allowed(definition, by=by, members=everyone, purpose=purpose, source=source, on=on, at=at)
    with entry(by=by, act=REGISTERING, purpose=purpose, allowed=allowed, source=source, at=at) as opened:
        _write_people(opened, everyone)
        _write_care(opened, numbered, definition, on)
        _write_families(opened, numbered, on)
        yield opened


def _check_served(
    definition: Definition,
    *,
    by: Asker,
    families: Sequence[WholeFamily],
    purpose: str,
    on: date,
    at: datetime,
) -> None:
    for family in families:
        with_carer = any(adult.part == "parent" for adult in family.adults)
        for child in family.children:
            serving = may_serve(
                definition,
                born_on=child.born_on or on,
                authority=child.authority,
                with_carer=with_carer,
                on=on,
            )
            if not serving:
                refuse(by=by, act=REGISTERING, purpose=purpose, decision=serving, at=at)


def _numbered(families: Sequence[WholeFamily]) -> list[_Numbered]:
    """Each member with a number and a ledger id, so that the entry can name them."""
    fresh = iter(next_persons(sum(len(family.children) + len(family.adults) for family in families)))
    return [_number(family, fresh) for family in families]


def _number(family: WholeFamily, fresh: Iterator[tuple[int, UUID]]) -> _Numbered:
    eldest = min(child.born_on for child in family.children if child.born_on)
    hides, addresses = bool(family.hidden_because), family.public_ids or repeat(None)
    at_home = any(adult.lives_with for adult in family.adults)
    children = tuple(
        _Member(new, *next(fresh), address or uuid4(), hides, "", new.born_on or eldest, at_home)
        for new, address in zip(family.children, addresses, strict=False)
    )
    adults = tuple(
        _Member(
            new,
            *next(fresh),
            uuid4(),
            hides and bool(new.lives_with),
            family.birth_history.get(place, ""),
            eldest,
        )
        for place, new in enumerate(family.adults)
    )
    return _Numbered(children, adults, family.team_id, family.hidden_because)


def _allowed(
    definition: Definition,
    *,
    by: Asker,
    members: Sequence[_Member],
    purpose: str,
    source: str,
    on: date,
    at: datetime,
) -> list[Allowed]:
    """What the entry opens about each; those of whom the same is said are decided about together."""
    decided: set[tuple[str, frozenset[str]]] = set()
    for member in members:
        asked = member.new.part, member.items
        if asked in decided:
            continue
        decision = may_collect(
            definition,
            by=by,
            standing="new",
            part=member.new.part,
            items=member.items,
            purpose=purpose,
            source=source,
            on=on,
        )
        if decision.allowed != member.items:
            refuse(by=by, act=REGISTERING, purpose=purpose, decision=decision, source=source, at=at)
        decided.add(asked)
    return [
        Allowed(member.person, record=member.items, part=member.new.part, ledger_id=member.ledger_id)
        for member in members
    ]


def _write_people(opened: Entry, everyone: Sequence[_Member]) -> None:
    """Who they are: each item in the table of its own."""
    people = [(one.person, one.new.part, one.public_id, one.ledger_id) for one in everyone]
    write_rows(opened, Person, ("id", "part", "public_id", "ledger_id"), people)
    names, keys, born, sexes, genders, numbers, homes, phones, emails = ([] for _ in range(9))
    for one in everyone:
        new, about = one.new, (one.person, one.since_on)
        if new.given or new.family:
            names.append((*about, new.given, new.family))
            keys += [(*about, key) for key in keys_of(new.given, new.family)]
        if new.born_on:
            born.append((*about, new.born_on))
        if new.sex:
            sexes.append((*about, new.sex))
        if new.gender:
            genders.append((*about, new.gender))
        if new.nhs_number:
            numbers.append((*about, new.nhs_number, new.nhs_number_status))
        if new.address or new.postcode:
            kind = "restricted" if one.hidden else "ordinary"
            homes.append((*about, kind, new.address, new.postcode, new.authority))
        phones += [(*about, number) for number in new.phones]
        emails += [(*about, email) for email in new.emails]
    for model, columns, rows in (
        (Name, ("given", "family"), names),
        (SearchKey, ("key",), keys),
        (DateOfBirth, ("born_on",), born),
        (Sex, ("code",), sexes),
        (Gender, ("words",), genders),
        (NhsNumber, ("number", "status"), numbers),
        (Address, ("kind", "lines", "postcode", "authority"), homes),
        (Phone, ("number",), phones),
        (Email, ("email",), emails),
    ):
        write_rows(opened, model, ("person", "from_on", *columns), rows)


def _write_care(opened: Entry, families: Sequence[_Numbered], definition: Definition, on: date) -> None:
    """Which team looks after the children, from their birth on, and until when the service may."""
    places = [(c.person, c.since_on, family.team_id) for family in families for c in family.children]
    write_rows(opened, CaseloadPlace, ("person", "from_on", "team_id"), places)
    served = [
        (c.person, c.since_on, served_until(definition, born_on=c.since_on, on=on))
        for family in families
        for c in family.children
    ]
    write_rows(opened, Episode, ("person", "from_on", "serves_until_on"), served)


def _write_families(opened: Entry, families: Sequence[_Numbered], on: date) -> None:
    """How they belong together, and what must stay hidden."""
    pairs = [(adult, child) for family in families for child in family.children for adult in family.adults]
    related = [(adult.person, child.since_on, child.person, adult.new.relationship) for adult, child in pairs]
    write_rows(opened, Relationship, ("person", "from_on", "child", "kind"), related)
    responsible = [
        (adult.person, child.since_on, child.person, adult.new.parental_responsibility, "")
        for adult, child in pairs
        if adult.answers
    ]
    columns = ("person", "from_on", "child", "responsible", "evidence")
    write_rows(opened, ParentalResponsibility, columns, responsible)
    homes = [(child.person, child.since_on, adult.person) for adult, child in pairs if adult.new.lives_with]
    write_rows(opened, HouseholdMember, ("person", "from_on", "member"), homes)
    hidden = [
        (one.person, on, child.person, "address", family.hidden_because)
        for family in families
        for one in family.everyone
        for child in family.children
        if one.hidden and (one.new.part != "child" or one.person == child.person)
    ]
    write_rows(opened, Restriction, ("person", "from_on", "child", "what", "reason"), hidden)
    told = [
        (one.person, one.since_on, BIRTH_HISTORY, one.history, False)
        for family in families
        for one in family.adults
        if one.history
    ]
    write_rows(opened, Circumstance, ("person", "from_on", "kind", "said", "declined"), told)
