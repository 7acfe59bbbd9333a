"""Sealing: what waits becomes a batch of leaves, and the tree with it is signed.

One transaction a batch, in the sealer's own role. It takes no lock that anybody who writes needs; it takes one that a
second sealer needs, so that two never sign two heads of one number.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

from kept.ledger.canonical import leaves_of, rows_of
from kept.ledger.custody import ONE_SEALER, check_key, newest_signed, remember
from kept.ledger.heads import NO_HEAD, Head
from kept.ledger.keys import Signer
from kept.ledger.seals import ONE_HEAD, head_of, keys
from kept.ledger.succession import judged
from kept.ledger.tree import Frontier

MOST_IN_A_BATCH = 10_000
# How long an entry may wait for its seal while a sealer runs: what is promised. A pass is made every second.
WINDOW = timedelta(seconds=5)
MONTHS_AHEAD = 3
LAST = """
select number, size, root, sealed_at, caught_up, key, previous, signature, frontier
from ledger_seal order by number desc limit 1
"""
WAITING = "select entry, at from ledger_unsealed order by entry limit %s"
BATCH = """
insert into ledger_seal (number, size, entries, leaves, frontier, root, sealed_at, caught_up, key, previous, signature)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one pass did: the head it signed, and how many entries it sealed."""

    head: Head
    entries: int


class Broken(Exception):
    """The ledger cannot be sealed any further; the words say what to do."""


class AnotherSealer(Exception):
    """Somebody else seals this ledger just now."""


def seal_next(connection: Connection, *, signer: Signer, at: datetime) -> Sealed | None:
    """Seal what waits, up to one batch; None where nothing does. Raises AnotherSealer, Broken, keys.KeyTrouble.

    `connection` is one of `canonical.connected`, as the sealer. Killed at any point, all of the batch is sealed or
    none of it.
    """
    with connection.transaction():
        if connection.execute("select from ledger_unsealed limit 1").rowcount == 0:
            return None
        (mine,) = _one(connection, "select pg_try_advisory_xact_lock(%s)", ONE_SEALER)
        if not mine:
            raise AnotherSealer("Another process seals this ledger already; this one waits for it to end.")
        _check_clock(connection, at)
        key = check_key(connection, signer)
        waiting = connection.execute(WAITING, [MOST_IN_A_BATCH + 1]).fetchall()
        entries, leaves = _batch(connection, waiting[:MOST_IN_A_BATCH])
        if not entries:
            return None
        caught_up = len(waiting) <= MOST_IN_A_BATCH
        sealed = _sign(connection, entries, leaves, signer, max(at, key.from_at), caught_up=caught_up)
    if connection.info.transaction_status == TransactionStatus.IDLE:  # what is not committed was not signed
        remember(signer, sealed.head)
    return sealed


def _check_clock(connection: Connection, at: datetime) -> None:
    """A head with another machine's wrong time would speak against honest entries for ever."""
    try:
        connection.execute("select ledger.check_clock(%s)", [at])
    except psycopg.DatabaseError as error:
        if error.sqlstate != "KP003":
            raise
        raise Broken(
            f"The clock here says {at:%Y-%m-%d %H:%M:%S} UTC, and the database's is more than 60 seconds off."
            " Nothing is sealed until both are right: set both clocks."
        ) from error


def _check_history(connection: Connection, signer: Signer) -> None:
    """A database that lacks what was signed is an older copy, or another one: its next numbers were signed already."""
    signed = newest_signed(signer)
    if signed is None:
        return
    row = connection.execute(ONE_HEAD, [signed.number]).fetchone()
    if row is None or head_of(row) != signed:
        raise Broken(
            f"Head {signed.number} of {signed.sealed_at:%Y-%m-%d %H:%M} UTC was signed here, and this database does not"
            " have it: an older copy was put in place, or it is another database. Find out who did that. If it was"
            " restored on purpose, go on: kept ledger seal --once --after-restore"
        )


def _batch(connection: Connection, waiting: list[tuple[int, datetime]]) -> tuple[list[int], list[bytes]]:
    """The numbers and leaves of those that wait, as far as they are there: one that is not goes on waiting."""
    if not waiting:
        return [], []  # another sealer was quicker
    numbers = [number for number, _ in waiting]
    among = f"any ('{{{','.join(map(str, numbers))}}}'::bigint[])"
    when = f"at between '{min(at for _, at in waiting)}' and '{max(at for _, at in waiting)}'"
    rows, named = rows_of(connection, f"id = {among} and {when}", named=f"entry_id = {among} and {when}")
    return [int(row[: row.index(b"\t")]) for row in rows], leaves_of(rows, named)


def _sign(
    connection: Connection,
    entries: list[int],
    leaves: list[bytes],
    signer: Signer,
    at: datetime,
    *,
    caught_up: bool,
) -> Sealed:
    before, frontier = last_seal(connection)
    _check_history(connection, signer)
    grown = frontier.with_leaves(leaves)
    head = Head(
        number=before.number + 1 if before else 1,
        size=grown.size,
        root=grown.root,
        sealed_at=max(at, before.sealed_at) if before else at,
        caught_up=caught_up,
        key=signer.id,
        previous=before.hash() if before else NO_HEAD,
    )
    head = replace(head, signature=signer.sign(head.text()))
    connection.execute(
        BATCH,
        [head.number, head.size, ranges_of(entries), b"".join(leaves), grown.packed(), head.root, head.sealed_at,
         head.caught_up, head.key, head.previous, head.signature],
    )  # fmt: skip
    connection.execute("delete from ledger_unsealed where entry = any (%s)", [entries])
    return Sealed(head, len(entries))


def last_seal(connection: Connection) -> tuple[Head | None, Frontier]:
    """The newest head and the tree as it is remembered; None and an empty one before the first."""
    found = connection.execute(LAST).fetchone()
    if found is None:
        return None, Frontier()
    head = Head(*found[:-1])
    try:
        tree = Frontier.unpacked(head.size, found[-1])
    except ValueError:
        tree = Frontier()
    if tree.root != head.root or not _is_ours(connection, head):
        raise Broken(
            f"Seal {head.number}, the newest, was changed. Find out what else was: kept ledger verify"
        )
    return head, tree


def _is_ours(connection: Connection, head: Head) -> bool:
    """Whether a key that was published signed a head."""
    return judged(own=keys(connection), kept=()).succession.signed(head)


def ranges_of(numbers: list[int]) -> Multirange[int]:
    """Ascending numbers, as ranges."""
    ranges: list[Range[int]] = []
    start = before = numbers[0]
    for number in [*numbers[1:], None]:
        if number != before + 1:
            ranges.append(Range(start, before + 1))
            start = number or 0
        before = number or 0
    return Multirange(ranges)


def make_months(connection: Connection, *, at: datetime) -> int:
    """The parts of the ledger for the months to come; how many were missing."""
    (made,) = _one(connection, "select ledger.make_months(%s, %s)", at, MONTHS_AHEAD)
    return int(made)


def _one(connection: Connection, statement: str, *values: Any) -> tuple[Any, ...]:
    found = connection.execute(statement, values).fetchone()
    assert found is not None
    return found
