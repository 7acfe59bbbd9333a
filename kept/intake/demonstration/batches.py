"""Batches of demonstration families: which are registered, which are missing, and what of them is left to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from kept.intake.demonstration.families import Family, Position, families_from
from kept.intake.models import DemonstrationBatch
from kept.ledger.entries import Entry

A_BATCH = 200  # families


@dataclass(frozen=True, slots=True)
class Begun:
    """The demonstration that a database holds, and up to which child; killed runs may have left gaps before that."""

    seed: int
    day_on: date
    up_to: int

    @property
    def at(self) -> datetime:
        """The moment that births are counted back from."""
        return datetime.combine(self.day_on, time(12), UTC)


@dataclass(frozen=True, slots=True)
class Batch:
    """Families from one position to another, and what of them is still to be told."""

    before: Position
    families: tuple[Family, ...]
    after: Position


def first_gap(present: Mapping[int, DemonstrationBatch]) -> Position:
    """Where the first batch is missing: of two that were filled in at once, a killed run may lack the first."""
    position = Position()
    while row := present.get(position.families):
        position = _after(row)
    return position


def _after(row: DemonstrationBatch) -> Position:
    return Position(
        row.families_after,
        row.children_after,
        row.numbers_of_children_after,
        row.numbers_of_adults_after,
    )


def batches(begin: Position, *, held: Begun, until: int, cuts: Collection[int]) -> Iterator[Batch]:
    """The families from a position on, up to so many children, cut where they have been cut before."""
    before, gathered = begin, list[Family]()
    for family, after in families_from(begin, children=until, seed=held.seed, at=held.at):
        gathered.append(family)
        if len(gathered) == A_BATCH or after.children == until or after.families in cuts:
            yield Batch(before, tuple(gathered), after)
            before, gathered = after, []


def again(row: DemonstrationBatch, held: Begun) -> Batch:
    """The families of a batch that was registered before; none where nothing of it is left to tell."""
    before = Position(
        row.number, row.children_before, row.numbers_of_children_before, row.numbers_of_adults_before
    )
    until = row.children_after if row.left else 0
    made = families_from(before, children=until, seed=held.seed, at=held.at)
    return Batch(before, tuple(family for family, _ in made), _after(row))


def note(batch: Batch, opened: Entry, left: Sequence[str]) -> None:
    before, after = batch.before, batch.after
    DemonstrationBatch.objects.create(
        number=before.families,
        children_before=before.children,
        numbers_of_children_before=before.numbers_of_children,
        numbers_of_adults_before=before.numbers_of_adults,
        families_after=after.families,
        children_after=after.children,
        numbers_of_children_after=after.numbers_of_children,
        numbers_of_adults_after=after.numbers_of_adults,
        entry_id=opened.id,
        left=list(left),
    )
