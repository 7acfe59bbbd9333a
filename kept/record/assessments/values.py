"""What others tell of a child, before it is written: each names its item, and knows the row that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class BirthTold:
    """How a child was born: length of pregnancy in days, weight in grams, which of how many, the site's ODS code."""

    item: ClassVar[str] = "health.birth-measures"
    on: date
    gestation_days: int | None = None
    weight_grams: int | None = None
    order: int | None = None
    babies: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class HearingTold:
    """The outcome of newborn hearing screening: the national status, and the finding by its SNOMED CT code."""

    item: ClassVar[str] = "health.screening"
    on: date
    outcome: str
    finding: str


@dataclass(frozen=True, slots=True)
class BloodSpotTold:
    """The outcome for one condition of the blood spot: the national status, with its sub-code where one is given."""

    item: ClassVar[str] = "health.screening"
    on: date
    condition: str
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class ExaminationTold:
    """One part of the physical examination of a newborn or an infant: eyes, heart, hips or testes."""

    item: ClassVar[str] = "health.screening"
    on: date
    examined: str
    outcome: str


@dataclass(frozen=True, slots=True)
class FeedingTold:
    """How a baby feeds on one day: the national status, the first feed, the method in the sender's words, solids."""

    item: ClassVar[str] = "health.feeding"
    on: date
    status: str = ""
    first_feed: str = ""
    method: str = ""
    solids_on: date | None = None


@dataclass(frozen=True, slots=True)
class VaccinationTold:
    """A vaccine that was given, or was not and why. `reported` where whoever tells of it did not give it."""

    item: ClassVar[str] = "health.immunisation"
    on: date
    vaccine: str
    code: str
    dose: int | None
    given: bool
    reason_not_given: str
    reported: bool
    batch: str


@dataclass(frozen=True, slots=True)
class MeasurementTold:
    """What was measured: weight in grams; length and head circumference in millimetres."""

    on: date
    kind: str
    value: int

    @property
    def item(self) -> str:
        return f"growth.{self.kind}"


@dataclass(frozen=True, slots=True)
class CircumstanceTold:
    """Something told about the child's background or life, under its own item."""

    kind: str
    said: str
    since_on: date | None = None

    @property
    def item(self) -> str:
        return self.kind


@dataclass(frozen=True, slots=True)
class DeathTold:
    """That somebody died, and on which day where that is told; 1 informally, 2 by the registrar (PDS)."""

    item: ClassVar[str] = "identity.death"
    died_on: date | None
    status: str = ""


@dataclass(frozen=True, slots=True)
class PracticeTold:
    """The practice that somebody is registered with now."""

    item: ClassVar[str] = "gp.practice"
    ods_code: str
    practice: str
    phone: str = ""


Told = (
    BirthTold
    | HearingTold
    | BloodSpotTold
    | ExaminationTold
    | FeedingTold
    | VaccinationTold
    | MeasurementTold
    | CircumstanceTold
    | DeathTold
    | PracticeTold
)


@dataclass(frozen=True, slots=True)
class Message:
    """Which message told it: what its versions have in common, and who sent it, by name or code."""

    series: str
    sender: str


def columns_of(told: Told) -> Mapping[str, Any]:
    """What of it goes into columns."""
    return asdict(told)
