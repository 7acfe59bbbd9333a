"""Sealing and verifying a long ledger: entries a second, by the clock and by processor time, disk, and one proof.

Each entry names one person and four items, as looking at a record does. They are written in sets by a superuser of the
bench's own server; what is measured is the sealer and the verifier as they are.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench.figures import Figures
from bench.place import SERVICE, superuser
from bench.serving import database_cpu_seconds
from kept.ledger.canonical import connected
from kept.ledger.custody import signer_here
from kept.ledger.sealing import seal_next
from kept.ledger.seals import address, proof_of
from kept.ledger.verifying import verify

A_SET = 250_000
WRITE = """
with written as (
    insert into ledger_entry (at, account, process, role, service, organisation, act, purpose, outcome, definition,
                              clauses, source, reason, request)
    select %(at)s, n %% 300, '', 'practitioner', %(service)s, 'kent-community-health', 'open a record', %(service)s,
           'may', 1, '{hv-2.02,hv-3.01,hv-3.02,hv-4.01}', '', '', md5(n::text)
    from generate_series(1, %(many)s) n returning id, at)
insert into ledger_subject (entry_id, at, ledger_id, service, read, recorded, standing, part)
select id, at, gen_random_uuid(), %(service)s,
       '{identity.address,identity.date-of-birth,identity.name,identity.nhs-number}', '{}', 'team', 'child'
from written
"""
BYTES = """
select (select sum(pg_total_relation_size(relid)) from pg_partition_tree('ledger_entry'))::float8,
       (select sum(pg_total_relation_size(relid)) from pg_partition_tree('ledger_subject'))::float8,
       pg_total_relation_size('ledger_seal')::float8
"""


def sealed(home: Path, *, many: int) -> Figures:
    """Write so many entries, seal them, verify them, prove one."""
    with superuser(home) as connection:
        for written in range(0, many, A_SET):
            _tell(f"Writing entries: {written:,} of {many:,}.")
            values = {"at": datetime.now(UTC), "service": SERVICE, "many": min(A_SET, many - written)}
            connection.execute(WRITE, values)
            connection.commit()
        found = {"sealed_entries": float(many)} | _sealing(home, connection)
        found |= _verifying(home, connection)
        row = connection.execute(BYTES).fetchone() or (0.0, 0.0, 0.0)
        for name, size in zip(("entries", "people_named", "seals"), row, strict=True):
            found[f"ledger_bytes_an_entry_{name}"] = round(size / many, 1)
    return found


def _sealing(home: Path, database: psycopg.Connection) -> Figures:
    _tell("Sealing.")
    entries, began, used = 0, time.perf_counter(), _processor_seconds(home, database)
    with connected(address()) as connection:
        signer = signer_here(connection, file=home / "secrets" / "sealing_key", at=datetime.now(UTC))
        while one := seal_next(connection, signer=signer, at=datetime.now(UTC)):
            entries += one.entries
    return _speed("seal", entries, time.perf_counter() - began, _processor_seconds(home, database) - used)


def _verifying(home: Path, database: psycopg.Connection) -> Figures:
    _tell("Verifying.")
    began, used = time.perf_counter(), _processor_seconds(home, database)
    found = verify(address=address(), processes=2)
    assert not found.findings
    speed = _speed(
        "verify", found.entries, time.perf_counter() - began, _processor_seconds(home, database) - used
    )
    with connected(address()) as connection:
        began = time.perf_counter()
        proof_of(connection, entry=found.entries // 2)
        return speed | {"prove_ms": round((time.perf_counter() - began) * 1000, 1)}


def _speed(what: str, entries: int, seconds: float, processor_seconds: float) -> Figures:
    return {
        f"{what}_entries_per_second": round(entries / seconds),
        f"{what}_processor_us_an_entry": round(processor_seconds / entries * 1e6, 2),
    }


def _processor_seconds(home: Path, database: psycopg.Connection) -> float:
    """Of this process, of those it started and that have ended, and of the database."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system + database_cpu_seconds(home)


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")
