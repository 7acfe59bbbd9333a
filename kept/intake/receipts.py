"""What became of a file: said on its receipt, once, in the transaction that made it so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from kept.intake.child_health_events.values import Message
from kept.intake.models import Bundle
from kept.intake.rules import numbers_of_senders, series_of
from kept.ledger.entries import Entry


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: 'read', 'queued' or 'repeated', with the reasons it waits for."""

    file: str
    state: str
    reasons: tuple[str, ...] = ()


class DoneMeanwhile(Exception):
    """Somebody else finished the message while we read it: what we wrote is undone."""


def finish(
    bundle: Bundle,
    message: Message | None,
    *,
    state: str,
    entry: Entry | None = None,
    person: int | None = None,
    left_out: Collection[str] = (),
    at: datetime,
) -> None:
    """Say what became of the file. A second time undoes itself: raises DoneMeanwhile."""
    done = Bundle.objects.filter(id=bundle.id, state="received").update(
        state=state,
        finished_at=at,
        entry_id=entry.id if entry else None,
        message_id=message.id if message else "",
        message_digest=message.digest if message else "",
        version=message.version if message else None,
        series=series_of(message) if message else "",
        event=message.event if message else "",
        child=list(numbers_of_senders(message)) if message else [],
        person_id=person,
        left_out=list(dict.fromkeys(left_out)),
    )
    if not done:
        raise DoneMeanwhile
