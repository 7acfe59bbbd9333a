"""Two records that may be of one person: offered with reasons, put together by a person, and taken apart again."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Refused, facts
from kept.record.caseloads.reads import open_caseload
from kept.record.episodes.actions import end_episode, give_to_team, name_professional
from kept.record.families.details import change_details
from kept.record.families.values import NewFamily
from kept.record.merges.actions import NotMerged, say_same, undo
from kept.record.merges.reads import candidates, compare, shown_in
from kept.record.reads import open_record
from tests.cast import (
    AT,
    HEALTH_VISITING,
    NORTH,
    SOUTH,
    Cast,
    adult,
    as_superuser,
    child,
    person_of,
    public_id_of,
    register,
)
from tests.rooms.ledger.raw import PEOPLE
from tests.rooms.record.hiding import hide, team
from tests.rooms.record.visits import records, visit

WHY = "The hospital says that it is one baby."
AGAIN = replace(child("Amína", "Okafor", 31), nhs_number="", nhs_number_status="", postcode="CT1 2CC")
AUNT = adult("Ruth", "Okafor", 32, relationship="ORA")


def asking(by: Any) -> dict[str, Any]:
    return {"by": by, "purpose": HEALTH_VISITING, "at": AT}


def told_of_again(people: Cast, *adults: Any, new: Any = AGAIN) -> None:
    """A second message tells of Amina with no number, so that she is registered a second time."""
    with acting_as("intake"):
        register(by=people.intake, family=NewFamily(new, adults, team(NORTH)))


def merges(by: Any, first: str = "Amina", other: str = "Amína", *, same: bool = True, why: str = WHY) -> None:
    say_same(first=public_id_of(first), other=public_id_of(other), same=same, why=why, **asking(by))


def pairs(by: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.one.given, one.other.given, one.reasons) for one in candidates(**asking(by)).pairs]


def rows() -> dict[str, list[tuple]]:
    """Everything that stands about anybody, but what merging is written in."""
    written = {"record_same_person", "record_caseload_place", "record_episode", "record_relationship",
               "record_parental_responsibility", "record_household_member"}  # fmt: skip
    return {
        table: as_superuser(f"select * from {table} order by id") for table in PEOPLE if table not in written
    }


def test_whoever_has_the_same_name_and_birthday_is_offered_with_the_reasons(people: Cast) -> None:
    assert pairs(people.imani) == []
    told_of_again(people)
    assert pairs(people.imani) == [("Amina", "Amína", ("name", "born-on", "no-number"))]


def test_a_baby_without_a_name_is_offered_by_postcode_and_birthday(people: Cast) -> None:
    told_of_again(people, new=replace(AGAIN, given="", postcode="CT1 1CC"))
    ((one, other, reasons),) = pairs(people.imani)
    assert (one, other) == ("Amina", "")
    assert set(reasons) == {"postcode", "born-on", "no-name", "no-number"}


MANY_MORE = """
insert into record_person (service, entry_id, definition_id, source, recorded_at, part, public_id, ledger_id)
select service, entry_id, definition_id, source, recorded_at, 'parent', gen_random_uuid(), gen_random_uuid()
from (select * from record_person order by id desc limit 1) p, generate_series(1, 10001)
"""


def test_a_pair_that_nobody_answers_is_still_offered_when_many_more_were_registered(people: Cast) -> None:
    told_of_again(people)
    as_superuser(MANY_MORE)
    newest = candidates(**asking(people.imani))
    assert newest.pairs == ()
    assert newest.further
    earlier = candidates(before=newest.further, **asking(people.imani))
    assert [(one.one.given, one.other and one.other.given) for one in earlier.pairs] == [("Amina", "Amína")]
    assert earlier.further is None


def test_a_baby_who_is_named_later_is_offered_however_many_were_registered_since(people: Cast) -> None:
    """Under another name at first, so that nothing spoke for it."""
    told_of_again(people, new=replace(AGAIN, given="Baby"))
    as_superuser(MANY_MORE)
    assert pairs(people.imani) == []
    baby = public_id_of("Baby")
    named = replace(AGAIN, given="Amína", nhs_number="")
    change_details(public_id=baby, about=baby, said=named, **asking(people.hannah))
    assert pairs(people.imani) == [("Amina", "Amína", ("name", "born-on", "no-number"))]


def test_so_is_one_whose_birthday_is_corrected_later(people: Cast) -> None:
    told_of_again(people, new=replace(AGAIN, born_on=date(2026, 11, 14)))
    as_superuser(MANY_MORE)
    assert pairs(people.imani) == []
    again = public_id_of("Amína")
    change_details(public_id=again, about=again, said=AGAIN, **asking(people.hannah))
    assert pairs(people.imani) == [("Amina", "Amína", ("name", "born-on", "no-number"))]


def test_twins_are_not_offered(people: Cast) -> None:
    told_of_again(people, new=child("Ada", "Okafor", 33))
    assert pairs(people.imani) == []


def test_whoever_is_restricted_is_offered_to_nobody(people: Cast) -> None:
    told_of_again(people)
    hide(people, "person", given="Amina")
    assert pairs(people.imani) == []


@pytest.mark.parametrize("who", ["hannah", "nadia", "ada", "priya", "sefi", "ira"])
def test_nobody_else_is_shown_the_list_or_says_anything(people: Cast, who: str) -> None:
    told_of_again(people)
    by = getattr(people, who)
    for refused in (
        lambda: candidates(**asking(by)),
        lambda: merges(by),
        lambda: undo(first=public_id_of("Amina"), other=public_id_of("Amína"), **asking(by)),
        lambda: compare(one=public_id_of("Amina"), other=public_id_of("Amína"), **asking(by)),
    ):
        with pytest.raises(Refused):
            refused()
    assert as_superuser("select 1 from record_same_person") == []


def test_two_records_of_one_child_are_opened_as_one_and_no_row_moves(people: Cast) -> None:
    told_of_again(people, AUNT)
    records(people.hannah, visit(note="In the first."))
    records(people.hannah, visit(note="In the second.", kind="home-visit", notice=None), to="Amína")
    before = rows()
    merges(people.imani)
    assert rows() == before
    record = open_record(public_id=public_id_of("Amina"), **asking(people.hannah))
    assert {contact.note for contact in record.contacts} == {"In the first.", "In the second."}
    assert {one.given for one in record.adults if one.part == "parent"} == {"Grace", "Ruth"}
    assert [one.given for one in record.also_recorded] == ["Amína"]
    (ruth,) = (one.person for one in record.adults if one.given == "Ruth")
    assert record.ties.responsibility[ruth].responsible
    assert ruth in record.ties.lives_since
    assert record.siblings == ()
    listed = open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT).children
    assert [one.child.given for one in listed] == ["Amina"]
    assert shown_in(by=people.hannah, public_id=public_id_of("Amína"), at=AT) == public_id_of("Amina")
    assert shown_in(by=people.imani, public_id=public_id_of("Amína"), at=AT) == public_id_of("Amina")
    assert shown_in(by=people.samuel, public_id=public_id_of("Amína"), at=AT) is None
    assert pairs(people.imani) == []


def test_it_is_undone_and_both_stand_alone_again(people: Cast) -> None:
    told_of_again(people, AUNT)
    records(people.hannah, visit(note="In the second.", kind="home-visit", notice=None), to="Amína")
    before = rows()
    merges(people.imani)
    undo(first=public_id_of("Amina"), other=public_id_of("Amína"), **asking(people.imani))
    assert rows() == before
    first = open_record(public_id=public_id_of("Amina"), **asking(people.hannah))
    second = open_record(public_id=public_id_of("Amína"), **asking(people.hannah))
    assert ([a.given for a in first.adults], [a.given for a in second.adults]) == (["Grace"], ["Ruth"])
    assert (len(first.contacts), len(second.contacts)) == (0, 1)
    assert second.care.teams == ("Kent North",)
    assert len(open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT).children) == 2
    with pytest.raises(NotMerged):
        undo(first=public_id_of("Amina"), other=public_id_of("Amína"), **asking(people.imani))


def undoes(people: Cast, at: datetime = AT) -> None:
    said = {"first": public_id_of("Amina"), "other": public_id_of("Amína")}
    undo(**said, by=people.imani, purpose=HEALTH_VISITING, at=at)


def care_of_the_other() -> tuple[list[tuple], list[tuple], list[tuple]]:
    """The other's times of care, places and whoever is named: what is not over."""
    of = "where person_id = %s and until_on is null"
    other = person_of("Amína")
    return (
        as_superuser(f"select from_on from record_episode {of}", other),
        as_superuser(
            f"select t.name from staff_team t join record_caseload_place c on t.id = c.team_id {of}", other
        ),
        as_superuser(
            f"select a.name from staff_account a join record_named_professional n on a.id = n.account {of}",
            other,
        ),
    )


