"""Recording a contact with a family: whole, once, true, under a clause; or not at all, and why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from kept.ledger.entries import Refused
from kept.published.reads import definition_in_force, versions
from kept.record.contacts.actions import NotRecorded, record_contact
from kept.record.contacts.values import NoticeGivenNow
from kept.record.reads import open_record
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, public_id_of
from tests.rooms.record.visits import ALONE, GIVEN, TODAY, entries, records, visit, written

DAY = timedelta(days=1)
# Emoji in the astral planes, one joined of several; Arabic and Hebrew with marks of direction; a combining accent.
MANY_ALPHABETS = (
    "Visited 👶🏽 with the family 👩‍👩‍👧. نامت جيدا \u202bשלום\u202c cafe\u0301 \u2066מאמא\u2069. "
)


@pytest.mark.proves("hv-3.03")
def test_what_was_recorded_is_shown_to_the_team(people: Cast) -> None:
    assert records(people.hannah, visit())
    record = open_record(by=people.nadia, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    (contact,) = record.contacts
    assert (contact.kind_in_words, contact.on, contact.place_in_words, contact.note) == (
        "New birth visit", TODAY, "At home", "Feeding well."
    )  # fmt: skip
    assert contact.account == people.hannah.account
    assert record.notices.last
    assert (record.notices.last.format, record.notices.last.on) == ("leaflet", TODAY)
    whole = open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    assert [(one.kind, one.value, one.on) for one in whole.measurements] == [("weight", 3600, TODAY)]


def test_every_row_says_which_entry_wrote_it_and_under_which_notice(people: Cast) -> None:
    records(people.hannah, visit())
    in_force = definition_in_force(service=HEALTH_VISITING, on=TODAY)
    ((entry, clauses),) = as_superuser(
        "select id, clauses from ledger_entry where act = 'record a contact' and outcome = 'may'"
    )
    assert {"hold.growth", "see.team-child"} & set(clauses)
    for table in written():
        assert as_superuser(f"select entry_id, definition_id, source, service from {table}") == [
            (entry, in_force.id, "the-person", HEALTH_VISITING)
        ]


@pytest.mark.proves("hv-2.01")
def test_a_new_birth_visit_owes_the_notice(people: Cast) -> None:
    with pytest.raises(NotRecorded) as told:
        records(people.hannah, visit(notice=None))
    assert told.value.faults == {
        "notice": "Say which privacy notice the family was given, or why they were not given one."
    }
    assert written() == {}
    assert records(people.hannah, visit(notice=NoticeGivenNow(why_not="The family was asleep.")))
    assert records(people.hannah, visit(kind="clinic", notice=None))


def test_the_notice_is_the_one_in_force_unless_another_is_named(people: Cast) -> None:
    records(people.hannah, visit())
    in_force = definition_in_force(service=HEALTH_VISITING, on=TODAY).id
    assert as_superuser("select version_id from record_notice_given") == [(in_force,)]


@pytest.mark.parametrize("grams", [200, 60_000])
def test_a_possible_weight_is_kept_to_the_gram(people: Cast, grams: int) -> None:
    assert records(people.hannah, visit(weight_grams=grams))
    assert as_superuser("select value from record_measurement") == [(grams,)]


def test_what_cannot_be_true_is_told_field_by_field_and_nothing_is_written(people: Cast) -> None:
    other = versions(service=PAIRS)[0].pk
    wrong = {
        "visited_on": [{"on": TODAY + DAY}, {"on": TODAY + 3650 * DAY}, {"on": TODAY - 8 * DAY}],
        "weight": [
            {"weight_grams": 199},
            {"weight_grams": 60_001},
            {"weight_grams": 0},
            {"weight_grams": -3600},
        ],
        "note": [{"note": "x" * 100_001}],
        "notice_given_on": [{"notice": NoticeGivenNow(format="leaflet", on=TODAY + DAY)}],
        "notice_version": [
            {"notice": NoticeGivenNow(version_id=other, format="leaflet", on=TODAY)},
            {"notice": NoticeGivenNow(version_id=999, format="leaflet", on=TODAY)},
        ],
    }
    for field, changes in wrong.items():
        for change in changes:
            with pytest.raises(NotRecorded) as told:
                records(people.hannah, visit(**change))
            assert list(told.value.faults) == [field], change
            assert told.value.faults[field].endswith(".")
    assert written() == {}


def test_every_fault_is_told_at_once(people: Cast) -> None:
    with pytest.raises(NotRecorded) as told:
        records(people.hannah, visit(on=TODAY + DAY, weight_grams=1, notice=None))
    assert set(told.value.faults) == {"visited_on", "weight", "notice"}


def test_the_day_of_birth_is_not_before_it(people: Cast) -> None:
    assert records(people.hannah, visit(on=TODAY - 7 * DAY))


def test_a_long_note_in_any_alphabet_is_kept_to_the_letter(people: Cast) -> None:
    note = (MANY_ALPHABETS * 1_000)[:40_000]
    records(people.hannah, visit(note=note))
    record = open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    assert record.contacts[0].note == note
    assert len(note) == 40_000


def test_sent_twice_it_is_written_once(people: Cast) -> None:
    contact = visit()
    assert records(people.hannah, contact)
    before = written()
    assert not records(people.hannah, contact)
    assert written() == before


def test_of_two_alike_both_are_written(people: Cast) -> None:
    """Only the same form is the same contact: a family may be visited twice on a day."""
    assert records(people.hannah, visit(kind="home-visit"))
    assert records(people.hannah, visit(kind="home-visit"))
    assert written()["record_contact"] == 2


@pytest.mark.proves("hv-2.02")
@pytest.mark.parametrize("name", ["samuel", "nadia", "sefi", "imani", "priya", "ana", "pia", "paul"])
def test_whoever_does_not_look_after_the_child_is_refused(people: Cast, name: str) -> None:
    """Another team, a role that only reads, an overseer, another service: in the same words as for nobody's record."""
    by, words = getattr(people, name), set()
    for address in (public_id_of("Amina"), uuid4()):
        with pytest.raises(Refused) as refused:
            record_contact(
                by=by, public_id=address, purpose=by.service, contact=visit(), source="the-person", at=AT
            )
        words.add((refused.value.decision.words, refused.value.decision.rests_on))
    assert len(words) == 1
    assert written() == {}
    assert [many for account, _, _, many in entries("must not") if account == by.account] == [1, 0]


