"""Who people are, as the open entry may see them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.record.people.models import DateOfBirth
from kept.record.people.values import PersonShown, RestrictionShown

# One statement for everyone of a family, a list each. Each table's own lock leaves its places empty where the item
# is withheld, so the statement need not know who may see what.
PEOPLE = """
select json_agg(json_build_array(
           p.id, p.public_id, p.part, n.given, n.family, b.born_on, s.code, m.words, i.number, i.status,
           a.lines, a.postcode, g.practice, g.phone, r.kind,
           (select json_agg(json_build_array(t.number, t.safe_to_use) order by t.id) from record_phone t
            where t.person_id = p.id and t.until_on is null),
           (select json_agg(json_build_array(t.email, t.safe_to_use) order by t.id) from record_email t
            where t.person_id = p.id and t.until_on is null),
           h.lines, h.postcode,
           (select json_agg(json_build_array(t.id, t.what, t.reason, t.from_on) order by t.id) from record_restriction t
            where t.person_id = p.id and t.until_on is null),
           (select json_agg(t.number order by t.id) from record_number_to_check t
            where t.person_id = p.id and t.until_on is null)
       ) order by p.part, p.id)
from record_person p
left join record_name n on n.person_id = p.id and n.until_on is null
left join record_date_of_birth b on b.person_id = p.id and b.until_on is null
left join record_sex s on s.person_id = p.id and s.until_on is null
left join record_gender m on m.person_id = p.id and m.until_on is null
left join record_nhs_number i on i.person_id = p.id and i.until_on is null
left join record_address a on a.person_id = p.id and a.until_on is null and a.kind = 'ordinary'
left join record_address h on h.person_id = p.id and h.until_on is null and h.kind = 'restricted'
left join record_gp_practice g on g.person_id = p.id and g.until_on is null
left join record_relationship r on r.person_id = p.id and r.child_id = %(child)s and r.until_on is null
where p.id = any (%(persons)s)
"""


def people_shown(*, persons: Sequence[int], child: int, on: date) -> tuple[PersonShown, ...]:
    """These people, with what the open entry may read of them; relationships are those to `child`."""
    with connections[here()].cursor() as cursor:
        cursor.execute(PEOPLE, {"persons": list(persons), "child": child})
        return people_from(cursor.fetchone()[0] or ())


def people_from(rows: Iterable[list[Any]]) -> tuple[PersonShown, ...]:
    """The people that `PEOPLE` answered, in its order."""
    return tuple(map(_shown, rows))


def _shown(row: list[Any]) -> PersonShown:
    (person, public_id, part, given, family, born_on, sex, gender, number, status, lines, postcode, practice, gp_phone,
     kind, phones, emails, hidden_lines, hidden_postcode, restrictions, numbers_to_check) = row  # fmt: skip
    return PersonShown(
        person=person,
        public_id=UUID(public_id),
        part=part,
        given=given or "",
        family=family or "",
        born_on=date.fromisoformat(born_on) if born_on else None,
        sex=sex or "",
        gender=gender or "",
        nhs_number=number or "",
        nhs_number_status=status or "",
        address=lines or "",
        postcode=postcode or "",
        phones=tuple(number for number, _ in phones or ()),
        emails=tuple(email for email, _ in emails or ()),
        safe_to_use=dict((phones or []) + (emails or [])),
        restricted_address=hidden_lines or "",
        restricted_postcode=hidden_postcode or "",
        restrictions=tuple(
            RestrictionShown(id=number, what=what, reason=reason, since_on=date.fromisoformat(since))
            for number, what, reason, since in restrictions or ()
        ),
        numbers_to_check=tuple(numbers_to_check or ()),
        gp_practice=practice or "",
        gp_phone=gp_phone or "",
        relationship=kind or "",
    )


def born_on(*, person: int) -> date | None:
    """The date of birth that is held, as far as the open entry may read it."""
    row = DateOfBirth.objects.filter(person_id=person, until_on=None).values_list("born_on").first()
    return row[0] if row else None
