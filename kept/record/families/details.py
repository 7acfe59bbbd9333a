"""Changing who somebody is, and where and how they are reached: what was recorded before ends, and stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kept.database.acting import here
from kept.ledger.entries import Allowed, Entry, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.definition import Definition
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.episodes.actions import follow_birth
from kept.record.families.actions import hide_too
from kept.record.families.before import Before, held_before
from kept.record.families.meanwhile import changed_meanwhile, untouched
from kept.record.families.rules import hidden_homes, is_hidden
from kept.record.people.actions import add_details
from kept.record.people.models import (
    Address,
    DateOfBirth,
    Email,
    Gender,
    Name,
    NhsNumber,
    Phone,
    Sex,
)
from kept.record.people.numbers import keep_to_check, settle_numbers
from kept.record.people.reads import people_shown
from kept.record.people.rules import faults_of_details, faults_of_meanwhile
from kept.record.people.values import NewPerson, PersonShown
from kept.record.search.models import SearchKey
from kept.standards.days import day_of

SEEING, CHANGING = "see what can be changed about somebody", "change who somebody is"
SOURCE = "the-person"
HIDDEN = frozenset({"identity.restricted-address", "care.restriction"})
BESIDE = HIDDEN | {"care.episode"}
# Of the rest of the family: who they are, and what of them must stay hidden.
WHO = frozenset({"identity.name"}) | HIDDEN
NUMBER = frozenset({"identity.nhs-number"})
ONE_HOLDER = "nhs_number_held_by_one_person"
# Which tables hold an item, so that what was recorded before can end.
HELD: Mapping[str, tuple[type[Any], ...]] = {
    "identity.name": (Name, SearchKey),
    "identity.date-of-birth": (DateOfBirth,),
    "identity.sex": (Sex,),
    "identity.gender": (Gender,),
    "identity.nhs-number": (NhsNumber,),
    "identity.address": (Address,),
    "contact.phone": (Phone,),
    "contact.email": (Email,),
}
ITEMS = frozenset(HELD)


class NotChanged(Exception):
    """Nothing was changed. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: Mapping[str, str], *, meanwhile: frozenset[str] = frozenset()) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults
        self.meanwhile = meanwhile
        """The items that somebody else changed while the form lay open."""


