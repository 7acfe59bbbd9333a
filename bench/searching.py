"""Searching among many: how long it takes to find somebody, and not to find somebody who is hidden or is not there.

Half of the people are children, half their mothers. Each search is made in this process as a page makes it: decided,
sent to the database as the application role in one letter, entered, and read.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, LiteralString

import psycopg

from bench import people
from bench.families import HELD
from bench.figures import Figures
from bench.place import SERVICE, superuser
from bench.serving import database_cpu_seconds, machine_cpu_seconds
from kept.notices.asker import Asker
from kept.record.search.keys import fold
from kept.record.search.values import Sought
from kept.staff.reads import asker_of
from kept.standards.nhs_number import TEST_NUMBERS, test_number

SQL = Path(__file__).with_suffix(".sql")
VALUES = "%(service)s, 1, %(definition)s, 'health-organisation', %(at)s"
GIVEN, FAMILIES = 800, 20_000
STAFFED = 12  # teams with practitioners who search
SYLLABLES = ("an", "bel", "ca", "dor", "el", "fin", "gra", "hal", "is", "jo", "ká", "lin", "mar", "nor", "ós", "pet",
             "ro", "sé", "tam", "ul", "van", "wil", "yá", "zo", "łu", "bjø", "ner", "ley")  # fmt: skip
TEAMS = "insert into staff_team (id, service, name, postcode_districts) select n, %s, 'Team ' || n, '{}'"
# Somebody of no team, who may see the whole service so as to assign.
OFFICER = (
    "update staff_membership set role = 'intake-officer', caseload = false where account_id = %(account)s",
    "delete from staff_team_member where account_id = %(account)s",
)
# Whom to search for: some of the children and mothers, with all that is known of them.
SOME = """
select p.id, p.part, n.given, n.family, b.born_on, coalesce(i.number, ''), a.postcode, c.team_id,
       exists (select from record_restriction t where t.person_id = p.id)
from unnest(%(ids)s::bigint[]) id join record_person p using (id)
join record_name n on n.person_id = p.id join record_date_of_birth b on b.person_id = p.id
join record_address a on a.person_id = p.id left join record_nhs_number i on i.person_id = p.id
join record_caseload_place c on c.person_id = p.id - (p.id + 1) %% 2
"""
WARM = 300
# The widest search of a service that the form takes, told apart: who types so little types more next.
RARE = "two_letters"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody who is held, as one who searches may know of them."""

    given: str
    family: str
    born_on: date
    number: str
    postcode: str
    team: int
    restricted: bool


def searched(home: Path, *, many: int, seconds: float) -> Figures:
    """Load so many people and search among them, for a team's own and for a whole service's."""
    with superuser(home) as connection:
        _tell(f"Loading {many:,} people.")
        began = time.perf_counter()
        load(connection, many=many, at=datetime.now(UTC))
        loading = time.perf_counter() - began
        practitioners, officer = _signed_in(connection)
        some = _some(connection, many=many)
        ((size,),) = connection.execute("select pg_relation_size('people_by_search_key')").fetchall()
    _tell("Searching.")
    found = {
        f"search_{many}_load_seconds": round(loading, 1),
        f"search_{many}_index_mb": round(size / 2**20),
    }
    before = _spent(home)
    of_team = _took(_within_a_team(practitioners, some), seconds=seconds)
    of_service = _took(_in_the_service(officer, some), seconds=seconds)
    program, database, machine = (then - first for first, then in zip(before, _spent(home), strict=True))
    answered = sum(map(len, (*of_team.values(), *of_service.values()))) + 2 * WARM
    found |= {
        f"search_{many}_cpu_ms": round(1000 * (program + database) / answered, 2),
        f"search_{many}_other_work_cpu_share": round(1 - (program + database) / machine, 3)
        if machine
        else 0.0,
    }
    usual = [times for kind, times in of_service.items() if kind != RARE]
    found |= _speed(f"search_{many}", [*of_team.values(), *usual])
    found |= _speed(f"search_{many}_team", list(of_team.values()))
    for kind, times in of_service.items():
        found |= _speed(f"search_{many}_service_{kind}", [times])
    hidden, absent = median(of_team["hidden"]), median(of_team["absent"])
    return found | {f"search_{many}_hidden_to_absent_ratio": round(hidden / absent, 3)}


def load(connection: psycopg.Connection[Any], *, many: int, at: datetime) -> None:
    """Load people in sets, as a superuser of the bench's own server: half children, half their mothers."""
    children = many // 2
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("select setseed(0.5)")
        _stage(cursor, "given", GIVEN, ending="")
        _stage(cursor, "family", FAMILIES, ending="sen")
        cursor.execute("create temporary table number (n bigint primary key, number text) on commit drop")
        with cursor.copy("copy number from stdin") as copy:
            for n in range(1, min(children, TEST_NUMBERS) + 1):
                copy.write_row((n, test_number(n - 1)))
        (definition,) = cursor.execute("select id from published_definition").fetchone() or (0,)
        cursor.execute("analyze given, family, number")
        named = {
            "children": children,
            "teams": people.teams_for(children),
            "today": at.date(),
            "service": SERVICE,
            "definition": definition,
            "at": at,
        }
        for statement in _statements():
            cursor.execute(statement, named)
    connection.execute("vacuum analyze")
    connection.execute("checkpoint")
    after = f" from generate_series({STAFFED + 2}, {max(people.teams_for(children), STAFFED + 2)}) n"
    connection.execute(TEAMS.encode() + after.encode(), [SERVICE])


