"""Contacts of a child, as the open entry may see them."""

from django.db import connections

from kept.database.acting import here
from kept.record.contacts.values import ContactShown

CONTACTS = """
select c.id, c.kind, c."on", c.place, c.account, coalesce(n.text, ''), c.closed_at
from record_contact c left join record_note n on n.contact_id = c.id and n.person_id = c.person_id
where c.person_id = %s
order by c."on" desc, c.id desc limit %s
"""


def contacts_of(*, child: int, many: int = 50) -> tuple[ContactShown, ...]:
    """The child's latest contacts, newest first, each with its note where the asker may read notes."""
    with connections[here()].cursor() as cursor:
        cursor.execute(CONTACTS, [child, many])
        return tuple(ContactShown(*row) for row in cursor.fetchall())
