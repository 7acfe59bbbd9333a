"""From what others found to the record page: plain values, in words, by what they are about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kept.record.assessments.reads import FoundShown
from kept.record.assessments.values import (
    BirthTold,
    BloodSpotTold,
    ExaminationTold,
    FeedingTold,
    HearingTold,
    VaccinationTold,
)
from kept.record.growth.reads import MeasurementShown
from kept.record.reads import ChildRecord
from kept.standards import feeding, newborn_screening
from kept.standards.vaccination import REASONS_NOT_GIVEN
from kept.web.wording import day, kilograms

EXPECTED = "04"  # condition not suspected: of a blood spot, what needs a look stands before it
BIRTH = "At birth"
SCREENING, FEEDING, VACCINES, MEASURES = "Newborn screening", "Feeding", "Vaccines", "Other measures"
ITEMS = {
    BIRTH: "health.birth-measures",
    SCREENING: "health.screening",
    FEEDING: "health.feeding",
    VACCINES: "health.immunisation",
    MEASURES: "growth.length",
}
MEASURED = {"length": "Length", "head-circumference": "Head circumference"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that others found: what it is, in which words, on which day, and who told us."""

    label: str
    words: str
    on: date
    told_by: str


@dataclass(frozen=True, slots=True)
class FoundAbout:
    """Everything of one kind; `clause` is what withholds it from this reader."""

    title: str
    findings: tuple[Finding, ...] = ()
    clause: str = ""


def found_about(record: ChildRecord) -> tuple[FoundAbout, ...]:
    """What others found, kind by kind: what there is, and what is not for this reader."""
    by_kind: dict[str, list[Finding]] = {title: [] for title in ITEMS}
    for title, finding in _findings(record):
        by_kind[title].append(finding)
    groups = (
        FoundAbout(title, tuple(found), record.child.withheld.get(ITEMS[title], ""))
        for title, found in by_kind.items()
    )
    return tuple(group for group in groups if group.findings or group.clause)


def _findings(record: ChildRecord) -> Iterator[tuple[str, Finding]]:
    expected: dict[tuple[date, str], list[str]] = {}
    for shown in record.found.findings:
        if told := _as_expected(shown):
            named = newborn_screening.CONDITIONS[told.condition].words
            expected.setdefault((told.on, shown.told_by), []).append(named)
        else:
            yield _finding(shown)
    # What needs a look stands by itself, and first; of the rest there is one line for each time that results came.
    for (on, told_by), names in expected.items():
        words = f"{newborn_screening.BLOOD_SPOT[EXPECTED]}: {', '.join(names)}"
        yield SCREENING, Finding("Blood spot", words, on, told_by)
    for one in record.measurements:
        if one.kind in MEASURED:
            yield MEASURES, Finding(MEASURED[one.kind], f"{one.value / 10:.1f} cm", one.on, _by(one))


def _by(measurement: MeasurementShown) -> str:
    return measurement.told_by or "this service"


def _as_expected(shown: FoundShown) -> BloodSpotTold | None:
    """The outcome for a condition that is not suspected; None for everything else."""
    told = shown.told
    return told if isinstance(told, BloodSpotTold) and told.outcome == EXPECTED else None


def _finding(shown: FoundShown) -> tuple[str, Finding]:
    told = shown.told
    match told:
        case BirthTold():
            return BIRTH, Finding("Birth", _born(told), told.on, shown.told_by)
        case HearingTold():
            why = newborn_screening.NOT_COMPLETE_BECAUSE.get(told.finding, "")
            words = newborn_screening.HEARING[told.outcome] + (f": {why}" if why else "")
            return SCREENING, Finding("Hearing", words, told.on, shown.told_by)
        case BloodSpotTold():
            detail = newborn_screening.BLOOD_SPOT_DETAILS.get(told.detail, "")
            words = newborn_screening.BLOOD_SPOT[told.outcome] + (f": {detail}" if detail else "")
            label = f"Blood spot: {newborn_screening.CONDITIONS[told.condition].words}"
            return SCREENING, Finding(label, words, told.on, shown.told_by)
        case ExaminationTold():
            label, words = f"Examination of the {told.examined}", newborn_screening.EXAMINATION[told.outcome]
            return SCREENING, Finding(label, words, told.on, shown.told_by)
        case FeedingTold():
            return FEEDING, Finding("Feeding", _fed(told), told.on, shown.told_by)
        case VaccinationTold():
            return VACCINES, Finding(told.vaccine, _given(told), told.on, shown.told_by)
        case _:
            raise ValueError(f"{type(told).__name__} is no finding.")


def _born(told: BirthTold) -> str:
    weeks, days = divmod(told.gestation_days or 0, 7)
    words = (
        kilograms(told.weight_grams) if told.weight_grams else "",
        f"after {weeks} weeks and {days} days" if told.gestation_days else "",
        f"number {told.order} of {told.babies}" if (told.babies or 0) > 1 and told.order else "",
        f"at {told.place}" if told.place else "",
    )
    return ", ".join(one for one in words if one)


def _fed(told: FeedingTold) -> str:
    words = (
        feeding.STATUSES.get(told.status, ""),
        f"First feed: {feeding.FIRST_FEEDS[told.first_feed].lower()}" if told.first_feed else "",
        told.method,
        f"Solids since {day(told.solids_on)}" if told.solids_on else "",
    )
    return ". ".join(one for one in words if one)


def _given(told: VaccinationTold) -> str:
    if not told.given:
        return f"Not given: {REASONS_NOT_GIVEN[told.reason_not_given].lower()}"
    more = (
        f"dose {told.dose}" if told.dose else "",
        f"batch {told.batch}" if told.batch else "",
        "as somebody reported it" if told.reported else "",
    )
    return ", ".join(("Given", *(one for one in more if one)))
