"""The closed lists that the standard fixes: events, what a message does to one, relationships, statuses.

Events: code system DCH-ChildHealthEventType-1 and the published message guides, which give CH036 and CH037
and the present titles. Relationships and statuses: NHS Data Dictionary.
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
}
BIRTH_DETAILS = "CH005"
PERSONAL_CONTACTS = "CH023"
READ = frozenset({BIRTH_DETAILS, PERSONAL_CONTACTS})


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
