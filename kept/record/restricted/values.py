"""Who, and whose address, is restricted: as a page says it and shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from kept.record.people.values import PersonShown

WHAT = {"address": "Where they live", "person": "That they are known to us at all"}
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class NewRestriction:
    """Somebody of a child's family, or where they live, is not to be known beyond the records of these children.

    `beside` are further children of theirs on whose records they stay; the child of the page is always one.
    """

    person: UUID
    what: str
    reason: str
    beside: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class FamilyToHide:
    """A child's family as whoever may restrict it sees it, and the other children of each adult."""

    child: PersonShown
    people: tuple[PersonShown, ...]
    other_children: tuple[PersonShown, ...]
    parents_of: Mapping[int, tuple[int, ...]]
    """Other child's number → those of the family whose child they are."""
