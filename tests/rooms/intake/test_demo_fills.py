"""The command `kept demo`: from nothing to invented families, stopped at any point and run again."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kept.database import embedded
from tests import clusters
from tests.rooms.database.conftest import a_home
from tests.rooms.intake.running import KEPT
from tests.rooms.intake.test_server_gone import settings

CHILDREN = "select count(*) from record_person where part = 'child' and service = 'health-visiting'"
BATCHES = "select count(*) from intake_demonstration_batch"


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    for home in a_home(clusters.roots()[0]):
        home.mkdir(mode=0o700)
        yield home


def demo(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(KEPT), "demo", "--format", "json", *options]
    return subprocess.run(
        command, env=settings(home), capture_output=True, encoding="utf-8", timeout=300, check=False
    )


def told(home: Path, question: str) -> Any:
    with psycopg.connect(embedded.located(home=home).address_for("postgres")) as connection:
        ((found,),) = connection.execute(question).fetchall()  # type: ignore[arg-type]
        return found


def test_from_nothing_to_families_killed_again_and_again(home: Path) -> None:
    first = demo(home, "--children", "30")
    assert (first.returncode, first.stderr) == (0, "")
    assert json.loads(first.stdout) | {"day": ""} == {"seed": 1, "day": "", "children": 30, "added": 30}
    for batches in (2, 4):
        with subprocess.Popen(
            [str(KEPT), "demo", "--children", "2000"],
            env=settings(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            while told(home, BATCHES) < batches:
                assert process.poll() is None
                time.sleep(0.005)
            process.kill()
    reached = told(home, CHILDREN)
    assert 30 < reached < 2000
    last = demo(home, "--children", "2000")
    assert (last.returncode, last.stderr) == (0, "")
    assert json.loads(last.stdout)["children"] == told(home, CHILDREN) == 2000
    assert told(home, f"{BATCHES} where \"left\" <> '{{}}'") == 0
    looked_after = "select count(*) from record_circumstance where kind = 'circumstances.looked-after'"
    carers = "select count(*) from record_relationship where kind = 'FPM'"
    assert told(home, looked_after) == told(home, carers) > 0


def test_another_seed_or_day_is_another_demonstration(home: Path) -> None:
    demo(home, "--children", "30")
    for other, said in (
        (("--seed", "2"), "This database holds the demonstration of seed 1."),
        (("--on", "2020-01-01"), "This database holds a demonstration of"),
    ):
        done = demo(home, *other)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(said)
        assert done.stderr.count("\n") == 1


def test_a_session_is_used_again_just_after_and_no_longer(home: Path) -> None:
    """One that no page uses ends after half an hour, in the middle of a long run."""
    file = home / "secrets" / "demonstration-signed-in.json"
    demo(home, "--children", "30")
    first = json.loads(file.read_text())
    demo(home, "--children", "30")
    assert json.loads(file.read_text()) == first
    file.write_text(json.dumps({email: (key, since - 360) for email, (key, since) in first.items()}))
    demo(home, "--children", "30")
    later = json.loads(file.read_text())
    assert later.keys() == first.keys()
    assert all(later[email][0] != first[email][0] for email in first)


def test_where_others_work_already_nothing_is_touched(home: Path) -> None:
    """Without the file that names the invented staff, those who can sign in are anybody's."""
    accounts = home / "secrets" / "demonstration-accounts.json"
    hidden = accounts.rename(accounts.with_suffix(".hidden"))
    before = told(home, "select count(*) from staff_change")
    try:
        done = demo(home, "--children", "3000")
    finally:
        hidden.rename(accounts)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("People work with this database already")
    assert told(home, "select count(*) from staff_change") == before
    assert told(home, CHILDREN) < 3000