def test_care_that_had_ended_before_does_not_begin_with_the_undoing(people: Cast) -> None:
    told_of_again(people)
    ending = {"because": "moved", "hand_over": "declined", "ended_on": AT.date()}
    end_episode(public_id=public_id_of("Amína"), **ending, **asking(people.hannah))
    merges(people.imani)
    undoes(people)
    assert care_of_the_other() == ([], [], [])


def test_the_other_comes_back_to_its_own_team_and_to_whoever_was_named(people: Cast) -> None:
    told_of_again(people, new=replace(AGAIN, postcode="TN9 9AB"))
    give_to_team(public_id=public_id_of("Amína"), team=team(SOUTH), **asking(people.imani))
    samuel = {"account": people.samuel.account}
    name_professional(public_id=public_id_of("Amína"), **samuel, **asking(people.samuel))
    merges(people.imani)
    undoes(people)
    assert care_of_the_other() == ([(AT.date(),)], [(SOUTH,)], [("Samuel",)])


def test_nobody_is_named_again_whose_naming_had_ended_before(people: Cast) -> None:
    told_of_again(people)
    for account in (people.hannah.account, None):
        name_professional(public_id=public_id_of("Amína"), account=account, **asking(people.hannah))
    merges(people.imani)
    undoes(people)
    assert care_of_the_other() == ([(AT.date(),)], [(NORTH,)], [])


