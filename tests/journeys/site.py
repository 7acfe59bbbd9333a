"""The program as it is served: `kept serve` in processes of its own, over a database of this run's server."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

from tests import clusters

KEPT = Path(sys.executable).with_name("kept")
START_SECONDS = 180.0
STOP_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Site:
    """Where it answers, which database it uses, and what it logs."""

    address: str
    settings: dict[str, str]
    log: Path

    def said(self) -> str:
        return self.log.read_text(errors="replace")


@contextmanager
def served(settings: dict[str, str], *options: str) -> Iterator[Site]:
    """Serve the pages with these settings until the block ends; begins once the server answers."""
    port = free_port()
    environment = {**os.environ, **settings}
    log = Path(environment["KEPT_HOME"]) / f"served-{port}.log"
    command = [str(KEPT), "serve", "--port", str(port), "--workers", "2", *options]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(port, process, log)
        yield Site(f"http://localhost:{port}", settings, log)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def run(site: Site, *words: str) -> str:
    """Run a command of the program beside the site, in a process of its own; what it printed."""
    environment = {**os.environ, **site.settings}
    done = subprocess.run(
        [str(KEPT), *words], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def home() -> Path:
    return Path(os.environ["KEPT_HOME"])


def build_once() -> None:
    """Styles and scripts into the home of this run: the first who asks builds them, the others wait."""
    from kept.cli.serve import built_pages

    with (clusters.begin() / "pages.lock").open("a") as lock:
        flock(lock, LOCK_EX)
        built_pages()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The server did not start. It said:\n{log.read_text(errors='replace')}")
