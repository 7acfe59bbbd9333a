"""A second message: repeated, changed, overtaken, about somebody who is known, or about the same baby by a number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from kept.database.acting import acting_as
from kept.intake.actions import read_bundle, still_to_read, take
from kept.intake.demonstration.elements import Json
from kept.intake.demonstration.families import Baby, Family
from kept.intake.demonstration.names import Called
from kept.intake.demonstration.places import Home
from kept.intake.faults import Reason
from kept.intake.receipts import Result
from kept.record.families.values import NewFamily
from kept.standards.nhs_number import test_number as number_of_nobody
from tests import cast
from tests.rooms.intake.intake_room import Room
from tests.rooms.intake.messages import (
    AT,
    BABY,
    BESIDE,
    FAMILY,
    MOTHER,
    as_file,
    the,
    well_formed,
)

READ = Result("message.json", "read")
NUMBERLESS = replace(BABY, number="")
SISTER = replace(BABY, serial=2, called=Called("Róisín", "Şahin"), number=number_of_nobody(505))
LOCAL = "https://fhir.nhs.uk/Id/local-patient-identifier"


def family(*children: Baby, **changed: Any) -> Family:
    return replace(FAMILY, children=children or FAMILY.children, **changed)


def version(number: int, event: str, told: Family = FAMILY) -> Json:
    """A later message of the same sender and event, with an id of its own."""
    message = well_formed(event, told)
    message["id"] = str(uuid4())
    the(message, "MessageHeader")["meta"]["versionId"] = str(number)
    return message


def queued(*reasons: str) -> Result:
    return Result("message.json", "queued", reasons)


def names(room: Room) -> list[str]:
    return [one.given for one in room.held()]


def local_number(message: Json) -> Json:
    """The sender's own number of the child, as the message gives it."""
    return next(one for one in the(message, "Patient")["identifier"] if one["system"] == LOCAL)


def without_local_number(message: Json) -> Json:
    the(message, "Patient")["identifier"].remove(local_number(message))
    return message


# The same message again


def test_the_same_bytes_again_are_known_before_anything_is_read(room: Room) -> None:
    content = as_file(well_formed("CH005"))
    room.send(content)
    rows = room.rows()
    with acting_as("intake"):
        assert take(by=room.by, file="again.json", content=content, at=AT) is False
        assert not still_to_read(by=room.by)
    assert (room.states(), room.rows()) == ({"read": 1}, rows)


def test_bytes_that_were_taken_and_not_read_are_still_to_be_read(room: Room) -> None:
    """A run that was cut off between the two; the next one takes the file again."""
    with acting_as("intake"):
        assert take(by=room.by, file="a.json", content=b"{}", at=AT)
        assert take(by=room.by, file="a.json", content=b"{}", at=AT)
        assert list(still_to_read(by=room.by).values()) == ["a.json"]


def test_the_same_message_in_other_bytes_is_repeated_and_needs_no_entry(room: Room) -> None:
    message = well_formed("CH005")
    room.send(message)
    rows, entries = room.rows(), room.one("select count(*) from ledger_entry")
    assert room.send(as_file(dict(reversed(message.items())))) == Result("message.json", "repeated")
    assert (room.rows(), room.one("select count(*) from ledger_entry")) == (rows, entries)
    assert room.states() == {"read": 1, "repeated": 1}


def test_a_repeat_of_what_waits_waits_once(room: Room) -> None:
    message = well_formed("CH005")
    the(message, "Patient")["address"][0]["district"] = "Medway"
    room.send(message)
    assert room.send(as_file(dict(reversed(message.items())))).state == "repeated"
    assert room.one("select count(*) from intake_waiting") == 1


def test_the_same_id_with_other_content_waits_and_changes_nothing(room: Room) -> None:
    room.send(well_formed("CH005"))
    other = BESIDE[Reason.SAME_ID_OTHER_CONTENT]()
    assert room.send(other) == queued("same-id-other-content")
    assert names(room) == ["Saoirse"]
    assert room.send(as_file(dict(reversed(other.items())))).state == "repeated"


