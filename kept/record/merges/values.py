"""Two records that may be of one person: why it seems so, what each says, and what somebody said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.record.people.values import PersonShown

# What speaks for it: code → words.
REASONS: Mapping[str, str] = {
    "number": "The same NHS number was said of both",
    "name": "The same name",
    "born-on": "The same date of birth",
    "postcode": "The same postcode",
    "no-number": "One of them has no NHS number",
    "no-name": "One of them has no first name",
}
MOST_LETTERS = 1_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two people who may be one, the one whom we have known longer first, with what speaks for it.

    There is no `other` where somebody else is not to be named: an NHS number was said of two, and waits.
    """

    one: PersonShown
    other: PersonShown | None
    reasons: tuple[str, ...]
    teams: tuple[str, ...] = ()
    """The teams of `one`, where there is no other to compare with: whom to ask."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs who may be one, and before which person there are more people to look through; None where that is all."""

    pairs: tuple[Candidate, ...] = ()
    further: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of two records: that they are of one person, or of two, and why."""

    same: bool
    why: str
    since_on: date
    first: UUID
    """Of one person: whose record is opened. The other's is shown in it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two people beside each other, with who belongs to each, and what was said of the two."""

    one: PersonShown
    other: PersonShown
    teams: Mapping[int, tuple[str, ...]]  # by person
    said: Said | None
