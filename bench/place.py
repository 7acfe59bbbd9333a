"""A server of the bench's own, as a record has it: every commit reaches the disk, every lock is on.

It is marked as one for tests, so that families can be registered on days that are past. It stands in a new
folder on a disk and goes with it, whatever ends the bench; what a bench left that was killed goes with the next one.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal

PREFIX, ALIVE = "kept-bench-", "alive"
DEFINITIONS = Path(__file__).parents[1] / "definitions"
SERVICE, DELIVERER = "health-visiting", "kent-community-health"
PUBLISHER, APPROVER = "bench@kent.example", "approver@kent.example"
APPLICATION, BYPASSING = "kept_application", "kept_bench"
IN_MEMORY = {"tmpfs", "ramfs"}


@contextmanager
def place() -> Iterator[Path]:
    """A home with a prepared and migrated database, its notice published; Django is set up to use it."""
    signal.signal(signal.SIGTERM, _end)
    from kept.cli.serve import built_pages
    from kept.database import embedded, preparing

    sweep()
    home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=disk()))
    # As root the server belongs to an ordinary user, who must be let through to it.
    home.chmod(0o711)
    alive = (home / "alive.new").open("w")
    flock(alive, LOCK_EX)
    (home / "alive.new").rename(home / ALIVE)
    try:
        embedded.start(home=home, profile="durable")
        preparing.prepare_for(settings={}, home=home, kind="test")
        _wake(home)
        _publish()
        built_pages()
        yield home
    finally:
        # Whoever is in a hurry must not leave a server behind.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        remove(home)
        alive.close()


def sweep() -> None:
    """Stop and remove what a killed bench left: its folder is there, and nobody holds its lock."""
    for home in disk().glob(f"{PREFIX}*"):
        if home.stat().st_uid == os.geteuid() and (home / ALIVE).exists():
            with (home / ALIVE).open() as alive:
                try:
                    flock(alive, LOCK_EX | LOCK_NB)
                except BlockingIOError:
                    continue
                remove(home)


def remove(home: Path) -> None:
    from kept.database import embedded, folders

    embedded.stop(home=home)
    folders.remove(home)
    shutil.rmtree(home, ignore_errors=True)


def disk() -> Path:
    """A folder for temporary files that is on a disk: a commit to memory would cost nothing, and be worth as much."""
    for folder in (Path(tempfile.gettempdir()), Path("/var/tmp"), Path.cwd()):  # noqa: S108 - a private folder in it
        if folder.is_dir() and _kind_of_file_system(folder) not in IN_MEMORY:
            return folder
    sys.exit("Every folder for temporary files is kept in memory. Set TMPDIR to a folder on a disk.")


def superuser(home: Path) -> psycopg.Connection[Any]:
    """A connection that no lock holds: it loads what no message could bring in minutes."""
    from kept.database.embedded import SUPERUSER, located

    return psycopg.connect(located(home=home).address_for(SUPERUSER, database="kept"), autocommit=True)


def pass_policies(home: Path, connection: psycopg.Connection[Any]) -> None:
    """Make the role of `bench.without_policies`: the application's rights, and no policy holds it."""
    from kept.database import passwords

    password = passwords.read(home=home, role=APPLICATION)
    assert password is not None
    stored = connection.pgconn.encrypt_password(password.encode(), BYPASSING.encode(), b"scram-sha-256")
    settings = connection.execute(
        "select unnest(rolconfig) from pg_roles where rolname = %s", [APPLICATION]
    ).fetchall()
    made = SQL("create role {} login bypassrls in role {} password {}")
    connection.execute(made.format(Identifier(BYPASSING), Identifier(APPLICATION), Literal(stored.decode())))
    for name, _, value in (setting.partition("=") for (setting,) in settings):
        set_alike = SQL("alter role {} set {} = {}")
        connection.execute(set_alike.format(Identifier(BYPASSING), Identifier(name), Literal(value)))


def _end(signal_number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _kind_of_file_system(folder: Path) -> str:
    """Empty where the machine does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    places = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    return max(
        ((at, kind) for at, kind in places if folder.resolve().is_relative_to(at)),
        key=lambda found: len(found[0]),
    )[1]


def _wake(home: Path) -> None:
    """Django, for this home alone: addresses that the environment names are another server's.

    The roles have their passwords by now: settings are read once.
    """
    import django

    for name in [name for name in os.environ if name.startswith("KEPT_")]:
        del os.environ[name]
    os.environ["KEPT_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kept.config.settings"
    django.setup()


def _publish() -> None:
    """The tables, and the notice that both locks obey."""
    from django.core.management import call_command

    from kept.database.acting import acting_as
    from kept.published.actions import publish

    texts = {
        file.relative_to(DEFINITIONS).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(DEFINITIONS.rglob("*.yaml"))
    }
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    with acting_as("publisher"):
        publish(by=PUBLISHER, approved_by=APPROVER, service=SERVICE, texts=texts, at=datetime.now(UTC))
