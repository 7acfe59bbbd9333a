"""The nights in which the clocks change: a day of 23 hours in March, one of 25 in October."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kept.standards.days import clock_of, day_of, start_of
from kept.web import wording

MARCH, OCTOBER = date(2026, 3, 29), date(2026, 10, 25)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (utc(2026, 3, 28, 23, 59), date(2026, 3, 28)),
        (utc(2026, 3, 29, 0, 0), MARCH),
        (utc(2026, 3, 29, 0, 59), MARCH),
        (utc(2026, 3, 29, 1, 0), MARCH),
        (utc(2026, 3, 29, 22, 59), MARCH),
        (utc(2026, 3, 29, 23, 0), date(2026, 3, 30)),
        (utc(2026, 10, 24, 22, 59), date(2026, 10, 24)),
        (utc(2026, 10, 24, 23, 0), OCTOBER),
        (utc(2026, 10, 25, 0, 30), OCTOBER),
        (utc(2026, 10, 25, 1, 30), OCTOBER),
        (utc(2026, 10, 25, 23, 59), OCTOBER),
        (utc(2026, 10, 26, 0, 0), date(2026, 10, 26)),
    ],
)
def test_the_day_changes_at_midnight_in_london(at: datetime, day: date) -> None:
    assert day_of(at) == day
    assert start_of(day) <= at < start_of(day + timedelta(days=1))


def test_how_long_those_days_are() -> None:
    def hours(day: date) -> float:
        lasted = start_of(day + timedelta(days=1)).astimezone(UTC) - start_of(day).astimezone(UTC)
        return lasted / timedelta(hours=1)

    assert [hours(day) for day in (MARCH - timedelta(days=1), MARCH, OCTOBER)] == [24, 23, 25]


@pytest.mark.parametrize(
    ("at", "clock"),
    [
        (utc(2026, 3, 29, 0, 59), "00:59"),
        (utc(2026, 3, 29, 1, 0), "02:00"),
        (utc(2026, 10, 24, 23, 59), "00:59"),
        (utc(2026, 10, 25, 0, 30), "01:30 BST"),
        (utc(2026, 10, 25, 1, 30), "01:30 GMT"),
        (utc(2026, 10, 25, 2, 0), "02:00"),
        (utc(2026, 11, 22, 14, 5), "14:05"),
    ],
)
def test_a_time_that_comes_twice_says_which_of_the_two(at: datetime, clock: str) -> None:
    assert clock_of(at) == clock
    assert wording.moment(at).endswith(f", {clock}")


def test_no_two_minutes_of_a_year_are_told_alike() -> None:
    minutes = [utc(2026, 10, 24, 22, 0) + timedelta(minutes=10 * n) for n in range(60)]
    assert len({(day_of(at), clock_of(at)) for at in minutes}) == 60


def test_a_moment_without_a_zone_is_none() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        clock_of(datetime(2026, 10, 25, 1, 30))  # noqa: DTZ001
