"""What can be true of something told about somebody; pure."""

from datetime import date

from kept.record.circumstances.values import (
    CHANGED,
    COMMUNICATION,
    DECLINABLE,
    ETHNICITY,
    KINDS,
    MOST_LETTERS,
    MOST_REASON,
    NEVER_SO,
    NO_LONGER_SO,
    ONE_ANSWER,
    OUTCOMES,
    STILL_SO,
    NeedAnswer,
    NewCircumstance,
    Review,
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


def faults_of_review(review: Review, *, kind: str, today: date) -> dict[str, str]:
    """What is wrong with what is said later of something told, field by field, each saying what to do."""
    faults = {}
    if review.outcome not in OUTCOMES:
        faults["outcome"] = "Say whether it is still so."
    elif review.outcome == CHANGED and kind in ONE_ANSWER:
        faults["outcome"] = (
            "Record the new answer as something you were told: it takes the place of this one."
        )
    if review.outcome == CHANGED and not review.said.strip():
        faults["said"] = "Write what is so now."
    elif review.outcome == CHANGED and len(review.said) > MOST_LETTERS:
        faults["said"] = f"Write at most {MOST_LETTERS:,} letters. The rest belongs in a note."
    if review.outcome in (NO_LONGER_SO, NEVER_SO) and not review.why.strip():
        faults["why"] = "Say why: who reads the record later has to understand it."
    elif len(review.why) > MOST_REASON:
        faults["why"] = f"Say why in at most {MOST_REASON:,} letters."
    if again := _fault_of_next(review, kind=kind, today=today):
        faults["again_on"] = again
    if not review.source:
        faults["source"] = "Say who told you."
    return faults


def _fault_of_next(review: Review, *, kind: str, today: date) -> str:
    """What is wrong with the day on which a need is next gone through."""
    if review.again_on is None:
        return ""
    if kind != COMMUNICATION or review.outcome != STILL_SO:
        return "Only of a communication need that is still there is it said when to ask again."
    return "" if review.again_on > today else "The day to ask again must be in the future. Check the year."
