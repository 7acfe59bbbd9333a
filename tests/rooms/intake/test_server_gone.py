"""The server killed or its disk full in the middle: a clear sentence, nothing half-done, and the next run goes on.

The server is one of its own, made as an installation makes it, for work and not for tests.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kept.database import embedded
from tests import clusters
from tests.rooms.database.conftest import a_home
from tests.rooms.database.test_crashes import no_file_larger_than
from tests.rooms.intake.running import KEPT, Post

ROOT = Path(__file__).parents[3]
PREPARE = """
from kept.cli import demonstration
from kept.cli.database import prepared_database
from kept.database import embedded
embedded.start(home=demonstration.home(), profile="fast")
prepared_database()
demonstration.publish_notices()
demonstration.make_accounts()
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    for home in a_home(clusters.roots()[0]):
        home.mkdir(mode=0o700)
        subprocess.run([sys.executable, "-c", PREPARE], env=settings(home), cwd=ROOT, check=True)
        yield home


def settings(home: Path) -> dict[str, str]:
    """The settings of an installation that uses the server of its own."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("KEPT_DATABASE_")},
        "KEPT_HOME": str(home),
    }


@pytest.fixture
def post(home: Path, tmp_path: Path) -> Post:
    (tmp_path / "in").mkdir()
    return Post(tmp_path / "in", home / "secrets" / "intake.token", settings(home), now=())


def told(home: Path, question: str) -> int:
    with psycopg.connect(embedded.located(home=home).address_for("postgres")) as connection:
        ((number,),) = connection.execute(question).fetchall()  # type: ignore[arg-type]
        return int(number)


def kill_the_server(home: Path) -> None:
    process = embedded.status(home=home).process
    assert process
    os.kill(process, signal.SIGKILL)


def test_the_server_killed_in_the_middle_is_told_in_a_sentence_and_the_next_run_goes_on(
    home: Path, post: Post
) -> None:
    subprocess.run(
        [str(KEPT), "demo", "--messages", str(post.folder), "--children", "40"],
        env=settings(home),
        check=True,
        timeout=300,
    )
    with subprocess.Popen(
        post.command(), env=settings(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        while told(home, "select count(*) from intake_bundle where state = 'read'") < 5:
            assert run.poll() is None, "it was too quick"
            time.sleep(0.01)
        kill_the_server(home)
        answer, sentence = run.communicate(timeout=120)
    assert (run.returncode, answer) == (3, "")
    assert "the database cannot be reached" in sentence
    assert "had been dealt with by then, and stay so" in sentence
    assert "Traceback" not in sentence

    gone = post.run()
    assert (gone.returncode, gone.stdout) == (3, "")
    assert "kept database start" in gone.stderr

    embedded.start(home=home, profile="fast")
    before = told(home, "select count(*) from intake_bundle where state = 'read'")
    assert post.told()["read"] == 80 - before
    assert told(home, "select count(*) from record_person where part = 'child'") == 40
    assert told(home, "select count(distinct entry_id) from intake_bundle") == 80
    assert told(home, "select count(*) from ledger_entry where process = 'intake'") == 80


def test_a_full_disk_is_told_in_a_sentence_and_the_file_stays_where_it_is(home: Path, post: Post) -> None:
    large = os.urandom(19_000_000)
    post.deliver({"1-broken.json": b"{", "2-large.json": large, "3-broken.json": b"["})
    embedded.stop(home=home)
    with no_file_larger_than(17_000_000):
        embedded.start(home=home, profile="fast")
        before = told(home, "select count(*) from intake_bundle")
        full = post.run()
        assert (full.returncode, full.stdout) == (3, "")
        assert full.stderr.startswith("Nothing was saved: the disk that holds the record is full")
        assert post.waiting() == {"2-large.json", "3-broken.json"}
        assert told(home, "select count(*) from intake_bundle") == before + 1
        embedded.stop(home=home)
    embedded.start(home=home, profile="fast")
    files = {one["file"]: (one["state"], one["reasons"]) for one in post.told()["files"]}
    assert files == {
        "1-broken.json": ("queued", ["not-json"]),
        "2-large.json": ("queued", ["too-large"]),
        "3-broken.json": ("queued", ["not-json"]),
    }
    assert post.waiting() == set()
    assert post.taken()["2-large.json"] == large


def test_only_a_database_for_tests_reads_as_on_another_day(home: Path, post: Post) -> None:
    post.deliver({"1.json": b"{}"})
    done = post.run("--at", "2026-03-04")
    assert done.returncode == 3
    assert done.stderr.startswith("The time given is more than 60 seconds from the server's clock")
    assert told(home, "select count(*) from intake_bundle where state = 'received'") == 1
