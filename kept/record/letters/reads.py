"""How somebody can be written to, as the open entry may see it: one person's own, and nobody else's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, Fact, facts, read, refuse
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.definition import Definition
from kept.notices.questions import may_collect, may_see
from kept.published.reads import Published, definition_for
from kept.record.letters.values import NEEDS, Correspondent
from kept.standards.days import day_of

ASKING = "see how somebody can be written to"
NOTICE = frozenset({"care.notice-given"})

# Only an ordinary address of somebody who may be written to, and only what its owner said is safe to use. The statement
# names one person: nothing of anybody else can come into a letter.
CORRESPONDENT = """
select p.public_id, n.given, n.family, a.lines, a.postcode,
       array(select email from record_email e
             where e.person_id = p.id and e.until_on is null and e.safe_to_use = 'yes' order by e.id desc),
       array(select number from record_phone t
             where t.person_id = p.id and t.until_on is null and t.safe_to_use = 'yes' order by t.id desc),
       (select version_id from (
            select version_id, recorded_at from record_notice_given
            where person_id in (p.id, %(child)s) and "on" is not null and corrected_at is null
            union all select version_id, recorded_at from record_letter where person_id = p.id
        ) had order by recorded_at desc, version_id desc limit 1),
       array(select way from record_letter w where w.person_id = p.id and w.version_id = %(version)s),
       ledger.somebody_died(array[p.id, %(child)s])
from record_person p
left join record_name n on n.person_id = p.id and n.until_on is null
left join record_address a on a.person_id = p.id and a.until_on is null and a.kind = 'ordinary'
     and ledger.may_be_written_to(p.id)
where p.id = %(to)s
"""


@dataclass(frozen=True, slots=True)
class Writing:
    """To whom a letter goes and about which child's family, as decided: under which version, reading what."""

    child: Fact
    to: Fact
    version: Published
    read: frozenset[str]

    @property
    def about(self) -> dict[str, int]:
        """What `CORRESPONDENT` is told."""
        return {"to": self.to.person, "child": self.child.person, "version": self.version.id}

    def allowed(self, *, record: frozenset[str] = frozenset()) -> Sequence[Allowed]:
        """What the entry opens: which notice the family had, and of one person alone what a letter needs."""
        return (
            Allowed(self.child.person, read=NOTICE),
            Allowed(self.to.person, read=self.read | NOTICE, record=record),
        )


def decided(
    *,
    by: Asker,
    act: str,
    public_id: UUID,
    to: UUID,
    ways: Collection[str],
    purpose: str,
    source: str,
    at: datetime,
) -> Writing:
    """Whether the asker may write to this parent of this child, in any of these ways, and record that they did.

    Raises Refused, in the same words whether they are nobody's, another team's or not this child's parent.
    """
    on = day_of(at)
    version = definition_for(by=by, on=on)
    found = facts(by=by, ids=[public_id], with_family=True, at=at)
    child = next((f for f in found if f.public_id == public_id and f.part == "child"), None)
    parent = next((f for f in found if f.public_id == to and f.part == "parent"), None)
    asked: dict[str, Any] = {"by": by, "purpose": purpose, "source": source, "on": on}
    decision, items = _judged(version.definition, parent if child else None, ways=ways, **asked)
    if child is None or parent is None or not decision:
        refuse(by=by, act=act, purpose=purpose, decision=decision, ids=[public_id, to], at=at)
    return Writing(child, parent, version, items)


def _judged(
    definition: Definition,
    parent: Fact | None,
    *,
    by: Asker,
    ways: Collection[str],
    purpose: str,
    source: str,
    on: date,
) -> tuple[Decision, frozenset[str]]:
    """The decision, and what may be read: all that one of the ways needs, and the record that the letter was sent."""
    stood: dict[str, Any] = {
        "by": by,
        "standing": parent.standing if parent else "none",
        "part": "parent",
        "purpose": purpose,
        "on": on,
    }
    needed = frozenset[str]().union(*(NEEDS[way] for way in ways))
    seen = may_see(definition, **stood, items=needed)
    kept = may_collect(definition, **stood, items=NOTICE, source=source)
    open_ways = [way for way in ways if NEEDS[way] <= seen.allowed]
    if not open_ways or not kept:
        lacking = kept if open_ways else may_see(definition, **stood, items=needed - seen.allowed or needed)
        return lacking, frozenset()
    return kept, frozenset[str]().union(*(NEEDS[way] for way in open_ways))


def correspondent(
    *, by: Asker, public_id: UUID, to: UUID, ways: Collection[str], purpose: str, source: str, at: datetime
) -> tuple[Correspondent, Published]:
    """How a parent can be written to, and the version they would be told of. Raises Refused as `decided` does."""
    writing = decided(
        by=by, act=ASKING, public_id=public_id, to=to, ways=ways, purpose=purpose, source=source, at=at
    )
    row = read(
        CORRESPONDENT, writing.about, by=by, act=ASKING, purpose=purpose, allowed=writing.allowed(), at=at
    )
    return _correspondent(row, writing), writing.version


def correspondent_now(writing: Writing) -> Correspondent:
    """The same, in an entry that is open already."""
    with connections[here()].cursor() as cursor:
        cursor.execute(CORRESPONDENT, writing.about)
        return _correspondent(cursor.fetchone(), writing)


def _correspondent(row: tuple[Any, ...], writing: Writing) -> Correspondent:
    public_id, given, family, lines, postcode, emails, phones, had, written, died = row
    return Correspondent(
        person=writing.to.person,
        public_id=public_id,
        name=" ".join(part for part in (given, family) if part),
        address=tuple(line.strip() for line in (*(lines or "").splitlines(), postcode or "") if line.strip()),
        emails=tuple(emails),
        phones=tuple(phones),
        had=had,
        ways=frozenset(way for way, needed in NEEDS.items() if needed <= writing.read),
        written=frozenset(written),
        died=died,
    )


def letters_recorded(letters: Collection[UUID]) -> Collection[UUID]:
    """Which of these letters the record says were sent."""
    with connections[here()].cursor() as cursor:
        cursor.execute("select ledger.letters_recorded(%s)", [list(letters)])
        recorded: list[UUID] = cursor.fetchone()[0]
        return recorded
