"""A letter to one person, before it is written; and whether and how somebody can be written to."""

from dataclasses import dataclass
from uuid import UUID

POST, EMAIL, TEXT = "post", "email", "text"
# What a letter or a message needs of the one it goes to, and of nobody else.
NEEDS = {
    POST: frozenset({"identity.name", "identity.address"}),
    EMAIL: frozenset({"identity.name", "contact.email"}),
    TEXT: frozenset({"identity.name", "contact.phone"}),
}


@dataclass(frozen=True, slots=True)
class Correspondent:
    """One person, and where a letter or a message may go: their own address, and what they said is safe to use.

    `had` is the number of the version that they, or the family, were told of last; None where they were of none.
    `ways` are those that the notice lets this service use at all, `written` those in which they were told of the
    version in force already.
    """

    person: int
    public_id: UUID
    name: str
    address: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    had: int | None = None
    ways: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    died: bool = False
    """Whether they, or the child, died: nothing is sent then."""

    def reached_at(self, way: str) -> tuple[str, ...]:
        """Where a letter of this way goes: the lines of an address, or one email address, or one number."""
        return {POST: self.address, EMAIL: self.emails[:1], TEXT: self.phones[:1]}[way]


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter about to be sent: made once by the form, so that a form sent twice sends it once."""

    letter_id: UUID
    way: str
