"""How the people of a child's family belong together, as the open entry may see it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Fact, facts
from kept.notices.asker import Asker
from kept.record.families.values import FamilyTies, Lived, Responsibility, Sibling
from kept.record.people.values import PersonShown

# Who has parental responsibility for the child, who lives or lived in the home, and whose other children stand beside.
FAMILY = """
select json_build_array(
    (select json_agg(json_build_array(x.person_id, x.responsible, x.evidence, x.from_on, x.source))
     from record_parental_responsibility x where x.child_id = %(child)s and x.until_on is null),
    (select json_agg(json_build_array(h.member_id, h.from_on, h.until_on) order by h.from_on, h.id)
     from record_household_member h where h.person_id = %(child)s),
    (select json_agg(json_build_array(r.person_id, r.child_id, r.kind, r.from_on) order by r.id)
     from record_relationship r where r.person_id = any (%(persons)s) and r.until_on is null))
"""


def family_facts(
    *, by: Asker, public_id: UUID, siblings: bool, at: datetime
) -> tuple[tuple[Fact, ...], frozenset[int]]:
    """How the asker stands to a child and the family; with `siblings`, to the carers' other children as well, and which
    of them those are.

    Nobody whom the asker may not know of is among them, and no gap shows where they would be.
    """
    if not siblings:
        return facts(by=by, ids=[public_id], with_family=True, at=at), frozenset()
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select person, public_id, standing, part, sibling from ledger.facts_with_siblings(%s, %s, %s)",
            [by.token, [public_id], at],
        )
        rows = cursor.fetchall()
    return tuple(Fact(*row[:4]) for row in rows), frozenset(row[0] for row in rows if row[4])


def ties_from(answer: list[Any], *, child: int) -> FamilyTies:
    """What `FAMILY` answered about one child."""
    responsible, household, related = (rows or () for rows in answer)
    spells = [(member, _day(from_on), _day(until_on)) for member, from_on, until_on in household]
    return FamilyTies(
        responsibility={
            person: Responsibility(said, evidence, date.fromisoformat(since), source)
            for person, said, evidence, since, source in responsible
        },
        lives_since={member: began for member, began, ended in spells if began and not ended},
        lived={member: Lived(began, ended) for member, began, ended in spells if began and ended},
        since={person: date.fromisoformat(on) for person, of, _, on in related if of == child},
        others={
            person: tuple(of for who, of, _, _ in related if who == person and of != child)
            for person, _, _, _ in related
        },
    )


def siblings_from(people: Iterable[PersonShown], ties: FamilyTies) -> tuple[Sibling, ...]:
    """The other children of the child's carers, the oldest first, each with those who care for them."""
    found = (
        Sibling(person, tuple(carer for carer, others in ties.others.items() if person.person in others))
        for person in people
    )
    return tuple(sorted(found, key=lambda one: (one.child.born_on or date.max, one.child.person)))


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
