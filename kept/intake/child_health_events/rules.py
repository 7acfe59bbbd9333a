"""What is wrong with the header of a message, and with the people in it, whatever the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.catalogue import (
    BESIDE_ONE_ANOTHER,
    REGISTERING,
    Change,
)
from kept.intake.child_health_events.elements import Node
from kept.intake.child_health_events.people import numbers_from, the_child
from kept.intake.child_health_events.values import Message
from kept.intake.faults import Fault, Reason


def of_the_header(message: Message) -> Iterator[Fault]:
    """What the header leaves out, and a deletion that only a person can carry out.

    A fact that stands beside others needs no version: one that corrects it, or takes it back, does.
    """
    stands_alone = message.event in BESIDE_ONE_ANOTHER
    missing = {
        Reason.NO_ID: not message.id,
        Reason.NO_VERSION: message.version is None and not (stands_alone and message.change is Change.NEW),
        Reason.NO_TIME: message.sent_at is None,
        Reason.SENDER_UNKNOWN: not message.sender,
        Reason.UNKNOWN_EVENT: not message.event or message.change is None,
        Reason.WITHDRAWN: message.change is Change.DELETE and not stands_alone,
    }
    yield from (Fault(reason) for reason, holds in missing.items() if holds)


def of_the_people(message: Message, bundle: Bundle) -> Iterator[Fault]:
    """Who cannot be told: no one child, a missing name, a number that is wrong or two people's."""
    if message.child is None:
        yield Fault(Reason.CHILD_UNCLEAR)
    elif message.event in REGISTERING and not (message.child.home and message.child.home.district):
        yield Fault(Reason.AUTHORITY_UNKNOWN, "child")
    if message.child and not message.child.names:
        yield Fault(Reason.NAME_MISSING, "child")
    for place, person in enumerate(message.contacts, 1):
        if not person.names:
            yield Fault(Reason.NAME_MISSING, f"contact {place}")
        if not person.relationship:
            yield Fault(Reason.RELATIONSHIP_UNCLEAR, f"contact {place}")
    yield from _of_the_numbers(bundle)


def _of_the_numbers(bundle: Bundle) -> Iterator[Fault]:
    people = _people_of(bundle)
    holders: Counter[str] = Counter()
    for about, resource in people:
        given = {number.said: number for number in numbers_from(resource) if number.said}
        if any(not number.digits for number in given.values()):
            yield Fault(Reason.NHS_NUMBER_WRONG_DIGIT, about)
        if len(given) > 1:
            yield Fault(Reason.NHS_NUMBER_UNCLEAR, about)
        holders.update(given.keys())
    if any(many > 1 for many in holders.values()):
        yield Fault(Reason.NHS_NUMBER_SHARED)


def _people_of(bundle: Bundle) -> tuple[tuple[str, Node], ...]:
    contacts = enumerate(bundle.of_kind("RelatedPerson"), 1)
    return (
        ("child", the_child(bundle)),
        *((f"contact {place}", resource) for place, resource in contacts),
    )
