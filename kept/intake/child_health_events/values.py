"""What a message says, as frozen values. Nothing here is guessed: what a message leaves out stays empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kept.intake.child_health_events.catalogue import Change
from kept.intake.faults import Fault
from kept.record.assessments.values import Told
from kept.standards import nhs_number


@dataclass(frozen=True, slots=True)
class Name:
    use: str  # official, usual, nickname, maiden, old, temp, anonymous, or nothing
    family: str
    given: tuple[str, ...]
    text: str = ""  # the whole name as one text, where a sender gives it


@dataclass(frozen=True, slots=True)
class Number:
    """An NHS number as it was sent, with its verification status (01 to 08, or nothing)."""

    said: str
    status: str

    @property
    def digits(self) -> str:
        """The ten digits, or nothing where what was sent is no NHS number."""
        return nhs_number.parse(self.said) if nhs_number.is_valid(self.said) else ""


@dataclass(frozen=True, slots=True)
class LocalNumber:
    """What an organisation calls a child in its own system: the only number a baby has in its first days."""

    value: str
    given_by: str  # ODS code of the organisation


@dataclass(frozen=True, slots=True)
class Address:
    use: str  # home, work, temp, old, or nothing
    lines: tuple[str, ...]
    city: str
    district: str  # the local authority, in the sender's words
    postcode: str
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Telecom:
    system: str  # phone, email, sms, and the like
    value: str
    use: str  # home, work, mobile, or nothing


@dataclass(frozen=True, slots=True)
class Child:
    names: tuple[Name, ...]
    number: Number | None
    local_numbers: tuple[LocalNumber, ...]
    born_on: date | None
    born_at: datetime | None
    gender: str  # male, female, other, unknown, or nothing
    addresses: tuple[Address, ...]

    @property
    def name(self) -> Name | None:
        """The name to register: the official one, else the usual one, else the first."""
        return main_name(self.names)

    @property
    def home(self) -> Address | None:
        """Where the child lives: the address marked home, else the first that is not marked."""
        return home_of(self.addresses)


@dataclass(frozen=True, slots=True)
class Birth:
    """What a birth message tells besides who was born."""

    gestation_days: int | None
    weight_grams: int | None
    order: int | None  # 1 for the first-born of twins, and for a child born alone
    babies: int | None  # born at this delivery
    place: str  # ODS code of the site


@dataclass(frozen=True, slots=True)
class RelatedPerson:
    """A parent, carer or relative. A flag left out is None: senders give only those that hold."""

    relationship: str  # a code of catalogue.RELATIONSHIPS, or nothing
    names: tuple[Name, ...]
    number: Number | None
    born_on: date | None
    gender: str
    telecoms: tuple[Telecom, ...]
    addresses: tuple[Address, ...]
    household_member: bool | None
    parental_responsibility: bool | None
    significant: bool | None

    @property
    def name(self) -> Name | None:
        return main_name(self.names)

    @property
    def home(self) -> Address | None:
        return home_of(self.addresses)


@dataclass(frozen=True, slots=True)
class Message:
    """One event about one child. Without a fault, nothing that registering needs is empty."""

    id: str
    digest: str  # SHA-256 of what the message says, whatever its spacing and the order of its keys
    event: str  # a code of catalogue.EVENTS, or nothing
    change: Change | None
    version: int | None  # counts up for one sender, child and event
    sent_at: datetime | None
    sender: str  # ODS code of the organisation responsible
    sender_name: str  # what it is called, or its code
    focus: str  # the id of what the message is about: a newer version of the message has the same
    child: Child | None
    birth: Birth | None  # only of a birth message
    contacts: tuple[RelatedPerson, ...]
    told: tuple[Told, ...] = ()  # of a child who is known
    left_out: tuple[str, ...] = ()  # what goes nowhere, by code


@dataclass(frozen=True, slots=True)
class Reading:
    """All that could be read of some bytes, and all that is wrong with them."""

    message: Message | None  # None where the bytes hold no message at all
    faults: tuple[Fault, ...]


def main_name(names: tuple[Name, ...]) -> Name | None:
    """The official name, else the usual one, else the first; a former name only where there is no other."""
    ranks = {"official": 0, "usual": 1, "": 2, "old": 4, "maiden": 4}
    return min(names, key=lambda name: ranks.get(name.use, 3), default=None)


def home_of(addresses: tuple[Address, ...]) -> Address | None:
    """The address marked home, else the first unmarked one; never one that has ended."""
    current = [address for address in addresses if address.until_on is None]
    for use in ("home", ""):
        for address in current:
            if address.use == use:
                return address
    return None
