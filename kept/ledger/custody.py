"""The key that seals, where the sealer runs: its file, what is kept beside it, and how the next one takes over.

Beside the private key stand the public ones, as they were published, so that a database from before a rotation learns
of it again; and the newest head that was signed, so that no number is signed twice without a word.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg

from kept.ledger.heads import Head
from kept.ledger.keys import (
    KeyTrouble,
    PublicKey,
    Signer,
    id_of,
    new_signer,
    read_signer,
    write_over,
    write_signer,
)

ONE_SEALER = 7_105_001  # an advisory lock; any number that nobody else takes
LATEST_KEY = "select id, public, from_at, before, signature from ledger_key order by from_at desc limit 1"
ALL_KEYS = "select id, public, from_at, before, signature from ledger_key order by from_at"
ADD_KEY = "insert into ledger_key (id, public, from_at, before, signature) values (%s, %s, %s, %s, %s)"
SEALED_UNTIL = "select max(sealed_at) from ledger_seal"

Connection = psycopg.Connection[Any]


def signer_here(connection: Connection, *, file: Path, at: datetime) -> Signer:
    """The key that seals, from its file; made, with its file, where nothing was ever sealed. Raises KeyTrouble."""
    latest = latest_key(connection)
    next_file = file.with_name(f"{file.name}.next")
    if latest is None and not file.exists():
        write_signer(file, new_signer())
    elif latest and next_file.exists() and read_signer(next_file).id == latest.id:
        next_file.replace(file)
    signer = read_signer(file)
    if latest is None or latest.id != signer.id:
        with _only_sealer(connection):
            _publish_missing(connection, signer, published_before(file), at)
    check_key(connection, signer)
    _keep_published(connection, file)
    return signer


def rotate(connection: Connection, *, file: Path, lost: bool = False, at: datetime) -> PublicKey:
    """Seal with a new key from now on; the old one signs it, unless it is lost. Raises KeyTrouble.

    The new key is written beside the old, published, then put in its place: wherever this is stopped, the next start
    finds the one that was published. No head is signed meanwhile.
    """
    old = None if lost else signer_here(connection, file=file, at=at)
    next_file = file.with_name(f"{file.name}.next")
    with _only_sealer(connection):
        if old:
            check_key(connection, old)
        next_file.unlink(missing_ok=True)
        signer = new_signer()
        write_signer(next_file, signer)
        from_at = _after_all_that_was_sealed(connection, at)
        key = PublicKey(signer.id, signer.public, from_at, before=old.id if old else "")
        if old:
            key = PublicKey(key.id, key.public, from_at, key.before, old.sign(key.text()))
        _publish(connection, key)
        next_file.replace(file)
    _keep_published(connection, file)
    return key


def latest_key(connection: Connection) -> PublicKey | None:
    found = connection.execute(LATEST_KEY).fetchone()
    return PublicKey(*found) if found else None


def check_key(connection: Connection, signer: Signer) -> PublicKey:
    """The public half of a key that seals, which is the latest that was published. Raises KeyTrouble."""
    latest = latest_key(connection)
    if latest is None or latest.id != signer.id or id_of(latest.public) != signer.id:
        raise KeyTrouble(
            f"The sealing key here is {signer.id}, and the ledger is sealed with {latest.id if latest else 'none'}. "
            "Put the right key in its place, or, if it is lost, make a new one: kept ledger key replace"
        )
    return latest


def published_before(file: Path) -> list[PublicKey]:
    """The public keys that were published when the key in a file last sealed, the first one first."""
    try:
        told = json.loads(_beside(file).read_text(encoding="utf-8"))
        return [PublicKey.from_json(one) for one in told["keys"]]
    except FileNotFoundError:
        return []
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise KeyTrouble(f"{_beside(file)} does not hold public keys: {error}. Move it away.") from error


def newest_signed(signer: Signer) -> Head | None:
    """The newest head that was signed with the keys of this file, as far as it is known. Raises KeyTrouble."""
    if signer.file is None:
        return None
    try:
        return Head.from_json(json.loads(_newest(signer.file).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise KeyTrouble(f"{_newest(signer.file)} does not hold a head: {error}. Move it away.") from error


def remember(signer: Signer, head: Head) -> None:
    """Know of a head that was signed, and is in the database."""
    if signer.file:
        write_over(_newest(signer.file), json.dumps(head.as_json(), indent=2).encode())


def put_aside(file: Path) -> Path | None:
    """Go on from what the database holds, as after a restore; where the newest head is now, which is worth keeping."""
    newest = _newest(file)
    if not newest.exists():
        return None
    number = json.loads(newest.read_text(encoding="utf-8"))["number"]
    return newest.replace(file.with_name(f"{file.name}.head-before-restore-{number}.json"))


@contextmanager
def _only_sealer(connection: Connection) -> Iterator[None]:
    """As long as nobody else seals: a pass that runs is waited for."""
    try:
        connection.execute("select pg_advisory_lock(%s)", [ONE_SEALER])
    except psycopg.errors.LockNotAvailable:
        raise KeyTrouble("Another process seals this ledger just now. Try again in a few seconds.") from None
    try:
        yield
    finally:
        connection.execute("select pg_advisory_unlock(%s)", [ONE_SEALER])


def _publish_missing(
    connection: Connection, signer: Signer, published: Sequence[PublicKey], at: datetime
) -> None:
    """Publish the first key; or again those that a database from before a rotation does not know of any more."""
    latest = latest_key(connection)
    if latest is None and not published:
        _publish(connection, PublicKey(signer.id, signer.public, at))
        return
    places = [place for place, key in enumerate(published) if latest and key == latest]
    missing = published[places[0] + 1 :] if places else published if latest is None else []
    chain = [latest, *missing] if latest else missing
    follow = all(key.before in ("", before.id) for before, key in pairwise(chain))
    if missing and missing[-1].id == signer.id and follow:
        for key in missing:
            _publish(connection, key)


def _after_all_that_was_sealed(connection: Connection, at: datetime) -> datetime:
    """A moment from which a new key can seal: no head of the old one is from after it."""
    (sealed_until,) = connection.execute(SEALED_UNTIL).fetchone() or (None,)
    latest = latest_key(connection)
    after_latest = latest.from_at + timedelta(microseconds=1) if latest else at
    return max(at, sealed_until or at, after_latest)


def _publish(connection: Connection, key: PublicKey) -> None:
    connection.execute(ADD_KEY, [key.id, key.public, key.from_at, key.before, key.signature])


def _keep_published(connection: Connection, file: Path) -> None:
    """What `kept ledger keys` prints, beside the private key."""
    published = [PublicKey(*row) for row in connection.execute(ALL_KEYS)]
    if published != published_before(file):
        told = json.dumps({"keys": [key.as_json() for key in published]}, indent=2)
        write_over(_beside(file), told.encode())


def _newest(file: Path) -> Path:
    return file.with_name(f"{file.name}.head.json")


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.public.json")
