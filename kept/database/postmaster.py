"""The server's main process: whether it runs, and what a dead one left behind."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from kept.database.folders import Place

# Larger than any process id can be (2^22 on Linux): a process with it is never alive.
NO_PROCESS = 2**31 - 1
# What every process of a killed server says when it notices.
LAST_WORDS = "terminating connection due to unexpected postmaster exit"
# While these last, the remains of a killed server are still going.
PASSING = ("is still in use", "lock file", "is being used", "could not bind", "is starting up")


def running(place: Place) -> int | None:
    """The process id of the server of this place, or None.

    The file that names it stays behind when the server is killed, and its number may since belong to any
    other process: so that process must stand in the data folder, as every server does.
    """
    process = named(place)
    if process is None:
        return None
    standing_in = Path(f"/proc/{process}/cwd")
    try:
        return process if standing_in.samefile(place.data) else None
    except PermissionError:
        return None
    except FileNotFoundError:
        return None if Path("/proc/self").exists() else alive(process)


def alive(process: int) -> int | None:
    """For machines without /proc."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return None
    return process


def named(place: Place) -> int | None:
    try:
        first = place.pid_file.read_text().split("\n", 1)[0].strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return int(first) if first.isdigit() and int(first) > 0 else None


def set_aside(place: Place) -> None:
    """Make what a dead server left behind harmless, and no more than that.

    The process id in its file is replaced by one that cannot be alive, not removed: the file also names the
    shared memory that lets PostgreSQL find out whether a process of the old server still writes, and wait.
    """
    for lock in place.socket.glob(".s.PGSQL.*.lock") if place.socket.is_dir() else ():
        place.user.remove(lock)
    if not place.pid_file.exists():
        return
    first, _, rest = place.pid_file.read_text().partition("\n")
    if first.strip().isdigit() and rest:
        place.user.write(place.pid_file, f"{NO_PROCESS}\n{rest}")
    else:
        # Cut off while it was written, before the server had begun.
        place.user.remove(place.pid_file)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the server gave up, and whether that passes by itself."""

    reason: str
    passes: bool


def log_size_bytes(place: Place) -> int:
    return place.log.stat().st_size if place.log.exists() else 0


def refusal(place: Place, *, since_bytes: int, otherwise: str) -> Refusal:
    """What the server's log says, from a place in it on; `otherwise` where it says nothing.

    The remains of a killed server still write to the same log; what they say is no reason.
    """
    with place.log.open("rb") as file:
        file.seek(since_bytes)
        text = file.read(1_000_000).decode(errors="replace")
    reasons = [
        found + "." for found in re.findall(r"(?:FATAL|PANIC):\s+(.+)", text) if LAST_WORDS not in found
    ]
    passes = any(words in reason for reason in reasons for words in PASSING)
    return Refusal(reasons[-1] if reasons else otherwise, passes)
