"""Numbers and days that come in addresses and forms: read if they can be, else not believed."""

from collections.abc import Mapping
from datetime import date

from django.utils.http import urlencode

from kept.web.pages import Pages


def whole_number(said: str | None, *, otherwise: int, most: int = 1_000_000) -> int:
    """A positive whole number, or `otherwise` where the text is not one."""
    if said and said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= most:
        return int(said[:9])
    return otherwise


def entry_said(said: str | None) -> int | None:
    """The number of an entry that a form sends back as it was shown; None where it is none."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 19 else None


class Number:
    """A number of something that is held, in an address: as many digits as the database counts with."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def day_asked(said: str) -> date:
    """The day of a date field (2026-03-27). Raises ValueError for no day, and for one that nobody lives to see."""
    day = date.fromisoformat(said)
    if not 1900 <= day.year < 2200:
        raise ValueError("not a day that anything here could be of")
    return day


def day_said(values: Mapping[str, str], name: str) -> date | None:
    """The day in the three boxes of a form; None where they are empty. Raises ValueError where it is no day."""
    parts = [values.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")]
    if not any(parts):
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        raise ValueError("not a day")
    day, month, year = map(int, parts)
    return date(year, month, day)


def pages_of(path: str, *, current: int, last: int, kept: Mapping[str, str] | None = None) -> Pages:
    """Where the reader stands in a list of several pages, with the addresses before and after."""

    def href(page: int) -> str:
        return f"{path}?{urlencode({**(kept or {}), 'page': str(page)})}"

    return Pages(
        current=current,
        last=last,
        previous_href=href(current - 1) if current > 1 else "",
        next_href=href(current + 1) if current < last else "",
    )
