"""A family about to be registered, and how relationships are said in words."""

from dataclasses import dataclass

from kept.record.people.values import NewPerson

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


@dataclass(frozen=True, slots=True)
class NewFamily:
    """A child, the adults who belong to the child, and the team that will look after them, or none where that stays.

    `known_child` is the child's number where the caller knows it otherwise than by NHS number.
    """

    child: NewPerson
    adults: tuple[NewPerson, ...]
    team_id: int | None
    known_child: int | None = None
