"""Letting go of the ledger's own months, when nobody whom they name is held any more.

How long the list of who has looked is kept, the notices say; nothing goes under a rule that nobody has confirmed. The
leaves of what went stay in the seals, so what is left is verified as before (decision 0015).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connections, transaction

from kept.database.acting import here
from kept.notices.definition import Definition
from kept.notices.questions import keep_until
from kept.published.reads import definition_in_force
from kept.standards.days import day_of, start_of

ACCESS = "ledger.access"


class NotLetGo(Exception):
    """No month was let go; the words say why, and under which clause."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month that was let go; or, with people whom it names (`still_named`) or entries not sealed yet, was not."""

    name: str
    entries: int
    still_named: int
    gone: bool


def let_go(*, by: str, approved_by: str, until: date, at: datetime) -> tuple[Month, ...]:
    """Let go of the months that were over by a day, the oldest first, up to the first that has to stay.

    `by` and `approved_by` are two people's account addresses. Raises NotLetGo where a definition does not
    let them go.
    """
    if by == approved_by or not by.strip() or not approved_by.strip():
        raise NotLetGo("Two people let go of a part of the ledger. Name somebody else with --approved-by.")
    services, clauses = _services(until=until), set()
    for service in services:
        clauses |= _clauses(definition_in_force(service=service, on=day_of(at)).definition, on=day_of(at))
    if not services:
        return ()
    with transaction.atomic(using=here(), durable=True), connections[here()].cursor() as cursor:
        cursor.execute(
            "select month, entries, still_named, gone from ledger.let_go(%s, %s, %s, %s, %s)",
            [start_of(until), by, approved_by, sorted(clauses), at],
        )
        return tuple(Month(*row) for row in cursor.fetchall())


def _services(*, until: date) -> list[str]:
    """Whose entries there are from before a day."""
    with connections[here()].cursor() as cursor:
        cursor.execute("select ledger.services_before(%s)", [start_of(until)])
        return sorted(cursor.fetchone()[0])


def _clauses(definition: Definition, *, on: date) -> set[str]:
    """The clauses under which the list of who looked goes with the records; the database knows that those are gone."""
    kept = keep_until(definition, item=ACCESS, part="child", events={"end-of-record": on}, on=on)
    words = definition.table.words[kept.rests_on[0]]
    if not kept.rules:
        raise NotLetGo(f"Nothing says how long {definition.title} keeps the list of who has looked.")
    if not kept.confirmed:
        raise NotLetGo(
            f"{definition.title} says: “{words}” ({kept.rests_on[0]}). The rule behind it, {kept.rules[0]}, is not "
            "confirmed, and nothing is let go under a rule that is not. Confirm it in the record document first."
        )
    if not kept.over(on):
        raise NotLetGo(f"{definition.title} says: “{words}” ({kept.rests_on[0]}). That is not over yet.")
    return set(kept.rests_on)
