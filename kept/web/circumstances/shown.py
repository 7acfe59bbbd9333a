"""From what is recorded about people to the record page: plain values, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kept.notices.definition import Definition
from kept.record.circumstances.values import (
    COMMUNICATION,
    ETHNICITY,
    STILL_SO,
    CircumstanceShown,
    NeedAnswer,
)
from kept.record.people.values import PersonShown
from kept.record.reads import ChildRecord
from kept.standards.ethnic_category import CATEGORIES

CHOSE_NOT_TO_SAY = "Chose not to say"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was last said of something that was told: in words, on which day, by whom, and why."""

    words: str
    on: date
    why: str
    practitioner: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was told: what it is, in which words, since when, by whom, and when it was written down."""

    label: str
    words: str
    since_on: date | None
    source: str
    recorded_on: date
    review: Reviewed | None = None
    review_href: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class ToldAbout:
    """Everything that was told about one person, and what of it does not hold any more."""

    name: str
    told: tuple[Told, ...]
    no_longer: tuple[Told, ...] = ()


AddressOf = Callable[[PersonShown, CircumstanceShown], str]
REVIEWED = {
    "still-so": "Still so",
    "changed": "Changed",
    "no-longer-so": "No longer so",
    "never-so": "Recorded by mistake",
}


def nowhere(person: PersonShown, one: CircumstanceShown) -> str:
    """For whoever may not say anything more of what was told."""
    return ""


def told_about(record: ChildRecord, *, review_href: AddressOf = nowhere) -> tuple[ToldAbout, ...]:
    """Of everybody of the family about whom something was told, the child first; each thing with where it is said that
    it is not so any more."""
    return tuple(
        ToldAbout(
            person.name or "Not named yet",
            tuple(
                told(one, record.definition, review_href=review_href(person, one))
                for one in record.circumstances.get(person.person, ())
            ),
            tuple(told(one, record.definition) for one in record.no_longer_so.get(person.person, ())),
        )
        for person in (record.child, *record.adults)
        if person.person in record.circumstances or person.person in record.no_longer_so
    )


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody needs to read, hear or speak with us; and whether it is time to ask again."""

    name: str
    words: str
    ask_again: bool
    answer: NeedAnswer | None = None
    """Whether it was met when that was last said."""
    answer_href: str = ""
    review_href: str = ""


# The standard (DAPB1605) asks for a review and leaves to each service how often: a year is ours, unconfirmed.
ASKED_AGAIN_AFTER = timedelta(days=365)


def needs_of(
    record: ChildRecord, *, answered_at: str = "", review_href: AddressOf = nowhere, on: date
) -> tuple[Need, ...]:
    """The communication needs of everybody of the family, flagged where nobody can miss them (DAPB1605).

    `answered_at` is where it is said whether they were met, the address before the person's.
    """
    return tuple(
        Need(
            person.name or "Not named yet",
            one.said,
            ask_again=asked_again_on(one) <= on,
            answer=one.answer,
            answer_href=f"{answered_at}{person.public_id}/" if answered_at else "",
            review_href=review_href(person, one),
        )
        for person in (record.child, *record.adults)
        for one in record.circumstances.get(person.person, ())
        if one.kind == COMMUNICATION and not one.declined
    )


def asked_again_on(one: CircumstanceShown) -> date:
    """When a need is gone through again: on the day that was said when it last was, or a year after."""
    if one.review and one.review.outcome == STILL_SO:
        return one.review.again_on or one.review.on + ASKED_AGAIN_AFTER
    return one.recorded_on + ASKED_AGAIN_AFTER


def told(one: CircumstanceShown, definition: Definition, *, review_href: str = "") -> Told:
    words = CATEGORIES.get(one.said, one.said) if one.kind == ETHNICITY else one.said
    return Told(
        label=item_in_words(one.kind, definition),
        words=CHOSE_NOT_TO_SAY if one.declined else words,
        since_on=one.since_on,
        source=sources_in_words(definition)[one.source],
        recorded_on=one.recorded_on,
        review=reviewed(one),
        review_href=review_href,
        ended_on=one.until_on,
    )


def reviewed(one: CircumstanceShown) -> Reviewed | None:
    last = one.review
    return Reviewed(REVIEWED[last.outcome], last.on, last.why, last.practitioner) if last else None


def sources_in_words(definition: Definition) -> dict[str, str]:
    """Who can have told us something, by code."""
    return {str(code): found.words for code, found in definition.vocabulary.sources.items()}


def item_in_words(item: str, definition: Definition) -> str:
    words = definition.vocabulary.items[item].words
    return words[:1].upper() + words[1:]
