"""Registering a family: a child, the adults who belong to the child, and the team that looks after them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, Entry, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.questions import may_collect, may_see, may_serve
from kept.published.reads import definition_for
from kept.record.caseloads.models import CaseloadPlace
from kept.record.episodes.actions import open_episode
from kept.record.episodes.reads import latest_episode
from kept.record.families.relating import relate
from kept.record.families.rules import hidden_homes, is_hidden
from kept.record.families.values import NewFamily
from kept.record.merges.reads import records_together
from kept.record.people.actions import next_persons, refresh, register
from kept.record.people.models import ALSO_THERE, Restriction
from kept.record.people.reads import people_shown
from kept.record.people.values import NewPerson, PersonShown
from kept.standards.days import day_of

REGISTERING = "register a family"
TO_MATCH = frozenset(
    {
        "identity.name",
        "identity.date-of-birth",
        "identity.sex",
        "identity.gender",
        "identity.nhs-number",
        "identity.address",
        "contact.phone",
        "contact.email",
        "relationship.kind",
        "relationship.parental-responsibility",
        "household.members",
        "care.episode",
    }
)
# What it takes to hide the address of somebody who is said to live where another of the family must not be found.
TO_HIDE = frozenset({"identity.restricted-address", "care.restriction"})


class NotRegistered(Exception):
    """The family contradicts what is held. `reasons` are codes for a person's queue; nothing was written."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Registered:
    """The entry that registered a family, still open, and the child's number."""

    entry: Entry
    child: int


@dataclass(frozen=True, slots=True)
class _Member:
    """Somebody of the family: what is said of them, and the number and standing they have or are given."""

    new: NewPerson
    person: int
    standing: str
    ledger_id: UUID | None
    hides: bool = False
    """Whether their address is restricted in another record of theirs, which is shown in this one."""

    @property
    def is_new(self) -> bool:
        return self.standing == "new"


@contextmanager
def registering(
    *, by: Asker, family: NewFamily, purpose: str, source: str, at: datetime
) -> Iterator[Registered]:
    """Register a family, or bring one up to date, in one entry that stays open for what belongs with it.

    People are found by NHS number, adults also among those who belong to the child already. Raises NotRegistered
    where what is held contradicts what is said, and Refused where the definition does not allow it: nothing is
    written then.
    """
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    members = _members(by=by, family=family, at=at)
    _check_served(definition, by=by, members=members, purpose=purpose, on=on, at=at)
    hidden = TO_HIDE if _hides(by=by, members=members, at=at) else frozenset()
    asked: dict[str, Any] = {"by": by, "purpose": purpose, "source": source, "on": on}
    allowed = [
        _allowed(definition, **asked, member=member, also=hidden | _joins(member, members), at=at)
        for member in members
    ]
    with entry(by=by, act=REGISTERING, purpose=purpose, allowed=allowed, source=source, at=at) as opened:
        _write(opened, members, family, definition, {one.person: one.record for one in allowed}, on)
        yield Registered(opened, members[0].person)


def _check_served(
    definition: Definition, *, by: Asker, members: Sequence[_Member], purpose: str, on: date, at: datetime
) -> None:
    """A new child is of an age and an area that the service is for; about an area, a person decides.

    Care that has begun goes on, wherever a family moves.
    """
    child, *adults = members
    if not child.is_new:
        return
    serving = may_serve(
        definition,
        born_on=child.new.born_on or on,
        authority=child.new.authority,
        with_carer=any(adult.new.part == "parent" for adult in adults),
        on=on,
    )
    if serving.owed:
        raise NotRegistered("authority-elsewhere" if child.new.authority else "authority-unknown")
    if not serving:
        refuse(by=by, act=REGISTERING, purpose=purpose, decision=serving, at=at)


