"""What is looked for, and who is found: frozen, as one asker may see them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kept.record.search.keys import words_of

MOST = 50


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody is looked for by; all that is given must fit. The NHS number is ten digits."""

    name: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    postcode: str = ""

    def items(self) -> frozenset[str]:
        """The items of the vocabulary that are searched by: they must be open to whoever searches."""
        given = {
            "identity.name": words_of(self.name),
            "identity.date-of-birth": self.born_on,
            "identity.nhs-number": self.nhs_number,
            "identity.address": self.postcode,
        }
        return frozenset(item for item, value in given.items() if value)


@dataclass(frozen=True, slots=True)
class ChildBeside:
    """A child of an adult who was found, and what the adult is to the child."""

    public_id: UUID
    name: str
    relationship: str


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody who fits. An adult has no record but those of their children."""

    public_id: UUID
    part: str
    name: str
    born_on: date | None
    teams: tuple[str, ...]
    children: tuple[ChildBeside, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a search shows, by name; `more` where more fit than it shows."""

    people: tuple[PersonFound, ...] = ()
    more: bool = False
