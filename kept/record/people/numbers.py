"""NHS numbers that wait to be checked: said of one person while another record of the service holds them."""

from datetime import date

from kept.ledger.entries import Entry
from kept.record.people.models import NumberToCheck
from kept.record.people.values import NewPerson, PersonShown

VERIFIED = "01"  # NHS Data Dictionary: number present and verified


def keep_to_check(*, within: Entry, person: int, number: str, status: str, on: date) -> None:
    """Keep a number that was said of somebody, on nobody's record; said again while it waits, it waits once."""
    said = NumberToCheck(person_id=person, number=number, status=status, from_on=on, **within.held)
    NumberToCheck.objects.bulk_create([said], ignore_conflicts=True)


def settle_numbers(*, person: int, on: date) -> None:
    """End that numbers said of somebody wait: their own is recorded now, or what was said was wrong."""
    NumberToCheck.objects.filter(person_id=person, until_on=None).update(until_on=on)


def is_verified_now(new: NewPerson, shown: PersonShown) -> bool:
    """Whether the number that is held without having been verified is told again, by whoever has verified it."""
    return (
        new.nhs_number == shown.nhs_number
        and new.nhs_number_status == VERIFIED
        and shown.nhs_number_status != VERIFIED
    )
