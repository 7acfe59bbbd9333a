"""A family about to be registered, and how relationships are said in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kept.record.people.values import NewPerson, PersonShown

# NHS Data Dictionary: MAIN CARER RELATIONSHIP.
RELATIONSHIPS = {
    "BPM": "Mother",
    "BPF": "Father",
    "BPX": "Parent",
    "SPM": "Step-mother",
    "SPF": "Step-father",
    "APM": "Adoptive mother",
    "APF": "Adoptive father",
    "FPM": "Foster mother",
    "FPF": "Foster father",
    "GPM": "Grandmother",
    "GPF": "Grandfather",
    "ORA": "Aunt",
    "ORU": "Uncle",
    "ORS": "Sister",
    "ORB": "Brother",
    "ORO": "Other relative",
    "RCX": "Residential carer",
    "OTX": "Other carer",
}
# What somebody can be beside a carer, in codes of our own.
OTHER_RELATIONSHIPS = {
    "step-or-half-sister": "Step-sister or half-sister",
    "step-or-half-brother": "Step-brother or half-brother",
    "cousin": "Cousin",
    "friend": "Friend of the family",
    "lodger": "Someone who lives in the home",
    "other-child": "Another child in the home",
}
ALL_RELATIONSHIPS = RELATIONSHIPS | OTHER_RELATIONSHIPS

# What can be seen that shows parental responsibility (Children Act 1989, sections 2, 4, 4A, 5, 12 and 14C; Adoption and
# Children Act 2002, section 46; Human Fertilisation and Embryology Act 2008, section 54).
EVIDENCE = {
    "birth-certificate": "Birth certificate that names them",
    "agreement": "Parental responsibility agreement",
    "court-order": "Court order",
    "adoption-certificate": "Adoption certificate",
    "parental-order": "Parental order",
    "guardianship": "Appointment as guardian",
}


@dataclass(frozen=True, slots=True)
class NewFamily:
    """A child, the adults who belong to the child, and the team that will look after them, or none where that stays.

    `known_child` is the child's number where the caller knows it otherwise than by NHS number. `public_id` is the
    address that the record of a new child is given; one is made where it is none.
    """

    child: NewPerson
    adults: tuple[NewPerson, ...]
    team_id: int | None
    known_child: int | None = None
    public_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Whether somebody has parental responsibility, what was seen that says so ('' for nothing), and who told us."""

    responsible: bool
    evidence: str
    since_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Lived:
    """For how long somebody lived in the home; `until_on` is the first day on which they did not."""

    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class FamilyTies:
    """How the people of a child's family belong together, by person; what is withheld is not there."""

    responsibility: Mapping[int, Responsibility] = field(default_factory=dict)
    lives_since: Mapping[int, date] = field(default_factory=dict)
    lived: Mapping[int, Lived] = field(default_factory=dict)
    since: Mapping[int, date] = field(default_factory=dict)
    """Since when each is to the child what they are, as far as that was said."""
    others: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Each carer's other children, of those whom the asker may see."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another child of a carer of the child's, with a record of their own, and through whom: the carers' numbers."""

    child: PersonShown
    through: tuple[int, ...]
