"""kept serve: the pages, on this machine."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from kept.cli.answers import Exit, fail, people
from kept.cli.check import system_checks
from kept.cli.home import home
from kept.cli.program import program


def serve(
    host: Annotated[str, typer.Option("--host", help="the address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="the port to listen on")] = 8000,
    workers: Annotated[int, typer.Option("--workers", min=1, help="how many processes answer")] = 3,
    demonstration: Annotated[
        bool,
        typer.Option("--demonstration", help="make everything a first look needs, with invented families"),
    ] = False,
    seal: Annotated[
        bool,
        typer.Option("--seal/--no-seal", help="seal the ledger beside it; no where a unit of its own does"),
    ] = True,
) -> None:
    """Serve the pages. With --demonstration, start the database and fill it first, once; what was entered stays.

    The ledger is sealed by a process of its own, which ends with this one.

    Exit codes: 0 stopped; 1 a promised safeguard is off; 3 the database, or another thing it needs, is not there.
    """
    if demonstration:
        from kept.cli import demonstration as made

        made.ready()
    built_pages()
    if demonstration:
        made.welcome(port=port)
    with program():
        refuse_if_anything_is_off()
        if seal:
            sealed_beside()
        started(host=host, port=port, workers=workers)


def refuse_if_anything_is_off() -> None:
    """Nobody is answered while a promised safeguard is off, or while the two locks would obey different words."""
    if wrong := system_checks(database=True):
        fail("\n".join([*wrong, "Kept does not start like this."]), code=Exit.NOT_SO)


def built_pages() -> None:
    """Styles and scripts, compiled and given names that change with their content. Quick when nothing changed."""
    with program():
        from django.conf import settings
        from django.core.management import call_command

        from kept.web import building

        if building.build() or not (settings.STATIC_ROOT / "staticfiles.json").exists():
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def started(*, host: str, port: int, workers: int) -> None:
    """Hand this process over to the web server: nothing of ours stays in between."""
    people.print(
        f"Kept answers on http://{'localhost' if host == '127.0.0.1' else host}:{port}", highlight=False
    )
    sys.stdout.flush()
    environment = {**os.environ, "KEPT_HOME": str(home())}
    command = [
        sys.executable, "-m", "gunicorn", "kept.config.wsgi:application",
        "--bind", f"{host}:{port}", "--workers", str(workers), "--preload",
        "--worker-tmp-dir", str(beats_folder()),
        "--log-level", "warning", "--logger-class", "kept.config.logs.ServerLog", "--no-control-socket",
    ]  # fmt: skip
    os.execve(sys.executable, command, environment)  # noqa: S606 - the command is ours, word for word


def sealed_beside() -> None:
    """Start the sealer as a process that nobody waits for, and that ends when the last of this server's does: they
    hold one end of a pipe, and it reads the other."""
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    command = [sys.executable, "-c", "from kept.cli import main; main()", "ledger", "seal", "--beside"]
    environment = {**os.environ, "KEPT_HOME": str(home())}
    # The shell ends at once, so that the web server never mistakes the sealer for a worker of its own.
    shell = ["/bin/sh", "-c", '"$@" <&0 &', "kept", *command]
    subprocess.run(shell, stdin=reading, env=environment, start_new_session=True, check=True)
    os.close(reading)


def beats_folder() -> Path:
    """Where workers leave their sign of life: in memory, where a slow disk cannot make a living one look dead."""
    memory = Path("/dev/shm")  # noqa: S108 - the server makes a private file in it
    return memory if os.access(memory, os.W_OK) else home()
