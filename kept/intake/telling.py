"""Reading what a message tells of somebody who is known already. Nobody is registered from so little."""

from datetime import datetime

from kept.intake.child_health_events.catalogue import BESIDE_ONE_ANOTHER, LEGAL_INFORMATION, Change
from kept.intake.child_health_events.values import Message
from kept.intake.faults import Reason
from kept.intake.models import Bundle
from kept.intake.receipts import finish
from kept.intake.rules import number_of, series_of
from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.record.assessments.actions import NotTold, telling
from kept.record.assessments.values import Message as ToldIn
from kept.record.families.actions import person_with_nhs_number
from kept.record.merges.reads import records_together

SOURCE = "health-organisation"


def tell(*, by: Asker, bundle: Bundle, message: Message, known: set[int], at: datetime) -> set[Reason]:
    """Write what a message tells into the record of whom it is about; the reasons why not, where it cannot be."""
    person = who(by=by, message=message, known=known, at=at)
    if isinstance(person, Reason):
        return {person}
    records = {person, *records_together(by=by, persons=[person], at=at)}
    read = Bundle.objects.filter(service=by.service, person_id__in=records, state="read")
    corrects = read.filter(series=series_of(message)).exists()
    if reason := _unclear_beside(
        message, corrects=corrects, others=read.filter(event=message.event).exists()
    ):
        return {reason}
    try:
        with telling(
            by=by,
            person=person,
            told=() if message.change is Change.DELETE else message.told,
            message=ToldIn(series_of(message), message.sender_name),
            corrects=records if corrects else (),
            born=message.child.born_on if message.child else None,
            purpose=purpose_of(message.event, by.service),
            source=SOURCE,
            at=at,
        ) as done:
            left_out = (*message.left_out, *done.left_out)
            finish(bundle, message, state="read", entry=done.entry, person=person, left_out=left_out, at=at)
    except NotTold as why:
        return {Reason(why.reason)}
    except Refused:
        return {Reason.NOT_ALLOWED}
    return set()


def _unclear_beside(message: Message, *, corrects: bool, others: bool) -> Reason | None:
    """Why a message that may correct an earlier one of this event cannot be told from one that does not.

    Two vaccines given at one visit may come in two messages about that visit: only what says that it is an update, or
    takes something back, corrects.
    """
    beside = message.event in BESIDE_ONE_ANOTHER
    if corrects and beside and message.change is Change.NEW:
        return Reason.CORRECTS_WHAT
    if corrects:
        return Reason.NO_VERSION if message.version is None else None
    if message.change is Change.DELETE:
        return Reason.WITHDRAWN
    return Reason.CORRECTS_WHAT if message.change is Change.UPDATE and beside and others else None


def who(*, by: Asker, message: Message, known: set[int], at: datetime) -> int | Reason:
    """Whom the message is about, by NHS number or by what its sender calls them; or why that is not to be told."""
    numbered = person_with_nhs_number(by=by, number=number_of(message), at=at)
    if numbered:
        numbered = records_together(by=by, persons=[numbered], at=at).get(numbered, numbered)
    found = known | ({numbered} if numbered else set())
    if len(found) > 1:
        return Reason.NUMBER_HELD_BY_ANOTHER
    return next(iter(found), Reason.CHILD_NOT_KNOWN)


def purpose_of(event: str, service: str) -> str:
    """What a message is read for: that a child must be kept safe, or the work of the service."""
    return "keep-safe" if event == LEGAL_INFORMATION else service
