"""What others found of a child, as the purposes of the notice open it."""

from datetime import date

import pytest

from kept.database.acting import acting_as
from kept.notices.questions import may_see
from kept.record.assessments.actions import telling
from kept.record.assessments.values import (
    FeedingTold,
    HearingTold,
    MeasurementTold,
    Message,
    Told,
    VaccinationTold,
)
from kept.record.circumstances.actions import record_circumstance
from kept.record.circumstances.values import NewCircumstance
from kept.record.reads import ChildRecord, open_record
from tests import cast
from tests.cast import AT, HEALTH_VISITING, Cast, person_of, public_id_of
from tests.statements.breaking import gives

GROWING_UP, DAY = "growing-up-healthy", date(2026, 11, 20)
OF_THE_CHILD: tuple[Told, ...] = (
    HearingTold(DAY, "01", "276781000000109"),
    FeedingTold(DAY, "01"),
    VaccinationTold(DAY, "BCG vaccination", "", 1, True, "", False, ""),
    MeasurementTold(DAY, "weight", 3500),
)
PRIVATE = ("mental-health.facts", "circumstances.domestic-abuse")


def opens_the_mothers_mood(patch: pytest.MonkeyPatch) -> None:
    """Break: growing up healthy opens what is private to the mother too."""
    gives(
        patch,
        role="practitioner",
        standing=["team"],
        parts=["parent"],
        purpose=GROWING_UP,
        items=(*PRIVATE, "mental-health.score"),
    )
    cast.publish_again()


def told_of(people: Cast, *told: Told) -> None:
    with (
        acting_as("intake"),
        telling(
            by=people.intake,
            person=person_of("Amina"),
            told=told,
            message=Message("a series", "Example Hospital"),
            corrects=(),
            born=None,
            purpose=HEALTH_VISITING,
            source="health-organisation",
            at=AT,
        ),
    ):
        pass


def opened(people: Cast, purpose: str) -> ChildRecord:
    return open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose=purpose, at=AT)


def told_by_the_mother(record: ChildRecord) -> set[str]:
    return {one.kind for one in record.circumstances.get(person_of("Grace"), ())}


@pytest.mark.proves("hv-3.29", breaks=opens_the_mothers_mood)
def test_growing_up_healthy_opens_the_childs_health_and_not_what_is_private_to_the_mother(
    people: Cast,
) -> None:
    told_of(people, *OF_THE_CHILD)
    for kind in PRIVATE:
        record_circumstance(
            by=people.hannah,
            public_id=public_id_of("Amina"),
            about=public_id_of("Grace"),
            purpose=HEALTH_VISITING,
            new=NewCircumstance(kind, "As she said it."),
            at=AT,
        )
    seen = may_see(
        cast.definition(HEALTH_VISITING),
        by=people.hannah,
        standing="team",
        part="parent",
        items=frozenset({*PRIVATE, "mental-health.score"}),
        purpose=GROWING_UP,
        on=AT.date(),
    )
    assert not seen
    record = opened(people, GROWING_UP)
    assert {type(one.told) for one in record.found.findings} == {HearingTold, FeedingTold, VaccinationTold}
    assert [(one.kind, one.value) for one in record.measurements] == [("weight", 3500)]
    assert told_by_the_mother(record) == set()
    assert told_by_the_mother(opened(people, HEALTH_VISITING)) == set(PRIVATE)
