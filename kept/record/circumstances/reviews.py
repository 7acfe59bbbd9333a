"""Saying later of something that was told that it is still so, has changed, is no longer so, or never was.

What was said stays as it was said, with who said otherwise, when, and why. What has ended or was recorded by mistake is
current nowhere. For communication needs this is the step that the Accessible Information Standard (DAPB1605) calls
reviewing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, Entry, entry, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.circumstances.actions import NotRecorded, of_the_family, stood_by
from kept.record.circumstances.models import Circumstance, CircumstanceReview
from kept.record.circumstances.rules import faults_of_review
from kept.record.circumstances.values import CHANGED, ENDING, Review
from kept.standards.days import day_of

REVIEWING = "say whether what was told is still so"
MEANWHILE = "Somebody changed this meanwhile. Open the record again."


@dataclass(frozen=True, slots=True)
class Told:
    """Which thing that was told about somebody of a family: its number and its item."""

    number: int
    kind: str


def review_circumstance(
    *, by: Asker, public_id: UUID, about: UUID, purpose: str, told: Told, review: Review, at: datetime
) -> bool:
    """Record what is said now of something that was told; where it has changed, both in one entry. Returns False where
    the same form did this before.

    Raises Refused as record_circumstance does, and where the item may not be read; NotRecorded where it cannot be true,
    or where somebody ended it meanwhile.
    """
    on, items = day_of(at), frozenset({told.kind})
    if faults := faults_of_review(review, kind=told.kind, today=on):
        raise NotRecorded(faults)
    fact = of_the_family(by=by, public_id=public_id, about=about, at=at)
    definition, stood = definition_for(by=by, on=on).definition, stood_by(by, fact)
    seen = may_see(definition, **stood, items=items, purpose=purpose, on=on)
    kept = may_collect(definition, **stood, items=items, purpose=purpose, source=review.source, on=on)
    decision = kept if seen else seen
    if fact is None or not decision:
        refuse(
            by=by,
            act=REVIEWING,
            purpose=purpose,
            decision=decision,
            ids=[public_id],
            source=review.source,
            at=at,
        )
    allowed = Allowed(fact.person, read=seen.allowed, record=items)
    opening: dict[str, Any] = {"purpose": purpose, "allowed": [allowed], "source": review.source}
    with entry(by=by, act=REVIEWING, at=at, **opening) as opened:
        return _write(opened, fact.person, told, review, account=by.account, on=on)


def _write(opened: Entry, person: int, told: Told, review: Review, *, account: int | None, on: date) -> bool:
    # Who writes about one person waits for whoever does: of one form sent twice at once, the second finds the first.
    if CircumstanceReview.objects.filter(once=review.once).exists():
        return False
    # The row is locked until the entry is done: of two who end it at once, the second is told.
    held = Circumstance.objects.select_for_update(no_key=True).filter(
        id=told.number, person_id=person, kind=told.kind, until_on=None
    )
    if held.first() is None:
        raise NotRecorded({"outcome": MEANWHILE})
    CircumstanceReview.objects.create(
        person_id=person,
        kind=told.kind,
        circumstance_id=told.number,
        outcome=review.outcome,
        why=review.why.strip(),
        again_on=review.again_on,
        account=account,
        once=review.once,
        from_on=on,
        **opened.held,
    )
    if review.outcome in ENDING:
        Circumstance.objects.filter(id=told.number).update(until_on=on)
    if review.outcome == CHANGED:
        Circumstance.objects.create(
            person_id=person, kind=told.kind, said=review.said.strip(), from_on=on, **opened.held
        )
    return True
