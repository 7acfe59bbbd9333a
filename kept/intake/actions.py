"""Taking files in, and reading what they say into the record; what does not fit waits for a person.

A file is taken in one transaction and read in another. Whatever is cut off in between is found again by its
state: nothing is lost, nothing is read twice, nothing is half-done. However many processes read for a service,
they take turns: two messages about one new baby, read at once, would register the baby twice.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, connections, transaction

from kept.database.acting import here
from kept.intake.child_health_events.catalogue import (
    CHANGE_OF_ADDRESS,
    DEATH,
    NOTHING_TO_HOLD,
    REGISTERING,
    TOLD_OF_THE_KNOWN,
)
from kept.intake.child_health_events.reading import read_message
from kept.intake.child_health_events.values import Message
from kept.intake.child_health_events.workflows import WORKFLOWS
from kept.intake.faults import Reason
from kept.intake.models import Bundle, Waiting
from kept.intake.receipts import DoneMeanwhile, Result, finish
from kept.intake.rules import birth_told, family_of, number_of, numbers_of_senders, series_of
from kept.intake.telling import SOURCE, tell, who
from kept.ledger.entries import Allowed, Refused, entry, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_serve
from kept.published.reads import definition_for
from kept.record.assessments.actions import write_told
from kept.record.assessments.values import Message as ToldIn
from kept.record.families.actions import NotRegistered, person_with_nhs_number, registering
from kept.record.merges.reads import records_together
from kept.staff.reads import teams_for
from kept.standards import postcodes
from kept.standards.days import day_of

QUEUEING = "queue a message"
WAITS = frozenset({"intake.message"})
ONE_HOLDER = "nhs_number_held_by_one_person"


def take(*, by: Asker, file: str, content: bytes, workflow: str = "", at: datetime) -> bool:
    """Put a file away, sealed, before anything is made of it. Returns whether it is still to be read.

    It is not where the very same bytes were read before, or came under another name. `workflow` is the workflow id,
    of what a mailbox delivered.
    """
    digest = hashlib.sha256(content).hexdigest()
    sealed = Bundle(
        service=by.service,
        bytes_digest=digest,
        file=file,
        content=content,
        workflow=workflow,
        received_at=at,
    )
    with transaction.atomic(using=here(), durable=True):
        Bundle.objects.bulk_create([sealed], ignore_conflicts=True)  # the same bytes are kept once
        held = Bundle.objects.filter(service=by.service, bytes_digest=digest)
        return held.values_list("state", "file").get() == ("received", file)


def still_to_read(*, by: Asker) -> Mapping[int, str]:
    """Number → name of each file taken in and not yet read, oldest first."""
    waiting = Bundle.objects.filter(service=by.service, state="received").order_by("id")
    return dict(waiting.values_list("id", "file"))


def read_bundle(*, by: Asker, bundle_id: int, at: datetime) -> Result | None:
    """Read one file into the record, or queue it with every reason it has to wait. All of it, or nothing.

    None where there is no such file still to be read: another process read it meanwhile.
    """
    with _turn(by.service):
        bundle = Bundle.objects.filter(id=bundle_id, service=by.service, state="received").first()
        if bundle is None:
            return None
        try:
            return _read(by=by, bundle=bundle, at=at)
        except DoneMeanwhile:
            return None


@contextmanager
def _turn(service: str) -> Iterator[None]:
    """Wait until no other process reads for this service. A killed process lets go of its turn by itself."""
    turn = ["intake", service]
    with connections[here()].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext(%s), hashtext(%s))", turn)
    try:
        yield
    except BaseException:
        connections[here()].close()  # lets go even where the server no longer answers
        raise
    with connections[here()].cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(hashtext(%s), hashtext(%s))", turn)


def _read(*, by: Asker, bundle: Bundle, at: datetime) -> Result:
    if bundle.workflow and bundle.workflow not in WORKFLOWS:
        return _queue(by=by, bundle=bundle, message=None, reasons={Reason.OTHER_WORKFLOW}, at=at)
    reading = read_message(bytes(bundle.content), at=at)
    message = reading.message
    reasons = {fault.reason for fault in reading.faults}
    if message is not None:
        known = _known_by_sender(by=by, message=message, at=at)
        seen = _seen_before(by=by, bundle=bundle, message=message, known=known, at=at)
        if seen is Reason.REPEATED:
            return _finish_repeated(bundle, message, at)
        reasons = {seen} if seen else reasons | _out_of_service(by=by, message=message, known=known, at=at)
        if not reasons:
            reasons = _read_into_the_record(by=by, bundle=bundle, message=message, known=known, at=at)
        if not reasons:
            return Result(bundle.file, "read")
    return _queue(by=by, bundle=bundle, message=message, reasons=reasons, at=at)


def _read_into_the_record(
    *, by: Asker, bundle: Bundle, message: Message, known: set[int], at: datetime
) -> set[Reason]:
    """Do what the event asks for; the reasons why not, where it cannot be done."""
    if message.event in NOTHING_TO_HOLD:
        with transaction.atomic(using=here(), durable=True):
            finish(bundle, message, state="read", left_out=message.left_out, at=at)
        return set()
    read = tell if message.event in TOLD_OF_THE_KNOWN else _register
    return read(by=by, bundle=bundle, message=message, known=known, at=at)


def _register(*, by: Asker, bundle: Bundle, message: Message, known: set[int], at: datetime) -> set[Reason]:
    """Register the family, or bring it up to date; the reasons why not, where it cannot be."""
    team = _team_of(by=by, message=message)
    if message.event == CHANGE_OF_ADDRESS:
        person = who(by=by, message=message, known=known, at=at)
        if isinstance(person, Reason):
            return {person}
        team = None  # whoever looks after the child goes on: a family that moves is handed over by people
    elif team is None:
        return {Reason.NO_TEAM}
    family = family_of(message, team_id=team, known=next(iter(known), None))
    try:
        with registering(by=by, family=family, purpose=by.service, source=SOURCE, at=at) as registered:
            if birth := birth_told(message):
                write_told(
                    within=registered.entry,
                    person=registered.child,
                    told=birth,
                    message=ToldIn(series_of(message), message.sender_name),
                    on=day_of(at),
                )
            finish(bundle, message, state="read", entry=registered.entry, person=registered.child, at=at)
    except NotRegistered as contradiction:
        return {Reason(code) for code in contradiction.reasons}
    except Refused:
        return {Reason.NOT_ALLOWED}
    except IntegrityError as error:
        if not _number_taken(error):
            raise
        return {Reason.NUMBER_HELD_BY_ANOTHER}
    return set()


def _number_taken(error: IntegrityError) -> bool:
    """Whether somebody registered one of these NHS numbers just now, on a page perhaps."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) == ONE_HOLDER


