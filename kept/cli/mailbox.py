"""kept intake mailbox: fetch what waits in a MESH mailbox, and read it into the record as files are read."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from kept.cli.answers import Exit, Format, FormatOption, fail
from kept.cli.intake import Left, app, dealt_with, token_in, told_what_became
from kept.cli.program import program

if TYPE_CHECKING:
    from kept.intake.receipts import Result
    from kept.notices.asker import Asker
    from kept.post.mailbox import Mailbox
    from kept.post.mesh import MailboxTrouble, Mesh

# A server that fails so often in a row is not asked for the rest.
FAILURES_IN_A_ROW = 10
# What stands where a sender gave no workflow id: it is none of child health either.
NO_WORKFLOW = "no-workflow"


@app.command()
def mailbox(
    token_file: Annotated[Path, typer.Option("--token-file", help="the token of the intake process")],
    at: Annotated[
        datetime | None, typer.Option(help="read as on this day; only a database made for tests allows it")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Fetch every message that waits in a MESH mailbox, and read it into the record.

    MESH is told that a message arrived only when the database holds it: until then it keeps the message. What does
    not fit waits in the queue with its reasons, also what came under a workflow id that is not of child health.
    Safe to stop at any point and to run again, also several at once. The mailbox and what opens it are settings.

    JSON: read, queued, repeated (counts); files (each: file, state, reasons); left (each: file, why).

    Exit codes: 0 every message was fetched and dealt with; 1 some were left; 3 the mailbox cannot be opened or stops
    answering, or the token or the database is not there; 4 the notice does not let this process read messages.
    """
    token = token_in(token_file)
    with program(role="intake"):
        fetched(ours=the_mailbox(), token=token, at=at, format=format)


def the_mailbox() -> "Mailbox":
    from django.conf import settings

    from kept.post.mailbox import NoMailbox, mailbox_of

    try:
        return mailbox_of(settings.MAILBOX, home=settings.HOME)
    except NoMailbox as missing:
        fail(str(missing), code=Exit.NOT_THERE)


def fetched(*, ours: "Mailbox", token: str, at: datetime | None, format: Format) -> None:
    """Fetch, read, and answer. What had been fetched when the mailbox failed is read all the same."""
    troubles: list[MailboxTrouble] = []
    outcomes = dealt_with(arriving=partial(until_trouble, ours, troubles), token=token, at=at)
    left = told_what_became(outcomes, format)
    if troubles:
        fail(str(troubles[0]), code=Exit.NOT_THERE)
    if left:
        raise typer.Exit(Exit.NOT_SO)


def until_trouble(
    ours: "Mailbox",
    troubles: "list[MailboxTrouble]",
    asker: "Asker",
    now: Callable[[], datetime],
    progress: Progress,
) -> "Iterator[Result | Left]":
    """What became of each message, until the mailbox as a whole is in trouble: that is noted, and no more asked."""
    from kept.intake.arrivals import LARGEST_BYTES
    from kept.post.mesh import MailboxTrouble, opened

    try:
        with opened(ours, largest_bytes=LARGEST_BYTES) as mesh:
            yield from fetching(mesh, asker, now, progress)
    except MailboxTrouble as trouble:
        troubles.append(trouble)


def fetching(
    mesh: "Mesh", asker: "Asker", now: Callable[[], datetime], progress: Progress
) -> "Iterator[Result | Left]":
    """Fetch each message; tells only of those that will not be read: repeated, or left in the mailbox."""
    from kept.intake.arrivals import printable
    from kept.post.mesh import MailboxTrouble, NotFetched

    in_a_row = 0
    for message in progress.track(mesh.waiting(), description="Fetching"):
        try:
            yield from handed_over(mesh, message, asker, now())
            in_a_row = 0
        except NotFetched as why:
            yield Left(printable(message), str(why))
            in_a_row += why.by_the_server
        if in_a_row == FAILURES_IN_A_ROW:
            raise MailboxTrouble(
                f"MESH failed {in_a_row} times in a row. The rest stays in the mailbox. Run this again later."
            )


def handed_over(mesh: "Mesh", message: str, asker: "Asker", at: datetime) -> "Iterator[Result]":
    """Fetch a message, put it away, and only then tell MESH so; tells of it where it had been read before."""
    from kept.intake.actions import take
    from kept.intake.arrivals import printable
    from kept.intake.receipts import Result

    delivered = mesh.fetch(message)
    if delivered is None:
        return
    workflow = printable(delivered.workflow) or NO_WORKFLOW
    name = f"{printable(message)} {workflow}"
    if not take(by=asker, file=name, content=delivered.content, workflow=workflow, at=at):
        yield Result(name, "repeated")
    mesh.acknowledge(message)
