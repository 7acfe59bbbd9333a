"""One database server for a whole run of the tests, and a database of its own for each test that asks.

    begin()                    before anything else, in the process that starts the run
    make_template(migrate)     once: a prepared database in which `migrate()` is called; safe to call from
    each worker with template_clone() as database, pointed_at(database): …                      Django's
    connections lead there, each as its own role end()                      stops the server and removes it

The server starts when it is first asked for, so that a run of pure tests pays nothing. With xdist the
workers share it. Should a run be killed, the next one stops what it left.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import cache
from itertools import count
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.sql import SQL, Identifier

from kept.database import embedded, folders, passwords
from kept.database.addresses import setting_of
from kept.database.embedded import Server
from kept.database.preparing import admit, prepare
from kept.database.roles import ALIASES, LOGIN_NAMES

# Workers are told by the process that started them.
WHERE = "KEPT_TEST_CLUSTER"
PREFIX = "kept-tests-"
TEMPLATE = "kept_template"
MEMORY = Path("/dev/shm")  # noqa: S108 - a new private folder in it
MEMORY_BYTES = 2_000_000_000
_numbers = count(1)
_alive: list[IO[str]] = []


def begin() -> Path:
    """Choose the folder of this run; a worker uses the one of the run it belongs to. Safe to call twice."""
    if WHERE not in os.environ:
        sweep()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=roots()[0]))
        folder.chmod(0o711)
        alive = (folder / "alive.new").open("w")
        flock(alive, LOCK_EX)
        (folder / "alive.new").rename(folder / "alive")
        _alive.append(alive)
        os.environ[WHERE] = str(folder)
    return Path(os.environ[WHERE])


def end() -> None:
    """Stop the server of this run, if it was started, and forget it. A worker only lets go of it."""
    if superuser.cache_info().currsize:
        superuser().close()
        superuser.cache_clear()
    shared.cache_clear()
    if _alive:
        remove(Path(os.environ.pop(WHERE)))
        _alive.pop().close()


def roots() -> list[Path]:
    """Where test servers may live, the quickest first: a clone is 800 small files, and memory makes them in
    a tenth of the time that a disk does."""
    disk = Path(tempfile.gettempdir())
    if not MEMORY.is_dir():
        return [disk]
    runs_programs = not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    return (
        [MEMORY, disk] if runs_programs and shutil.disk_usage(MEMORY).free > MEMORY_BYTES else [disk, MEMORY]
    )


def sweep() -> None:
    """Stop what a killed run left: its folder is there, and nobody holds its lock."""
    for folder in (folder for root in roots() for folder in root.glob(f"{PREFIX}*")):
        # Another run that begins may be sweeping too: what is gone is gone.
        with suppress(FileNotFoundError, BlockingIOError):
            if folder.stat().st_uid == os.geteuid():
                with (folder / "alive").open() as alive:
                    flock(alive, LOCK_EX | LOCK_NB)
                    remove(folder)


def remove(folder: Path) -> None:
    home = folder / "home"
    if home.exists():
        embedded.stop(home=home)
        folders.remove(home)
    shutil.rmtree(folder, ignore_errors=True)


@cache
def shared() -> Server:
    """The server of this run, started by whoever asks first. A process asks once: asking starts programs of its own,
    and each test needs a dozen addresses."""
    return embedded.start(home=begin() / "home", profile="fast")


@cache
def superuser() -> psycopg.Connection[Any]:
    """One connection a process, for making and dropping databases."""
    return psycopg.connect(shared().superuser, autocommit=True)


def make_template(migrate: Callable[[], None]) -> str:
    """The name of the migrated template; the first who asks makes it, the others wait."""
    folder = begin()
    with (folder / "template.lock").open("a") as lock:
        flock(lock, LOCK_EX)
        if not (folder / "template.made").exists():
            server = shared()
            drop(TEMPLATE)
            made = passwords.make(home=server.home, roles=LOGIN_NAMES)
            prepare(superuser_address=server.superuser, passwords=made, database=TEMPLATE, kind="test")
            with pointed_at(TEMPLATE):
                migrate()
            superuser().execute(f"ALTER DATABASE {TEMPLATE} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")
            (folder / "template.made").touch()
    return TEMPLATE


@contextmanager
def template_clone() -> Iterator[str]:
    """The name of a database of one's own, as the template was; dropped after, whoever still uses it."""
    name = f"kept_{os.getpid()}_{next(_numbers)}"
    clone(name)
    try:
        yield name
    finally:
        drop(name)


def clone(name: str) -> None:
    command = SQL("CREATE DATABASE {} TEMPLATE {} OWNER kept_owner STRATEGY FILE_COPY")
    superuser().execute(command.format(Identifier(name), Identifier(TEMPLATE)))
    admit(superuser(), name)


def drop(name: str) -> None:
    if name == TEMPLATE:
        superuser().execute(
            "UPDATE pg_database SET datistemplate = false WHERE datname = %s AND datistemplate", [name]
        )
    superuser().execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def addresses_of(database: str) -> dict[str, str]:
    """The address of each role on a database of this run."""
    return {role: shared().address_for(role, database=database) for role in LOGIN_NAMES}


def settings_of(database: str) -> dict[str, str]:
    """The settings that lead a program of its own to a database: KEPT_DATABASE_APPLICATION and so on."""
    addresses = addresses_of(database)
    return {setting_of(role): addresses[role] for role in ALIASES.values()}


@contextmanager
def pointed_at(database: str) -> Iterator[Mapping[str, str]]:
    """Lead every connection of Django, in every thread, to a database of this run, each as its own role."""
    from django.db import connections

    from kept.database.addresses import django_database

    addresses = addresses_of(database)
    before = {alias: dict(connections.settings[alias]) for alias in ALIASES}
    connections.close_all()
    for alias, role in ALIASES.items():
        entry = django_database(addresses[role], alias=alias)
        # In place: a connection that a thread already has reads the same mapping.
        connections.settings[alias].update(entry | {"CONN_MAX_AGE": 0})
    try:
        yield addresses
    finally:
        connections.close_all()
        for alias, entry in before.items():
            connections.settings[alias].update(entry)
