"""How much work waits: counts and ages, told on an address of its own to whoever may know."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest

from kept.cli.metrics import application, is_this_machine
from tests import cast, clusters
from tests.cast import as_superuser
from tests.journeys.site import KEPT


def told(environment: Mapping[str, str], *options: str) -> dict[str, float]:
    """What `kept metrics --once` says, by name and kind of work."""
    done = subprocess.run(
        [str(KEPT), "metrics", "--once", *options],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.findall(r'^(\w+)(?:\{work="([\w-]+)"\})? (\S+)$', done.stdout, re.M)
    return {f"{name} {work}".strip(): float(value) for name, work, value in found}


def monitors(database: str) -> str:
    return clusters.shared().address_for("kept_monitor", database=database)


@pytest.fixture
def environment(database: str, tmp_path: Path) -> dict[str, str]:
    return {"KEPT_DATABASE_MONITOR": monitors(database), "KEPT_OUTBOX": str(tmp_path / "outbox")}


def test_each_kind_of_work_is_counted_with_the_age_of_the_oldest(
    environment: dict[str, str], tmp_path: Path
) -> None:
    received = (
        "insert into intake_bundle (service, file, bytes_digest, content, workflow, received_at, state, message_id,"
        " message_digest, series, child) values ('health-visiting', %s, %s, '', '', now() - interval '90 seconds',"
        " 'received', '', '', '', '{}')"
    )
    for name in ("one", "two"):
        as_superuser(received, name, name)
    beside = tmp_path / "outbox" / ".prepared"
    beside.mkdir(parents=True)
    for file in (tmp_path / "outbox" / "a.pdf", beside / "b.pdf", beside / "c.pdf"):
        file.touch()
        os.utime(file, (file.stat().st_mtime - 60, file.stat().st_mtime - 60))
    found = told(environment)
    assert found["kept_database_up"] == 1
    assert found["kept_waiting messages-to-read"] == 2
    assert 90 <= found["kept_waiting_oldest_seconds messages-to-read"] < 300
    assert found["kept_waiting messages-for-a-person"] == 0
    assert (found["kept_waiting outbox"], found["kept_waiting outbox-prepared"]) == (1, 2)
    assert found["kept_waiting_oldest_seconds outbox"] >= 60


def test_a_database_that_does_not_answer_is_told_too(environment: dict[str, str]) -> None:
    nowhere = environment["KEPT_DATABASE_MONITOR"].replace(
        re.split(r"[/?]", environment["KEPT_DATABASE_MONITOR"])[3], "no"
    )
    found = told(environment | {"KEPT_DATABASE_MONITOR": nowhere})
    assert found["kept_database_up"] == 0
    assert "kept_waiting outbox" in found
    assert "kept_waiting messages-to-read" not in found


def test_the_monitor_reads_no_row_of_any_table(database: str) -> None:
    with psycopg.connect(monitors(database), autocommit=True) as connection:
        tables = [
            name
            for (name,) in as_superuser(
                "select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p', 'v', 'm') and"
                " c.relnamespace in ('public'::regnamespace, 'ledger'::regnamespace)"
            )
        ]
        assert len(tables) > 40
        for table in tables:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"select * from {table} limit 1")  # type: ignore[arg-type]


def test_beyond_this_machine_the_token_is_asked_for() -> None:
    answered: list[str] = []
    program = application("a secret")
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/metrics", "QUERY_STRING": ""}
    for shown in ({}, {"HTTP_AUTHORIZATION": "Bearer a guess"}, {"HTTP_AUTHORIZATION": "Bearer a secret"}):
        list(program({**asked, **shown}, lambda status, headers: answered.append(status)))
    assert answered == ["401 Unauthorized", "401 Unauthorized", "200 OK"]


def test_without_a_token_nobody_else_is_listened_to(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [str(KEPT), "metrics", "--host", "0.0.0.0"],  # noqa: S104 - it refuses
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "KEPT_METRICS_TOKEN" in done.stderr
    assert [is_this_machine(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "10.0.0.1", "kept")] == [  # noqa: S104
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_what_is_told_names_nobody(environment: dict[str, str]) -> None:
    said = " ".join(told(environment))
    assert not [name for name in cast.STAFF if name in said]
