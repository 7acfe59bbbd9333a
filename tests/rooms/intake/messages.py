"""Messages as fixtures: two that are well-formed, and one for each thing that can be wrong, one thing at a time.

Each defect is a line of a table. The files beside this module are written from it, for whatever needs files:

    python -m tests.rooms.intake.messages
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from kept.intake.demonstration.elements import Json
from kept.intake.demonstration.families import Adult, Baby, Family
from kept.intake.demonstration.messages import birth_details, personal_contacts
from kept.intake.demonstration.names import Called
from kept.intake.demonstration.places import Home
from kept.intake.faults import Reason
from kept.standards.nhs_number import test_number as number_of_nobody

FIXTURES = Path(__file__).parent / "fixtures"
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)  # the moment at which the fixtures are read

HOME = Home("4 Larkhythewater Lane", "Maidstone", "Maidstone", "ME14 1MV")
BABY = Baby(
    serial=1,
    called=Called("Saoirse", "O'Rourke-Şahin"),
    gender="female",
    born_at=datetime(2026, 11, 12, 3, 40, tzinfo=UTC),
    number=number_of_nobody(500),
    gestation_days=278,
    weight_grams=3415,
    order=1,
    babies=1,
)
MOTHER = Adult(
    relationship="BPM",
    called=Called("Gráinne", "O'Rourke"),
    gender="female",
    born_on=date(1994, 2, 28),
    number=number_of_nobody(501),
    phone="07700 900123",
    email="someone000001@example.org",
    home=HOME,
    lives_with=True,
    responsibility=True,
)
FATHER = replace(
    MOTHER,
    relationship="BPF",
    called=Called("Emre", "Şahin"),
    gender="male",
    born_on=date(1991, 7, 3),
    number="",
    email="",
    home=Home("19 Hopbinestile Way", "Dover", "Dover", "CT16 2KO"),
    lives_with=False,
)
FAMILY = Family("fixtures", (BABY,), (MOTHER, FATHER), HOME, AT)

Change = Callable[[Json], object]


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong with one of the two messages: what it is, about whom, and how it is brought about."""

    event: str
    reason: Reason
    change: Change
    about: str = "message"
    how: str = ""  # tells two defects of one reason apart

    @property
    def name(self) -> str:
        return f"{self.event}-{self.reason}" + (f"-{self.how}" if self.how else "")

    def message(self) -> Json:
        made = well_formed(self.event)
        self.change(made)
        return made


def well_formed(event: str, family: Family = FAMILY) -> Json:
    """CH005 or CH023 with nothing wrong with it."""
    write = {"CH005": birth_details, "CH023": personal_contacts}[event]
    return write(family, family.children[0])


def resources(message: Json, kind: str) -> list[Json]:
    return [one["resource"] for one in message["entry"] if one["resource"]["resourceType"] == kind]


def the(message: Json, kind: str) -> Json:
    """The first resource of a type."""
    return resources(message, kind)[0]


def as_file(message: Json) -> bytes:
    return (json.dumps(message, ensure_ascii=False, indent=1) + "\n").encode()


def _observation(message: Json, code: str) -> Json:
    return next(one for one in resources(message, "Observation") if one["code"]["coding"][0]["code"] == code)


def _second_child(message: Json) -> None:
    other = deepcopy(next(one for one in message["entry"] if one["resource"]["resourceType"] == "Patient"))
    other["fullUrl"], other["resource"]["id"] = "urn:uuid:another", "another"
    message["entry"].append(other)


def _without(message: Json, kind: str) -> None:
    message["entry"] = [one for one in message["entry"] if one["resource"]["resourceType"] != kind]


def _of_another_event(message: Json) -> None:
    the(message, "MessageHeader")["event"]["code"] = "CH004"
    _without(message, "Observation")


def _nobody_sends(message: Json) -> None:
    the(message, "MessageHeader")["source"]["endpoint"] = "urn:nhs:addressing:asid:300000000161"
    the(message, "Organization")["identifier"] = []


def _two_versions(message: Json) -> None:
    message["meta"]["versionId"] = "2"


_WEIGHT, _GESTATION, _BABIES = "364589006", "412726003", "382341000000101"
_BIRTH, _CONTACTS = "CH005", "CH023"
_WRONG = BABY.number[:9] + str(9 - int(BABY.number[9]))
_NHS = "https://fhir.nhs.uk/Id/nhs-number"
_FAR = replace(HOME, postcode="XX99 9VV")

