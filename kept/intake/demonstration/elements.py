"""Single elements of the messages of demonstration families, in the words of FHIR STU3."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kept.intake.child_health_events.catalogue import NUMBER_STATUSES
from kept.intake.child_health_events.people import NHS_NUMBER_SYSTEM
from kept.intake.demonstration.families import Adult, Baby
from kept.intake.demonstration.names import Called
from kept.intake.demonstration.places import Home

Json = dict[str, Any]

NHS = "https://fhir.nhs.uk/STU3"
CARE_CONNECT = "https://fhir.hl7.org.uk/STU3"
SNOMED = "http://snomed.info/sct"


def nhs_number(baby: Baby) -> Json:
    status = "01" if baby.number else "08"
    system = f"{CARE_CONNECT}/CodeSystem/CareConnect-NHSNumberVerificationStatus-1"
    url = f"{CARE_CONNECT}/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1"
    verified = {"url": url, "valueCodeableConcept": concept(system, status, NUMBER_STATUSES[status])}
    value = {"value": baby.number} if baby.number else {}
    return {"extension": [verified], "system": NHS_NUMBER_SYSTEM, **value}


def flags(adult: Adult) -> list[Json]:
    """What holds of a contact; the standard has senders leave out what does not."""
    member = {"url": "householdMember", "valueBoolean": True}
    said_of: Mapping[str, tuple[bool, Json]] = {
        "HouseholdMember": (adult.lives_with, {"extension": [member]}),
        "ParentalResponsibility": (adult.responsibility, {"valueBoolean": True}),
        "SignificantIndividual": (not adult.lives_with, {"valueBoolean": True}),
    }
    return [
        {"url": f"{NHS}/StructureDefinition/Extension-DCH-{name}-1", **said}
        for name, (holds, said) in said_of.items()
        if holds
    ]


def names(called: Called) -> list[Json]:
    official: Json = {"use": "official", "given": [called.given]}
    if called.family:
        official["family"] = called.family
    return [official, {"use": "usual", "text": called.written}] if called.written else [official]


def telecoms(adult: Adult) -> list[Json]:
    phone = {"system": "phone", "value": adult.phone, "use": "mobile"}
    return [phone, {"system": "email", "value": adult.email}] if adult.email else [phone]


def address(home: Home) -> Json:
    return {
        "use": "home",
        "line": [home.line],
        "city": home.town,
        "district": home.district,
        "postalCode": home.postcode,
    }


def concept(system: str, code: str, display: str = "") -> Json:
    return {"coding": [{"system": system, "code": code, **({"display": display} if display else {})}]}


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
