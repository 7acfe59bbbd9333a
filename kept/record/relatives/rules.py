"""What can be true of somebody of a family; pure."""

from datetime import date

from kept.record.families.values import EVIDENCE
from kept.record.relatives.values import KINDS, LONGEST_NAME, OTHER_CHILD, RELATIVE, NewRelative, NewTie

NOT_YET = "This day has not come yet. Check the year."
GROWN_UP = 18


def faults_of(new: NewRelative, *, today: date) -> dict[str, str]:
    """What is wrong with somebody new, field by field, each in a sentence that says what to do."""
    faults = {}
    if new.part not in (RELATIVE, OTHER_CHILD):
        return {"part": "Say whether it is a relative or another child in the home."}
    if not (new.given.strip() or new.family.strip()):
        faults["given"] = "Enter their name."
    elif len(new.given) + len(new.family) > LONGEST_NAME:
        faults["given"] = f"Enter a name of at most {LONGEST_NAME} letters."
    if new.kind not in KINDS[new.part]:
        faults["kind"] = "Choose what they are to the child."
    if new.part == OTHER_CHILD and not new.lives_here:
        faults["lives_here"] = "We write down another child only while they live in the child’s home."
    if wrong := _fault_of_birth(new, today):
        faults["born_on"] = wrong
    if new.from_on and (wrong := _fault_of_beginning(new, today)):
        faults["from_on"] = wrong
    if not new.source:
        faults["source"] = "Say who told you."
    return faults


def _fault_of_birth(new: NewRelative, today: date) -> str:
    if new.born_on is None:
        return ""
    if new.born_on > today:
        return "A date of birth cannot be after today. Check the year."
    if new.born_on.year + GROWN_UP < today.year - 1 or new.born_on.year < 1900:
        return "Somebody of this age is no child. Check the year, or write them down as a relative."
    return ""


def _fault_of_beginning(new: NewRelative, today: date) -> str:
    if new.from_on and new.from_on > today:
        return NOT_YET
    if new.from_on and new.born_on and new.from_on < new.born_on:
        return "This day is before they were born. Check both days."
    return ""


def faults_of_tie(new: NewTie, *, part: str, today: date) -> dict[str, str]:
    """What is wrong with how somebody belongs to the child, field by field."""
    faults = {}
    if part == "child":
        return {"kind": "A child is nobody’s parent, and nobody is their own relative. Choose somebody else."}
    if new.kind not in KINDS.get(part, ()):
        faults["kind"] = "Choose what they are to the child."
    if part == OTHER_CHILD and new.lives_here is False and not new.ended_on:
        faults["lives_here"] = (
            "We write down another child only while they live in the child’s home. Say when they left."
        )
    if new.evidence and new.evidence not in EVIDENCE:
        faults["evidence"] = "Choose what you saw from the list."
    elif new.evidence and new.responsible is None:
        faults["responsible"] = "Say whether they have parental responsibility: you wrote what you saw."
    if new.from_on and new.from_on > today:
        faults["from_on"] = NOT_YET
    if new.ended_on and new.ended_on > today:
        faults["ended_on"] = NOT_YET
    elif new.ended_on and new.from_on and new.ended_on < new.from_on:
        faults["ended_on"] = "It cannot end before it begins. Check both days."
    if not new.source:
        faults["source"] = "Say who told you."
    return faults
