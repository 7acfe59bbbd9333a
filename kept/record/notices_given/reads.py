"""Which notice a family was given, as the open entry may see it."""

from dataclasses import dataclass
from datetime import date

from django.db import connections

from kept.database.acting import here

LATEST = """
select n.version_id, d.dated, n.format, n."on", n.why_not,
       (n.recorded_at at time zone 'Europe/London')::date
from record_notice_given n join published_definition d on d.id = n.version_id
where n.person_id = %s order by n.id desc limit 1
"""


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """The last thing said about the notice: given in a format on a day, or why not."""

    version_id: int
    dated: date
    format: str
    on: date | None
    why_not: str
    said_on: date


def notice_given_to(*, child: int) -> NoticeShown | None:
    """The last notice recorded for this child's family; None where none was."""
    with connections[here()].cursor() as cursor:
        cursor.execute(LATEST, [child])
        row = cursor.fetchone()
        return NoticeShown(*row) if row else None
