"""How dates, ages, weights and numbers are worded for people: pure, in English, the same on every machine.

Wording follows the NHS content guide where it has a rule: 3 March 2026; NHS numbers in groups of 3, 3 and 4.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

from kept.standards.days import clock_of, day_of

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day(on: date) -> str:
    """3 March 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """3 Mar 2026, for a column of a table."""
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def moment(at: datetime) -> str:
    """3 Mar 2026, 14:05, on the clocks where the service is."""
    return f"{short_day(day_of(at))}, {clock_of(at)}"


def to_check(numbers: Sequence[str]) -> str:
    """That NHS numbers which were said of somebody wait to be checked; '' for none. Nothing of who holds them."""
    if not numbers:
        return ""
    said = " and ".join(map(nhs_number, numbers))
    return f"NHS number to check: {said}. It is not on the record until somebody has looked."


def nhs_number(ten_digits: str) -> str:
    """999 000 0018: three, three and four, as the NHS data dictionary shows the number."""
    return f"{ten_digits[:3]} {ten_digits[3:6]} {ten_digits[6:]}"


def kilograms(grams: int) -> str:
    """3.420 kg: to the gram, because a baby's weight is read to the gram."""
    return f"{grams // 1000}.{grams % 1000:03} kg"


def age(born_on: date, on: date) -> str:
    """How old someone is on a day: in days for 13 days, in weeks for 11 weeks, in months for 23 months."""
    days = (on - born_on).days
    if days < 0:
        return "not born yet"
    if days == 0:
        return "born today"
    if days < 14:
        return _many(days, "day")
    if days < 84:
        return _many(days // 7, "week")
    return _in_months(_whole_months(born_on, on))


def until(by_on: date, on: date) -> str:
    """How long there is until a day: 'today', 'in 3 days', '2 days late'."""
    days = (by_on - on).days
    if days < 0:
        return f"{_many(-days, 'day')} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def opening(text: str, most: int) -> str:
    """The first words of a text, at most so many characters; only a very long word is cut."""
    if len(text) <= most:
        return text
    head = text[:most]
    shorter = re.sub(r"\s+\S*$", "", head)
    return f"{shorter if len(shorter) * 2 > most else head}…"


def _in_months(months: int) -> str:
    if months < 24:
        return _many(months, "month")
    years, months = divmod(months, 12)
    return _many(years, "year") + (f" {_many(months, 'month')}" if months else "")


def _whole_months(born_on: date, on: date) -> int:
    months = (on.year - born_on.year) * 12 + on.month - born_on.month
    return months - (on.day < born_on.day)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
