"""What must be true of two records before somebody says that they are of one person; pure."""

from kept.record.merges.values import MOST_LETTERS
from kept.record.people.values import PersonShown


def faults_of(one: PersonShown, other: PersonShown, *, same: bool, why: str) -> dict[str, str]:
    """What is wrong, field by field, each in a sentence that says what to do. Empty if nothing."""
    wrong = {}
    if not why.strip():
        wrong["why"] = "Say how you know."
    elif len(why) > MOST_LETTERS:
        wrong["why"] = f"Say it in at most {MOST_LETTERS:,} letters."
    if same and one.part != other.part:
        wrong["said"] = "One of them is a child, the other is not: they cannot be one person."
    elif same and one.born_on and other.born_on and one.born_on != other.born_on:
        wrong["said"] = "They were born on two different days. Correct the wrong one first."
    return wrong
