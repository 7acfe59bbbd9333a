"""Reading a message: total over all bytes, and telling all that is wrong with it, not the first thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from kept.intake.child_health_events import births, catalogue, dates, rules
from kept.intake.child_health_events.bundle import Bundle, NoMessage, open_bundle
from kept.intake.child_health_events.catalogue import BIRTH_DETAILS, EVENTS, READ, Change
from kept.intake.child_health_events.elements import (
    NOTHING,
    Node,
    codes,
    extension,
    instant,
    node,
    nodes,
    text,
)
from kept.intake.child_health_events.kinds import is_what_it_says
from kept.intake.child_health_events.people import (
    child_from,
    organisation_code,
    related_person_from,
    the_child,
)
from kept.intake.child_health_events.readers import said_by
from kept.intake.child_health_events.said import MOST_LETTERS, Said, dated_rightly
from kept.intake.child_health_events.values import Message, Reading
from kept.intake.faults import Fault, Reason, in_order
from kept.standards import ods

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_VERSION = re.compile(r"[0-9]{1,18}")
_CHANGES = ("DCH-MessageEventType", "MessageEventType", "EMS-MessageEventType")
# What waits for a person whatever it says, and why.
_WAITS_AS = {
    catalogue.REFERRAL: Reason.REFERRAL,
    catalogue.SAFETY_ALERTS: Reason.SAFETY_ALERT,
}
_ENDPOINT = "urn:nhs-uk:addressing:ods"


def read_message(raw: bytes, *, at: datetime) -> Reading:
    """What some bytes say as a child-health event, and everything that is wrong with them at a moment.

    Never raises, whatever the bytes. The message may be registered only where there is no fault; where there
    are faults it holds what could be read, for the person who works the queue.
    """
    try:
        bundle = open_bundle(raw)
    except NoMessage as nothing:
        return Reading(message=None, faults=(Fault(nothing.reason),))
    said = said_by(bundle, _event_of(bundle))
    message = _message_from(bundle, said)
    return Reading(
        message=message, faults=in_order((*_faults_of(message, bundle, at), *_faults_of_what(said, message)))
    )


def _message_from(bundle: Bundle, said: Said) -> Message:
    patient = the_child(bundle)
    event = _event_of(bundle)
    sender = _sender_of(bundle)
    return Message(
        id=_matching(_ID, text(bundle.root, "id")),
        digest=bundle.digest,
        event=event,
        change=_change_of(bundle),
        version=_version_of(bundle, event),
        sent_at=instant(bundle.header, "timestamp"),
        sender=sender,
        sender_name=text(_responsible(bundle), "name")[:MOST_LETTERS] or sender,
        focus=_focus_of(bundle),
        child=child_from(patient, bundle) if patient else None,
        birth=births.birth_from(bundle) if event == BIRTH_DETAILS else None,
        contacts=tuple(related_person_from(one) for one in bundle.of_kind("RelatedPerson")),
        told=tuple(said.told),
        left_out=tuple(said.left_out),
    )


def _faults_of_what(said: Said, message: Message) -> Iterator[Fault]:
    """What is wrong with what is told; of a message that takes back what it told, nothing is."""
    if message.change is Change.DELETE:
        return
    yield from said.faults
    sent_on = dates.day_in_england(message.sent_at)
    born_on = message.child.born_on if message.child else None
    if not said.faults and not dated_rightly(said.told, born_on=born_on, sent_on=sent_on):
        yield Fault(Reason.DATES_CONTRADICT)


def _faults_of(message: Message, bundle: Bundle, at: datetime) -> Iterator[Fault]:
    yield from bundle.faults()
    yield from rules.of_the_header(message)
    if message.event:
        if message.event not in READ:
            yield Fault(_WAITS_AS.get(message.event, Reason.NOT_READ_YET))
        if not is_what_it_says(bundle, message.event):
            yield Fault(Reason.NOT_WHAT_IT_SAYS)
    if message.event == BIRTH_DETAILS:
        yield from births.faults_of(bundle)
    if message.event == catalogue.CHANGE_OF_ADDRESS and message.child and not message.child.home:
        yield Fault(Reason.NOTHING_TOLD)
    yield from rules.of_the_people(message, bundle)
    yield from dates.faults_of(message, bundle, at)


def _event_of(bundle: Bundle) -> str:
    """The event of the header, by its code or by the name that the national event service has for it."""
    coding = node(bundle.header, "event")
    code, system = text(coding, "code"), text(coding, "system")
    if code in catalogue.NAMES and system in ("", catalogue.NAMED_SYSTEM):
        return catalogue.NAMES[code]
    known = catalogue.PDS_SYSTEM if code.startswith("PDS") else catalogue.EVENT_SYSTEM
    return code if code in EVENTS and system in ("", known) else ""


def _change_of(bundle: Bundle) -> Change | None:
    named = (extension(bundle.header, f"Extension-{name}-1") for name in _CHANGES)
    said = next((one for one in named if one), NOTHING)
    given = set(codes(node(said, "valueCodeableConcept"))) & set(Change)
    return Change(given.pop()) if len(given) == 1 else None


def _version_of(bundle: Bundle, event: str) -> int | None:
    """The sequence number: the version of the header, or of the bundle; none where the two differ.

    The national register counts its messages by the time at which they were sent.
    """
    metas = (node(bundle.header, "meta"), node(bundle.root, "meta"))
    given = {version for meta in metas if (version := text(meta, "versionId"))}
    if not given and event in catalogue.OF_THE_REGISTER:
        sent_at = instant(bundle.header, "timestamp")
        return int(sent_at.timestamp()) if sent_at else None
    said = given.pop() if len(given) == 1 else ""
    return int(said) if _VERSION.fullmatch(said) else None


def _sender_of(bundle: Bundle) -> str:
    """The organisation responsible for the message, else the one its source is addressed by."""
    responsible = organisation_code(_responsible(bundle))
    scheme, _, code = text(node(bundle.header, "source"), "endpoint").rpartition(":")
    return responsible or (ods.parse(code) if scheme == _ENDPOINT else "")


def _responsible(bundle: Bundle) -> Node:
    return bundle.resolve(node(bundle.header, "responsible"))


def _focus_of(bundle: Bundle) -> str:
    return next((text(one, "reference") for one in nodes(bundle.header, "focus")), "")


def _matching(shape: re.Pattern[str], said: str) -> str:
    return said if shape.fullmatch(said) else ""
