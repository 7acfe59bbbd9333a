"""What can be true of who somebody is; pure."""

from datetime import date

from kept.record.people.values import NewPerson
from kept.standards.nhs_number import NotAnNhsNumber, parse

EARLIEST_BIRTH = date(1900, 1, 1)
LONGEST = 400


def faults_of_details(said: NewPerson, *, changed: frozenset[str], today: date) -> dict[str, str]:
    """What is wrong with what is said anew, field by field, each in a sentence that says what to do."""
    wrong = {}
    if "identity.name" in changed and not (said.given or said.family):
        wrong["given"] = "Enter a first name or a last name."
    if "identity.date-of-birth" in changed:
        if said.born_on is None:
            wrong["born_on"] = "Enter the date of birth, for example 27 3 2026."
        elif said.born_on > today:
            wrong["born_on"] = "The date of birth is in the future. Enter the day they were born."
        elif said.born_on < EARLIEST_BIRTH:
            wrong["born_on"] = "Nobody alive was born so long ago. Check the year."
    if "identity.nhs-number" in changed and said.nhs_number:
        try:
            parse(said.nhs_number)
        except NotAnNhsNumber as why:
            wrong["nhs_number"] = str(why)
    for field in ("given", "family", "address", "postcode", "gender"):
        if len(getattr(said, field)) > LONGEST:
            wrong[field] = f"This is longer than {LONGEST} letters. Shorten it."
    return wrong
