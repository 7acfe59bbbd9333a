"""The work of `kept intake run` or `mailbox`, killed at a point that is named beforehand: run as a process of its own.

    python -m tests.rooms.intake.stopping FOLDER|mailbox TOKEN-FILE NOW

Each line that it is sent is the number of a point: a copy of the process does the work and is killed there, the
way a crash would. It answers with what became of the copy: its exit code, or -9 where it was killed. The points
are those between which anything can change: before each statement that opens an entry or writes, before and after
each commit, before a file is moved, before and after each call to a mailbox. Number 0 is never reached.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

WRITES = (
    "INSERT",
    "UPDATE",
    "select pg_advisory",
    "select entry, definition from ledger.open",
    "select ledger.end_what_was_told",
)
MOVES = ("os.rename", "os.mkdir")


class Points:
    """Counts the points that were passed, and kills this process at one of them."""

    def __init__(self, last: int) -> None:
        self.left = last

    def passed(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def watch(points: Points) -> None:
    from django.db.backends.postgresql.base import DatabaseWrapper
    from django.db.backends.signals import connection_created
    from requests import Session

    def statement(execute: Callable[..., Any], sql: str, *said: Any) -> Any:
        if sql.startswith(WRITES):
            points.passed()
        return execute(sql, *said)

    def connected(connection: Any, **_: Any) -> None:
        connection.execute_wrappers.append(statement)

    def commit(self: Any) -> None:
        points.passed()
        committed(self)
        points.passed()

    def called(self: Any, *said: Any, **how: Any) -> Any:
        points.passed()
        answer = call(self, *said, **how)
        points.passed()
        return answer

    call, Session.request = Session.request, called  # type: ignore[method-assign]
    committed = DatabaseWrapper.commit
    DatabaseWrapper.commit = commit  # type: ignore[method-assign]
    connection_created.connect(connected, weak=False)
    sys.addaudithook(lambda event, _: points.passed() if event in MOVES else None)


def be_ready(token_file: str) -> None:
    """Load the notice that is in force, so that no copy need: the copies have connections of their own."""
    from django.db import connections

    import kept.intake.actions
    import kept.intake.arrivals  # noqa: F401
    from kept.cli.intake import asker_with
    from kept.database.acting import acting_as
    from kept.published.reads import definition_for

    now = datetime.now(UTC)
    with acting_as("intake"):
        asker = asker_with(Path(token_file).read_text().strip(), now)
        assert definition_for(by=asker, on=now.date()).definition.table
    connections.close_all()


def work(place: str, token: str, now: datetime) -> None:
    """What the command does once it is awake."""
    from kept.cli.answers import Format, clear_sentences
    from kept.cli.intake import taken_in
    from kept.cli.mailbox import fetched, the_mailbox
    from kept.database.acting import acting_as

    with clear_sentences(), acting_as("intake"):
        if place == "mailbox":
            fetched(ours=the_mailbox(), token=token, at=now, format=Format.JSON)
        else:
            taken_in(folder=Path(place), token=token, at=now, format=Format.JSON)


def main(place: str, token_file: str, now: str) -> None:
    import django

    django.setup()
    be_ready(token_file)
    for line in sys.stdin:
        if copy := os.fork():
            _, status = os.waitpid(copy, 0)
            print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
            continue
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        watch(Points(int(line)))
        work(place, Path(token_file).read_text().strip(), datetime.fromisoformat(now))
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
