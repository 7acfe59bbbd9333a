"""Kept as it is installed on a machine of its own: from a wheel, without a checkout, Node or a compiler."""

import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import clusters
from tests.journeys.site import free_port, wait_until_it_answers
from tests.rooms.database.conftest import a_home

CHECKOUT = Path(__file__).parents[2]
GOVERNANCE = ("--by", "ira@kent.example", "--approved-by", "ivo@kent.example")


@dataclass(frozen=True, slots=True)
class Installed:
    """The program in an environment of its own, and the folder it runs in, which is no checkout."""

    program: Path
    folder: Path

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.program), *words],
            cwd=self.folder,
            env=clean(settings),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


def clean(settings: dict[str, str]) -> dict[str, str]:
    """No setting of this run, and no Node."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KEPT_", "PYTHON", "DJANGO"))
    }
    return kept | {"PATH": "/nowhere", **settings}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, str(CHECKOUT / "requirements" / "wheel.py"), str(folder / "dist")]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("kept-*.whl")
    venv, elsewhere = folder / "venv", folder / "elsewhere"
    elsewhere.mkdir()
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True, cwd=elsewhere, env=clean({}))
    # What it needs was installed with the very same list for this run: it is used again rather than fetched.
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / "what_it_needs.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return Installed(venv / "bin" / "kept", elsewhere)


@pytest.fixture
def home() -> Iterator[Path]:
    yield from a_home(clusters.roots()[0])


def test_it_says_which_release_it_is(installed: Installed) -> None:
    said = installed.run("--version")
    assert (said.returncode, re.fullmatch(r"Kept \d+\.\d+\.\d+\n", said.stdout) is not None) == (0, True)


def test_the_program_is_the_wheels_and_so_are_the_definitions(installed: Installed, home: Path) -> None:
    asked = "from kept.config import settings as s; import kept; print(kept.__file__, s.DEFINITIONS)"
    told = subprocess.run(
        [str(installed.program.with_name("python")), "-c", asked],
        cwd=installed.folder,
        env=clean({"KEPT_HOME": str(home)}),
        capture_output=True,
        text=True,
        check=True,
    )
    package, definitions = told.stdout.split()
    assert Path(package).is_relative_to(installed.program.parents[1])
    assert Path(definitions) == Path(package).parent / "definitions"
    assert installed.run("notice", "check", KEPT_HOME=str(home)).returncode == 0


def test_nothing_is_wrong_with_it(installed: Installed, home: Path) -> None:
    said = installed.run("check", KEPT_HOME=str(home))
    assert (said.returncode, said.stdout) == (0, "Nothing is wrong.\n"), said.stdout + said.stderr


def test_it_starts_without_node_or_a_checkout(installed: Installed, home: Path) -> None:
    settings = {"KEPT_HOME": str(home)}
    for words in (
        ("database", "start"),
        ("database", "prepare"),
        ("notice", "publish", "health-visiting", *GOVERNANCE),
        ("notice", "publish", "parent-infant-relationship", *GOVERNANCE),
    ):
        said = installed.run(*words, **settings)
        assert said.returncode == 0, said.stdout + said.stderr
    port, log = free_port(), home / "served.log"
    command = [str(installed.program), "serve", "--port", str(port), "--workers", "1"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=installed.folder, env=clean(settings), stdout=out, stderr=subprocess.STDOUT
        )
    try:
        wait_until_it_answers(port, process, log)
        assert answered(port, "/health/ready") == '{"ready": true}'
        page = answered(port, "/notices/")
        (styles,) = re.findall(r'href="(/static/kept/kept\.[^"]+\.css)"', page)
        assert "nhsuk" in answered(port, styles)
    finally:
        process.terminate()
        process.wait(30)


def answered(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=30) as answer:
        text: str = answer.read().decode()
        return text
