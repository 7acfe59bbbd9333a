"""From what is recorded about people to the record page: plain values, in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from kept.notices.definition import Definition
from kept.record.circumstances.values import COMMUNICATION, ETHNICITY, CircumstanceShown, NeedAnswer
from kept.record.reads import ChildRecord
from kept.standards.ethnic_category import CATEGORIES

CHOSE_NOT_TO_SAY = "Chose not to say"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was told: what it is, in which words, since when, by whom, and when it was written down."""

    label: str
    words: str
    since_on: date | None
    source: str
    recorded_on: date


@dataclass(frozen=True, slots=True)
class ToldAbout:
    """Everything that was told about one person."""

    name: str
    told: tuple[Told, ...]


def told_about(record: ChildRecord) -> tuple[ToldAbout, ...]:
    """Of everybody of the family about whom something was told, the child first."""
    return tuple(
        ToldAbout(
            person.name or "Not named yet",
            tuple(told(one, record.definition) for one in record.circumstances[person.person]),
        )
        for person in (record.child, *record.adults)
        if person.person in record.circumstances
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


# The standard (DAPB1605) asks for a review and leaves to each service how often: a year is ours, unconfirmed.
ASKED_AGAIN_AFTER = timedelta(days=365)


def needs_of(record: ChildRecord, *, answered_at: str = "", on: date) -> tuple[Need, ...]:
    """The communication needs of everybody of the family, flagged where nobody can miss them (DAPB1605).

    `answered_at` is where it is said whether they were met, the address before the person's.
    """
    return tuple(
        Need(
            person.name or "Not named yet",
            one.said,
            ask_again=one.recorded_on + ASKED_AGAIN_AFTER <= on,
            answer=one.answer,
            answer_href=f"{answered_at}{person.public_id}/" if answered_at else "",
        )
        for person in (record.child, *record.adults)
        for one in record.circumstances.get(person.person, ())
        if one.kind == COMMUNICATION and not one.declined
    )


def told(one: CircumstanceShown, definition: Definition) -> Told:
    words = CATEGORIES.get(one.said, one.said) if one.kind == ETHNICITY else one.said
    return Told(
        label=item_in_words(one.kind, definition),
        words=CHOSE_NOT_TO_SAY if one.declined else words,
        since_on=one.since_on,
        source=sources_in_words(definition)[one.source],
        recorded_on=one.recorded_on,
    )


def sources_in_words(definition: Definition) -> dict[str, str]:
    """Who can have told us something, by code."""
    return {str(code): found.words for code, found in definition.vocabulary.sources.items()}


def item_in_words(item: str, definition: Definition) -> str:
    words = definition.vocabulary.items[item].words
    return words[:1].upper() + words[1:]
