"""A backup is whole or is none; a restore puts everything in place or changes nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kept.database import embedded
from kept.database.backup import NotBackedUp, Order, back_up
from kept.database.embedded import Server
from kept.database.preparing import prepare_for
from kept.database.programs import client_for
from kept.database.restoring import NotRestored, Place, manifest_of, restore
from tests import clusters
from tests.cast import AT
from tests.rooms.database.conftest import a_home

ROWS = 20_000
PREPARED_AND_FILLED = (
    "create table public.closed (id bigint generated always as identity, word text)",
    "alter table public.closed enable row level security",
    "alter table public.closed force row level security",
    "create policy guard on public.closed to kept_guard using (true) with check (true)",
    "grant select on public.closed to kept_application",
    "create table public.session (word text)",
    "create unlogged table public.passing (word text)",
    "create function ledger.told() returns text language sql security definer set search_path = ''"
    " return 'nothing'",
    "alter function ledger.told() owner to kept_guard",
)


def filled(home: Path) -> Server:
    """A server of its own with a prepared database and something in it."""
    server = embedded.start(home=home, profile="fast")
    prepare_for(settings={}, home=home, kind="test")
    with psycopg.connect(server.address_for("kept_owner"), autocommit=True) as owner:
        for statement in PREPARED_AND_FILLED:
            owner.execute(statement)  # type: ignore[arg-type]
    with psycopg.connect(server.address_for("postgres", database="kept"), autocommit=True) as superuser:
        superuser.execute(
            "insert into closed (word) select md5(n::text) from generate_series(1, %s) n", [ROWS]
        )
        superuser.execute("insert into session values ('signed in')")
        superuser.execute("insert into passing values ('gone')")
    return server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    for home in a_home(clusters.roots()[0]):
        yield filled(home)


@pytest.fixture(scope="module")
def other() -> Iterator[Server]:
    """Another server, of another machine for all that it knows."""
    for home in a_home(clusters.roots()[0]):
        server = embedded.start(home=home, profile="fast")
        prepare_for(settings={}, home=home, kind="test")
        yield server


RESTORED_HALFWAY = "select count(*) from pg_database where datname = 'kept_restoring'"
ORDER = Order(kept="1.0", without=("public.session",))


def backed_up(server: Server, folder: Path, order: Order = ORDER) -> Path:
    made, _ = back_up(address=server.address_for("kept_backup"), folder=folder, order=order, at=AT)
    return made


def place(server: Server, database: str = "kept") -> Place:
    return Place(server.superuser, {}, database)


def answered(server: Server, question: str, *, database: str = "kept", role: str = "postgres") -> object:
    with psycopg.connect(server.address_for(role, database=database)) as connection:
        return (connection.execute(question).fetchone() or (None,))[0]  # type: ignore[arg-type]


def test_what_comes_out_is_what_went_in(server: Server, other: Server, tmp_path: Path) -> None:
    backup = backed_up(server, tmp_path)
    assert sorted(file.name for file in backup.iterdir()) == ["manifest.json", "record.dump"]
    manifest = manifest_of(backup)
    assert manifest.counts["public.closed"] == ROWS
    assert restore(backup=backup, place=place(other), key=None) == manifest
    assert answered(other, "select count(*) from closed") == ROWS
    assert answered(other, "select count(*) from session") == 0
    assert answered(other, "select count(*) from passing") == 0
    assert answered(other, "select count(*) from closed", role="kept_owner") == 0
    assert answered(other, "select count(*) from closed", role="kept_application") == 0
    assert answered(other, "select kind from ledger.cluster") == "test"
    assert answered(other, "select nextval('closed_id_seq')") == ROWS + 1
    assert answered(other, "select count(*) from closed", role="kept_backup") == ROWS
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        answered(other, "select lo_create(0)::bigint", role="kept_application")
    with pytest.raises(NotRestored, match=r"holds something already \(in public.closed\)"):
        restore(backup=backup, place=place(other), key=None)


def test_a_backup_that_was_killed_is_not_taken_for_a_whole_one(server: Server, tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from datetime import UTC, datetime;"
        "from kept.database.backup import *;"
        "back_up(address=sys.argv[1], folder=Path(sys.argv[2]), order=Order(kept='1.0'),"
        " progress=lambda done: (print('writing', flush=True), time.sleep(60)), at=datetime.now(UTC))"
    )
    command = [sys.executable, "-c", program, server.address_for("kept_backup"), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as running:
        assert running.stdout
        assert running.stdout.readline() == b"writing\n"
        os.kill(running.pid, signal.SIGKILL)
    (half,) = tmp_path.glob("kept-*")
    assert half.name.endswith(".partial")
    with pytest.raises(NotRestored, match=r"has no manifest.json. It was stopped before it was whole"):
        restore(backup=half, place=place(server, "elsewhere"), key=None)
    until = time.monotonic() + 20
    while time.monotonic() < until:  # the killed process's pg_dump takes a moment to notice
        left = "select count(*) from pg_stat_activity where usename = 'kept_backup'"
        if answered(server, left) == 0:
            break
        time.sleep(0.2)
    backed_up(server, tmp_path)
    assert [folder.name for folder in tmp_path.glob("kept-*")] == ["kept-20261122T120000Z"]


def test_two_at_once_are_not_made_in_one_folder(server: Server, tmp_path: Path) -> None:
    def another(_: int) -> None:
        with pytest.raises(NotBackedUp, match="Another backup is being made"):
            backed_up(server, tmp_path)

    back_up(address=server.address_for("kept_backup"), folder=tmp_path, order=ORDER, progress=another, at=AT)
    with pytest.raises(NotBackedUp, match="of this very second already"):
        backed_up(server, tmp_path)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "has no manifest.json"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "cannot be read"),
        (lambda folder: (folder / "record.dump").unlink(), "is missing"),
        (lambda folder: os.truncate(folder / "record.dump", 1000), "is not the file that was written"),
    ],
    ids=["no manifest", "another manifest", "no file", "cut off"],
)
def test_what_is_no_whole_backup_is_refused(server: Server, tmp_path: Path, change: object, why: str) -> None:
    backup = backed_up(server, tmp_path)
    change(backup)  # type: ignore[operator]
    with pytest.raises(NotRestored, match=why):
        restore(backup=backup, place=place(server, "elsewhere"), key=None)
    assert answered(server, "select count(*) from pg_database where datname = 'elsewhere'") == 0


@pytest.mark.parametrize(
    ("lie", "why"),
    [
        (lambda told: told["counts"].update({"public.closed": ROWS + 1}), "public.closed"),
        (lambda told: told["shape"]["hashes"].update(policies="another"), "policies"),
        (lambda told: told["shape"]["counters"].update({"public.closed_id_seq": ROWS + 1}), "counters"),
    ],
    ids=["a row fewer", "another policy", "a counter that is behind"],
)
def test_what_is_not_all_there_is_not_put_in_place(
    server: Server, tmp_path: Path, lie: object, why: str
) -> None:
    backup = backed_up(server, tmp_path)
    told = json.loads((backup / "manifest.json").read_text())
    lie(told)  # type: ignore[operator]
    (backup / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(NotRestored, match=rf"is not what went in .*{why}"):
        restore(backup=backup, place=place(server, "elsewhere"), key=None)
    assert not answered(server, RESTORED_HALFWAY)
    assert answered(server, "select count(*) from pg_database where datname = 'elsewhere'") == 0


def test_a_restore_that_was_killed_is_begun_again(server: Server, other: Server, tmp_path: Path) -> None:
    backup = backed_up(server, tmp_path)
    program = (
        "import sys, time; from pathlib import Path; from kept.database.restoring import *;"
        "restore(backup=Path(sys.argv[2]), place=Place(sys.argv[1], {}, 'again'), key=None,"
        " progress=lambda done: (print('reading', flush=True), time.sleep(60)))"
    )
    command = [sys.executable, "-c", program, other.superuser, str(backup)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stdout.readline() == b"reading\n"
        running.kill()
    assert (
        answered(other, "select count(*) from pg_database where datname = 'again'", database="postgres") == 0
    )
    restore(backup=backup, place=place(other, "again"), key=None)
    assert answered(other, "select count(*) from closed", database="again") == ROWS


def test_a_database_in_use_is_not_replaced(server: Server, other: Server, tmp_path: Path) -> None:
    backup = backed_up(server, tmp_path)
    with psycopg.connect(other.superuser, autocommit=True) as superuser:
        superuser.execute("create database used")
    with (
        psycopg.connect(other.address_for("postgres", database="used")),
        pytest.raises(NotRestored, match=r"is in use\. Stop Kept"),
    ):
        restore(backup=backup, place=place(other, "used"), key=None)


def test_what_was_made_for_tests_never_takes_the_place_of_what_was_made_for_work(
    server: Server, tmp_path: Path, home: Path
) -> None:
    backup = backed_up(server, tmp_path)
    working = embedded.start(home=home, profile="fast")
    prepare_for(settings={}, home=home, kind="production")
    with pytest.raises(NotRestored, match="made for production, and the backup is of one for test"):
        restore(backup=backup, place=place(working), key=None)


@pytest.mark.parametrize(
    ("fills", "what"),
    [
        ("create schema theirs; create table theirs.work as select 1 as one", "theirs.work"),
        ("create unlogged table public.work as select 1 as one", "public.work"),
        ("create materialized view public.work as select 1 as one", "public.work"),
        ("select lo_create(0)", "large objects"),
    ],
    ids=["another schema", "an unlogged table", "a view that is kept", "a large object"],
)
def test_a_database_that_holds_anything_at_all_is_left_alone(
    server: Server, other: Server, tmp_path: Path, fills: str, what: str
) -> None:
    backup = backed_up(server, tmp_path)
    with psycopg.connect(other.superuser, autocommit=True) as superuser:
        superuser.execute("drop database if exists filled")
        superuser.execute("create database filled")
    with psycopg.connect(other.address_for("postgres", database="filled"), autocommit=True) as inside:
        inside.execute(fills)  # type: ignore[arg-type]
    with pytest.raises(NotRestored, match=rf"holds something already \(in {what}\)"):
        restore(backup=backup, place=place(other, "filled"), key=None)


def test_what_somebody_began_while_it_was_restored_is_not_dropped(
    server: Server, other: Server, tmp_path: Path
) -> None:
    backup = backed_up(server, tmp_path)
    with psycopg.connect(other.superuser, autocommit=True) as superuser:
        superuser.execute("create database begun")
    begun = psycopg.connect(other.address_for("postgres", database="begun"), autocommit=True)

    def begins(_: int) -> None:
        begun.execute("create table if not exists work as select 1 as one")
        begun.close()

    with pytest.raises(NotRestored, match=r"holds something already \(in public.work\)"):
        restore(
            backup=backup,
            place=place(other, "begun"),
            key=None,
            progress=lambda done: begun.closed or begins(done),
        )
    assert answered(other, "select one from work", database="begun") == 1
    assert not answered(other, RESTORED_HALFWAY, database="postgres")


def test_nobody_gets_into_what_is_restored_halfway_and_it_goes_with_what_stopped_it(
    server: Server, other: Server, tmp_path: Path
) -> None:
    backup, tried = backed_up(server, tmp_path), []

    def gets_in(_: int) -> None:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            answered(other, "select 1", database="kept_restoring", role="kept_monitor")
        tried.append(True)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(backup=backup, place=place(other, "halfway"), key=None, progress=gets_in)
    assert tried
    assert not answered(other, RESTORED_HALFWAY, database="postgres")


def test_whoever_has_no_key_cannot_open_it(server: Server, other: Server, tmp_path: Path) -> None:
    import pyrage

    ours, anothers = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    for name, one in (("ours", ours), ("anothers", anothers)):
        (tmp_path / name).write_text(f"# a key\n{one}\n")
    backup = backed_up(server, tmp_path / "backups", Order("1.0", ORDER.without, to=(str(ours.to_public()),)))
    assert (backup / "record.dump.age").read_bytes().startswith(b"age-encryption.org/v1")
    for key, why in (
        (None, "is encrypted. Name the file of a key"),
        (tmp_path / "nowhere", "There is no key in"),
        (tmp_path / "anothers", "the key does not open this backup"),
    ):
        with pytest.raises(NotRestored, match=why):
            restore(backup=backup, place=place(other, "encrypted"), key=key)
    restore(backup=backup, place=place(other, "encrypted"), key=tmp_path / "ours")
    assert answered(other, "select count(*) from closed", database="encrypted") == ROWS
    with pytest.raises(NotBackedUp, match="begins with age1"):
        backed_up(server, tmp_path / "backups2", Order("1.0", to=("nobody",)))


def test_a_folder_that_cannot_be_written_is_said_so(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotBackedUp, match="cannot be written"):
        backed_up(server, tmp_path / "file")


def test_the_programs_are_never_older_than_the_server() -> None:
    assert client_for(15).major >= 15
    with pytest.raises(Exception, match="PostgreSQL's own programs of version 99"):
        client_for(99)
