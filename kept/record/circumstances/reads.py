"""What was told about people, as the open entry may see it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kept.record.circumstances.values import CircumstanceShown, NeedAnswer, ReviewShown

# Of each person what holds now, by item, the latest first, and the latest fifty that do not hold any more; each with
# what was last said of it, and of communication needs whether they were met when that was last said.
CIRCUMSTANCES = """
select json_agg(json_build_array(c.person_id, c.kind, c.said, c.declined, c.since_on, c.source,
                                 (c.recorded_at at time zone 'Europe/London')::date,
                                 case when c.kind = 'needs.communication' then (
                                     select json_build_array(m.met, m.from_on, m.said) from record_need_met m
                                     where m.person_id = c.person_id order by m.from_on desc, m.id desc limit 1) end,
                                 c.id, c.until_on,
                                 (select json_build_array(r.outcome, r.from_on, r.why, r.again_on, coalesce(a.name, ''))
                                  from record_circumstance_review r left join staff_account a on a.id = r.account
                                  where r.circumstance_id = c.id order by r.id desc limit 1))
                order by c.person_id, c.kind, c.id desc)
from (select * from record_circumstance where person_id = any (%(persons)s) and until_on is null
      union all
      (select * from record_circumstance where person_id = any (%(persons)s) and until_on is not null
       order by id desc limit 50)) c
"""

Shown = Mapping[int, tuple[CircumstanceShown, ...]]


def circumstances_from(rows: Iterable[list[Any]]) -> tuple[Shown, Shown]:
    """Person → what `CIRCUMSTANCES` answered about them, in its order: what holds now, and what does not any more."""
    now: dict[int, tuple[CircumstanceShown, ...]] = {}
    before: dict[int, tuple[CircumstanceShown, ...]] = {}
    for person, *row in rows:
        shown = _circumstance(*row)
        found = before if shown.until_on else now
        found[person] = (*found.get(person, ()), shown)
    return now, before


def _circumstance(  # in the order of the statement
    kind: str,
    said: str,
    declined: bool,
    since_on: str | None,
    source: str,
    recorded_on: str,
    answered: list[Any] | None,
    number: int,
    until_on: str | None,
    review: list[Any] | None,
) -> CircumstanceShown:
    return CircumstanceShown(
        kind=kind,
        said=said,
        declined=declined,
        since_on=_day(since_on),
        source=source,
        recorded_on=date.fromisoformat(recorded_on),
        answer=NeedAnswer(answered[0], date.fromisoformat(answered[1]), answered[2]) if answered else None,
        number=number,
        review=_review(*review) if review else None,
        until_on=_day(until_on),
    )


def _review(outcome: str, on: str, why: str, again_on: str | None, practitioner: str) -> ReviewShown:
    return ReviewShown(outcome, date.fromisoformat(on), why, _day(again_on), practitioner)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
