"""The form of a search: what was typed, read; or said to be unclear in sentences that say what to do."""

from collections.abc import Mapping
from datetime import date

from kept.record.search.keys import words_of
from kept.record.search.values import Sought
from kept.standards import nhs_number, postcodes
from kept.standards.nhs_number import NotAnNhsNumber
from kept.web.numbers import day_said
from kept.web.record.form import Unclear as Unclear

LONGEST_NAME = 200
NOTHING = "Type a part of a name, a date of birth, an NHS number or a postcode."


def sought_in(values: Mapping[str, str], *, on: date) -> Sought:
    """Whom a form looks for. Raises Unclear with everything that cannot be read, at once."""
    faults: dict[str, str] = {}
    sought = Sought(
        name=_name(values.get("name", "").strip(), faults),
        born_on=_born_on(values, faults, on=on),
        nhs_number=_number(values.get("nhs_number", "").strip(), faults),
        postcode=_postcode(values.get("postcode", "").strip(), faults),
    )
    if not faults and not sought.items():
        faults["name"] = NOTHING
    if faults:
        raise Unclear(faults)
    return sought


def _name(said: str, faults: dict[str, str]) -> str:
    words = words_of(said)
    if len(said) > LONGEST_NAME:
        faults["name"] = f"Type at most {LONGEST_NAME} letters of a name."
    elif said and (not words or (words[0].isascii() and len(words[0]) == 1)):
        faults["name"] = "Type at least 2 letters of a part of the name."
    return said


def _born_on(values: Mapping[str, str], faults: dict[str, str], *, on: date) -> date | None:
    try:
        said = day_said(values, "born_on")
    except ValueError:
        faults["born_on"] = "Enter a real day, for example 27 3 2026."
        return None
    if said and said > on:
        faults["born_on"] = "This day has not come yet. Check the date of birth."
    return said


def _number(said: str, faults: dict[str, str]) -> str:
    try:
        return nhs_number.parse(said.replace("-", "")) if said else ""
    except NotAnNhsNumber as wrong:
        faults["nhs_number"] = str(wrong)
        return ""


def _postcode(said: str, faults: dict[str, str]) -> str:
    if said and not postcodes.district(said):
        faults["postcode"] = "Enter a whole postcode, for example CT1 1CC."
    return said
