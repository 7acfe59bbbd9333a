"""Who may be recorded twice, and two people beside each other."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, Fact, facts, read, refuse
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.merges.values import Candidate, Candidates, Compared, Said
from kept.record.people.reads import PEOPLE, people_from
from kept.standards.days import day_of

LISTING, COMPARING = "list who may be recorded twice", "compare two records"
SOURCE = "the-person"
SAME = frozenset({"identity.same-person"})
TO_COMPARE = SAME | {
    "identity.name",
    "identity.date-of-birth",
    "identity.sex",
    "identity.gender",
    "identity.nhs-number",
    "identity.address",
    "relationship.kind",
    "care.episode",
}
# Every record of one child, and whose record is shown in whose, among the people of a family.
RECORDS_OF_THE_CHILD = """
select array_prepend(%(child)s::bigint, array(
    select s.other_id from record_same_person s
    where s.person_id = %(child)s and s.same and s.until_on is null)) as records
"""
SAME_PERSON = """
select json_agg(json_build_array(s.other_id, s.person_id)) from record_same_person s
where s.person_id = any (%(persons)s) and s.same and s.until_on is null
"""
DUPLICATES = "select person, other, reasons from ledger.duplicates(%s, %s, %s, %s)"
TOGETHER = "select record, first from ledger.records_together(%s, %s, %s)"
SHOWN_IN = "select ledger.shown_in(%s, %s, %s)"
# The teams of people today.
TEAMS = """
select json_object_agg(c.person_id, c.teams) from (
    select c.person_id, json_agg(t.name order by t.name) as teams
    from record_caseload_place c join staff_team t on t.id = c.team_id
    where c.person_id = any (%(persons)s) and c.until_on is null group by c.person_id) c
"""
# Two people, their teams today, and what was said of the two.
BESIDE = f"""
select ({PEOPLE}), ({TEAMS}),
    (select json_build_array(s.same, s.why, s.from_on, p.public_id)
     from record_same_person s join record_person p on p.id = s.person_id
     where s.person_id = any (%(persons)s) and s.other_id = any (%(persons)s) and s.until_on is null)
