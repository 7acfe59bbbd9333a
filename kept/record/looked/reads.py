"""Who has looked, and why: the ledger as a privacy officer reads it, in the clauses' own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.published.reads import definition_for, published
from kept.record.people.reads import people_shown
from kept.standards.days import day_of, start_of

LOOKING = "see who has looked"
OPENING, CHECKING = "open a record with a life at risk", "check who opened a record with a life at risk"
AUDIT = "audit"
A_PAGE = 50
NOBODY = Fact(0, UUID(int=0), "service", "nobody")

# Whoever checks one record has checked every opening that they were shown, and those before; not their own.
UP_TO = "openings up to entry"
UNCHECKED = f"""and e.purpose = 'vital-interests' and e.act = '{OPENING}' and e.outcome = 'may' and not exists (
    select from ledger_subject opened
    join ledger_subject later on later.ledger_id = opened.ledger_id and later.entry_id > e.id
                               and later.at > e.at - interval '5 minutes'
    join ledger_entry c on c.id = later.entry_id and c.at = later.at and c.act = '{CHECKING}' and c.outcome = 'may'
    where opened.entry_id = e.id and opened.at = e.at and c.account is distinct from e.account
      and coalesce(substring(c.reason from ' \\({UP_TO} ([0-9]{{1,18}})\\)$')::bigint, c.id) >= e.id)"""  # noqa: S608  # put together from our own conditions
FOUND = """
from ledger_entry e
where ({which})
  and (%(from)s::timestamptz is null or e.at >= %(from)s) and (%(until)s::timestamptz is null or e.at < %(until)s)
  and (%(account)s::bigint is null or e.account = %(account)s)
  and (%(purpose)s = '' or e.purpose = %(purpose)s) and (%(outcome)s = '' or e.outcome = %(outcome)s)
  {also}
"""
ENTRIES = """
select e.id, e.at, e.account, e.process, e.role, e.organisation, e.act, e.purpose, e.outcome, e.definition,
       e.clauses, e.reason,
       array(select s.ledger_id from ledger_subject s where s.entry_id = e.id and s.at = e.at limit 200)
"""
OF_THE_SERVICE = "e.service = %(service)s"
ABOUT_THE_PERSON = (
    "(e.id, e.at) in (select s.entry_id, s.at from ledger_subject s"
    " where s.ledger_id = any ((select ledger.watched())::uuid[]))"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are wanted: of these days (the last included), by this account, for this purpose, so answered."""

    from_on: date | None = None
    until_on: date | None = None
    account: int | None = None
    purpose: str = ""
    outcome: str = ""
    unchecked: bool = False  # only records opened with a life at risk that nobody has checked since


EVERYTHING = Sought()


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
    """A page of entries, newest first, of how many in all; and whom they are about, where one person was asked for."""

    entries: tuple[Looked, ...]
    name: str
    in_all: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.in_all // A_PAGE))


def who_has_looked(
    *, by: Asker, public_id: UUID | None = None, sought: Sought = EVERYTHING, page: int = 1, at: datetime
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
        rows, in_all = _entries(service=by.service, about_person=bool(public_id), sought=sought, page=page)
        name = people_shown(persons=[subject.person], child=0, on=on)[0].name if public_id else ""
    named = named_by(by=by, ledger_ids={one for row in rows for one in row[-1]}, on=on, at=at)
    return LookedPage(tuple(_looked(row, named) for row in rows), name, in_all, page)


def _entries(*, service: str, about_person: bool, sought: Sought, page: int) -> tuple[list[tuple], int]:
    found = FOUND.format(
        which=ABOUT_THE_PERSON if about_person else OF_THE_SERVICE, also=UNCHECKED if sought.unchecked else ""
    )
    values = {
        "service": service,
        "from": sought.from_on and start_of(sought.from_on),
        "until": sought.until_on and start_of(sought.until_on + timedelta(days=1)),
        "account": sought.account,
        "purpose": sought.purpose,
        "outcome": sought.outcome,
        "skip": (page - 1) * A_PAGE,
        "many": A_PAGE,
    }
    with connections[here()].cursor() as cursor:
        cursor.execute(f"select count(*) {found}", values)
        (in_all,) = cursor.fetchone()
        cursor.execute(f"{ENTRIES} {found} order by e.id desc offset %(skip)s limit %(many)s", values)
        return cursor.fetchall(), in_all


def named_by(*, by: Asker, ledger_ids: Iterable[UUID], on: date, at: datetime) -> dict[UUID, LookedAt]:
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
    return {ledger_id: LookedAt(fact.public_id, shown[fact.person].name) for ledger_id, fact in found.items()}


def facts_by_ledger_id(*, by: Asker, ledger_ids: Iterable[UUID], at: datetime) -> dict[UUID, Fact]:
    """How the asker stands to those whom entries name, by ledger id; people of other services are left out."""
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select ledger_id, person, public_id, standing, part from ledger.facts_of_named(%s, %s, %s)",
            [by.token, list(ledger_ids), at],
        )
        return {row[0]: Fact(*row[1:]) for row in cursor.fetchall()}


def _looked(row: tuple, named: dict[UUID, LookedAt]) -> Looked:
    (
        number,
        at,
        account,
        process,
        role,
        organisation,
        act,
        purpose,
        outcome,
        definition,
        clauses,
        reason,
        who,
    ) = row
    by_id = published(definition).definition.by_id if definition else {}
    return Looked(
        number, at, account, process, role, organisation, act, purpose, outcome,
        tuple((clause, by_id[clause].words if clause in by_id else "") for clause in clauses), reason,
        tuple(named.get(one, LookedAt(None, "")) for one in who),
    )  # fmt: skip
