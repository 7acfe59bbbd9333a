"""Which role a piece of work is done as, and which connection a model gets."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from types import SimpleNamespace

import pytest

from kept.database import acting_as, here
from kept.database.routing import Router


def model_of(app: str) -> SimpleNamespace:
    return SimpleNamespace(_meta=SimpleNamespace(app_label=app))


def test_work_is_the_applications_unless_it_says_otherwise() -> None:
    assert here() == "default"
    with acting_as("intake"):
        assert here() == "intake"
        with acting_as("publisher"):
            assert here() == "publisher"
        assert here() == "intake"
    assert here() == "default"


def test_after_an_error_work_is_the_applications_again() -> None:
    def fail() -> None:
        with acting_as("intake"):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert here() == "default"


def test_one_thread_or_task_never_acts_for_another() -> None:
    async def other() -> str:
        return here()

    with acting_as("intake"), ThreadPoolExecutor(1) as thread:
        assert thread.submit(here).result() == "default"
        # In a thread of its own: the browser of other tests keeps a loop running in this one.
        asked = copy_context().run
        assert thread.submit(asked, asyncio.run, other()).result() == "intake"


def test_a_role_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="No database role is called 'admin'"):
        acting_as("admin").__enter__()


@pytest.mark.parametrize("app", ["staff", "account", "mfa", "axes", "auth", "contenttypes", "sessions"])
def test_accounts_and_sessions_are_the_doors_whoever_works(app: str) -> None:
    with acting_as("intake"):
        assert Router().db_for_read(model_of(app)) == "door"
        assert Router().db_for_write(model_of(app)) == "door"


@pytest.mark.parametrize("app", ["record", "ledger", "published", "intake"])
def test_everything_else_is_read_and_written_as_whoever_works(app: str) -> None:
    assert Router().db_for_read(model_of(app)) == "default"
    with acting_as("intake"):
        assert Router().db_for_write(model_of(app)) == "intake"


@pytest.mark.parametrize("alias", ["default", "door", "publisher", "intake"])
def test_only_the_owner_makes_tables(alias: str) -> None:
    assert not Router().allow_migrate(alias, "record")
    assert Router().allow_migrate("owner", "record")
