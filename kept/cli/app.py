"""All commands, by noun. Each module adds its own; docs/guides/commands.md is made from them."""

from importlib.metadata import version as installed
from typing import Annotated

import typer

from kept.cli import (
    backup,
    check,
    database,
    demo,
    drafts,
    intake,
    ledger,
    letting_go,
    mailbox,
    metrics,
    notice,
    post,
    rendering,
    replaying,
    sealing,
    serve,
    staff,
    staff_life,
    staff_sign_ins,
)
from kept.cli.answers import clear_sentences

# Importing them adds their commands to `notice`, `staff`, `intake` and `ledger`.
ADDED = (drafts, letting_go, mailbox, rendering, replaying, sealing, staff_life, staff_sign_ins)

app = typer.Typer(
    name="kept",
    help="The record that early-years services keep about a family, run by the notice the family was given.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(database.app, name="database")
app.add_typer(notice.app, name="notice")
app.add_typer(staff.app, name="staff")
app.add_typer(intake.app, name="intake")
app.add_typer(ledger.app, name="ledger")
app.add_typer(post.app, name="post")
app.command("demo")(demo.demo)
app.command("check")(check.check)
app.command("serve")(serve.serve)
app.command("backup")(backup.backup)
app.command("backup-key")(backup.backup_key)
app.command("restore")(backup.restore)
app.command("metrics")(metrics.metrics)


def version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Kept {installed('kept')}")
        raise typer.Exit


@app.callback()
def kept(
    version: Annotated[
        bool, typer.Option("--version", help="say which release this is", callback=version, is_eager=True)
    ] = False,
) -> None:
    """The record that early-years services keep about a family, run by the notice the family was given."""


def main() -> None:
    """Run one command, and end with a sentence where it cannot be done."""
    with clear_sentences():
        app()
