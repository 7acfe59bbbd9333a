"""Newborn screening: hearing, blood spot, and the physical examination of a newborn or an infant."""

from __future__ import annotations

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.elements import codes, node
from kept.intake.child_health_events.said import Said, day_at, day_found, true_ones
from kept.intake.faults import Reason
from kept.record.assessments.values import BloodSpotTold, ExaminationTold, HearingTold
from kept.standards import newborn_screening

HEARING_OUTCOME = "276771000000107"  # SNOMED CT, as are the others
_EXAMINED = {
    "985531000000102": "hips",
    "988361000000105": "eyes",
    "988371000000103": "testes",
}


def hearing(bundle: Bundle) -> Said:
    """CH021: the outcome of the screening. The tests behind it have no place in the record."""
    said = Said()
    for one in true_ones(bundle, "Observation"):
        if HEARING_OUTCOME not in codes(node(one, "code")):
            said.left_out += codes(node(one, "code"))[:1]
            continue
        given = codes(node(one, "valueCodeableConcept"))
        finding = next((code for code in given if code in newborn_screening.HEARING_FINDINGS), "")
        outcome = newborn_screening.HEARING_FINDINGS.get(finding) or next(
            (code for code in given if code in newborn_screening.HEARING), ""
        )
        if not outcome:
            said.wrong(Reason.OUTCOME_UNKNOWN)
            continue
        found_on = said.on(day_found(one, bundle, "effectiveDateTime", "effectivePeriod"))
        said.told.append(HearingTold(found_on, outcome, finding))
    for one in true_ones(bundle, "Procedure"):
        said.left_out += codes(node(one, "code"))[:1]
    return said


def blood_spot(bundle: Bundle) -> Said:
    """CH035: the outcome for each condition, on the day on which the results came."""
    said = Said()
    reports = tuple(true_ones(bundle, "DiagnosticReport"))
    received_on = day_at(reports[0], "issued") if reports else None
    for one in true_ones(bundle, "Procedure"):
        found = (newborn_screening.condition_of(code) for code in codes(node(one, "code")))
        condition = next((code for code in found if code), "")
        outcomes = (
            newborn_screening.blood_spot_outcome(code, condition=condition)
            for code in codes(node(one, "outcome"))
        )
        outcome, detail = next((one for one in outcomes if one[0]), ("", ""))
        if not (condition and outcome):
            said.wrong(Reason.OUTCOME_UNKNOWN)
            continue
        received = said.on(received_on or day_found(one, bundle, "performedDateTime", "performedPeriod"))
        said.told.append(BloodSpotTold(received, condition, outcome, detail))
    return said


def examination(bundle: Bundle) -> Said:
    """CH024: what was found of hips, eyes, heart and testes.

    The guide gives the examination of the heart the code of the testes, and the outcomes as a reference set that is
    not published beside it: a code that is not on our list, or the same one twice, waits for a person.
    """
    said = Said()
    for one in true_ones(bundle, "Procedure"):
        examined = next((_EXAMINED[code] for code in codes(node(one, "code")) if code in _EXAMINED), "")
        given = codes(node(one, "outcome"))
        outcome = next((code for code in given if code in newborn_screening.EXAMINATION), "")
        if not (examined and outcome):
            said.wrong(Reason.OUTCOME_UNKNOWN)
            continue
        found_on = said.on(day_found(one, bundle, "performedDateTime", "performedPeriod"))
        said.told.append(ExaminationTold(found_on, examined, outcome))
    if len({one.examined for one in said.told if isinstance(one, ExaminationTold)}) < len(said.told):
        said.wrong(Reason.TOLD_TWICE)
    return said
