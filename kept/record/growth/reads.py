"""What was measured of a child, as the open entry may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

# The child's latest two hundred, newest first.
MEASUREMENTS = """
select json_agg(json_build_array(m.kind, m.value, m."on", m.contact_id, m.told_by))
from (select * from record_measurement where person_id = any ((select records from of_the_child)::bigint[])
      and until_on is null order by "on" desc, id desc limit 200) m
"""


@dataclass(frozen=True, slots=True)
class MeasurementShown:
    """One measurement: weight in grams; length and head circumference in millimetres. `told_by` names who measured
    where that was somebody else."""

    kind: str
    value: int
    on: date
    contact: int | None
    told_by: str = ""


def measurements_from(rows: Iterable[list[Any]]) -> tuple[MeasurementShown, ...]:
    """The measurements that `MEASUREMENTS` answered, in its order."""
    return tuple(
        MeasurementShown(kind, value, date.fromisoformat(on), contact, told_by)
        for kind, value, on, contact, told_by in rows
    )
