"""Contacts of a child, as the open entry may see them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from kept.record.contacts.values import ContactShown

# The child's latest fifty, newest first, each with its note where the asker may read notes.
CONTACTS = """
select json_agg(json_build_array(c.id, c.kind, c."on", c.place, c.account, coalesce(c.text, ''), c.closed_at,
                                  (select a.name from staff_account a where a.id = c.account)))
from (select c.*, n.text
      from record_contact c left join record_note n on n.contact_id = c.id and n.person_id = c.person_id
      where c.person_id = %(child)s
      order by c."on" desc, c.id desc limit 50) c
"""


def contacts_from(rows: Iterable[list[Any]]) -> tuple[ContactShown, ...]:
    """The contacts that `CONTACTS` answered, in its order."""
    return tuple(
        ContactShown(
            id=number,
            kind=kind,
            on=date.fromisoformat(on),
            place=place,
            account=account,
            note=note,
            closed_at=datetime.fromisoformat(closed_at) if closed_at else None,
            practitioner=practitioner or "",
        )
        for number, kind, on, place, account, note, closed_at, practitioner in rows
    )
