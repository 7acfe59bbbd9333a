"""The messages a maternity unit would send about a demonstration family: well-formed births and contacts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from kept.intake.child_health_events.catalogue import (
    BIRTH_DETAILS,
    EVENT_SYSTEM,
    EVENTS,
    PERSONAL_CONTACTS,
    RELATIONSHIPS,
)
from kept.intake.child_health_events.kinds import BIRTH_WEIGHT, BIRTHS_AT_DELIVERY, LENGTH_OF_GESTATION
from kept.intake.child_health_events.people import (
    LOCAL_NUMBER_SYSTEM,
    NHS_NUMBER_SYSTEM,
    ORGANISATION_SYSTEM,
    SITE_SYSTEM,
)
from kept.intake.demonstration.elements import (
    CARE_CONNECT,
    NHS,
    SNOMED,
    Json,
    address,
    concept,
    flags,
    moment,
    names,
    nhs_number,
    telecoms,
)
from kept.intake.demonstration.families import Adult, Baby, Family
from kept.standards.days import day_of

UNIT, UNIT_NAME = "DEMO1", "Demonstration Maternity Unit"
_NAMESPACE = uuid5(NAMESPACE_URL, "https://example.org/kept/demonstration")


def messages(family: Family) -> tuple[tuple[bytes, bytes], ...]:
    """For each child of a family, its birth message and the message about its personal contacts."""
    return tuple(
        (as_bytes(birth_details(family, baby)), as_bytes(personal_contacts(family, baby)))
        for baby in family.children
    )


def as_bytes(message: Json) -> bytes:
    """A message as it travels."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def birth_details(family: Family, baby: Baby) -> Json:
    """CH005 about one child, sent on the day after the birth."""
    make = _Message(family, baby, BIRTH_DETAILS, sent_at=baby.born_at + timedelta(hours=20))
    weeks, days = divmod(baby.gestation_days, 7)
    return make.bundle(
        encounter="003",
        happened_at=baby.born_at,
        others=[
            make.observation(
                "births",
                BIRTHS_AT_DELIVERY,
                "NumberOfBirths",
                {"valueQuantity": {"value": baby.babies}},
            ),
            make.observation(
                "gestation",
                LENGTH_OF_GESTATION,
                "LengthOfGestation",
                {
                    "component": [
                        {"code": concept(SNOMED, "258705008"), "valueQuantity": {"value": weeks}},
                        {"code": concept(SNOMED, "258703001"), "valueQuantity": {"value": days}},
                    ]
                },
            ),
            make.observation(
                "weight",
                BIRTH_WEIGHT,
                "Weight",
                {
                    "valueQuantity": {
                        "value": baby.weight_grams / 1000,
                        "unit": "kilogram",
                        "system": "http://unitsofmeasure.org",
                        "code": "kg",
                    }
                },
            ),
        ],
    )


def personal_contacts(family: Family, baby: Baby) -> Json:
    """CH023 about one child, sent a few hours after the birth message."""
    sent_at = baby.born_at + timedelta(hours=26)
    make = _Message(family, baby, PERSONAL_CONTACTS, sent_at=sent_at)
    others = [make.related_person(place, adult) for place, adult in enumerate(family.adults, 1)]
    return make.bundle(encounter="004", happened_at=sent_at - timedelta(minutes=30), others=others)


