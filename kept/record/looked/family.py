"""Who has looked at one person's record, as their family may be shown it: prepared entry by entry, then read.

No line of it names anybody but the person it is about. Whether something was held back is not told (decision 0016).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.published.reads import definition_for, published
from kept.record.looked.models import LookedLine, LookedView
from kept.record.looked.reads import ABOUT_THE_PERSON
from kept.record.looked.withholding import proposed, tells_of
from kept.record.people.reads import people_shown
from kept.standards.days import day_of, start_of

RIGHTS = "rights"
LISTING, READING = "see what was prepared for a family", "read who has looked, as prepared for a family"
PRINTING, CHOOSING = (
    "print who has looked, as prepared for a family",
    "look through who has looked for a family",
)
ITEMS = frozenset({"identity.name", "ledger.access", "ledger.shown"})
# An officer decides entry by entry: of more, nobody reads each. A longer time is prepared in parts.
MOST = 200

NAMED = (
    "coalesce((select array_agg(i) from ledger_subject s, unnest(s.{}) i where s.entry_id = e.id and s.at = e.at"
    " and s.ledger_id = any ((select ledger.watched())::uuid[])), '{{}}')"
)
READ, RECORDED = NAMED.format("read"), NAMED.format("recorded")
ENTRIES = f"""
select e.id, e.at, e.account, e.role, e.organisation, e.process, e.service, e.act, e.purpose, e.outcome, e.definition,
       e.clauses, e.asked || {READ}, {RECORDED}
from ledger_entry e
where {ABOUT_THE_PERSON} and e.id < (select ledger.entry()) and e.at >= %(from)s and e.at < %(until)s
  and (%(last)s::bigint is null or e.id <= %(last)s)
  and (%(numbers)s::bigint[] is null or e.id = any (%(numbers)s))
order by e.id desc limit %(many)s
"""  # noqa: S608  # put together from our own conditions


class NotThere(Exception):
    """Nothing of this number was prepared about this person."""


@dataclass(frozen=True, slots=True)
class EntryAbout:
    """One entry about the person: who by role and organisation, what, why; `proposed` to be held back."""

    number: int
    at: datetime
    account: int | None
    role: str
    organisation: str
    process: str
    service: str
    act: str
    purpose: str
    outcome: str
    definition: int | None
    clauses: tuple[str, ...]
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class ToPrepare:
    """The entries of some days about one person, the newest first; more than `MOST` are not prepared at once."""

    name: str
    part: str
    entries: tuple[EntryAbout, ...]
    too_many: bool

    @property
    def last_entry(self) -> int:
        return max((one.number for one in self.entries), default=0)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One view that was prepared: when, by whom, of which days, and how many entries it shows and holds back."""

    number: int
    prepared_at: datetime
    account: int | None
    since_on: date
    last_on: date
    asked_by: str
    shown: int
    withheld: int


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One entry that a view does not show, for the officers alone."""

    number: int
    at: datetime
    clause: str
    why: str


@dataclass(frozen=True, slots=True)
class View:
    """A prepared view: whose record, which days, the entries that it shows, and, for officers, those it does not."""

    number: int
    name: str
    since_on: date
    last_on: date
    prepared_at: datetime
    under: int  # the version that was in force then, in whose words it stays
    entries: tuple[EntryAbout, ...]
    held_back: tuple[HeldBack, ...]


def to_prepare(
    *,
    by: Asker,
    public_id: UUID,
    since_on: date,
    last_on: date,
    last_entry: int | None = None,
    asked_by: str,
    at: datetime,
) -> ToPrepare:
    """What there is to decide on, with what is proposed; up to an entry, where somebody has begun to decide already.

    Looking through it is itself an entry. Raises Refused, in the same words for somebody hidden, of another service, or
    nobody.
    """
    fact, allowed = may_prepare(by=by, act=CHOOSING, public_id=public_id, reason=asked_by, at=at)
    with entry(by=by, act=CHOOSING, purpose=RIGHTS, allowed=[allowed], reason=asked_by, at=at):
        found = entries_about(
            by=by, part=fact.part, since_on=since_on, last_on=last_on, last_entry=last_entry, many=MOST + 1
        )
        name = _name(fact, on=day_of(at))
    return ToPrepare(name, fact.part, found[:MOST], len(found) > MOST)


def may_prepare(
    *, by: Asker, act: str, public_id: UUID, reason: str, record: frozenset[str] = frozenset(), at: datetime
) -> tuple[Fact, Allowed]:
    """Whether the law lets the asker show a family who has looked at this record; what the entry opens then."""
    on = day_of(at)
    fact = next(iter(facts(by=by, ids=[public_id], at=at)), None)
    decision = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=fact.standing if fact else "none",
        part=fact.part if fact else "child",
        items=ITEMS,
        purpose=RIGHTS,
        reason=reason,
        on=on,
    )
    if fact is None or ITEMS - decision.allowed:
        refuse(by=by, act=act, purpose=RIGHTS, decision=decision, ids=[public_id], reason=reason, at=at)
    return fact, Allowed(fact.person, read=ITEMS, record=record)


def may_offer(*, by: Asker, at: datetime) -> bool:
    """Whether the asker's role may prepare such views at all: asked to offer the page, not to open it."""
    definition, on = definition_for(by=by, on=day_of(at)).definition, day_of(at)
    asking: dict[str, Any] = {"standing": "service", "part": "child", "items": ITEMS, "reason": "offered"}
    decision = may_see(definition, by=by, purpose=RIGHTS, on=on, **asking)
    return not ITEMS - decision.allowed


