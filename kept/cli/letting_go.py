"""kept ledger let-go: the ledger's own months, when nobody whom they name is held any more."""

from typing import Annotated

import typer

from kept.cli import ledger
from kept.cli.answers import Exit, Format, FormatOption, answer, fail
from kept.cli.notice import day_said
from kept.cli.program import program


@ledger.app.command("let-go")
def let_go(
    until: Annotated[str, typer.Option("--until", help="months that were over by this day, as 2026-11-01")],
    by: Annotated[str, typer.Option("--by", help="who lets go: the address of an account")],
    approved_by: Annotated[str, typer.Option("--approved-by", help="the second person who approved it")],
    format: FormatOption = Format.TEXT,
) -> None:
    """Let go of the months of the ledger in which nobody is named who is still held, the oldest first.

    The notices say how long: nothing goes under a rule that is not confirmed. Leaves stay, so that what is left is
    verified and proven as before; what went is told by an entry, and by the list of disposals outside the database
    (the setting KEPT_DISPOSALS), by which `kept restore` lets it go again. It cannot be undone.

    JSON: a list; each: name, entries, still_named, gone.

    Exit codes: 0 done, or there was no month; 1 one had to stay, or a definition does not let go; 2 the day cannot be
    read; 3 the database is not there.
    """
    from django.utils import timezone

    day = day_said(until)
    with program(role="keeper"):
        from kept.cli.disposals import let_go_and_list
        from kept.ledger.letting_go import NotLetGo

        try:
            months = let_go_and_list(by=by, approved_by=approved_by, until=day, at=timezone.now())
        except NotLetGo as why:
            fail(str(why), code=Exit.NOT_SO)
    lines = [
        f"{month.name}: {month.entries} entries are let go."
        if month.gone
        else f"{month.name} stays: {month.still_named} people whom it names are still held."
        if month.still_named
        else f"{month.name} stays: not all of it is sealed yet, or something older lies in the part for the rest."
        " Try again in a few seconds, or ask: kept ledger status"
        for month in months
    ]
    answer(list(months), text="\n".join(lines) or "There is no month to let go.", format=format)
    if any(not month.gone for month in months):
        raise typer.Exit(Exit.NOT_SO)
