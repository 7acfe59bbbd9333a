"""Recording a contact with a child's family."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from kept.ledger.entries import Allowed, Entry, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for, versions
from kept.record.contacts.models import Contact, Note
from kept.record.contacts.rules import faults_of
from kept.record.contacts.values import NewContact, NoticeGivenNow
from kept.record.episodes.reads import latest_episode
from kept.record.growth.models import Measurement
from kept.record.notices_given.models import NoticeGiven
from kept.record.people.reads import born_on
from kept.standards.days import day_of

RECORDING = "record a contact"
SO_FAR = frozenset({"identity.date-of-birth", "care.episode"})
ONCE = "record_contact_once"  # how the database names the constraint


class NotRecorded(Exception):
    """The contact was not recorded. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def record_contact(
    *, by: Asker, public_id: UUID, purpose: str, contact: NewContact, source: str, at: datetime
) -> bool:
    """Record a contact with its note, weight and notice, all or nothing; sent twice, it is written once.

    Returns False where it was written before. Raises Refused where the asker may not record any one part of it,
    NotRecorded where a part cannot be true.
    """
    on = day_of(at)
    child = next((f for f in facts(by=by, ids=[public_id], at=at) if f.part == "child"), None)
    items, definition = contact.items_held(), definition_for(by=by, on=on).definition
    stood: dict[str, Any] = {"by": by, "standing": child.standing if child else "none", "part": "child"}
    decision = may_collect(definition, **stood, items=items, purpose=purpose, source=source, on=on)
    if child is None or decision.allowed != items:
        refuse(
            by=by, act=RECORDING, purpose=purpose, decision=decision, ids=[public_id], source=source, at=at
        )
    # Nobody is visited before they were born, or once care is over: looked up where the asker may see when that was.
    so_far = may_see(definition, **stood, items=SO_FAR, purpose=purpose, on=on)
    allowed = Allowed(child.person, read=so_far.allowed, record=items)
    try:
        with entry(by=by, act=RECORDING, purpose=purpose, allowed=[allowed], source=source, at=at) as opened:
            check_contact(contact, by=by, child=child.person, on=on)
            write_contact(within=opened, person=child.person, account=by.account, contact=contact)
    except IntegrityError as error:
        # A form sent again finds its contact recorded already: nothing more is written, and nothing is wrong.
        if ONCE not in str(error):
            raise
        return False
    return True


def check_contact(contact: NewContact, *, by: Asker, child: int, on: date) -> None:
    """Raise NotRecorded where a contact cannot be true, as far as the open entry can tell."""
    begun = [version.id for version in versions(service=by.service) if version.in_force_from <= on]
    faults = faults_of(
        contact,
        born_on=born_on(person=child),
        episode=latest_episode(child=child),
        versions=begun,
        today=on,
    )
    if faults:
        raise NotRecorded(faults)


def may_record_contact(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role records contacts of a team's children: asked to offer the page, not to open it."""
    on = day_of(at)
    decision = may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="team",
        part="child",
        items=frozenset({"care.contact"}),
        purpose=purpose,
        source="the-person",
        on=on,
    )
    return bool(decision)


def write_contact(
    *,
    within: Entry,
    person: int,
    account: int | None,
    contact: NewContact,
    corrects: int | None = None,
    why: str = "",
) -> None:
    """Write a contact with its note, weight and notice in an entry that is open; perhaps in the place of another."""
    about = {"person_id": person, **within.held}
    written = Contact.objects.create(
        kind=contact.kind,
        on=contact.on,
        place=contact.place,
        account=account,
        notice_given=_write_notice(contact.notice, within, about),
        closed_at=within.at,
        once=contact.once,
        corrects_id=corrects,
        why=why,
        **about,
    )
    if contact.note:
        Note.objects.create(contact=written, text=contact.note, **about)
    if contact.weight_grams is not None:
        Measurement.objects.create(
            contact=written, kind="weight", value=contact.weight_grams, on=contact.on, **about
        )


def _write_notice(notice: NoticeGivenNow | None, within: Entry, about: dict[str, Any]) -> NoticeGiven | None:
    """What is said about the notice; a notice not given is the one in force today."""
    if notice is None:
        return None
    return NoticeGiven.objects.create(
        version_id=notice.version_id or within.definition_id,
        format=notice.format,
        on=notice.on,
        why_not=notice.why_not,
        **about,
    )
