"""Contacts with a family, as a form would send them; and what of them stands in the database."""

from datetime import date
from typing import Any

from kept.notices.asker import Asker
from kept.record.contacts.actions import record_contact
from kept.record.contacts.values import NEW_BIRTH_VISIT, NewContact, NoticeGivenNow
from tests.cast import AT, as_superuser, public_id_of

TODAY: date = AT.date()
GIVEN = NoticeGivenNow(format="leaflet", on=TODAY)
ALONE = {"notice": None, "weight_grams": None, "note": ""}


def visit(**changes: Any) -> NewContact:
    """A new birth visit as it should be, or changed in one place."""
    return NewContact(
        **{
            "kind": NEW_BIRTH_VISIT,
            "on": TODAY,
            "place": "home",
            "note": "Feeding well.",
            "weight_grams": 3600,
            "notice": GIVEN,
            **changes,
        }
    )


def records(
    by: Asker, contact: NewContact, *, to: str = "Amina", purpose: str = "", source: str = "the-person"
) -> bool:
    return record_contact(
        by=by,
        public_id=public_id_of(to),
        purpose=purpose or by.service,
        contact=contact,
        source=source,
        at=AT,
    )


def written() -> dict[str, int]:
    """How many contacts, notes, measurements and notices stand in the database; what there is none of left out."""
    tables = ("record_contact", "record_note", "record_measurement", "record_notice_given")
    counted = {table: as_superuser(f"select count(*) from {table}")[0][0] for table in tables}
    return {table: many for table, many in counted.items() if many}


def entries(outcome: str) -> list[tuple]:
    """What the ledger says, newest last: who asked, for what act, under which clauses, about how many people."""
    return as_superuser(
        "select e.account, e.act, e.clauses, (select count(*) from ledger_subject s where s.entry_id = e.id)"
        " from ledger_entry e where e.outcome = %s order by e.id",
        outcome,
    )
