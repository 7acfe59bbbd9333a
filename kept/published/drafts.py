"""A draft as it is read, and who signs for one: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Self

from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.published.models import Draft as Stored


class NoSuchDraft(Exception):
    """No draft of this service has the number."""


class NotPossible(Exception):
    """What was asked for cannot be done with the draft as it stands; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs for what they do with a draft."""

    asker: Asker
    address: str  # of their account: it is what stays written down


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody proposed, and what became of it; without its texts."""

    id: int
    service: str
    dated: date
    from_on: date
    hash: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str
    approved_at: datetime | None
    version: int | None  # the number of the version that it was published as
    withdrawn_by: str
    withdrawn_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it waits: neither published nor withdrawn."""
        return self.version is None and self.withdrawn_at is None

    @classmethod
    def of(cls, stored: Stored) -> Self:
        return cls(
            id=stored.pk,
            service=stored.service,
            dated=stored.dated,
            from_on=stored.in_force_from,
            hash=stored.hash,
            proposed_by=stored.proposed_by,
            proposed_at=stored.proposed_at,
            approved_by=stored.approved_by or "",
            approved_at=stored.approved_at,
            version=stored.version_id,
            withdrawn_by=stored.withdrawn_by or "",
            withdrawn_at=stored.withdrawn_at,
        )


def understood(texts: Mapping[str, str], *, service: str) -> Definition:
    """The definition that a draft's texts are; the last few are kept, for reading one takes a second.

    Raises Faulty with every error.
    """
    return _understood(tuple(sorted(texts.items())), service)


@lru_cache(maxsize=8)
def _understood(texts: tuple[tuple[str, str], ...], service: str) -> Definition:
    return load(dict(texts), service=service)
