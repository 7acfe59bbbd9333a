"""Which definition is in force: read once from the database, then kept, since a published one never changes."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connections

from kept.database.acting import here
from kept.notices.asker import Asker
from kept.notices.decision import Refused
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.published.drafts import Draft, NoSuchDraft, Signatory, understood
from kept.published.models import Definition as Stored
from kept.published.models import Draft as StoredDraft
from kept.published.rules import in_the_way, may_govern
from kept.standards.days import day_of


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


def governed(*, by: Signatory, at: datetime) -> Published:
    """The version in force of the service that somebody prepares notices for.

    Raises Refused where they may not, NothingInForce.
    """
    on = day_of(at)
    current = definition_for(by=by.asker, on=on)
    decision = may_govern(current.definition, by=by.asker, on=on)
    if not decision:
        raise Refused(decision)
    return current


def drafts(*, by: Signatory, at: datetime) -> tuple[Draft, ...]:
    """Every draft of the asker's service, the newest first. Raises Refused."""
    governed(by=by, at=at)
    found = StoredDraft.objects.defer("texts").filter(service=by.asker.service).order_by("-id")
    return tuple(map(Draft.of, found))


def draft(*, by: Signatory, number: int, at: datetime) -> tuple[Draft, Definition]:
    """One draft of the asker's service, with the definition that it is. Raises Refused, NoSuchDraft."""
    governed(by=by, at=at)
    stored = StoredDraft.objects.filter(service=by.asker.service, id=number).first()
    if stored is None:
        raise NoSuchDraft
    return Draft.of(stored), understood(stored.texts, service=stored.service)


def understood_draft(number: int) -> Definition:
    """The definition that a draft is, for a command that shows nothing of whose it is. Raises NoSuchDraft."""
    stored = StoredDraft.objects.filter(id=number).first()
    if stored is None:
        raise NoSuchDraft(f"There is no draft {number}. The workbench lists the drafts of a service.")
    return understood(stored.texts, service=stored.service)


def what_is_in_the_way(
    definition: Definition, *, by: Signatory, proposed_by: str, approved_by: str = "", at: datetime
) -> tuple[str, ...]:
    """Why a draft cannot be published today, in sentences; with `approved_by`, by them. Raises Refused."""
    published_ones = Stored.objects.filter(service=definition.service)
    return in_the_way(
        definition,
        proposed_by=proposed_by,
        approved_by=approved_by,
        before=governed(by=by, at=at).definition,
        begun=set(published_ones.values_list("in_force_from", flat=True)),
        published=set(published_ones.values_list("hash", flat=True)),
        on=day_of(at),
    )


def unlike_what_was_published(*, on: date) -> str:
    """Why the notices in force on a day cannot be served by, in few words; nothing where they can.

    What was loaded once is not loaded again, so it can be asked often. Raises Faulty, django.db.Error.
    """
    services = Stored.objects.order_by("service").values_list("service", flat=True).distinct()
    try:
        in_force = [definition_in_force(service=service, on=on) for service in services]
    except NothingInForce:
        return "no notice is in force"
    hashes = dict(Stored.objects.filter(id__in=[one.id for one in in_force]).values_list("id", "hash"))
    if any(hashes[one.id] != one.definition.hash for one in in_force):
        return "a notice in force is not what was published"
    return "" if in_force else "no notice is in force"
