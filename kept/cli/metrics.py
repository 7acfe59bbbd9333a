"""kept metrics: how much work waits, for a monitoring system: on an address of its own, and never among the pages."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kept.cli.answers import Exit, fail, people
from kept.cli.home import home

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import GaugeMetricFamily

TOKEN = "KEPT_METRICS_TOKEN"  # noqa: S105 - the name of a setting
CONNECT_SECONDS = 5
Start = Callable[[str, list[tuple[str, str]]], Any]


def metrics(
    host: Annotated[str, typer.Option("--host", help="the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="the port to listen on")] = 9108,
    once: Annotated[bool, typer.Option("--once", help="print them now, and listen to nobody")] = False,
) -> None:
    """Say how much work waits and since when, in the text format of Prometheus: counts and ages, nothing of anybody.

    Messages to read, messages that wait for a person, letters in the outbox, entries not yet sealed. Beyond this
    machine it answers only whoever shows the token of the setting KEPT_METRICS_TOKEN (Authorization: Bearer).

    Exit codes: 0 stopped, or printed; 1 no token is set, and others than this machine would be listened to; 3 the
    database is not there, or the address is taken.
    """
    from prometheus_client import generate_latest

    if once:
        typer.echo(generate_latest(registry()).decode(), nl=False)
        return
    token = os.environ.get(TOKEN, "")
    if not token and not is_this_machine(host):
        fail(f"Set {TOKEN} to a secret before others than this machine are listened to.", code=Exit.NOT_SO)
    served(host=host, port=port, token=token)


def is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def served(*, host: str, port: int, token: str) -> None:
    from wsgiref.simple_server import make_server

    from prometheus_client.exposition import ThreadingWSGIServer, _SilentHandler

    try:
        server = make_server(host, port, application(token), ThreadingWSGIServer, _SilentHandler)
    except OSError as error:
        fail(
            f"Nothing can listen on {host}:{port} ({error.strerror}). Name another --port.",
            code=Exit.NOT_THERE,
        )
    people.print(f"How much work waits is told on http://{host}:{port}/metrics", highlight=False)
    server.serve_forever()


def application(token: str) -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    """The program that answers: whoever shows the token, where one is set."""
    from prometheus_client import make_wsgi_app

    told = make_wsgi_app(registry())

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        shown = str(environ.get("HTTP_AUTHORIZATION", ""))
        if token and not compare_digest(shown.encode(), f"Bearer {token}".encode()):
            start("401 Unauthorized", [("WWW-Authenticate", "Bearer"), ("Content-Type", "text/plain")])
            return [b"Show the token: Authorization: Bearer ...\n"]
        answered: Iterable[bytes] = told(environ, start)
        return answered

    return answer


def registry() -> "CollectorRegistry":
    """What is asked anew each time somebody asks."""
    from prometheus_client import CollectorRegistry

    made = CollectorRegistry()
    made.register(Waiting())
    return made


class Waiting:
    """Each kind of work that waits: how much of it, and how old the oldest is."""

    def describe(self) -> "list[GaugeMetricFamily]":
        return []

    def collect(self) -> "Iterator[GaugeMetricFamily]":
        from prometheus_client.core import GaugeMetricFamily

        up = GaugeMetricFamily("kept_database_up", "1 where the database answered this very question")
        number = GaugeMetricFamily("kept_waiting", "how much work of a kind waits", labels=["work"])
        age = GaugeMetricFamily("kept_waiting_oldest_seconds", "how long the oldest waits", labels=["work"])
        found = in_the_database()
        up.add_metric([], 0 if found is None else 1)
        now = datetime.now(UTC)
        for work, many, since in [*(found or []), *in_the_outbox(outbox())]:
            number.add_metric([work], many)
            age.add_metric([work], max((now - since).total_seconds(), 0.0) if since else 0.0)
        yield from (up, number, age)


Work = tuple[str, int, datetime | None]


def in_the_database() -> list[Work] | None:
    """What the monitor is told; None where the database does not answer."""
    import psycopg

    from kept.database.addresses import address_of
    from kept.database.roles import MONITOR
    from kept.database.trouble import DatabaseTrouble

    try:
        address = address_of(MONITOR, settings=os.environ, home=home())
        with psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
            return [
                row
                for question in ("ledger.work_waiting()", "ledger.unsealed()")
                if connection.execute("select to_regprocedure(%s) is not null", [question]).fetchone()
                == (True,)
                for row in connection.execute(f"select work, number, since from {question}").fetchall()  # noqa: S608 - ours
            ]
    except (psycopg.Error, DatabaseTrouble):
        return None


def outbox() -> Path:
    return Path(os.environ.get("KEPT_OUTBOX", home() / "outbox"))


def in_the_outbox(folder: Path) -> list[Work]:
    """Letters and alerts that nobody has fetched yet, and those that were prepared and not let out."""
    return [of_files("outbox", folder), of_files("outbox-prepared", folder / ".prepared")]


def of_files(work: str, folder: Path) -> Work:
    times = []
    for file in folder.iterdir() if folder.is_dir() else ():
        try:
            if file.is_file():
                times.append(file.stat().st_mtime)
        except FileNotFoundError:  # fetched meanwhile
            continue
    return work, len(times), datetime.fromtimestamp(min(times), UTC) if times else None
