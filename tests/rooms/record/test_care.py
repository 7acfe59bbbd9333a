"""Who looks after a child: care begins and ends by what the notice serves, one practitioner is named, a team has it."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from kept.ledger.entries import Refused, facts
from kept.record.caseloads.reads import open_caseload
from kept.record.contacts.actions import NotRecorded
from kept.record.episodes.actions import (
    NotChanged,
    begin_again,
    end_episode,
    give_to_team,
    name_professional,
    open_care,
)
from kept.record.families.actions import NotRegistered
from kept.record.reads import open_record
from kept.record.search.reads import search
from kept.record.search.values import Sought
from tests.cast import AT, HEALTH_VISITING, SOUTH, Cast, as_superuser, person_of, public_id_of
from tests.rooms.record.test_registering import registers, team
from tests.rooms.record.visits import ALONE, records, visit

TODAY = AT.date()
BORN = date(2026, 11, 15)
FIVE = date(2031, 11, 15)


def about(by: Any, given: str = "Amina") -> dict[str, Any]:
    return {"by": by, "public_id": public_id_of(given), "purpose": HEALTH_VISITING, "at": AT}


def account_of(name: str) -> int:
    return as_superuser("select id from staff_account where name = %s", name.capitalize())[0][0]


def names(people: Cast, who: str = "hannah") -> None:
    name_professional(**about(people.hannah), account=account_of(who))


def ends(by: Any, because: str = "moved", hand_over: str = "not-offered", on: date = TODAY) -> None:
    end_episode(**about(by), because=because, hand_over=hand_over, ended_on=on)


def care_of(people: Cast, given: str = "Amina") -> Any:
    return open_record(**about(people.hannah, given)).care


def older(given: str, years: int) -> None:
    """Let a child have been born, and taken into care, so many years before."""
    person = person_of(given)
    as_superuser(
        "update record_episode set from_on = from_on - %s, serves_until_on = serves_until_on - %s"
        " where person_id = %s",
        timedelta(days=years * 365),
        timedelta(days=years * 366),
        person,
    )


def test_care_begins_with_the_registration_and_says_when_the_child_is_too_old(people: Cast) -> None:
    (episode,) = care_of(people).episodes
    assert (episode.from_on, episode.serves_until_on, episode.until_on) == (TODAY, FIVE, None)
    assert episode.is_open(on=FIVE - timedelta(days=1))
    assert not episode.is_open(on=FIVE)
    entered = as_superuser(
        "select count(distinct entry_id) from (select entry_id from record_episode where person_id = %s"
        " union all select entry_id from record_person where id = %s) e",
        person_of("Amina"),
        person_of("Amina"),
    )
    assert entered == [(1,)]


def test_one_practitioner_of_the_team_is_named_and_the_one_before_stays_written(people: Cast) -> None:
    names(people)
    names(people)
    care = care_of(people)
    assert (care.named, care.named_since_on) == ("Hannah", TODAY)
    assert len(as_superuser("select 1 from record_named_professional")) == 1
    name_professional(**about(people.nadia), account=None)
    assert care_of(people).named == ""
    assert as_superuser("select account, until_on from record_named_professional") == [
        (account_of("hannah"), TODAY)
    ]


@pytest.mark.parametrize("who", ["samuel", "nadia", "ada", "imani", "pia", "priya"])
def test_nobody_is_named_who_is_no_practitioner_of_the_childs_team(people: Cast, who: str) -> None:
    with pytest.raises(NotChanged):
        names(people, who)
    assert as_superuser("select 1 from record_named_professional") == []


def test_whoever_is_named_stands_so_and_for_the_parents_too_as_long_as_they_are_on_the_team(
    people: Cast,
) -> None:
    def standings() -> set[str]:
        return {
            fact.standing
            for fact in facts(by=people.hannah, ids=[public_id_of("Amina")], with_family=True, at=AT)
        }

    assert standings() == {"team"}
    names(people)
    assert standings() == {"named"}
    as_superuser(
        "update staff_team_member set until_on = %s where account_id = %s", TODAY, account_of("hannah")
    )
    assert standings() == {"service"}


def test_the_one_who_is_named_may_all_that_the_team_may(people: Cast) -> None:
    names(people)
    assert records(people.hannah, visit())
    assert open_record(**about(people.hannah)).contacts


@pytest.mark.parametrize("who", ["samuel", "ada", "sefi", "priya", "pia", "ira"])
def test_whoever_may_not_say_who_looks_after_a_child_is_refused_at_every_verb(people: Cast, who: str) -> None:
    by = getattr(people, who)
    asking = about(by) | {"purpose": by.service}
    for refused in (
        lambda: open_care(**asking),
        lambda: name_professional(**asking, account=account_of("hannah")),
        lambda: give_to_team(**asking, team=team(SOUTH)),
        lambda: end_episode(**asking, because="moved", hand_over="declined", ended_on=TODAY),
        lambda: begin_again(**asking, team=team(SOUTH), authority="kent"),
    ):
        with pytest.raises(Refused):
            refused()
    assert as_superuser("select 1 from record_episode where until_on is not null") == []


@pytest.mark.parametrize("by", ["hannah", "nadia", "imani"])
def test_a_child_is_given_to_another_team_and_its_reach_goes_along(people: Cast, by: str) -> None:
    names(people)
    give_to_team(**about(getattr(people, by)), team=team(SOUTH))
    give_to_team(**about(people.imani), team=team(SOUTH))
    with pytest.raises(Refused):
        open_record(**about(people.hannah))
    care = open_record(**about(people.samuel)).care
    assert (care.teams, care.named) == ((SOUTH,), "")
    assert (
        len(as_superuser("select 1 from record_caseload_place where person_id = %s", person_of("Amina"))) == 2
    )


def test_a_child_is_given_to_no_team_of_another_service(people: Cast) -> None:
    (pairs,) = as_superuser("select id from staff_team where name = 'Kent PAIRS'")[0]
    for wrong in (pairs, 0):
        with pytest.raises(NotChanged):
            give_to_team(**about(people.hannah), team=wrong)


def test_care_ends_with_a_reason_and_the_child_leaves_every_caseload(people: Cast) -> None:
    names(people)
    ends(people.hannah)
    with pytest.raises(Refused):
        open_record(**about(people.hannah))
    assert open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT).children == ()
    held = as_superuser("select until_on, ended_because, hand_over from record_episode where person_id = %s",
                        person_of("Amina"))  # fmt: skip
    assert held == [(TODAY, "moved", "not-offered")]
    with pytest.raises(NotChanged):
        ends(people.imani)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"because": ""}, "because"),
        ({"because": "age"}, "because"),
        ({"hand_over": ""}, "hand_over"),
        ({"on": TODAY + timedelta(days=1)}, "ended_on"),
        ({"on": TODAY - timedelta(days=1)}, "ended_on"),
        ({"on": None}, "ended_on"),
    ],
)
def test_an_ending_that_cannot_be_so_changes_nothing(people: Cast, said: dict[str, Any], field: str) -> None:
    with pytest.raises(NotChanged) as wrong:
        ends(people.hannah, **said)
    assert set(wrong.value.faults) == {field}
    assert care_of(people).latest.until_on is None


def test_care_begins_again_with_a_person_and_the_time_before_stays(people: Cast) -> None:
    ends(people.hannah)
    with pytest.raises(NotRegistered) as waits:
        registers(people)
    assert waits.value.reasons == ("care-has-ended",)
    with pytest.raises(NotChanged) as elsewhere:
        begin_again(**about(people.imani), team=team(SOUTH), authority="elsewhere")
    assert set(elsewhere.value.faults) == {"authority"}
    begin_again(**about(people.imani), team=team(SOUTH), authority="kent")
    episodes = open_record(**about(people.samuel)).care.episodes
    assert [episode.ended_because for episode in episodes] == ["", "moved"]
    with pytest.raises(NotChanged):
        begin_again(**about(people.imani), team=team(SOUTH), authority="kent")


def test_a_child_who_has_grown_out_of_the_service_is_not_taken_on_again(people: Cast) -> None:
    ends(people.hannah)
    as_superuser(
        "update record_date_of_birth set born_on = '2021-11-22' where person_id = %s", person_of("Amina")
    )
    with pytest.raises(Refused) as refused:
        begin_again(**about(people.imani), team=team(SOUTH), authority="kent")
    assert refused.value.decision.rests_on == ("who.ages",)
    assert len(as_superuser("select 1 from record_episode where person_id = %s", person_of("Amina"))) == 1


def test_no_contact_is_recorded_for_a_day_on_which_care_was_over(people: Cast) -> None:
    older("Amina", 5)
    (listed,) = open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT).children
    assert listed.served_until_on
    assert listed.served_until_on <= TODAY
    with pytest.raises(NotRecorded) as wrong:
        records(people.hannah, visit(**ALONE, kind="home-visit", on=TODAY))
    assert "grown out" in wrong.value.faults["visited_on"]
    ends(people.hannah, because="age", hand_over="accepted")


def test_two_times_of_care_do_not_stand_beside_each_other(people: Cast) -> None:
    columns = "service, entry_id, definition_id, source, recorded_at, from_on, person_id"
    with pytest.raises(psycopg.errors.UniqueViolation):
        as_superuser(f"insert into record_episode ({columns}) select {columns} from record_episode limit 1")


def test_a_child_is_found_by_whoever_is_named_for_them(people: Cast) -> None:
    names(people)
    found = search(by=people.hannah, sought=Sought(name="Amina"), purpose=HEALTH_VISITING, at=AT)
    assert [one.name for one in found.people] == ["Amina Okafor"]