def entries_about(
    *,
    by: Asker,
    part: str,
    since_on: date,
    last_on: date,
    last_entry: int | None = None,
    numbers: Sequence[int] | None = None,
    many: int = MOST,
) -> tuple[EntryAbout, ...]:
    """The entries about the person whom the open entry watches, before it, each with what is proposed."""
    values = {
        "from": start_of(since_on),
        "until": start_of(last_on + timedelta(days=1)),
        "last": last_entry,
        "numbers": None if numbers is None else list(numbers),
        "many": many,
    }
    with connections[here()].cursor() as cursor:
        cursor.execute(ENTRIES, values)
        rows = cursor.fetchall()
        cursor.execute(
            "select ledger.could_endanger(%s, %s)", [[row[0] for row in rows], [row[1] for row in rows]]
        )
        endangering = set(cursor.fetchone()[0])
    before = _held_back_before(row[0] for row in rows)
    return tuple(
        _about(row, by=by, part=part, endangers=row[0] in endangering, before=before.get(row[0], ""))
        for row in rows
    )


def _held_back_before(numbers: Iterable[int]) -> dict[int, str]:
    """Entry → the law's entry under which a view of the same person held it back, the last time that one did."""
    lines = LookedLine.objects.filter(number__in=list(numbers), shown=False).order_by("id")
    return dict(lines.values_list("number", "clause"))


def _about(row: tuple[Any, ...], *, by: Asker, part: str, endangers: bool, before: str) -> EntryAbout:
    *who, service, act, purpose, outcome, definition, clauses, read, recorded = row
    number, at, account, role, organisation, process = who
    under = published(definition or by.definition).definition
    tells = tells_of(under=under, act=act, recorded=recorded, read=read, clauses=clauses)
    ours = service == by.service
    told = proposed(
        part=part, purpose=purpose, role=role, act=act, ours=ours, tells=tells, endangers=endangers
    )
    return EntryAbout(
        number, at, account, role, organisation, process, service, act, purpose, outcome, definition,
        tuple(clauses), before or told,
    )  # fmt: skip


def _name(fact: Fact, *, on: date) -> str:
    return people_shown(persons=[fact.person], child=0, on=on)[0].name


def prepared_views(*, by: Asker, public_id: UUID, at: datetime) -> tuple[str, tuple[Prepared, ...]]:
    """Whose record it is, and what was prepared of it, the latest first. Raises Refused as `to_prepare`."""
    reason = "To see what was prepared before."
    fact, allowed = may_prepare(by=by, act=LISTING, public_id=public_id, reason=reason, at=at)
    with entry(by=by, act=LISTING, purpose=RIGHTS, allowed=[allowed], reason=reason, at=at):
        lines = LookedLine.objects.filter(person_id=fact.person).values_list("view", "shown")
        counted = [(view, shown) for view, shown in lines]
        views = tuple(
            Prepared(
                view.pk, view.recorded_at, view.account, view.since_on, view.last_on, view.asked_by,
                counted.count((view.pk, True)), counted.count((view.pk, False)),
            )
            for view in LookedView.objects.filter(person_id=fact.person).order_by("-id")
        )  # fmt: skip
        return _name(fact, on=day_of(at)), views


def open_view(*, by: Asker, public_id: UUID, number: int, act: str = READING, at: datetime) -> View:
    """One prepared view, to be read or (`act`) printed: an entry each time. Raises NotThere, Refused."""
    reason = f"To give the family what was prepared, number {number}."
    fact, allowed = may_prepare(by=by, act=act, public_id=public_id, reason=reason, at=at)
    with entry(by=by, act=act, purpose=RIGHTS, allowed=[allowed], reason=reason, at=at):
        view = LookedView.objects.filter(pk=number, person_id=fact.person).first()
        if view is None:
            raise NotThere
        lines = tuple(LookedLine.objects.filter(view=view, person_id=fact.person).order_by("-number"))
        shown = entries_about(
            by=by,
            part=fact.part,
            since_on=view.since_on,
            last_on=view.last_on,
            numbers=[line.number for line in lines if line.shown],
        )
        name = _name(fact, on=day_of(at))
    held_back = (HeldBack(one.number, one.done_at, one.clause, one.why) for one in lines if not one.shown)
    days = view.since_on, view.last_on
    return View(number, name, *days, view.recorded_at, view.definition_id, shown, tuple(held_back))