# A newer and an older version


@pytest.mark.parametrize("number", [2, 11], ids=["the next", "a much later"])
def test_a_newer_version_brings_the_record_up_to_date_and_keeps_what_stood_before(
    room: Room, number: int
) -> None:
    room.send(well_formed("CH005"))
    home = Home("7 Wrenlowthorn Way", "Dover", "Dover", "CT16 2KO")
    renamed = replace(BABY, called=Called("Saoirse Mae", "O'Rourke"))
    assert room.send(version(number, "CH005", family(renamed, home=home)), at=AT.replace(hour=15)) == READ
    (child,) = room.held()
    assert (child.given, child.family, child.postcode) == ("Saoirse Mae", "O'Rourke", "CT16 2KO")
    assert room.told(
        "select given, until_on from record_name where person_id > %s order by id", room.before
    ) == [
        ("Saoirse", date(2026, 11, 22)),
        ("Saoirse Mae", None),
    ]
    assert len(child.teams) == 1


def test_an_older_version_that_comes_late_waits_and_the_newer_stands(room: Room) -> None:
    room.send(version(10, "CH005"))
    older = version(9, "CH005", family(replace(BABY, called=Called("Baby", "O'Rourke"))))
    assert room.send(older) == queued("late")
    assert names(room) == ["Saoirse"]


def test_of_two_messages_with_one_version_neither_is_taken_for_the_newer(room: Room) -> None:
    room.send(well_formed("CH005"))
    assert room.send(version(1, "CH005", family(replace(BABY, called=Called("Sadhbh", "Şahin"))))) == queued(
        "late"
    )
    assert names(room) == ["Saoirse"]


@pytest.mark.parametrize("told_of", [BABY, SISTER], ids=["another event", "another child"])
def test_versions_are_counted_for_one_event_and_one_child(room: Room, told_of: Baby) -> None:
    room.send(version(10, "CH005"))
    event = "CH023" if told_of is BABY else "CH005"
    assert room.send(version(1, event, family(told_of, adults=(MOTHER,)))) == READ


def test_an_older_version_is_late_too_when_only_the_newer_gives_an_nhs_number(room: Room) -> None:
    room.send(version(2, "CH005"))
    assert room.send(version(1, "CH005", family(NUMBERLESS))) == queued("late")
    assert names(room) == ["Saoirse"]


def test_an_older_version_is_late_too_when_only_the_newer_has_the_senders_number(room: Room) -> None:
    room.send(version(2, "CH005"))
    assert room.send(without_local_number(version(1, "CH005"))) == queued("late")


# Somebody who is known


def test_a_number_held_by_another_waits_and_says_nothing_of_the_other(room: Room) -> None:
    room.send(well_formed("CH023"))
    rows = room.rows()
    told = BESIDE[Reason.NUMBER_HELD_BY_ANOTHER]()
    told["id"] = str(uuid4())
    assert room.send(told) == queued("number-held-by-another")
    assert room.rows() == rows
    (waiting,) = room.told("select row_to_json(w)::text from intake_waiting w")
    assert MOTHER.number not in waiting[0]
    assert "Gráinne" not in waiting[0]


def test_a_child_known_by_two_numbers_as_two_children_is_for_a_person(room: Room) -> None:
    room.send(well_formed("CH005", family(NUMBERLESS)))
    room.send(well_formed("CH005", family(SISTER)))
    both = version(2, "CH005", family(replace(SISTER, serial=BABY.serial)))
    assert room.send(both) == queued("number-held-by-another")
    assert names(room) == ["Saoirse", "Róisín"]