def _members(*, by: Asker, family: NewFamily, at: datetime) -> list[_Member]:
    """Everyone of the family, found or given a number; the child first."""
    everyone = [family.child, *family.adults]
    holders = [person_with_nhs_number(by=by, number=new.nhs_number, at=at) for new in everyone]
    found = [person for person in (*holders, family.known_child) if person]
    first = records_together(by=by, persons=found, at=at)
    known = [holder and first.get(holder, holder) for holder in holders]
    for place, (person, holder) in enumerate(zip(known, holders, strict=True)):
        if person != holder:  # the number stays on the record that holds it, which is shown in this one
            everyone[place] = replace(everyone[place], nhs_number="", nhs_number_status="")
    known[0] = _one_child(known[0], family.known_child)
    held = {fact.person: fact for fact in facts(by=by, persons=[k for k in known if k], at=at)}
    _check_nobody_twice(by=by, child=known[0], adults=list(zip(family.adults, known[1:], strict=True)), at=at)
    hide = _hidden_elsewhere(by=by, first=first, at=at)
    fresh = iter(next_persons(len(everyone) - sum(1 for k in known if k)))
    if any(person not in held for person in known if person):
        # Somebody whom the asker may not know of: said in the words for any number that does not fit.
        raise NotRegistered("number-held-by-another")
    return [
        _found(new, held[person], hides=person in hide) if person else _Member(new, *_numbered(next(fresh)))
        for new, person in zip(everyone, known, strict=True)
    ]


def _one_child(by_number: int | None, otherwise: int | None) -> int | None:
    """The child as found in two ways: two different children are for a person to sort out."""
    if by_number and otherwise and by_number != otherwise:
        raise NotRegistered("number-held-by-another")
    return by_number or otherwise


def _check_nobody_twice(
    *, by: Asker, child: int | None, adults: list[tuple[NewPerson, int | None]], at: datetime
) -> None:
    """An adult without a number may be one whom the child has already: a person must say, so that none is doubled."""
    if child and any(known is None and not new.nhs_number for new, known in adults):
        family = facts(by=by, persons=[child], with_family=True, at=at)
        if any(fact.person != child for fact in family):
            raise NotRegistered("adult-may-be-known")


def _found(new: NewPerson, fact: Fact, *, hides: bool) -> _Member:
    if fact.part != new.part:
        raise NotRegistered("number-held-by-another")
    return _Member(new, fact.person, fact.standing, None, hides)


def _numbered(fresh: tuple[int, UUID]) -> tuple[int, str, UUID]:
    person, ledger_id = fresh
    return person, "new", ledger_id


def person_with_nhs_number(*, by: Asker, number: str, at: datetime) -> int | None:
    """The person of the asker's service who holds this NHS number, if anybody does."""
    if not number:
        return None
    with connections[here()].cursor() as cursor:
        cursor.execute("select ledger.person_with_nhs_number(%s, %s, %s)", [by.token, number, at])
        person: int | None = cursor.fetchone()[0]
        return person


def _hides(*, by: Asker, members: Sequence[_Member], at: datetime) -> bool:
    """Whether anybody of the family must not be found. Only the process that reads messages finds people again."""
    known = [member.person for member in members if not member.is_new]
    if not (known and by.process):
        return False
    return any(member.hides for member in members) or _hides_an_address(by=by, persons=known, at=at)


def _hidden_elsewhere(*, by: Asker, first: Mapping[int, int], at: datetime) -> set[int]:
    """Of those who were put together (record → whose record it is shown in), whoever hides in the other record."""
    others = [record for record, opened in first.items() if record != opened]
    if not others or not _hides_an_address(by=by, persons=others, at=at):
        return set()
    return {first[one] for one in others if _hides_an_address(by=by, persons=[one], at=at)}


def _hides_an_address(*, by: Asker, persons: Sequence[int], at: datetime) -> bool:
    with connections[here()].cursor() as cursor:
        cursor.execute("select ledger.hides_an_address(%s, %s, %s)", [by.token, list(persons), at])
        return bool(cursor.fetchone()[0])


