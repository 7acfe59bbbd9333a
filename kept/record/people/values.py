"""A person as others see them: frozen, with what is withheld left empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person of a family as one asker may see them. A field that is withheld, or not held, is empty."""

    person: int
    public_id: UUID
    part: str
    given: str = ""
    family: str = ""
    born_on: date | None = None
    sex: str = ""
    gender: str = ""
    nhs_number: str = ""
    nhs_number_status: str = ""
    address: str = ""
    postcode: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    gp_practice: str = ""
    gp_phone: str = ""
    relationship: str = ""
    parental_responsibility: bool | None = None
    withheld: Mapping[str, str] = field(default_factory=dict)
    """Item → the clause or law entry under which it is not shown."""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given, self.family) if part)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be registered: what a message or a form says about them."""

    part: str
    given: str
    family: str
    born_on: date | None = None
    sex: str = ""
    gender: str = ""
    nhs_number: str = ""
    nhs_number_status: str = ""
    address: str = ""
    postcode: str = ""
    authority: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    relationship: str = ""
    parental_responsibility: bool | None = None
    lives_with: bool | None = None

    def items_held(self) -> frozenset[str]:
        """The items of the vocabulary that this person's details fall under."""
        held = {
            "identity.name": self.given or self.family,
            "identity.date-of-birth": self.born_on,
            "identity.sex": self.sex,
            "identity.gender": self.gender,
            "identity.nhs-number": self.nhs_number,
            "identity.address": self.address or self.postcode,
            "contact.phone": self.phones,
            "contact.email": self.emails,
        }
        return frozenset(item for item, value in held.items() if value)
