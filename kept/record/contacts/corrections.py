"""Correcting a contact: what was said stays, and the contact as it should have been stands in its place."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from django.db import IntegrityError

from kept.ledger.entries import Allowed, Entry, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.contacts.actions import ONCE, SO_FAR, NotRecorded, check_contact, write_contact
from kept.record.contacts.models import Contact, Note
from kept.record.contacts.values import TAKEN_BACK, NewContact, NoticeGivenNow
from kept.record.growth.models import Measurement
from kept.record.notices_given.models import NoticeGiven
from kept.standards.days import day_of

CORRECTING, READING = "correct a contact", "read a contact to correct it"
OF_A_CONTACT = frozenset({"care.contact", "care.note", "care.notice-given", "growth.weight"})
MOST_LETTERS = 1_000


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong; and the contact as it should have been, or nothing where there should be none.

    `once` is made by the form: sent twice, it is written once.
    """

    why: str
    contact: NewContact | None
    once: UUID


def open_contact(*, by: Asker, public_id: UUID, number: int, purpose: str, at: datetime) -> NewContact:
    """A contact as it was recorded, to be put into a form. Raises Refused where the asker may not correct it, or where
    there is none of this number that still stands."""
    child, allowed = _may(
        by=by, act=READING, public_id=public_id, purpose=purpose, source="the-person", at=at
    )
    with entry(by=by, act=READING, purpose=purpose, allowed=[replace(allowed, record=frozenset())], at=at):
        held = _standing(child.person, number)
        found = _as_recorded(held) if held else None
    if found is None:
        _refuse(by=by, act=READING, public_id=public_id, purpose=purpose, at=at)
    return found


def correct_contact(
    *,
    by: Asker,
    public_id: UUID,
    number: int,
    purpose: str,
    correction: Correction,
    source: str,
    at: datetime,
) -> bool:
    """Put another contact in the place of one, or take it back; its note, weight and notice go with it, and all of it
    stays as it was said. Returns False where this was done before by the same form.

    Raises Refused where the asker may not record any one part of it; NotRecorded where a part cannot be true, or where
    somebody corrected the same contact meanwhile.
    """
    if not correction.why.strip():
        raise NotRecorded({"why": "Say what was wrong."})
    if len(correction.why) > MOST_LETTERS:
        raise NotRecorded({"why": f"Say what was wrong in at most {MOST_LETTERS:,} letters."})
    what: dict[str, Any] = {"by": by, "act": CORRECTING, "public_id": public_id, "purpose": purpose, "at": at}
    child, allowed = _may(source=source, contact=correction.contact, **what)
    try:
        with entry(by=by, act=CORRECTING, purpose=purpose, allowed=[allowed], source=source, at=at) as opened:
            if correction.contact:
                check_contact(correction.contact, by=by, child=child.person, on=day_of(at))
            held = _standing(child.person, number)
            if held is None and not Contact.objects.filter(once=correction.once).exists():
                raise NotRecorded(
                    {"why": "Somebody corrected this contact meanwhile. Open the record again."}
                )
            if held is None:
                return False
            _mark(held, at)
            _write(opened, held, correction, by.account)
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        return False
    return True


def _may(
    *,
    by: Asker,
    act: str,
    public_id: UUID,
    purpose: str,
    source: str,
    contact: NewContact | None = None,
    at: datetime,
) -> tuple[Fact, Allowed]:
    """The child, and what the entry opens: to record what is said, and to mark all that belongs to what was said."""
    on = day_of(at)
    child = next((f for f in facts(by=by, ids=[public_id], at=at) if f.part == "child"), None)
    definition = definition_for(by=by, on=on).definition
    stood: dict[str, Any] = {"by": by, "standing": child.standing if child else "none", "part": "child"}
    needed = (contact.items_held() if contact else frozenset()) | {"care.contact"}
    decision = may_collect(definition, **stood, items=needed, purpose=purpose, source=source, on=on)
    if child is None or decision.allowed != needed:
        refuse(by=by, act=act, purpose=purpose, decision=decision, ids=[public_id], source=source, at=at)
    marks = may_collect(definition, **stood, items=OF_A_CONTACT, purpose=purpose, source=source, on=on)
    seen = may_see(definition, **stood, items=OF_A_CONTACT | SO_FAR, purpose=purpose, on=on)
    return child, Allowed(child.person, read=seen.allowed, record=needed | marks.allowed)


def _refuse(*, by: Asker, act: str, public_id: UUID, purpose: str, at: datetime) -> NoReturn:
    """In the words for a child whom nobody knows."""
    on = day_of(at)
    nobody = may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="none",
        part="child",
        items=frozenset({"care.contact"}),
        purpose=purpose,
        source="the-person",
        on=on,
    )
    refuse(by=by, act=act, purpose=purpose, decision=nobody, ids=[public_id], source="the-person", at=at)


def _standing(child: int, number: int) -> Contact | None:
    """The contact of this number, unless it is another child's or does not stand any more."""
    held = Contact.objects.filter(id=number, person_id=child, corrected_at=None)
    return held.exclude(kind=TAKEN_BACK).select_related("notice_given").first()


def _as_recorded(held: Contact) -> NewContact:
    note = Note.objects.filter(contact=held, corrected_at=None).first()
    weight = Measurement.objects.filter(contact=held, kind="weight", until_on=None).first()
    given = held.notice_given
    return NewContact(
        kind=held.kind,
        on=held.on,
        place=held.place,
        note=note.text if note else "",
        weight_grams=weight.value if weight else None,
        notice=NoticeGivenNow(given.version_id, given.format, given.on, given.why_not) if given else None,
    )


def _mark(held: Contact, at: datetime) -> None:
    """Mark all that was said in a contact as corrected."""
    Contact.objects.filter(id=held.pk).update(corrected_at=at)
    Note.objects.filter(contact=held).update(corrected_at=at)
    Measurement.objects.filter(contact=held).update(until_on=day_of(at))
    if held.notice_given_id:
        NoticeGiven.objects.filter(id=held.notice_given_id).update(corrected_at=at)


def _write(opened: Entry, held: Contact, correction: Correction, account: int | None) -> None:
    new = correction.contact or NewContact(kind=TAKEN_BACK, on=held.on, place=held.place)
    write_contact(
        within=opened,
        person=held.person_id,
        account=account,
        contact=replace(new, once=correction.once),
        corrects=held.pk,
        why=correction.why.strip(),
    )
