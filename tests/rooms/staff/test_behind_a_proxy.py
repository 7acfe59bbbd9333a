"""Behind a proxy every request comes from one address: whose tries are counted is what the proxy says, and no more."""

import pytest
from pytest_django import Settings

from tests.rooms.staff.staff_room import Colleague, joined

pytestmark = pytest.mark.usefixtures("room")


@pytest.fixture(autouse=True)
def one_proxy(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def guesses(colleague: Colleague, *, seen: str) -> list[int]:
    """Six wrong passwords; `seen` is what the proxy hands on, its own word last."""
    return [colleague.type_password("wrong", headers={"X-Forwarded-For": seen}).status_code for _ in range(6)]


def test_a_stranger_behind_the_same_proxy_locks_nobody_out() -> None:
    colleague = joined()
    assert guesses(colleague, seen="203.0.113.7")[-1] == 429
    assert colleague.type_password(headers={"X-Forwarded-For": "198.51.100.4"}).status_code == 302


def test_an_address_that_the_browser_made_up_gives_no_new_tries() -> None:
    colleague = joined()
    answers = [
        colleague.type_password("wrong", headers={"X-Forwarded-For": f"192.0.2.{n}, 203.0.113.7"}).status_code
        for n in range(6)
    ]
    assert answers == [200, 200, 200, 200, 429, 429]
