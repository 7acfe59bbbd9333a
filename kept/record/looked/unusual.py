"""What looks unusual, offered for checking; and all that one member of staff did, day by day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, entry, refuse
from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.questions import may_see
from kept.published.reads import definition_for
from kept.record.looked.patterns import (
    LARGEST_FAMILY,
    MOST_DAYS,
    MOST_ENTRIES,
    NIGHT_BEGINS,
    NIGHT_ENDS,
    thresholds,
)
from kept.record.looked.reads import A_PAGE, AUDIT, NOBODY, LookedAt, facts_by_ledger_id, named_by
from kept.record.search.keys import parts_of
from kept.staff.reads import names_in
from kept.standards.days import day_of, start_of

LOOKING = "look for what is unusual"
OF_ONE = "see what one of the staff did"
ITEMS = frozenset({"ledger.access", "ledger.check"})
A_WEEK = 7
NOT_OURS = LookedAt(None, "")

UNUSUAL = """
select pattern, account, role, person, ledger_id, began_at, last_at, many, coalesce(found, ''), in_all
from ledger.unusual(%(from)s, %(until)s, %(thresholds)s::jsonb, %(surnames)s::jsonb, %(roles)s, %(family)s,
                    %(pattern)s, %(account)s, %(unchecked)s, %(most)s, %(skip)s, %(many)s)
"""
# When the newest entry was made that was not looked at, because there are so many.
BEYOND = """
select e.at from ledger_entry e
where e.service = %(service)s and e.at >= %(from)s and e.at < %(until)s and e.account is not null
  and (%(account)s::bigint is null or e.account = %(account)s)
order by e.id desc offset %(most)s limit 1
"""
DAYS = """
with done as (
    select e.id, e.at, e.outcome, (e.at at time zone 'Europe/London') as london from ledger_entry e
    where e.service = %(service)s and e.account = %(account)s and e.at >= %(from)s and e.at < %(until)s
), named as (
    select d.london::date as day, count(distinct s.ledger_id) as people
    from done d join ledger_subject s on s.entry_id = d.id and s.at = d.at and s.at >= %(from)s and s.at < %(until)s
    group by d.london::date
)
select d.london::date, count(*), count(*) filter (where d.outcome = 'must not'), min(d.at), max(d.at),
       coalesce(max(n.people), 0)
