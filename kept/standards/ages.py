"""Ages as the law and the field count them.

A person reaches an age when the day of the anniversary of their birth begins (Family Law Reform Act 1969,
section 9). Where the calendar lacks that day, as for 29 February in most years, the next day stands in for
it, so that nobody reaches an age early. Months are counted in the same way.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def birthday(born_on: date, years: int) -> date:
    """The day on which a person reaches an age in years. Raises OverflowError past the year 9999."""
    return months_after(born_on, 12 * years)


def months_after(born_on: date, months: int) -> date:
    """The day on which a person is so many months old. Raises OverflowError past the year 9999."""
    years, month = divmod(born_on.month - 1 + months, 12)
    year, month = born_on.year + years, month + 1
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("This day lies outside the calendar.")
    last = monthrange(year, month)[1]
    if born_on.day <= last:
        return date(year, month, born_on.day)
    return date(year, month, last) + timedelta(days=1)


def years_old(born_on: date, *, on: date) -> int:
    """Whole years of age on a day. Raises ValueError when the day lies before the birth."""
    return months_old(born_on, on=on) // 12


def months_old(born_on: date, *, on: date) -> int:
    """Whole months of age on a day. Raises ValueError when the day lies before the birth."""
    _born_by(born_on, on)
    months = 12 * (on.year - born_on.year) + on.month - born_on.month
    return months if _reached(born_on, months, on) else months - 1


def days_old(born_on: date, *, on: date) -> int:
    """Days since the day of birth. Raises ValueError when the day lies before the birth."""
    _born_by(born_on, on)
    return (on - born_on).days


def age_in_words(born_on: date, *, on: date) -> str:
    """An age as people who work with children say it: days, weeks, months, then years and months."""
    days, months = days_old(born_on, on=on), months_old(born_on, on=on)
    if days < 14:
        return _counted(days, "day")
    if months < 3:
        return _counted(days // 7, "week")
    if months < 24:
        return _counted(months, "month")
    years, left = divmod(months, 12)
    return _counted(years, "year") + (f" and {_counted(left, 'month')}" if left else "")


def _reached(born_on: date, months: int, on: date) -> bool:
    try:
        return months_after(born_on, months) <= on
    except OverflowError:
        return False


def _born_by(born_on: date, on: date) -> None:
    if on < born_on:
        raise ValueError("This day lies before the day of birth.")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
