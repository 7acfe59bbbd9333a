"""Finding somebody within reach: one entry, which names everybody whom it shows."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NoReturn
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import refuse, request_id
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.definition import Definition
from kept.notices.questions import may_see
from kept.published.reads import definition_for
from kept.record.search.keys import fold, words_of
from kept.record.search.values import ChildBeside, Found, PersonFound, Sought
from kept.standards.days import day_of

SEARCHING = "search"
NAME = "identity.name"
SHOWN = frozenset({NAME, "identity.date-of-birth", "relationship.kind", "care.episode"})
SEARCHED_BY = (NAME, "identity.date-of-birth", "identity.nhs-number", "identity.address")
STANDINGS, PARTS = ("named", "team", "service"), ("child", "parent", "relative", "other-child")

SEARCH = "select person, fits, more from ledger.search(%s, %s, %s::jsonb, %s, %s, %s, %s, %s, %s)"
# Everybody whom the search has opened: each table's own lock leaves its places empty where an item is withheld.
OPENED = """
select json_agg(json_build_array(
    p.id, p.public_id, p.part, n.given, n.family, b.born_on,
    array(select t.name from record_caseload_place c join staff_team t on t.id = c.team_id
          where c.person_id = p.id and c.until_on is null order by t.name),
    (select json_agg(json_build_array(r.child_id, r.kind) order by r.child_id) from record_relationship r
     where r.person_id = p.id and r.until_on is null)))
from record_person p
left join record_name n on n.person_id = p.id and n.until_on is null
left join record_date_of_birth b on b.person_id = p.id and b.until_on is null
where p.id = any ((select ledger.people_for('*', 'read'))::bigint[])
"""


def search(*, by: Asker, sought: Sought, purpose: str, at: datetime) -> Found:
    """The people within the asker's reach whom everything fits that is sought, at most 50.

    Raises Refused where the asker's role may not see, of anybody, what is searched by. Whoever is hidden is answered as
    whoever does not exist; the ledger keeps who was shown, and never what was searched for. `sought` must not be empty.
    """
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    needed = sought.items()
    if not needed:
        raise ValueError("A search looks for something.")
    allowed = list(_allowed(definition, by=by, needed=needed, purpose=purpose, on=on))
    if not allowed:
        _refuse(definition, by=by, items=needed, purpose=purpose, on=on, at=at)
    values = [
        by.token,
        purpose,
        json.dumps(allowed),
        list(words_of(sought.name)),
        sought.born_on,
        sought.nhs_number,
        "".join(sought.postcode.split()).upper(),
        request_id.get(),
        at,
    ]
    found, people = _in_one_letter(values)
    return _found(found, people or ())


def searched_by(*, by: Asker, purpose: str, at: datetime) -> frozenset[str]:
    """The items that this asker may search by; none where they may not search."""
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    return frozenset(
        item
        for item in SEARCHED_BY
        if any(_allowed(definition, by=by, needed=frozenset({item}), purpose=purpose, on=on))
    )


def open_search(*, by: Asker, purpose: str, at: datetime) -> frozenset[str]:
    """The items that this asker may search by. Raises Refused where there are none."""
    items = searched_by(by=by, purpose=purpose, at=at)
    if not items:
        on = day_of(at)
        definition = definition_for(by=by, on=on).definition
        _refuse(definition, by=by, items=frozenset({NAME}), purpose=purpose, on=on, at=at)
    return items


def _refuse(
    definition: Definition, *, by: Asker, items: frozenset[str], purpose: str, on: date, at: datetime
) -> NoReturn:
    """Refuse by the clause that withholds what is searched by; what may be seen of it is no reason."""

    def decided(asked: frozenset[str]) -> Decision:
        return may_see(definition, by=by, standing="team", part="child", items=asked, purpose=purpose, on=on)

    refuse(by=by, act=SEARCHING, purpose=purpose, decision=decided(items - decided(items).allowed), at=at)


def _allowed(
    definition: Definition, *, by: Asker, needed: frozenset[str], purpose: str, on: date
) -> Iterator[dict[str, Any]]:
    """Whom the definition lets this role find by what is needed, and what it may then see of them."""
    for standing in STANDINGS:
        for part in PARTS:
            decision = may_see(
                definition,
                by=by,
                standing=standing,
                part=part,
                items=SHOWN | needed,
                purpose=purpose,
                on=on,
            )
            if decision.allowed >= needed | {NAME}:
                yield {"standing": standing, "part": part, "read": sorted(decision.allowed)}


def _in_one_letter(values: Sequence[Any]) -> tuple[list[tuple[int, bool, bool]], list[list[Any]] | None]:
    """Search, and read whom it opened: sent together, carried out as one transaction, read when it is committed."""
    connection = connections[here()]
    connection.ensure_connection()
    if connection.in_atomic_block:
        raise RuntimeError("An entry is a transaction of its own: it cannot be opened inside another.")
    with (
        connection.wrap_database_errors,
        connection.cursor() as searching,
        connection.cursor() as reading,
    ):
        with connection.connection.pipeline():
            searching.execute(SEARCH, values)
            reading.execute(OPENED)
        found = searching.fetchall()
        ((people,),) = reading.fetchall()
    return found, people


def _found(found: Sequence[tuple[int, bool, bool]], people: Sequence[list[Any]]) -> Found:
    fitting = {person for person, fits, _ in found if fits}
    by_number = {row[0]: row for row in people}
    shown = [_shown(row, by_number) for row in people if row[0] in fitting]
    shown.sort(key=lambda one: (fold(one.name.rpartition(" ")[2]), fold(one.name), one.public_id))
    return Found(tuple(shown), more=any(more for _, _, more in found))


def _shown(row: list[Any], everybody: dict[int, list[Any]]) -> PersonFound:
    _, public_id, part, given, family, born_on, teams, related = row
    children = [(everybody[child], kind) for child, kind in related or () if child in everybody]
    return PersonFound(
        public_id=UUID(public_id),
        part=part,
        name=_name(given, family),
        born_on=date.fromisoformat(born_on) if born_on else None,
        teams=tuple(dict.fromkeys([*teams, *(team for child, _ in children for team in child[6])])),
        children=tuple(
            ChildBeside(UUID(child[1]), _name(child[3], child[4]), kind) for child, kind in children
        ),
    )


def _name(given: str | None, family: str | None) -> str:
    return " ".join(part for part in (given, family) if part)
