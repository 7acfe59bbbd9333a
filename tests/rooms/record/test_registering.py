"""Registering a family: everybody once, found by number; what changed stands beside what was."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.record.families.actions import NotRegistered, registering
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson
from kept.staff.models import Team
from kept.standards.nhs_number import test_number as number
from tests.cast import AT, HEALTH_VISITING, NORTH, SOUTH, Cast, adult, as_superuser, child, person_of
from tests.rooms.ledger.raw import PEOPLE

LATER = AT + timedelta(days=1)
AMINA, GRACE = child("Amina", "Okafor", 1), adult("Grace", "Okafor", 2)


def team(name: str = NORTH) -> int:
    return Team.objects.using("owner").get(name=name).pk


def registers(
    people: Cast, new_child: NewPerson = AMINA, *adults: NewPerson, to: str = NORTH, **family: Any
) -> int:
    """As a message would: the child's number in the record."""
    new = NewFamily(new_child, adults, team(to), **family)
    with (
        acting_as("intake"),
        registering(
            by=people.intake, family=new, purpose=HEALTH_VISITING, source="health-organisation", at=LATER
        ) as registered,
    ):
        return registered.child


def rows() -> dict[str, list[tuple]]:
    """Everything that stands about anybody."""
    return {table: as_superuser(f"select * from {table} order by id") for table in PEOPLE}


def test_a_family_is_registered_in_one_entry(people: Cast) -> None:
    dara = registers(people, child("Dara", "Quill", 11), adult("Dot", "Quill", 12))
    ((entry,),) = as_superuser("select entry_id from record_person where id = %s", dara)
    written = {t for t in PEOPLE if as_superuser(f"select 1 from {t} where entry_id = %s limit 1", entry)}
    assert {
        "record_person",
        "record_name",
        "record_nhs_number",
        "record_relationship",
        "record_caseload_place",
    } <= written
    named = as_superuser("select count(*) from ledger_subject where entry_id = %s", entry)
    assert named == [(2,)]


def test_the_same_family_again_changes_nothing(people: Cast) -> None:
    before = rows()
    assert registers(people, AMINA, GRACE) == person_of("Amina")
    assert rows() == before


def test_one_number_is_one_person(people: Cast) -> None:
    registers(people, replace(AMINA, given="Aminah"), GRACE)
    assert as_superuser("select count(*) from record_person") == [(4,)]
    assert as_superuser(
        "select given, until_on from record_name where person_id = %s order by id", person_of("Aminah")
    ) == [("Amina", LATER.date()), ("Aminah", None)]


def test_what_differs_ends_and_is_kept(people: Cast) -> None:
    moved = {"address": "2 Larch Way", "postcode": "CT1 2AA"}
    registers(
        people, replace(AMINA, **moved), replace(GRACE, **moved, phones=("07700 900001", "07700 900002"))
    )
    grace = person_of("Grace")
    addresses = as_superuser(
        "select lines, from_on, until_on, entry_id from record_address where person_id = %s order by id",
        grace,
    )
    assert [row[:3] for row in addresses] == [
        ("1 Hopbine Lane", AT.date(), LATER.date()),
        ("2 Larch Way", LATER.date(), None),
    ]
    assert addresses[0][3] != addresses[1][3]
    phones = as_superuser("select number, until_on from record_phone where person_id = %s order by id", grace)
    assert phones == [("07700 900001", None), ("07700 900002", None)]


def test_what_is_left_out_is_not_taken_away(people: Cast) -> None:
    """A message that says nothing of an address does not say that there is none."""
    before = rows()
    registers(people, replace(AMINA, address="", postcode="", sex=""), replace(GRACE, phones=()))
    assert rows() == before


def test_a_child_stays_with_the_team_that_has_them(people: Cast) -> None:
    registers(people, AMINA, GRACE, to=SOUTH)
    assert as_superuser(
        "select team_id from record_caseload_place where person_id = %s", person_of("Amina")
    ) == [(team(NORTH),)]


def test_what_somebody_is_to_a_child_changes_with_what_is_said(people: Cast) -> None:
    registers(people, AMINA, replace(GRACE, relationship="FPM", parental_responsibility=False))
    assert as_superuser(
        "select r.kind, r.until_on, x.responsible from record_relationship r join record_parental_responsibility x"
        " on x.entry_id = r.entry_id and x.person_id = r.person_id where r.person_id = %s order by r.id",
        person_of("Grace"),
    ) == [("BPM", LATER.date(), True), ("FPM", None, False)]


