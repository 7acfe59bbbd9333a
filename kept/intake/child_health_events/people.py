"""The child and the people around it, from their resources."""

from __future__ import annotations

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.catalogue import NUMBER_STATUSES, RELATIONSHIPS
from kept.intake.child_health_events.elements import (
    NOTHING,
    Node,
    codes,
    day,
    extension,
    flag,
    instant,
    node,
    nodes,
    text,
    texts,
)
from kept.intake.child_health_events.values import (
    Address,
    Child,
    LocalNumber,
    Name,
    Number,
    RelatedPerson,
    Telecom,
)
from kept.standards import ods, postcodes

NHS_NUMBER_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
LOCAL_NUMBER_SYSTEM = "https://fhir.nhs.uk/Id/local-patient-identifier"
ORGANISATION_SYSTEM = "https://fhir.nhs.uk/Id/ods-organization-code"
SITE_SYSTEM = "https://fhir.nhs.uk/Id/ods-site-code"
GENDERS = frozenset({"male", "female", "other", "unknown"})


def the_child(bundle: Bundle) -> Node:
    """The one patient of the message, or an empty resource where there is none or more than one."""
    patients = bundle.of_kind("Patient")
    return patients[0] if len(patients) == 1 else NOTHING


def child_from(patient: Node, bundle: Bundle) -> Child:
    return Child(
        names=names_from(patient),
        number=number_from(patient),
        local_numbers=_local_numbers_from(patient, bundle),
        born_on=day(patient, "birthDate"),
        born_at=instant(extension(node(patient, "_birthDate"), "patient-birthTime"), "valueDateTime"),
        gender=_gender_from(patient),
        addresses=addresses_from(patient),
    )


def related_person_from(resource: Node) -> RelatedPerson:
    household = extension(resource, "Extension-DCH-HouseholdMember-1")
    responsibility = extension(resource, "Extension-DCH-ParentalResponsibility-1")
    significant = extension(resource, "Extension-DCH-SignificantIndividual-1")
    return RelatedPerson(
        relationship=_relationship_from(resource),
        names=names_from(resource),
        number=number_from(resource),
        born_on=day(resource, "birthDate"),
        gender=_gender_from(resource),
        telecoms=_telecoms_from(resource),
        addresses=addresses_from(resource),
        household_member=flag(extension(household, "householdMember"), "valueBoolean"),
        parental_responsibility=flag(responsibility, "valueBoolean"),
        significant=flag(significant, "valueBoolean"),
    )


def names_from(resource: Node) -> tuple[Name, ...]:
    """The names that say anything."""
    names = (
        Name(text(one, "use"), text(one, "family"), texts(one, "given"), text(one, "text"))
        for one in nodes(resource, "name")
    )
    return tuple(name for name in names if name.family or name.given or name.text)


def numbers_from(resource: Node) -> tuple[Number, ...]:
    """Every NHS number given; one that is blank is only a status."""
    return tuple(
        Number("".join(text(one, "value").split()), _status_from(one))
        for one in nodes(resource, "identifier")
        if text(one, "system") == NHS_NUMBER_SYSTEM
    )


def number_from(resource: Node) -> Number | None:
    """The NHS number, or None where there is none or where two differ."""
    given = [number for number in numbers_from(resource) if number.said]
    return given[0] if len({number.said for number in given}) == 1 else None


def addresses_from(resource: Node) -> tuple[Address, ...]:
    return tuple(
        Address(
            use=text(one, "use"),
            lines=texts(one, "line"),
            city=text(one, "city"),
            district=text(one, "district"),
            postcode=postcodes.tidy(text(one, "postalCode")),
            until_on=day(node(one, "period"), "end"),
        )
        for one in nodes(resource, "address")
    )


def organisation_code(resource: Node) -> str:
    """The ODS code of an organisation, or nothing."""
    return _code_in(resource, ORGANISATION_SYSTEM)


def site_code(resource: Node) -> str:
    """The ODS code of a location, or nothing."""
    return _code_in(resource, SITE_SYSTEM)


def practice_code(resource: Node) -> str:
    """The ODS code of a practice, which the national register gives as that of an organisation or of a site."""
    return organisation_code(resource) or site_code(resource)


def _code_in(resource: Node, system: str) -> str:
    for one in nodes(resource, "identifier"):
        if text(one, "system") == system:
            return ods.parse(text(one, "value"))
    return ""


def _local_numbers_from(patient: Node, bundle: Bundle) -> tuple[LocalNumber, ...]:
    """Local numbers with the organisation that gave them; without one a number identifies nobody."""
    numbers = (
        LocalNumber(text(one, "value"), organisation_code(bundle.resolve(node(one, "assigner"))))
        for one in nodes(patient, "identifier")
        if text(one, "system") == LOCAL_NUMBER_SYSTEM
    )
    return tuple(number for number in numbers if number.value and number.given_by)


def _status_from(identifier: Node) -> str:
    status = extension(identifier, "Extension-CareConnect-NHSNumberVerificationStatus-1")
    given = codes(node(status, "valueCodeableConcept"))
    return next((code for code in given if code in NUMBER_STATUSES), "")


def _relationship_from(resource: Node) -> str:
    given = [code for concept in nodes(resource, "relationship") for code in codes(concept)]
    return next((code for code in given if code in RELATIONSHIPS), "")


def _gender_from(resource: Node) -> str:
    gender = text(resource, "gender")
    return gender if gender in GENDERS else ""


def _telecoms_from(resource: Node) -> tuple[Telecom, ...]:
    telecoms = (
        Telecom(text(one, "system"), text(one, "value"), text(one, "use"))
        for one in nodes(resource, "telecom")
        if text(one, "use") != "old"
    )
    return tuple(telecom for telecom in telecoms if telecom.value)
