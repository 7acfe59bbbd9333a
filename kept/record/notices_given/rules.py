"""Who counts as told of a notice, and what must be true of what is said about one: pure, over plain values."""

from collections.abc import Collection
from datetime import date

from kept.record.notices_given.values import NoticeGivenNow, NoticeShown

LONGEST_REASON = 1_000


def family_told(*, child: int, parents: Collection[int], told: Collection[int]) -> bool:
    """Whether a family has been told: the notice was given to the family, or each parent was told by themselves.

    A letter to one parent tells that parent, and not the other one. What differs between two versions makes no
    difference here: whoever was served under an older one has not been told (UK GDPR, Articles 13(3) and 14(4)).
    The database asks the same in `ledger.not_yet_told`.
    """
    return child in told or (bool(parents) and all(parent in told for parent in parents))


def faults_of(
    said: NoticeGivenNow, *, born_on: date | None, versions: Collection[int], today: date
) -> dict[str, str]:
    """What is wrong with what is said, field by field, each as a sentence that says what to do. Empty if nothing.

    `versions` are the numbers of the notices of the service that had come into force by today.
    """
    wrong: dict[str, str] = {}
    if said.on and said.on > today:
        wrong["notice_given_on"] = (
            "The notice cannot have been given in the future. Enter the day it was given."
        )
    elif said.on and born_on and said.on < born_on:
        wrong["notice_given_on"] = (
            "That day is before the child was born. Enter the day the notice was given."
        )
    if said.version_id not in {None, *versions}:
        wrong["notice_version"] = "Choose one of the notices of this service."
    if len(said.why_not) > LONGEST_REASON:
        wrong["notice_why_not"] = f"Say why in at most {LONGEST_REASON:,} characters."
    return wrong


def said_before(said: NoticeGivenNow, *, version_id: int, last: NoticeShown | None) -> bool:
    """Whether this was the last thing said already: a form that is sent twice says it once."""
    return last is not None and (
        (last.version_id, last.format, last.on, last.why_not)
        == (version_id, said.format, said.on, said.why_not)
    )
