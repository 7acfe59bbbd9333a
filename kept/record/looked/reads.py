"""Who has looked, and why: the ledger as a privacy officer reads it, in the clauses' own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.published.reads import definition_for, published
from kept.record.people.reads import people_shown
from kept.standards.days import day_of

LOOKING = "see who has looked"
AUDIT = "audit"
A_PAGE = 50
NOBODY = Fact(0, UUID(int=0), "service", "nobody")

ENTRIES = """
select e.id, e.at, e.account, e.process, e.role, e.organisation, e.act, e.purpose, e.outcome, e.definition,
       e.clauses, e.reason, array(select s.ledger_id from ledger_subject s where s.entry_id = e.id limit 51)
from ledger_entry e
where e.id < %(before)s and ({which})
order by e.id desc limit %(many)s
"""
OF_THE_SERVICE = "e.service = %(service)s"
ABOUT_THE_PERSON = "e.id in (select s.entry_id from ledger_subject s where s.ledger_id = any ((select ledger.watched())::uuid[]))"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Somebody an entry names. Empty where the person is of another service, or the ledger id was destroyed."""

    public_id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class Looked:
    """One entry: who did what, for what purpose, about whom, and the clauses it rests on in their own words."""

    id: int
    at: datetime
    account: int | None
    process: str
    role: str
    organisation: str
    act: str
    purpose: str
    outcome: str
    clauses: tuple[tuple[str, str], ...]
    reason: str
    subjects: tuple[LookedAt, ...]


@dataclass(frozen=True, slots=True)
class LookedPage:
    """A page of entries, newest first, and the number that the next page begins before."""

    entries: tuple[Looked, ...]
    name: str
    next_before: int | None


def who_has_looked(
    *, by: Asker, public_id: UUID | None = None, before: int | None = None, at: datetime
) -> LookedPage:
    """Every entry of the asker's service, or every entry about one person. Looking is itself an entry.

    Raises Refused for anyone whom the law does not let look.
    """
    on = day_of(at)
    subject: Fact | None = NOBODY
    if public_id:
        subject = next(iter(facts(by=by, ids=[public_id], at=at)), None)
    items = frozenset({"ledger.access"} | ({"identity.name"} if public_id else set()))
    decision = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=subject.standing if subject else "none",
        part=subject.part if subject else "child",
        items=items,
        purpose=AUDIT,
        on=on,
    )
    if subject is None or "ledger.access" not in decision.allowed:
        ids = [public_id] if public_id else []
        refuse(by=by, act=LOOKING, purpose=AUDIT, decision=decision, ids=ids, at=at)
    allowed = [Allowed(subject.person, read=decision.allowed)]
    with entry(by=by, act=LOOKING, purpose=AUDIT, allowed=allowed, at=at):
        rows = _entries(service=by.service, about_person=bool(public_id), before=before)
        name = people_shown(persons=[subject.person], child=0, on=on)[0].name if public_id else ""
    named = _named(by=by, ledger_ids={one for row in rows for one in row[-1]}, on=on, at=at)
    return LookedPage(
        tuple(_looked(row, named) for row in rows), name, rows[-1][0] if len(rows) == A_PAGE else None
    )


def _entries(*, service: str, about_person: bool, before: int | None) -> list[tuple]:
    which = ABOUT_THE_PERSON if about_person else OF_THE_SERVICE
    with connections[here()].cursor() as cursor:
        cursor.execute(
            ENTRIES.format(which=which),
            {"service": service, "before": before or 2**63 - 1, "many": A_PAGE},
        )
        return cursor.fetchall()


def _named(
    *, by: Asker, ledger_ids: Iterable[UUID], on: date, at: datetime
) -> dict[UUID, LookedAt]:
    """The names of those whom the entries name, opened in an entry of its own, for it shows them."""
    found = facts_by_ledger_id(by=by, ledger_ids=ledger_ids, at=at)
    if not found:
        return {}
    allowed = [Allowed(fact.person, read=frozenset({"identity.name"})) for fact in found.values()]
    with entry(by=by, act="see whom entries name", purpose=AUDIT, allowed=allowed, at=at):
        shown = {
            person.person: person
            for person in people_shown(persons=[one.person for one in allowed], child=0, on=on)
        }
    return {
        ledger_id: LookedAt(fact.public_id, shown[fact.person].name)
        for ledger_id, fact in found.items()
    }


def facts_by_ledger_id(
    *, by: Asker, ledger_ids: Iterable[UUID], at: datetime
) -> dict[UUID, Fact]:
    """How the asker stands to those whom entries name, by ledger id; people of other services are left out."""
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select ledger_id, person, public_id, standing, part from ledger.facts_of_named(%s, %s, %s)",
            [by.token, list(ledger_ids), at],
        )
        return {row[0]: Fact(*row[1:]) for row in cursor.fetchall()}


def _looked(row: tuple, named: dict[UUID, LookedAt]) -> Looked:
    number, at, account, process, role, organisation, act, purpose, outcome, definition, clauses, reason, who = row
    by_id = published(definition).definition.by_id if definition else {}
    return Looked(
        number, at, account, process, role, organisation, act, purpose, outcome,
        tuple((clause, by_id[clause].words if clause in by_id else "") for clause in clauses), reason,
        tuple(named.get(one, LookedAt(None, "")) for one in who),
    )  # fmt: skip
