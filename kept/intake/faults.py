"""What can be wrong with a message, as a closed list: each reason with what a person should do about it.

A fault never repeats what a message says: it may be read in a log, a count or an error page, where nothing
about a family belongs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a message waits for a person. In the order in which a person would look at them."""

    # The file
    OTHER_WORKFLOW = "other-workflow"
    TOO_LARGE = "too-large"
    NOT_JSON = "not-json"
    NOT_A_BUNDLE = "not-a-bundle"
    NOT_A_MESSAGE = "not-a-message"
    # The message
    NO_ID = "no-id"
    NO_VERSION = "no-version"
    NO_TIME = "no-time"
    SENDER_UNKNOWN = "sender-unknown"
    UNKNOWN_EVENT = "unknown-event"
    NOT_READ_YET = "not-read-yet"
    REFERRAL = "referral"
    SAFETY_ALERT = "safety-alert"
    NOT_WHAT_IT_SAYS = "not-what-it-says"
    WITHDRAWN = "withdrawn"
    DANGLING_REFERENCE = "dangling-reference"
    # The people in it
    CHILD_UNCLEAR = "child-unclear"
    NAME_MISSING = "name-missing"
    NHS_NUMBER_WRONG_DIGIT = "nhs-number-wrong-digit"
    NHS_NUMBER_SHARED = "nhs-number-shared"
    NHS_NUMBER_UNCLEAR = "nhs-number-unclear"
    DATE_OF_BIRTH_UNCLEAR = "date-of-birth-unclear"
    DATE_OF_BIRTH_IMPOSSIBLE = "date-of-birth-impossible"
    DATE_OF_BIRTH_IN_THE_FUTURE = "date-of-birth-in-the-future"
    DATES_CONTRADICT = "dates-contradict"
    MEASURE_IMPOSSIBLE = "measure-impossible"
    OUTCOME_UNKNOWN = "outcome-unknown"
    TOLD_TWICE = "told-twice"
    DAY_UNKNOWN = "day-unknown"
    NOTHING_TOLD = "nothing-told"
    RELATIONSHIP_UNCLEAR = "relationship-unclear"
    AUTHORITY_UNKNOWN = "authority-unknown"
    # The message beside the definition of the service
    AUTHORITY_ELSEWHERE = "authority-elsewhere"
    PAST_FIFTH_BIRTHDAY = "past-fifth-birthday"
    NOT_ALLOWED = "not-allowed"
    # The message beside what the service holds
    CHILD_NOT_KNOWN = "child-not-known"
    CORRECTS_WHAT = "corrects-what"
    NUMBER_HELD_BY_ANOTHER = "number-held-by-another"
    DATE_OF_BIRTH_DIFFERS = "date-of-birth-differs"
    ADULT_MAY_BE_KNOWN = "adult-may-be-known"
    CARE_HAS_ENDED = "care-has-ended"
    SAME_ID_OTHER_CONTENT = "same-id-other-content"
    REPEATED = "repeated"
    LATE = "late"
    NO_TEAM = "no-team"

    @property
    def words(self) -> str:
        """What is wrong and what to do, for a person."""
        return _WORDS[self]


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason, and which part of the message it is about."""

    reason: Reason
    about: str = "message"  # 'message', 'child', 'contact 1', 'contact 2'; never a name or a value

    @property
    def words(self) -> str:
        return self.reason.words


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Each fault once, in the order of the list of reasons."""
    place = {reason: number for number, reason in enumerate(Reason)}
    return tuple(sorted(set(faults), key=lambda fault: (place[fault.reason], fault.about)))


