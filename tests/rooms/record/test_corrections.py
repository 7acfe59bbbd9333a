"""Correcting what was recorded: what was said stays, and says what was wrong with it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from kept.ledger.entries import Refused
from kept.record.caseloads.reads import open_caseload
from kept.record.contacts.actions import NotRecorded
from kept.record.contacts.corrections import Correction, correct_contact, open_contact
from kept.record.contacts.values import NewContact
from kept.record.reads import open_record
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import DENIED, session
from tests.rooms.ledger.raw import about as about_person
from tests.rooms.record.visits import ALONE, TODAY, records, visit

LATER = AT + timedelta(minutes=5)
WRONG = "The weight was of the twin."


def about(by: Any, given: str = "Amina") -> dict[str, Any]:
    return {"by": by, "public_id": public_id_of(given), "purpose": HEALTH_VISITING, "at": LATER}


def recorded(people: Cast, contact: NewContact | None = None) -> int:
    records(people.hannah, contact or visit())
    return as_superuser("select max(id) from record_contact")[0][0]


def corrects(
    by: Any, number: int, contact: NewContact | None, why: str = WRONG, once: Any = None, given: str = "Amina"
) -> bool:
    said = Correction(why, contact, once or uuid4())
    return correct_contact(**about(by, given), number=number, correction=said, source="the-person")


def shown(people: Cast) -> Any:
    return open_record(**about(people.hannah))


def test_a_contact_is_put_into_the_form_as_it_was_recorded(people: Cast) -> None:
    number = recorded(people)
    found = open_contact(**about(people.hannah), number=number)
    assert (found.note, found.weight_grams, found.kind) == ("Feeding well.", 3600, "new-birth-visit")
    assert found.notice
    assert found.notice.format == "leaflet"


def test_the_corrected_contact_stands_and_what_was_said_stays_below_it(people: Cast) -> None:
    number = recorded(people)
    found = open_contact(**about(people.hannah), number=number)
    assert corrects(
        people.hannah, number, replace(found, weight_grams=3200, note="Feeding well, and sleeping.")
    )
    (contact,) = shown(people).contacts
    assert (contact.note, contact.why) == ("Feeding well, and sleeping.", WRONG)
    assert contact.before.note == "Feeding well."
    assert contact.before.before is None
    assert [one.value for one in shown(people).measurements] == [3200]
    assert as_superuser("select value, until_on is null from record_measurement order by id") == [
        (3600, False),
        (3200, True),
    ]
    assert shown(people).told


def test_a_correction_is_corrected_in_its_turn(people: Cast) -> None:
    number = recorded(people)
    found = open_contact(**about(people.hannah), number=number)
    corrects(people.hannah, number, replace(found, note="Second."))
    (contact,) = shown(people).contacts
    corrects(people.hannah, contact.id, replace(found, note="Third."), why="Still wrong.")
    (contact,) = shown(people).contacts
    assert (contact.note, contact.before.note, contact.before.before.note) == (
        "Third.",
        "Second.",
        "Feeding well.",
    )


def test_a_contact_is_taken_back_with_all_that_belongs_to_it(people: Cast) -> None:
    number = recorded(people)
    assert corrects(people.hannah, number, None, why="It was with another family.")
    record = shown(people)
    (contact,) = record.contacts
    assert (contact.kind_in_words, contact.why) == ("Taken back", "It was with another family.")
    assert (record.measurements, record.told) == ((), False)
    (listed,) = open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=LATER).children
    assert not listed.visited
    with pytest.raises(Refused):
        open_contact(**about(people.hannah), number=contact.id)


def test_a_form_sent_twice_corrects_once(people: Cast) -> None:
    number, once = recorded(people), uuid4()
    new = visit(**ALONE, kind="home-visit")
    assert corrects(people.hannah, number, new, once=once)
    assert not corrects(people.hannah, number, new, once=once)
    assert len(as_superuser("select 1 from record_contact")) == 2


def test_of_two_who_correct_one_contact_the_second_is_told(people: Cast) -> None:
    number = recorded(people)
    corrects(people.hannah, number, visit(**ALONE, kind="home-visit"))
    with pytest.raises(NotRecorded) as wrong:
        corrects(people.hannah, number, None)
    assert "meanwhile" in wrong.value.faults["why"]


@pytest.mark.parametrize(
    ("why", "contact", "field"),
    [
        ("  ", visit(), "why"),
        ("x" * 1001, visit(), "why"),
        (WRONG, visit(on=TODAY + timedelta(days=1)), "visited_on"),
        (WRONG, visit(weight_grams=3), "weight"),
    ],
)
def test_a_correction_that_cannot_be_true_changes_nothing(
    people: Cast, why: str, contact: NewContact, field: str
) -> None:
    number = recorded(people)
    with pytest.raises(NotRecorded) as wrong:
        corrects(people.hannah, number, contact, why=why)
    assert field in wrong.value.faults
    assert as_superuser("select 1 from record_contact where corrected_at is not null") == []


@pytest.mark.parametrize("who", ["samuel", "nadia", "ada", "imani", "priya"])
def test_whoever_may_not_record_a_contact_may_not_correct_one(people: Cast, who: str) -> None:
    number = recorded(people)
    with pytest.raises(Refused):
        corrects(getattr(people, who), number, None)
    with pytest.raises(Refused):
        open_contact(**about(getattr(people, who)), number=number)
    assert as_superuser("select 1 from record_contact where corrected_at is not null") == []


def test_a_contact_of_another_child_is_corrected_through_no_other(people: Cast) -> None:
    number = recorded(people)
    with pytest.raises(NotRecorded):
        corrects(people.samuel, number, None, given="Bo")
    with pytest.raises(Refused):
        open_contact(**about(people.samuel, "Bo"), number=number)
    assert as_superuser("select 1 from record_contact where corrected_at is not null") == []


def test_the_database_lets_nothing_change_that_was_said(people: Cast, database: str) -> None:
    recorded(people)
    items = ("care.note", "care.contact")
    with session(database) as raw, raw.undone():
        raw.open(about_person(person_of("Amina"), read=items, record=items), source="the-person")
        raw.rows("savepoint before")
        for change, table in (("text = ''", "record_note"), ("kind = 'clinic'", "record_contact")):
            assert raw.told(f"update {table} set {change}") == DENIED, table
            raw.rows("rollback to before")
        mark = "update record_contact set corrected_at = now() returning id"
        assert [len(raw.rows(mark)), len(raw.rows(mark))] == [1, 0]
