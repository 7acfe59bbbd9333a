"""The ledger by month: parts are made ahead, nobody waits for one, and what was there before became the first."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from kept.database import passwords
from kept.database.acting import acting_as
from kept.database.preparing import prepare
from kept.database.roles import LOGIN_NAMES
from kept.ledger.seals import lag
from tests import clusters
from tests.cast import AT, as_superuser, person_of
from tests.rooms.ledger.raw import DENIED, Raw, about, session

MAKE = "select ledger.make_months(%s, %s)"
PARTS = "select relid::regclass::text from pg_partition_tree('ledger_entry') where isleaf order by 1"
WHERE = "select tableoid::regclass::text from ledger_{} where {} = %s"
NEXT_YEAR = datetime(2031, 5, 17, tzinfo=UTC)


def parts() -> list[str]:
    return [name for (name,) in as_superuser(PARTS)]


def test_months_are_made_once_and_ahead(database: str) -> None:
    with session(database, "kept_sealer") as raw:
        before = parts()
        made = raw.one(MAKE, datetime.now(UTC), 3)
        assert made == 2
        assert raw.one(MAKE, datetime.now(UTC), 3) == 0
        assert len(parts()) == len(before) + made
        assert raw.one(MAKE, NEXT_YEAR, 2) == 2
    assert {"ledger.entry_2031_05", "ledger.entry_2031_06"} < set(parts())


def test_what_is_written_goes_to_its_month_or_to_the_rest(database: str, application: Raw) -> None:
    amina = person_of("Amina")
    with session(database, "kept_sealer") as raw:
        raw.one(MAKE, NEXT_YEAR, 1)
    for at, part in ((NEXT_YEAR, "2031_05"), (NEXT_YEAR + timedelta(days=40), "rest"), (AT, "first")):
        with application.kept() as raw:
            number = raw.open(about(amina, read=("identity.name",)), at=at)
            assert raw.one("select count(*) from record_name") == 1
        assert as_superuser(WHERE.format("entry", "id"), number) == [(f"ledger.entry_{part}",)]
        assert as_superuser(WHERE.format("subject", "entry_id"), number) == [(f"ledger.subject_{part}",)]


def test_a_month_that_lies_in_the_rest_stays_there(database: str, application: Raw) -> None:
    with application.kept() as raw:
        raw.open(about(person_of("Amina"), read=("identity.name",)), at=NEXT_YEAR)
    with session(database, "kept_sealer") as raw:
        assert raw.one(MAKE, NEXT_YEAR, 1) == 0
        assert raw.one(MAKE, NEXT_YEAR, 3) == 2, "the months after it are made all the same"
        assert {"ledger.entry_2031_06", "ledger.entry_2031_07"} < set(parts())
    with acting_as("sealer"):
        assert lag(at=NEXT_YEAR).in_the_rest == 1


def test_nothing_lies_in_the_rest_where_months_were_made(database: str, application: Raw) -> None:
    with session(database, "kept_sealer") as raw:
        raw.one(MAKE, NEXT_YEAR, 1)
    with application.kept() as raw:
        raw.open(about(person_of("Amina"), read=("identity.name",)), at=NEXT_YEAR)
    with acting_as("sealer"):
        assert lag(at=NEXT_YEAR).in_the_rest == 0


def test_who_writes_is_not_kept_waiting_for_a_month(database: str, application: Raw) -> None:
    """While somebody holds an entry open the month is not made; the next call makes it."""
    with session(database, "kept_sealer") as sealer:
        with application.kept() as raw:
            raw.open(about(person_of("Amina"), read=("identity.name",)))
            assert sealer.one(MAKE, NEXT_YEAR, 1) == 0
            assert raw.one("select count(*) from record_name") == 1
        assert sealer.one(MAKE, NEXT_YEAR, 1) == 1


def test_every_part_is_closed_to_whoever_names_it(database: str) -> None:
    with session(database, "kept_sealer") as raw:
        raw.one(MAKE, NEXT_YEAR, 1)
        for part in ("entry_2031_05", "subject_2031_05", "entry_first", "subject_rest"):
            assert raw.told(f"select * from ledger.{part}") == DENIED
    for role in ("kept_application", "kept_owner", "kept_intake"):
        with session(database, role) as raw:
            assert raw.told("select * from ledger.entry_2031_05") == DENIED
    with clusters.superuser().cursor() as _:
        assert as_superuser(
            "select ledger_month.entries from ledger_month order by until_at desc limit 1"
        ) == [("ledger.entry_2031_05",)]
    with pytest.raises(psycopg.errors.RestrictViolation):
        as_superuser("update ledger.entry_2031_05 set act = '' returning id")


@pytest.fixture
def empty(django_db_blocker: DjangoDbBlocker) -> Iterator[psycopg.Connection[Any]]:
    """A database with roles and no tables; a connection as the server's own superuser."""
    server, name = clusters.shared(), f"kept_months_{clusters.os.getpid()}"
    made = passwords.make(home=server.home, roles=LOGIN_NAMES)
    clusters.drop(name)
    prepare(superuser_address=server.superuser, passwords=made, database=name, kind="test")
    address = psycopg.conninfo.make_conninfo(server.superuser, dbname=name)
    with (
        django_db_blocker.unblock(),
        clusters.pointed_at(name),
        psycopg.connect(address, autocommit=True) as connection,
    ):
        yield connection
    clusters.drop(name)


def test_what_was_there_before_is_kept_as_it_was(empty: psycopg.Connection[Any]) -> None:
    call_command("migrate", "ledger", "0001_entries", database="owner", verbosity=0)
    empty.execute(
        "insert into ledger_entry (at, role, service, organisation, act, purpose, outcome, clauses, process, source,"
        " reason, request) select '2026-01-01Z'::timestamptz + n * interval '1 hour', 'r', 's', 'o', 'a', 'p', 'may',"
        " '{}', '', '', '', '' from generate_series(1, 50) n"
    )
    empty.execute(
        "insert into ledger_subject (entry_id, ledger_id, service, read, recorded)"
        " select id, gen_random_uuid(), 's', '{x}', '{}' from ledger_entry"
    )
    joined = "select e.id, e.at, s.ledger_id from ledger_entry e join ledger_subject s on s.entry_id = e.id"
    before = empty.execute(f"{joined} order by 1").fetchall()
    call_command("migrate", database="owner", verbosity=0)
    after = empty.execute(f"{joined} and s.at = e.at order by 1").fetchall()
    assert after == before
    assert empty.execute("select nextval('ledger_entry_id_seq')").fetchone() == (51,)