def test_a_child_known_by_two_senders_numbers_as_two_children_is_unclear(room: Room) -> None:
    first = well_formed("CH005", family(NUMBERLESS))
    second = well_formed("CH005", family(replace(SISTER, number="")))
    room.send(first)
    room.send(second)
    both = version(2, "CH005", family(NUMBERLESS))
    the(both, "Patient")["identifier"].append(local_number(both) | {"value": local_number(second)["value"]})
    assert room.send(both) == queued("child-unclear")


@pytest.mark.parametrize("who", ["child", "mother"])
def test_another_date_of_birth_for_one_number_waits_and_the_first_stands(room: Room, who: str) -> None:
    room.send(well_formed("CH005"))
    room.send(well_formed("CH023", family(adults=(MOTHER,))))
    held = room.held()
    other = (
        version(2, "CH005", family(replace(BABY, born_at=datetime(2026, 11, 2, 6, tzinfo=UTC))))
        if who == "child"
        else version(2, "CH023", family(adults=(replace(MOTHER, born_on=date(1994, 3, 28)),)))
    )
    assert room.send(other) == queued("date-of-birth-differs")
    assert room.held() == held


def test_an_adult_without_a_number_may_be_one_whom_the_child_has(room: Room) -> None:
    room.send(well_formed("CH005"))
    room.send(well_formed("CH023"))
    assert room.send(version(2, "CH023")) == queued("adult-may-be-known")
    assert names(room) == ["Saoirse", "Gráinne", "Emre"]


def test_a_mother_is_one_person_after_a_second_birth(room: Room) -> None:
    room.send(well_formed("CH023", family(BABY, adults=(MOTHER,))))
    room.send(well_formed("CH023", family(SISTER, adults=(replace(MOTHER, phone="07700 900999"),))))
    assert names(room) == ["Saoirse", "Gráinne", "Róisín"]
    assert [(child, adult) for child, adult, *_ in room.related()] == [
        ("Saoirse", "Gráinne"),
        ("Róisín", "Gráinne"),
    ]
    assert room.held()[1].phones == ("07700 900123", "07700 900999")


def test_a_relationship_that_changed_ends_and_the_new_one_stands_beside_it(room: Room) -> None:
    room.send(well_formed("CH023", family(adults=(MOTHER,))))
    fostering = replace(MOTHER, relationship="FPM")
    assert room.send(version(2, "CH023", family(adults=(fostering,)))) == READ
    assert room.related() == [("Saoirse", "Gráinne", "FPM", True, True)]
    assert room.one("select count(*) from record_relationship where person_id > %s", room.before) == 2


def test_who_lives_in_the_home_is_not_ended_by_a_message_that_leaves_it_out(room: Room) -> None:
    room.send(well_formed("CH023", family(adults=(MOTHER,))))
    assert room.send(version(2, "CH023", family(adults=(replace(MOTHER, lives_with=False),)))) == READ
    assert room.related() == [("Saoirse", "Gráinne", "BPM", True, True)]
    assert room.one("select count(*) from record_household_member where member_id > %s", room.before) == 1


# A baby whom nobody has given an NHS number yet


def test_a_baby_without_a_number_is_found_again_by_the_senders_own(room: Room) -> None:
    assert room.send(well_formed("CH005", family(NUMBERLESS))) == READ
    assert room.send(well_formed("CH023", family(NUMBERLESS))) == READ
    assert names(room) == ["Saoirse", "Gráinne", "Emre"]
    assert room.held()[0].number is None


