"""Recording which notice a family was given, outside a contact."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, Entry, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for, versions
from kept.record.notices_given.models import NoticeGiven
from kept.record.notices_given.reads import last_said
from kept.record.notices_given.rules import faults_of, said_before
from kept.record.notices_given.values import NoticeGivenNow
from kept.record.people.reads import born_on
from kept.standards.days import day_of

RECORDING = "record a notice given"
GIVEN = frozenset({"care.notice-given"})
READ_BESIDE = GIVEN | {"identity.date-of-birth"}


class NotSaid(Exception):
    """Nothing was recorded. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def record_notice_given(
    *, by: Asker, public_id: UUID, purpose: str, said: NoticeGivenNow, source: str, at: datetime
) -> bool:
    """Record that a family was given a version of the notice, in a format, on a day; or why they were not.

    Returns False where just that was said last, so that a form sent twice says it once. Raises Refused where the
    asker may not record it, NotSaid where it cannot be true.
    """
    on = day_of(at)
    child = next((f for f in facts(by=by, ids=[public_id], at=at) if f.part == "child"), None)
    definition = definition_for(by=by, on=on).definition
    stood: dict[str, Any] = {"by": by, "standing": child.standing if child else "none", "part": "child"}
    decision = may_collect(definition, **stood, items=GIVEN, purpose=purpose, source=source, on=on)
    if child is None or not decision:
        refuse(
            by=by, act=RECORDING, purpose=purpose, decision=decision, ids=[public_id], source=source, at=at
        )
    seen = may_see(definition, **stood, items=READ_BESIDE, purpose=purpose, on=on)
    allowed = Allowed(child.person, read=seen.allowed, record=GIVEN)
    with entry(by=by, act=RECORDING, purpose=purpose, allowed=[allowed], source=source, at=at) as opened:
        begun = [version.id for version in versions(service=by.service) if version.in_force_from <= on]
        if faults := faults_of(said, born_on=born_on(person=child.person), versions=begun, today=on):
            raise NotSaid(faults)
        return _write(said, within=opened, child=child.person)


def may_record_notice_given(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role records notices given to a team's families: asked to offer the page, not to open it."""
    on = day_of(at)
    return bool(
        may_collect(
            definition_for(by=by, on=on).definition,
            by=by,
            standing="team",
            part="child",
            items=GIVEN,
            purpose=purpose,
            source="the-person",
            on=on,
        )
    )


def _write(said: NoticeGivenNow, *, within: Entry, child: int) -> bool:
    """A notice not given is the one in force today."""
    version_id = said.version_id or within.definition_id
    if said_before(said, version_id=version_id, last=last_said(child=child)):
        return False
    NoticeGiven.objects.create(
        person_id=child,
        version_id=version_id,
        format=said.format,
        on=said.on,
        why_not=said.why_not,
        **within.held,
    )
    return True
