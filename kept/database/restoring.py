"""A backup restored: into a database that holds nothing, and only when all of it is there as it was.

It is restored beside its place, held against the manifest, and then put in place in one step: whatever stops in
between leaves the empty database as it was.
"""

import hashlib
import json
import os
import subprocess
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from kept.database.administrator import Connection, check_version, connected, is_superuser, one_at_a_time
from kept.database.backup import (
    CHUNK_BYTES,
    FORMAT,
    MANIFEST,
    PARTIAL,
    Manifest,
    counts,
    environment,
    last_line,
)
from kept.database.preparing import (
    admit,
    close_what_is_open_to_all,
    make_backup_read_all,
    make_database,
    make_role,
    make_schemas,
    mark,
)
from kept.database.programs import Programs, client_for
from kept.database.roles import GUARD, LOGIN_ROLES, OWNER
from kept.database.shape import Shape, shape_of
from kept.database.trouble import DatabaseTrouble, NotPrepared, sentence

RESTORING = "kept_restoring"
WRONG_KEY = "Nothing was restored: the key does not open this backup. Name another: --key FILE"
Progress = Callable[[int], None]


class NotRestored(DatabaseTrouble):
    """Nothing was restored, and why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to restore to: a superuser's address, the passwords that roles are to have, the name of the database, and
    the tables in which a prepared database has rows of its own."""

    administrator: str
    passwords: Mapping[str, str]
    database: str
    filled_when_prepared: Collection[str] = ()


def manifest_of(backup: Path) -> Manifest:
    """What a backup says it holds. Raises NotRestored where it is no whole backup."""
    try:
        told = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise NotRestored(
                f"{backup} was made by another release of Kept ({told['kept']}). Restore it with that one."
            )
        told |= {"shape": Shape(**told["shape"]), "encrypted_to": tuple(told["encrypted_to"])}
        return Manifest(**told)
    except (FileNotFoundError, NotADirectoryError):
        half = " It was stopped before it was whole." if backup.name.endswith(PARTIAL) else ""
        raise NotRestored(f"{backup} is no backup: it has no {MANIFEST}.{half} Name another.") from None
    except (ValueError, KeyError, TypeError):
        raise NotRestored(f"{backup} is no backup: its {MANIFEST} cannot be read. Name another.") from None


def check_file(backup: Path, manifest: Manifest) -> None:
    """Raises NotRestored where the file is not the very one that was written."""
    digest = hashlib.sha256()
    try:
        with (backup / manifest.file).open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
    except FileNotFoundError:
        raise NotRestored(f"{backup / manifest.file} is missing. Name a backup that is whole.") from None
    if digest.hexdigest() != manifest.file_sha256:
        raise NotRestored(f"{backup / manifest.file} is not the file that was written. Name another backup.")


def restore(*, backup: Path, place: Place, key: Path | None, progress: Progress = lambda _: None) -> Manifest:
    """Restore a backup. Raises NotRestored, DatabaseTrouble; then nothing has changed."""
    manifest = manifest_of(backup)
    check_file(backup, manifest)
    keys = identities(key) if manifest.encrypted_to else []
    try:
        with connected(place.administrator) as server, one_at_a_time(server):
            check_version(server)
            if not is_superuser(server):
                raise NotPrepared("To restore, the administrator's address must be that of a superuser.")
            check_nothing_is_held(server, place, manifest)
            with gone_unless_put_in_place(server):
                beside(server, place, manifest, backup, keys, progress)
                check_nothing_is_held(
                    server, place, manifest
                )  # in the minutes that it took, somebody may have begun
                put_in_place(server, place.database)
    except psycopg.Error as error:
        raise NotRestored(f"Nothing was restored. {sentence(error) or error}") from error
    return manifest


