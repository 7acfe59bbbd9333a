"""What can be true of somebody to call in an emergency; pure."""

import re

from kept.record.emergency.values import KINDS, LONGEST_NAME, NewEmergencyContact

_FEWEST_DIGITS, _MOST_DIGITS = 6, 15


def faults_of(new: NewEmergencyContact) -> dict[str, str]:
    """What is wrong, field by field, each in a sentence that says what to do."""
    faults = {}
    if not new.name.strip():
        faults["name"] = "Enter the name of the person to call."
    elif len(new.name) > LONGEST_NAME:
        faults["name"] = f"Enter a name of at most {LONGEST_NAME} letters."
    if not is_phone(new.phone):
        faults["phone"] = "Enter a phone number, for example 07700 900123 or +44 7700 900123."
    if new.kind not in KINDS:
        faults["kind"] = "Choose what they are to the child."
    return faults


def is_phone(said: str) -> bool:
    """Whether this can be dialled: digits, with a plus before them and spaces, dots, dashes and brackets among them."""
    digits = sum(letter.isdigit() for letter in said)
    return bool(re.fullmatch(r"\+?[0-9 ().-]+", said.strip())) and _FEWEST_DIGITS <= digits <= _MOST_DIGITS
