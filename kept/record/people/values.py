"""A person as others see them: frozen, with what is withheld left empty."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

YES, NO, NOT_ASKED = "yes", "no", "not-asked"


@dataclass(frozen=True, slots=True)
class RestrictionShown:
    """That somebody ('person'), or where they live ('address'), must not be known beyond a child's record; and why."""

    id: int
    what: str
    reason: str
    since_on: date


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person of a family as one asker may see them. A field that is withheld, or not held, is empty.

    `address` is never a restricted one: what prints, sends or compares an address finds none there.
    """

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
    numbers_to_check: tuple[str, ...] = ()
    """NHS numbers that were said of them and are not on the record until somebody has looked."""
    address: str = ""
    postcode: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    gp_practice: str = ""
    gp_phone: str = ""
    relationship: str = ""
    safe_to_use: Mapping[str, str] = field(default_factory=dict)
    """Each phone number and email address → 'yes', 'no' or 'not-asked': whether its owner said that it is safe."""
    restricted_address: str = ""
    restricted_postcode: str = ""
    restrictions: tuple[RestrictionShown, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)
    """Item → the clause or law entry under which it is not shown."""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given, self.family) if part)

    @property
    def safe_phones(self) -> tuple[str, ...]:
        """The numbers that a call or a text message may go to."""
        return tuple(number for number in self.phones if self.safe_to_use.get(number) == YES)

    @property
    def safe_emails(self) -> tuple[str, ...]:
        """The addresses that an email may go to."""
        return tuple(email for email in self.emails if self.safe_to_use.get(email) == YES)

    @property
    def address_is_hidden(self) -> bool:
        """Whether where they live is restricted: a new address of theirs is so too."""
        return bool(self.restricted_postcode or self.restricted_address) or any(
            one.what == "address" for one in self.restrictions
        )

    @property
    def home(self) -> tuple[str, str]:
        """Where they live, restricted or not: to compare with, never to show."""
        if self.restricted_address or self.restricted_postcode:
            return self.restricted_address, self.restricted_postcode
        return self.address, self.postcode


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
    also: frozenset[str] = frozenset()
    """Items that the caller itself writes of them within the entry that registers them."""

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
        return self.also | {item for item, value in held.items() if value}
