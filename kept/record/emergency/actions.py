"""Writing down whom to call in an emergency: one person at a time, for that purpose alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from kept.ledger.entries import Allowed, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.emergency.reads import ITEMS, PART
from kept.record.emergency.rules import faults_of
from kept.record.emergency.values import EMERGENCY, NewEmergencyContact
from kept.record.families.models import Relationship
from kept.record.families.relating import end
from kept.record.people.actions import next_persons
from kept.record.people.models import Name, Person, Phone
from kept.standards.days import day_of

NAMING = "write down whom to call in an emergency"


class NotRecorded(Exception):
    """Nothing was recorded. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def name_emergency_contact(*, by: Asker, public_id: UUID, new: NewEmergencyContact, at: datetime) -> None:
    """Write down whom to call about a child; whoever was named before is not called any more.

    Their name has no search keys: nobody finds them but through the child, in an emergency. Raises NotRecorded where it
    cannot be true, Refused where the notice has no such purpose or the child is none of the asker's.
    """
    if faults := faults_of(new):
        raise NotRecorded(faults)
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    found = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((f for f in found if f.public_id == public_id and f.part == "child"), None)
    asked: dict[str, Any] = {"by": by, "purpose": EMERGENCY, "on": on}
    standing = child.standing if child else "none"
    recording = may_collect(
        definition, standing="new" if child else "none", part=PART, items=ITEMS, source=new.source, **asked
    )
    name = may_see(definition, standing=standing, part="child", items=frozenset({"identity.name"}), **asked)
    if child is None or recording.allowed != ITEMS or not name:
        refuse(by=by, act=NAMING, purpose=EMERGENCY, decision=name if recording else recording,
               ids=[public_id], source="" if recording else new.source, at=at)  # fmt: skip
    before = [fact.person for fact in found if fact.part == PART]
    ((person, ledger_id),) = next_persons(1)
    kind = frozenset({"relationship.kind"})
    allowed = [
        Allowed(child.person, read=name.allowed),
        Allowed(person, record=ITEMS, part=PART, ledger_id=ledger_id),
        *(Allowed(one, read=kind, record=kind) for one in before),
    ]
    with entry(by=by, act=NAMING, purpose=EMERGENCY, allowed=allowed, source=new.source, at=at) as opened:
        end(Relationship.objects.filter(person_id__in=before, child_id=child.person, until_on=None), on=on)
        dated = {"person_id": person, "from_on": on, **opened.held}
        Person.objects.create(id=person, part=PART, public_id=uuid4(), ledger_id=ledger_id, **opened.held)
        Name.objects.create(given=new.name.strip(), family="", **dated)
        Phone.objects.create(number=new.phone.strip(), **dated)
        Relationship.objects.create(child_id=child.person, kind=new.kind, **dated)
