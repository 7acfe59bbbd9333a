"""Reading a message: total over all bytes, and telling all that is wrong with it, not the first thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from kept.intake.child_health_events import births, dates, rules
from kept.intake.child_health_events.bundle import Bundle, NoMessage, open_bundle
from kept.intake.child_health_events.catalogue import BIRTH_DETAILS, EVENT_SYSTEM, EVENTS, READ, Change
from kept.intake.child_health_events.elements import codes, extension, instant, node, text
from kept.intake.child_health_events.kinds import is_what_it_says
from kept.intake.child_health_events.people import (
    child_from,
    organisation_code,
    related_person_from,
    the_child,
)
from kept.intake.child_health_events.values import Message, Reading
from kept.intake.faults import Fault, Reason, in_order
from kept.standards import ods

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_VERSION = re.compile(r"[0-9]{1,18}")
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
    message = _message_from(bundle)
    return Reading(message=message, faults=in_order(_faults_of(message, bundle, at)))


def _message_from(bundle: Bundle) -> Message:
    patient = the_child(bundle)
    event = _event_of(bundle)
    return Message(
        id=_matching(_ID, text(bundle.root, "id")),
        digest=bundle.digest,
        event=event,
        change=_change_of(bundle),
        version=_version_of(bundle),
        sent_at=instant(bundle.header, "timestamp"),
        sender=_sender_of(bundle),
        child=child_from(patient, bundle) if patient else None,
        birth=births.birth_from(bundle) if event == BIRTH_DETAILS else None,
        contacts=tuple(related_person_from(one) for one in bundle.of_kind("RelatedPerson")),
    )


def _faults_of(message: Message, bundle: Bundle, at: datetime) -> Iterator[Fault]:
    yield from bundle.faults()
    yield from rules.of_the_header(message)
    if message.event:
        if message.event not in READ:
            yield Fault(Reason.NOT_READ_YET)
        if not is_what_it_says(bundle, message.event):
            yield Fault(Reason.NOT_WHAT_IT_SAYS)
    if message.event == BIRTH_DETAILS:
        yield from births.faults_of(bundle)
    yield from rules.of_the_people(message, bundle)
    yield from dates.faults_of(message, bundle, at)


def _event_of(bundle: Bundle) -> str:
    coding = node(bundle.header, "event")
    code = text(coding, "code")
    return code if code in EVENTS and text(coding, "system") in ("", EVENT_SYSTEM) else ""


def _change_of(bundle: Bundle) -> Change | None:
    said = extension(bundle.header, "Extension-DCH-MessageEventType-1")
    given = set(codes(node(said, "valueCodeableConcept"))) & set(Change)
    return Change(given.pop()) if len(given) == 1 else None


def _version_of(bundle: Bundle) -> int | None:
    """The sequence number: the version of the header, or of the bundle; none where the two differ."""
    metas = (node(bundle.header, "meta"), node(bundle.root, "meta"))
    given = {version for meta in metas if (version := text(meta, "versionId"))}
    said = given.pop() if len(given) == 1 else ""
    return int(said) if _VERSION.fullmatch(said) else None


def _sender_of(bundle: Bundle) -> str:
    """The organisation responsible for the message, else the one its source is addressed by."""
    responsible = organisation_code(bundle.resolve(node(bundle.header, "responsible")))
    scheme, _, code = text(node(bundle.header, "source"), "endpoint").rpartition(":")
    return responsible or (ods.parse(code) if scheme == _ENDPOINT else "")


def _matching(shape: re.Pattern[str], said: str) -> str:
    return said if shape.fullmatch(said) else ""
