"""kept intake: take files in, and read what they say into the record."""

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.program import program

if TYPE_CHECKING:
    from kept.intake.receipts import Result
    from kept.notices.asker import Asker

app = typer.Typer(help="Read national messages into the record.", no_args_is_help=True)

STATES = ("read", "queued", "repeated")
# What the ledger says of the whole run, not of one message: nobody has this token any more; clocks differ.
OF_THE_RUN = ("KP001", "KP003")


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not taken, or was taken and not read, and why."""

    file: str
    why: str


# What brings files in, one after another, and tells of those that will not be read.
Arriving = Callable[["Asker", Callable[[], datetime], Progress], "Iterator[Result | Left]"]


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

    What does not fit waits in the queue with its reasons. A hidden file is still being written and is left
    alone. Safe to stop at any point and to run again, also several at once.

    JSON: read, queued, repeated (counts); files (each: file, state, reasons); left (each: file, why).

    Exit codes: 0 every file was taken and dealt with; 1 some were left; 3 the folder, the token or the database
    is not there; 4 the notice does not let this process read messages.
    """
    token = token_in(token_file)
    with program(role="intake"):
        taken_in(folder=folder, token=token, at=at, format=format)


def token_in(file: Path) -> str:
    if not file.is_file():
        fail(
            f"There is no token in {file}. Make one with: kept staff add-process intake", code=Exit.NOT_THERE
        )
    return file.read_bytes().decode(errors="replace").strip()


def taken_in(*, folder: Path, token: str, at: datetime | None, format: Format) -> None:
    """Take in, read, and answer with what became of each file."""
    taken = place_for_the_taken(folder)
    outcomes = dealt_with(arriving=partial(taking, folder, taken), token=token, at=at)
    if told_what_became(outcomes, format):
        raise typer.Exit(Exit.NOT_SO)


def dealt_with(*, arriving: Arriving, token: str, at: datetime | None) -> "list[Result | Left]":
    """What became of everything that arrived and was read, now or left over from an earlier run."""
    from django.utils import timezone

    now = (lambda: timezone.make_aware(at)) if at else timezone.now
    outcomes: list[Result | Left] = []
    try:
        asker = asker_with(token, now())
        with Progress(console=people, transient=True, disable=not people.is_terminal) as progress:
            for outcome in chain(arriving(asker, now, progress), reading(asker, now, progress)):
                outcomes.append(outcome)
    except Exception as error:
        if told := told_of_the_run(error):
            before = f" {len(outcomes)} files had been dealt with by then, and stay so." if outcomes else ""
            fail(f"{told}{before}", code=Exit.NOT_THERE)
        raise
    return outcomes


def place_for_the_taken(folder: Path) -> Path:
    """The folder 'taken', made where it is missing; without it no file would leave, so none is taken in."""
    if not folder.is_dir():
        fail(f"There is no folder {folder}. Name the folder where the messages arrive.", code=Exit.NOT_THERE)
    taken = folder / "taken"
    try:
        taken.mkdir(exist_ok=True)
    except OSError:
        fail(
            f"Nothing was taken in: there is no folder {taken} to move files to, and none can be made. "
            "Let this user write here, and let nothing else be called 'taken'.",
            code=Exit.NOT_THERE,
        )
    return taken


def asker_with(token: str, at: datetime) -> "Asker":
    """The process whose token this is."""
    from kept.staff.reads import asker_of

    asker = asker_of(token=token, at=at)
    if asker is None or not asker.process:
        fail(
            "The token is not one of a process of this database. Make a new one with: kept staff add-process",
            code=Exit.NOT_THERE,
        )
    return asker


def taking(
    folder: Path, taken: Path, asker: "Asker", now: Callable[[], datetime], progress: Progress
) -> "Iterator[Result | Left]":
    """Take in each file; tells only of those that will not be read: repeated, or left where they are."""
    from kept.intake import arrivals
    from kept.intake.actions import take
    from kept.intake.receipts import Result

    for file in progress.track(arrivals.arrived(folder), description="Taking in"):
        name = arrivals.shown(file)
        this = partial(take, by=asker, file=name, at=now())
        try:
            if arrivals.hand_over(file, taken=taken, take=this) is False:
                yield Result(name, "repeated")
        except arrivals.LeftAlone as why:
            yield Left(name, str(why))


def reading(asker: "Asker", now: Callable[[], datetime], progress: Progress) -> "Iterator[Result | Left]":
    """Read what was taken in, now or in an earlier run. A fault of the program stops one message, not the rest."""
    from kept.intake.actions import read_bundle, still_to_read
    from kept.intake.sorting import read_again
    from kept.ledger.entries import Refused
    from kept.published.reads import NothingInForce

    read_again(by=asker, at=now())
    for bundle, name in progress.track(still_to_read(by=asker).items(), description="Reading"):
        try:
            result = read_bundle(by=asker, bundle_id=bundle, at=now())
        except Exception as error:
            if isinstance(error, Refused | NothingInForce) or told_of_the_run(error):
                raise
            failed = f"Kept itself failed ({place_of(error)}). It is kept, and tried again next time."
            yield Left(name, failed)
        else:
            if result:
                yield result


def told_of_the_run(error: BaseException) -> str | None:
    """The sentence for what ends the whole run: the database is gone, full or busy; the ledger takes nothing."""
    from kept.database import trouble

    for cause in trouble.causes_of(error):
        if getattr(cause, "sqlstate", None) in OF_THE_RUN:
            return str(cause.diag.message_primary)  # type: ignore[attr-defined]
    return trouble.sentence(error)


def place_of(error: BaseException) -> str:
    """Which fault, and where in the program; never its words, which may repeat what a message says."""
    program = str(Path(__file__).parents[1])
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(program)
    ]
    return f"{type(error).__name__}, {Path(ours[-1].filename).name}:{ours[-1].lineno}"


def told_what_became(outcomes: "list[Result | Left]", format: Format) -> bool:
    """Answer with what became of each; whether something was left."""
    left = [one for one in outcomes if isinstance(one, Left)]
    files = [one for one in outcomes if not isinstance(one, Left)]
    counts = {state: sum(one.state == state for one in files) for state in STATES}
    lines = [f"{one.file} waits for a person: {', '.join(one.reasons)}" for one in files if one.reasons]
    lines += [f"{one.file} was left: {one.why}" for one in left]
    lines += [
        f"{counts['read']} read into the record, {counts['queued']} waiting, {counts['repeated']} repeated."
    ]
    answer({**counts, "files": files, "left": left}, text="\n".join(lines), format=format)
    return bool(left)
