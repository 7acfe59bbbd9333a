"""A child's family and how its people belong together, for the family map and the pages about it."""

from datetime import date, datetime
from typing import Any, NoReturn
from uuid import UUID

from kept.ledger.entries import Allowed, Fact, read, refuse
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.families.reads import FAMILY, family_facts, siblings_from, ties_from
from kept.record.people.reads import PEOPLE, people_from
from kept.record.relatives.values import OTHER_CHILD, RELATIVE, FamilyShown
from kept.standards.days import day_of

OPENING = "see how a family belongs together"
WHO = frozenset({"identity.name", "identity.date-of-birth"})
TOGETHER = WHO | {
    "relationship.kind",
    "relationship.parental-responsibility",
    "household.members",
    "care.restriction",
}
FAMILY_PAGE = f"select ({PEOPLE}), ({FAMILY})"
BIRTHDAY = frozenset({"identity.date-of-birth"})


def open_family_map(*, by: Asker, public_id: UUID, purpose: str, at: datetime) -> FamilyShown:
    """A child's family, as far as the asker may see each of them. Raises Refused as `open_record` does."""
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    found, beside = family_facts(by=by, public_id=public_id, siblings=True, at=at)
    child = next((f for f in found if f.public_id == public_id and f.part == "child"), None)
    asked: dict[str, Any] = {"by": by, "purpose": purpose, "on": on}

    def seen(fact: Fact | None) -> Decision:
        stood = {"standing": fact.standing if fact else "none", "part": fact.part if fact else "child"}
        items = WHO if fact and fact.person in beside else TOGETHER
        return may_see(definition, **stood, items=items, **asked)  # type: ignore[arg-type]

    decisions = {fact.person: seen(fact) for fact in found}
    if child is None or not decisions[child.person]:
        refuse(by=by, act=OPENING, purpose=purpose, decision=seen(None), ids=[public_id], at=at)
    allowed = [Allowed(person, read=decision.allowed) for person, decision in decisions.items() if decision]
    about = {"persons": [one.person for one in allowed], "child": child.person}
    rows, family = read(FAMILY_PAGE, about, by=by, act=OPENING, purpose=purpose, allowed=allowed, at=at)
    people, ties = people_from(rows), ties_from(family, child=child.person)
    return FamilyShown(
        child=next(p for p in people if p.person == child.person),
        # Another record of somebody says nothing of its own about what they are to the child.
        people=tuple(p for p in people if p.part != "child" and p.relationship),
        siblings=siblings_from((p for p in people if p.person in beside), ties),
        ties=ties,
        shows_household="household.members" in decisions[child.person].allowed,
        definition=definition,
    )


def sources_of_ties(*, by: Asker, purpose: str, on: date) -> tuple[str, ...]:
    """From whom this asker may take what somebody is to a child of their team's: none where they may take nothing."""
    definition = definition_for(by=by, on=on).definition
    asked: dict[str, Any] = {"by": by, "standing": "team", "part": "parent", "purpose": purpose, "on": on}
    kind = frozenset({"relationship.kind"})
    sources = definition.vocabulary.sources
    return tuple(one for one in sources if may_collect(definition, items=kind, source=one, **asked))


def offered(*, by: Asker, purpose: str, on: date) -> dict[str, bool]:
    """Whom this asker may write down beside the child, and of whom a date of birth is asked: part → whether it is."""
    definition = definition_for(by=by, on=on).definition
    asked: dict[str, Any] = {
        "by": by,
        "standing": "new",
        "purpose": purpose,
        "source": "the-person",
        "on": on,
    }
    items = BIRTHDAY | {"identity.name", "relationship.kind"}
    found = {
        part: may_collect(definition, part=part, items=items, **asked) for part in (RELATIVE, OTHER_CHILD)
    }
    return {part: decision.allowed >= BIRTHDAY for part, decision in found.items() if decision}


def refuse_tie(*, by: Asker, public_id: UUID, purpose: str, at: datetime) -> NoReturn:
    """Refuse to say anything of somebody who is none of this family, in the words for nobody."""
    definition = definition_for(by=by, on=day_of(at)).definition
    nobody: dict[str, Any] = {"standing": "none", "part": "parent", "items": frozenset({"relationship.kind"})}
    decision = may_see(definition, by=by, purpose=purpose, on=day_of(at), **nobody)
    refuse(by=by, act=OPENING, purpose=purpose, decision=decision, ids=[public_id], at=at)
