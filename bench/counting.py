"""What one page asks of the database: statements, round trips and buffers, counted and not timed.

The page is answered inside this process, through the program's own door (its WSGI application), so that the
connections it uses are at hand: the wire of each is written down, and the server is told to count at once.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import Any
from wsgiref.util import setup_testing_defaults

import psycopg

from bench.driving import Question, WrongAnswer

BATCHES, A_BATCH = 5, 20
WARM = 20  # pages: plans are cached for good after five
TOUCHED = "select blks_hit + blks_read from pg_stat_database where datname = current_database()"


@dataclass(frozen=True, slots=True)
class Counted:
    """For one page. A statement begins and ends a transaction too; a round trip is a wait for the server."""

    statements: float
    round_trips: float
    buffers: float


def counted(questions: Iterator[Question], *, by: psycopg.Connection[Any]) -> Counted:
    """Answer pages here and count; `by` is a superuser's connection that looks on."""
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    def answer(many: int) -> None:
        for _ in range(many):
            _answer(application, next(questions))

    answer(WARM)
    wires = _wires(lambda: answer(A_BATCH))
    statements, round_trips = map(sum, zip(*map(_counted_on, wires), strict=True))
    buffers = []
    for _ in range(BATCHES):
        before = _touched(by)
        answer(A_BATCH)
        buffers.append((_touched(by) - before) / A_BATCH)
    return Counted(statements / A_BATCH, round_trips / A_BATCH, median(buffers))


def _answer(application: Any, question: Question) -> None:
    """Put one GET to the application; raises WrongAnswer as the generator does."""
    head = question.request.decode().split("\r\n")
    environ: dict[str, Any] = {"wsgi.input": BytesIO(), "HTTP_HOST": "127.0.0.1"}
    environ["REQUEST_METHOD"], environ["PATH_INFO"], _ = head[0].split(" ")
    environ["HTTP_COOKIE"] = next(line.partition(": ")[2] for line in head if line.startswith("Cookie: "))
    setup_testing_defaults(environ)
    said: list[str] = []
    response = application(environ, lambda status, headers, *rest: said.append(status))
    body = b"".join(response)
    response.close()
    if not said[0].encode().startswith(question.status) or question.holds not in body:
        raise WrongAnswer(f"The page is not the one asked for: {said[0]}, {body[:2000].decode()}")


def _connections() -> list[Any]:
    """Django's connections that a page has opened in this thread."""
    from django.db import connections

    return [one for one in connections.all(initialized_only=True) if one.connection is not None]


def _wires(answer: Callable[[], None]) -> list[list[str]]:
    """What went over each connection while `answer` ran, a message a line."""
    connections = _connections()
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile("w+")) for _ in connections]
        for connection, file in zip(connections, files, strict=True):
            connection.connection.pgconn.trace(file.fileno())
        answer()
        for connection, file in zip(connections, files, strict=True):
            connection.connection.pgconn.untrace()  # which writes what is left
            file.seek(0)
        return [file.readlines() for file in files]


def _counted_on(wire: list[str]) -> tuple[int, int]:
    """How many statements, and how many waits for an answer: a simple query and a sync each end in one."""
    messages = [line.rstrip("\n").split("\t")[1:4:2] for line in wire]
    sent = [message[1] for message in messages if len(message) > 1 and message[0] == "F"]
    return (
        sum(one.startswith(("Query", "Execute")) for one in sent),
        sum(one.startswith(("Query", "Sync")) for one in sent),
    )


def _touched(by: psycopg.Connection[Any]) -> int:
    """Shared buffers that the database has hit or read so far, this process's own connections included."""
    for connection in _connections():
        connection.connection.execute("select pg_stat_force_next_flush()")
        connection.connection.execute("select 1")
    row = by.execute(TOUCHED).fetchone()
    assert row is not None
    touched: int = row[0]
    return touched
