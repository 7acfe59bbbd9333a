"""The guides do what they say: every block of commands is run, word for word, on Debian's PostgreSQL."""

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kept.database import embedded
from kept.database.embedded import Server
from kept.database.programs import Programs, installed
from tests import clusters
from tests.journeys.site import free_port
from tests.rooms.database.conftest import a_home

CHECKOUT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    shutil.which("curl") is None,
    reason="The guides ask with curl whether the program is ready: not on this machine",
)
GUIDES = (CHECKOUT / "docs/guides/install.md", CHECKOUT / "docs/guides/operate.md")
DEBIANS = Path("/usr/lib/postgresql/15/bin")
BEGUN = "echo '== block {number}'\n"


@dataclass(frozen=True, slots=True)
class Tried:
    """What each block said, in order."""

    code: int
    said: list[str]
    errors: str

    def block(self, words: str) -> str:
        """What the block said that holds these words."""
        (found,) = (said for block, said in zip(blocks(), self.said, strict=True) if words in block)
        return found


def blocks() -> list[str]:
    """Every block of commands, in the order in which somebody reads the guides."""
    return [
        block
        for guide in GUIDES
        for block in re.findall(r"^```sh\n(.*?)^```$", guide.read_text(), re.M | re.S)
    ]


def choices(server: Server, folder: Path, port: int) -> str:
    """The first block, with the choices of this machine in the place of those of the guide."""
    where = f"127.0.0.1:{server.port}/kept"
    chosen = {
        "PROGRAM": folder / "opt", "SETTINGS": folder / "etc", "STATE": folder / "state", "BACKUPS": folder / "backups",
        "ADMINISTRATOR": server.superuser, "SERVER": where, "PORT": port,
    }  # fmt: skip
    named = set(re.findall(r"(\w+)=", re.sub(r"'[^']*'", "", blocks()[0])))
    assert named == set(chosen)
    return "".join(f"export {name}='{value}'\n" for name, value in chosen.items())


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of one's own, with nothing of ours in it: Debian's where this machine has it."""
    programs = Programs(DEBIANS) if DEBIANS.exists() else installed()
    for home in a_home(clusters.roots()[0]):
        yield embedded.start(home=home, profile="fast", listen=True, port=free_port(), programs=programs)


@pytest.fixture(scope="module")
def tried(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    folder = tmp_path_factory.mktemp("machine")
    subprocess.run(
        [sys.executable, str(CHECKOUT / "requirements/wheel.py"), str(folder / "dist")],
        check=True,
        capture_output=True,
    )
    # Its packages were installed with the very same list for this run: pip finds them there, and fetches nothing.
    subprocess.run([sys.executable, "-m", "venv", str(folder / "opt")], check=True)
    (packages,) = (folder / "opt").glob("lib/python*/site-packages")
    (packages / "what_it_needs.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    script = folder / "guide.sh"
    first, *others = blocks()
    assert first
    script.write_text(
        "set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n"
        + "".join(
            BEGUN.format(number=number) + block
            for number, block in enumerate([choices(server, folder, free_port()), *others])
        )
    )
    bash = shutil.which("bash")
    assert bash
    settings = {
        n: v for n, v in os.environ.items() if not n.startswith(("KEPT_", "PYTHON", "DJANGO", "PIP_"))
    }
    with subprocess.Popen(
        [bash, str(script)],
        cwd=folder,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        try:
            out, errors = running.communicate(timeout=500)
        finally:  # what the guide starts ends with it, wherever it stopped
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
    return Tried(running.returncode, re.split(r"^== block \d+\n", out, flags=re.M)[1:], errors)


def test_every_block_runs_to_its_end(tried: Tried) -> None:
    assert tried.code == 0, "\n".join([*tried.said, tried.errors])
    assert len(tried.said) == len(blocks()) > 8


def test_each_says_what_it_should(tried: Tried) -> None:
    assert "Kept 0." in tried.block("--version")
    assert "is prepared, for production" in tried.block("with_settings() {")
    assert "Nothing is wrong." in tried.block("with_settings() {")
    accounts = tried.block("staff add hannah@kent.example")
    assert len(re.findall(r"can sign in with the password \S+", accounts)) == 3
    assert "rows of" in tried.block("backup-key")
    started = tried.block("pages serve")
    assert '{"ready": true}' in started
    assert "kept_database_up 1.0" in started
    assert "all there" in tried.block("restore")


def test_the_settings_are_for_nobody_else_to_read(
    tried: Tried, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (etc,) = tmp_path_factory.getbasetemp().glob("machine0/etc")
    files = list(etc.iterdir())
    assert {file.name for file in files} >= {"pages.env", "sealer.env", "intake.token", "administration.env"}
    assert "addresses" not in {file.name for file in files}
    assert not [file.name for file in files if file.stat().st_mode & 0o077]
