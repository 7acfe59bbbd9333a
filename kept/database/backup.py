"""A backup: everything that the database holds, as it was at one moment, in a folder that is whole or is none.

    kept-20261122T171500Z/
        record.dump        what pg_dump wrote, in its own custom format; record.dump.age where it is encrypted
        manifest.json      what is in it, written last: a folder without one is half a backup

While it is made, the folder is called `….partial`. Whatever stops in between leaves that, and no more.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from kept.database.administrator import Connection, Kind
from kept.database.programs import Programs, client_for
from kept.database.shape import Shape, shape_of
from kept.database.trouble import DatabaseTrouble, sentence

FORMAT = 1
MANIFEST = "manifest.json"
PLAIN, ENCRYPTED = "record.dump", "record.dump.age"
PARTIAL = ".partial"
LOCK_SECONDS = 60
CHUNK_BYTES = 1 << 20

Progress = Callable[[int], None]


class NotBackedUp(DatabaseTrouble):
    """No backup was made, and why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `also` is what the program that made it adds, as of the same moment."""

    format: int
    made_at: str
    kept: str
    database: str
    kind: Kind
    server: int
    file: str
    file_bytes: int
    file_sha256: str
    encrypted_to: tuple[str, ...]
    counts: Mapping[str, int]
    shape: Shape
    also: Mapping[str, Any]

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=2, sort_keys=True, default=str) + "\n"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a backup: whose data is left out, who may open it, what else the manifest says."""

    kept: str
    without: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    also: Callable[[Connection], Mapping[str, Any]] = lambda connection: {}


def back_up(
    *, address: str, folder: Path, order: Order, progress: Progress = lambda _: None, at: datetime
) -> tuple[Path, Manifest]:
    """Make a backup in a folder of its own below `folder`. Raises NotBackedUp, DatabaseTrouble."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(folder):
            for left in folder.glob(f"*{PARTIAL}"):
                shutil.rmtree(left)
            return made(address, folder / f"kept-{at:%Y%m%dT%H%M%SZ}", order, progress, at)
    except OSError as error:
        raise NotBackedUp(
            f"No backup was made: {folder} cannot be written ({error.strerror}). Name a folder that this user can "
            "write, on a disk with room."
        ) from error
    except psycopg.Error as error:
        raise NotBackedUp(f"No backup was made. {sentence(error) or error}") from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one process at a time backs up into a folder; another is told so. The lock ends with its process."""
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotBackedUp(
                f"Another backup is being made in {folder}. Wait for it, or name another folder."
            ) from None
        yield


def made(address: str, whole: Path, order: Order, progress: Progress, at: datetime) -> tuple[Path, Manifest]:
    partial = whole.with_name(whole.name + PARTIAL)
    if whole.exists():
        raise NotBackedUp(f"There is a backup of this very second already: {whole}. Try again.")
    partial.mkdir(mode=0o700)
    try:
        manifest = dumped(address, partial, order, progress, at)
        write_through(partial / MANIFEST, manifest.as_json())
        keep(partial)
        partial.rename(whole)
        keep(whole.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return whole, manifest


def dumped(address: str, folder: Path, order: Order, progress: Progress, at: datetime) -> Manifest:
    """Dump and count in one snapshot, so that what the manifest says is what the dump holds."""
    file = folder / (ENCRYPTED if order.to else PLAIN)
    with (
        psycopg.connect(address, connect_timeout=10, autocommit=True) as connection,
        connection.transaction(),
    ):
        connection.execute("set transaction isolation level repeatable read, read only")
        (snapshot,) = connection.execute("select pg_export_snapshot()").fetchone() or ("",)
        major = connection.info.server_version // 10000
        digest, size = dump(address, client_for(major), snapshot, file, order, progress)
        return Manifest(
            format=FORMAT,
            made_at=at.isoformat(timespec="seconds"),
            kept=order.kept,
            database=connection.info.dbname,
            kind=kind_of(connection),
            server=major,
            file=file.name,
            file_bytes=size,
            file_sha256=digest,
            encrypted_to=order.to,
            counts=counts(connection, without=order.without),
            shape=shape_of(connection),
            also=order.also(connection),
        )


def kind_of(connection: Connection) -> Kind:
    (kind,) = connection.execute("select kind from ledger.cluster").fetchone() or ("production",)
    return cast("Kind", kind)


def dump(
    address: str, programs: Programs, snapshot: str, file: Path, order: Order, progress: Progress
) -> tuple[str, int]:
    """Write what pg_dump says to the file, encrypted where that is asked; its digest and size."""
    command = [programs.path("pg_dump"), "--format=custom", "--compress=5", f"--snapshot={snapshot}"]
    command += ["--no-unlogged-table-data", f"--lock-wait-timeout={LOCK_SECONDS}s"]
    command += [f"--exclude-table-data={table}" for table in order.without]
    with (
        open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
        subprocess.Popen(
            command, env=environment(address), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running,
    ):
        measured = Measured(out, progress)
        assert running.stdout
        assert running.stderr
        poured(running.stdout, measured, order.to)
        told = running.stderr.read().decode(errors="replace").strip()
        if running.wait() != 0:
            raise NotBackedUp(f"No backup was made. PostgreSQL said: {last_line(told)}")
        out.flush()
        os.fsync(out.fileno())
    return measured.digest.hexdigest(), measured.size


def poured(source: IO[bytes], target: "Measured", to: Sequence[str]) -> None:
    if not to:
        shutil.copyfileobj(source, target, CHUNK_BYTES)
        return
    import pyrage

    pyrage.encrypt_io(source, target, [recipient(one) for one in to])


def recipient(public_key: str) -> Any:
    """Raises NotBackedUp where it is not the public key of an age identity."""
    import pyrage

    try:
        return pyrage.x25519.Recipient.from_str(public_key)
    except pyrage.RecipientError:
        raise NotBackedUp(
            f"{public_key} is not a public key that a backup can be encrypted to: it begins with age1. "
            "Make a key with: kept backup-key"
        ) from None


class Measured:
    """A file that is hashed and counted as it is written."""

    def __init__(self, out: IO[bytes], progress: Progress) -> None:
        self.out, self.progress = out, progress
        self.digest, self.size = hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.out.write(data)
        self.digest.update(data)
        self.size += len(data)
        self.progress(self.size)
        return len(data)

    def flush(self) -> None:
        self.out.flush()


def counts(connection: Connection, *, without: Sequence[str]) -> dict[str, int]:
    """How many rows each table holds, of those whose data is in a backup."""
    tables = connection.execute(
        "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname in ('public', 'ledger') order by 1, 2"
    ).fetchall()
    found = {}
    for schema, table in tables:
        name = f"{schema}.{table}"
        counting = SQL("select count(*) from {}").format(Identifier(schema, table))
        (many,) = (0,) if name in without else connection.execute(counting).fetchone() or (0,)
        found[name] = many
    return found


def environment(address: str) -> dict[str, str]:
    """How PostgreSQL's programs are told where to go: no password stands on their command line."""
    parts = {name: str(value) for name, value in conninfo_to_dict(address).items() if value is not None}
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    others = {
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
        "sslcert": "PGSSLCERT",
        "sslkey": "PGSSLKEY",
    }
    told = {names[name]: parts[name] for name in names if name in parts}
    told |= {others[name]: parts[name] for name in others if name in parts}
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": os.environ.get("HOME", "/"), **told}


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing."


def write_through(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def keep(folder: Path) -> None:
    """Make the names in a folder safe on the disk."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
