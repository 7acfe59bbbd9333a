"""What is installed is named, pinned and explained; what a machine lacks is said in a sentence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
REQUIREMENTS = CHECKOUT / "requirements"
SCRIPT = REQUIREMENTS / "environment.py"
LISTS = ("kept", "development")


def named(line: str) -> str:
    """The package of a requirement, without what is asked of it."""
    return re.split(r"[\[<>=~! ]", line, maxsplit=1)[0].lower().replace(".", "-")


def asked_for(name: str) -> list[str]:
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_with_its_hash(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text()
    packages = re.split(r"\n(?=[a-z])", text)
    assert len(packages) > 20
    assert [one for one in packages if not re.match(r"\S+==\S+ \\\n\s+--hash=sha256:[0-9a-f]{64}", one)] == []


@pytest.mark.parametrize("name", LISTS)
def test_what_is_asked_for_is_what_is_installed(name: str) -> None:
    pinned = {named(line) for line in (REQUIREMENTS / f"{name}.txt").read_text().splitlines()}
    assert {named(line) for line in asked_for(name)} <= pinned


def test_both_lists_install_the_same_version_of_a_package() -> None:
    kept, development = (
        set(re.findall(r"^\S+==\S+", (REQUIREMENTS / f"{name}.txt").read_text(), re.M)) for name in LISTS
    )
    assert kept < development


def test_every_package_asked_for_is_explained() -> None:
    tables = (CHECKOUT / "docs/decisions/0004-dependencies.md").read_text().splitlines()
    explained = {
        named(one) for row in tables if row.startswith("| ") for one in row.split("|")[1].strip().split(", ")
    }
    assert {named(one) for name in LISTS for one in asked_for(name)} <= explained


@pytest.mark.parametrize(
    "path",
    ["requirements/kept.txt", "requirements/development.txt", "Makefile", "requirements/environment.py"],
)
def test_no_index_is_named(path: str) -> None:
    assert not re.search(
        r"https?://(?!localhost)|index-url|find-links|trusted-host", (CHECKOUT / path).read_text()
    )


def run(*arguments: str, before: str = "pass") -> subprocess.CompletedProcess[str]:
    """Run the script as `make` does, in a Python where something else is so `before`."""
    program = f"import runpy, sys; {before}; sys.argv[1:] = {list(arguments)!r}; "
    program += f"runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_a_python_that_cannot_make_an_environment_is_said_so() -> None:
    done = run("kept", before="sys.modules['ensurepip'] = None")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_that_is_too_old_is_said_so() -> None:
    done = run("kept", before="sys.version_info = (3, 9, 2)")
    assert done.returncode == 1
    assert "Kept needs Python 3.11 or later" in done.stderr


def test_a_list_that_there_is_not_is_said_so() -> None:
    done = run("everything")
    assert done.returncode == 2
    assert "kept|development" in done.stdout