def _known_by_sender(*, by: Asker, message: Message, at: datetime) -> set[int]:
    """The children whom earlier messages called by a number that this one calls its child by: one, or none.

    Of two records that were put together, the one that is opened.
    """
    calls = list(numbers_of_senders(message))
    read = Bundle.objects.filter(service=by.service, child__overlap=calls, state="read")
    found = {person for person in read.values_list("person_id", flat=True) if person} if calls else set()
    first = records_together(by=by, persons=found, at=at)
    return {first.get(person, person) for person in found}


def _seen_before(
    *, by: Asker, bundle: Bundle, message: Message, known: set[int], at: datetime
) -> Reason | None:
    """Whether the same message was taken before, said something else then, or was overtaken by a newer one."""
    others = Bundle.objects.filter(service=bundle.service).exclude(id=bundle.id).exclude(state="received")
    if message.id:
        same = others.filter(message_id=message.id, version=message.version)
        said = set(same.values_list("message_digest", flat=True))
        if said:
            return Reason.REPEATED if message.digest in said else Reason.SAME_ID_OTHER_CONTENT
    if message.version is not None:
        child = known | {person_with_nhs_number(by=by, number=number_of(message), at=at)} - {None}
        records = child | records_together(by=by, persons=filter(None, child), at=at).keys()
        read = others.filter(person_id__in=records, series=series_of(message), version__gte=message.version)
        if read.exists():
            return Reason.LATE
    return None


def _out_of_service(*, by: Asker, message: Message, known: set[int], at: datetime) -> set[Reason]:
    """Whether it is one child, of an age and an area that the service is for, as its definition has it."""
    child, on = message.child, day_of(at)
    if len(known) > 1 or not (number_of(message) or numbers_of_senders(message)):
        return {Reason.CHILD_UNCLEAR}
    if child is None or child.born_on is None or child.born_on > on or message.event == DEATH:
        return set()
    definition = definition_for(by=by, on=on).definition
    district = child.home.district if child.home else ""
    serving = may_serve(definition, born_on=child.born_on, authority=district, with_carer=True, on=on)
    of_any_age = may_serve(definition, born_on=on, authority=district, with_carer=True, on=on)
    reasons = set()
    if not serving and not serving.owed:  # an age is refused outright; about an area, a person decides
        reasons.add(Reason.PAST_FIFTH_BIRTHDAY)
    if district and of_any_age.owed and message.event in REGISTERING:
        reasons.add(Reason.AUTHORITY_ELSEWHERE)
    return reasons


def _team_of(*, by: Asker, message: Message) -> int | None:
    """The one team that looks after where the child lives."""
    home = message.child.home if message.child else None
    if home is None:
        return None
    teams = teams_for(service=by.service, district=postcodes.district(home.postcode))
    return teams[0].id if len(teams) == 1 else None


def _queue(
    *, by: Asker, bundle: Bundle, message: Message | None, reasons: Collection[Reason], at: datetime
) -> Result:
    """Let the message wait for a person: about nobody yet, since nobody was registered."""
    on, purpose = day_of(at), by.service
    decision = may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="service",
        part="nobody",
        items=WAITS,
        purpose=purpose,
        source=SOURCE,
        on=on,
    )
    if not decision:
        refuse(by=by, act=QUEUEING, purpose=purpose, decision=decision, source=SOURCE, at=at)
    allowed = [Allowed(0, record=decision.allowed)]
    codes = [str(reason) for reason in Reason if reason in reasons]
    event = message.event if message else ""
    with entry(by=by, act=QUEUEING, purpose=purpose, allowed=allowed, source=SOURCE, at=at) as opened:
        Waiting.objects.create(
            bundle_id=bundle.id, file=bundle.file, event=event, reasons=codes, **opened.held
        )
        finish(bundle, message, state="queued", entry=opened, at=at)
    return Result(bundle.file, "queued", tuple(codes))


def _finish_repeated(bundle: Bundle, message: Message, at: datetime) -> Result:
    with transaction.atomic(using=here(), durable=True):
        finish(bundle, message, state="repeated", at=at)
    return Result(bundle.file, "repeated")