class _Message:
    """Writes one message: knows the ids of its resources, which follow from the child and the event."""

    def __init__(self, family: Family, baby: Baby, event: str, *, sent_at: datetime) -> None:
        self._family, self._baby, self._event, self._sent_at = family, baby, event, sent_at
        self._own_id = str(uuid5(_NAMESPACE, f"{family.source}/{baby.serial}/{event}"))
        self._ids: dict[str, str] = {}

    def bundle(self, *, encounter: str, happened_at: datetime, others: list[Json]) -> Json:
        first = [self._header(), self._organisation(), self._place(), self._patient()]
        return {
            "resourceType": "Bundle",
            "id": self._own_id,
            "meta": {"profile": [f"{NHS}/StructureDefinition/DCH-Bundle-1"]},
            "type": "message",
            "entry": [*first, self._encounter(encounter, happened_at), *others],
        }

    def observation(self, name: str, code: str, profile: str, said: Json) -> Json:
        profiles = [f"{NHS}/StructureDefinition/CareConnect-DCH-{profile}-Observation-1"]
        return self._entry(
            name,
            {
                "resourceType": "Observation",
                "meta": {"profile": profiles},
                "status": "final",
                "code": concept(SNOMED, code),
                "subject": self._to("child"),
                "context": self._to("encounter"),
                **said,
            },
        )

    def related_person(self, place: int, adult: Adult) -> Json:
        system = f"{NHS}/CodeSystem/NHSDataDictionary-RelationshipToPersonForChildrenAndYoungPeople-1"
        number = [{"system": NHS_NUMBER_SYSTEM, "value": adult.number}] if adult.number else []
        return self._entry(
            f"contact {place}",
            {
                "resourceType": "RelatedPerson",
                "meta": {"profile": [f"{NHS}/StructureDefinition/DCH-RelatedPerson-1"]},
                "extension": flags(adult),
                "identifier": number,
                "patient": self._to("child"),
                "relationship": concept(system, adult.relationship, RELATIONSHIPS[adult.relationship]),
                "name": names(adult.called),
                "telecom": telecoms(adult),
                "gender": adult.gender,
                "birthDate": adult.born_on.isoformat(),
                "address": [address(adult.home)],
            },
        )

    def _header(self) -> Json:
        kind = concept(f"{NHS}/CodeSystem/DCH-MessageEventType-1", "new")
        return self._entry(
            "header",
            {
                "resourceType": "MessageHeader",
                "meta": {"versionId": "1", "profile": [f"{NHS}/StructureDefinition/DCH-MessageHeader-1"]},
                "extension": [
                    {
                        "url": f"{NHS}/StructureDefinition/Extension-DCH-MessageEventType-1",
                        "valueCodeableConcept": kind,
                    }
                ],
                "event": {"system": EVENT_SYSTEM, "code": self._event, "display": EVENTS[self._event]},
                "timestamp": moment(self._sent_at),
                "source": {"endpoint": f"urn:nhs-uk:addressing:ods:{UNIT}"},
                "responsible": self._to("unit"),
                "focus": [self._to("encounter")],
            },
        )

    def _organisation(self) -> Json:
        return self._entry(
            "unit",
            {
                "resourceType": "Organization",
                "meta": {"profile": [f"{CARE_CONNECT}/StructureDefinition/CareConnect-Organization-1"]},
                "identifier": [{"system": ORGANISATION_SYSTEM, "value": UNIT}],
                "name": UNIT_NAME,
            },
        )

    def _place(self) -> Json:
        return self._entry(
            "place",
            {
                "resourceType": "Location",
                "meta": {"profile": [f"{CARE_CONNECT}/StructureDefinition/CareConnect-Location-1"]},
                "identifier": [{"system": SITE_SYSTEM, "value": UNIT}],
            },
        )

    def _patient(self) -> Json:
        baby = self._baby
        return self._entry(
            "child",
            {
                "resourceType": "Patient",
                "meta": {"profile": [f"{NHS}/StructureDefinition/CareConnect-DCH-Patient-1"]},
                "identifier": [nhs_number(baby), self._local_number()],
                "name": names(baby.called),
                "gender": baby.gender,
                "birthDate": day_of(baby.born_at).isoformat(),
                "_birthDate": {
                    "extension": [
                        {
                            "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                            "valueDateTime": moment(baby.born_at),
                        }
                    ]
                },
                "address": [address(self._family.home)],
                "multipleBirthInteger": baby.order,
            },
        )

    def _local_number(self) -> Json:
        return {
            "system": LOCAL_NUMBER_SYSTEM,
            "value": f"B{self._baby.serial:07}",
            "assigner": self._to("unit"),
        }

    def _encounter(self, code: str, happened_at: datetime) -> Json:
        return self._entry(
            "encounter",
            {
                "resourceType": "Encounter",
                "meta": {"profile": [f"{NHS}/StructureDefinition/CareConnect-DCH-Encounter-1"]},
                "status": "finished",
                "type": [concept(f"{NHS}/CodeSystem/DCH-ChildHealthEncounterType-1", code)],
                "subject": self._to("child"),
                "period": {"start": moment(happened_at)},
                "location": [{"location": self._to("place")}],
                "serviceProvider": self._to("unit"),
            },
        )

    def _entry(self, name: str, resource: Json) -> Json:
        own = self._id(name)
        return {"fullUrl": f"urn:uuid:{own}", "resource": {"id": own, **resource}}

    def _to(self, name: str) -> Json:
        return {"reference": f"urn:uuid:{self._id(name)}"}

    def _id(self, name: str) -> str:
        """The id of a resource: that of its message with another ending, which costs less than a hash."""
        if name not in self._ids:
            self._ids[name] = f"{self._own_id[:-2]}{len(self._ids):02x}"
        return self._ids[name]
