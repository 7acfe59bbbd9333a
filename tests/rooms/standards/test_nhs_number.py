"""The NHS number: what is one, and which are nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kept.standards import nhs_number

NEVER_ISSUED = st.integers(0, nhs_number.TEST_NUMBERS - 1)


@pytest.mark.parametrize("written", ["9990000018", "999 000 0018", " 999 0000018 ", "999\u00a0000\u00a00018"])
def test_a_number_is_read_with_or_without_spaces(written: str) -> None:
    assert nhs_number.parse(written) == "9990000018"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "10 digits"),
        ("999000001", "10 digits"),
        ("99900000180", "10 digits"),
        ("999-000-0018", "10 digits"),
        ("99900O0018", "10 digits"),
        ("٩٩٩٠٠٠٠٠١٨", "10 digits"),
        ("9990000019", "wrong"),
    ],
)
def test_what_is_no_number_is_told_without_repeating_it(written: str, says: str) -> None:
    with pytest.raises(nhs_number.NotAnNhsNumber, match=says) as told:
        nhs_number.parse(written)
    assert not written or written not in str(told.value)


@given(NEVER_ISSUED, st.integers(0, 9), st.integers(0, 9))
def test_one_changed_digit_is_always_noticed(n: int, place: int, digit: int) -> None:
    number = nhs_number.test_number(n)
    changed = number[:place] + str(digit) + number[place + 1 :]
    assert nhs_number.is_valid(changed) == (changed == number)


@given(NEVER_ISSUED, st.integers(0, 8))
def test_two_digits_that_changed_places_are_always_noticed(n: int, place: int) -> None:
    number = nhs_number.test_number(n)
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert nhs_number.is_valid(changed) == (changed == number)


def test_a_number_that_would_need_ten_as_its_check_digit_is_none() -> None:
    assert nhs_number.check_digit("999000012") is not None
    none = [nine for nine in range(999_000_000, 999_000_030) if nhs_number.check_digit(str(nine)) is None]
    assert none
    assert not any(nhs_number.is_valid(f"{nine}{digit}") for nine in none for digit in range(10))


def test_the_numbers_that_are_nobodys_come_in_order_and_are_all_there() -> None:
    first = (f"{nine}{nhs_number.check_digit(str(nine))}" for nine in range(999_000_000, 999_000_500))
    valid = [number for number in first if nhs_number.is_valid(number)]
    assert [nhs_number.test_number(n) for n in range(len(valid))] == valid
    assert nhs_number.test_number(nhs_number.TEST_NUMBERS - 1) == "9999999999"


@given(NEVER_ISSUED)
def test_a_number_made_for_tests_is_valid_and_known_as_one(n: int) -> None:
    number = nhs_number.test_number(n)
    assert nhs_number.parse(nhs_number.spaced(number)) == number
    assert nhs_number.is_test_number(number)


@pytest.mark.parametrize("n", [-1, nhs_number.TEST_NUMBERS])
def test_there_is_no_number_outside_the_range(n: int) -> None:
    with pytest.raises(ValueError, match="holds"):
        nhs_number.test_number(n)


def test_a_number_of_the_published_samples_is_valid_and_not_of_the_range_for_tests() -> None:
    assert nhs_number.is_valid("9912003888")
    assert not nhs_number.is_test_number("9912003888")


def test_a_wrong_number_of_the_range_is_no_number_for_tests() -> None:
    assert not nhs_number.is_test_number("9990000019")
