"""What two well-formed messages leave in the record: who is who, under one entry each, and nothing more."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from kept.database.acting import acting_as
from kept.intake.demonstration import messages
from kept.intake.demonstration.families import PLANS, Adult, Family
from kept.intake.demonstration.names import Called
from kept.intake.receipts import Result
from kept.record.caseloads.reads import open_caseload
from kept.staff import actions as staff
from kept.standards.nhs_number import test_number as number_of_nobody
from tests import cast
from tests.rooms.intake.intake_room import TEAM, Held, Room, newcomers
from tests.rooms.intake.messages import AT, BABY, FAMILY, MOTHER, resources, the, well_formed

READ = Result("message.json", "read")
AT_HOME = {"address": "4 Larkhythewater Lane, Maidstone", "postcode": "ME14 1MV", "authority": "Maidstone"}
IN_DOVER = {"address": "19 Hopbinestile Way, Dover", "postcode": "CT16 2KO", "authority": "Dover"}
CHILD = Held(
    "child",
    "Saoirse",
    "O'Rourke-Şahin",
    born_on=date(2026, 11, 12),
    sex="2",
    number=BABY.number,
    status="01",
    teams=(TEAM,),
    **AT_HOME,
)
MOTHER_HELD = Held(
    "parent",
    "Gráinne",
    "O'Rourke",
    born_on=date(1994, 2, 28),
    number=MOTHER.number,
    status="",
    phones=("07700 900123",),
    emails=("someone000001@example.org",),
    **AT_HOME,
)
FATHER_HELD = Held("parent", "Emre", "Şahin", born_on=date(1991, 7, 3), phones=("07700 900123",), **IN_DOVER)
AUNT = replace(
    MOTHER,
    relationship="ORA",
    called=Called("Nuala", "O'Rourke"),
    number=number_of_nobody(503),
    responsibility=False,
)
WHO_A_CHILD_IS = [
    "care.episode",
    "health.birth-measures",
    "identity.address",
    "identity.date-of-birth",
    "identity.name",
    "identity.nhs-number",
    "identity.sex",
]


def with_adults(*adults: Adult) -> Family:
    return replace(FAMILY, adults=adults)


def named_by_the_last_entry(room: Room) -> list[tuple[str, list[str]]]:
    """Whom the last entry names, by given name, and what it opened to record about each."""
    return room.told(
        "select n.given, s.recorded from ledger_subject s join record_person p using (ledger_id)"
        " join record_name n on n.person_id = p.id and n.until_on is null"
        " where s.entry_id = (select max(id) from ledger_entry) order by p.id"
    )


@pytest.mark.parametrize("order", [("CH005", "CH023"), ("CH023", "CH005")], ids=["in order", "the other way"])
def test_a_family_is_registered_whichever_message_comes_first(room: Room, order: tuple[str, str]) -> None:
    assert [room.send(well_formed(event)) for event in order] == [READ, READ]
    assert room.held() == [CHILD, MOTHER_HELD, FATHER_HELD]
    assert room.related() == [
        ("Saoirse", "Gráinne", "BPM", True, True),
        ("Saoirse", "Emre", "BPF", True, False),
    ]
    assert room.states() == {"read": 2}


def test_the_child_is_on_the_caseload_of_the_team_that_works_where_the_family_lives(
    room: Room, people: cast.Cast
) -> None:
    room.send(well_formed("CH005"))
    assert people.hannah.account
    with acting_as("owner"):
        staff.join_team(
            by=cast.BY, account=people.hannah.account, service=cast.HEALTH_VISITING, team=TEAM, at=AT
        )
    caseload = open_caseload(by=people.hannah, purpose=cast.HEALTH_VISITING, at=AT)
    assert "Saoirse O'Rourke-Şahin" in {one.child.name for one in caseload.children}
    others = open_caseload(by=people.samuel, purpose=cast.HEALTH_VISITING, at=AT)
    assert "Saoirse O'Rourke-Şahin" not in {one.child.name for one in others.children}


def test_each_message_is_one_entry_that_names_whom_it_registered(room: Room) -> None:
    before = room.one("select count(*) from ledger_entry")
    room.send(well_formed("CH005"))
    assert named_by_the_last_entry(room) == [("Saoirse", WHO_A_CHILD_IS)]
    room.send(well_formed("CH023"))
    assert [name for name, _ in named_by_the_last_entry(room)] == ["Saoirse", "Gráinne", "Emre"]
    assert room.one("select count(*) from ledger_entry") == before + 2
    said = room.told(
        "select process, act, purpose, outcome, source from ledger_entry order by id desc limit 2"
    )
    assert set(said) == {("intake", "register a family", cast.HEALTH_VISITING, "may", "health-organisation")}


def test_every_row_names_its_entry_and_what_it_is_held_under(room: Room) -> None:
    room.send(well_formed("CH023"))
    (entry, definition), *others = room.told(
        "select entry_id, definition_id from record_person where id > %s", room.before
    )
    assert set(others) == {(entry, definition)}
    (bundle,) = room.told("select state, entry_id, finished_at from intake_bundle")
    assert bundle == ("read", entry, AT)


def test_the_same_contacts_again_write_nothing(room: Room) -> None:
    """A newer version that says the same: who is who stands, and no row is written beside another like it."""
    room.send(well_formed("CH005"))
    room.send(well_formed("CH023", with_adults(MOTHER)))
    before = room.rows()
    again = well_formed("CH023", with_adults(MOTHER))
    again["id"] = "another"
    the(again, "MessageHeader")["meta"]["versionId"] = "2"
    assert room.send(again) == READ
    assert room.rows() == before


# Who is a parent to the notice, and who a relative


def test_of_a_relative_only_the_name_and_what_they_are_is_held(room: Room) -> None:
    message = well_formed("CH023", with_adults(AUNT))
    aunt = the(message, "RelatedPerson")
    for more in ("birthDate", "address", "telecom", "identifier"):
        aunt.pop(more)
    assert room.send(message) == READ
    assert room.held()[1] == Held("relative", "Nuala", "O'Rourke")
    assert room.related() == [("Saoirse", "Nuala", "ORA", None, True)]


@pytest.mark.parametrize("kind", ["ORA", "GPM", "OTX"], ids=["aunt", "grandmother", "emergency contact"])
def test_a_message_that_tells_more_of_a_relative_waits_and_none_of_it_is_held(room: Room, kind: str) -> None:
    before = room.rows()
    message = well_formed("CH023", with_adults(MOTHER, replace(AUNT, relationship=kind)))
    assert room.send(message) == Result("message.json", "queued", ("not-allowed",))
    assert room.rows() == before


def test_a_grandmother_with_parental_responsibility_is_held_as_a_parent_is(room: Room) -> None:
    message = well_formed("CH023", with_adults(replace(AUNT, relationship="GPM", responsibility=True)))
    assert room.send(message) == READ
    assert (room.held()[1].part, room.held()[1].number) == ("parent", AUNT.number)


# Everybody of the demonstration


def test_every_kind_of_family_is_registered_once_and_as_it_is_called(room: Room) -> None:
    some = newcomers(len(PLANS) + 6)
    for family in some:
        for birth, contacts in messages(family):
            assert room.send(birth) == READ
            assert room.send(contacts) == READ
    expected = Counter(
        (one.called.given, one.called.family) for family in some for one in (*family.children, *family.adults)
    )
    assert Counter((one.given, one.family) for one in room.held()) == expected
    assert all(len(one.teams) == (1 if one.part == "child" else 0) for one in room.held())
    assert len(room.related()) == sum(len(family.children) * len(family.adults) for family in some)


BORN = 'select gestation_days, weight_grams, "order", babies, place, told_by from record_birth where person_id > %s'


def test_how_a_child_was_born_is_held_of_the_child_alone(room: Room) -> None:
    room.send(well_formed("CH005"))
    held = room.told(f"{BORN} and until_on is null", room.before)
    assert held == [(278, 3415, 1, 1, "DEMO1", "Demonstration Maternity Unit")]
    assert (
        room.one("select distinct part from record_person p join record_birth b on b.person_id = p.id")
        == "child"
    )


def test_a_newer_birth_message_ends_what_the_older_told_of_the_birth(room: Room) -> None:
    room.send(well_formed("CH005"))
    newer = well_formed("CH005", replace(FAMILY, children=(replace(BABY, weight_grams=3425),)))
    newer["id"] = "a-newer-one"
    the(newer, "MessageHeader")["meta"]["versionId"] = "2"
    assert room.send(newer).state == "read"
    assert [row[1] for row in room.told(f"{BORN} order by id", room.before)] == [3415, 3425]
    assert [row[1] for row in room.told(f"{BORN} and until_on is null", room.before)] == [3425]


def test_a_birth_without_measures_writes_none(room: Room) -> None:
    message = well_formed("CH005")
    message["entry"] = [one for one in message["entry"] if one["resource"]["resourceType"] != "Location"]
    for one in resources(message, "Observation"):
        one["status"] = "entered-in-error"
    the(message, "Patient").pop("multipleBirthInteger")
    the(message, "Encounter").pop("location")
    assert room.send(message).state == "read"
    assert room.told(BORN, room.before) == []
