"""What was measured of a child, as the open entry may see it."""

from dataclasses import dataclass
from datetime import date

from django.db import connections

from kept.database.acting import here


@dataclass(frozen=True, slots=True)
class MeasurementShown:
    """One measurement: weight in grams; length and head circumference in millimetres."""

    kind: str
    value: int
    on: date
    contact: int | None


def measurements_of(*, child: int, many: int = 200) -> tuple[MeasurementShown, ...]:
    """The child's latest measurements, newest first."""
    with connections[here()].cursor() as cursor:
        cursor.execute(
            'select kind, value, "on", contact_id from record_measurement where person_id = %s'
            ' order by "on" desc, id desc limit %s',
            [child, many],
        )
        return tuple(MeasurementShown(*row) for row in cursor.fetchall())
