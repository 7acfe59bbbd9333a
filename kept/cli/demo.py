"""kept demo: messages about demonstration families, as a hospital and a GP would send them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from kept.cli.answers import Format, FormatOption, answer, people
from kept.cli.program import program


def demo(
    folder: Annotated[Path, typer.Argument(help="where to write the messages")],
    children: Annotated[int, typer.Option("--children", min=1, help="how many children")] = 40,
    seed: Annotated[int, typer.Option("--seed", help="the same seed gives the same families")] = 1,
    format: FormatOption = Format.TEXT,
) -> None:
    """Write well-formed birth and personal contact messages for invented families, one pair a child.

    JSON: folder, children, messages.

    Exit codes: 0 written.
    """
    from django.utils import timezone

    with program():
        messages = written(folder=folder, children=children, seed=seed, at=timezone.now())
        answer(
            {"folder": str(folder), "children": children, "messages": messages},
            text=f"{messages} messages about {children} children are in {folder}.",
            format=format,
        )


def written(*, folder, children, seed, at) -> int:  # type: ignore[no-untyped-def]
    """Write the messages with a progress bar; returns how many."""
    from kept.intake.demonstration import write_messages

    folder.mkdir(parents=True, exist_ok=True)
    with Progress(console=people, transient=True, disable=not people.is_terminal) as progress:
        bar = progress.add_task("Writing messages", total=children)
        return write_messages(
            folder,
            children=children,
            seed=seed,
            at=at,
            progress=lambda done: progress.update(bar, completed=done),
        )
