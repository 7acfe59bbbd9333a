"""The pages served as `kept serve` serves them, in processes of their own; what those and the database's take."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import signature
from pathlib import Path

from kept.database.embedded import status

KEPT = Path(sys.executable).with_name("kept")
PROCESSES = Path("/proc")
START_SECONDS = 60.0
STOP_SECONDS = 15.0
A_MEGABYTE_KIB = 1024


class NotServed(Exception):
    """The web server did not start, or is gone; the message has what it said."""


@dataclass(frozen=True, slots=True)
class Served:
    """A web server: its port, and its main process."""

    port: int
    process: int

    def memory_mb(self) -> float:
        """What its processes hold in memory, what they share being counted once; 0 where the machine does not tell."""
        return sum(map(_proportional_kib, tree_of(self.process))) / A_MEGABYTE_KIB

    def cpu_seconds(self) -> float:
        return sum(map(_cpu_seconds, tree_of(self.process)))


def database_cpu_seconds(home: Path) -> float:
    """What every process of the database server has taken so far."""
    process = status(home=home).process
    return sum(map(_cpu_seconds, tree_of(process))) if process else 0.0


def machine_cpu_seconds() -> float:
    """What all that runs on this machine has taken so far; 0 where it does not tell (proc(5): /proc/stat)."""
    try:
        user, nice, system, _idle, _wait, *rest = map(
            int, (PROCESSES / "stat").read_text().split("\n", 1)[0].split()[1:9]
        )
    except OSError:
        return 0.0
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def as_it_is(port: int) -> list[str]:
    """How to start the pages as everybody does."""
    return [str(KEPT), "serve", "--port", str(port)]


def without_policies(port: int) -> list[str]:
    """The same web server under the settings of `bench.without_policies`.

    `kept serve` refuses to answer anybody while a safeguard is off; what it would hand over to is started here.
    """
    from kept.cli.serve import serve

    workers = signature(serve).parameters["workers"].default
    answering = (
        f"from kept.cli.serve import started; started(host='127.0.0.1', port={port}, workers={workers})"
    )
    return [sys.executable, "-c", answering]


@contextmanager
def served(
    home: Path, *, starting: Callable[[int], list[str]] = as_it_is, settings: str = "kept.config.settings"
) -> Iterator[Served]:
    """Start a web server on a free port, wait until it answers, and stop it in the end. Raises NotServed."""
    port = _free_port()
    log = home / f"web-{port}.log"
    environment = os.environ | {
        "KEPT_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": str(Path(__file__).parents[1]),  # where `bench` is: it is not installed
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            starting(port),
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the bench, which then stops it in good order
        )
    try:
        _wait_for(port, process, log)
        yield Served(port, process.pid)
    finally:
        _stop(process)


def tree_of(process: int) -> list[int]:
    """A process, its children and theirs; nothing where the machine does not tell."""
    children: dict[int, list[int]] = {}
    for stat in PROCESSES.glob("[0-9]*/stat"):
        if fields := _fields(stat):
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [process] if (PROCESSES / str(process)).exists() else []
    for one in found:
        found += children.get(one, [])
    return found


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotServed(f"The web server did not start. It said:\n{log.read_text(errors='replace')[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _fields(stat: Path) -> list[str]:
    """The fields of a process that follow its name, which may hold anything; empty where it is gone."""
    try:
        return stat.read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _cpu_seconds(process: int) -> float:
    """What it took itself, and what those of its children took that have ended (proc(5): utime to cstime)."""
    fields = _fields(PROCESSES / str(process) / "stat")
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _proportional_kib(process: int) -> int:
    try:
        text = (PROCESSES / str(process) / "smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)
