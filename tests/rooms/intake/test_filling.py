"""Filling a database with invented families: of every kind, the same every time, and nothing half-done or twice."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event, Lock
from typing import Any

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from kept.database.acting import acting_as
from kept.intake.demonstration import filling, working
from kept.intake.demonstration.batches import A_BATCH, Batch, Begun
from kept.intake.demonstration.filling import Askers, NoDemonstration, begin, fill
from kept.intake.demonstration.households import BIRTH_HISTORY, HIDDEN_BECAUSE
from kept.intake.demonstration.places import POSTAL_DISTRICTS
from kept.ledger.entries import Entry
from kept.staff.reads import teams_of
from kept.standards.nhs_number import is_test_number
from tests import cast, clusters

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
FORGET = """
truncate intake_demonstration_batch, intake_demonstration, intake_waiting, intake_bundle, ledger_subject, ledger_entry,
         record_person cascade
"""
CHILDREN = "select count(*) from record_person where part = 'child' and service = 'health-visiting'"
TABLES = "select tablename from pg_tables where tablename like 'record\\_%' and tablename <> 'record_person'"
# Everything that is held, without the numbers and names that are drawn anew: people by what they are called.
EVERYTHING = """
with who as (
    select p.id as member,
           concat_ws('/', p.service, p.part, n.given, n.family, b.born_on, i.number, a.lines, a.postcode) as who
    from record_person p
    left join record_name n on n.person_id = p.id
    left join record_date_of_birth b on b.person_id = p.id
    left join record_nhs_number i on i.person_id = p.id
    left join record_address a on a.person_id = p.id
)
select 'person', who, '' from who
union all select 'key', who, key from record_search_key join who on member = person_id
union all select 'sex', who, code from record_sex join who on member = person_id
union all select 'gender', who, words from record_gender join who on member = person_id
union all select 'phone', who, number from record_phone join who on member = person_id
union all select 'email', who, email from record_email join who on member = person_id
union all select 'home', who, concat_ws('/', kind, authority, from_on)
          from record_address join who on member = person_id
union all select 'related', w.who, concat_ws('/', c.who, kind)
          from record_relationship r join who w on w.member = r.person_id join who c on c.member = r.child_id
union all select 'responsible', w.who, concat_ws('/', c.who, responsible, evidence)
          from record_parental_responsibility r
          join who w on w.member = r.person_id join who c on c.member = r.child_id
union all select 'lives there', w.who, c.who
          from record_household_member h join who w on w.member = h.member_id join who c on c.member = h.person_id
union all select 'team', who, team_id::text from record_caseload_place join who on member = person_id
union all select 'care', who, concat_ws('/', from_on, serves_until_on)
          from record_episode join who on member = person_id
union all select 'hidden', w.who, concat_ws('/', c.who, what, reason)
          from record_restriction r join who w on w.member = r.person_id join who c on c.member = r.child_id