DEFECTS = (
    Defect(_BIRTH, Reason.TOO_LARGE, lambda m: the(m, "Patient")["name"][0].update(family="A" * 1001)),
    Defect(_BIRTH, Reason.NOT_A_BUNDLE, lambda m: m.update(resourceType="Parameters")),
    Defect(_BIRTH, Reason.NOT_A_MESSAGE, lambda m: m.update(type="collection")),
    Defect(_BIRTH, Reason.NOT_A_MESSAGE, lambda m: _without(m, "MessageHeader"), how="no-header"),
    Defect(_BIRTH, Reason.NO_ID, lambda m: m.pop("id")),
    Defect(_BIRTH, Reason.NO_VERSION, lambda m: the(m, "MessageHeader")["meta"].pop("versionId")),
    Defect(_BIRTH, Reason.NO_VERSION, _two_versions, how="two"),
    Defect(_BIRTH, Reason.NO_TIME, lambda m: the(m, "MessageHeader").pop("timestamp")),
    Defect(_BIRTH, Reason.SENDER_UNKNOWN, _nobody_sends),
    Defect(_BIRTH, Reason.UNKNOWN_EVENT, lambda m: the(m, "MessageHeader")["event"].update(code="CH099")),
    Defect(_BIRTH, Reason.UNKNOWN_EVENT, lambda m: the(m, "MessageHeader").pop("extension"), how="no-change"),
    Defect(_BIRTH, Reason.NOT_READ_YET, _of_another_event),
    Defect(_BIRTH, Reason.NOT_WHAT_IT_SAYS, lambda m: _without(m, "Observation")),
    Defect(_CONTACTS, Reason.NOT_WHAT_IT_SAYS, lambda m: _without(m, "RelatedPerson")),
    Defect(
        _CONTACTS,
        Reason.NOT_WHAT_IT_SAYS,
        lambda m: (
            the(m, "Encounter")["type"][0]["coding"][0].update(code="0011")
            or m["entry"].append({"fullUrl": "urn:uuid:dose", "resource": {"resourceType": "Immunization"}})
        ),
        how="vaccination",
    ),
    Defect(
        _BIRTH,
        Reason.WITHDRAWN,
        lambda m: the(m, "MessageHeader")["extension"][0]["valueCodeableConcept"]["coding"][0].update(
            code="delete"
        ),
    ),
    Defect(
        _BIRTH,
        Reason.DANGLING_REFERENCE,
        lambda m: the(m, "Encounter")["serviceProvider"].update(reference="urn:uuid:nowhere"),
    ),
    Defect(
        _CONTACTS,
        Reason.DANGLING_REFERENCE,
        lambda m: the(m, "Patient").update(id="7368c5fe-bbb4-4e9c-a585-234e06b84e82"),
        how="other-id",
    ),
    Defect(
        _CONTACTS,
        Reason.DANGLING_REFERENCE,
        lambda m: the(m, "RelatedPerson").update(patient=the(m, "Encounter")["serviceProvider"]),
        how="no-child",
    ),
    Defect(_BIRTH, Reason.CHILD_UNCLEAR, _second_child),
    Defect(_BIRTH, Reason.NAME_MISSING, lambda m: the(m, "Patient").pop("name"), "child"),
    Defect(_CONTACTS, Reason.NAME_MISSING, lambda m: the(m, "RelatedPerson").pop("name"), "contact 1"),
    Defect(
        _BIRTH,
        Reason.NHS_NUMBER_WRONG_DIGIT,
        lambda m: the(m, "Patient")["identifier"][0].update(value=_WRONG),
        "child",
    ),
    Defect(
        _CONTACTS,
        Reason.NHS_NUMBER_WRONG_DIGIT,
        lambda m: the(m, "RelatedPerson")["identifier"][0].update(value="999 000 12"),
        "contact 1",
    ),
    Defect(
        _CONTACTS,
        Reason.NHS_NUMBER_SHARED,
        lambda m: the(m, "RelatedPerson")["identifier"][0].update(value=BABY.number),
    ),
    Defect(
        _BIRTH,
        Reason.NHS_NUMBER_UNCLEAR,
        lambda m: the(m, "Patient")["identifier"].append({"system": _NHS, "value": number_of_nobody(502)}),
        "child",
    ),
    Defect(
        _BIRTH,
        Reason.DATE_OF_BIRTH_UNCLEAR,
        lambda m: the(m, "Patient").update(birthDate="2026-11"),
        "child",
    ),
    Defect(
        _BIRTH,
        Reason.DATE_OF_BIRTH_UNCLEAR,
        lambda m: the(m, "Patient").pop("birthDate"),
        "child",
        how="missing",
    ),
    Defect(
        _CONTACTS,
        Reason.DATE_OF_BIRTH_UNCLEAR,
        lambda m: the(m, "RelatedPerson").update(birthDate="28/02/1994"),
        "contact 1",
    ),
    Defect(
        _CONTACTS,
        Reason.DATE_OF_BIRTH_IMPOSSIBLE,
        lambda m: the(m, "RelatedPerson").update(birthDate="1073-10-12"),
        "contact 1",
    ),
    Defect(
        _CONTACTS,
        Reason.DATE_OF_BIRTH_IMPOSSIBLE,
        lambda m: the(m, "RelatedPerson").update(birthDate="2016-11-13"),
        "contact 1",
        how="mother-of-nine",
    ),
    Defect(
        _BIRTH,
        Reason.DATE_OF_BIRTH_IN_THE_FUTURE,
        lambda m: the(m, "Patient").update(birthDate="2026-11-23"),
        "child",
    ),
    Defect(
        _BIRTH, Reason.DATES_CONTRADICT, lambda m: the(m, "Encounter")["period"].update(start="2014-10-12")
    ),
    Defect(
        _CONTACTS,
        Reason.DATES_CONTRADICT,
        lambda m: the(m, "Patient")["_birthDate"]["extension"][0].update(
            valueDateTime="2017-10-02T12:00:00+00:00"
        ),
        how="time-of-birth",
    ),
    Defect(
        _BIRTH,
        Reason.DATES_CONTRADICT,
        lambda m: the(m, "MessageHeader").update(timestamp="2026-11-24T08:00:00Z"),
        how="sent-in-the-future",
    ),
    Defect(
        _CONTACTS,
        Reason.DATES_CONTRADICT,
        lambda m: the(m, "Encounter")["period"].update(start="2026-11-16"),
        how="told-before-it-happened",
    ),
    Defect(
        _CONTACTS,
        Reason.DATES_CONTRADICT,
        lambda m: the(m, "Encounter")["period"].update(start="2026-11-10"),
        how="before-the-birth",
    ),
    Defect(
        _BIRTH,
        Reason.MEASURE_IMPOSSIBLE,
        lambda m: _observation(m, _WEIGHT)["valueQuantity"].update(code="g"),
    ),
    Defect(
        _BIRTH,
        Reason.MEASURE_IMPOSSIBLE,
        lambda m: _observation(m, _GESTATION)["component"][0]["valueQuantity"].update(value=93),
        how="pregnancy",
    ),
    Defect(
        _BIRTH,
        Reason.MEASURE_IMPOSSIBLE,
        lambda m: the(m, "Patient").update(multipleBirthInteger=2),
        how="second-of-one",
    ),
    Defect(
        _CONTACTS,
        Reason.RELATIONSHIP_UNCLEAR,
        lambda m: the(m, "RelatedPerson")["relationship"]["coding"][0].update(code="ZZZ"),
        "contact 1",
    ),
    Defect(
        _BIRTH, Reason.AUTHORITY_UNKNOWN, lambda m: the(m, "Patient")["address"][0].pop("district"), "child"
    ),
)

