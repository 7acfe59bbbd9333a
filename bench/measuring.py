"""The order of the bench: load, count, ask; then more children, and again."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bench import asking, families, people
from bench.asking import Caseloads
from bench.counting import counted
from bench.driving import Driven, Question, drive
from bench.figures import Figures, grown, sized, speed
from bench.place import pass_policies, superuser
from bench.serving import Served, database_cpu_seconds, machine_cpu_seconds, served, without_policies

AT_ONCE = 16
ROUNDS = 5
WARM_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds while pages were asked for: of the web server, of the database, of all that ran."""

    web: float
    database: float
    machine: float


@dataclass(slots=True)
class Bench:
    """What is loaded so far, and who is signed in."""

    home: Path
    connection: psycopg.Connection[Any]
    definition: int
    practitioners: tuple[people.Practitioner, ...] = ()
    children: int = 0
    load_seconds: float = 0.0

    def grow(self, children: int) -> None:
        """Load until there are so many children."""
        at, began = datetime.now(UTC), time.perf_counter()
        teams = range(
            people.teams_for(self.children) + 1 if self.children else 1, people.teams_for(children) + 1
        )
        new = people.sign_in_teams(self.connection, teams=teams, at=at) or self.practitioners
        self.practitioners = tuple({*self.practitioners, *new})
        families.load(
            self.connection,
            numbers=range(self.children + 1, children + 1),
            places=[(one.team, one.account) for one in new],
            definition=self.definition,
            at=at,
        )
        self.children = children
        self.load_seconds += time.perf_counter() - began


def measured(home: Path, *, sizes: list[int], seconds: float) -> Figures:
    """Every figure, for each size of the record."""
    found: Figures = {}
    with superuser(home) as connection:
        pass_policies(home, connection)
        (definition,) = connection.execute("select id from published_definition").fetchone() or (0,)
        bench = Bench(home, connection, definition)
        for children in sizes:
            _tell(f"Loading until there are {children:,} children.")
            bench.grow(children)
            found |= sized(_figures(bench, seconds=seconds), children=children, smallest=sizes[0])
            if children != sizes[0]:
                found |= grown(found, children=children)
    return found


def _figures(bench: Bench, *, seconds: float) -> Figures:
    among = asking.caseloads(bench.connection, bench.practitioners)
    found: Figures = {"load_seconds": round(bench.load_seconds, 1)}
    one = counted(asking.records(among, seed=1), by=bench.connection)
    found |= {
        "queries_per_page": round(one.statements, 1),
        "round_trips_per_page": round(one.round_trips, 1),
        "buffers_per_page": round(one.buffers),
    }
    with ExitStack() as stack:
        _tell("Starting two web servers: one as it is, one whose role passes the policies.")
        real = stack.enter_context(served(bench.home))
        bare = stack.enter_context(
            served(bench.home, starting=without_policies, settings="bench.without_policies")
        )
        found |= _records(bench, among, real, bare, seconds=seconds)
        found |= _contacts(bench, among, real, seconds=seconds)
    return found


def _records(bench: Bench, among: Caseloads, real: Served, bare: Served, *, seconds: float) -> Figures:
    pages = asking.records(among, seed=2)
    for one in (real, bare):
        drive(port=one.port, questions=pages, at_once=AT_ONCE, seconds=WARM_SECONDS)
    _tell("Opening whole records, one at a time.")
    found = speed("whole_record_1", [drive(port=real.port, questions=pages, at_once=1, seconds=seconds)])
    _tell(f"Opening whole records, {AT_ONCE} at a time, with the policies and without them by turns.")
    with_policies, without, spent = _by_turns(bench, real, bare, pages, seconds=seconds)
    found |= speed("whole_record_16", with_policies)
    answered = sum(len(one.times_ms) for one in with_policies)
    without_policies = speed("without_policies_16", without)["without_policies_16_per_second"]
    asking_cpu = sum(one.own_cpu_seconds for one in with_policies)
    return found | {
        "without_policies_16_per_second": without_policies,
        "row_level_security_ratio": round(without_policies / found["whole_record_16_per_second"], 3),
        "web_cpu_ms_per_page": round(1000 * spent.web / answered, 2),
        "database_cpu_ms_per_page": round(1000 * spent.database / answered, 2),
        "asking_cpu_ms_per_page": round(1000 * asking_cpu / answered, 2),
        "other_work_cpu_share": round(1 - (spent.web + spent.database + asking_cpu) / spent.machine, 3)
        if spent.machine
        else 0.0,
        "web_memory_mb": round(real.memory_mb(), 1),
    }


def _by_turns(
    bench: Bench, real: Served, bare: Served, pages: Iterator[Question], *, seconds: float
) -> tuple[list[Driven], list[Driven], Spent]:
    """The same pages from both servers in short runs, each going first as often as the other."""
    with_policies: list[Driven] = []
    without: list[Driven] = []
    spent = Spent(0.0, 0.0, 0.0)

    def ask(one: Served) -> Driven:
        return drive(port=one.port, questions=pages, at_once=AT_ONCE, seconds=seconds / ROUNDS)

    for turn in range(ROUNDS):
        if turn % 2:
            without.append(ask(bare))
        run, during = _spending(bench.home, real, lambda: ask(real))
        with_policies.append(run)
        spent = Spent(
            spent.web + during.web, spent.database + during.database, spent.machine + during.machine
        )
        if not turn % 2:
            without.append(ask(bare))
    return with_policies, without, spent


def _contacts(bench: Bench, among: Caseloads, real: Served, *, seconds: float) -> Figures:
    _tell(f"Recording contacts, {AT_ONCE} at a time.")
    forms = asking.contacts(among, definition=bench.definition, on=datetime.now(UTC).date(), seed=3)
    drive(port=real.port, questions=forms, at_once=AT_ONCE, seconds=WARM_SECONDS)
    run = drive(port=real.port, questions=forms, at_once=AT_ONCE, seconds=seconds)
    return speed("contact_write_16", [run])


def _spending(home: Path, web: Served, run: Callable[[], Driven]) -> tuple[Driven, Spent]:
    before = web.cpu_seconds(), database_cpu_seconds(home), machine_cpu_seconds()
    done = run()
    after = web.cpu_seconds(), database_cpu_seconds(home), machine_cpu_seconds()
    return done, Spent(*(then - first for first, then in zip(before, after, strict=True)))


def _tell(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
