"""What others found of a child, and who of the family died, as the open entry may see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kept.record.assessments.values import (
    BirthTold,
    BloodSpotTold,
    ExaminationTold,
    FeedingTold,
    HearingTold,
    Told,
    VaccinationTold,
)

MOST = 200  # of each kind, the newest first


def _of_the_child(table: str, columns: str) -> str:
    return (
        f'(select json_agg(json_build_array(t."on", t.told_by, {columns}) order by t."on" desc, t.id)'  # noqa: S608
        f" from (select * from {table}"
        " where person_id = any ((select records from of_the_child)::bigint[]) and until_on is null"
        f' order by "on" desc, id desc limit {MOST}) t)'
    )


# One list for each kind of thing, put together from our own words.
FOUND = "select json_build_array({}, {})".format(
    ", ".join(
        (
            _of_the_child("record_birth", 't.gestation_days, t.weight_grams, t."order", t.babies, t.place'),
            _of_the_child("record_hearing_screening", "t.outcome, t.finding"),
            _of_the_child("record_blood_spot", "t.condition, t.outcome, t.detail"),
            _of_the_child("record_physical_examination", "t.examined, t.outcome"),
            _of_the_child("record_feeding", "t.status, t.first_feed, t.method, t.solids_on"),
            _of_the_child(
                "record_vaccination",
                "t.vaccine, t.code, t.dose, t.given, t.reason_not_given, t.reported, t.batch",
            ),
        )
    ),
    "(select json_agg(json_build_array(d.person_id, d.died_on)) from record_death d"
    " where d.person_id = any (%(persons)s) and d.until_on is null)",
)


@dataclass(frozen=True, slots=True)
class FoundShown:
    """One thing that was found, and who told us of it."""

    told: Told
    told_by: str


@dataclass(frozen=True, slots=True)
class Found:
    """What others found of a child, the newest first; and who of the family died, on which day where that is known."""

    findings: tuple[FoundShown, ...] = ()
    died: Mapping[int, date | None] | None = None

    def died_on(self, person: int) -> tuple[bool, date | None]:
        """Whether somebody died, and when."""
        died = self.died or {}
        return person in died, died.get(person)


def _feeding(on: date, status: str, first_feed: str, method: str, solids_on: str | None) -> FeedingTold:
    return FeedingTold(on, status, first_feed, method, date.fromisoformat(solids_on) if solids_on else None)


KINDS: tuple[Callable[..., Told], ...] = (
    BirthTold,
    HearingTold,
    BloodSpotTold,
    ExaminationTold,
    _feeding,
    VaccinationTold,
)


def found_from(row: list[Any] | None) -> Found:
    """What `FOUND` answered."""
    *kinds, died = row or [None] * (len(KINDS) + 1)
    findings = tuple(
        FoundShown(make(date.fromisoformat(on), *said), told_by)
        for make, rows in zip(KINDS, kinds, strict=True)
        for on, told_by, *said in rows or ()
    )
    return Found(findings, {person: date.fromisoformat(on) if on else None for person, on in died or ()})
