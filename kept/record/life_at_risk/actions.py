"""Looking at once, and checking afterwards that it was right to look. Both are entries, and nothing else is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.post.outbox import Outbox
from kept.published.reads import definition_for
from kept.record.life_at_risk.alerting import alert_privacy_officers
from kept.record.life_at_risk.rules import LASTS, faults_of
from kept.record.looked.reads import AUDIT, CHECKING, OPENING, UP_TO
from kept.record.reads import ChildRecord, open_record
from kept.standards.days import day_of

VITAL_INTERESTS = "vital-interests"
AGAIN = "look again while a life is at risk"
ACCESS = frozenset({"ledger.access"})


class NotOpened(Exception):
    """Something is missing before anybody may look; `faults` says what, field by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Opening:
    """Why this asker looked at a record a short while ago, and until when they may look again."""

    reason: str
    until: datetime


def may_open_with_life_at_risk(*, by: Asker, at: datetime) -> bool:
    """Whether the law lets this role look at somebody else's families when a life is at risk: asked to offer it."""
    on = day_of(at)
    decision = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="service",
        part="child",
        items=frozenset({"identity.name"}),
        purpose=VITAL_INTERESTS,
        reason="offered",
        on=on,
    )
    return bool(decision)


def open_with_life_at_risk(
    *,
    by: Asker,
    public_id: UUID,
    reason: str,
    confirmed_at: datetime | None,
    outbox: Outbox,
    at: datetime,
) -> ChildRecord:
    """Open a child's record of the service because a life is at risk (UK GDPR, Articles 6(1)(d) and 9(2)(c)).

    The privacy officers are told through the outbox. `confirmed_at` is when the asker last gave a second factor. Raises
    NotOpened where that is too long ago or the reason says nothing; Refused as `open_record` does, in the same words
    for nobody's record.
    """
    if faults := faults_of(reason=reason, confirmed_at=confirmed_at, at=at):
        raise NotOpened(faults)
    if may_open_with_life_at_risk(by=by, at=at):
        alert_privacy_officers(by=by, outbox=outbox, at=at)
    return open_record(
        by=by,
        public_id=public_id,
        purpose=VITAL_INTERESTS,
        act=OPENING,
        reason=reason.strip(),
        siblings=False,
        at=at,
    )


def opened_lately(*, by: Asker, public_id: UUID, at: datetime) -> Opening | None:
    """The asker's own opening of this record that still lasts; None for anybody else's, and once it has ended."""
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select reason, opened_at from ledger.opened_with_life_at_risk(%s, %s, %s, %s)",
            [by.token, public_id, at - LASTS, at],
        )
        row = cursor.fetchone()
    return Opening(row[0], row[1] + LASTS) if row else None


def look_again(*, by: Asker, public_id: UUID, opening: Opening, at: datetime) -> ChildRecord:
    """The same record once more while the opening lasts: an entry of its own, for the same reason."""
    return open_record(
        by=by,
        public_id=public_id,
        purpose=VITAL_INTERESTS,
        act=AGAIN,
        reason=opening.reason,
        siblings=False,
        at=at,
    )


def check_openings(*, by: Asker, public_id: UUID, finding: str, last_entry: int, at: datetime) -> None:
    """Say whether it was right to look: every opening of this record up to `last_entry` is then checked.

    That is the last one that was shown: what was opened since waits to be checked itself. Raises NotOpened where the
    finding says nothing, Refused for anyone whom the law does not let look at who looked.
    """
    if sum(letter.isalpha() for letter in finding) < 2:
        raise NotOpened({"finding": "Say what you found: was it right to look?"})
    if last_entry < 1:
        raise NotOpened({"finding": "Open the list again, and say what you found of what it shows."})
    on = day_of(at)
    fact = next(iter(facts(by=by, ids=[public_id], at=at)), None)
    decision = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=fact.standing if fact else "none",
        part=fact.part if fact else "child",
        items=ACCESS,
        purpose=AUDIT,
        on=on,
    )
    if fact is None or not decision:
        refuse(by=by, act=CHECKING, purpose=AUDIT, decision=decision, ids=[public_id], at=at)
    allowed = [Allowed(fact.person, read=ACCESS)]
    said = f"{finding.strip()} ({UP_TO} {last_entry})"
    with entry(by=by, act=CHECKING, purpose=AUDIT, allowed=allowed, reason=said, at=at):
        pass
