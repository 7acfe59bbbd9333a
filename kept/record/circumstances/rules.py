"""What can be true of something told about somebody; pure."""

from datetime import date

from kept.record.circumstances.values import (
    DECLINABLE,
    ETHNICITY,
    KINDS,
    MOST_LETTERS,
    NeedAnswer,
    NewCircumstance,
)
from kept.standards.ethnic_category import CATEGORIES


def faults_of(new: NewCircumstance, *, today: date) -> dict[str, str]:
    """What is wrong, field by field, each in a sentence that says what to do."""
    faults = {}
    if new.kind not in KINDS:
        faults["kind"] = "Choose what you were told."
    if new.declined:
        if new.kind not in DECLINABLE:
            faults["said"] = "Say what you were told."
        elif new.said:
            faults["said"] = "Either write what was said, or tick that they chose not to say."
    elif new.kind == ETHNICITY and new.said not in CATEGORIES:
        faults["said"] = "Choose one of the list. “Chose not to say” is on it."
    elif not new.said.strip():
        faults["said"] = "Write what you were told."
    elif len(new.said) > MOST_LETTERS:
        faults["said"] = f"Write at most {MOST_LETTERS:,} letters. The rest belongs in a note."
    if not new.source:
        faults["source"] = "Say who told you."
    if new.since_on and new.since_on > today:
        faults["since_on"] = "This day has not come yet. Check the year."
    return faults


def faults_of_answer(answer: NeedAnswer, *, today: date) -> dict[str, str]:
    """What is wrong with what is said of a need, field by field, each in a sentence that says what to do."""
    faults = {}
    if answer.on > today:
        faults["on"] = "This day has not come yet. Check the year."
    if not answer.met and not answer.said.strip():
        faults["said"] = "Say what was missing, so that it is there next time."
    elif len(answer.said) > MOST_LETTERS:
        faults["said"] = f"Write at most {MOST_LETTERS:,} letters. The rest belongs in a note."
    return faults
