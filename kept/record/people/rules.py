"""What can be true of who somebody is; pure."""

from datetime import date

from kept.record.people.values import NewPerson, PersonShown
from kept.standards.nhs_number import NotAnNhsNumber, parse

EARLIEST_BIRTH = date(1900, 1, 1)
LONGEST = 400
# The field of a form at which something is said of an item.
FIELDS = {
    "identity.name": "given",
    "identity.date-of-birth": "born_on",
    "identity.sex": "sex",
    "identity.gender": "gender",
    "identity.nhs-number": "nhs_number",
    "identity.address": "address",
    "contact.phone": "phones",
    "contact.email": "emails",
}
SEXES = {"1": "male", "2": "female", "9": "indeterminate", "X": "not known"}


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


def faults_of_meanwhile(held: PersonShown, items: frozenset[str]) -> dict[str, str]:
    """What somebody else recorded while a form lay open, field by field, with what to do."""
    born = held.born_on
    now = {
        "identity.name": held.name,
        "identity.date-of-birth": f"{born.day}.{born.month}.{born.year}" if born else "",
        "identity.sex": SEXES.get(held.sex, held.sex),
        "identity.gender": held.gender,
        "identity.nhs-number": held.nhs_number,
        "identity.address": ", ".join(filter(None, held.home)),
        "contact.phone": ", ".join(held.phones),
        "contact.email": ", ".join(held.emails),
    }
    return {
        FIELDS[item]: f"Somebody changed this while you had it open. Recorded now: {now[item] or 'nothing'}."
        " Change it to that, or save again to record what you typed."
        for item in sorted(items)
    }
