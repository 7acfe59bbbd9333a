"""What was told about people, as the open entry may see it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kept.record.circumstances.values import CircumstanceShown

# Of each person what holds now, by item, the latest first.
CIRCUMSTANCES = """
select json_agg(json_build_array(c.person_id, c.kind, c.said, c.declined, c.since_on, c.source,
                                 (c.recorded_at at time zone 'Europe/London')::date)
                order by c.person_id, c.kind, c.id desc)
from record_circumstance c where c.person_id = any (%(persons)s) and c.until_on is null
"""


def circumstances_from(rows: Iterable[list[Any]]) -> Mapping[int, tuple[CircumstanceShown, ...]]:
    """Person → what `CIRCUMSTANCES` answered about them, in its order."""
    found: dict[int, tuple[CircumstanceShown, ...]] = {}
    for person, kind, said, declined, since_on, source, recorded_on in rows:
        since = date.fromisoformat(since_on) if since_on else None
        shown = CircumstanceShown(kind, said, declined, since, source, date.fromisoformat(recorded_on))
        found[person] = (*found.get(person, ()), shown)
    return found
