"""A child's family as whoever may restrict it sees it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, Fact, facts, read, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.published.reads import definition_for
from kept.record.people.reads import PEOPLE, people_from
from kept.record.restricted.values import FamilyToHide
from kept.standards.days import day_of

OPENING = "see who is restricted"
SHOWN = frozenset({"identity.name", "identity.date-of-birth", "relationship.kind", "care.restriction"})
CHILDREN = "select person, child, public_id, standing, part from ledger.children_beside(%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Beside:
    """A child of somebody's, on the caseload of a team of the asker's."""

    parent: int
    child: int
    public_id: UUID
    standing: str
    part: str


def open_family(*, by: Asker, public_id: UUID, purpose: str, at: datetime) -> FamilyToHide:
    """A child and the family, with what is restricted and why. Raises Refused for whoever may not know of it."""
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    found = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((f for f in found if f.public_id == public_id and f.part == "child"), None)
    standing = child.standing if child else "none"
    asked: dict[str, Any] = {"by": by, "purpose": purpose, "on": on}
    decision = may_see(
        definition, standing=standing, part="child", items=frozenset({"care.restriction"}), **asked
    )
    if child is None or not decision:
        refuse(by=by, act=OPENING, purpose=purpose, decision=decision, ids=[public_id], at=at)
    adults = [f.person for f in found if f.part != "child"]
    others = [one for one in children_beside(by=by, persons=adults, at=at) if one.child != child.person]
    known = {fact.person: fact for fact in found} | {
        one.child: Fact(one.child, one.public_id, one.standing, one.part) for one in others
    }
    allowed = [
        Allowed(fact.person, read=seen.allowed)
        for fact in known.values()
        if (seen := may_see(definition, standing=fact.standing, part=fact.part, items=SHOWN, **asked))
    ]
    about = {"persons": [one.person for one in allowed], "child": child.person}
    (rows,) = read(PEOPLE, about, by=by, act=OPENING, purpose=purpose, allowed=allowed, at=at)
    people = {person.person: person for person in people_from(rows)}
    parents_of: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for one in others:
        parents_of[one.child] += (one.parent,)
    return FamilyToHide(
        child=people.pop(child.person),
        other_children=tuple(people.pop(number) for number in parents_of),
        people=tuple(people.values()),
        parents_of=parents_of,
    )


def children_beside(*, by: Asker, persons: Iterable[int], at: datetime) -> tuple[Beside, ...]:
    """The children of these people who are on the caseloads of the asker's teams."""
    with connections[here()].cursor() as cursor:
        cursor.execute(CHILDREN, [by.token, list(persons), at])
        return tuple(Beside(*row) for row in cursor.fetchall())
