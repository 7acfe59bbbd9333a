"""What can be asked about the seals: how far behind they are, the heads, the keys, the proof of one entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo

from kept.database.acting import here
from kept.ledger.canonical import data_of, leaves_of, rows_between
from kept.ledger.heads import Head
from kept.ledger.keys import PublicKey
from kept.ledger.tree import Frontier, root_by_path, unpacked

HEAD = "number, size, root, sealed_at, caught_up, key, previous, signature"
WAITS = "select count(*), min(at) from ledger_unsealed"
# Entries of times for which there is no month: before the first, after the last, and between two.
IN_THE_REST = """
select count(*) from (
    select until_at as low, lead(from_at, 1, 'infinity') over (order by until_at) as high from ledger_month
    union all select '-infinity', min(from_at) from ledger_month
) gap cross join lateral (select from ledger_entry e where e.at >= low and e.at < high) entry where low < high
"""
NEWEST = f"select {HEAD} from ledger_seal order by number desc limit 1"  # noqa: S608
SINCE = f"select {HEAD} from ledger_seal where number > %s order by number"  # noqa: S608
ONE_HEAD = f"select {HEAD} from ledger_seal where number = %s"  # noqa: S608 - our columns
KEYS = "select id, public, from_at, before, signature from ledger_key order by from_at"
HOLDING = f"""
select {HEAD}, entries, leaves,
       coalesce((select b.frontier from ledger_seal b where b.number = s.number - 1), '')
from ledger_seal s where entries @> %s::bigint and number > 0 order by number limit 1
"""  # noqa: S608

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the seals are behind: entries that wait, for how long the oldest has, and the newest head."""

    unsealed: int
    oldest_at: datetime | None
    oldest_seconds: float
    head: Head | None
    in_the_rest: int = 0  # entries that are in no month's part


def lag(*, at: datetime) -> Lag:
    """How far sealing is behind, as the sealer sees it; `kept metrics` tells the same."""
    with connections[here()].cursor() as cursor:
        cursor.execute(WAITS)
        waiting, oldest = cursor.fetchone()
        cursor.execute(NEWEST)
        found = cursor.fetchone()
        cursor.execute(IN_THE_REST)
        (rest,) = cursor.fetchone()
    waits = max(at - oldest, timedelta(0)).total_seconds() if oldest else 0.0
    return Lag(waiting, oldest, waits, head_of(found) if found else None, rest)


def address(*, alias: str = "sealer") -> str:
    """Where a connection of an alias leads, for one of the driver's own: a COPY is not Django's business."""
    told = connections.settings[alias]
    wanted = {
        "host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"],
        "dbname": told["NAME"],
    }  # fmt: skip
    options = {name: value for name, value in told["OPTIONS"].items() if isinstance(value, str | int)}
    return make_conninfo(**{name: str(value) for name, value in (wanted | options).items() if value != ""})


def head_of(row: tuple[Any, ...]) -> Head:
    number, size, root, sealed_at, caught_up, key, previous, signature = row
    return Head(number, size, bytes(root), sealed_at, caught_up, key, bytes(previous), bytes(signature))


def heads_since(connection: Connection, *, number: int) -> list[Head]:
    """The heads after the one of this number, oldest first."""
    return [head_of(row) for row in connection.execute(SINCE, [number])]


def newest_head(connection: Connection) -> Head | None:
    found = connection.execute(NEWEST).fetchone()
    return head_of(found) if found else None


def keys(connection: Connection) -> list[PublicKey]:
    """Every public key that ever sealed this ledger, the first one first."""
    return [PublicKey(*row) for row in connection.execute(KEYS)]


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in the tree of a head: its bytes, its place, and the audit path from its leaf to the root."""

    entry: int
    data: bytes
    place: int
    path: tuple[bytes, ...]
    head: Head
    key: PublicKey

    def as_json(self) -> Mapping[str, Any]:
        return {
            "entry": self.entry,
            "data": self.data.decode(),
            "place": self.place,
            "path": [one.hex() for one in self.path],
            "head": self.head.as_json(),
            "signed": self.head.text().decode(),
            "signature": self.head.signature.hex(),
            "key": self.key.as_json(),
        }


class NotProven(Exception):
    """There is no proof of this entry; the words say why."""


def proof_of(connection: Connection, *, entry: int) -> Proof:
    """The proof of one entry against the head of its batch, which every later head names. Raises NotProven."""
    found = connection.execute(HOLDING, [entry]).fetchone()
    if found is None:
        waits = connection.execute("select from ledger_unsealed where entry = %s", [entry]).rowcount
        raise NotProven(
            f"Entry {entry} waits for its seal: ask again in a few seconds." if waits
            else f"No seal holds an entry {entry}: there is none of this number, or it was put in by hand."
        )  # fmt: skip
    head, leaves = head_of(found[:8]), unpacked(bytes(found[9]))
    before = Frontier.unpacked(head.size - len(leaves), bytes(found[10]))
    place = _place(found[8], entry)
    rows, named = rows_between(connection, entry, entry)
    data = b"".join(data_of(rows, named))
    path = before.path_to(leaves, place)
    proven = root_by_path(
        leaf=leaves[place], place=before.size + place, size=head.size, path=path
    ) == head.root and leaves_of(rows, named) == [leaves[place]]
    if not proven:
        raise NotProven(
            f"Entry {entry} is not what was sealed. Find out what was changed: kept ledger verify"
            if rows else f"Entry {entry} is not there any more: it was let go, or removed by hand."
        )  # fmt: skip
    key = next(one for one in keys(connection) if one.id == head.key)
    return Proof(entry, data, before.size + place, path, head, key)


def _place(ranges: Any, entry: int) -> int:
    """The place of an entry in its batch, which is in the order of numbers."""
    place = 0
    for one in ranges:
        if entry < one.upper:
            return int(place + entry - one.lower)
        place += one.upper - one.lower
    raise NotProven(f"The seal does not hold entry {entry}.")
