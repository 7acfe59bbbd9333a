"""The closed lists that the standard fixes: events, what a message does to one, relationships, statuses.

Events: code system DCH-ChildHealthEventType-1 and the published message guides, which give CH036 and CH037
and the present titles. Changes of the national register of patients (PDS): code system EMS-EventType-1, which the
national event service replaced by names. Relationships and statuses: NHS Data Dictionary.
"""

from __future__ import annotations

from enum import StrEnum

EVENT_SYSTEM = "https://fhir.nhs.uk/STU3/CodeSystem/DCH-ChildHealthEventType-1"

EVENTS = {
    "CH001": "Additional Demographics",
    "CH002": "Admission Details",
    "CH003": "Allergies and Adverse Reactions",
    "CH004": "Assessment Scales",
    "CH005": "Birth Details",
    "CH006": "Blood Spot Sample Taken",
    "CH007": "Clinical Risk Factors",
    "CH008": "Problem List",
    "CH009": "Discharge Details",
    "CH010": "Early Years Progress",
    "CH011": "Emergency Care Attendance",
    "CH012": "Examination Findings",
    "CH013": "Family History",
    "CH014": "Feeding Status",
    "CH015": "Vaccinations",
    "CH016": "Individual Requirements",
    "CH017": "Information and Advice Given",
    "CH018": "Observations",
    "CH019": "Medication Statement",
    "CH020": "Developmental Skills",
    "CH021": "Newborn Hearing",
    "CH022": "Parent, Guardian or Personal Comment",
    "CH023": "Personal Contacts",
    "CH024": "Physical Examination",
    "CH025": "Plan and Requested Actions",
    "CH026": "Professional Summary",
    "CH027": "Professional Contacts",
    "CH028": "Referral",
    "CH029": "Safety Alerts",
    "CH030": "Social Context Household",
    "CH031": "Social Context",
    "CH032": "Educational History",
    "CH033": "Legal Information",
    "CH034": "Blood Spot Card Received",
    "CH035": "Blood Spot Test Outcome",
    "CH036": "Medication Administration",
    "CH037": "Investigation Results",
    "PDS001": "Change of GP",
    "PDS002": "Change of Address",
    "PDS003": "Birth Notification",
    "PDS004": "Death Notification",
}
PDS_SYSTEM = "https://fhir.nhs.uk/STU3/CodeSystem/EMS-EventType-1"
NAMED_SYSTEM = "https://fhir.nhs.uk/STU3/CodeSystem/EventType-1"
# The same events by the names that the national event service gives them.
NAMES = {
    "pds-change-of-gp-1": "PDS001",
    "pds-change-of-address-1": "PDS002",
    "pds-birth-notification-1": "PDS003",
    "pds-death-notification-1": "PDS004",
    "additional-demographics-1": "CH001",
    "blood-spot-test-outcome-1": "CH035",
    "newborn-hearing-1": "CH021",
    "nipe-outcome-1": "CH024",
    "professional-contacts-1": "CH027",
    "vaccinations-1": "CH015",
}
ADDITIONAL_DEMOGRAPHICS = "CH001"
BIRTH_DETAILS = "CH005"
FEEDING_STATUS = "CH014"
VACCINATIONS = "CH015"
OBSERVATIONS = "CH018"
NEWBORN_HEARING = "CH021"
PERSONAL_CONTACTS = "CH023"
PHYSICAL_EXAMINATION = "CH024"
PROFESSIONAL_CONTACTS = "CH027"
REFERRAL = "CH028"
SAFETY_ALERTS = "CH029"
SOCIAL_CONTEXT_HOUSEHOLD = "CH030"
LEGAL_INFORMATION = "CH033"
BLOOD_SPOT_OUTCOME = "CH035"
CHANGE_OF_GP = "PDS001"
CHANGE_OF_ADDRESS = "PDS002"
DEATH = "PDS004"

# What makes a child known, or tells anew who the child and the family are.
REGISTERING = frozenset({BIRTH_DETAILS, PERSONAL_CONTACTS})
# What tells something of a child who is known. A message whose facts stand beside one another is corrected by a
# newer version of itself; one that says how things are now takes the place of what any earlier one said.
BESIDE_ONE_ANOTHER = frozenset(
    {
        FEEDING_STATUS,
        VACCINATIONS,
        OBSERVATIONS,
        NEWBORN_HEARING,
        PHYSICAL_EXAMINATION,
        LEGAL_INFORMATION,
        BLOOD_SPOT_OUTCOME,
    }
)
ONE_AT_A_TIME = frozenset({ADDITIONAL_DEMOGRAPHICS, CHANGE_OF_GP, DEATH})
# What holds nothing that any service here may hold: it is listed by code on the receipt, and dropped.
NOTHING_TO_HOLD = frozenset({PROFESSIONAL_CONTACTS, SOCIAL_CONTEXT_HOUSEHOLD})
TOLD_OF_THE_KNOWN = BESIDE_ONE_ANOTHER | ONE_AT_A_TIME
OF_THE_REGISTER = frozenset({CHANGE_OF_GP, CHANGE_OF_ADDRESS, "PDS003", DEATH})
READ = REGISTERING | {CHANGE_OF_ADDRESS} | TOLD_OF_THE_KNOWN | NOTHING_TO_HOLD


class Change(StrEnum):
    """What a message does to what its sender told us before (DCH-MessageEventType-1)."""

    NEW = "new"
    UPDATE = "update"
    DELETE = "delete"


# RELATIONSHIP TO PERSON FOR CHILDREN AND YOUNG PEOPLE: the first two letters say the kind, the third the sex.
RELATIONSHIPS = {
    "BPX": "parent",
    "BPM": "mother",
    "BPF": "father",
    "SPX": "step-parent",
    "SPM": "stepmother",
    "SPF": "stepfather",
    "GPX": "grandparent",
    "GPM": "grandmother",
    "GPF": "grandfather",
    "ORX": "other relative",
    "ORA": "aunt",
    "ORU": "uncle",
    "ORS": "sister",
    "ORB": "brother",
    "ORO": "other relative",
    "APX": "adoptive parent",
    "APM": "adoptive mother",
    "APF": "adoptive father",
    "FPX": "foster parent",
    "FPM": "foster mother",
    "FPF": "foster father",
    "RCX": "residential carer",
    "OTX": "someone else",
    "NOX": "nobody",
}
# Kinds of relation that must be at least a childhood older than the child.
ELDERS = frozenset({"BP", "SP", "GP", "AP", "FP"})

# NHS NUMBER STATUS INDICATOR CODE
NUMBER_STATUSES = {
    "01": "present and verified",
    "02": "present but not traced",
    "03": "trace required",
    "04": "traced: no match, or several",
    "05": "trace needs to be resolved",
    "06": "trace in progress",
    "07": "not present, and no trace required",
    "08": "trace postponed (baby under six weeks old)",
}