_WORDS = {
    Reason.OTHER_WORKFLOW: (
        "The message came to our mailbox under a workflow id that is not one of child health. "
        "See what it is. Send it back to be read if it is about a child all the same."
    ),
    Reason.TOO_LARGE: (
        "The file, or a name, address or other text in it, is longer than any real one. "
        "Ask the sender what it is."
    ),
    Reason.NOT_JSON: (
        "The file cannot be read: it is damaged, cut short, or not written as JSON. "
        "Ask the sender to send it again."
    ),
    Reason.NOT_A_BUNDLE: ("The file is not a bundle of records. Ask the sender what they meant to send."),
    Reason.NOT_A_MESSAGE: (
        "The bundle does not begin with one header that says what happened. "
        "Ask the sender to send it as a message."
    ),
    Reason.NO_ID: (
        "The message has no id, so a repeat cannot be told from a new one. "
        "Compare it with the record, and ask the sender to add ids."
    ),
    Reason.NO_VERSION: (
        "The message has no version, so an old one cannot be told from a newer one. "
        "Compare it with the record, and ask the sender to add versions."
    ),
    Reason.NO_TIME: (
        "The message does not say when it was sent. Compare it with the record before you use it."
    ),
    Reason.SENDER_UNKNOWN: (
        "The message does not give the code of the organisation that sent it. "
        "Find out who sent it before you use it."
    ),
    Reason.UNKNOWN_EVENT: (
        "The message does not name an event of the national list, or does not say whether it is new, "
        "an update or a deletion. Ask the sender what it tells us."
    ),
    Reason.NOT_READ_YET: (
        "This kind of message is known but not read into the record yet. "
        "Read it here, and record by hand what the service may hold."
    ),
    Reason.REFERRAL: (
        "Somebody refers this child to a service. Give it to the child's team, who decide, and answer the sender."
    ),
    Reason.SAFETY_ALERT: (
        "Somebody warns of a danger to this child or from this home. "
        "Tell the child's team and the safeguarding lead today, by telephone."
    ),
    Reason.NOT_WHAT_IT_SAYS: (
        "The message says it is one kind of event and holds another. "
        "Ask the sender which it is; record nothing from it until they answer."
    ),
    Reason.WITHDRAWN: (
        "The sender takes back something they told us. Find what came from it, and correct the record."
    ),
    Reason.DANGLING_REFERENCE: (
        "The message points at something that is not in it, or that goes by another id. "
        "Ask the sender to send it whole."
    ),
    Reason.CHILD_UNCLEAR: (
        "The message does not say which one child it is about. Ask the sender for one message for each child."
    ),
    Reason.NAME_MISSING: ("Somebody in the message has no name. Find the name, or ask the sender for it."),
    Reason.NHS_NUMBER_WRONG_DIGIT: (
        "An NHS number in the message has a wrong digit. Trace the right number before you register anyone."
    ),
    Reason.NHS_NUMBER_SHARED: (
        "Two people in the message have the same NHS number. "
        "Trace whose number it is before you register anyone."
    ),
    Reason.NHS_NUMBER_UNCLEAR: (
        "The message gives one person two NHS numbers. Trace the right one before you register anyone."
    ),
    Reason.DATE_OF_BIRTH_UNCLEAR: (
        "A date of birth is missing, is not a whole date, or cannot be read. Ask the sender for it."
    ),
    Reason.DATE_OF_BIRTH_IMPOSSIBLE: (
        "A date of birth cannot be right: it is before 1900, or makes a parent younger than 10 at the birth. "
        "Ask the sender for the right one."
    ),
    Reason.DATE_OF_BIRTH_IN_THE_FUTURE: (
        "A date of birth lies in the future. Ask the sender for the right one."
    ),
    Reason.DATES_CONTRADICT: ("Two dates in the message cannot both be right. Ask the sender which one is."),
    Reason.MEASURE_IMPOSSIBLE: (
        "A weight, another measure or a number in the message cannot be right, or is in no known unit. "
        "Ask the sender; do not copy it into the record."
    ),
    Reason.OUTCOME_UNKNOWN: (
        "The message gives an outcome, or what it is of, by a code that our national lists do not have. "
        "Ask the sender what it means, and record nothing from it until they answer."
    ),
    Reason.TOLD_TWICE: (
        "The message gives two answers to one question, such as two outcomes of one test. "
        "Ask the sender which of them holds."
    ),
    Reason.DAY_UNKNOWN: (
        "The message does not say on which day this was found or done. Ask the sender for the day."
    ),
    Reason.NOTHING_TOLD: (
        "The message names what it is about and then says nothing of it. Ask the sender to send it whole."
    ),
    Reason.RELATIONSHIP_UNCLEAR: (
        "The message does not say, in a national code, what a person is to the child. "
        "Find out before you register them."
    ),
    Reason.AUTHORITY_UNKNOWN: (
        "The address does not say which council area the child lives in. "
        "Look the address up and record the area."
    ),
    Reason.AUTHORITY_ELSEWHERE: (
        "The child lives outside the area of this service. Check the address; if it is right, "
        "pass the message to the service where the child lives."
    ),
    Reason.PAST_FIFTH_BIRTHDAY: (
        "The child has had their fifth birthday, and this service is for younger children. "
        "Check the date of birth; if it is right, pass the message to school nursing."
    ),
    Reason.NOT_ALLOWED: (
        "The notice of this service does not let it hold something that the message tells. "
        "Ask your information governance lead before you record any of it."
    ),
    Reason.NUMBER_HELD_BY_ANOTHER: (
        "The service already holds this NHS number for somebody whose details differ. "
        "Trace whose number it is before you register anyone."
    ),
    Reason.DATE_OF_BIRTH_DIFFERS: (
        "The service holds another date of birth for this NHS number. "
        "Ask the family or the sender which is right, and correct the record."
    ),
    Reason.ADULT_MAY_BE_KNOWN: (
        "The message tells of an adult without an NHS number, and the child has adults already. "
        "Compare them, so that nobody is recorded twice."
    ),
    Reason.CHILD_NOT_KNOWN: (
        "The message tells of somebody whom this service does not hold, and it says too little to register them. "
        "Wait for the birth message or trace them, then read it again."
    ),
    Reason.CORRECTS_WHAT: (
        "The message corrects or takes back something, and it does not say which of what we hold. "
        "Compare it with the record, and ask the sender which message it corrects."
    ),
    Reason.CARE_HAS_ENDED: (
        "Our care of this child has ended. If it should begin again, give the child to a team; "
        "then read the message again."
    ),
    Reason.SAME_ID_OTHER_CONTENT: (
        "An earlier message had the same id and said something else. Ask the sender which of the two holds."
    ),
    Reason.REPEATED: ("The same message came before. There is nothing to record: close it."),
    Reason.LATE: (
        "A version as new as this one, or newer, has been read already. "
        "Check that the record holds the newest, and close this."
    ),
    Reason.NO_TEAM: ("No team looks after this postcode yet. Give the child to a team."),
}
