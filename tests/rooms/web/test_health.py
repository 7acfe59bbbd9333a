"""Whether the program lives and can be sent people: told to anybody in one word, and why not in the log alone."""

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from kept.database.migrated import versions
from kept.published import reads
from kept.web.health import HealthMiddleware
from tests import clusters
from tests.cast import as_superuser

NEWER = "insert into django_migrations (app, name, applied) values ('record', '9999_of_a_newer_kept', now())"
OLDER = "delete from django_migrations where app = 'record' and name = '0017_families'"


@pytest.fixture(autouse=True)
def no_pictures(settings: Settings, tmp_path: Path) -> None:
    """Nothing here looks at a page; the folder of its pictures need only be there."""
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.web.health.ASKED_ANEW_SECONDS", -1.0)


@pytest.fixture
def anybody(asked_at_once: None) -> Client:
    """No cookie, no name of ours, no TLS."""
    return Client(headers={"host": "10.0.0.7"})


def told(client: Client, path: str) -> tuple[int, object]:
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()


def test_it_lives_and_is_ready(database: str, anybody: Client) -> None:
    assert told(anybody, "/health/live") == (200, {"live": True})
    assert told(anybody, "/health/ready") == (200, {"ready": True})


def test_it_lives_without_asking_the_database(anybody: Client, database: str) -> None:
    with clusters.pointed_at("kept_nowhere"):
        assert told(anybody, "/health/live") == (200, {"live": True})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (NEWER, "the database is of another version"),
        (OLDER, "the database is of another version"),
        (
            "update published_definition set hash = 'another' where id = 1",
            "a notice in force is not what was published",
        ),
        ("update published_definition set in_force_from = '2099-01-01'", "no notice is in force"),
    ],
    ids=["newer", "older", "changed", "none in force"],
)
def test_what_is_in_the_way_is_in_the_log_and_not_in_the_answer(
    database: str, anybody: Client, caplog: pytest.LogCaptureFixture, change: str, why: str
) -> None:
    as_superuser("alter table published_definition disable trigger all")
    as_superuser(change)
    with caplog.at_level(logging.WARNING, "kept.health"):
        assert told(anybody, "/health/ready") == (503, {"ready": False})
    assert [record.what for record in caplog.records] == [why]


def test_a_database_that_is_gone_is_not_ready(anybody: Client, database: str) -> None:
    with clusters.pointed_at("kept_nowhere"):
        assert told(anybody, "/health/ready") == (503, {"ready": False})
    assert told(anybody, "/health/ready") == (200, {"ready": True})


def test_asked_often_the_database_is_asked_seldom(
    database: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.get("/health/ready")
    with django_assert_num_queries(0, using="default"):
        assert [client.get("/health/ready").status_code for _ in range(20)] == [200] * 20


def test_it_stands_before_everything_that_could_answer_otherwise() -> None:
    assert settings.MIDDLEWARE[0] == f"{HealthMiddleware.__module__}.{HealthMiddleware.__qualname__}"


def test_what_was_loaded_is_not_loaded_again(database: str) -> None:
    reads.published.cache_clear()
    for _ in range(3):
        assert reads.unlike_what_was_published(on=date(2026, 11, 22)) == ""
    assert reads.published.cache_info().misses == 2


def test_what_a_database_lacks_and_has_too_much_is_said_in_a_sentence(database: str) -> None:
    assert versions(using="default").sentence == ""
    as_superuser(OLDER)
    assert "lacks record.0017_families" in versions(using="default").sentence
    assert "kept database prepare" in versions(using="default").sentence
    as_superuser(NEWER)
    assert (
        "newer Kept than this one (it has record.9999_of_a_newer_kept)" in versions(using="default").sentence
    )


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[list[dict[str, object]]]:
    """What the log says, as whoever collects it reads it."""
    from kept.config.logs import Formatter

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(json.loads(Formatter().format(record)))

    said: list[dict[str, object]] = []
    handler = Kept(logging.DEBUG)
    root = logging.getLogger()
    root.addHandler(handler)
    yield said
    root.removeHandler(handler)


def test_of_an_error_the_log_tells_its_kind_and_its_way_and_no_word_of_it(
    lines: list[dict[str, object]],
) -> None:
    try:
        try:
            raise ValueError("Amina Okafor, 999 000 0018")
        except ValueError as first:
            raise RuntimeError("of Hopbine Lane") from first
    except RuntimeError:
        logging.getLogger("kept.web").exception("A page failed.", extra={"what": "a query"})
        logging.getLogger("django.request").exception("%s: %s", "Error", "/search/?q=Amina")
        logging.getLogger("gunicorn.error").warning("Invalid request from Amina")
    ours, djangos, gunicorns = lines
    assert (ours["event"], ours["what"]) == ("A page failed.", "a query")
    assert ours["error"] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "test_of_an_error" in str(ours["through"])
    assert djangos["event"] == "%s: %s"
    assert gunicorns["event"] == ""
    assert not [word for word in ("Amina", "Okafor", "0018", "Hopbine") if word in json.dumps(lines)]


def test_a_page_asked_for_is_told_by_its_name(database: str, lines: list[dict[str, object]]) -> None:
    logger = logging.getLogger("kept.access")
    before = logger.level
    logger.setLevel(logging.INFO)
    try:
        Client().get("/children/00000000-0000-4000-8000-000000000000/?name=Amina")
        Client().generic("AMINA", "/caseload/?name=Amina")
    finally:
        logger.setLevel(before)
    one, other = (line for line in lines if line["part"] == "kept.access")
    assert (one["route"], one["method"], one["status"]) == ("record", "GET", 302)
    assert (other["route"], other["method"]) == ("none", "other")
    assert isinstance(one["duration_ms"], float)
    assert len(str(one["request"])) == 32
    assert "Amina" not in json.dumps(lines).replace("AMINA", "Amina")
