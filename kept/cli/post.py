"""kept post: letters and messages on their way out of the house."""

from datetime import UTC, datetime

import typer

from kept.cli.answers import Format, FormatOption, answer
from kept.cli.program import program

app = typer.Typer(help="Letters and messages on their way out.", no_args_is_help=True)


@app.callback()
def post() -> None:
    """Letters and messages on their way out."""


@app.command()
def settle(format: FormatOption = Format.TEXT) -> None:
    """Release the letters that were recorded when the program was stopped before it let them out.

    Sending a letter does the same for those before it. A letter that nobody recorded never leaves: it is taken away.

    JSON: released (how many letters).

    Exit codes: 0 done; 3 the database or the folder is not there.
    """
    with program():
        from django.conf import settings

        from kept.post.outbox import Outbox
        from kept.record.letters.actions import settle_outbox

        released = settle_outbox(outbox=Outbox(settings.OUTBOX), at=datetime.now(UTC))
    words = {0: "No letter waited.", 1: "1 letter was released."}
    answer(
        {"released": released}, text=words.get(released, f"{released} letters were released."), format=format
    )
