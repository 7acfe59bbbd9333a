"""What a person decides about a message that waits, and the reading again that may follow."""

from datetime import datetime
from enum import StrEnum

from django.db import connections, transaction

from kept.database.acting import here
from kept.intake.models import Bundle, Waiting
from kept.intake.reads import ITEMS, WaitingShown
from kept.ledger.entries import Allowed, entry, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect
from kept.published.reads import definition_for
from kept.standards.days import day_of

SORTING = "sort out a message that waits"
SOURCE = "health-organisation"
LEAST_LETTERS = 5


class Sorted(StrEnum):
    """What became of a message that waited."""

    READ_AGAIN = "read-again"  # what stood in its way is mended
    BY_HAND = "by-hand"  # what it says is in the record
    NOT_OURS = "not-ours"  # it was sent on, or back


class NotSorted(Exception):
    """It cannot be put away like this; `faults` says why, field by field."""

    def __init__(self, **faults: str) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def waiting(*, by: Asker, number: int, purpose: str, at: datetime) -> WaitingShown | None:
    """One message that waits in the asker's service; None where it waits no longer. Raises Refused."""
    allowed = [Allowed(0, read=_sorts(by=by, purpose=purpose, at=at))]
    with entry(by=by, act="look at a message that waits", purpose=purpose, allowed=allowed, at=at):
        row = Waiting.objects.filter(id=number, service=by.service, closed_at=None).first()
    return WaitingShown(row.id, row.file, row.event, row.recorded_at, tuple(row.reasons)) if row else None


def sort_out(*, by: Asker, number: int, as_: str, said: str, purpose: str, at: datetime) -> None:
    """Take a message out of the queue, for good or to be read again. What was done about it stands in the entry.

    Raises NotSorted where something is missing or somebody else was first; Refused for a role that does not sort.
    """
    if faults := _faults(as_, said):
        raise NotSorted(**faults)
    items = _sorts(by=by, purpose=purpose, at=at)
    allowed = [Allowed(0, read=items, record=items)]
    with entry(
        by=by, act=SORTING, purpose=purpose, allowed=allowed, source=SOURCE, reason=said.strip(), at=at
    ):
        still_waits = Waiting.objects.filter(id=number, service=by.service, closed_at=None)
        if not still_waits.update(closed_at=at, closed_as=Sorted(as_)):
            raise NotSorted(sorted="Somebody else has sorted this message out. Go back to the queue.")


def read_again(*, by: Asker, at: datetime) -> int:
    """Let the messages that a person sent back be read anew, by the process that reads; how many there are.

    The person's own entry says so already: nothing is read yet, and nobody is named.
    """
    with transaction.atomic(using=here(), durable=True), connections[here()].cursor() as cursor:
        cursor.execute("select bundle from ledger.messages_sent_back(%s, %s)", [by.token, at])
        sent_back = [bundle for (bundle,) in cursor.fetchall()]
        again = Bundle.objects.filter(service=by.service, state="queued", id__in=sent_back)
        return (
            again.update(state="received", finished_at=None, entry_id=None, workflow="") if sent_back else 0
        )


def _faults(as_: str, said: str) -> dict[str, str]:
    faults = {}
    if as_ not in set(Sorted):
        faults["sorted"] = "Say what is to become of the message."
    if sum(letter.isalpha() for letter in said) < LEAST_LETTERS:
        faults["said"] = "Say in a few words what you did. Do not write a name."
    return faults


def _sorts(*, by: Asker, purpose: str, at: datetime) -> frozenset[str]:
    """What somebody who sorts messages may record about one; raises Refused for everybody else."""
    on = day_of(at)
    decision = may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="service",
        part="nobody",
        items=ITEMS,
        purpose=purpose,
        source=SOURCE,
        on=on,
    )
    if not decision:
        refuse(by=by, act=SORTING, purpose=purpose, decision=decision, source=SOURCE, at=at)
    return decision.allowed
