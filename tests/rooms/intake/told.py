"""Messages about a child who is known: what others found, did or changed. Each can be made wrong in one thing."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kept.intake.child_health_events.catalogue import EVENTS, PDS_SYSTEM
from kept.intake.demonstration.elements import CARE_CONNECT, NHS, SNOMED, Json, concept
from kept.intake.faults import Reason
from tests.rooms.intake.messages import the, well_formed

# The reasons that only a message about a child who is known can have: test_telling.py has each of them.
OF_THE_KNOWN = frozenset(
    {
        Reason.CHILD_NOT_KNOWN,
        Reason.CORRECTS_WHAT,
        Reason.DAY_UNKNOWN,
        Reason.NOTHING_TOLD,
        Reason.OUTCOME_UNKNOWN,
        Reason.REFERRAL,
        Reason.SAFETY_ALERT,
        Reason.TOLD_TWICE,
    }
)
SENT_AT, HAPPENED_ON = "2026-11-20T10:00:00+00:00", "2026-11-19"


def told(
    event: str,
    *resources: Json,
    version: int | None = 1,
    change: str = "new",
    about: str = "one",
    number: str = "",
) -> Json:
    """A message about the child of the fixtures. `about` tells which thing it is about: versions of it share that."""
    message = well_formed("CH005")
    message["id"] = str(uuid5(NAMESPACE_URL, f"{event}/{version}/{change}/{about}/{resources}"))
    message["entry"] = [one for one in message["entry"] if one["resource"]["resourceType"] != "Observation"]
    header, encounter = the(message, "MessageHeader"), the(message, "Encounter")
    system = PDS_SYSTEM if event.startswith("PDS") else header["event"]["system"]
    header["event"] = {"system": system, "code": event, "display": EVENTS.get(event, "")}
    header["timestamp"] = SENT_AT
    header["meta"] = {"versionId": str(version)} if version is not None else {}
    header["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] = change
    encounter["type"] = [concept(f"{NHS}/CodeSystem/DCH-ChildHealthEncounterType-1", "0026")]
    encounter["period"] = {"start": HAPPENED_ON}
    encounter["id"] = f"encounter-{about}"
    place = next(one for one in message["entry"] if one["resource"] is encounter)
    place["fullUrl"] = f"urn:uuid:encounter-{about}"
    header["focus"] = [{"reference": place["fullUrl"]}]
    if number:
        the(message, "Patient")["identifier"] = [
            {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": number}
        ]
    subject = {
        "reference": next(
            e["fullUrl"] for e in message["entry"] if e["resource"]["resourceType"] == "Patient"
        )
    }
    for count, resource in enumerate(resources):
        kept = {
            "patient" if resource["resourceType"] in ("Immunization", "EpisodeOfCare") else "subject": subject
        }
        if resource["resourceType"] in ("Organization", "Practitioner", "PractitionerRole"):
            kept = {}
        name = resource.get("id") or f"more-{count}"
        message["entry"].append({"fullUrl": f"urn:uuid:{name}", "resource": {"id": name, **kept, **resource}})
    return message


def observation(code: str, value: Json, *, system: str = SNOMED, on: str = HAPPENED_ON, **more: Any) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": concept(system, code),
        "effectiveDateTime": on,
        **value,
        **more,
    }


def quantity(value: float | str, unit: str) -> Json:
    return {
        "valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    }


def hearing(finding: str = "276781000000109", **more: Any) -> tuple[Json, ...]:
    """The summary of the screening, and one test behind it."""
    profile = f"{NHS}/StructureDefinition/CareConnect-DCH-AABRHearingTest-Procedure-1"
    test = {"resourceType": "Procedure", "status": "completed", "meta": {"profile": [profile]},
            "code": concept(SNOMED, "413083006"), "performedDateTime": HAPPENED_ON}  # fmt: skip
    return observation("276771000000107", {"valueCodeableConcept": concept(SNOMED, finding)}, **more), test


def blood_spot(*outcomes: tuple[str, str], received: str = "2026-11-19T20:12:00+00:00") -> tuple[Json, ...]:
    """The report, and one procedure for each condition (the code of its test) and outcome."""
    profile = f"{NHS}/StructureDefinition/DCH-NewbornBloodSpotScreening-DiagnosticReport-1"
    report = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "meta": {"profile": [profile]},
        "issued": received,
    }
    return (
        report,
        *(
            {"resourceType": "Procedure", "status": "completed", "code": concept(SNOMED, test),
             "outcome": concept(f"{NHS}/ValueSet/DCH-BloodSpotOutcome-1", outcome)}
            for test, outcome in outcomes
        ),
    )  # fmt: skip


def examination(of: str, outcome: str) -> Json:
    """CH024: one part of the physical examination, by the code of the examination."""
    found = concept(f"{NHS}/ValueSet/NIPE-Outcome-1", outcome)
    return {"resourceType": "Procedure", "status": "completed", "code": concept(SNOMED, of), "outcome": found,
            "performedDateTime": HAPPENED_ON}  # fmt: skip


def feeding(**answers: Json) -> Json:
    profile = f"{NHS}/StructureDefinition/DCH-FeedingStatus-QuestionnaireResponse-1"
    return questionnaire(profile, answers)


def household(**answers: Json) -> Json:
    return questionnaire(
        f"{NHS}/StructureDefinition/DCH-SocialContextHousehold-QuestionnaireResponse-1", answers
    )


def questionnaire(profile: str, answers: dict[str, Json]) -> Json:
    items = [{"linkId": asked, "answer": [answer]} for asked, answer in answers.items()]
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "meta": {"profile": [profile]},
        "item": items,
    }


def coded(code: str, display: str = "") -> Json:
    return {"valueCoding": {"code": code, **({"display": display} if display else {})}}


def vaccine(
    words: str = "First dose of 6-in-1", *, given: bool = True, reason: str = "", **more: Any
) -> Json:
    url = f"{CARE_CONNECT}/StructureDefinition/Extension-CareConnect-VaccinationProcedure-1"
    procedure = {"url": url, "valueCodeableConcept": concept(SNOMED, "1082441000000108", words)}
    why = {"explanation": {"reasonNotGiven": [concept(f"{NHS}/CodeSystem/DCH-ReasonNotGiven-1", reason)]}}
    return {
        "resourceType": "Immunization",
        "status": "completed",
        "notGiven": not given,
        "extension": [procedure],
        "date": HAPPENED_ON,
        "primarySource": True,
        **(why if reason else {}),
        **more,
    }


def practice(code: str, name: str, phone: str = "") -> Json:
    ways = {"telecom": [{"system": "phone", "value": phone}]} if phone else {}
    site = {"system": "https://fhir.nhs.uk/Id/ods-site-code", "value": code}
    return {"resourceType": "Organization", "id": "practice", "identifier": [site], "name": name, **ways}


def changed_practice(code: str = "G82999", name: str = "Larkhythe Surgery", **more: Any) -> Json:
    """PDS001, as the national register sends it: without a version, and with the registration that ended."""
    ended = {"resourceType": "EpisodeOfCare", "status": "finished"}
    message = told("PDS001", practice(code, name), ended, version=None, **more)
    the(message, "Patient")["generalPractitioner"] = [{"reference": "urn:uuid:practice"}]
    return message


def plan(
    code: str, *, start: str = "2026-11-16", end: str = "", council: str = "Kent County Council"
) -> tuple[Json, ...]:
    """CH033: one legal status, and the council that told of it."""
    period = {"start": start, **({"end": end} if end else {})}
    status = observation(code, {}, effectivePeriod=period, performer=[{"reference": "urn:uuid:council"}])
    del status["effectiveDateTime"]
    phone = [{"system": "phone", "value": "03000 999 999"}]
    return status, {"resourceType": "Organization", "id": "council", "name": council, "telecom": phone}


def told_of_each_kind() -> dict[str, Json]:
    """One message of each event that tells something of a child who is known, with nothing wrong with it."""
    dead, moved = told("PDS004", version=None), told("PDS002", version=None)
    the(dead, "Patient")["deceasedDateTime"] = "2026-11-18"
    demographics = told("CH001")
    url = f"{CARE_CONNECT}/StructureDefinition/Extension-CareConnect-EthnicCategory-1"
    the(demographics, "Patient")["extension"] = [{"url": url, "valueCodeableConcept": concept("", "CP")}]
    answers = {"feedingStatus": coded("02"), "introductionOfSolids": {"valueDate": "2026-11-18"}}
    return {
        "CH001": demographics,
        "CH014": told("CH014", feeding(**answers)),
        "CH015": told("CH015", vaccine(), vaccine("First dose of MenB", given=False, reason="4")),
        "CH018": told("CH018", observation("27113001", quantity(3.5, "kg"))),
        "CH021": told("CH021", *hearing()),
        "CH024": told("CH024", examination("985531000000102", "01")),
        "CH027": told("CH027", {"resourceType": "EpisodeOfCare", "status": "active"}),
        "CH030": told("CH030", household(householdSmokingStatus=coded("94151000119101"))),
        "CH033": told("CH033", *plan("764841000000100", end="2026-11-18")),
        "CH035": told("CH035", *blood_spot(("314081000", "04"))),
        "PDS001": changed_practice(),
        "PDS002": moved,
        "PDS004": dead,
    }
