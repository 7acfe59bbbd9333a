"""Taking files in, and reading what they say into the record; what does not fit waits for a person.

A file is taken in one transaction and read in another. Whatever is cut off in between is found again by its
state: nothing is lost, nothing is read twice, nothing is half-done.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from kept.database.acting import here
from kept.intake.child_health_events.reading import read_message
from kept.intake.child_health_events.values import Message
from kept.intake.faults import Reason
from kept.intake.models import Bundle, Waiting
from kept.intake.rules import child_of, family_of, series_of
from kept.ledger.entries import Allowed, Entry, Refused, entry
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_serve
from kept.published.reads import definition_for
from kept.record.families.actions import NotRegistered, registering
from kept.staff.reads import teams_for
from kept.standards import postcodes
from kept.standards.days import day_of

SOURCE = "health-organisation"
WAITS = frozenset({"intake.message"})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: 'read', 'queued' or 'repeated', with the reasons it waits for."""

    file: str
    state: str
    reasons: tuple[str, ...] = ()


def take(*, by: Asker, file: str, content: bytes, at: datetime) -> bool:
    """Put a file away, sealed, before anything is made of it. Returns whether it is new."""
    with transaction.atomic(using=here(), durable=True):
        _, new = Bundle.objects.get_or_create(
            service=by.service,
            bytes_digest=hashlib.sha256(content).hexdigest(),
            defaults={"file": file, "content": content, "received_at": at},
        )
    return new


def still_to_read(*, by: Asker) -> tuple[int, ...]:
    """The numbers of the files taken in and not yet read, oldest first."""
    waiting = Bundle.objects.filter(service=by.service, state="received").order_by("id")
    return tuple(waiting.values_list("id", flat=True))


def read_bundle(*, by: Asker, bundle_id: int, at: datetime) -> Result:
    """Read one file into the record, or queue it with every reason it has to wait. All of it, or nothing."""
    bundle = Bundle.objects.get(id=bundle_id)
    reading = read_message(bytes(bundle.content), at=at)
    message = reading.message
    if message is None:
        return _queue(by=by, bundle=bundle, message=None, reasons=[f.reason for f in reading.faults], at=at)
    if seen := _seen_before(bundle, message):
        if seen == Reason.REPEATED:
            return _finish_repeated(bundle, message, at)
        return _queue(by=by, bundle=bundle, message=message, reasons=[seen], at=at)
    reasons = [fault.reason for fault in reading.faults] + _out_of_service(by=by, message=message, at=at)
    team = _team_of(by=by, message=message)
    if team is None and not reasons:
        reasons.append(Reason.NO_TEAM)
    if not child_of(message):
        reasons.append(Reason.CHILD_UNCLEAR)
    if reasons or team is None:
        return _queue(by=by, bundle=bundle, message=message, reasons=reasons, at=at)
    try:
        family = family_of(message, team_id=team, known=_read_before(bundle, message))
        with registering(by=by, family=family, purpose=by.service, source=SOURCE, at=at) as registered:
            _finish(bundle, message, state="read", entry=registered.entry, person=registered.child, at=at)
    except NotRegistered as contradiction:
        reasons = [Reason(code) for code in contradiction.reasons]
        return _queue(by=by, bundle=bundle, message=message, reasons=reasons, at=at)
    except IntegrityError:  # another process registered somebody with one of these numbers just now
        return _queue(by=by, bundle=bundle, message=message, reasons=[Reason.NUMBER_HELD_BY_ANOTHER], at=at)
    except Refused:
        return _queue(by=by, bundle=bundle, message=message, reasons=[Reason.NOT_ALLOWED], at=at)
    return Result(bundle.file, "read")


def _seen_before(bundle: Bundle, message: Message) -> Reason | None:
    """Whether the same message was taken before, said something else then, or was overtaken by a newer one."""
    others = Bundle.objects.filter(service=bundle.service).exclude(id=bundle.id).exclude(state="received")
    if message.id:
        same = others.filter(message_id=message.id, version=message.version).first()
        if same:
            if same.message_digest == message.digest:
                return Reason.REPEATED
            return Reason.SAME_ID_OTHER_CONTENT
    if (
        message.version is not None
        and others.filter(series=series_of(message), version__gt=message.version, state="read").exists()
    ):
        return Reason.LATE
    return None


def _read_before(bundle: Bundle, message: Message) -> int | None:
    """The child of an earlier message that the sender knows by the same number, NHS number or not."""
    return (
        Bundle.objects.filter(service=bundle.service, child=child_of(message), state="read")
        .exclude(person_id=None)
        .values_list("person_id", flat=True)
        .first()
    )


def _out_of_service(*, by: Asker, message: Message, at: datetime) -> list[Reason]:
    """Whether the child is of an age and an area that the service is for, as its definition has it."""
    child, on = message.child, day_of(at)
    if child is None or child.born_on is None or child.born_on > on:
        return []
    definition = definition_for(by=by, on=on).definition
    district = child.home.district if child.home else ""
    serving = may_serve(definition, born_on=child.born_on, authority=district, with_carer=True, on=on)
    of_any_age = may_serve(definition, born_on=on, authority=district, with_carer=True, on=on)
    reasons = []
    if not serving and not serving.owed:  # an age is refused outright; about an area, a person decides
        reasons.append(Reason.PAST_FIFTH_BIRTHDAY)
    if district and not of_any_age:
        reasons.append(Reason.AUTHORITY_ELSEWHERE)
    return reasons


def _team_of(*, by: Asker, message: Message) -> int | None:
    home = message.child.home if message.child else None
    if home is None:
        return None
    teams = teams_for(service=by.service, district=postcodes.district(home.postcode))
    return teams[0].id if len(teams) == 1 else None


def _queue(
    *,
    by: Asker,
    bundle: Bundle,
    message: Message | None,
    reasons: Sequence[Reason],
    at: datetime,
) -> Result:
    """Let the message wait for a person: about nobody yet, since nobody was registered."""
    on = day_of(at)
    decision = may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="service",
        part="nobody",
        items=WAITS,
        purpose=by.service,
        source=SOURCE,
        on=on,
    )
    allowed = [Allowed(0, record=decision.allowed)]
    with entry(
        by=by, act="queue a message", purpose=by.service, allowed=allowed, source=SOURCE, at=at
    ) as opened:
        codes = [str(reason) for reason in dict.fromkeys(reasons)]
        Waiting.objects.create(
            bundle_id=bundle.id,
            file=bundle.file,
            event=message.event if message else "",
            reasons=codes,
            **opened.held,
        )
        _finish(bundle, message, state="queued", entry=opened, at=at)
    return Result(bundle.file, "queued", tuple(codes))


def _finish_repeated(bundle: Bundle, message: Message, at: datetime) -> Result:
    with transaction.atomic(using=here(), durable=True):
        _finish(bundle, message, state="repeated", entry=None, at=at)
    return Result(bundle.file, "repeated")


def _finish(
    bundle: Bundle,
    message: Message | None,
    *,
    state: str,
    entry: Entry | None,
    person: int | None = None,
    at: datetime,
) -> None:
    Bundle.objects.filter(id=bundle.id, state="received").update(
        state=state,
        finished_at=at,
        entry_id=entry.id if entry else None,
        message_id=message.id if message else "",
        message_digest=message.digest if message else "",
        version=message.version if message else None,
        series=series_of(message) if message else "",
        child=child_of(message) if message else "",
        person_id=person,
    )
