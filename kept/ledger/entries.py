"""Opening an entry, and refusing in one: the only ways to a person's row, and the only ways past a question.

The functions of the database do the writing and refuse to go wider than the published permits; this module gives
them Python's manners.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from django.db import connections, transaction

from kept.database.acting import here
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.decision import Refused as Refused

OPEN = "select entry, definition from ledger.open(%s, %s, %s, %s::jsonb, %s, %s, %s, %s)"
# Whoever writes about somebody waits until nobody else does. People share so many turns, so that an entry about very
# many takes no more locks than these; each entry takes all of its turns at once, in their order, so that no two wait
# for one another. The first number is that of these locks among all advisory ones; any that nobody else has.
TURNS, TURN_OF_A_PERSON = 1024, 7_105_002
TAKE_TURNS = "select pg_advisory_xact_lock(%s, turn) from unnest(%s::integer[]) turn"

request_id: ContextVar[str] = ContextVar("request_id", default="")


@dataclass(frozen=True, slots=True)
class Fact:
    """How the asker stands to one person, as the database knows it."""

    person: int
    public_id: UUID
    standing: str
    part: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What one entry opens about one person: items to read, items to record.

    A person registered by the entry itself is given the part and the ledger id that the row will have.
    """

    person: int
    read: frozenset[str] = frozenset()
    record: frozenset[str] = frozenset()
    part: str = ""
    ledger_id: UUID | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "person": self.person,
            "part": self.part,
            "ledger_id": self.ledger_id and str(self.ledger_id),
            "read": sorted(self.read),
            "record": sorted(self.record),
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """The open entry: its number, and the definition it was decided under. `held` is what each row carries."""

    id: int
    definition_id: int
    service: str
    source: str
    at: datetime

    @property
    def held(self) -> dict[str, object]:
        return {
            "service": self.service,
            "entry_id": self.id,
            "definition_id": self.definition_id,
            "source": self.source,
            "recorded_at": self.at,
        }


def facts(
    *,
    by: Asker,
    ids: Iterable[UUID] = (),
    persons: Iterable[int] = (),
    with_family: bool = False,
    at: datetime,
) -> tuple[Fact, ...]:
    """How the asker stands to these people (by public or ledger id, or by person), and to their families.

    Someone unknown, or known only to another service, is not among the answers: the two are not told apart.
    """
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select person, public_id, standing, part from ledger.facts(%s, %s, %s, %s, %s)",
            [by.token, list(ids), list(persons), with_family, at],
        )
        return tuple(Fact(*row) for row in cursor.fetchall())


@contextmanager
def entry(
    *,
    by: Asker,
    act: str,
    purpose: str,
    allowed: Sequence[Allowed],
    source: str = "",
    reason: str = "",
    at: datetime,
) -> Iterator[Entry]:
    """Open an entry and the transaction that is its life. What is done inside commits with it, or not at all.

    An entry that records anything waits for every other that does and names one of its people, so that what it reads
    of them holds until it commits; one that only reads waits for nobody. The database refuses (an error, never a page)
    to open wider than the published permits: that would be a fault of the program, since the question was put to the
    definition before.
    """
    with transaction.atomic(using=here(), durable=True):
        with connections[here()].cursor() as cursor:
            if turns := _turns(allowed):
                cursor.execute(TAKE_TURNS, [TURN_OF_A_PERSON, turns])
            cursor.execute(OPEN, _said(by, act, purpose, allowed, source, reason, at))
            number, definition = cursor.fetchone()
        yield Entry(number, definition, by.service, source, at)


def _turns(allowed: Sequence[Allowed]) -> list[int]:
    """The turns that an entry takes: one for each person whom it names and who is known already; none to read."""
    if not any(one.record for one in allowed):
        return []
    return sorted({one.person % TURNS for one in allowed if one.person and one.ledger_id is None})


def read(
    statement: str,
    values: Mapping[str, Any],
    *,
    by: Asker,
    act: str,
    purpose: str,
    allowed: Sequence[Allowed],
    reason: str = "",
    at: datetime,
) -> tuple[Any, ...]:
    """The one row that a statement answers in an entry of its own.

    Opening and reading go to the database in one letter, which PostgreSQL carries out as one transaction; the answer
    is read when all of it has come back. So nothing is handed out before its entry is committed, and a page waits
    once. Raises as `entry` does.
    """
    connection = connections[here()]
    connection.ensure_connection()
    if connection.in_atomic_block:
        raise RuntimeError("An entry is a transaction of its own: it cannot be opened inside another.")
    with connection.wrap_database_errors, connection.cursor() as cursor:
        with connection.connection.pipeline():
            cursor.execute(OPEN, _said(by, act, purpose, allowed, "", reason, at))
            cursor.execute(statement, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _said(
    by: Asker,
    act: str,
    purpose: str,
    allowed: Sequence[Allowed],
    source: str,
    reason: str,
    at: datetime,
) -> list[Any]:
    """What `OPEN` is told."""
    wanted = json.dumps([one.as_json() for one in allowed])
    return [by.token, act, purpose, wanted, source, reason, request_id.get(), at]


def refuse(
    *,
    by: Asker,
    act: str,
    purpose: str,
    decision: Decision,
    ids: Iterable[UUID] = (),
    source: str = "",
    reason: str = "",
    at: datetime,
) -> NoReturn:
    """Write the refusal down in an entry of its own, which is committed, then raise `Refused`.

    The items that the decision was about are written with it; `source` is said where it was to record them.
    """
    with transaction.atomic(using=here(), durable=True), connections[here()].cursor() as cursor:
        cursor.execute(
            "select ledger.refuse(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                by.token,
                act,
                purpose,
                list(ids),
                list(decision.rests_on),
                reason,
                request_id.get(),
                at,
                sorted(decision.allowed | decision.withheld.keys()),
                source,
            ],
        )
    raise Refused(decision)
