"""Somebody else was first: a page that says so and gives back what was typed, never a fault of ours."""

import logging
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from pytest_django import Settings

from kept.web.answers import answer_to
from tests.cast import Cast, as_superuser, public_id_of
from tests.rooms.web.workbench.desk import browser_of

NOTE = "She asked us to ring in the evening."


@pytest.fixture(autouse=True)
def styles(settings: Settings, tmp_path: Path) -> None:
    """Styles are named as they are in the folder."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def first(people: Cast) -> None:
    """Whoever asks for one of these has been forestalled, at the very last moment."""
    as_superuser(
        "create function forestalled() returns trigger language plpgsql as $$ begin"
        " raise exception 'somebody was first' using errcode = 'unique_violation', constraint = 'once_on_a_caseload';"
        " end $$"
    )
    as_superuser(
        "create trigger forestalled before insert on record_circumstance execute function forestalled()"
    )


def test_what_was_typed_comes_back_where_somebody_was_first(
    first: None, caplog: pytest.LogCaptureFixture
) -> None:
    child = public_id_of("Amina")
    sent = {"about": str(public_id_of("Grace")), "kind": "health.long-term-condition", "said": NOTE,
            "source": "the-person", "once": str(uuid4())}  # fmt: skip
    with caplog.at_level(logging.ERROR, logger="kept.web"):
        answer = browser_of("hannah").post(f"/children/{child}/told/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this meanwhile. Open it again; copy what you typed first." in page
    assert NOTE in page
    (record,) = (one for one in caplog.records if one.name == "kept.web")
    assert record.what == "told: once_on_a_caseload"  # type: ignore[attr-defined]
    assert NOTE not in caplog.text
    assert as_superuser("select 1 from record_circumstance") == []


@pytest.mark.parametrize("code", ["23505", "23514", "23P01", "KP002"])
@pytest.mark.usefixtures("people")
def test_each_rule_that_only_somebody_else_can_break_is_said_so(code: str, rf: Any) -> None:
    assert told(code, rf) == 409


@pytest.mark.parametrize("code", ["40P01", "40001"])
@pytest.mark.usefixtures("people")
def test_two_who_waited_for_one_another_do_it_again(code: str, rf: Any) -> None:
    assert told(code, rf) == 503


@pytest.mark.parametrize("code", ["23502", "42501", "KP003"])
@pytest.mark.usefixtures("people")
def test_what_is_a_fault_of_ours_stays_one(code: str, rf: Any) -> None:
    assert told(code, rf) is None


def told(code: str, rf: Any) -> int | None:
    """With which status somebody is told of an error of the database."""
    as_superuser(
        "create function fails(code text) returns void language plpgsql as"
        " $$ begin raise exception 'no' using errcode = code; end $$"
    )
    as_superuser("grant execute on function fails to kept_application")
    request: HttpRequest = rf.post("/", {"note": NOTE})
    request.furniture = None  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select fails(%s)", [code])
    answer = answer_to(request, raised.value)
    return answer.status_code if answer else None
