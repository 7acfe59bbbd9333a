"""Notices given, as they are shown and as they are said; and letters that told of one."""

from dataclasses import dataclass
from datetime import date

from kept.record.people.values import PersonShown


@dataclass(frozen=True, slots=True)
class NoticeGivenNow:
    """What is said about the notice: its version, format and day; or, without a version, why it was not given."""

    version_id: int | None = None
    format: str = ""
    on: date | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """One thing said about the notice: given in a format on a day, or why not."""

    version_id: int
    dated: date
    format: str
    on: date | None
    why_not: str
    said_on: date


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter or a message that told one person of a version of the notice."""

    person: int
    version_id: int
    dated: date
    way: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class NoticesShown:
    """What is recorded about the notice: what was said last, the version given last, and whom letters told.

    `told` are the numbers of those of the family who were given, or written to about, the version in force.
    """

    last: NoticeShown | None = None
    given: NoticeShown | None = None
    letters: tuple[LetterShown, ...] = ()
    told: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class NotYetTold:
    """A child whose family has not been told of the notice in force, since when, and what they had last."""

    child: PersonShown
    waiting_since_on: date
    notices: NoticesShown


@dataclass(frozen=True, slots=True)
class NotYetToldPage:
    """One page of the families who have not been told, and how many there are in all."""

    families: tuple[NotYetTold, ...]
    in_all: int
    page: int
    pages: int
