"""A ledger that is sealed, and whoever owns the database it is in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from kept.ledger.canonical import connected
from kept.ledger.custody import signer_here
from kept.ledger.sealing import Sealed, seal_next
from kept.ledger.seals import address, heads_since, keys
from kept.ledger.verifying import Kept, Verified, verify
from tests import clusters
from tests.cast import AT, person_of
from tests.rooms.ledger.raw import Raw, about, session

SEALED_AT = AT + timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of a test's own database, and the file with the key that seals it."""

    database: str
    key: Path

    @contextmanager
    def sealer(self) -> Iterator[psycopg.Connection[Any]]:
        with connected(address()) as connection:
            yield connection

    @contextmanager
    def owner(self) -> Iterator[Raw]:
        """Whoever owns the database: no trigger, no policy and no right stops them."""
        where = psycopg.conninfo.make_conninfo(clusters.shared().superuser, dbname=self.database)
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute("set session_replication_role = replica")
            yield Raw(connection)

    def attack(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self.owner() as raw:
            return raw.rows(statement, *values)

    def write(self, many: int = 1, *, at: datetime = AT) -> list[int]:
        """Entries about Amina, one after another."""
        amina = person_of("Amina")
        with session(self.database) as raw:
            numbers = []
            for _ in range(many):
                with raw.kept() as opened:
                    numbers.append(opened.open(about(amina, read=("identity.name",)), at=at))
        return numbers

    def seal(self, *, at: datetime = SEALED_AT) -> list[Sealed]:
        with self.sealer() as connection:
            signer = signer_here(connection, file=self.key, at=at)
            found = []
            while sealed := seal_next(connection, signer=signer, at=at):
                found.append(sealed)
            return found

    def kept(self) -> Kept:
        """What somebody else was given to keep."""
        with self.sealer() as connection:
            return Kept(tuple(heads_since(connection, number=0)), tuple(keys(connection)))

    def verify(self, kept: Kept | None = None) -> Verified:
        return verify(address=address(), kept=kept, processes=1)

    def told(self, kept: Kept | None = None) -> list[tuple[str, int | None]]:
        """What verifying says: the kind of each finding, and its entry, or else its seal."""
        return [
            (one.kind, one.seal if one.entry is None else one.entry) for one in self.verify(kept).findings
        ]
