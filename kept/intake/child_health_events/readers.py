"""Which events tell what of a child who is known: a reader for each."""

from __future__ import annotations

from collections.abc import Mapping

from kept.intake.child_health_events import catalogue
from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.demographics import change_of_practice, death, demographics
from kept.intake.child_health_events.feeding import feeding
from kept.intake.child_health_events.legal import legal, nothing_to_hold
from kept.intake.child_health_events.measures import measures
from kept.intake.child_health_events.said import Reader, Said
from kept.intake.child_health_events.screening import blood_spot, examination, hearing
from kept.intake.child_health_events.vaccinations import vaccinations
from kept.intake.faults import Reason
from kept.record.assessments.values import (
    BloodSpotTold,
    CircumstanceTold,
    ExaminationTold,
    FeedingTold,
    MeasurementTold,
    Told,
    VaccinationTold,
)

READERS: Mapping[str, Reader] = {
    catalogue.ADDITIONAL_DEMOGRAPHICS: demographics,
    catalogue.FEEDING_STATUS: feeding,
    catalogue.VACCINATIONS: vaccinations,
    catalogue.OBSERVATIONS: measures,
    catalogue.NEWBORN_HEARING: hearing,
    catalogue.PHYSICAL_EXAMINATION: examination,
    catalogue.PROFESSIONAL_CONTACTS: nothing_to_hold,
    catalogue.SOCIAL_CONTEXT_HOUSEHOLD: nothing_to_hold,
    catalogue.LEGAL_INFORMATION: legal,
    catalogue.BLOOD_SPOT_OUTCOME: blood_spot,
    catalogue.CHANGE_OF_GP: change_of_practice,
    catalogue.DEATH: death,
}


def said_by(bundle: Bundle, event: str) -> Said:
    """What a message of this event tells of a child who is known; nothing, for events that tell no such thing."""
    reader = READERS.get(event)
    if reader is None:
        return Said()
    said = reader(bundle)
    said.told = list(dict.fromkeys(said.told))
    said.left_out = [code for code in dict.fromkeys(said.left_out) if code]
    if len({_answers(one) for one in said.told}) < len(said.told):
        said.wrong(Reason.TOLD_TWICE)
    if not (said.told or said.left_out or said.faults):
        said.wrong(Reason.NOTHING_TOLD)
    return said


def _answers(told: Told) -> tuple[object, ...]:
    """The question that something answers: a message has one answer to each."""
    match told:
        case BloodSpotTold():
            return BloodSpotTold, told.condition
        case ExaminationTold():
            return ExaminationTold, told.examined
        case VaccinationTold():
            return VaccinationTold, told.on, told.vaccine, told.code
        case MeasurementTold():
            return MeasurementTold, told.kind, told.on
        case FeedingTold():
            return FeedingTold, told.on
        case CircumstanceTold():
            return CircumstanceTold, told.kind, told.since_on
        case _:
            return (type(told),)
