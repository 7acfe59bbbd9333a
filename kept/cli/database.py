"""kept database: the server, its roles, and the tables in it."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from kept.cli.answers import Exit, Format, FormatOption, answer
from kept.cli.home import home
from kept.cli.program import program

if TYPE_CHECKING:
    from kept.database.preparing import Prepared

app = typer.Typer(help="The database: start it, prepare it, see how it is.", no_args_is_help=True)


@app.command()
def start(format: FormatOption = Format.TEXT) -> None:
    """Start the embedded server; make it first where there is none.

    JSON: running, host, data.

    Exit codes: 0 it runs; 3 it cannot be started, and why.
    """
    from kept.database import embedded

    server = embedded.start(home=home())
    answer(
        {"running": True, "host": server.host, "data": str(embedded.status(home=home()).data)},
        text=f"The database runs, for programs of this machine only: {server.host}",
        format=format,
    )


@app.command()
def stop(format: FormatOption = Format.TEXT) -> None:
    """Stop the embedded server. What is not finished is undone.

    JSON: stopped (whether it ran).

    Exit codes: 0 it does not run now.
    """
    from kept.database import embedded

    stopped = embedded.stop(home=home())
    answer(
        {"stopped": stopped},
        text="The database is stopped." if stopped else "The database was not running.",
        format=format,
    )


@app.command()
def status(format: FormatOption = Format.TEXT) -> None:
    """Say whether the embedded server runs, and where it keeps its files.

    JSON: running, process, data, host, log.

    Exit codes: 0 it runs; 1 it does not.
    """
    from kept.database import embedded

    found = embedded.status(home=home())
    runs = f"runs as process {found.process}" if found.running else "does not run"
    answer(found, text=f"The database {runs}. Its files: {found.data}", format=format)
    if not found.running:
        raise typer.Exit(Exit.NOT_SO)


@app.command()
def prepare(
    for_tests: Annotated[
        bool,
        typer.Option("--for-tests", help="a database that lets entries be dated by hand; never for work"),
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Make the roles and the tables, or bring them up to date. Safe to do again.

    JSON: database, kind, left (statements that only the server's own administrator may carry out).

    Exit codes: 0 prepared; 1 some statements are left to the administrator; 3 the server cannot be reached.
    """
    prepared = prepared_database(for_tests=for_tests)
    lines = [f"The database {prepared.database} is prepared, for {prepared.kind}."]
    answer(
        {"database": prepared.database, "kind": prepared.kind, "left": list(prepared.left)},
        text="\n".join([*lines, *prepared.left]),
        format=format,
    )
    if prepared.left:
        raise typer.Exit(Exit.NOT_SO)


def refuse_what_is_newer() -> None:
    """A database that a newer program changed is left as it is."""
    from kept.database.migrated import versions
    from kept.database.trouble import NotPrepared

    found = versions(using="owner")
    if found.unknown:
        raise NotPrepared(found.sentence)


def prepared_database(*, for_tests: bool = False) -> "Prepared":
    """Roles, then tables."""
    from kept.database.preparing import prepare_for

    prepared = prepare_for(settings=os.environ, home=home(), kind="test" if for_tests else "production")
    with program(role="owner"):
        from django.core.management import call_command

        refuse_what_is_newer()
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    return prepared
