"""kept intake: take files in, and read what they say into the record."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.program import program

app = typer.Typer(help="Read national messages into the record.", no_args_is_help=True)

LARGEST_BYTES = 20_000_000


@app.command()
def run(
    folder: Annotated[
        Path, typer.Argument(help="where the files arrive; those taken in move to its folder 'taken'")
    ],
    token_file: Annotated[Path, typer.Option("--token-file", help="the token of the intake process")],
    at: Annotated[
        datetime | None, typer.Option(help="read as on this day; only a database made for tests allows it")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Take in every file of a folder and read it into the record.

    What does not fit waits in the queue with its reasons. Safe to stop at any point and to run again.

    JSON: read, queued, repeated (counts); files (each: file, state, reasons); left (files that were not taken).

    Exit codes: 0 all files were taken; 1 some were left where they are; 3 the folder or the token is missing.
    """
    if not folder.is_dir():
        fail(f"There is no folder {folder}. Name the folder where the messages arrive.", code=Exit.NOT_THERE)
    if not token_file.is_file():
        fail(
            f"There is no token in {token_file}. Make one with: kept staff add-process intake",
            code=Exit.NOT_THERE,
        )
    with program(role="intake"):
        taken_in(folder=folder, token=token_file.read_text().strip(), at=at, format=format)


def taken_in(*, folder: Path, token: str, at: datetime | None, format: Format) -> None:
    from django.utils import timezone

    from kept.intake.actions import Result, read_bundle, still_to_read, take
    from kept.staff.reads import asker_of

    def now() -> datetime:
        return timezone.make_aware(at) if at else timezone.now()

    asker = asker_of(token=token, at=now())
    if asker is None:
        fail("The token is not one of a process of this database. Make a new one.", code=Exit.NOT_THERE)
    left: list[str] = []
    results: list[Result] = []
    taken = folder / "taken"
    with Progress(console=people, transient=True, disable=not people.is_terminal) as progress:
        files = sorted(file for file in folder.iterdir() if file.is_file())
        for file in progress.track(files, description="Taking in"):
            if file.stat().st_size > LARGEST_BYTES:
                left.append(file.name)
                continue
            take(by=asker, file=file.name, content=file.read_bytes(), at=now())
            taken.mkdir(exist_ok=True)
            file.rename(taken / file.name)
        for bundle in progress.track(still_to_read(by=asker), description="Reading"):
            results.append(read_bundle(by=asker, bundle_id=bundle, at=now()))
    counts = {state: sum(r.state == state for r in results) for state in ("read", "queued", "repeated")}
    answer(
        {**counts, "files": results, "left": left},
        text="\n".join(_lines(counts, results, left)),
        format=format,
    )
    if left:
        raise typer.Exit(Exit.NOT_SO)


def _lines(counts: dict[str, int], results: list, left: list[str]) -> list[str]:
    lines = [f"{r.file} waits for a person: {', '.join(r.reasons)}" for r in results if r.state == "queued"]
    lines += [f"{name} is larger than {LARGEST_BYTES:,} bytes and was left where it is." for name in left]
    return [
        *lines,
        f"{counts['read']} read into the record, {counts['queued']} waiting, {counts['repeated']} repeated.",
    ]