@pytest.mark.parametrize(
    ("family", "why"),
    [
        ((replace(AMINA, nhs_number=number(2)),), "number-held-by-another"),
        ((AMINA, replace(GRACE, nhs_number=number(3))), "number-held-by-another"),
        ((replace(AMINA, born_on=date(2026, 11, 14)),), "date-of-birth-differs"),
        ((AMINA, replace(GRACE, born_on=date(1995, 5, 6))), "date-of-birth-differs"),
        ((AMINA, replace(GRACE, nhs_number="", nhs_number_status="")), "adult-may-be-known"),
        ((child("Dara", "Quill", 11), replace(GRACE, nhs_number=number(1))), "number-held-by-another"),
        ((replace(child("Dara", "Quill", 11), authority="Surrey"), GRACE), "authority-elsewhere"),
        ((replace(child("Dara", "Quill", 11), authority=""), GRACE), "authority-unknown"),
    ],
)
def test_what_contradicts_what_is_held_waits_for_a_person(
    people: Cast, family: tuple[NewPerson, ...], why: str
) -> None:
    """The child's number as an adult's, an adult's as a child's, another day of birth, an adult without a number."""
    before = rows()
    with pytest.raises(NotRegistered) as told:
        registers(people, *family)
    assert told.value.reasons == (why,)
    assert rows() == before


def test_two_ways_to_find_a_child_find_one_child(people: Cast) -> None:
    with pytest.raises(NotRegistered, match="number-held-by-another"):
        registers(people, AMINA, GRACE, known_child=person_of("Bo"))
    assert registers(people, AMINA, GRACE, known_child=person_of("Amina")) == person_of("Amina")


def test_a_mother_and_baby_with_one_number_are_not_registered(people: Cast) -> None:
    before = rows()
    with pytest.raises((IntegrityError, NotRegistered)):
        registers(people, child("Dara", "Quill", 11), adult("Dot", "Quill", 11))
    assert rows() == before


@pytest.mark.proves("hv-1.03")
def test_a_child_past_the_fifth_birthday_is_refused_by_the_notice(people: Cast) -> None:
    old = replace(child("Dara", "Quill", 11), born_on=LATER.date().replace(year=LATER.year - 5))
    with pytest.raises(Refused):
        registers(people, old, adult("Dot", "Quill", 12))
    assert registers(people, replace(old, born_on=old.born_on + timedelta(days=1)), adult("Dot", "Quill", 12))  # type: ignore[operator]


def test_an_item_that_the_notice_does_not_list_stops_all_of_it(people: Cast) -> None:
    """A child's telephone number: nothing of the family is written, and the refusal names the list it is not on."""
    before = rows()
    with pytest.raises(Refused) as refused:
        registers(
            people, replace(child("Dara", "Quill", 11), phones=("07700 900003",)), adult("Dot", "Quill", 12)
        )
    assert "contact.phone" in refused.value.decision.withheld
    assert rows() == before


def test_what_follows_within_the_entry_stands_or_falls_with_it(people: Cast) -> None:
    before = rows()
    family = NewFamily(child("Dara", "Quill", 11), (adult("Dot", "Quill", 12),), team())
    with (
        pytest.raises(RuntimeError, match="the message could not be put away"),
        acting_as("intake"),
        registering(
            by=people.intake, family=family, purpose=HEALTH_VISITING, source="health-organisation", at=LATER
        ),
    ):
        raise RuntimeError("the message could not be put away")
    assert rows() == before
    assert registers(people, *[family.child, *family.adults])


def test_each_service_knows_a_person_by_itself(people: Cast) -> None:
    """The same number in the other service is another row: nothing joins the two but an agreement to tell."""
    as_superuser(
        "with held as (select 'parent-infant-relationship' as service, 1 as entry_id, 1 as definition_id,"
        " '' as source, now() as recorded_at), p as (insert into record_person (service, entry_id, definition_id,"
        " source, recorded_at, part, public_id, ledger_id) select held.*, 'child', gen_random_uuid(),"
        " gen_random_uuid() from held returning id) insert into record_nhs_number (service, entry_id, definition_id,"
        " source, recorded_at, person_id, number, status, from_on)"
        " select held.*, id, %s, '01', '2026-11-22' from held, p",
        number(11),
    )
    dara = registers(people, child("Dara", "Quill", 11), adult("Dot", "Quill", 12))
    assert as_superuser("select count(*) from record_nhs_number where number = %s", number(11)) == [(2,)]
    assert as_superuser("select service from record_person where id = %s", dara) == [(HEALTH_VISITING,)]


def test_a_number_that_was_typed_is_verified_by_whoever_has_verified_it_and_by_nobody_else(
    people: Cast,
) -> None:
    typed = replace(child("Dara", "Quill", 11), nhs_number_status="02")
    dara = registers(people, typed, adult("Dot", "Quill", 12))

    def held() -> list[tuple]:
        found = (
            "select number, status, until_on is null from record_nhs_number where person_id = %s order by id"
        )
        return as_superuser(found, dara)

    registers(people, replace(typed, nhs_number_status="04"))
    assert held() == [(number(11), "02", True)]
    registers(people, replace(typed, nhs_number_status="01"))
    registers(people, replace(typed, nhs_number_status="02"))
    assert held() == [(number(11), "02", False), (number(11), "01", True)]
    ((entry,),) = as_superuser(
        "select act from ledger_entry where id = (select max(entry_id) from record_nhs_number)"
    )
    assert entry == "register a family"
