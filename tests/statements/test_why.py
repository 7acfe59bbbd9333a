"""Being told: no care waits for an agreement, and nobody is served untold without a word on why."""

from dataclasses import replace
from uuid import uuid4

import pytest

from kept.record.contacts import actions as contacts
from kept.record.contacts.actions import NotRecorded, record_contact
from kept.record.contacts.values import NEW_BIRTH_VISIT, NewContact, NoticeGivenNow
from kept.record.reads import open_record
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import about, session
from tests.statements.situations import TODAY


def closes_without_a_word(patch: pytest.MonkeyPatch) -> None:
    """Break: a first contact closes with nothing said about the notice."""
    as_superuser("alter table record_contact drop constraint a_new_birth_visit_closes_with_its_notice")
    patch.setattr(contacts, "faults_of", lambda *_, **__: {})


@pytest.mark.proves("hv-2.03", breaks=closes_without_a_word)
def test_a_new_birth_visit_closes_with_the_notice_given_or_the_reason_why_not(
    people: Cast, database: str
) -> None:
    amina = public_id_of("Amina")
    writing = {
        "by": people.hannah,
        "public_id": amina,
        "purpose": HEALTH_VISITING,
        "source": "the-person",
        "at": AT,
    }
    visit = NewContact(NEW_BIRTH_VISIT, TODAY, "home")
    with pytest.raises(NotRecorded) as untold:
        record_contact(**writing, contact=visit)
    assert set(untold.value.faults) == {"notice"}
    with session(database) as raw, raw.undone():
        amina_is = person_of("Amina")
        entry = raw.open(about(amina_is, record=("care.contact",)), source="the-person")
        closing = {"kind": NEW_BIRTH_VISIT, "on": TODAY, "place": "home", "closed_at": AT, "once": uuid4()}
        assert raw.writes("record_contact", amina_is, entry, **closing) == "23514"
    given = NoticeGivenNow(people.hannah.definition, "easy-read", TODAY)
    assert record_contact(**writing, contact=replace(visit, notice=given))
    shown = open_record(by=people.hannah, public_id=amina, purpose=HEALTH_VISITING, at=AT).notices.last
    assert shown
    assert (shown.version_id, shown.format, shown.on) == (people.hannah.definition, "easy-read", TODAY)


def test_care_is_recorded_with_no_agreement_on_file(people: Cast) -> None:
    contact = NewContact("home-visit", TODAY, "home", "Feeding well.")
    assert record_contact(
        by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, contact=contact,
        source="the-person", at=AT,
    )  # fmt: skip
