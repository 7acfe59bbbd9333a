"""Dates, ages, weights and numbers as people read them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.web import wording

BORN_ON = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 1, 30), "not born yet"),
        (date(2026, 1, 31), "born today"),
        (date(2026, 2, 1), "1 day"),
        (date(2026, 2, 13), "13 days"),
        (date(2026, 2, 14), "2 weeks"),
        (date(2026, 4, 24), "11 weeks"),
        (date(2026, 4, 25), "2 months"),
        (date(2026, 4, 30), "2 months"),
        (date(2026, 5, 1), "3 months"),
        (date(2028, 1, 30), "23 months"),
        (date(2028, 1, 31), "2 years"),
        (date(2028, 2, 29), "2 years"),
        (date(2028, 3, 1), "2 years 1 month"),
        (date(2030, 12, 31), "4 years 11 months"),
    ],
)
def test_an_age_is_in_the_unit_that_matters_then(on: date, words: str) -> None:
    assert wording.age(BORN_ON, on) == words


@pytest.mark.parametrize(
    ("by_on", "words"),
    [
        (date(2026, 1, 28), "3 days late"),
        (date(2026, 1, 30), "1 day late"),
        (date(2026, 1, 31), "today"),
        (date(2026, 2, 1), "tomorrow"),
        (date(2026, 2, 3), "in 3 days"),
    ],
)
def test_how_long_there_is(by_on: date, words: str) -> None:
    assert wording.until(by_on, BORN_ON) == words


def test_days_numbers_and_weights_are_grouped_for_reading() -> None:
    assert wording.day(date(2026, 3, 3)) == "3 March 2026"
    assert wording.short_day(date(2026, 9, 30)) == "30 Sep 2026"
    assert wording.nhs_number("9991000003") == "999 100 0003"
    assert wording.kilograms(3420) == "3.420 kg"
    assert wording.kilograms(905) == "0.905 kg"


def test_a_moment_is_by_the_clocks_of_the_service() -> None:
    assert wording.moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 Jul 2026, 00:30"
    assert wording.moment(datetime(2026, 11, 22, 14, 5, tzinfo=UTC)) == "22 Nov 2026, 14:05"


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_the_opening_of_a_text_is_its_own_first_words(text: str, most: int) -> None:
    opening = wording.opening(text, most)
    assert len(opening) <= most + 1
    assert text.startswith(opening.removesuffix("…") if len(text) > most else text)
    assert (opening == text) == (len(text) <= most)
