"""What was told about people, as the open entry may see it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kept.record.circumstances.values import CircumstanceShown, NeedAnswer

# Of each person what holds now, by item, the latest first; of communication needs whether they were met when that was
# last said.
CIRCUMSTANCES = """
select json_agg(json_build_array(c.person_id, c.kind, c.said, c.declined, c.since_on, c.source,
                                 (c.recorded_at at time zone 'Europe/London')::date,
                                 case when c.kind = 'needs.communication' then (
                                     select json_build_array(m.met, m.from_on, m.said) from record_need_met m
                                     where m.person_id = c.person_id order by m.from_on desc, m.id desc limit 1) end)
                order by c.person_id, c.kind, c.id desc)
from record_circumstance c where c.person_id = any (%(persons)s) and c.until_on is null
"""


def circumstances_from(rows: Iterable[list[Any]]) -> Mapping[int, tuple[CircumstanceShown, ...]]:
    """Person → what `CIRCUMSTANCES` answered about them, in its order."""
    found: dict[int, tuple[CircumstanceShown, ...]] = {}
    for person, kind, said, declined, since_on, source, recorded_on, answered in rows:
        since = date.fromisoformat(since_on) if since_on else None
        answer = NeedAnswer(answered[0], date.fromisoformat(answered[1]), answered[2]) if answered else None
        shown = CircumstanceShown(
            kind, said, declined, since, source, date.fromisoformat(recorded_on), answer
        )
        found[person] = (*found.get(person, ()), shown)
    return found
