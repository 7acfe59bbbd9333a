"""Whether a message holds what its header says. Some events leave a sign in the resources that carry them."""

from __future__ import annotations

from collections.abc import Iterator

from kept.intake.child_health_events.bundle import Bundle, Entry
from kept.intake.child_health_events.catalogue import (
    BIRTH_DETAILS,
    CHANGE_OF_GP,
    PERSONAL_CONTACTS,
    PROFESSIONAL_CONTACTS,
)
from kept.intake.child_health_events.elements import codes, node

LENGTH_OF_GESTATION = "412726003"  # SNOMED CT, as are the others
BIRTHS_AT_DELIVERY = "382341000000101"
BIRTH_WEIGHT = "364589006"

_BY_CODE = {LENGTH_OF_GESTATION: BIRTH_DETAILS, BIRTHS_AT_DELIVERY: BIRTH_DETAILS}
_BY_KIND = {
    "RelatedPerson": PERSONAL_CONTACTS,
    "Immunization": "CH015",
    "EpisodeOfCare": "CH027",
    "ReferralRequest": "CH028",
}
_BY_PROFILE = {
    "CareConnect-DCH-LengthOfGestation-Observation-1": BIRTH_DETAILS,
    "CareConnect-DCH-NumberOfBirths-Observation-1": BIRTH_DETAILS,
    "CareConnect-DCH-FinalDeliveryType-Procedure-1": BIRTH_DETAILS,
    "DCH-FeedingStatus-QuestionnaireResponse-1": "CH014",
    "CareConnect-DCH-AABRHearingTest-Procedure-1": "CH021",
    "CareConnect-DCH-AOAEHearingTest-Procedure-1": "CH021",
    "CareConnect-DCH-HearingScreeningSummaryOutcome-Observation-1": "CH021",
    "DCH-SocialContextHousehold-QuestionnaireResponse-1": "CH030",
    "DCH-NewbornBloodSpotScreening-DiagnosticReport-1": "CH035",
}
_LEAVE_A_SIGN = frozenset(_BY_CODE.values()) | frozenset(_BY_KIND.values()) | frozenset(_BY_PROFILE.values())
# A relative may come along with a birth, with a comment they made, or with the child they took to hospital.
_MAY_COME_ALONG = {
    BIRTH_DETAILS: frozenset({PERSONAL_CONTACTS}),
    "CH011": frozenset({PERSONAL_CONTACTS}),
    "CH022": frozenset({PERSONAL_CONTACTS}),
    CHANGE_OF_GP: frozenset({PROFESSIONAL_CONTACTS}),  # the registration with the practice that ended
}


def is_what_it_says(bundle: Bundle, event: str) -> bool:
    """Whether the message carries the sign of its event, where that leaves one, and no sign of another."""
    held = {sign for entry in bundle.entries for sign in _signs(entry)}
    if event in _LEAVE_A_SIGN and event not in held:
        return False
    return held <= {event} | _MAY_COME_ALONG.get(event, frozenset())


def _signs(entry: Entry) -> Iterator[str]:
    if entry.kind in _BY_KIND:
        yield _BY_KIND[entry.kind]
    for profile in entry.profiles:
        if profile in _BY_PROFILE:
            yield _BY_PROFILE[profile]
    if entry.kind == "Observation":
        for code in codes(node(entry.resource, "code")):
            if code in _BY_CODE:
                yield _BY_CODE[code]