@dataclass(frozen=True, slots=True)
class DetailsOpened:
    """Somebody with what can be changed about them, and what was recorded before."""

    person: PersonShown
    items: frozenset[str]
    before: tuple[Before, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """The items that were changed, and whether a number was kept to be checked instead of being recorded."""

    items: frozenset[str]
    number_waits: bool = False


def open_details(*, by: Asker, public_id: UUID, about: UUID, purpose: str, at: datetime) -> DetailsOpened:
    """Somebody of a child's family with what this asker may change about them. Raises Refused where that is nothing."""
    fact, _, allowed = _may(by=by, act=SEEING, public_id=public_id, about=about, purpose=purpose, at=at)
    seen = [replace(one, record=frozenset()) for one in allowed]
    with entry(by=by, act=SEEING, purpose=purpose, allowed=seen, at=at):
        (person,) = people_shown(persons=[fact.person], child=0, on=day_of(at))
        before = held_before(person=fact.person)
    return DetailsOpened(person, _changeable(allowed[0], person), before)


def change_details(
    *,
    by: Asker,
    public_id: UUID,
    about: UUID,
    purpose: str,
    said: NewPerson,
    showed: Mapping[str, str] | None = None,
    takes_number_back: bool = False,
    at: datetime,
) -> Changed:
    """Record what differs from what is held of somebody; what was held ends today and stays. Returns what was changed.

    `showed` are the marks of what the form showed (`marks_of`): what stands in it as it was shown is passed over, and
    what somebody else changed meanwhile is not written over unseen.

    A field that is left empty is held no longer, but a name is never taken away whole. What this asker may not change
    is passed over. An NHS number that another record of the service holds is kept to be checked: what was held stays.
    `takes_number_back` says that the number that waits so was said wrongly. Care of a child ends when the service's
    ages end, as the new date of birth has it. Raises Refused where the asker may change nothing about them; NotChanged
    where a part cannot be true.
    """
    fact, child, allowed = _may(by=by, act=CHANGING, public_id=public_id, about=about, purpose=purpose, at=at)
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    with entry(by=by, act=CHANGING, purpose=purpose, allowed=allowed, source=SOURCE, at=at) as opened:
        family = people_shown(persons=[one.person for one in allowed], child=0, on=on)
        held = next(one for one in family if one.person == fact.person)
        changeable = _changeable(allowed[0], held)
        changed = _differing(said, held) & changeable
        if showed is not None:
            changed -= untouched(said, showed)
            if meanwhile := changed & changed_meanwhile(held, showed):
                raise NotChanged(faults_of_meanwhile(held, meanwhile), meanwhile=meanwhile)
        if faults := faults_of_details(said, changed=changed, today=on):
            raise NotChanged(faults)
        if takes_number_back and changeable >= NUMBER:
            settle_numbers(person=fact.person, on=on)
        waits = bool(NUMBER & changed) and not _write_number(opened, fact.person, said, on)
        hidden = is_hidden(said, held, hidden_homes((_unsaid(one, said, held), one) for one in family))
        _write(opened, fact.person, said, held, changed - NUMBER, hidden, on)
        if "identity.address" in changed and hidden and not held.address_is_hidden:
            hide_too(within=opened, person=fact.person, child=child.person, on=on)
        if "identity.date-of-birth" in changed and said.born_on:
            follow_birth(within=opened, child=fact.person, born=said.born_on, definition=definition, on=on)
        return Changed(changed - NUMBER if waits else changed, number_waits=waits)


def may_change_details(*, by: Asker, part: str = "child", purpose: str, at: datetime) -> bool:
    """Whether the asker's role changes anything about somebody of this part of a family whose record it opens: asked to
    offer the page, not to open it."""
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    return any(
        _collecting(
            definition, by=by, fact=Fact(0, UUID(int=0), standing, part), items=ITEMS, purpose=purpose, on=on
        )
        for standing in ("team", "service")
    )


def _write_number(opened: Entry, person: int, said: NewPerson, on: date) -> bool:
    """Let an NHS number, or none, follow the one before; or keep it to be checked, where another record holds it. The
    index decides, which sees also whom the asker may not know of, and whoever writes just now."""
    try:
        with transaction.atomic(using=here()):
            NhsNumber.objects.filter(person_id=person, until_on=None).update(until_on=on)
            add_details(within=opened, person=person, new=said, items=NUMBER & said.items_held(), on=on)
    except IntegrityError as error:
        if ONE_HOLDER not in str(error):
            raise
        keep_to_check(
            within=opened, person=person, number=said.nhs_number, status=said.nhs_number_status, on=on
        )
        return False
    if said.nhs_number:
        settle_numbers(person=person, on=on)
    return True


def _may(
    *, by: Asker, act: str, public_id: UUID, about: UUID, purpose: str, at: datetime
) -> tuple[Fact, Fact, list[Allowed]]:
    """Whom it is about, the child, and what the entry opens: about them first, and who of the family must stay hidden.
    That is known through the child alone: an entry without the child would take a hidden address for an open one, and
    one without the others would not see that somebody moves to where another must not be found. Or a refusal, in the
    same words for anybody else."""
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    family = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((one for one in family if one.public_id == public_id and one.part == "child"), None)
    fact = next((one for one in family if one.public_id == about), None) if child else None
    changing = _collecting(definition, by=by, fact=fact, items=ITEMS, purpose=purpose, on=on)
    if child is None or fact is None or not changing:
        refuse(by=by, act=act, purpose=purpose, decision=changing, ids=[public_id], at=at)
    beside = _collecting(definition, by=by, fact=fact, items=BESIDE, purpose=purpose, on=on)
    seen = _seeing(definition, by=by, fact=fact, items=ITEMS | BESIDE, purpose=purpose, on=on)
    allowed = [Allowed(fact.person, read=seen.allowed, record=changing.allowed | beside.allowed)]
    for one in family:
        if one.person != fact.person:
            who = _seeing(definition, by=by, fact=one, items=WHO, purpose=purpose, on=on)
            allowed += [Allowed(one.person, read=who.allowed)] if who else []
    return fact, child, allowed


def _seeing(
    definition: Definition, *, by: Asker, fact: Fact, items: frozenset[str], purpose: str, on: date
) -> Decision:
    stood = {"standing": fact.standing, "part": fact.part}
    return may_see(definition, by=by, items=items, purpose=purpose, on=on, **stood)


def _collecting(
    definition: Definition, *, by: Asker, fact: Fact | None, items: frozenset[str], purpose: str, on: date
) -> Decision:
    return may_collect(
        definition,
        by=by,
        standing=fact.standing if fact else "none",
        part=fact.part if fact else "child",
        items=items,
        purpose=purpose,
        source=SOURCE,
        on=on,
    )


def _changeable(allowed: Allowed, held: PersonShown) -> frozenset[str]:
    """What can be changed: what may be seen and recorded; an address that is hidden only by whoever may hide one."""
    items = ITEMS & allowed.read & allowed.record
    if held.address_is_hidden and not allowed.record >= HIDDEN:
        items -= {"identity.address"}
    return items


def _differing(said: NewPerson, held: PersonShown) -> frozenset[str]:
    """The items of which something else is said than is held."""
    differs = {
        "identity.name": (said.given, said.family) != (held.given, held.family),
        "identity.date-of-birth": said.born_on != held.born_on,
        "identity.sex": said.sex != held.sex,
        "identity.gender": said.gender != held.gender,
        "identity.nhs-number": said.nhs_number != held.nhs_number,
        "identity.address": (said.address, said.postcode) != held.home,
        "contact.phone": set(said.phones) != set(held.phones),
        "contact.email": set(said.emails) != set(held.emails),
    }
    return frozenset(item for item, other in differs.items() if other)


def _unsaid(one: PersonShown, said: NewPerson, held: PersonShown) -> NewPerson:
    """What is said anew of one of the family: nothing, but of whom it is about."""
    return said if one.person == held.person else NewPerson(one.part, one.given, one.family)


def _write(
    opened: Entry,
    person: int,
    said: NewPerson,
    held: PersonShown,
    changed: frozenset[str],
    hidden: bool,
    on: date,
) -> None:
    for item in changed - {"contact.phone", "contact.email"}:
        for model in HELD[item]:
            model.objects.filter(person_id=person, until_on=None).update(until_on=on)
    new = replace(
        said,
        phones=_ending(Phone, "number", person, said.phones, held.phones, changed, on),
        emails=_ending(Email, "email", person, said.emails, held.emails, changed, on),
    )
    add_details(
        within=opened,
        person=person,
        new=new,
        items=changed & new.items_held(),
        hidden=hidden,
        on=on,
    )


def _ending(
    model: type[Any],
    column: str,
    person: int,
    said: Sequence[str],
    held: Sequence[str],
    changed: frozenset[str],
    on: date,
) -> tuple[str, ...]:
    """End the details that are said no longer, and return those that are new: the others keep whether they are safe."""
    if not model.items() & changed:
        return ()
    gone = [one for one in held if one not in said]
    model.objects.filter(person_id=person, until_on=None, **{f"{column}__in": gone}).update(until_on=on)
    return tuple(one for one in said if one not in held)
