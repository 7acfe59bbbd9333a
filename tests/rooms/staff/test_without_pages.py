"""Signing in without pages: the same checks, and a session like any other."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import timezone

from kept.database.acting import acting_as
from kept.staff.reads import asker_of
from kept.staff.without_pages import sign_in
from tests.cast import HEALTH_VISITING
from tests.rooms.staff.staff_room import PASSWORD, Colleague, joined


@pytest.fixture
def colleague(database: str) -> Iterator[Colleague]:
    cache.clear()
    yield joined()
    cache.clear()


def test_password_and_code_open_a_session_that_asks_as_the_account(colleague: Colleague) -> None:
    key = sign_in(email=colleague.email, password=PASSWORD, code=colleague.code)
    assert key
    with acting_as("default"):
        asker = asker_of(token=key, at=timezone.now())
    assert asker
    assert (asker.account, asker.service, asker.process) == (colleague.account, HEALTH_VISITING, "")


def test_a_wrong_password_or_code_opens_nothing(colleague: Colleague) -> None:
    assert sign_in(email=colleague.email, password="wrong", code=colleague.code) is None
    assert sign_in(email=colleague.email, password=PASSWORD, code="000000") is None
    assert sign_in(email="nobody@kent.example", password=PASSWORD, code=colleague.code) is None


def test_no_code_is_good_twice_and_none_after_five_wrong_ones(colleague: Colleague) -> None:
    code = colleague.code
    assert sign_in(email=colleague.email, password=PASSWORD, code=code)
    for _ in range(5):
        assert sign_in(email=colleague.email, password=PASSWORD, code=code) is None
    assert sign_in(email=colleague.email, password=PASSWORD, code=colleague.code) is None
