"""The queue of messages that wait for a person."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connections

from kept.database.acting import here
from kept.intake.models import Demonstration, Waiting
from kept.ledger.entries import Allowed, entry, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.published.reads import definition_for
from kept.standards.days import day_of

QUEUE = "open the intake queue"
ITEMS = frozenset({"intake.message"})
A_PAGE = 50
LATELY = 20


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """A message that waits: which file, which event, when it came, and the codes of its reasons."""

    id: int
    file: str
    event: str
    since: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOutShown:
    """A message that was read, and the codes of what of it went nowhere: never what it said."""

    file: str
    event: str
    read_at: datetime
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, oldest first, how many wait in all, and what was left out of messages lately."""

    waiting: tuple[WaitingShown, ...]
    in_all: int
    page: int
    left_out: tuple[LeftOutShown, ...] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-self.in_all // A_PAGE))


def open_queue(*, by: Asker, purpose: str, page: int = 1, at: datetime) -> Queue:
    """What waits for a person in the asker's service; the nearest page that there is.

    Raises Refused for a role that does not sort messages.
    """
    on = day_of(at)
    decision = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="service",
        part="nobody",
        items=ITEMS,
        purpose=purpose,
        on=on,
    )
    if not decision:
        refuse(by=by, act=QUEUE, purpose=purpose, decision=decision, at=at)
    with entry(by=by, act=QUEUE, purpose=purpose, allowed=[Allowed(0, read=decision.allowed)], at=at):
        rows = Waiting.objects.filter(service=by.service, closed_at=None).order_by("id")
        in_all = rows.count()
        page = min(max(page, 1), max(1, -(-in_all // A_PAGE)))
        start = (page - 1) * A_PAGE
        waiting = tuple(
            WaitingShown(row.id, row.file, row.event, row.recorded_at, tuple(row.reasons))
            for row in rows[start : start + A_PAGE]
        )
        return Queue(waiting, in_all, page, _left_out_lately())


def _left_out_lately() -> tuple[LeftOutShown, ...]:
    """The receipts are sealed: the database tells of them what this entry may read, and no more."""
    with connections[here()].cursor() as cursor:
        cursor.execute("select file, event, read_at, left_out from ledger.what_was_left_out(%s)", [LATELY])
        return tuple(
            LeftOutShown(file, event, at, tuple(codes)) for file, event, at, codes in cursor.fetchall()
        )


def is_a_demonstration() -> bool:
    """Whether this database holds invented families; one that does never holds others."""
    return Demonstration.objects.exists()
