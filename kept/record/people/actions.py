"""Writing who somebody is. Each action works inside an entry that its caller has opened."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Entry
from kept.record.people.models import (
    AboutPerson,
    Address,
    DateOfBirth,
    Email,
    Gender,
    Name,
    NhsNumber,
    Person,
    Phone,
    Sex,
)
from kept.record.people.numbers import is_verified_now, settle_numbers
from kept.record.people.values import NewPerson, PersonShown
from kept.record.search.keys import keys_of
from kept.record.search.models import SearchKey


def next_persons(many: int) -> list[tuple[int, UUID]]:
    """Numbers and ledger ids for people about to be registered, so that their entry can name them."""
    with connections[here()].cursor() as cursor:
        cursor.execute("select nextval('record_person_id_seq') from generate_series(1, %s)", [many])
        return [(number, uuid4()) for (number,) in cursor.fetchall()]


def register(
    *,
    within: Entry,
    person: int,
    ledger_id: UUID,
    new: NewPerson,
    hidden: bool = False,
    public_id: UUID | None = None,
    on: date,
) -> None:
    """Write a new person under the open entry, which must have named this number and ledger id."""
    address = public_id or uuid4()
    Person.objects.create(id=person, part=new.part, public_id=address, ledger_id=ledger_id, **within.held)
    add_details(within=within, person=person, new=new, items=new.items_held(), hidden=hidden, on=on)


def add_details(
    *, within: Entry, person: int, new: NewPerson, items: frozenset[str], hidden: bool = False, on: date
) -> None:
    """Write the details that fall under `items`, each in the table of its own item; an address `hidden`, or open."""
    dated = {"person_id": person, "from_on": on, **within.held}
    rows: list[AboutPerson] = []
    if "identity.name" in items:
        _write_name(new, dated)
    if "identity.date-of-birth" in items and new.born_on:
        rows.append(DateOfBirth(born_on=new.born_on, **dated))
    if "identity.sex" in items:
        rows.append(Sex(code=new.sex, **dated))
    if "identity.gender" in items:
        rows.append(Gender(words=new.gender, **dated))
    if "identity.nhs-number" in items:
        rows.append(NhsNumber(number=new.nhs_number, status=new.nhs_number_status, **dated))
    if "identity.address" in items:
        kind = "restricted" if hidden else "ordinary"
        rows.append(
            Address(kind=kind, lines=new.address, postcode=new.postcode, authority=new.authority, **dated)
        )
    if "contact.phone" in items:
        rows += [Phone(number=number, **dated) for number in new.phones]
    if "contact.email" in items:
        rows += [Email(email=email, **dated) for email in new.emails]
    for row in rows:
        row.save(force_insert=True)


def _write_name(new: NewPerson, dated: dict[str, Any]) -> None:
    """A name exactly as it is given, and beside it the keys that it is found by."""
    Name.objects.create(given=new.given, family=new.family, **dated)
    SearchKey.objects.bulk_create(SearchKey(key=key, **dated) for key in keys_of(new.given, new.family))


def refresh(
    *, within: Entry, person: int, new: NewPerson, shown: PersonShown, hidden: bool = False, on: date
) -> None:
    """Bring the details of somebody already known up to date: what differs ends on `on`, and the new stands beside it.

    A number that is told as verified is held as verified from then on; told with less, it stays what it was.
    A date of birth is never overwritten: two that differ are for a person to sort out, before this is called.
    """
    changed = {
        "identity.name": (new.given, new.family) != (shown.given, shown.family),
        "identity.sex": new.sex != shown.sex,
        "identity.gender": new.gender != shown.gender,
        "identity.nhs-number": new.nhs_number != shown.nhs_number or is_verified_now(new, shown),
        "identity.address": (new.address, new.postcode) != shown.home,
    }
    items = frozenset(item for item in new.items_held() if changed.get(item, False))
    if "identity.nhs-number" in items and new.nhs_number != shown.nhs_number:
        settle_numbers(person=person, on=on)
    for model in (Name, SearchKey, Sex, Gender, NhsNumber, Address):
        if model.items() & items:
            model.objects.filter(person_id=person, until_on=None).update(until_on=on)
    if not shown.born_on and new.born_on:
        items |= {"identity.date-of-birth"}
    if phones := tuple(number for number in new.phones if number not in shown.phones):
        items |= {"contact.phone"}
    if emails := tuple(email for email in new.emails if email not in shown.emails):
        items |= {"contact.email"}
    add_details(
        within=within,
        person=person,
        new=replace(new, phones=phones, emails=emails),
        items=items,
        hidden=hidden,
        on=on,
    )