union all select 'told', who, concat_ws('/', kind, said, source) from record_circumstance join who on member = person_id
order by 1, 2, 3
"""


@dataclass
class Place:
    """An empty database with teams for all of Kent, and everybody at work."""

    askers: Askers
    superuser: psycopg.Connection

    def told(self, sql: str) -> list[tuple[Any, ...]]:
        return self.superuser.execute(sql).fetchall()  # type: ignore[arg-type]

    def one(self, sql: str) -> Any:
        ((found,),) = self.told(sql)
        return found

    def begin(self, *, seed: int = 1) -> Begun:
        with acting_as("intake"):
            return begin(by=self.askers.intake, seed=seed, day_on=AT.date(), at=AT)

    def fill(self, children: int, *, seed: int = 1) -> int:
        held = self.begin(seed=seed)
        heard: list[int] = []
        with acting_as("intake"):
            filled = fill(
                asking=lambda: self.askers,
                held=held,
                children=children,
                now=lambda: AT,
                progress=heard.append,
            )
        assert heard == sorted(heard)
        assert heard[-1] == filled.children == self.one(CHILDREN)
        return filled.added

    def everything(self) -> list[tuple[Any, ...]]:
        assert self.one("select count(*) from intake_demonstration_batch where \"left\" <> '{}'") == 0
        return self.told(EVERYTHING)

    def forget(self) -> None:
        self.superuser.execute("set session_replication_role = replica")
        self.superuser.execute(FORGET)
        self.superuser.execute("set session_replication_role = origin")


@pytest.fixture(scope="module")
def database(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    from kept.published import reads

    with django_db_blocker.unblock(), clusters.template_clone() as name, clusters.pointed_at(name):
        reads.published.cache_clear()
        yield name


@pytest.fixture(scope="module")
def made(database: str) -> Iterator[Place]:
    people = cast.everyone()
    with cast.superuser() as connection:
        connection.autocommit = True
        half = len(POSTAL_DISTRICTS) // 2
        for team, districts in ((cast.NORTH, POSTAL_DISTRICTS[:half]), (cast.SOUTH, POSTAL_DISTRICTS[half:])):
            connection.execute(
                "update staff_team set postcode_districts = %s where name = %s", [list(districts), team]
            )
        on_teams = {
            team.id: one for one in (people.hannah, people.samuel) for team in teams_of(by=one, at=AT)
        }
        (second,) = teams_of(by=people.pia, at=AT)
        yield Place(Askers(people.intake, on_teams, people.pia, second.id), connection)


@pytest.fixture
def place(made: Place) -> Iterator[Place]:
    made.forget()
    yield made
    made.forget()


def test_it_begins_where_nobody_is_held_and_is_of_one_seed_and_day(place: Place) -> None:
    assert place.begin() == place.begin() == Begun(1, AT.date(), 0)
    with pytest.raises(NoDemonstration, match=r"holds the demonstration of seed 1\. Name that seed"):
        place.begin(seed=2)


def test_where_somebody_is_held_it_does_not_begin(place: Place) -> None:
    with acting_as("intake"):
        cast.register(**next(cast.families(cast.everyone())))
    with pytest.raises(NoDemonstration, match="invented families never come beside real ones"):
        place.begin()
    assert place.one("select count(*) from intake_demonstration") == 0


def test_where_a_message_came_it_does_not_begin(place: Place) -> None:
    from kept.intake.actions import take

    with acting_as("intake"):
        take(by=place.askers.intake, file="1.json", content=b"{}", at=AT)
    with pytest.raises(NoDemonstration):
        place.begin()


def test_sixty_children_show_every_kind(place: Place) -> None:
    assert place.fill(60) == 60
    assert place.one(CHILDREN) == 60
    twins = "select r.person_id from record_relationship r join record_date_of_birth b on b.person_id = r.child_id"
    assert place.told(f"{twins} group by r.person_id, b.born_on having count(*) > 1")
    kinds = dict(place.told("select kind, count(*) from record_relationship group by 1"))
    assert {"BPM", "BPF", "GPM", "FPM"} <= kinds.keys()
    assert place.told(
        "select 1 from record_relationship r where kind = 'BPF' and not exists ("
        "select from record_household_member h where h.member_id = r.person_id and h.person_id = r.child_id)"
    )
    unnumbered = "select count(*) from record_person p where part = 'child' and service = 'health-visiting'"
    assert (
        place.one(f"{unnumbered} and not exists (select from record_nhs_number i where i.person_id = p.id)")
        > 1
    )
    assert place.told("select distinct what, reason from record_restriction") == [("address", HIDDEN_BECAUSE)]
    assert set(place.told("select distinct kind, said from record_circumstance")) == {
        ("health.birth-history", BIRTH_HISTORY),
        ("circumstances.looked-after", filling.LOOKED_AFTER_SAID.said),
    }
    assert all(is_test_number(number) for (number,) in place.told("select number from record_nhs_number"))


def test_where_a_family_fled_to_stands_nowhere_in_the_open(place: Place) -> None:
    place.fill(60)
    hidden = place.told("select person_id, lines, postcode from record_address where kind = 'restricted'")
    assert len(hidden) >= 3
    fled = {person for person, _, _ in hidden}
    assert fled == {person for (person,) in place.told("select person_id from record_restriction")}
    homes = {home for _, *home in hidden for home in [tuple(home)]}
    assert not homes & set(place.told("select lines, postcode from record_address where kind = 'ordinary'"))
    through = "select count(*) from record_restriction r join record_person p on p.id = r.person_id where p.part = %s"
    assert place.superuser.execute(through, ["parent"]).fetchone() == (2,), "through each of two children"


def test_siblings_in_two_services_are_people_of_their_own_in_each(place: Place) -> None:
    place.fill(60)
    second = "from record_person p where service = 'parent-infant-relationship'"
    children, adults = (
        place.one(f"select count(*) {second} and part = 'child'"),
        place.one(f"select count(*) {second} and part <> 'child'"),
    )
    assert children >= 1
    assert adults >= 1
    assert not place.told(f"select 1 from record_sex where person_id in (select p.id {second})")
    crossing = """select 1 from record_relationship r join record_person a on a.id = r.person_id
                  join record_person c on c.id = r.child_id where a.service <> c.service"""
    assert not place.told(crossing)


def test_every_child_is_in_care_until_the_service_ends_and_on_one_caseload(place: Place) -> None:
    place.fill(60)
    lasts = """
        select p.service, min(age(e.serves_until_on, b.born_on)), max(age(e.serves_until_on, b.born_on)), count(*)
        from record_episode e join record_person p on p.id = e.person_id
        join record_date_of_birth b on b.person_id = p.id where p.part = 'child' group by 1 order by 1
    """
    first, second = place.told(lasts)
    assert (first[0], first[1].days, first[1] == first[2], first[3]) == (
        cast.HEALTH_VISITING,
        5 * 365,
        True,
        60,
    )
    assert (second[0], second[1].days) == (cast.PAIRS, 2 * 365)
    children = "select count(*) from record_person where part = 'child'"
    assert place.one("select count(distinct person_id) from record_caseload_place") == place.one(children)


def test_every_row_has_an_entry_that_names_whom_it_is_about(place: Place) -> None:
    place.fill(60)
    for table in ("record_person", *(name for (name,) in place.told(TABLES))):
        person = "id" if table == "record_person" else "person_id"
        unnamed = f"""select count(*) from {table} t join record_person p on p.id = t.{person}
                      where not exists (select from ledger_subject s
                                        where s.entry_id = t.entry_id and s.ledger_id = p.ledger_id)"""
        assert place.one(unnamed) == 0, table
    acts = place.told("select process, role, act from ledger_entry order by id")
    assert acts[0] == ("intake", "intake", "register many families")
    assert set(acts[1:]) == {
        ("", "practitioner", "record what was told about many"),
        ("", "practitioner", "register many families"),
    }


def test_the_same_seed_and_day_fill_in_the_same_rows(place: Place) -> None:
    place.fill(300)
    first = place.everything()
    place.forget()
    place.fill(300)
    assert place.everything() == first
    place.forget()
    place.fill(300, seed=2)
    assert place.everything() != first


def test_it_goes_on_where_it_stopped_and_adds_nobody_twice(place: Place) -> None:
    assert place.fill(260) == 260
    first = set(place.everything())
    assert place.fill(260) == 0
    assert place.fill(100) == 0
    assert place.fill(600) == 340
    assert first < set(place.everything())
    assert place.one(CHILDREN) == 600


class Killed(BaseException):
    """As if the process ended here."""


@pytest.mark.parametrize("step", ["note", "recording_together", "registering_together", "_strike"])
@pytest.mark.parametrize("times", [0, 1, 2])
def test_ended_at_any_step_it_goes_on_and_comes_to_the_same_end(
    place: Place, monkeypatch: pytest.MonkeyPatch, step: str, times: int
) -> None:
    children = 3 * A_BATCH
    real, left, one_at_a_time = getattr(filling, step), [times], Lock()

    def ends(*said: Any, **how: Any) -> Any:
        with one_at_a_time:
            left[0] -= 1
            if left[0] == -1:
                raise Killed
        return real(*said, **how)

    with monkeypatch.context() as patch:
        patch.setattr(filling, step, ends)
        with pytest.raises(Killed):
            place.fill(children)
    place.fill(children)
    ended = place.everything()
    assert place.one(CHILDREN) == children
    place.forget()
    place.fill(children)
    assert place.everything() == ended


def test_a_batch_that_is_missing_between_others_is_filled_in(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two batches are worked on at once: a run that is killed may have finished the second and not the first."""
    place.fill(900)
    whole = place.everything()
    place.forget()
    real, second_is_there = filling.note, Event()

    def ends(batch: Batch, opened: Entry, left: list[str]) -> None:
        real(batch, opened, left)
        if batch.before.families:
            second_is_there.set()
        else:
            assert second_is_there.wait(20)
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(filling, "note", ends)
        with pytest.raises(Killed):
            place.fill(900)
    begun = place.told("select number from intake_demonstration_batch order by 1")
    assert begun
    assert begun[0] != (0,)
    assert place.fill(10) > 0
    assert place.told("select min(number) from intake_demonstration_batch") == [(0,)]
    place.fill(900)
    assert place.everything() == whole


