"""The day it is in England: notices, ages and deadlines count days in Europe/London."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """The date in London at a moment. Raises ValueError for a moment without a time zone."""
    if at.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return at.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def clock_of(at: datetime) -> str:
    """The time of day in London, as 14:05. In the hour that the clocks of October tell twice, which of the two: 01:30
    BST, and an hour later 01:30 GMT. Raises ValueError for a moment without a time zone."""
    if at.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    here = at.astimezone(LONDON)
    told_twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    return f"{here:%H:%M} {here.tzname()}" if told_twice else f"{here:%H:%M}"
