"""What others found, on the record of a child: in words, by kind, and for those alone whose role needs it."""

from collections.abc import Sequence
from datetime import date

import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.record.assessments.actions import NotTold, telling
from kept.record.assessments.values import (
    BloodSpotTold,
    CircumstanceTold,
    ExaminationTold,
    FeedingTold,
    HearingTold,
    MeasurementTold,
    Message,
    Told,
    VaccinationTold,
)
from kept.record.reads import open_record
from kept.web.record.found import found_about
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of

DAY = date(2026, 11, 20)
EVERYTHING: Sequence[Told] = (
    HearingTold(DAY, "98", "276821000000101"),
    BloodSpotTold(DAY, "PKU", "04", ""),
    BloodSpotTold(DAY, "CF", "04", ""),
    BloodSpotTold(DAY, "SCD", "06", "0601"),
    ExaminationTold(DAY, "hips", "03"),
    FeedingTold(DAY, "02", "01", "Breast feeding", DAY),
    VaccinationTold(DAY, "First dose of 6-in-1", "1", 1, True, "", True, "CCJN12M"),
    VaccinationTold(DAY, "First dose of MenB", "2", None, False, "4", False, ""),
    MeasurementTold(DAY, "length", 515),
    MeasurementTold(DAY, "weight", 3500),
)


def tells(
    people: Cast, *told: Told, about: str = "Amina", corrects: bool = False, purpose: str = HEALTH_VISITING
) -> list[str]:
    with (
        acting_as("intake"),
        telling(
            by=people.intake,
            person=person_of(about),
            told=told,
            message=Message("a series", "Example Hospital"),
            corrects=[person_of(about)] if corrects else (),
            born=date(2026, 11, 15) if about == "Amina" else None,
            purpose=purpose,
            source="health-organisation",
            at=AT,
        ) as done,
    ):
        return done.left_out


def found(people: Cast, asker: str = "hannah") -> dict[str, list[tuple[str, str]] | str]:
    """Title → what stands under it, or the clause that withholds it."""
    by = getattr(people, asker)
    record = open_record(by=by, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    return {
        group.title: group.clause or [(one.label, one.words) for one in group.findings]
        for group in found_about(record)
    }


def test_everything_that_is_told_stands_on_the_record_in_words(people: Cast) -> None:
    assert tells(people, *EVERYTHING) == []
    assert found(people) == {
        "Newborn screening": [
            ("Hearing", "Screening is not complete: it was declined"),
            (
                "Blood spot: Sickle cell disease",
                "Condition not suspected, carrier of another haemoglobin: consistent with a haemoglobin C carrier",
            ),
            ("Examination of the hips", "Problem suspected"),
            ("Blood spot", "Condition not suspected: Phenylketonuria, Cystic fibrosis"),
        ],
        "Feeding": [
            (
                "Feeding",
                "Breast milk and other milk or food. First feed: the mother’s own breast milk. Breast feeding. "
                "Solids since 20 November 2026",
            )
        ],
        "Vaccines": [
            ("First dose of 6-in-1", "Given, dose 1, batch CCJN12M, as somebody reported it"),
            ("First dose of MenB", "Not given: declined"),
        ],
        "Other measures": [("Length", "51.5 cm")],
    }


def test_office_staff_are_shown_none_of_it(people: Cast) -> None:
    tells(people, *EVERYTHING)
    assert all(isinstance(shown, str) for shown in found(people, "ada").values())
    record = open_record(by=people.ada, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    assert (record.found.findings, record.measurements) == ((), ())


def test_whoever_writes_it_cannot_read_it(people: Cast) -> None:
    """The entry that told it shows its own rows alone; a later one of the same process shows none."""
    tells(people, *EVERYTHING)
    with (
        acting_as("intake"),
        telling(
            by=people.intake,
            person=person_of("Amina"),
            told=[VaccinationTold(DAY, "Second dose", "", 2, True, "", False, "")],
            message=Message("another series", "GP"),
            corrects=(),
            born=None,
            purpose=HEALTH_VISITING,
            source="health-organisation",
            at=AT,
        ),
    ):
        from kept.record.models import BloodSpot, Vaccination

        assert [row.vaccine for row in Vaccination.objects.all()] == ["Second dose"]
        assert list(BloodSpot.objects.all()) == []


def test_what_is_about_a_child_is_told_of_no_parent(people: Cast) -> None:
    with pytest.raises(Refused):
        tells(people, EVERYTHING[0], about="Grace")
    assert as_superuser("select count(*) from record_hearing_screening") == [(0,)]


def test_another_date_of_birth_writes_nothing(people: Cast) -> None:
    with (
        acting_as("intake"),
        pytest.raises(NotTold, match="date-of-birth-differs"),
        telling(
            by=people.intake,
            person=person_of("Amina"),
            told=EVERYTHING,
            message=Message("a series", "GP"),
            corrects=(),
            born=DAY,
            purpose=HEALTH_VISITING,
            source="health-organisation",
            at=AT,
        ),
    ):
        pass
    assert as_superuser("select count(*) from record_vaccination") == [(0,)]


def test_a_correction_ends_only_what_its_own_message_told(people: Cast) -> None:
    tells(people, *EVERYTHING)
    tells(people, FeedingTold(DAY, "03"), corrects=True)
    assert found(people) == {"Feeding": [("Feeding", "No breast milk")]}
    assert as_superuser("select count(*) from record_blood_spot where until_on = %s", AT.date()) == [(3,)]


def test_a_protection_plan_is_written_to_keep_safe_and_shown_to_the_safeguarding_lead_alone(
    people: Cast,
) -> None:
    plan = CircumstanceTold("circumstances.protection-plan", "From 16 November 2026", date(2026, 11, 16))
    with pytest.raises(Refused):
        tells(people, plan)
    assert tells(people, plan, purpose="keep-safe") == []
    child = person_of("Amina")

    def seen(asker: str, **why: str) -> list[str]:
        by = getattr(people, asker)
        record = open_record(by=by, public_id=public_id_of("Amina"), purpose="keep-safe", at=AT, **why)
        return [one.kind for one in record.circumstances.get(child, ())]

    assert seen("hannah") == []
    assert seen("sefi", reason="A worry was raised today.") == ["circumstances.protection-plan"]
