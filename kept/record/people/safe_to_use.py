"""Which phone numbers and email addresses are safe to use, as their owners say.

A family may share a phone, and a mailbox may be read by somebody else. So nothing is sent to a detail but where its
owner said yes: what sends asks `PersonShown.safe_phones` and `safe_emails`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kept.ledger.entries import Allowed, Entry, Fact, entry, facts, read, refuse
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.people.models import SAFE_TO_USE, Email, Phone
from kept.record.people.reads import PEOPLE, people_from
from kept.record.people.values import PersonShown
from kept.standards.days import day_of

OPENING = "see which contact details are safe to use"
SAYING = "say which contact details are safe to use"
DETAILS = frozenset({"contact.phone", "contact.email"})
WHO = frozenset({"identity.name", "relationship.kind"})


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one detail of one person is safe to use: 'yes', 'no' or 'not-asked'."""

    person: UUID
    detail: str
    safe_to_use: str


def open_contact_details(
    *, by: Asker, public_id: UUID, purpose: str, at: datetime
) -> tuple[PersonShown, tuple[PersonShown, ...]]:
    """A child, and the family with how to reach them. Raises Refused where the asker may not write that down."""
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    child, adults = _family(by=by, public_id=public_id, at=at)
    deciding = [_may_say(by=by, fact=adult, purpose=purpose, source="the-person", on=on) for adult in adults]
    refused = next((decision for decision in deciding if not decision), None)
    if child is None or refused:
        decision = refused or _may_say(by=by, fact=None, purpose=purpose, source="the-person", on=on)
        refuse(by=by, act=OPENING, purpose=purpose, decision=decision, ids=[public_id], at=at)
    allowed = [
        Allowed(fact.person, read=seen.allowed)
        for fact in (child, *adults)
        if (
            seen := may_see(
                definition,
                by=by,
                standing=fact.standing,
                part=fact.part,
                items=WHO | DETAILS,
                purpose=purpose,
                on=on,
            )
        )
    ]
    about = {"persons": [one.person for one in allowed], "child": child.person}
    (rows,) = read(PEOPLE, about, by=by, act=OPENING, purpose=purpose, allowed=allowed, at=at)
    people = people_from(rows)
    shown = next(person for person in people if person.person == child.person)
    return shown, tuple(person for person in people if person.person != child.person)


def say_safe_to_use(
    *, by: Asker, public_id: UUID, purpose: str, answers: Sequence[Answer], source: str, at: datetime
) -> int:
    """Write down what the family say of their contact details, in one entry; what was said before is kept.

    Returns how many answers are new. A detail that is no longer held is passed over. Raises Refused where the asker
    may not write it down about any one of them, in the same words for somebody of another family.
    """
    on = day_of(at)
    child, adults = _family(by=by, public_id=public_id, at=at)
    known = {adult.public_id: adult for adult in adults}
    allowed = []
    for person in sorted({answer.person for answer in answers}):
        adult = known.get(person) if child else None
        decision = _may_say(by=by, fact=adult, purpose=purpose, source=source, on=on)
        if adult is None or not decision:
            refuse(
                by=by,
                act=SAYING,
                purpose=purpose,
                decision=decision,
                ids=[public_id, person],
                source=source,
                at=at,
            )
        allowed.append(Allowed(adult.person, read=decision.allowed, record=decision.allowed))
    if not allowed:
        return 0
    with entry(by=by, act=SAYING, purpose=purpose, allowed=allowed, source=source, at=at) as opened:
        return sum(_say(within=opened, person=known[one.person].person, answer=one, on=on) for one in answers)


def may_say_safe_to_use(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role writes down how to reach parents of a team's children: asked to offer the page."""
    parent = Fact(0, UUID(int=0), "team", "parent")
    return bool(_may_say(by=by, fact=parent, purpose=purpose, source="the-person", on=day_of(at)))


def _family(*, by: Asker, public_id: UUID, at: datetime) -> tuple[Fact | None, list[Fact]]:
    family = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((fact for fact in family if fact.public_id == public_id and fact.part == "child"), None)
    return child, [fact for fact in family if fact.part == "parent"] if child else []


def _may_say(*, by: Asker, fact: Fact | None, purpose: str, source: str, on: date) -> Decision:
    return may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=fact.standing if fact else "none",
        part=fact.part if fact else "parent",
        items=DETAILS,
        purpose=purpose,
        source=source,
        on=on,
    )


def _say(*, within: Entry, person: int, answer: Answer, on: date) -> int:
    """End the row that says otherwise, and write one that says this. Returns how many rows are new."""
    if answer.safe_to_use not in SAFE_TO_USE:
        return 0
    changed = 0
    for model, column in ((Phone, "number"), (Email, "email")):
        held = model.objects.filter(person_id=person, until_on=None, **{column: answer.detail})
        other = held.exclude(safe_to_use=answer.safe_to_use)
        if other.exists():
            other.update(until_on=on)
            said = {column: answer.detail, "safe_to_use": answer.safe_to_use}
            model.objects.create(person_id=person, from_on=on, **said, **within.held)
            changed += 1
    return changed