def identities(key: Path | None) -> list[Any]:
    """Raises NotRestored where there is no key that a backup could be opened with."""
    import pyrage

    if key is None:
        raise NotRestored("This backup is encrypted. Name the file of a key that opens it: --key FILE")
    try:
        found = [line.strip() for line in key.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")]
        return [pyrage.x25519.Identity.from_str(line) for line in found] or no_key(key)
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        return no_key(key)


def no_key(key: Path) -> list[Any]:
    raise NotRestored(f"There is no key in {key}: a line that begins with AGE-SECRET-KEY-.")


def check_nothing_is_held(server: Connection, place: Place, manifest: Manifest) -> None:
    """A database that holds anything is left alone, and so is one that was made for something else."""
    found = server.execute("select from pg_database where datname = %s", [place.database]).fetchone()
    if found is None:
        return
    with connected(place.administrator, dbname=place.database) as inside:
        if held := first_held(inside, but={*place.filled_when_prepared, "ledger.cluster"}):
            raise NotRestored(
                f"The database {place.database} holds something already (in {held}). A backup is restored into a "
                "new one: name another database in the addresses, or another KEPT_HOME."
            )
        with suppress(psycopg.errors.UndefinedTable):
            (kind,) = inside.execute("select kind from ledger.cluster").fetchone() or (manifest.kind,)
            if kind != manifest.kind:
                raise NotRestored(
                    f"The database {place.database} was made for {kind}, and the backup is of one for {manifest.kind}. "
                    "Name another database."
                )


HOLDING = """
select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'm') and c.relpersistence <> 't' and n.nspname <> 'information_schema'
  and not starts_with(n.nspname, 'pg_')
order by 1, 2
"""


def first_held(inside: Connection, *, but: Collection[str]) -> str:
    """The first table of any schema with something in it, or the large objects; '' where there is nothing."""
    for schema, table in inside.execute(HOLDING).fetchall():
        asked = SQL("select exists (select from {})").format(Identifier(schema, table))
        if f"{schema}.{table}" not in but and inside.execute(asked).fetchone() == (True,):
            return f"{schema}.{table}"
    found = inside.execute("select exists (select from pg_largeobject_metadata)").fetchone()
    return "large objects" if found == (True,) else ""


@contextmanager
def gone_unless_put_in_place(server: Connection) -> Iterator[None]:
    """What was restored halfway holds families in no one's place: it goes with whatever stopped it."""
    try:
        yield
    except BaseException:
        with suppress(psycopg.Error):
            server.execute(SQL("drop database if exists {} with (force)").format(Identifier(RESTORING)))
        raise


def beside(
    server: Connection, place: Place, manifest: Manifest, backup: Path, keys: list[Any], progress: Progress
) -> None:
    """Restore into a database of another name, and hold it against the manifest."""
    for role in LOGIN_ROLES:
        make_role(server, role, place.passwords.get(role.name))
    if server.execute("select from pg_roles where rolname = %s", [GUARD]).fetchone() is None:
        server.execute(SQL("create role {} nologin noinherit nobypassrls").format(Identifier(GUARD)))
    server.execute(SQL("grant {} to {}").format(Identifier(GUARD), Identifier(OWNER)))
    make_backup_read_all(server)
    server.execute(SQL("drop database if exists {} with (force)").format(Identifier(RESTORING)))
    make_database(server, RESTORING)
    server.execute(SQL("revoke all on database {} from public").format(Identifier(RESTORING)))
    major = server.info.server_version // 10000
    if major < manifest.server:
        raise NotRestored(
            f"The backup is of PostgreSQL {manifest.server}, and this server is {major}. Restore into a newer one."
        )
    programs = client_for(manifest.server, at_most=major)
    poured(
        make_conninfo(place.administrator, dbname=RESTORING), programs, backup / manifest.file, keys, progress
    )
    with connected(place.administrator, dbname=RESTORING) as inside:
        check_all_is_there(inside, manifest)
        admit(inside, RESTORING)
        make_schemas(inside)
        mark(inside, manifest.kind)
        close_what_is_open_to_all(inside)
        inside.execute("analyze")
    server.execute(SQL("alter database {} owner to {}").format(Identifier(RESTORING), Identifier(OWNER)))


def check_all_is_there(inside: Connection, manifest: Manifest) -> None:
    found = counts(inside, without=())
    unlike = sorted(
        name for name in {*found, *manifest.counts} if found.get(name, -1) != manifest.counts.get(name, -1)
    )
    with inside.transaction():
        unlike += manifest.shape.unlike(shape_of(inside))
    if unlike:
        raise NotRestored(
            f"Nothing was restored: what came out of the backup is not what went in ({', '.join(unlike[:5])}). "
            "Restore another backup, and keep this one to find out why."
        )


def put_in_place(server: Connection, database: str) -> None:
    """The empty database goes, the restored one takes its name. Whoever still uses the empty one is in the way."""
    try:
        server.execute(SQL("drop database if exists {}").format(Identifier(database)))
    except psycopg.errors.ObjectInUse:
        raise NotRestored(f"The database {database} is in use. Stop Kept, then restore again.") from None
    server.execute(SQL("alter database {} rename to {}").format(Identifier(RESTORING), Identifier(database)))


def poured(address: str, programs: Programs, file: Path, keys: list[Any], progress: Progress) -> None:
    """Let pg_restore carry out what the file says, all of it or nothing."""
    with opened(file, keys, progress) as source:
        command = [programs.path("pg_restore"), "--exit-on-error", "--single-transaction", "--no-password"]
        command += [f"--dbname={RESTORING}"]  # where, as whom, with which password: in its environment
        with subprocess.Popen(
            command,
            env=environment(address),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as running:
            assert running.stdin
            assert running.stderr
            with suppress(BrokenPipeError):  # then it says below why it listens no more
                while chunk := source.read(CHUNK_BYTES):
                    running.stdin.write(chunk)
            with suppress(BrokenPipeError):
                running.stdin.close()
            told = running.stderr.read().decode(errors="replace")
            if running.wait() != 0:
                raise NotRestored(f"Nothing was restored. PostgreSQL said: {last_line(told)}")


@contextmanager
def opened(file: Path, keys: list[Any], progress: Progress) -> Iterator["Readable"]:
    """The dump as pg_dump wrote it, decrypted as it is read where it is encrypted."""
    with file.open("rb") as raw:
        counted = Counted(raw, progress)
        if not keys:
            yield counted
            return
        reading, writing = pipe()
        failed: list[BaseException] = []
        thread = threading.Thread(target=decrypted, args=(counted, writing, keys, failed), daemon=True)
        thread.start()
        try:
            with reading:
                yield reading
        finally:
            thread.join()
            if failed:  # whatever was said of what did not come out is of no interest then
                raise NotRestored(WRONG_KEY) from failed[0]


def pipe() -> tuple[IO[bytes], IO[bytes]]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def decrypted(source: "Counted", target: IO[bytes], keys: list[Any], failed: list[BaseException]) -> None:
    import pyrage

    try:
        with target:
            pyrage.decrypt_io(source, target, keys)
    except BrokenPipeError:
        return  # whoever listened gave up, and says why
    except Exception as error:
        failed.append(error)


class Readable(Protocol):
    """What a dump is read from, a piece at a time."""

    def read(self, size: int = -1, /) -> bytes: ...


class Counted:
    """A file that tells how far it has been read."""

    def __init__(self, source: IO[bytes], progress: Progress) -> None:
        self.source, self.progress, self.done = source, progress, 0

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.done += len(data)
        self.progress(self.done)
        return data
