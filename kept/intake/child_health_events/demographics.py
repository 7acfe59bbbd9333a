"""CH001 and the changes of the national register: background, practice, death. Each is told as it is; what the service
may hold of it the definition says, when it is recorded."""

from __future__ import annotations

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.elements import Node, codes, extension, node, nodes, text
from kept.intake.child_health_events.people import practice_code, the_child
from kept.intake.child_health_events.said import Said, day_at, words_of
from kept.intake.faults import Reason
from kept.record.assessments.values import CircumstanceTold, DeathTold, PracticeTold
from kept.standards.ethnic_category import CATEGORIES

NOT_KNOWN = "99"


def demographics(bundle: Bundle) -> Said:
    """CH001: ethnic category and religion, and that the child died, where it says so."""
    said, child = Said(), the_child(bundle)
    ethnic = codes(node(extension(child, "Extension-CareConnect-EthnicCategory-1"), "valueCodeableConcept"))
    if ethnic and ethnic[0] != NOT_KNOWN:
        # The register has finer codes, such as CP within C; the national list is that of the first letter.
        category = ethnic[0][:1]
        if category in CATEGORIES and len(ethnic[0]) <= 2:
            said.told.append(CircumstanceTold("background.ethnicity", category))
        else:
            said.wrong(Reason.OUTCOME_UNKNOWN)
    belief = node(extension(child, "Extension-CareConnect-ReligiousAffiliation-1"), "valueCodeableConcept")
    if words := said.short(words_of(belief)):
        said.told.append(CircumstanceTold("background.religion", words))
    if nodes(child, "communication"):
        said.left_out.append("background.language")
    if any(text(one, "system") == "email" for one in nodes(child, "telecom")):
        said.left_out.append("contact.email")
    if extension(child, "birthPlace") or extension(child, "patient-birthPlace"):
        said.left_out.append("birthPlace")
    _death(child, said)
    return said


def change_of_practice(bundle: Bundle) -> Said:
    """PDS001: the practice that the child is registered with now."""
    said = Said()
    for one in nodes(the_child(bundle), "generalPractitioner")[:1]:
        practice = bundle.resolve(one)
        code, name = practice_code(practice), said.short(text(practice, "name"))
        phones = [text(way, "value") for way in nodes(practice, "telecom") if text(way, "system") == "phone"]
        if code and name:
            said.told.append(PracticeTold(code, name, said.short(phones[0]) if phones else ""))
    return said


def death(bundle: Bundle) -> Said:
    """PDS004: that the child, or the parent whom the message is about, died."""
    said = Said()
    _death(the_child(bundle), said)
    return said


def _death(patient: Node, said: Said) -> None:
    written = text(patient, "deceasedDateTime")
    died_on = day_at(patient, "deceasedDateTime")
    if written and died_on is None:
        said.wrong(Reason.DATES_CONTRADICT)
    if written or patient.get("deceasedBoolean") is True:
        notified = extension(patient, "Extension-CareConnect-DeathNotificationStatus-1")
        inner = extension(notified, "deathNotificationStatus") or notified
        status = next((code for code in codes(node(inner, "valueCodeableConcept")) if code in ("1", "2")), "")
        said.told.append(DeathTold(died_on, status))