def test_where_one_part_is_not_permitted_none_is_written(people: Cast, cleo: int) -> None:
    """The Parent and Infant Relationship Service meets families, and weighs nobody."""
    weighed = visit(kind="home-visit", notice=None)
    with pytest.raises(Refused) as refused:
        records(people.pia, weighed, to="Cleo")
    assert refused.value.decision.allowed
    assert "growth.weight" in refused.value.decision.withheld
    assert written() == {}


def test_for_a_purpose_that_the_notice_does_not_name_nothing_is_recorded(people: Cast) -> None:
    with pytest.raises(Refused) as refused:
        records(people.hannah, visit(), purpose="marketing")
    assert refused.value.decision.rests_on == ("why.only-these",)
    assert written() == {}


def test_a_contact_that_fails_half_way_leaves_nothing(people: Cast) -> None:
    """The weight is written last. Whatever stops it takes the visit, the note and the notice with it."""
    as_superuser("alter table record_measurement add constraint not_that_one check (value <> 3601)")
    before = as_superuser("select count(*) from ledger_entry")
    with pytest.raises(IntegrityError, match="not_that_one"):
        records(people.hannah, visit(weight_grams=3601))
    assert written() == {}
    assert as_superuser("select count(*) from ledger_entry") == before
    assert records(people.hannah, visit())


def test_the_database_itself_holds_a_visit_open_without_its_notice(people: Cast) -> None:
    records(people.hannah, visit(kind="clinic", **ALONE))
    with pytest.raises(Exception, match="a_new_birth_visit_closes_with_its_notice"):
        as_superuser("update record_contact set kind = 'new-birth-visit'")
    assert GIVEN.on == TODAY