from done d left join named n on n.day = d.london::date
group by d.london::date order by 1 desc
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Between which days (both included, at most `MOST_DAYS`) to look for what: '' is every pattern."""

    from_on: date
    until_on: date
    pattern: str = ""
    account: int | None = None
    unchecked: bool = True

    @classmethod
    def lately(cls, *, on: date) -> "Wanted":
        """The last seven days."""
        return cls(on - timedelta(days=A_WEEK - 1), on)

    @property
    def is_too_long(self) -> bool:
        return (self.until_on - self.from_on).days >= MOST_DAYS

    @property
    def between(self) -> dict[str, datetime]:
        return {"from": start_of(self.from_on), "until": start_of(self.until_on + timedelta(days=1))}


@dataclass(frozen=True, slots=True)
class Unusual:
    """One finding: which pattern, whose account, about whom (None: no one family), when, how many; what was found."""

    pattern: str
    account: int
    role: str
    about: LookedAt | None
    began_at: datetime
    last_at: datetime
    many: int
    found: str


@dataclass(frozen=True, slots=True)
class UnusualPage:
    findings: tuple[Unusual, ...]
    in_all: int
    page: int
    only_after: datetime | None  # where there was too much for one run: nothing before this was looked at

    @property
    def pages(self) -> int:
        return max(1, -(-self.in_all // A_PAGE))


@dataclass(frozen=True, slots=True)
class DayOfWork:
    """What one account did on one day: how much, how much of it refused, from when to when, and about how many."""

    on: date
    entries: int
    refused: int
    first_at: datetime
    last_at: datetime
    people: int


def unusual_looks(*, by: Asker, wanted: Wanted, page: int = 1, at: datetime) -> UnusualPage:
    """What looks unusual in the asker's service between two days, the newest first, a page at a time.

    PostgreSQL does it in one pass over the entries of those days. Looking is itself an entry. Raises Refused for anyone
    whom the law does not let look.
    """
    on = day_of(at)
    definition, allowed = _may(by=by, act=LOOKING, at=at)
    values = _values(by, wanted, definition) | {"skip": (page - 1) * A_PAGE, "many": A_PAGE}
    with entry(by=by, act=LOOKING, purpose=AUDIT, allowed=[allowed], at=at):
        rows, beyond = _asked(UNUSUAL, values), _asked(BEYOND, values)
    named = named_by(by=by, ledger_ids={row[4] for row in rows if row[4]}, on=on, at=at)
    found = tuple(
        Unusual(pattern, account, role, named.get(who, NOT_OURS) if who else None, *rest)
        for pattern, account, role, _, who, *rest, _ in rows
    )
    only_after = beyond[0][0] if beyond else None
    return UnusualPage(found, rows[0][-1] if rows else 0, page, only_after)


def is_still_so(
    *, by: Asker, wanted: Wanted, public_id: UUID | None, began_at: datetime, last_at: datetime, at: datetime
) -> bool:
    """Whether something unusual that was shown is found again as it was: about the same person, with nothing since.

    `wanted` says its days, its pattern and its account. Raises as `unusual_looks`.
    """
    definition, allowed = _may(by=by, act=LOOKING, at=at)
    values = _values(by, wanted, definition) | {"skip": 0, "many": MOST_ENTRIES}
    with entry(by=by, act=LOOKING, purpose=AUDIT, allowed=[allowed], at=at):
        rows = _asked(UNUSUAL, values)
    about = {row[4] for row in rows if (row[5], row[6]) == (began_at, last_at)}
    known = facts_by_ledger_id(by=by, ledger_ids={one for one in about if one}, at=at)
    # Whoever is hidden from officers, and nobody, are both checked as nobody.
    return public_id in {known[one].public_id if one in known else None for one in about}


def _values(by: Asker, wanted: Wanted, definition: Definition) -> dict[str, Any]:
    """What the database is asked with, but for the page."""
    return {
        **wanted.between,
        "thresholds": json.dumps({**thresholds(), "night-begins": NIGHT_BEGINS, "night-ends": NIGHT_ENDS}),
        "surnames": json.dumps([*_surnames(names_in(service=by.service).items())]),
        "roles": [code for code, role in definition.roles.items() if role.caseload],
        "family": LARGEST_FAMILY,
        "pattern": wanted.pattern,
        "account": wanted.account,
        "unchecked": wanted.unchecked,
        "service": by.service,
        "most": MOST_ENTRIES,
    }


def work_of(*, by: Asker, account: int, wanted: Wanted, at: datetime) -> tuple[DayOfWork, ...]:
    """What one account of the asker's service did, day by day, the latest first. Raises as `unusual_looks`."""
    _, allowed = _may(by=by, act=OF_ONE, at=at)
    values = {**wanted.between, "service": by.service, "account": account}
    with entry(by=by, act=OF_ONE, purpose=AUDIT, allowed=[allowed], at=at):
        return tuple(DayOfWork(*row) for row in _asked(DAYS, values))


def _may(*, by: Asker, act: str, at: datetime) -> tuple[Definition, Allowed]:
    """Whether the law lets the asker look at all that their service did; what the entry opens then."""
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    decision = may_see(
        definition, by=by, standing=NOBODY.standing, part=NOBODY.part, items=ITEMS, purpose=AUDIT, on=on
    )
    if "ledger.access" not in decision.allowed:
        refuse(by=by, act=act, purpose=AUDIT, decision=decision, at=at)
    return definition, Allowed(NOBODY.person, read=decision.allowed)


def _asked(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections[here()].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _surnames(names: Iterable[tuple[int, str]]) -> Iterable[dict[str, object]]:
    """The last word of each name as search keys have it; a name of one word has no surname."""
    for account, name in names:
        words = name.split()
        if len(words) > 1 and (parts := parts_of(words[-1])):
            yield {"account": account, "surname": parts[-1]}
