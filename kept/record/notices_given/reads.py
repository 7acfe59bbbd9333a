"""Which notice a family was given, as the open entry may see it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

# What was said last.
LATEST = """
select json_build_array(n.version_id, d.dated, n.format, n."on", n.why_not,
                        (n.recorded_at at time zone 'Europe/London')::date)
from record_notice_given n join published_definition d on d.id = n.version_id
where n.person_id = %(child)s order by n.id desc limit 1
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


def notice_from(row: list[Any] | None) -> NoticeShown | None:
    """The notice that `LATEST` answered; None where none was recorded for this child's family."""
    if row is None:
        return None
    version, dated, format_, on, why_not, said_on = row
    return NoticeShown(
        version_id=version,
        dated=date.fromisoformat(dated),
        format=format_,
        on=date.fromisoformat(on) if on else None,
        why_not=why_not,
        said_on=date.fromisoformat(said_on),
    )
