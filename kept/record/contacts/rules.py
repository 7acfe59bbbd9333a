"""What must be true of a contact before it is recorded: pure questions over plain values."""

from collections.abc import Collection
from datetime import date

from kept.record.contacts.values import NEW_BIRTH_VISIT, NewContact
from kept.record.episodes.rules import fault_of_day
from kept.record.episodes.values import EpisodeShown

LONGEST_NOTE = 100_000
LIGHTEST_GRAMS, HEAVIEST_GRAMS = 200, 60_000


def faults_of(
    contact: NewContact,
    *,
    born_on: date | None,
    episode: EpisodeShown | None,
    versions: Collection[int],
    today: date,
) -> dict[str, str]:
    """What is wrong with a contact, field by field, each as a sentence that says what to do. Empty if nothing.

    `episode` is the latest time of care, where it may be seen. `versions` are the numbers of the notices of the service
    that had come into force by today.
    """
    wrong: dict[str, str] = {}
    if contact.on > today:
        wrong["visited_on"] = "The date of the contact is in the future. Enter the day it took place."
    elif born_on and contact.on < born_on:
        wrong["visited_on"] = (
            "The date of the contact is before the child was born. Enter the day it took place."
        )
    elif over := fault_of_day(contact.on, episode=episode):
        wrong["visited_on"] = over
    if contact.kind == NEW_BIRTH_VISIT and contact.notice is None:
        wrong["notice"] = "Say which privacy notice the family was given, or why they were not given one."
    if contact.notice and contact.notice.on and contact.notice.on > today:
        wrong["notice_given_on"] = (
            "The notice cannot have been given in the future. Enter the day it was given."
        )
    if contact.notice and contact.notice.version_id not in {None, *versions}:
        wrong["notice_version"] = "Choose one of the notices of this service."
    if contact.weight_grams is not None and not LIGHTEST_GRAMS <= contact.weight_grams <= HEAVIEST_GRAMS:
        wrong["weight"] = "Enter the weight in grams, between 200 and 60,000."
    if len(contact.note) > LONGEST_NOTE:
        wrong["note"] = f"The note is longer than {LONGEST_NOTE:,} characters. Split it over two contacts."
    return wrong
