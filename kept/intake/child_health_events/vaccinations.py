"""CH015: vaccines that were given, and those that were not, and why."""

from __future__ import annotations

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.elements import (
    NOTHING,
    Node,
    codes,
    extension,
    flag,
    node,
    nodes,
    text,
    whole,
)
from kept.intake.child_health_events.said import Said, day_at, happened_on, true_ones, words_of
from kept.intake.faults import Reason
from kept.record.assessments.values import VaccinationTold
from kept.standards.vaccination import REASONS_NOT_GIVEN

MOST_DOSES = 20


def vaccinations(bundle: Bundle) -> Said:
    """Each vaccine by the procedure, which names the dose, or else by the product. What has no name is a fault."""
    said = Said()
    for one in true_ones(bundle, "Immunization"):
        procedure = node(
            extension(one, "Extension-CareConnect-VaccinationProcedure-1"), "valueCodeableConcept"
        )
        product = node(one, "vaccineCode")
        words = said.short(words_of(procedure) or words_of(product))
        code = next(iter(codes(procedure) or codes(product)), "")
        not_given = flag(one, "notGiven")
        reason = next(iter(codes(_why_not(one))), "")
        if not words:
            said.wrong(Reason.NOTHING_TOLD)
        elif (
            not_given is None or (not_given and reason not in REASONS_NOT_GIVEN) or (reason and not not_given)
        ):
            said.wrong(Reason.OUTCOME_UNKNOWN)
        else:
            dose = next((whole(one, "doseSequence") for one in nodes(one, "vaccinationProtocol")), None)
            if dose is not None and not 1 <= dose <= MOST_DOSES:
                said.wrong(Reason.MEASURE_IMPOSSIBLE)
            said.told.append(
                VaccinationTold(
                    on=said.on(day_at(one, "date") or happened_on(bundle)),
                    vaccine=words,
                    code=code,
                    dose=dose,
                    given=not not_given,
                    reason_not_given=reason,
                    reported=flag(one, "primarySource") is False,
                    batch=said.short(text(one, "lotNumber")),
                )
            )
    return said


def _why_not(immunisation: Node) -> Node:
    reasons = nodes(node(immunisation, "explanation"), "reasonNotGiven")
    return reasons[0] if reasons else NOTHING
