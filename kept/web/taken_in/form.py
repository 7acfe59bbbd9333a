"""What a form says of a family that is taken in, read all at once."""

from collections.abc import Mapping
from datetime import date

from kept.record.families.values import RELATIONSHIPS, NewFamily
from kept.record.people.rules import EARLIEST_BIRTH, LONGEST
from kept.record.people.values import NewPerson
from kept.standards import postcodes
from kept.web.numbers import day_said, whole_number
from kept.web.record.form import Unclear
from kept.web.record.shown import SEXES
from kept.web.typed import INCOMPLETE, once_in

AREAS = {"kent": "In Kent", "elsewhere": "Somewhere else", "unknown": "We do not know"}
YES_NO = {"yes": "Yes", "no": "No", "unknown": "We do not know"}
# What a parent or main carer can be to the child; brothers and sisters are none.
CARERS = {code: words for code, words in RELATIONSHIPS.items() if code not in ("ORS", "ORB")}


def family_said(values: Mapping[str, str], *, items: Mapping[str, frozenset[str]], today: date) -> NewFamily:
    """The family that a form tells of. `items` are what can be recorded of a child and of a parent.

    Raises Unclear with everything that is missing or cannot be true, at once.
    """
    faults: dict[str, str] = {}
    child = _person("child", values, faults, items=items["child"], today=today)
    parent = _person("parent", values, faults, items=items["parent"], today=today)
    if parent.relationship not in CARERS:
        faults["relationship"] = "Say what they are to the child."
    team = whole_number(values.get("team"), otherwise=0)
    if not team:
        faults["team"] = "Choose a team."
    if not values.get("source"):
        faults["source"] = "Say who told you."
    if once_in(values) is None:
        faults["child_given"] = INCOMPLETE
    if faults:
        raise Unclear(faults)
    return NewFamily(child, (parent,), team)


def _person(
    part: str, values: Mapping[str, str], faults: dict[str, str], *, items: frozenset[str], today: date
) -> NewPerson:
    def said(field: str, most: int = LONGEST, *, of: str = part) -> str:
        text = " ".join(values.get(f"{of}_{field}", "").split())
        if len(text) > most:
            faults[f"{of}_{field}"] = f"This is longer than {most} letters. Shorten it."
        return text

    given, family = said("given"), said("family")
    if part == "parent" and not (given or family):
        faults["parent_given"] = "Enter the name of the parent or main carer."
    born_on = _born_on(part, values, faults, today=today)
    sex = values.get("sex", "")
    lives_with = values.get("lives_with", "")
    same_home = part == "parent" and lives_with == "yes"
    home = "child" if same_home else part
    return NewPerson(
        part=part,
        given=given,
        family=family,
        born_on=born_on,
        sex=sex if part == "child" and "identity.sex" in items and sex in SEXES else "",
        gender=said("gender") if "identity.gender" in items else "",
        address=said("address", of=home),
        postcode=postcodes.tidy(said("postcode", of=home)),
        authority={"kent": "kent", "elsewhere": "elsewhere"}.get(values.get("authority", ""), ""),
        phones=(phone,) if "contact.phone" in items and (phone := said("phone", 40)) else (),
        relationship=values.get("relationship", "") if part == "parent" else "",
        parental_responsibility=_yes(values.get("responsibility", "")) if part == "parent" else None,
        lives_with=_yes(lives_with) if part == "parent" else None,
    )


def _born_on(part: str, values: Mapping[str, str], faults: dict[str, str], *, today: date) -> date | None:
    field = f"{part}_born_on"
    try:
        born_on = day_said(values, field)
    except ValueError:
        faults[field] = "Enter a real day, for example 27 3 2026."
        return None
    if born_on is None and part == "child":
        faults[field] = "Enter the child’s date of birth."
    elif born_on and born_on > today:
        faults[field] = "The date of birth is in the future. Enter the day they were born."
    elif born_on and born_on < EARLIEST_BIRTH:
        faults[field] = "Nobody alive was born so long ago. Check the year."
    return born_on


def _yes(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)
