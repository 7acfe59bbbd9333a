"""The national lists of newborn screening: the hearing outcomes, the conditions of the blood spot and their outcomes.

Statuses: NEWBORN HEARING SCREENING OUTCOME and NEWBORN BLOOD SPOT TEST OUTCOME STATUS CODE of the NHS Data Model and
Dictionary, as the Community Services Data Set (DAPB1069) sends them. Sub-codes: DCH-BloodSpotOutcome of 4 December
2017. Hearing findings: DCH-HearingScreeningOutcome-1 (SNOMED CT) of the same day, each with the status it comes under.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

HEARING = {
    "01": "Clear response, no follow-up needed",
    "02": "Clear response, targeted follow-up needed",
    "03": "No clear response in both ears",
    "04": "No clear response in one ear",
    "98": "Screening is not complete",
}
HEARING_FINDINGS = {
    "276781000000109": "01",
    "276791000000106": "02",
    "276811000000107": "03",
    "276801000000105": "04",
    "279591000000106": "98",  # contraindicated
    "276851000000106": "98",  # the baby died
    "279611000000103": "98",  # the baby was unsettled
    "276821000000101": "98",  # declined
    "276831000000104": "98",  # did not attend
    "279601000000100": "98",  # no capacity
    "276841000000108": "98",  # no contact details
    "276861000000109": "98",  # outside the area
    "276881000000100": "98",  # outside the age range
    "276891000000103": "98",  # equipment failed
    "276901000000102": "98",  # no equipment
    "276871000000102": "98",  # consent withdrawn
}
NOT_COMPLETE_BECAUSE = {
    "279591000000106": "it must not be done",
    "276851000000106": "the baby died",
    "279611000000103": "the baby was unsettled",
    "276821000000101": "it was declined",
    "276831000000104": "nobody came to the appointment",
    "279601000000100": "the service had no time",
    "276841000000108": "the family could not be reached",
    "276861000000109": "the family lives outside the area",
    "276881000000100": "the baby was not of the age for it",
    "276891000000103": "the equipment failed",
    "276901000000102": "there was no equipment",
    "276871000000102": "consent was withdrawn",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What the blood spot is tested for, since when in England, and the SNOMED CT code of its test."""

    words: str
    test: str
    since_on: date | None = None  # None: longer than these messages have been sent


# HT1 came with amendment 56/2024 of the Healthy Child standard, released in May 2025; which SNOMED CT code its test has
# is not confirmed, so a message must name it in words of the list.
CONDITIONS = {
    "PKU": Condition("Phenylketonuria", "314081000"),
    "SCD": Condition("Sickle cell disease", "314090007"),
    "CF": Condition("Cystic fibrosis", "314080004"),
    "CHT": Condition("Congenital hypothyroidism", "400984005"),
    "MCADD": Condition("Medium-chain acyl-CoA dehydrogenase deficiency", "428056008"),
    "HCU": Condition("Homocystinuria", "940201000000107"),
    "MSUD": Condition("Maple syrup urine disease", "940221000000103"),
    "GA1": Condition("Glutaric aciduria type 1", "940131000000109"),
    "IVA": Condition("Isovaleric acidaemia", "940151000000102"),
    "HT1": Condition("Hereditary tyrosinaemia type 1", "", date(2025, 5, 1)),
}
BLOOD_SPOT = {
    "01": "Specimen received in the laboratory",
    "02": "Screening declined",
    "03": "Another sample is needed",
    "04": "Condition not suspected",
    "05": "Carrier",
    "06": "Condition not suspected, carrier of another haemoglobin",
    "07": "Condition not suspected, other disorders to follow up",
    "08": "Condition suspected",
    "09": "Not screened, or screening not complete",
    "10": "Haemoglobin S not suspected (by DNA)",
}
OF_SICKLE_CELL_ALONE = frozenset({"06", "10"})
OF_CARRIERS = frozenset({"SCD", "CF"})
BLOOD_SPOT_DETAILS = {
    "0201": "no history of being screened",
    "0202": "screened in the UK as parents say, no evidence of the result",
    "0203": "screened outside the UK, with evidence of the result",
    "0204": "screened outside the UK, no evidence of the result",
    "0301": "too young for reliable screening",
    "0302": "too soon after a transfusion",
    "0303": "not enough blood",
    "0304": "blood applied incorrectly",
    "0305": "compressed or damaged",
    "0306": "day 0 and day 5 on the same card",
    "0308": "NHS number missing or not accurate",
    "0309": "date of sample missing or not accurate",
    "0310": "date of birth does not match",
    "0311": "an expired card was used",
    "0312": "more than 14 days on its way",
    "0313": "damaged on its way",
    "0314": "too premature for testing",
    "0601": "consistent with a haemoglobin C carrier",
    "0602": "consistent with a haemoglobin D carrier",
    "0603": "consistent with a haemoglobin E carrier",
    "0604": "consistent with a haemoglobin O-Arab carrier",
    "0902": "more than a year old, too old for screening",
    "0903": "moved out of the area",
    "0904": "could not be reached, though reasonable efforts were made",
    "0905": "the baby died",
    "0906": "not needed, there is a valid result",
}
# INFANT PHYSICAL EXAMINATION RESULT
EXAMINATION = {
    "01": "Satisfactory",
    "02": "Problem found",
    "03": "Problem suspected",
    "NN": "Not examined",
}
# Sub-codes as SNOMED CT: only those that a published message gives. The national reference sets 966281000000109 and
# 966291000000106 hold the rest; a code that is not here waits for a person.
BLOOD_SPOT_FINDINGS = {
    "946431000000102": "0309",
    "947611000000105": "0202",
    "947511000000106": "0904",
    "948801000000106": "0905",
    "949041000000108": "0311",
    "950641000000105": "0312",
    "949981000000104": "0904",
    "952081000000108": "0308",
    "951461000000103": "0310",
}


def condition_of(test: str) -> str:
    """The condition that a test is for, by the SNOMED CT code of the test or by its own code; '' for any other."""
    if test in CONDITIONS:
        return test
    return next((code for code, one in CONDITIONS.items() if one.test and one.test == test), "")


def blood_spot_outcome(code: str, *, condition: str) -> tuple[str, str]:
    """Status and sub-code of an outcome as a message gives it ('3', '03', '0303', a SNOMED CT code); or two blanks.

    The list that was published for phenylketonuria leaves out the first nought. A carrier is only of sickle cell
    disease or cystic fibrosis.
    """
    known = BLOOD_SPOT_FINDINGS.get(code, code)
    if known.isdigit() and len(known) in (1, 3):
        known = f"0{known}"
    status, detail = known[:2], known if len(known) == 4 else ""
    if status not in BLOOD_SPOT or len(known) not in (2, 4) or (detail and detail not in BLOOD_SPOT_DETAILS):
        return "", ""
    if (status in OF_SICKLE_CELL_ALONE and condition != "SCD") or (
        status == "05" and condition not in OF_CARRIERS
    ):
        return "", ""
    return status, detail