def test_where_nobody_is_on_its_team_any_more_the_others_child_comes_to_that_of_the_two(people: Cast) -> None:
    told_of_again(people)
    give_to_team(public_id=public_id_of("Amína"), team=team(SOUTH), **asking(people.imani))
    merges(people.imani)
    as_superuser("update staff_team_member set until_on = %s where team_id = %s", AT.date(), team(SOUTH))
    undoes(people)
    assert care_of_the_other()[1] == [(NORTH,)]


def test_a_merge_is_undone_after_the_last_birthday_too_and_no_care_begins(people: Cast) -> None:
    told_of_again(people)
    merges(people.imani)
    undoes(people, at=AT.replace(year=2031, day=29))
    assert care_of_the_other() == ([], [], [])
    assert as_superuser("select 1 from record_same_person where until_on is null") == []


def test_two_who_are_two_are_not_offered_again_until_that_is_undone(people: Cast) -> None:
    told_of_again(people)
    merges(people.imani, same=False, why="They are cousins.")
    assert pairs(people.imani) == []
    said = compare(one=public_id_of("Amína"), other=public_id_of("Amina"), **asking(people.imani)).said
    assert said
    assert (said.same, said.why) == (False, "They are cousins.")
    undo(first=public_id_of("Amina"), other=public_id_of("Amína"), **asking(people.imani))
    assert len(pairs(people.imani)) == 1


def test_a_mother_who_is_recorded_twice_is_put_together(people: Cast) -> None:
    again = replace(adult("Grace", "Okafor", 41), nhs_number="", nhs_number_status="")
    told_of_again(people, again, new=child("Dara", "Okafor", 42))
    one, other = (row[0] for row in as_superuser(
        "select public_id from record_person p join record_name n on n.person_id = p.id"
        " where n.given = 'Grace' order by p.id"))  # fmt: skip
    say_same(first=one, other=other, same=True, why="She says so.", **asking(people.imani))
    standings = {fact.standing for fact in facts(by=people.hannah, ids=[one, other], at=AT)}
    assert standings == {"team"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"why": " "}, "why"),
        ({"why": "x" * 1001}, "why"),
        ({"other": "Grace"}, "said"),
        ({"other": "Amina"}, "said"),
    ],
)
def test_what_cannot_be_so_changes_nothing(people: Cast, change: dict[str, Any], field: str) -> None:
    told_of_again(people)
    with pytest.raises(NotMerged) as wrong:
        merges(people.imani, **change)
    assert field in wrong.value.faults
    assert as_superuser("select 1 from record_same_person") == []


def test_two_birthdays_are_not_one_person(people: Cast) -> None:
    told_of_again(people, new=replace(AGAIN, born_on=date(2026, 11, 14)))
    with pytest.raises(NotMerged) as wrong:
        merges(people.imani)
    assert "two different days" in wrong.value.faults["said"]


def test_no_third_record_is_put_together_with_two_that_are(people: Cast) -> None:
    told_of_again(people)
    told_of_again(people, new=replace(AGAIN, given="Aminah"))
    merges(people.imani)
    for first, other in (("Amína", "Aminah"), ("Aminah", "Amína"), ("Aminah", "Amina")):
        with pytest.raises(NotMerged):
            merges(people.imani, first, other)
