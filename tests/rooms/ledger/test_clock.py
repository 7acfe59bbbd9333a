"""An entry is dated by the door's clock, which must agree with the server's: a back-dated one would revive what was
withdrawn since."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import superuser
from tests.rooms.ledger.raw import CLOCK, Raw

ASKS = (
    "select * from ledger.facts('token-of-hannah', '{}', '{1}', false, %s)",
    "select * from ledger.open('token-of-hannah', 'try', 'health-visiting', '[]', '', '', '', %s)",
    "select ledger.refuse('token-of-hannah', 'try', 'health-visiting', '{}', '{}', '', '', %s)",
    "select * from ledger.caseload('token-of-hannah', 0, 50, %s)",
    "select * from ledger.facts_of_named('token-of-hannah', '{}', %s)",
)


@pytest.fixture
def production(application: Raw) -> Raw:
    """The same database, as if it had been marked for production when it was made."""
    with superuser() as connection:
        connection.execute("update ledger.cluster set kind = 'production'")
    return application


@pytest.mark.parametrize("ask", ASKS)
def test_a_time_that_is_not_now_is_refused(production: Raw, ask: str) -> None:
    for seconds in (-86_400, -61, 61, 86_400):
        assert production.told(ask, datetime.now(UTC) + timedelta(seconds=seconds)) == CLOCK
    for odd in ("infinity", "-infinity", None):
        assert production.told(ask, odd) == CLOCK


@pytest.mark.parametrize("seconds", [-55, 0, 55])
def test_clocks_may_differ_by_less_than_a_minute(production: Raw, seconds: int) -> None:
    assert (
        production.told("select ledger.check_clock(%s)", datetime.now(UTC) + timedelta(seconds=seconds)) == ""
    )


def test_only_a_cluster_for_tests_takes_any_time(application: Raw) -> None:
    assert application.told("select ledger.check_clock('2017-11-01')") == ""


@pytest.mark.parametrize("statement", ["set timezone = 'Pacific/Kiritimati'", "set datestyle = 'German'"])
def test_a_session_does_not_move_the_clock(production: Raw, statement: str) -> None:
    production.rows(statement)
    assert production.told("select ledger.check_clock(%s)", datetime.now(UTC) - timedelta(hours=14)) == CLOCK
    assert production.told("select ledger.check_clock(%s)", datetime.now(UTC)) == ""
