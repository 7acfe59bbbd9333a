"""Whom to call about a child in an emergency, in an entry of that purpose."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, facts, read, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.published.reads import definition_for
from kept.record.emergency.values import EMERGENCY, InAnEmergency
from kept.record.families.reads import FAMILY, ties_from
from kept.record.people.reads import PEOPLE, people_from
from kept.standards.days import day_of

OPENING = "see whom to call in an emergency"
PART = "emergency-contact"
ITEMS = frozenset({"identity.name", "contact.phone", "relationship.kind"})
CALLED = f"select ({PEOPLE}), ({FAMILY})"


def open_emergency_contact(*, by: Asker, public_id: UUID, at: datetime) -> InAnEmergency:
    """Whom to call about this child. Raises Refused in a service whose notice has no such purpose, and for whoever does
    not look after the child, in the same words as for nobody."""
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    found = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((f for f in found if f.public_id == public_id and f.part == "child"), None)
    asked: dict[str, Any] = {"by": by, "standing": child.standing if child else "none", "on": on}
    decision = may_see(definition, part=PART, items=ITEMS, purpose=EMERGENCY, **asked)
    name = may_see(definition, part="child", items=frozenset({"identity.name"}), purpose=EMERGENCY, **asked)
    if child is None or decision.allowed != ITEMS or not name:
        refuse(by=by, act=OPENING, purpose=EMERGENCY, decision=decision, ids=[public_id], at=at)
    called = [Allowed(fact.person, read=ITEMS) for fact in found if fact.part == PART]
    allowed = [Allowed(child.person, read=name.allowed), *called]
    about = {"persons": [one.person for one in allowed], "child": child.person}
    rows, family = read(CALLED, about, by=by, act=OPENING, purpose=EMERGENCY, allowed=allowed, at=at)
    people, ties = people_from(rows), ties_from(family, child=child.person)
    contact = next((p for p in people if p.part == PART), None)
    return InAnEmergency(
        child=next(p for p in people if p.person == child.person),
        contact=contact,
        since_on=ties.since.get(contact.person) if contact else None,
    )


def may_see_emergency_contact(*, by: Asker, on: date) -> bool:
    """Whether this asker's role sees whom to call, of the children of its teams: asked to offer the page."""
    definition = definition_for(by=by, on=on).definition
    asked: dict[str, Any] = {"by": by, "standing": "team", "part": PART, "purpose": EMERGENCY, "on": on}
    return may_see(definition, items=ITEMS, **asked).allowed == ITEMS
