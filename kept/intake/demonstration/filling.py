"""Filling a database with demonstration families: many in one entry, under the locks that hold for everybody.

A batch of families is registered in one entry. What belongs to it and is somebody else's to record (a practitioner's,
the other service's) follows in entries of their own; the batch says what is left. So what is cut off is found again:
nothing is half-done, nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connections

from kept.database.acting import acting_as, here
from kept.intake.demonstration.batches import Batch, Begun, again, batches, first_gap, note
from kept.intake.demonstration.families import Family
from kept.intake.demonstration.households import record_of, whole_family, youngest_alone
from kept.intake.demonstration.plans import LOOKED_AFTER, TWO_SERVICES
from kept.intake.demonstration.working import work_through
from kept.intake.models import Bundle, Demonstration, DemonstrationBatch
from kept.notices.asker import Asker
from kept.notices.questions import may_collect
from kept.published.reads import definition_for
from kept.record.circumstances.together import recording_together
from kept.record.circumstances.values import NewCircumstance
from kept.record.families.together import registering_together
from kept.record.people.values import NewPerson
from kept.staff.reads import teams_for
from kept.standards import postcodes
from kept.standards.days import day_of

SECOND_SERVICE = "second-service"
LOOKED_AFTER_SAID = NewCircumstance(
    kind="circumstances.looked-after",
    said="Looked after by the council under a care order, and placed with foster carers.",
    source="social-care-organisation",
)
STRIKE = """
update intake_demonstration_batch set "left" = array_remove("left", %s) where number = %s and %s = any ("left")
"""


class NoDemonstration(Exception):
    """This database cannot take these families; the message says why, and what to do."""


class _DoneMeanwhile(Exception):
    """Another run did this: what we wrote is undone."""


@dataclass(frozen=True, slots=True)
class Askers:
    """Who registers, and who tells what a message does not: practitioners by their teams; one of the second service."""

    intake: Asker
    practitioners: Mapping[int, Asker]
    second_service: Asker
    second_team: int


@dataclass(frozen=True, slots=True)
class Filled:
    """How many children are held now, and how many of them were added."""

    children: int
    added: int


def begin(*, by: Asker, seed: int, day_on: date, at: datetime) -> Begun:
    """Begin a demonstration where nobody is held yet, or find the one that is there. Raises NoDemonstration."""
    if (held := begun()) is None:
        with connections[here()].cursor() as cursor:
            empty = not Bundle.objects.exists()
            if empty:
                cursor.execute(
                    "select ledger.begin_demonstration(%s, %s, %s, %s)", [by.token, seed, day_on, at]
                )
                ((empty,),) = cursor.fetchall()
        if not empty:
            raise NoDemonstration(
                "This database holds people or messages already, and invented families never come beside real ones. "
                "Name an empty database, or another KEPT_HOME."
            )
        return Begun(seed, day_on, 0)
    if held.seed != seed:
        raise NoDemonstration(
            f"This database holds the demonstration of seed {held.seed}. Name that seed to go on with it, or another "
            "KEPT_HOME for another one."
        )
    return held


def begun() -> Begun | None:
    """The demonstration that this database holds, if it does."""
    row = Demonstration.objects.first()
    if row is None:
        return None
    reached = DemonstrationBatch.objects.order_by("-families_after").values_list("children_after", flat=True)
    return Begun(row.seed, row.day_on, reached.first() or 0)


def fill(
    *,
    asking: Callable[[], Askers],
    held: Begun,
    children: int,
    now: Callable[[], datetime],
    progress: Callable[[int], None],
) -> Filled:
    """Go on until so many children are held. `asking` answers who asks, signed in, at any moment.

    `progress` is told how many children are held. However many runs fill a database, nobody is there twice.
    """
    present = {row.number: row for row in DemonstrationBatch.objects.all()}
    there = before = sum(row.children_after - row.children_before for row in present.values())
    filling = _Filling(held, asking, now)
    for row in present.values():
        filling.tell_the_rest(again(row, held), row.left)
    progress(there)

    def done(batch: Batch) -> None:
        nonlocal there
        there += batch.after.children - batch.before.children
        progress(there)

    until = max(children, held.up_to)
    missing = (
        batch
        for batch in batches(first_gap(present), held=held, until=until, cuts=present.keys())
        if batch.before.families not in present
    )
    work_through(missing, work=filling.fill_in, done=done)
    return Filled(there, there - before)


class _Filling:
    """One run's way to fill a database, whatever thread it is in."""

    def __init__(self, held: Begun, asking: Callable[[], Askers], now: Callable[[], datetime]) -> None:
        self._held = held
        self._asking = asking
        self._now = now
        self._teams: dict[str, int] = {}

    def fill_in(self, batch: Batch) -> None:
        """Register the families of a batch, then what others tell of them."""
        by = self._asking().intake
        families = [whole_family(one, team_id=self._team_of(one)) for one in batch.families]
        left, source = self._to_tell(batch), "health-organisation"
        with acting_as("intake"):
            try:
                _need_not_wait_for_the_disk()
                with registering_together(
                    by=by, families=families, purpose=by.service, source=source, at=self._now()
                ) as opened:
                    note(batch, opened, left)
            except IntegrityError:
                if DemonstrationBatch.objects.filter(number=batch.before.families).exists():
                    return  # another run was quicker
                raise
        self.tell_the_rest(batch, left)

    def tell_the_rest(self, batch: Batch, left: Sequence[str]) -> None:
        """Let whoever may tell it tell what is left of a batch."""
        for step in left:
            tell = self._tell_second_service if step == SECOND_SERVICE else self._tell_looked_after
            with acting_as("default"), suppress(_DoneMeanwhile):
                tell(batch, step)

    def _to_tell(self, batch: Batch) -> list[str]:
        """What of a batch is not for the process that reads messages: a team's (its number), the second service's."""
        teams = {str(self._team_of(one)) for one in batch.families if one.kind == LOOKED_AFTER}
        second = [SECOND_SERVICE] if any(one.kind == TWO_SERVICES for one in batch.families) else []
        return [*sorted(teams), *second]

    def _tell_looked_after(self, batch: Batch, team: str) -> None:
        """A practitioner of the team writes down what social care told of the children who are looked after."""
        told = {
            record_of(family, baby): LOOKED_AFTER_SAID
            for family in batch.families
            if family.kind == LOOKED_AFTER and str(self._team_of(family)) == team
            for baby in family.children
        }
        with recording_together(
            by=self._asking().practitioners[int(team)],
            told=told,
            purpose="keep-safe",
            source=LOOKED_AFTER_SAID.source,
            at=self._now(),
        ):
            _strike(batch, team)

    def _tell_second_service(self, batch: Batch, step: str) -> None:
        """The second service registers the younger of two siblings; the first learns nothing of it."""
        askers, at, source = self._asking(), self._now(), "the-person"
        by, on = askers.second_service, day_of(at)
        definition = definition_for(by=by, on=on).definition

        def holds(new: NewPerson) -> frozenset[str]:
            asked: dict[str, Any] = {"standing": "new", "part": new.part, "items": new.items_held()}
            return may_collect(definition, by=by, purpose=by.service, source=source, on=on, **asked).allowed

        families = [
            youngest_alone(family, team_id=askers.second_team, holds=holds)
            for family in batch.families
            if family.kind == TWO_SERVICES
        ]
        with registering_together(by=by, families=families, purpose=by.service, source=source, at=at):
            _strike(batch, step)

    def _team_of(self, family: Family) -> int:
        district = postcodes.district(family.home.postcode)
        if district not in self._teams:
            with acting_as("intake"):
                self._teams[district] = _team_for(self._asking().intake.service, district)
        return self._teams[district]


def _need_not_wait_for_the_disk() -> None:
    """A server that loses its power loses whole batches, the last ones, and the next run fills them in."""
    with connections[here()].cursor() as cursor:
        cursor.execute("set synchronous_commit to off")


def _strike(batch: Batch, step: str) -> None:
    """Say, in the entry that tells it, that it is told."""
    with connections[here()].cursor() as cursor:
        cursor.execute(STRIKE, [step, batch.before.families, step])
        if not cursor.rowcount:
            raise _DoneMeanwhile


def _team_for(service: str, district: str) -> int:
    """The team that looks after a postcode district. Raises NoDemonstration where there is not one."""
    found = teams_for(service=service, district=district)
    if len(found) != 1:
        raise NoDemonstration(
            f"{len(found)} teams look after {district}, and families need one. Give each of the demonstration's "
            "districts to one team: kept staff add-team"
        )
    return found[0].id
