"""What was recorded of somebody before, as the open entry may see it."""

from dataclasses import dataclass
from datetime import date

from django.db import connections

from kept.database.acting import here

# What was recorded before and has ended, of one person, the latest first.
BEFORE = """
select item, said, from_on, until_on from (
    select 'identity.name' as item, concat_ws(' ', given, family) as said, from_on, until_on, id
        from record_name where person_id = %(person)s
    union all select 'identity.date-of-birth', born_on::text, from_on, until_on, id
        from record_date_of_birth where person_id = %(person)s
    union all select 'identity.sex', code, from_on, until_on, id from record_sex where person_id = %(person)s
    union all select 'identity.gender', words, from_on, until_on, id from record_gender where person_id = %(person)s
    union all select 'identity.nhs-number', number, from_on, until_on, id
        from record_nhs_number where person_id = %(person)s
    union all select 'identity.address', concat_ws(', ', nullif(lines, ''), nullif(postcode, '')), from_on, until_on, id
        from record_address where person_id = %(person)s and kind = 'ordinary'
    union all select 'contact.phone', number, from_on, until_on, id from record_phone where person_id = %(person)s
    union all select 'contact.email', email, from_on, until_on, id from record_email where person_id = %(person)s
) held where until_on is not null order by until_on desc, id desc limit 100
"""


@dataclass(frozen=True, slots=True)
class Before:
    """Something that was recorded of somebody and holds no longer."""

    item: str
    said: str
    from_on: date
    until_on: date


def held_before(*, person: int) -> tuple[Before, ...]:
    """What was recorded of somebody and holds no longer, the latest first."""
    with connections[here()].cursor() as cursor:
        cursor.execute(BEFORE, {"person": person})
        return tuple(Before(*row) for row in cursor.fetchall())
