"""Contacts of a child, as the open entry may see them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from kept.record.contacts.values import ContactShown

# The child's latest fifty, newest first, each with its note where the asker may read notes; what was corrected too.
CONTACTS = """
select json_agg(json_build_array(c.id, c.kind, c."on", c.place, c.account, coalesce(c.text, ''), c.closed_at,
                                  (select a.name from staff_account a where a.id = c.account),
                                  c.corrects_id, c.why, c.corrected_at))
from (select c.*, n.text
      from record_contact c left join record_note n on n.contact_id = c.id and n.person_id = c.person_id
      where c.person_id = any ((select records from of_the_child)::bigint[])
      order by c."on" desc, c.id desc limit 50) c
"""


def contacts_from(rows: Iterable[list[Any]]) -> tuple[ContactShown, ...]:
    """The contacts that `CONTACTS` answered, in its order, each with what was said of it before it was corrected."""
    found = {row[0]: row for row in rows}
    return tuple(_contact(row, found) for row in found.values() if row[-1] is None)


def _contact(row: list[Any], found: Mapping[int, list[Any]]) -> ContactShown:
    number, kind, on, place, account, note, closed_at, practitioner, corrects, why, _ = row
    return ContactShown(
        id=number,
        kind=kind,
        on=date.fromisoformat(on),
        place=place,
        account=account,
        note=note,
        closed_at=datetime.fromisoformat(closed_at) if closed_at else None,
        practitioner=practitioner or "",
        why=why,
        before=_contact(found[corrects], found) if corrects in found else None,
    )