def knows_nobody_without_a_number(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("kept.intake.actions.numbers_of_senders", lambda message: ())


@pytest.mark.proves("hv-3.20", breaks=knows_nobody_without_a_number)
def test_a_baby_without_a_number_has_a_full_record_and_is_given_one_as_its_mother_has(room: Room) -> None:
    alone = family(NUMBERLESS, adults=(MOTHER,))
    assert [room.send(well_formed(event, alone)) for event in ("CH005", "CH023")] == [READ, READ]
    baby, mother = room.held()
    assert (baby.given, baby.born_on, baby.postcode) == ("Saoirse", date(2026, 11, 12), "ME14 1MV")
    assert (baby.number, mother.number) == (None, MOTHER.number)
    assert room.send(version(2, "CH005", family(adults=(MOTHER,)))) == READ
    assert [(one.given, one.number) for one in room.held()] == [
        ("Saoirse", BABY.number),
        ("Gráinne", MOTHER.number),
    ]


def numbered_later(room: Room, then: Callable[[Json], Json]) -> Result:
    """A baby without a number, who is then given one, and of whom a third message tells."""
    assert room.send(version(1, "CH005", family(NUMBERLESS))) == READ
    assert room.send(version(2, "CH005", family(BABY))) == READ
    assert [(one.given, one.number) for one in room.held()] == [("Saoirse", BABY.number)]
    return room.send(then(version(3, "CH005")))


@pytest.mark.parametrize(
    "then",
    [
        lambda message: message,
        without_local_number,
        lambda message: the(message, "Patient")["identifier"].pop(0) and message,
    ],
    ids=["both numbers", "the NHS number", "the sender's number"],
)
def test_a_baby_who_is_given_a_number_later_stays_one_child(room: Room, then: Callable[[Json], Json]) -> None:
    assert numbered_later(room, then) == READ
    assert [(one.given, one.number) for one in room.held()] == [("Saoirse", BABY.number)]


def test_a_second_number_of_another_organisation_leads_to_the_same_child(room: Room) -> None:
    room.send(version(1, "CH005", family(NUMBERLESS)))
    both = version(2, "CH005", family(NUMBERLESS))
    the(both, "Patient")["identifier"].append(local_number(both) | {"value": "CLINIC-7"})
    assert room.send(both) == READ
    only = version(3, "CH005", family(NUMBERLESS))
    local_number(only)["value"] = "CLINIC-7"
    assert room.send(only) == READ
    assert names(room) == ["Saoirse"]


def test_the_same_number_given_by_another_organisation_is_another_child(room: Room) -> None:
    room.send(well_formed("CH005", family(NUMBERLESS)))
    elsewhere = version(1, "CH005", family(replace(NUMBERLESS, called=Called("Idris", "Haddad"))))
    the(elsewhere, "Organization")["identifier"][0]["value"] = "RX3EP"
    assert room.send(elsewhere) == READ
    assert names(room) == ["Saoirse", "Idris"]


# Somebody else at work at the same moment


def test_a_number_registered_by_somebody_else_in_this_very_moment_waits_and_undoes_the_rest(
    room: Room, people: cast.Cast
) -> None:
    def register() -> None:
        with acting_as("intake"):
            cast.register(by=people.intake, family=theirs, at=AT)
        connections.close_all()

    def meanwhile(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if "ledger.open" in sql and other.ident is None:
            other.start()
            other.join()
        return execute(sql, *more)

    other = Thread(target=register)
    theirs = NewFamily(cast.child("Idris", "Haddad", 500), (), room.one("select min(id) from staff_team"))
    with connections["intake"].execute_wrapper(meanwhile):
        assert room.send(well_formed("CH023")) == queued("number-held-by-another")
    assert names(room) == ["Idris"]


def test_a_message_that_another_process_finished_meanwhile_is_undone_here(room: Room) -> None:
    def meanwhile(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if "ledger.open" in sql:
            room.superuser.execute("update intake_bundle set state = 'repeated', finished_at = now()")
        return execute(sql, *more)

    entries = room.one("select count(*) from ledger_entry")
    with acting_as("intake"):
        take(by=room.by, file="a.json", content=as_file(well_formed("CH005")), at=AT)
        (bundle,) = still_to_read(by=room.by)
        with connections["intake"].execute_wrapper(meanwhile):
            assert read_bundle(by=room.by, bundle_id=bundle, at=AT) is None
    assert room.held() == []
    assert room.one("select count(*) from ledger_entry") == entries
