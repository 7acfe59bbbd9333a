"""kept demo: invented families, in the database as if they had always been there, or as the messages about them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.program import program


def demo(
    children: Annotated[int, typer.Option("--children", min=1, help="how many children in all")] = 60,
    seed: Annotated[int, typer.Option("--seed", help="the same seed and day give the same families")] = 1,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on", formats=["%Y-%m-%d"], help="the day births are counted back from; today if not said"
        ),
    ] = None,
    messages: Annotated[
        Path | None,
        typer.Option("--messages", help="write the messages about them to this folder, and fill no database"),
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Fill the database with invented families: twins, premature babies, siblings in two services, parents apart, a
    refuge, children looked after, concealed pregnancies, babies without an NHS number, kinship carers.

    It makes what it needs: the embedded server, both notices in force, invented staff. It begins only where nobody is
    held. Stopped at any point and run again, it goes on; with more children it adds them. With --messages it writes
    well-formed birth and personal contact messages instead, one pair a child, each whole or not at all.

    JSON: seed, day, children, added; with --messages: folder, children, messages.

    Exit codes: 0 they are there; 1 the database holds somebody else, or another demonstration; 3 the database or
    the folder is not there.
    """
    if messages:
        told_messages(folder=messages, children=children, seed=seed, on=on, format=format)
        return
    from kept.cli import demonstration
    from kept.cli.filling import filled

    demonstration.place_ready()
    held, now = filled(children=children, seed=seed, on=on.date() if on else None)
    answer(
        {"seed": held.seed, "day": held.day_on, "children": now.children, "added": now.added},
        text=f"{now.children} invented children of seed {held.seed} and {held.day_on} are there; "
        f"{now.added} of them are new.",
        format=format,
    )


def told_messages(*, folder: Path, children: int, seed: int, on: datetime | None, format: Format) -> None:
    """Write messages, and answer with how many there are."""
    from django.utils import timezone

    with program():
        at = on.replace(hour=12, tzinfo=UTC) if on else timezone.now()
        messages = written(folder=folder, children=children, seed=seed, at=at)
        answer(
            {"folder": str(folder), "children": children, "messages": messages},
            text=f"{messages} messages about {children} children are in {folder}.",
            format=format,
        )


def written(*, folder: Path, children: int, seed: int, at: datetime) -> int:
    """Write the messages with a progress bar; returns how many."""
    from kept.intake.demonstration import write_messages

    with Progress(console=people, transient=True, disable=not people.is_terminal) as progress:
        bar = progress.add_task("Writing messages", total=children)
        try:
            return write_messages(
                folder,
                children=children,
                seed=seed,
                at=at,
                progress=lambda done: progress.update(bar, completed=done),
            )
        except OSError as error:
            fail(
                f"The messages cannot be written in {folder} ({error.strerror}). "
                "Name a folder that this user can write, on a disk with room.",
                code=Exit.NOT_THERE,
            )
