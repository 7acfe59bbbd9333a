"""Which definition is in force: read once from the database, then kept, since a published one never changes."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connections

from kept.database.acting import here
from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.published.models import Definition as Stored


class NothingInForce(Exception):
    """No notice of this service is in force on the day: nothing may be done until one is published."""

    def __init__(self, service: str, on: date) -> None:
        super().__init__(
            f"No notice of {service} is in force on {on}. Publish one with: kept notice publish {service}"
        )


@dataclass(frozen=True, slots=True)
class Published:
    """A stored version: its number in the database, and the definition it holds."""

    id: int
    definition: Definition


def definition_in_force(*, service: str, on: date) -> Published:
    """The version of a service's notice that came into force last, by the end of `on`.

    Raises NothingInForce.
    """
    with connections[here()].cursor() as cursor:
        cursor.execute("select published_in_force(%s, %s)", [service, on])
        (number,) = cursor.fetchone()
    if number is None:
        raise NothingInForce(service, on)
    return published(number)


def definition_for(*, by: Asker, on: date) -> Published:
    """The version that binds an asker: the one that the database found in force together with the asker.

    Raises NothingInForce.
    """
    if by.definition is None:
        raise NothingInForce(by.service, on)
    return published(by.definition)


@lru_cache(maxsize=64)
def published(number: int) -> Published:
    """The stored version with this number, loaded and compiled: once a process, for it never changes."""
    stored = Stored.objects.get(id=number)
    return Published(stored.id, load(stored.texts, service=stored.service))


def versions(*, service: str) -> tuple[Stored, ...]:
    """Every version ever published of a service's notice, newest first."""
    return tuple(Stored.objects.filter(service=service).order_by("-in_force_from"))
