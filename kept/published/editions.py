"""The versions of each notice as a reader meets them: numbered, dated, each readable for ever."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kept.published.models import Definition as Stored

# How much of a hash stands in an address: enough that no two versions of a notice are ever taken for each other.
SHORT = 12


class NoSuchEdition(Exception):
    """Nothing was ever published under this service, date and hash."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version, without its texts."""

    id: int  # in the database
    number: int  # the first version of a service's notice that was published is 1
    service: str
    title: str
    dated: date
    from_on: date
    until_on: date | None  # the first day on which it is no longer in force; None where no end is known
    hash: str

    @property
    def short_hash(self) -> str:
        return self.hash[:SHORT]

    def in_force(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


def editions(*, service: str = "") -> tuple[Edition, ...]:
    """Every version ever published of one service's notice, or of every service's; the newest of each first."""
    stored = Stored.objects.defer("texts").order_by("service", "in_force_from")
    if service:
        stored = stored.filter(service=service)
    return tuple(
        edition
        for _, versions in groupby(stored, key=lambda one: one.service)
        for edition in reversed(_in_order(list(versions)))
    )


def edition(*, service: str, dated: date, short_hash: str) -> Edition:
    """The version at an address.

    Raises NoSuchEdition.
    """
    for found in editions(service=service):
        if found.dated == dated and found.short_hash == short_hash:
            return found
    raise NoSuchEdition


def _in_order(versions: list[Stored]) -> list[Edition]:
    """From the first in force to the last: a version ends where the next one begins, or where it says itself."""
    published = sorted(version.id for version in versions)
    begins = [version.in_force_from for version in versions[1:]]
    return [
        Edition(
            id=version.id,
            number=published.index(version.id) + 1,
            service=version.service,
            title=version.title,
            dated=version.dated,
            from_on=version.in_force_from,
            until_on=min((day for day in (version.in_force_until, next_on) if day), default=None),
            hash=version.hash,
        )
        for version, next_on in zip(versions, [*begins, None], strict=True)
    ]
