"""Recording what somebody told us about a person: only what the notice lists about that person, from that source."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from kept.database.trouble import changed_meanwhile
from kept.ledger.entries import Allowed, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.circumstances.models import Circumstance, NeedMet
from kept.record.circumstances.rules import faults_of, faults_of_answer
from kept.record.circumstances.values import COMMUNICATION, KINDS, ONE_ANSWER, NeedAnswer, NewCircumstance
from kept.standards.days import day_of

RECORDING = "record what was told about somebody"
ANSWERING = "say whether communication needs were met"
NEEDS = frozenset({COMMUNICATION})
SOURCE = "the-person"
# How the database names the rules by which a form that is sent again finds what it recorded.
ONCE = frozenset({"record_circumstance_once_key", "record_need_met_once_key"})


class NotRecorded(Exception):
    """Nothing was recorded. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Offer:
    """An item that the asker may record about somebody, and from which sources."""

    kind: str
    sources: tuple[str, ...]


def record_circumstance(
    *, by: Asker, public_id: UUID, about: UUID, purpose: str, new: NewCircumstance, at: datetime
) -> bool:
    """Record one thing about somebody of a child's family (`about`; the child too), under its own item. Returns False
    where the same form recorded it before.

    Raises Refused where the notice does not list the item about that part of a family, from that source, for that
    purpose; NotRecorded where it cannot be true.
    """
    on = day_of(at)
    if faults := faults_of(new, today=on):
        raise NotRecorded(faults)
    fact = of_the_family(by=by, public_id=public_id, about=about, at=at)
    definition, items = definition_for(by=by, on=on).definition, frozenset({new.kind})
    stood = stood_by(by, fact)
    decision = may_collect(definition, **stood, items=items, purpose=purpose, source=new.source, on=on)
    if fact is None or not decision:
        refuse(
            by=by,
            act=RECORDING,
            purpose=purpose,
            decision=decision,
            ids=[public_id],
            source=new.source,
            at=at,
        )
    seen = may_see(definition, **stood, items=items, purpose=purpose, on=on)
    allowed = Allowed(fact.person, read=seen.allowed, record=items)
    opening: dict[str, Any] = {"purpose": purpose, "allowed": [allowed], "source": new.source, "at": at}
    with _once() as written, entry(by=by, act=RECORDING, **opening) as opened:
        if new.kind in ONE_ANSWER:
            current = Circumstance.objects.filter(person_id=fact.person, kind=new.kind, until_on=None)
            current.update(until_on=on)
        Circumstance.objects.create(
            person_id=fact.person,
            kind=new.kind,
            said=new.said.strip(),
            declined=new.declined,
            since_on=new.since_on,
            once=new.once,
            from_on=on,
            **opened.held,
        )
    return written.anew


def say_whether_met(
    *, by: Asker, public_id: UUID, about: UUID, purpose: str, answer: NeedAnswer, at: datetime
) -> bool:
    """Record whether the communication needs of somebody of a child's family were met on a day. Returns False where the
    same form recorded it before.

    The last of the steps that the Accessible Information Standard (DAPB1605) asks for before needs are reviewed. Raises
    Refused as record_circumstance does; NotRecorded where it cannot be true, or where no need is recorded.
    """
    on = day_of(at)
    if faults := faults_of_answer(answer, today=on):
        raise NotRecorded(faults)
    fact = of_the_family(by=by, public_id=public_id, about=about, at=at)
    definition, stood = definition_for(by=by, on=on).definition, stood_by(by, fact)
    decision = may_collect(definition, **stood, items=NEEDS, purpose=purpose, source=SOURCE, on=on)
    if fact is None or not decision:
        refuse(
            by=by,
            act=ANSWERING,
            purpose=purpose,
            decision=decision,
            ids=[public_id],
            source=SOURCE,
            at=at,
        )
    seen = may_see(definition, **stood, items=NEEDS, purpose=purpose, on=on)
    allowed = Allowed(fact.person, read=seen.allowed, record=NEEDS)
    opening: dict[str, Any] = {"purpose": purpose, "allowed": [allowed], "source": SOURCE, "at": at}
    with _once() as written, entry(by=by, act=ANSWERING, **opening) as opened:
        if not Circumstance.objects.filter(person_id=fact.person, kind=COMMUNICATION, until_on=None).exists():
            raise NotRecorded(
                {"met": "No communication need is recorded of them. Record what they need first."}
            )
        NeedMet.objects.create(
            person_id=fact.person,
            met=answer.met,
            said=answer.said.strip(),
            once=answer.once,
            from_on=answer.on,
            **opened.held,
        )
    return written.anew


@dataclass(slots=True)
class _Written:
    anew: bool = True


@contextmanager
def _once() -> Iterator[_Written]:
    """What a form that is sent again would write is not written again, and nothing is wrong."""
    written = _Written()
    try:
        yield written
    except IntegrityError as error:
        if changed_meanwhile(error) not in ONCE:
            raise
        written.anew = False


def offered(*, by: Asker, part: str, standing: str, purpose: str, on: date) -> tuple[Offer, ...]:
    """What this asker may record about such a person, each with the sources that may have told it."""
    definition = definition_for(by=by, on=on).definition
    stood: dict[str, Any] = {"by": by, "part": part, "standing": standing}
    sources = {
        source: may_collect(
            definition, **stood, items=frozenset(KINDS), purpose=purpose, source=source, on=on
        ).allowed
        for source in definition.vocabulary.sources
    }
    offers = (Offer(kind, tuple(one for one, items in sources.items() if kind in items)) for kind in KINDS)
    return tuple(offer for offer in offers if offer.sources)


def of_the_family(*, by: Asker, public_id: UUID, about: UUID, at: datetime) -> Fact | None:
    """How the asker stands to one person of a child's family; None for anybody else."""
    family = facts(by=by, ids=[public_id], with_family=True, at=at)
    if not any(fact.public_id == public_id and fact.part == "child" for fact in family):
        return None
    return next((fact for fact in family if fact.public_id == about), None)


def stood_by(by: Asker, fact: Fact | None) -> dict[str, Any]:
    part, standing = (fact.part, fact.standing) if fact else ("child", "none")
    return {"by": by, "part": part, "standing": standing}
