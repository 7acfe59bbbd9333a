"""Which notice a family was given, and which families have not been told, as the open entry may see them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, read, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.published.reads import definition_for
from kept.record.notices_given.values import (
    LetterShown,
    NoticeShown,
    NoticesShown,
    NotYetTold,
    NotYetToldPage,
)
from kept.record.people.reads import PEOPLE, people_from
from kept.standards.days import day_of

LISTING = "list families not yet told"
A_PAGE = 50
GIVEN = frozenset({"care.notice-given"})
LISTED = GIVEN | {"identity.name", "identity.date-of-birth"}

# All that was said of the notice about these people, the earliest first.
SAID = """
select json_agg(json_build_array(n.person_id, n.version_id, d.dated, n.format, n."on", n.why_not,
                                 (n.recorded_at at time zone 'Europe/London')::date) order by n.id)
from record_notice_given n join published_definition d on d.id = n.version_id
where n.person_id = any (%(persons)s) and n.corrected_at is null
"""
# All that is recorded about the notice: about the child, and about each parent who was told alone.
NOTICES = f"""
select json_build_array(%(child)s::bigint, %(version)s::bigint, ({SAID}),
    (select json_agg(json_build_array(t.person_id, t.version_id, d.dated, t.way,
                                      (t.recorded_at at time zone 'Europe/London')::date) order by t.id)
     from record_letter t join published_definition d on d.id = t.version_id where t.person_id = any (%(persons)s)))
"""  # noqa: S608 - put together from our own statements
# Whom a page of the list shows, and what was said of the notice about each.
SHOWN = f"select ({PEOPLE}), ({SAID})"


def notices_from(row: list[Any]) -> NoticesShown:
    """The notices that `NOTICES` answered."""
    child, version, said, sent = row
    letters = tuple(
        LetterShown(person, number, date.fromisoformat(dated), way, date.fromisoformat(sent_on))
        for person, number, dated, way, sent_on in sent or ()
    )
    given = {person for person, number, _, _, on, *_ in said or () if number == version and on}
    written = {letter.person for letter in letters if letter.version_id == version}
    return replace(_said_about(child, said), letters=letters, told=frozenset(given | written))


def last_said(*, child: int) -> NoticeShown | None:
    """What was said last about the notice of a child's family, as far as the open entry may read it."""
    with connections[here()].cursor() as cursor:
        cursor.execute(SAID, {"persons": [child]})
        return _said_about(child, cursor.fetchone()[0]).last


def not_yet_told(
    *, by: Asker, purpose: str, team: int | None = None, page: int = 1, at: datetime
) -> NotYetToldPage:
    """The families of the asker's teams, or of one of them, who have not been told of the notice in force.

    Whoever has waited longest comes first, for the law gives a month (UK GDPR, Article 14(3)(a)); then the youngest.
    One entry names everyone who is shown. Raises Refused where the asker's role may not see which notice was given.
    """
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    stood: dict[str, Any] = {"by": by, "standing": "team", "part": "child", "purpose": purpose, "on": on}
    if not (decision := may_see(definition, **stood, items=GIVEN)):
        refuse(by=by, act=LISTING, purpose=purpose, decision=decision, at=at)
    found, in_all = _waiting(by=by, purpose=purpose, team=team, page=page, at=at)
    pages = max(1, -(-in_all // A_PAGE))
    if not found:
        return NotYetToldPage((), in_all, page, pages)
    items = may_see(definition, **stood, items=LISTED).allowed
    allowed = [Allowed(person, read=items) for person in found]
    about = {"persons": list(found), "child": 0}
    people, said = read(SHOWN, about, by=by, act=LISTING, purpose=purpose, allowed=allowed, at=at)
    return NotYetToldPage(_families(found, people, said), in_all, page, pages)


def may_list_not_yet_told(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role sees which notice a family was given: asked to offer the list, not to open it."""
    on = day_of(at)
    stood: dict[str, Any] = {"by": by, "standing": "team", "part": "child", "purpose": purpose, "on": on}
    return bool(may_see(definition_for(by=by, on=on).definition, **stood, items=GIVEN))


def _waiting(
    *, by: Asker, purpose: str, team: int | None, page: int, at: datetime
) -> tuple[dict[int, date], int]:
    """Child → since when the family waits, in the order of the list; and how many there are in all."""
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select person, waiting_since, in_all from ledger.not_yet_told(%s, %s, %s, %s, %s, %s)",
            [by.token, purpose, team, (page - 1) * A_PAGE, A_PAGE, at],
        )
        rows = cursor.fetchall()
    return {person: since for person, since, _ in rows}, rows[0][2] if rows else 0


def _families(
    found: dict[int, date], people: Sequence[list[Any]], said: Sequence[list[Any]] | None
) -> tuple[NotYetTold, ...]:
    shown = {person.person: person for person in people_from(people)}
    return tuple(
        NotYetTold(shown[person], waiting_since_on=since, notices=_said_about(person, said))
        for person, since in found.items()
    )


def _said_about(child: int, rows: Sequence[list[Any]] | None) -> NoticesShown:
    """What was said last about one child's family, and the last of it that was given, of all that `SAID` answered."""
    said = [_notice(row) for person, *row in rows or () if person == child]
    given = [one for one in said if one.on]
    return NoticesShown(last=said[-1] if said else None, given=given[-1] if given else None)


def _notice(row: list[Any]) -> NoticeShown:
    version, dated, format_, on, why_not, said_on = row
    return NoticeShown(
        version_id=version,
        dated=date.fromisoformat(dated),
        format=format_,
        on=date.fromisoformat(on) if on else None,
        why_not=why_not,
        said_on=date.fromisoformat(said_on),
    )
