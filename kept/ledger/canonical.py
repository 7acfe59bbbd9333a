"""An entry as bytes: what its leaf is the hash of.

The bytes are those of PostgreSQL's own text form (COPY), of columns that are listed here: the entry's row, then the
rows of the people it names in the order of their ledger ids, in UTC. Nothing about it depends on a machine or a locale.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

import psycopg
from psycopg.pq import ExecStatus

ENTRY = (
    "id", "at", "account", "process", "role", "service", "organisation", "act", "purpose", "outcome", "definition",
    "clauses", "source", "reason", "request", "asked",
)  # fmt: skip
SUBJECT = ("entry_id", "at", "ledger_id", "service", "read", "recorded", "standing", "part")
SETTINGS = """
set search_path = pg_catalog, public, pg_temp;
set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set client_encoding = 'UTF8';
set enable_seqscan = off; set enable_bitmapscan = off; set jit = off
"""
# Rows in the order of their numbers: as the indexes have them.
ENTRIES = f"copy (select {', '.join(ENTRY)} from ledger_entry where {{}} order by id, at) to stdout"  # noqa: S608
SUBJECTS = (
    f"copy (select {', '.join(SUBJECT)} from ledger_subject where {{}}"  # noqa: S608
    " order by entry_id, ledger_id, at) to stdout"
)


def connected(address: str) -> psycopg.Connection[Any]:
    """A connection on which entries come as the bytes that were sealed."""
    connection = psycopg.connect(address, autocommit=True)
    connection.execute(SETTINGS)
    return connection


def rows_of(
    connection: psycopg.Connection[Any], which: str, *, named: str
) -> tuple[list[bytes], list[bytes]]:
    """The rows of entries and of the people they name: `which` says which, of the first and (`named`) of the second."""
    return copied(connection, ENTRIES.format(which)), copied(connection, SUBJECTS.format(named))


def rows_between(connection: psycopg.Connection[Any], low: int, high: int) -> tuple[list[bytes], list[bytes]]:
    """The rows of every entry whose number is from `low` to `high`."""
    between = f"between {low:d} and {high:d}"
    return rows_of(connection, f"id {between}", named=f"entry_id {between}")


def copied(connection: psycopg.Connection[Any], statement: str) -> list[bytes]:
    """What a COPY tells, a row each. One letter for all: `Cursor.copy` waits anew for each row, ten times as long."""
    server = connection.pgconn
    begun = server.exec_(statement.encode())
    if begun.status != ExecStatus.COPY_OUT:
        raise psycopg.errors.error_from_result(begun)
    found: list[bytes] = []
    take = server.get_copy_data
    size, row = take(0)
    while size > 0:
        found.append(row.tobytes())
        size, row = take(0)
    while ended := server.get_result():
        if ended.status == ExecStatus.FATAL_ERROR:
            raise psycopg.errors.error_from_result(ended)
    return found


def data_of(entries: Iterable[bytes], subjects: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of each entry: its row, and those of the people it names."""
    named = iter(subjects)
    subject = next(named, b"")
    for row in entries:
        data, number = row, row[: row.index(b"\t") + 1]
        while subject.startswith(number):
            data += subject
            subject = next(named, b"")
        yield data


def leaves_of(entries: Sequence[bytes], subjects: Sequence[bytes]) -> list[bytes]:
    """The leaf of each entry: as `data_of` and `leaf_hash`, in one loop, for here verifying spends its time."""
    hashes, sha = [], sha256
    named = iter(subjects)
    subject = next(named, b"")
    for row in entries:
        number = row[: row.index(b"\t") + 1]
        data = b"\0" + row
        while subject.startswith(number):
            data += subject
            subject = next(named, b"")
        hashes.append(sha(data).digest())
    return hashes