def test_no_more_than_a_few_things_are_ever_in_memory() -> None:
    made, finished = [0], [0]

    def things() -> Iterator[int]:
        for number in range(200):
            made[0] += 1
            assert made[0] - finished[0] <= working.AT_ONCE + working.WAITING
            yield number

    def done(_: int) -> None:
        finished[0] += 1

    working.work_through(things(), work=lambda number: None, done=done)
    assert finished == [200]


def test_the_first_error_ends_the_work() -> None:
    def work(number: int) -> None:
        if number == 5:
            raise Killed

    worked: list[int] = []
    with pytest.raises(Killed):
        working.work_through(range(1000), work=work, done=worked.append)
    assert len(worked) < 20


def test_without_a_team_for_a_district_it_says_so(place: Place) -> None:
    place.superuser.execute("update staff_team set service = 'elsewhere' where name = %s", [cast.NORTH])
    try:
        with pytest.raises(NoDemonstration, match=r"0 teams look after \w+, and families need one"):
            place.fill(60)
    finally:
        place.superuser.execute(
            "update staff_team set service = %s where name = %s", [cast.HEALTH_VISITING, cast.NORTH]
        )
    assert place.one("select count(*) from record_person") == 0


def test_who_may_not_register_registers_nobody(place: Place) -> None:
    from kept.ledger.entries import Refused

    place.askers = replace(place.askers, intake=cast.everyone().priya)
    try:
        with pytest.raises(Refused):
            place.fill(10)
    finally:
        place.askers = replace(place.askers, intake=cast.everyone().intake)
    assert place.one("select count(*) from record_person") == 0
