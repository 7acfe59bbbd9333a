"""kept demo: messages about demonstration families, as a hospital and a GP would send them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.program import program


def demo(
    folder: Annotated[Path, typer.Argument(help="where to write the messages")],
    children: Annotated[int, typer.Option("--children", min=1, help="how many children")] = 40,
    seed: Annotated[int, typer.Option("--seed", help="the same seed and day give the same messages")] = 1,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="the day the messages come in; today if not said"),
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Write well-formed birth and personal contact messages for invented families, one pair a child.

    Each file is there whole or not at all, as soon as it is made; written again it is the same.

    JSON: folder, children, messages.

    Exit codes: 0 written; 3 the folder cannot be written.
    """
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
