"""Twins are marked on each other's record, so that what belongs to one is not written about the other."""

from datetime import date, timedelta

import pytest

from kept.database.acting import acting_as
from kept.record.families.values import NewFamily
from kept.web.family.shown import SiblingShown, twins_of
from kept.web.record.shown import record_shown
from tests import cast
from tests.cast import AT, NORTH, SOUTH, Cast, as_superuser, person_of
from tests.rooms.record.families_tried import opens
from tests.rooms.record.hiding import team

BORN = date(2026, 11, 15)


def twin(people: Cast, given: str, *, name: str = NORTH) -> None:
    """Another child of Grace's, born on the day of Amina."""
    with acting_as("intake"):
        family = NewFamily(cast.child(given, "Okafor", 77), (cast.adult("Grace", "Okafor", 2),), team(name))
        cast.register(by=people.intake, family=family)


def shown(people: Cast, given: str = "Amina") -> list[str]:
    return [one.name for one in record_shown(opens(people.hannah, given), on=AT.date())["twins"]]


def test_each_of_them_is_marked_on_the_record_of_the_other(people: Cast) -> None:
    assert shown(people) == []
    twin(people, "Asha")
    assert shown(people) == ["Asha Okafor"]
    assert shown(people, "Asha") == ["Amina Okafor"]


def test_an_older_sister_is_no_twin(people: Cast) -> None:
    twin(people, "Asha")
    as_superuser(
        "update record_date_of_birth set born_on = '2024-01-02' where person_id = %s", person_of("Asha")
    )
    assert shown(people) == []


def test_a_twin_on_a_team_that_is_not_ones_own_is_not_betrayed(people: Cast) -> None:
    twin(people, "Asha", name=SOUTH)
    assert shown(people) == []


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (BORN, True),
        (BORN - timedelta(days=1), True),  # before midnight
        (BORN + timedelta(days=1), True),
        (BORN + timedelta(days=2), False),
        (None, False),
    ],
)
def test_they_may_be_born_on_either_side_of_midnight(other: date | None, together: bool) -> None:
    sibling = SiblingShown("Asha Okafor", "/", "", other)
    assert bool(twins_of(BORN, (sibling,))) is together
    assert twins_of(None, (sibling,)) == ()
