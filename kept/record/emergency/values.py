"""Whom to call in an emergency: as it is said, and as it is shown under that purpose alone."""

from dataclasses import dataclass
from datetime import date

from kept.record.families.values import ALL_RELATIONSHIPS
from kept.record.people.values import PersonShown

EMERGENCY = "emergency"
KINDS = tuple(code for code in ALL_RELATIONSHIPS if code not in ("other-child", "lodger"))
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewEmergencyContact:
    """One name, one phone number, and what they are to the child: nothing else."""

    name: str
    phone: str
    kind: str
    source: str = "the-person"


@dataclass(frozen=True, slots=True)
class InAnEmergency:
    """A child, and whom to call; nobody where nobody was named."""

    child: PersonShown
    contact: PersonShown | None
    since_on: date | None
