"""Two people at once about one child: one after the other, each knowing what the other did; never half of both."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from kept.database.acting import acting_as
from kept.database.trouble import changed_meanwhile
from kept.post.outbox import Outbox
from kept.record.caseloads.merging import give_all
from kept.record.circumstances.actions import record_circumstance
from kept.record.circumstances.values import NewCircumstance
from kept.record.emergency.values import NewEmergencyContact
from kept.record.episodes.actions import NotChanged, begin_again, end_episode, give_to_team, name_professional
from kept.record.families.details import change_details
from kept.record.letters.actions import NotSent
from tests import cast
from tests.cast import AT, HEALTH_VISITING, NORTH, SOUTH, Cast, as_superuser, person_of, public_id_of
from tests.rooms.record.hiding import hide, team
from tests.rooms.record.test_care import account_of
from tests.rooms.record.test_details import AMINA
from tests.rooms.record.test_emergency import names as names_contact
from tests.rooms.record.test_letters import sends
from tests.rooms.record.test_reviews import records, reviews

TODAY = AT.date()
EAST = "Kent East"
LONGEST_SECONDS = 40
WAITING = """
select count(*) from pg_locks
where not granted and database = (select oid from pg_database where datname = current_database())
"""


def together(*does: Callable[[], object]) -> list[object]:
    """What each of these answers, an error too, where all have read what they decide by before any of them writes."""
    answers: list[object] = [None] * len(does)

    def begins(place: int, do: Callable[[], object]) -> None:
        try:
            for role in ("default", "intake"):  # on a slow machine the second may come late
                with connections[role].cursor() as cursor:
                    cursor.execute("set lock_timeout = '60s'")
            answers[place] = do()
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=begins, args=each) for each in enumerate(does)]
    with cast.superuser() as held:
        held.execute("lock table ledger_entry in share row exclusive mode")
        for thread in threads:
            thread.start()
        until = monotonic() + LONGEST_SECONDS
        while as_superuser(WAITING)[0][0] < len(does):
            assert monotonic() < until, f"somebody does not get so far: {answers}"
            sleep(0.02)
    for thread in threads:
        thread.join(LONGEST_SECONDS)
    return answers


def done_or_told(done: list[object]) -> bool:
    """Each did it, or is told in a sentence that somebody was first: none of it is a fault."""
    said = [one for one in done if one is not None]
    return all(isinstance(one, NotChanged) or changed_meanwhile(one) for one in said)  # type: ignore[arg-type]


def about(by: Any, given: str = "Amina") -> dict[str, Any]:
    return {"by": by, "public_id": public_id_of(given), "purpose": HEALTH_VISITING, "at": AT}


def teams_of(given: str = "Amina") -> list[str]:
    rows = as_superuser(
        "select t.name from record_caseload_place c join staff_team t on t.id = c.team_id"
        " where c.person_id = %s and c.until_on is null order by 1",
        person_of(given),
    )
    return [name for (name,) in rows]


def now(table: str, columns: str = "1", given: str = "Amina") -> list[tuple]:
    return as_superuser(
        f"select {columns} from {table} where person_id = %s and until_on is null", person_of(given)
    )


@pytest.fixture
def east(people: Cast) -> int:
    as_superuser(
        "insert into staff_team (service, name, postcode_districts) values (%s, %s, '{}')",
        HEALTH_VISITING,
        EAST,
    )
    return team(EAST)


def ends(people: Cast) -> None:
    said = {"because": "moved", "hand_over": "declined", "ended_on": TODAY}
    end_episode(**about(people.hannah), **said)


def test_a_child_who_is_given_to_two_teams_is_on_one_caseload(people: Cast, east: int) -> None:
    done = together(
        lambda: give_to_team(**about(people.hannah), team=team(SOUTH)),
        lambda: give_to_team(**about(people.nadia), team=east),
    )
    assert done_or_told(done)
    assert len(teams_of()) == 1


def test_a_child_whose_care_ends_is_on_no_caseload(people: Cast) -> None:
    """Where the other team was first, care does not end: whoever ends it is told so, and the child is there."""
    done = together(lambda: ends(people), lambda: give_to_team(**about(people.nadia), team=team(SOUTH)))
    assert done_or_told(done)
    ended = done[0] is None
    assert (len(now("record_episode")), teams_of()) == ((0, []) if ended else (1, [SOUTH]))


def test_a_child_who_leaves_a_team_meanwhile_does_not_go_with_the_others(people: Cast, east: int) -> None:
    def all_go() -> None:
        with acting_as("intake"):
            give_all(by=people.intake, team=team(NORTH), into=team(SOUTH), at=AT, told=lambda _: None)

    done = together(all_go, lambda: give_to_team(**about(people.hannah), team=east))
    assert done_or_told(done)
    assert len(teams_of()) == 1


def test_a_child_whose_care_ends_meanwhile_does_not_go_with_the_others(people: Cast) -> None:
    def all_go() -> None:
        with acting_as("intake"):
            give_all(by=people.intake, team=team(NORTH), into=team(SOUTH), at=AT, told=lambda _: None)

    done = together(all_go, lambda: ends(people))
    assert done_or_told(done)
    assert done[0] is None
    assert (len(now("record_episode")), len(teams_of())) in ((0, 0), (1, 1))


def test_one_is_named(people: Cast) -> None:
    def names(by: Any) -> None:
        name_professional(**about(by), account=account_of("hannah"))

    assert together(lambda: names(people.hannah), lambda: names(people.nadia)) == [None, None]
    assert len(now("record_named_professional")) == 1


def test_care_begins_again_once(people: Cast) -> None:
    ends(people)
    begins = [{**about(people.imani), "team": team(to), "authority": "kent"} for to in (NORTH, SOUTH)]
    done = together(*(lambda said=said: begin_again(**said) for said in begins))
    assert sorted(type(one) for one in done if one) == [NotChanged]
    assert (len(now("record_episode")), len(teams_of())) == (1, 1)


def test_one_is_called_in_an_emergency(people: Cast, cleo: int) -> None:
    """The second had read that nobody was named, and is told that this is so no more."""
    bea = NewEmergencyContact("Bea Friend", "07700 900 556", "friend")
    done = together(lambda: names_contact(people.pia), lambda: names_contact(people.pia, bea))
    assert [changed_meanwhile(one) for one in done if one] == ["one_emergency_contact"]
    held = as_superuser(
        "select count(*) from record_relationship r join record_person p on p.id = r.person_id"
        " where p.part = 'emergency-contact' and r.until_on is null"
    )
    assert held == [(1,)]


def test_one_answer_is_current(people: Cast) -> None:
    def says(said: str) -> None:
        new = NewCircumstance("background.ethnicity", said)
        record_circumstance(**about(people.hannah), about=public_id_of("Grace"), new=new)

    assert together(lambda: says("N"), lambda: says("Z")) == [None, None]
    assert len(now("record_circumstance", given="Grace")) == 1


def test_a_review_that_is_sent_twice_at_once_is_written_once(people: Cast) -> None:
    number, once = records(people.hannah, "circumstances.domestic-abuse"), uuid4()

    def says() -> bool:
        return reviews(people.hannah, number, "no-longer-so", why="It ended.", once=once)

    assert sorted(map(str, together(says, says))) == ["False", "True"]
    assert as_superuser("select count(*) from record_circumstance_review") == [(1,)]


def test_one_name_is_current(people: Cast) -> None:
    def says(by: Any, said: Any) -> None:
        change_details(**about(by), about=public_id_of("Amina"), said=said)

    done = together(
        lambda: says(people.hannah, replace(AMINA, given="Amína", postcode="CT1 2ZZ")),
        lambda: says(people.hannah, replace(AMINA, given="Aminah", postcode="CT1 3ZZ")),
    )
    assert not [one for one in done if isinstance(one, Exception)]
    current = as_superuser("select count(*) from record_name where given like %s and until_on is null", "Am%")
    assert current == [(1,)]


def test_one_restriction_holds(people: Cast) -> None:
    assert together(lambda: hide(people, "person"), lambda: hide(people, "person")) == [
        None,
        None,
    ]
    assert len(now("record_restriction", given="Grace")) == 1


def test_one_of_two_letters_to_one_parent_goes(people: Cast, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    done = together(
        lambda: sends(outbox, people.hannah, letter=uuid4()),
        lambda: sends(outbox, people.hannah, letter=uuid4()),
    )
    assert sorted(type(one) for one in done if one is not True) == [NotSent]
    assert as_superuser("select count(*) from record_letter") == [(1,)]