def _allowed(
    definition: Definition,
    *,
    by: Asker,
    member: _Member,
    also: frozenset[str],
    purpose: str,
    source: str,
    on: date,
    at: datetime,
) -> Allowed:
    """What the entry opens about one member: to record what is said of them, to read what it is matched with.

    What is said beside (`also`: who lives with whom, who is responsible by law) is recorded as far as the notice lets
    this asker; what hides an address only beside one.
    """
    items = member.new.items_held() | {"care.episode" if member.new.part == "child" else "relationship.kind"}
    recording = may_collect(
        definition,
        by=by,
        standing=member.standing,
        part=member.new.part,
        items=items,
        purpose=purpose,
        source=source,
        on=on,
    )
    if recording.allowed != items:
        refuse(by=by, act=REGISTERING, purpose=purpose, decision=recording, source=source, at=at)
    if "identity.address" not in items:
        also -= TO_HIDE
    if also:
        beside = may_collect(
            definition,
            by=by,
            standing=member.standing,
            part=member.new.part,
            items=also,
            purpose=purpose,
            source=source,
            on=on,
        )
        items |= beside.allowed
    if member.is_new:
        return Allowed(member.person, record=items, part=member.new.part, ledger_id=member.ledger_id)
    matching = may_see(
        definition,
        by=by,
        standing=member.standing,
        part=member.new.part,
        items=TO_MATCH | also,
        purpose=purpose,
        on=on,
    )
    return Allowed(member.person, read=matching.allowed, record=items)


def _joins(member: _Member, members: Sequence[_Member]) -> frozenset[str]:
    """What is said of how a member belongs to the others, beside what they are to the child."""
    if member.new.part != "child":
        said = member.new.parental_responsibility is not None
        return frozenset({"relationship.parental-responsibility"} if said else ())
    return frozenset({"household.members"} if any(m.new.lives_with is not None for m in members) else ())


def _write(
    opened: Entry,
    members: Sequence[_Member],
    family: NewFamily,
    definition: Definition,
    may: Mapping[int, frozenset[str]],
    on: date,
) -> None:
    child, *adults = members
    may_hide = {person for person, items in may.items() if items >= TO_HIDE}
    known = [member.person for member in members if not member.is_new]
    shown = {p.person: p for p in people_shown(persons=known, child=child.person, on=on)} if known else {}
    homes = hidden_homes(
        ((member.new, shown.get(member.person)) for member in members),
        elsewhere=(member.new for member in members if member.hides),
    )
    for member in members:
        found = shown.get(member.person)
        hidden = member.person in may_hide and (member.hides or is_hidden(member.new, found, homes))
        what: dict[str, Any] = {"within": opened, "new": member.new, "hidden": hidden, "on": on}
        if found is None:
            address = family.public_id if member is child else None
            ledger_id = member.ledger_id or UUID(int=0)
            register(person=member.person, ledger_id=ledger_id, public_id=address, **what)
        else:
            _check_same(member.new, found)
            refresh(person=member.person, shown=found, **what)
        if hidden and not (found and found.address_is_hidden):
            hide_too(within=opened, person=member.person, child=child.person, on=on)
    if not child.is_new:
        _check_in_care(child.person)
    elif family.team_id is None:
        raise NotRegistered("child-not-known")
    else:
        CaseloadPlace.objects.create(
            person_id=child.person, team_id=family.team_id, from_on=on, **opened.held
        )
        open_episode(within=opened, child=child.person, born=child.new.born_on, definition=definition, on=on)
    for adult in adults:
        relate(within=opened, child=child.person, person=adult.person, new=adult.new, may=may, on=on)


def hide_too(*, within: Entry, person: int, child: int, on: date) -> None:
    """Restrict the address of somebody who is said to live where another of the family must not be found, unless the
    database has done so with the other's."""
    about = {"person_id": person, "child_id": child, "what": "address"}
    if not Restriction.objects.filter(until_on=None, **about).exists():
        Restriction.objects.create(reason=ALSO_THERE, account=None, from_on=on, **about, **within.held)


def _check_same(new: NewPerson, shown: PersonShown) -> None:
    """One NHS number with two dates of birth is two people, or a mistake: either way a person must look."""
    if new.born_on and shown.born_on and new.born_on != shown.born_on:
        raise NotRegistered("date-of-birth-differs")


def _check_in_care(child: int) -> None:
    """What is told about a child whose care was ended is for a person, who may begin care again: no message does."""
    episode = latest_episode(child=child)
    if episode is None or episode.is_ended:
        raise NotRegistered("care-has-ended")
