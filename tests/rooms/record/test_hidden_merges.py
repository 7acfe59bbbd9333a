"""Two records of one person of whom, or of whose family, somebody must stay hidden: nothing is shown, nothing lost."""

from dataclasses import replace
from typing import Any

import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Refused, facts
from kept.record.families.values import NewFamily
from kept.record.life_at_risk.actions import open_with_life_at_risk
from kept.record.merges.actions import say_same, undo
from kept.record.restricted.actions import end_restriction
from kept.record.restricted.reads import open_family
from kept.record.search.reads import search
from kept.record.search.values import Sought
from tests.cast import (
    AT,
    HEALTH_VISITING,
    NORTH,
    SOUTH,
    Cast,
    adult,
    as_superuser,
    child,
    public_id_of,
    register,
)
from tests.rooms.record.hiding import hide, opened, team
from tests.rooms.record.test_restricted import OUTBOX
from tests.rooms.record.visits import records, visit

AGAIN = replace(child("Amína", "Okafor", 31), nhs_number="", nhs_number_status="", postcode="CT1 2CC")
RUTH = adult("Ruth", "Okafor", 32, relationship="BPM", postcode="CT1 2CC")


def asking(by: Any) -> dict[str, Any]:
    return {"by": by, "purpose": HEALTH_VISITING, "at": AT}


def told_of_again(people: Cast, *, name: str = NORTH) -> None:
    with acting_as("intake"):
        register(by=people.intake, family=NewFamily(AGAIN, (RUTH,), team(name)))


def merges(people: Cast) -> None:
    two = {"first": public_id_of("Amina"), "other": public_id_of("Amína")}
    say_same(**two, same=True, why="One baby.", **asking(people.imani))


def undoes(people: Cast) -> None:
    undo(first=public_id_of("Amina"), other=public_id_of("Amína"), **asking(people.imani))


def ends(by: Any, given: str, what: str = "person", *, through: str = "Amina") -> None:
    end_restriction(public_id=public_id_of(through), person=public_id_of(given), what=what, reason="It is over.",
                    source="the-person", **asking(by))  # fmt: skip


def found(people: Cast, sought: Sought) -> set[str]:
    return {
        one.name.split()[0]
        for by in (people.hannah, people.samuel, people.imani)
        for one in search(sought=sought, **asking(by)).people
    }


def test_a_hidden_child_is_hidden_in_both_records_and_shown_again_in_both(people: Cast) -> None:
    told_of_again(people)
    records(people.hannah, visit(note="In the second.", kind="home-visit", notice=None), to="Amína")
    merges(people)
    hide(people, "person", given="Amina")
    assert found(people, Sought(name="Okafor")) & {"Amina", "Amína"} == set()
    for given in ("Amina", "Amína"):
        for by in (people.samuel, people.imani, people.priya, people.sefi):
            assert facts(by=by, ids=[public_id_of(given)], at=AT) == ()
        with pytest.raises(Refused):
            open_with_life_at_risk(by=people.samuel, public_id=public_id_of(given), reason="He does not answer.",
                                   confirmed_at=AT, outbox=OUTBOX, at=AT)  # fmt: skip
    record = opened(people.hannah, "Amina")
    assert {contact.note for contact in record.contacts} == {"In the second."}
    assert [one.given for one in record.also_recorded] == ["Amína"]
    ends(people.hannah, "Amina")
    assert as_superuser("select 1 from record_restriction where until_on is null") == []
    assert found(people, Sought(name="Okafor")) >= {"Amina", "Amína"}


def test_whoever_is_hidden_in_the_second_record_is_so_in_the_first(people: Cast) -> None:
    told_of_again(people)
    merges(people)
    hide(people, "person", given="Amína")
    assert found(people, Sought(name="Okafor")) & {"Amina", "Amína"} == set()
    assert [one.given for one in opened(people.hannah, "Amina").also_recorded] == ["Amína"]


def test_a_hidden_address_is_so_in_both_records(people: Cast) -> None:
    told_of_again(people)
    hide(people, "address", given="Amina")
    merges(people)
    assert found(people, Sought(postcode="CT1 2CC")) == set()
    record = opened(people.hannah, "Amina")
    assert [one.restricted_postcode for one in (record.child, *record.also_recorded)] == [
        "CT1 1CC",
        "CT1 2CC",
    ]


@pytest.mark.parametrize("name", [NORTH, SOUTH])
def test_a_mother_hidden_through_the_second_record_stays_with_the_child_with_her_warning(
    people: Cast, name: str
) -> None:
    told_of_again(people, name=name)
    by = people.hannah if name == NORTH else people.samuel
    hide(people, "person", by=by, given="Ruth", through="Amína")
    hide(people, "address", by=by, given="Ruth", through="Amína")
    merges(people)
    assert "Ruth" not in {one.given for one in opened(people.imani, "Amina").adults}
    (ruth,) = (one for one in opened(people.hannah, "Amina").adults if one.given == "Ruth")
    assert {one.what for one in ruth.restrictions} == {"person", "address"}
    assert (ruth.address, ruth.restricted_postcode, ruth.relationship) == ("", "CT1 2CC", "BPM")
    family = open_family(public_id=public_id_of("Amina"), **asking(people.hannah))
    assert "Ruth" in {one.given for one in family.people}
    assert found(people, Sought(name="Ruth Okafor")) == set()
    undoes(people)
    assert "Ruth" not in {one.given for one in opened(people.hannah, "Amina").adults}
    (ruth,) = (one for one in opened(by, "Amína").adults if one.given == "Ruth")
    assert {one.what for one in ruth.restrictions} == {"person", "address"}


def test_a_hidden_mother_of_two_records_is_ended_on_the_record_of_the_child(people: Cast) -> None:
    told_of_again(people)
    hide(people, "person", given="Ruth", through="Amína")
    merges(people)
    ends(people.hannah, "Ruth")
    assert as_superuser("select 1 from record_restriction where until_on is null") == []
    assert "Ruth" in {one.given for one in opened(people.imani, "Amina").adults}


def test_a_mother_recorded_twice_is_hidden_in_both_records(people: Cast) -> None:
    again = replace(adult("Gracie", "Okafor", 41), nhs_number="", nhs_number_status="")
    with acting_as("intake"):
        register(by=people.intake, family=NewFamily(child("Dara", "Okafor", 42), (again,), team(SOUTH)))
    two = {"first": public_id_of("Grace"), "other": public_id_of("Gracie")}
    say_same(**two, same=True, why="She says so.", **asking(people.imani))
    hide(people, "person")
    assert "Gracie" not in {one.given for one in opened(people.samuel, "Dara").adults}
    assert found(people, Sought(name="Okafor")) & {"Grace", "Gracie"} == set()
    assert {one.given for one in opened(people.hannah, "Amina").adults} == {"Grace", "Gracie"}
