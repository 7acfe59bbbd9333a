"""The NHS number: ten digits, of which the last checks the others (NHS Data Dictionary, NHS NUMBER).

Each of the first nine digits is multiplied by a weight, 10 down to 2. Eleven less the remainder of the sum by
eleven is the check digit; eleven counts as 0, and a number that would need 10 is never issued.

Numbers from 999 000 0000 to 999 999 9999 are never issued to anyone: demonstrations and tests use no others.
A number outside that range says nothing by itself: published samples and national test services use several.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import count

_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_TEST_PREFIX = "999"
_UNUSABLE = 1  # the remainder of a sum that would need a check digit of 10


class NotAnNhsNumber(ValueError):
    """The text is not an NHS number. The message is a sentence for the person who typed it."""


def parse(text: str) -> str:
    """The ten digits of an NHS number, written with or without spaces.

    Raises NotAnNhsNumber, saying what to do, when there are not ten digits or the check digit is wrong.
    """
    digits = "".join(text.split())
    if not _TEN_DIGITS.fullmatch(digits):
        raise NotAnNhsNumber("An NHS number has 10 digits. Check the number and type it again.")
    if check_digit(digits[:9]) != digits[9]:
        raise NotAnNhsNumber("This is not an NHS number: one of its digits is wrong. Check each digit.")
    return digits


def is_valid(text: str) -> bool:
    """Whether the text is an NHS number, with or without spaces."""
    try:
        parse(text)
    except NotAnNhsNumber:
        return False
    return True


def check_digit(nine: str) -> str | None:
    """The tenth digit for the first nine, or None when no number may begin with these nine."""
    remainder = _weighted(nine) % 11
    return None if remainder == _UNUSABLE else str(-remainder % 11)


def is_test_number(number: str) -> bool:
    """Whether a valid number lies in the range that is never issued, 999 000 0000 to 999 999 9999."""
    return is_valid(number) and "".join(number.split()).startswith(_TEST_PREFIX)


def spaced(number: str) -> str:
    """The number as it is printed for people: 3, 3 and 4 digits."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def test_number(n: int) -> str:
    """The n-th valid number (from 0) of the range that is never issued, counted upwards from 999 000 0000.

    Raises ValueError when n is negative or the range, of TEST_NUMBERS numbers, holds no such number.
    """
    if not 0 <= n < TEST_NUMBERS:
        raise ValueError(f"The range that is never issued holds {TEST_NUMBERS} numbers, counted from 0.")
    nine, remainder = _TEST_PREFIX, _weighted(_TEST_PREFIX) % 11
    for weight in _WEIGHTS[len(_TEST_PREFIX) :]:
        for digit in count():
            after = (remainder + weight * digit) % 11
            usable = _usable(weight - 1, after)
            if n < usable:
                break
            n -= usable
        nine, remainder = nine + str(digit), after
    return nine + str(check_digit(nine))


def _weighted(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))


@cache
def _usable(weight: int, remainder: int) -> int:
    """How many endings, from the digit of this weight on, a beginning with this remainder may have."""
    if weight < _WEIGHTS[-1]:
        return int(remainder != _UNUSABLE)
    return sum(_usable(weight - 1, (remainder + weight * digit) % 11) for digit in range(10))


TEST_NUMBERS = _usable(_WEIGHTS[len(_TEST_PREFIX)], _weighted(_TEST_PREFIX) % 11)