def _stage(cursor: psycopg.Cursor[Any], table: LiteralString, many: int, *, ending: str) -> None:
    """Names that nobody has, made of syllables, each with its key. The ending keeps one list from the other."""
    chance = Random(many)  # noqa: S311 - the same names every time
    names: dict[str, None] = {}
    while len(names) < many:
        names["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize() + ending] = None
    made = f"create temporary table {table} (id int primary key, name text, key text) on commit drop"
    cursor.execute(made.encode())
    with cursor.copy(f"copy {table} from stdin".encode()) as copy:
        for place, name in enumerate(names, start=1):
            copy.write_row((place, name, fold(name)))


def _statements() -> Iterator[bytes]:
    text = SQL.read_text(encoding="utf-8").replace("{held}", HELD).replace("{values}", VALUES)
    yield from (statement.encode() for statement in text.split(";\n") if statement.strip())


def _signed_in(connection: psycopg.Connection[Any]) -> tuple[list[tuple[int, Asker]], Asker]:
    """Practitioners of the first teams, each with their team, and an officer of the whole service."""
    at = datetime.now(UTC)
    made = people.sign_in_teams(connection, teams=range(1, STAFFED + 2), at=at)
    *staff, last = made
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for statement in OFFICER:
            cursor.execute(statement, {"account": last.account})
    askers = [(one.team, asker_of(token=one.key, at=at)) for one in staff if one.team <= STAFFED]
    officer = asker_of(token=last.key, at=at)
    assert officer is not None
    return [(team, asker) for team, asker in askers if asker], officer


def _some(connection: psycopg.Connection[Any], *, many: int) -> list[Somebody]:
    """Some people of all teams; those of the staffed ones, and those who are restricted, among them."""
    chance = Random(many)  # noqa: S311 - the same people every time
    teams = people.teams_for(many // 2)
    own = [team - 1 + teams * place for team in range(1, STAFFED + 1) for place in range(1, 200)]
    ids = [2 * n - chance.randint(0, 1) for n in own] + [chance.randint(1, many) for _ in range(4_000)]
    rows = connection.execute(SOME, {"ids": [one for one in ids if 1 <= one <= many]}).fetchall()
    return [Somebody(*row[2:]) for row in rows]


Search = tuple[str, Asker, Sought]


def _within_a_team(practitioners: Sequence[tuple[int, Asker]], some: Sequence[Somebody]) -> Iterator[Search]:
    """Practitioners look for their own, for somebody of another team, and for nobody, by turns."""
    chance = Random(1)  # noqa: S311 - the same searches every time
    by_team: dict[int, list[Somebody]] = {}
    for one in some:
        by_team.setdefault(one.team, []).append(one)
    askers = [(team, asker) for team, asker in practitioners if team in by_team]
    while True:
        team, by = chance.choice(askers)
        own = chance.choice(by_team[team])
        fifty = random.Random(team).sample(some, 50)  # noqa: S311 - the same searches every time
        other = chance.choice([one for one in fifty if one.team != team])
        for kind, sought in _ways(own, chance):
            if kind != RARE:
                yield kind, by, sought
        yield "hidden", by, Sought(name=f"{other.given} {other.family}")
        yield "absent", by, Sought(name=f"{other.given[::-1]} {other.family[::-1]}")


def _in_the_service(by: Asker, some: Sequence[Somebody]) -> Iterator[Search]:
    chance = Random(2)  # noqa: S311 - the same searches every time
    while True:
        one = chance.choice(some)
        for kind, sought in _ways(one, chance):
            yield ("restricted" if one.restricted else kind), by, sought
        yield "absent", by, Sought(name=f"{one.given[::-1]} {one.family[::-1]}")


def _ways(one: Somebody, chance: Random) -> Iterator[tuple[str, Sought]]:
    """What a caller may say of somebody."""
    given, family = fold(one.given), fold(one.family)
    yield "name", Sought(name=chance.choice([f"{one.given} {one.family}", f"{family} {given}"]))
    yield "beginnings", Sought(name=f"{family[:4]} {given[:3]}")
    yield "part", Sought(name=family)
    yield "name_and_birthday", Sought(name=given, born_on=one.born_on)
    yield "postcode", Sought(name=given[:3], postcode=one.postcode)
    yield RARE, Sought(name=f"{family[:2]} {given[-2:]}")
    if one.number:
        yield "number", Sought(nhs_number=one.number)


def _took(searches: Iterator[Search], *, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of each search, by its kind."""
    from kept.record.search.reads import search

    def timed(one: Callable[[], object]) -> float:
        began = time.perf_counter()
        one()
        return 1000 * (time.perf_counter() - began)

    def ask() -> tuple[str, float]:
        kind, by, sought = next(searches)
        return kind, timed(lambda: search(by=by, sought=sought, purpose=SERVICE, at=datetime.now(UTC)))

    for _ in range(WARM):
        ask()
    took: dict[str, list[float]] = {}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        kind, ms = ask()
        took.setdefault(kind, []).append(ms)
    return took


def _spent(home: Path) -> tuple[float, float, float]:
    """Processor seconds so far: of this program, of the database, of all that runs on the machine."""
    return time.process_time(), database_cpu_seconds(home), machine_cpu_seconds()


def _speed(name: str, times: Sequence[Sequence[float]]) -> Figures:
    everything = [one for some in times for one in some]
    if len(everything) < 2:
        return {}
    cut = quantiles(everything, n=100, method="inclusive")
    return {
        f"{name}_p50_ms": round(cut[49], 2),
        f"{name}_p95_ms": round(cut[94], 2),
        f"{name}_p99_ms": round(cut[98], 2),
    }


def _tell(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
