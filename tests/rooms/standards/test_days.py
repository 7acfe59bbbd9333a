"""A day is what clocks in London show: through both changes of them, and around midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kept.standards.days import day_of, start_of

# The clocks went forward at one in the morning on 29 March 2026, and back at one (UTC) on 25 October.
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-28T23:59:59", date(2026, 3, 28)),
        ("2026-03-29T00:59:59", FORWARD),
        ("2026-03-29T01:00:00", FORWARD),
        ("2026-03-29T22:59:59", FORWARD),
        ("2026-03-29T23:00:00", date(2026, 3, 30)),  # midnight of summer
        ("2026-07-01T23:30:00", date(2026, 7, 2)),
        ("2026-10-24T22:59:59", date(2026, 10, 24)),
        ("2026-10-24T23:00:00", BACK),
        ("2026-10-25T00:59:59", BACK),  # half past one for the first time a little before
        ("2026-10-25T01:30:00", BACK),  # and for the second
        ("2026-10-25T23:59:59", BACK),
        ("2026-10-26T00:00:00", date(2026, 10, 26)),
    ],
)
def test_a_moment_is_of_the_day_that_clocks_in_london_show(at: str, day: date) -> None:
    assert day_of(moment(at)) == day


@pytest.mark.parametrize(("day", "hours"), [(FORWARD, 23), (BACK, 25), (date(2026, 7, 1), 24)])
def test_the_day_of_a_change_of_the_clocks_is_one_day(day: date, hours: int) -> None:
    begins, ends = start_of(day).astimezone(UTC), start_of(day + timedelta(days=1)).astimezone(UTC)
    assert ends - begins == timedelta(hours=hours)
    every_minute = (begins + timedelta(minutes=n) for n in range(hours * 60))
    assert {day_of(at) for at in every_minute} == {day}
    assert day_of(begins - timedelta(seconds=1)) == day - timedelta(days=1)
    assert day_of(ends) == day + timedelta(days=1)


def test_a_moment_without_a_zone_is_of_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 3, 29))  # noqa: DTZ001 - the fault that is refused
