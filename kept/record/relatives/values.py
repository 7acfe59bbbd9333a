"""Somebody of a family about to be written down, and how they belong to the child, as it was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kept.notices.definition import Definition
from kept.record.families.values import ALL_RELATIONSHIPS, OTHER_RELATIONSHIPS, FamilyTies, Sibling
from kept.record.people.values import PersonShown

RELATIVE, OTHER_CHILD = "relative", "other-child"
_SISTERS_AND_BROTHERS = ("ORS", "ORB", "step-or-half-sister", "step-or-half-brother")
# What each part of a family can be to the child, by code, in the order in which a form offers them.
KINDS: Mapping[str, tuple[str, ...]] = {
    RELATIVE: (
        "GPM", "GPF", "ORA", "ORU", *_SISTERS_AND_BROTHERS, "cousin", "ORO", "SPM", "SPF", "friend", "lodger", "OTX",
    ),
    OTHER_CHILD: (*_SISTERS_AND_BROTHERS, "cousin", "other-child"),
    "parent": tuple(code for code in ALL_RELATIONSHIPS if code not in (*OTHER_RELATIONSHIPS, "ORS", "ORB")),
}  # fmt: skip
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewRelative:
    """Somebody of the family: a relative, or another child. `from_on` is since when, where that was told."""

    part: str
    given: str
    family: str
    kind: str
    lives_here: bool = False
    born_on: date | None = None
    from_on: date | None = None
    source: str = "the-person"


@dataclass(frozen=True, slots=True)
class NewTie:
    """How somebody belongs to the child from a day on; None is: nothing was said. With `ended_on`, that they do not."""

    kind: str
    responsible: bool | None = None
    evidence: str = ""
    lives_here: bool | None = None
    from_on: date | None = None
    ended_on: date | None = None
    source: str = "the-person"


@dataclass(frozen=True, slots=True)
class FamilyShown:
    """A child's family as one asker may see it: who they are, and how they belong together."""

    child: PersonShown
    people: tuple[PersonShown, ...]
    siblings: tuple[Sibling, ...]
    ties: FamilyTies
    shows_household: bool
    definition: Definition