"""  # noqa: S608  # put together from our own statements


def candidates(*, by: Asker, purpose: str, before: int | None = None, at: datetime) -> Candidates:
    """Pairs of people who may be one: first those of whom one NHS number was said, at most fifty; then those who are
    alike: of whom something changed lately, at most fifty, and who were registered last. One entry names them all.

    `before` goes on where an answer said that there is more, among those who were registered earlier. Raises Refused
    where the asker may not say that two records are of one person.
    """
    decision = may_say(by=by, standing="service", part="child", purpose=purpose, at=at)
    if not decision:
        refuse(by=by, act=LISTING, purpose=purpose, decision=decision, at=at)
    with connections[here()].cursor() as cursor:
        cursor.execute(DUPLICATES, [by.token, purpose, before, at])
        rows = cursor.fetchall()
    further = next((other for person, other, _ in rows if person is None), None)
    pairs = _with_all_reasons(row for row in rows if row[0] is not None)
    if not pairs:
        return Candidates(further=further)
    persons = sorted({person for pair in pairs for person in pair if person})
    known = facts(by=by, persons=persons, at=at)
    allowed = [_allowed(by=by, fact=fact, purpose=purpose, at=at) for fact in known]
    about = {"persons": [one.person for one in allowed], "child": 0}
    statement = f"select ({PEOPLE}), ({TEAMS})"
    held, teams = read(statement, about, by=by, act=LISTING, purpose=purpose, allowed=allowed, at=at)
    people = {person.person: person for person in people_from(held or ())}
    offered = (
        Candidate(
            people[one],
            people[two] if two else None,
            reasons,
            () if two else tuple((teams or {}).get(str(one), ())),
        )
        for (one, two), reasons in pairs.items()
        if one in people and (two is None or two in people)
    )
    return Candidates(tuple(offered), further)


def _with_all_reasons(
    rows: Iterable[tuple[int, int | None, list[str]]],
) -> dict[tuple[int, int | None], tuple[str, ...]]:
    """Each pair once, with all that speaks for it; of one alone, the other is None."""
    pairs: dict[tuple[int, int | None], tuple[str, ...]] = {}
    for one, two, reasons in rows:
        pairs[one, two] = tuple(dict.fromkeys((*pairs.get((one, two), ()), *reasons)))
    return pairs


def compare(*, by: Asker, one: UUID, other: UUID, purpose: str, at: datetime) -> Compared:
    """Two people beside each other. Raises Refused where the asker may not say whether they are one, in the same words
    for somebody whom nobody knows."""
    known = two_of(by=by, act=COMPARING, one=one, other=other, purpose=purpose, at=at)
    allowed = [_allowed(by=by, fact=fact, purpose=purpose, at=at) for fact in known]
    about = {"persons": [fact.person for fact in known], "child": 0}
    row = read(BESIDE, about, by=by, act=COMPARING, purpose=purpose, allowed=allowed, at=at)
    return compared_from(row, known)


def compared_from(row: Sequence[Any], known: tuple[Fact, Fact]) -> Compared:
    """The two people that `BESIDE` answered."""
    people, teams, said = row
    found = {person.person: person for person in people_from(people)}
    first, second = (found[fact.person] for fact in known)
    return Compared(
        one=first,
        other=second,
        teams={int(person): tuple(names) for person, names in (teams or {}).items()},
        said=Said(said[0], said[1], date.fromisoformat(said[2]), UUID(said[3])) if said else None,
    )


def two_of(*, by: Asker, act: str, one: UUID, other: UUID, purpose: str, at: datetime) -> tuple[Fact, Fact]:
    """How the asker stands to two people, or a refusal."""
    found = {fact.public_id: fact for fact in facts(by=by, ids=[one, other], at=at)}
    for public_id in (one, other):
        fact = found.get(public_id)
        standing, part = (fact.standing, fact.part) if fact else ("none", "child")
        decision = may_say(by=by, standing=standing, part=part, purpose=purpose, at=at)
        if fact is None or not decision:
            refuse(by=by, act=act, purpose=purpose, decision=decision, ids=[one, other], at=at)
    return found[one], found[other]


def shown_in(*, by: Asker, public_id: UUID, at: datetime) -> UUID | None:
    """Whose record somebody's record is shown in, where it was said that the two are one person."""
    with connections[here()].cursor() as cursor:
        cursor.execute(SHOWN_IN, [by.token, public_id, at])
        found: UUID | None = cursor.fetchone()[0]
        return found


def records_together(*, by: Asker, persons: Iterable[int], at: datetime) -> dict[int, int]:
    """Of people of the asker's service, each record that was put together with theirs → the one that is opened.

    Whoever stands alone is not among the answers. For the process that reads messages.
    """
    if not (asked := list(persons)):
        return {}
    with connections[here()].cursor() as cursor:
        cursor.execute(TOGETHER, [by.token, asked, at])
        return dict(cursor.fetchall())


def may_merge(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role says that two records are of one person: asked to offer the page, not to open it."""
    return bool(may_say(by=by, standing="service", part="child", purpose=purpose, at=at))


def may_say(*, by: Asker, standing: str, part: str, purpose: str, at: datetime) -> Decision:
    """Whether the asker may say that two records are, or are not, of one person."""
    on = day_of(at)
    return may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=standing,
        part=part,
        items=SAME,
        purpose=purpose,
        source=SOURCE,
        on=on,
    )


def _allowed(*, by: Asker, fact: Fact, purpose: str, at: datetime) -> Allowed:
    on = day_of(at)
    seen = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=fact.standing,
        part=fact.part,
        items=TO_COMPARE,
        purpose=purpose,
        on=on,
    )
    return Allowed(fact.person, read=seen.allowed)
