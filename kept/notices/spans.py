"""A length of time in calendar units, and the day on which it is over."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import Field, Strict

Length = Annotated[int, Strict(), Field(ge=0, le=200_000)]


@dataclass(frozen=True, slots=True)
class Span:
    """Years, months, weeks and days; they are added in that order."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}

    years: Length = 0
    months: Length = 0
    weeks: Length = 0
    days: Length = 0

    def after(self, day: date) -> date:
        """The day that lies this span after ``day``; ``date.max`` where the calendar ends before it.

        An anniversary of 29 February in a common year is 1 March; a month without the day ends on its last.
        """
        try:
            return self._months_after(self._years_after(day)) + timedelta(weeks=self.weeks, days=self.days)
        except (ValueError, OverflowError):
            return date.max

    def _years_after(self, day: date) -> date:
        year = day.year + self.years
        if (day.month, day.day) == (2, 29) and not calendar.isleap(year):
            return date(year, 3, 1)
        return day.replace(year=year)

    def _months_after(self, day: date) -> date:
        years, month = divmod(day.month - 1 + self.months, 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
