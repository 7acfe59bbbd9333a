"""Whose caseload a child is on, and who is on a caseload."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, entry, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_see
from kept.published.reads import definition_for
from kept.record.contacts.values import NEW_BIRTH_VISIT
from kept.record.episodes.reads import served_until
from kept.record.people.models import Death
from kept.record.people.reads import people_shown
from kept.record.people.values import PersonShown
from kept.standards.days import day_of

LISTED = frozenset(
    {"identity.name", "identity.date-of-birth", "identity.death", "care.contact", "care.episode"}
)
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A child on a caseload, whether the new birth visit has taken place, from when the child is too old, and whether
    the child died."""

    child: PersonShown
    visited: bool
    served_until_on: date | None
    died: bool = False


@dataclass(frozen=True, slots=True)
class CaseloadPage:
    """One page of a caseload: its children, youngest first, and how many there are in all."""

    children: tuple[Listed, ...]
    in_all: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.in_all // A_PAGE))


def open_caseload(*, by: Asker, purpose: str, page: int = 1, at: datetime) -> CaseloadPage:
    """The children on the caseloads of the asker's teams: one entry, which names everyone it shows.

    Raises Refused where the asker's role has no caseload.
    """
    on = day_of(at)
    decision = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="team",
        part="child",
        items=LISTED,
        purpose=purpose,
        on=on,
    )
    if not decision:
        refuse(by=by, act="open a caseload", purpose=purpose, decision=decision, at=at)
    found, in_all = _on_caseload(by=by, page=page, at=at)
    if not found:
        return CaseloadPage((), in_all, page)
    allowed = [Allowed(person, read=decision.allowed) for person, _ in found]
    persons = [person for person, _ in found]
    with entry(by=by, act="open a caseload", purpose=purpose, allowed=allowed, at=at):
        shown = {p.person: p for p in people_shown(persons=persons, child=0, on=on)}
        visited, until_on, died = _visited(persons), served_until(children=persons), _died(persons)
    children = tuple(Listed(shown[p], p in visited, until_on.get(p), p in died) for p in persons)
    return CaseloadPage(children, in_all, page)


def _on_caseload(*, by: Asker, page: int, at: datetime) -> tuple[list[tuple[int, UUID]], int]:
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select person, public_id, in_all from ledger.caseload(%s, %s, %s, %s)",
            [by.token, (page - 1) * A_PAGE, A_PAGE, at],
        )
        rows = cursor.fetchall()
    return [(person, public_id) for person, public_id, _ in rows], rows[0][2] if rows else 0


def _visited(persons: list[int]) -> frozenset[int]:
    with connections[here()].cursor() as cursor:
        cursor.execute(
            "select person_id from record_contact where kind = %s and person_id = any (%s) and corrected_at is null",
            [NEW_BIRTH_VISIT, persons],
        )
        return frozenset(person for (person,) in cursor.fetchall())


def _died(persons: list[int]) -> frozenset[int]:
    died = Death.objects.filter(person_id__in=persons, until_on=None)
    return frozenset(died.values_list("person_id", flat=True))
