"""From a demonstration family to the family that a service registers: pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from kept.intake.demonstration.families import Adult, Baby, Family
from kept.intake.demonstration.places import Home
from kept.intake.demonstration.plans import CONCEALED, REFUGE
from kept.intake.rules import PARENTS, SEXES
from kept.record.families.together import WholeFamily
from kept.record.people.values import NewPerson
from kept.standards.days import day_of

HIDDEN_BECAUSE = "In a refuge with the children. Their father must not learn where they are."
BIRTH_HISTORY = "Nobody was told of the pregnancy. The first contact with any service was in labour, at term."
VERIFIED = "01"  # NHS NUMBER STATUS INDICATOR CODE
GENDERS = {"female": "A girl, her parents say", "male": "A boy, his parents say"}
_NAMESPACE = uuid5(NAMESPACE_URL, "https://example.org/kept/demonstration/records")


def whole_family(family: Family, *, team_id: int) -> WholeFamily:
    """The family as health visiting registers it."""
    children = tuple(_child(family, baby) for baby in family.children)
    mother = next(place for place, adult in enumerate(family.adults) if adult.relationship == "BPM")
    return WholeFamily(
        children=children,
        adults=tuple(map(_adult, family.adults)),
        team_id=team_id,
        hidden_because=HIDDEN_BECAUSE if family.kind == REFUGE else "",
        birth_history={mother: BIRTH_HISTORY} if family.kind == CONCEALED else {},
        public_ids=tuple(record_of(family, baby) for baby in family.children),
    )


def youngest_alone(
    family: Family, *, team_id: int, holds: Callable[[NewPerson], frozenset[str]]
) -> WholeFamily:
    """The youngest child and those who live with it, as a second service registers them that its notice lets hold less:
    `holds` answers which of the items that somebody has it may hold."""
    baby = family.children[-1]
    child = replace(_child(family, baby), sex="", gender=GENDERS[baby.gender])
    adults = [_adult(adult) for adult in family.adults if adult.lives_with]
    return WholeFamily(
        children=(_as_held(child, holds(child)),),
        adults=tuple(_as_held(adult, holds(adult)) for adult in adults),
        team_id=team_id,
    )


def record_of(family: Family, baby: Baby) -> UUID:
    """Where the record of a child stands in health visiting: the same in every demonstration of this seed and day."""
    return uuid5(_NAMESPACE, f"{family.source}/{baby.serial}")


def _child(family: Family, baby: Baby) -> NewPerson:
    return NewPerson(
        part="child",
        given=baby.called.given,
        family=baby.called.family,
        born_on=day_of(baby.born_at),
        sex=SEXES[baby.gender],
        nhs_number=baby.number,
        nhs_number_status=VERIFIED if baby.number else "",
        address=_lines(family.home),
        postcode=family.home.postcode,
        authority=family.home.district,
    )


def _adult(adult: Adult) -> NewPerson:
    return NewPerson(
        part="parent" if adult.relationship in PARENTS or adult.responsibility else "relative",
        given=adult.called.given,
        family=adult.called.family,
        born_on=adult.born_on,
        nhs_number=adult.number,
        nhs_number_status=VERIFIED if adult.number else "",
        address=_lines(adult.home),
        postcode=adult.home.postcode,
        authority=adult.home.district,
        phones=(adult.phone,),
        emails=(adult.email,) if adult.email else (),
        relationship=adult.relationship,
        parental_responsibility=adult.responsibility,
        lives_with=adult.lives_with,
    )


def _lines(home: Home) -> str:
    return f"{home.line}, {home.town}"


def _as_held(new: NewPerson, items: frozenset[str]) -> NewPerson:
    """Somebody without what may not be held about them."""
    details: dict[str, dict[str, Any]] = {
        "identity.date-of-birth": {"born_on": None},
        "identity.gender": {"gender": ""},
        "identity.nhs-number": {"nhs_number": "", "nhs_number_status": ""},
        "identity.address": {"address": "", "postcode": "", "authority": ""},
        "contact.phone": {"phones": ()},
        "contact.email": {"emails": ()},
    }
    left_out = {
        name: empty for item, fields in details.items() if item not in items for name, empty in fields.items()
    }
    return replace(new, **left_out)
