"""Writing how somebody belongs to a child, inside an entry that is open; what was said before stays, ended."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet, Value
from django.db.models.functions import Greatest

from kept.ledger.entries import Entry
from kept.record.families.models import HouseholdMember, ParentalResponsibility, Relationship
from kept.record.people.models import AboutPerson
from kept.record.people.values import NewPerson


def relate(
    *,
    within: Entry,
    child: int,
    person: int,
    new: NewPerson,
    may: Mapping[int, frozenset[str]],
    on: date,
) -> None:
    """Write what a message or a form says that somebody is to a child, as far as `may` (person → items) lets it.

    What was evidenced is not ended by what was only said.
    """
    say_relationship(within=within, child=child, person=person, kind=new.relationship, on=on)
    if new.parental_responsibility is not None and "relationship.parental-responsibility" in may[person]:
        say_responsibility(
            within=within, child=child, person=person, responsible=new.parental_responsibility, on=on
        )
    if new.lives_with is not None and "household.members" in may[child]:
        say_household(within=within, child=child, person=person, lives_there=new.lives_with, on=on)


def say_relationship(*, within: Entry, child: int, person: int, kind: str, on: date) -> None:
    """Let somebody be this to the child from `on`; said again, it changes nothing."""
    held = Relationship.objects.filter(person_id=person, child_id=child, until_on=None)
    if held.filter(kind=kind).exists():
        return
    end(held, on=on)
    Relationship.objects.create(person_id=person, child_id=child, kind=kind, from_on=on, **within.held)


def say_responsibility(
    *, within: Entry, child: int, person: int, responsible: bool, evidence: str = "", on: date
) -> bool:
    """Let somebody have parental responsibility, or not, from `on`; False where evidence was seen that says otherwise.

    What evidence showed, only evidence ends.
    """
    held = ParentalResponsibility.objects.filter(person_id=person, child_id=child, until_on=None)
    said = held.values_list("responsible", "evidence").first()
    if said and (said == (responsible, evidence) or (said[1] and not evidence)):
        return bool(said[0] == responsible)
    end(held, on=on)
    ParentalResponsibility.objects.create(
        person_id=person,
        child_id=child,
        responsible=responsible,
        evidence=evidence,
        from_on=on,
        **within.held,
    )
    return True


def say_household(*, within: Entry, child: int, person: int, lives_there: bool, on: date) -> None:
    """Let somebody live in the child's home from `on`, or not any more."""
    held = HouseholdMember.objects.filter(person_id=child, member_id=person, until_on=None)
    if not lives_there:
        end(held, on=on)
    elif not held.exists():
        HouseholdMember.objects.create(person_id=child, member_id=person, from_on=on, **within.held)


def end(rows: QuerySet[AboutPerson], *, on: date) -> None:
    """End rows on a day, or on the day they began where that is later: they never held then."""
    rows.update(until_on=Greatest("from_on", Value(on)))
