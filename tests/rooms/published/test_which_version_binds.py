"""On a day, that version of a notice binds which came into force last."""

from datetime import date, timedelta

import pytest

from kept.published.reads import NothingInForce, definition_in_force
from tests.cast import as_superuser
from tests.rooms.published.library import FIRST, SERVICE, beginning, publish

pytestmark = pytest.mark.usefixtures("database")
DAY = timedelta(days=1)


def binding(on: date) -> int | None:
    """The number of the version that binds, as the program and as the database say."""
    (in_sql,) = as_superuser("select published_in_force(%s, %s)", SERVICE, on)
    try:
        in_python = definition_in_force(service=SERVICE, on=on).id
    except NothingInForce:
        in_python = None
    assert in_sql == (in_python,)
    return in_python


def test_nothing_binds_before_the_first_version_begins() -> None:
    assert binding(FIRST) is None
    publish()
    assert binding(FIRST - DAY) is None
    with pytest.raises(NothingInForce, match="kept notice publish toy-library"):
        definition_in_force(service=SERVICE, on=FIRST - DAY)


def test_a_version_binds_from_its_first_day_until_the_next_one_begins() -> None:
    first, _ = publish()
    second, _ = publish(beginning("2026-03-01"))
    march = date(2026, 3, 1)
    assert [binding(day) for day in (FIRST, march - DAY, march, date(2099, 1, 1))] == [
        first.pk, first.pk, second.pk, second.pk
    ]  # fmt: skip


def test_versions_may_be_published_in_any_order() -> None:
    later, _ = publish(beginning("2026-03-01"))
    assert binding(FIRST) is None
    first, _ = publish()
    assert (binding(FIRST), binding(date(2026, 3, 1))) == (first.pk, later.pk)


def test_a_version_that_ends_binds_no_longer_than_it_says() -> None:
    last, _ = publish(beginning("2026-03-01", until="2026-06-01"))
    assert binding(date(2026, 5, 31)) == last.pk
    assert binding(date(2026, 6, 1)) is None


def test_services_do_not_bind_each_other() -> None:
    publish()
    assert binding(FIRST) != definition_in_force(service="health-visiting", on=FIRST).id
    with pytest.raises(NothingInForce):
        definition_in_force(service="nobody-knows", on=FIRST)
