"""Dates that cannot be right: impossible births, births still to come, dates that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.catalogue import ELDERS
from kept.intake.child_health_events.elements import (
    Node,
    codes,
    day,
    extension,
    instant,
    is_part_of_a_date,
    node,
    nodes,
    text,
)
from kept.intake.child_health_events.people import the_child
from kept.intake.child_health_events.values import Message, RelatedPerson
from kept.intake.faults import Fault, Reason
from kept.standards.ages import birthday
from kept.standards.days import day_of

EARLIEST_BIRTH = date(1900, 1, 1)
YOUNGEST_PARENT_YEARS = 10
_BIRTH_ENCOUNTER = "003"  # DCH-ChildHealthEncounterType-1
_DAY = timedelta(days=1)
# Where a resource says when something happened to the child: a period or a single time.
_WHEN = {
    "Encounter": ("period",),
    "EpisodeOfCare": ("period",),
    "Observation": ("effectiveDateTime", "effectivePeriod"),
    "Procedure": ("performedDateTime", "performedPeriod"),
    "Immunization": ("date",),
    "ReferralRequest": ("authoredOn",),
    "DiagnosticReport": ("issued",),
}


def faults_of(message: Message, bundle: Bundle, at: datetime) -> Iterator[Fault]:
    """What is wrong with the dates of a message that is read at a moment."""
    today = day_of(at)
    born_on = message.child.born_on if message.child else None
    if message.child:
        yield from _of_a_birth(the_child(bundle), born_on, today, "child")
        if born_on is None and not text(the_child(bundle), "birthDate"):
            yield Fault(Reason.DATE_OF_BIRTH_UNCLEAR, "child")
    for place, resource in enumerate(bundle.of_kind("RelatedPerson"), 1):
        person, about = message.contacts[place - 1], f"contact {place}"
        yield from _of_a_birth(resource, person.born_on, today, about)
        if born_on and _too_young(person, born_on):
            yield Fault(Reason.DATE_OF_BIRTH_IMPOSSIBLE, about)
    if _contradict(message, bundle, today):
        yield Fault(Reason.DATES_CONTRADICT)


def _of_a_birth(resource: Node, born_on: date | None, today: date, about: str) -> Iterator[Fault]:
    written = text(resource, "birthDate")
    if born_on is None:
        # A year alone is a date of birth too for a relative, though not for a child.
        if written and (about == "child" or not is_part_of_a_date(written)):
            yield Fault(Reason.DATE_OF_BIRTH_UNCLEAR, about)
    elif born_on > today:
        yield Fault(Reason.DATE_OF_BIRTH_IN_THE_FUTURE, about)
    elif born_on < EARLIEST_BIRTH:
        yield Fault(Reason.DATE_OF_BIRTH_IMPOSSIBLE, about)


def _too_young(person: RelatedPerson, born_on: date) -> bool:
    if person.born_on is None or person.relationship[:2] not in ELDERS:
        return False
    try:
        return birthday(person.born_on, YOUNGEST_PARENT_YEARS) > born_on
    except OverflowError:
        return True


def _contradict(message: Message, bundle: Bundle, today: date) -> bool:
    sent_on = day_in_england(message.sent_at)
    happened = list(_days_of(bundle))
    if sent_on and (sent_on - today > _DAY or any(one - sent_on > _DAY for one in happened)):
        return True  # told before it happened, or in a time still to come
    born_on = message.child.born_on if message.child else None
    if born_on is None or not EARLIEST_BIRTH <= born_on <= today:
        return False  # the date of birth is itself at fault: it proves nothing about the others
    if sent_on and sent_on < born_on:
        return True
    if any(born_on - one > _DAY for one in happened):
        return True
    return not _agree_on_the_birth(born_on, bundle)


def _agree_on_the_birth(born_on: date, bundle: Bundle) -> bool:
    """Whether the time of birth and the encounter of the birth, where given, are of the day of birth."""
    time = extension(node(the_child(bundle), "_birthDate"), "patient-birthTime")
    times = {day(time, "valueDateTime"), day_in_england(instant(time, "valueDateTime"))} - {None}
    encounters = (
        day(node(encounter, "period"), "start")
        for encounter in bundle.of_kind("Encounter")
        if any(_BIRTH_ENCOUNTER in codes(kind) for kind in nodes(encounter, "type"))
    )
    return (not times or born_on in times) and all(
        abs(born_on - start) <= _DAY for start in encounters if start
    )


def _days_of(bundle: Bundle) -> Iterator[date]:
    """Every day on which the message says that something happened."""
    for kind, keys in _WHEN.items():
        for resource in bundle.of_kind(kind):
            for key in keys:
                start = day(node(resource, key), "start") or day(resource, key)
                if start:
                    yield start


def day_in_england(moment: datetime | None) -> date | None:
    """The day that a moment is of; None where there is none, or none that a calendar has."""
    try:
        return day_of(moment) if moment else None
    except OverflowError:
        return None