# Nothing is wrong with these by themselves. Beside the definition of a service, or beside the two well-formed
# messages already in its record, each has the one reason to wait that its name gives.
BESIDE: Mapping[Reason, Callable[[], Json]] = {
    Reason.AUTHORITY_ELSEWHERE: lambda: _changed(
        _BIRTH, lambda m: the(m, "Patient")["address"][0].update(district="Medway")
    ),
    Reason.PAST_FIFTH_BIRTHDAY: lambda: well_formed(
        _BIRTH, _with(replace(BABY, serial=2, born_at=datetime(2021, 11, 22, 6, tzinfo=UTC)))
    ),
    Reason.NUMBER_HELD_BY_ANOTHER: lambda: well_formed(_BIRTH, _with(replace(BABY, number=MOTHER.number))),
    Reason.DATE_OF_BIRTH_DIFFERS: lambda: well_formed(
        _BIRTH, _with(replace(BABY, serial=3, born_at=datetime(2026, 11, 2, 6, tzinfo=UTC)))
    ),
    Reason.SAME_ID_OTHER_CONTENT: lambda: _changed(
        _BIRTH, lambda m: the(m, "Patient")["name"][0].update(given=["Sadhbh"])
    ),
    Reason.LATE: lambda: _changed(
        _BIRTH, lambda m: m.update(id="late") or the(m, "MessageHeader")["meta"].update(versionId="0")
    ),
    Reason.NO_TEAM: lambda: well_formed(_BIRTH, replace(_with(replace(BABY, serial=4)), home=_FAR)),
}


def files() -> dict[str, bytes]:
    """Every fixture by the name of its file."""
    made = {f"{event}.json": as_file(well_formed(event)) for event in (_BIRTH, _CONTACTS)}
    made[f"{_BIRTH}-{Reason.NOT_JSON}.json"] = made[f"{_BIRTH}.json"][:2000]
    made |= {f"{defect.name}.json": as_file(defect.message()) for defect in DEFECTS}
    return made | {f"{_BIRTH}-{reason}.json": as_file(make()) for reason, make in BESIDE.items()}


def write(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files().items():
        (folder / name).write_bytes(content)


def _with(baby: Baby) -> Family:
    return replace(FAMILY, children=(baby,))


def _changed(event: str, change: Change) -> Json:
    made = well_formed(event)
    change(made)
    return made


if __name__ == "__main__":
    write(FIXTURES)
