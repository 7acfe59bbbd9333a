"""In the nights in which the clocks change: lists, ages, contacts and entries are of the day that it is in London."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kept.notices.asker import Asker
from kept.record.caseloads.reads import open_caseload
from kept.record.contacts.actions import NotRecorded, record_contact
from kept.record.looked.reads import who_has_looked
from kept.record.reads import open_record
from kept.staff.reads import asker_of
from kept.standards.days import day_of
from kept.web.caseload.views import shown
from tests import cast
from tests.cast import Cast, as_superuser, public_id_of
from tests.rooms.record.visits import visit

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
# The last minute of the day in London, and the first of the next: an hour earlier by UTC in summer.
LAST = {SPRING: datetime(2026, 3, 29, 22, 59, tzinfo=UTC), AUTUMN: datetime(2026, 10, 25, 23, 59, tzinfo=UTC)}
# Before the clocks change, and after.
BOTH = {
    SPRING: (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    AUTUMN: (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
}
nights = pytest.mark.parametrize("night", [SPRING, AUTUMN], ids=["March", "October"])
LONDON_DAY = "select (%s::timestamptz at time zone 'Europe/London')::date"


@pytest.fixture
def hannah(people: Cast) -> Asker:
    """Hannah, who worked here then too, with Amina, who is two weeks old in that night."""
    for table in ("staff_membership", "staff_team_member", "record_caseload_place", "record_episode"):
        as_superuser(f"alter table {table} disable trigger user")
        as_superuser(f"update {table} set from_on = '2026-01-01'")
    return people.hannah


def born(days_before: int, night: date) -> None:
    as_superuser(
        "update record_date_of_birth set born_on = %s where person_id = %s",
        night - timedelta(days=days_before),
        cast.person_of("Amina"),
    )


def due(by: Asker, at: datetime) -> tuple[date, str]:
    from kept.web import wording

    (child,) = open_caseload(by=by, purpose=by.service, page=1, at=at).children
    due = shown(child, on=day_of(at)).due
    assert due
    return due.by_on, wording.until(due.by_on, day_of(at))


@nights
def test_the_database_and_the_program_say_the_same_day(hannah: Asker, night: date) -> None:
    around = [LAST[night] + timedelta(minutes=n) for n in (-1500, -60, 0, 1, 60)] + list(BOTH[night])
    for at in around:
        assert as_superuser(LONDON_DAY, at) == [(day_of(at),)]


@nights
def test_what_is_due_is_due_until_midnight_in_london(hannah: Asker, night: date) -> None:
    born(14, night)
    for at in (*BOTH[night], LAST[night]):
        assert due(hannah, at) == (night, "today")
    assert due(hannah, LAST[night] + timedelta(minutes=1)) == (night, "1 day late")


@nights
def test_a_contact_is_recorded_for_the_day_that_it_is_and_for_none_after(hannah: Asker, night: date) -> None:
    born(14, night)

    def recorded(at: datetime, on: date) -> bool:
        return record_contact(
            by=hannah,
            public_id=public_id_of("Amina"),
            purpose=hannah.service,
            contact=visit(kind="unplanned", on=on, notice=None, weight_grams=None),
            source="the-person",
            at=at,
        )

    tomorrow = night + timedelta(days=1)
    for at in (*BOTH[night], LAST[night]):
        with pytest.raises(NotRecorded, match="is in the future"):
            recorded(at, tomorrow)
        assert recorded(at, night)
    assert recorded(LAST[night] + timedelta(minutes=1), tomorrow)


@nights
def test_entries_of_that_night_stand_in_the_order_in_which_they_were_made(
    hannah: Asker, people: Cast, night: date
) -> None:
    first, second = BOTH[night]
    for at in (first, second):
        open_record(by=hannah, public_id=public_id_of("Amina"), purpose=hannah.service, at=at)
    as_superuser("update staff_membership set from_on = '2026-01-01'")
    priya = asker_of(token=cast.token_of("priya"), at=second)
    assert priya
    page = who_has_looked(by=priya, public_id=public_id_of("Amina"), at=second + timedelta(minutes=1))
    times = [entry.at for entry in page.entries if entry.account == hannah.account]
    assert times == [second, first]


@nights
def test_a_role_ends_with_the_day_in_london(hannah: Asker, night: date) -> None:
    as_superuser("update staff_membership set until_on = %s", night + timedelta(days=1))
    token = cast.token_of("hannah")
    assert asker_of(token=token, at=LAST[night])
    assert asker_of(token=token, at=LAST[night] + timedelta(minutes=1)) is None
