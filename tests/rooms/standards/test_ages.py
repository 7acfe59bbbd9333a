"""Ages: the day a birthday begins, in years that have a 29 February and in years that have none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.standards.ages import age_in_words, birthday, days_old, months_after, months_old, years_old

BIRTHS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def test_the_fifth_birthday_begins_on_its_day() -> None:
    born_on = date(2021, 11, 22)
    assert birthday(born_on, 5) == date(2026, 11, 22)
    assert years_old(born_on, on=date(2026, 11, 21)) == 4
    assert years_old(born_on, on=date(2026, 11, 22)) == 5


def test_who_was_born_on_29_february_has_a_birthday_on_1_march_of_a_year_without_one() -> None:
    born_on = date(2024, 2, 29)
    assert birthday(born_on, 1) == date(2025, 3, 1)
    assert birthday(born_on, 4) == date(2028, 2, 29)
    assert years_old(born_on, on=date(2025, 2, 28)) == 0
    assert years_old(born_on, on=date(2025, 3, 1)) == 1
    assert years_old(born_on, on=date(2028, 2, 28)) == 3


def test_a_month_that_lacks_the_day_is_reached_on_the_next() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 3, 1)
    assert months_after(date(2026, 10, 31), 1) == date(2026, 12, 1)
    assert months_old(date(2026, 1, 31), on=date(2026, 2, 28)) == 0
    assert months_old(date(2026, 1, 31), on=date(2026, 3, 1)) == 1


@given(BIRTHS, st.integers(0, 110))
def test_the_age_changes_on_the_birthday_and_not_the_day_before(born_on: date, years: int) -> None:
    day = birthday(born_on, years)
    assert years_old(born_on, on=day) == years
    if years:
        assert years_old(born_on, on=day - timedelta(days=1)) == years - 1


@given(BIRTHS, st.integers(0, 40_000))
def test_nobody_grows_younger(born_on: date, days: int) -> None:
    on = born_on + timedelta(days=days)
    assert days_old(born_on, on=on) == days
    assert months_old(born_on, on=on) <= months_old(born_on, on=on + timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (83, "11 weeks"),
        (92, "3 months"),
        (700, "23 months"),
        (731, "2 years"),
        (765, "2 years and 1 month"),
    ],
)
def test_an_age_is_said_as_people_say_it(days: int, words: str) -> None:
    born_on = date(2022, 1, 1)
    assert age_in_words(born_on, on=born_on + timedelta(days=days)) == words


@pytest.mark.parametrize("question", [years_old, months_old, days_old, age_in_words])
def test_nobody_has_an_age_before_they_are_born(question: object) -> None:
    assert callable(question)
    with pytest.raises(ValueError, match="before the day of birth"):
        question(date(2026, 11, 22), on=date(2026, 11, 21))


def test_a_birthday_past_the_calendar_is_refused_and_an_age_on_its_last_day_is_not() -> None:
    with pytest.raises(OverflowError):
        birthday(date(9995, 1, 1), 5)
    assert years_old(date(9998, 12, 31), on=date.max) == 1
