"""kept ledger: verify what was done, prove one entry, hand heads and keys to whoever keeps them."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import Progress

from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.program import program

if TYPE_CHECKING:
    import psycopg

    from kept.ledger.verifying import Kept, Verified

app = typer.Typer(help="The ledger: sealed, verified, proven.", no_args_is_help=True)


@contextmanager
def sealers_connection() -> "Iterator[psycopg.Connection[Any]]":
    """A connection as the sealer, with the program set up."""
    with program(role="sealer"):
        from kept.ledger.canonical import connected
        from kept.ledger.seals import address

        with connected(address()) as connection:
            yield connection


@app.command()
def status(format: FormatOption = Format.TEXT) -> None:
    """Say how far sealing is behind. An entry waits five seconds at the most while the sealer runs.

    JSON: unsealed, oldest_seconds, window_seconds, behind, head (number, size, root, sealed_at, key) or null,
    in_the_rest (entries that lie in no month's part).

    Exit codes: 0 nothing waits for longer than it should; 1 something does; 3 the database is not there.
    """
    from django.utils import timezone

    with program(role="sealer"):
        from kept.ledger.sealing import WINDOW
        from kept.ledger.seals import lag

        found = lag(at=timezone.now())
    behind = found.oldest_seconds > WINDOW.total_seconds()
    head = found.head
    newest = (
        f"The newest head is {head.number}, of {head.sealed_at:%Y-%m-%d %H:%M:%S} UTC."
        if head
        else "No head yet."
    )
    waits = (
        f"{found.unsealed} entries wait for their seal, the oldest for {found.oldest_seconds:.0f} seconds. "
    )
    rest = (
        f" {found.in_the_rest} entries lie in the part for the rest, as their month was not made in time: they stay"
        " there, are sealed and verified like all others, and no later month can be let go."
        if found.in_the_rest
        else ""
    )
    advice = " Is the sealer running? kept ledger seal" if behind else ""
    answer(
        {
            "unsealed": found.unsealed,
            "oldest_seconds": round(found.oldest_seconds, 1),
            "window_seconds": WINDOW.total_seconds(),
            "behind": behind,
            "head": head and head.as_json(),
            "in_the_rest": found.in_the_rest,
        },
        text=(waits if found.unsealed else "Every entry is sealed. ") + newest + rest + advice,
        format=format,
    )
    if behind:
        raise typer.Exit(Exit.NOT_SO)


@app.command()
def verify(
    heads: Annotated[
        Path | None, typer.Option("--heads", help="heads that somebody else kept, from: kept ledger heads")
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option("--keys", help="public keys that somebody else kept, from: kept ledger keys"),
    ] = None,
    processes: Annotated[int, typer.Option("--processes", min=1, help="how many work at it")] = 2,
    format: FormatOption = Format.TEXT,
) -> None:
    """Read every entry, every column of it, and say what is not as it was sealed.

    JSON: entries, seals, unsealed, let_go (sentences), findings (each: kind, words, entry, seal), cannot_know, newest.

    Exit codes: 0 all is as it was sealed; 1 something is not; 2 a file is not what it should be; 3 the database is
    not there.
    """
    with program(role="sealer"):
        from kept.ledger.seals import address
        from kept.ledger.verifying import verify as verified_by

        kept = kept_in(heads, keys)
        with Progress(console=people, transient=True, disable=not people.is_terminal) as progress:
            bar = progress.add_task("Verifying", total=None)
            found = verified_by(
                address=address(),
                kept=kept,
                processes=min(processes, os.cpu_count() or 1),
                progress=lambda done, of: progress.update(bar, completed=done, total=of),
            )
    answer(
        {
            "entries": found.entries,
            "seals": found.seals,
            "unsealed": found.unsealed,
            "let_go": found.let_go,
            "findings": found.findings,
            "cannot_know": found.cannot_know,
            "newest": found.newest and found.newest.as_json(),
        },
        text="\n".join(sentences(found)),
        format=format,
    )
    if found.findings:
        raise typer.Exit(Exit.NOT_SO)


def sentences(found: "Verified") -> "Iterator[str]":
    yield from (one.words for one in found.findings)
    if found.findings:
        many = len(found.findings)
        yield (
            "1 thing is not as it was sealed." if many == 1 else f"{many} things are not as they were sealed."
        )
    else:
        yield f"All {found.entries} entries under {found.seals} seals are as they were sealed."
    if found.unsealed:
        yield f"{found.unsealed} entries wait for their seal: nothing can be said of those."
    yield from found.let_go
    yield from found.cannot_know


def kept_in(heads: Path | None, keys: Path | None) -> "Kept":
    """What somebody else kept, from their files."""
    from kept.ledger.heads import Head
    from kept.ledger.keys import PublicKey
    from kept.ledger.verifying import Kept

    told = [read_json(file) for file in (heads, keys) if file]
    try:
        return Kept(
            heads=tuple(Head.from_json(one) for each in told for one in each.get("heads", ())),
            keys=tuple(
                {one["id"]: PublicKey.from_json(one) for each in told for one in each["keys"]}.values()
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fail(
            f"That file does not hold heads and keys ({error}). Give one that was written by: "
            "kept ledger heads --format json",
            code=Exit.WRONG_USE,
        )


def read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.", code=Exit.WRONG_USE)
    except ValueError:
        fail(f"{file} is not JSON. Give one that was written with --format json.", code=Exit.WRONG_USE)


@app.command()
def prove(
    entry: Annotated[int, typer.Argument(help="the number of the entry")],
) -> None:
    """Print the proof of one entry, as JSON. docs/guides/proving.md has the script that checks one.

    JSON: entry, data (the bytes that were sealed), place, path, head, signed, signature, key.

    Exit codes: 0 printed; 1 there is no proof, and why; 3 the database is not there.
    """
    with sealers_connection() as connection:
        from kept.ledger.seals import NotProven, proof_of

        try:
            proof = proof_of(connection, entry=entry)
        except NotProven as why:
            fail(str(why), code=Exit.NOT_SO)
    answer(proof.as_json(), text="", format=Format.JSON)


@app.command()
def heads(
    since: Annotated[
        int | None,
        typer.Option("--since", help="all heads after the one of this number; the newest if not said"),
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Print signed heads, for somebody else to keep: with them, a ledger that was cut off or replaced is found out.

    The newest is enough: each names the one before it. Hand it over as --format json.

    JSON: keys (id, public, from, before, signature); heads (number, size, root, sealed_at, caught_up, key, before,
    signature).

    Exit codes: 0 printed; 3 the database is not there.
    """
    with sealers_connection() as connection:
        from kept.ledger import seals

        newest = seals.newest_head(connection)
        found = (
            seals.heads_since(connection, number=since) if since is not None else [newest] if newest else []
        )
        published = seals.keys(connection)
    lines = [f"{one.number} {one.sealed_at:%Y-%m-%d %H:%M:%S} {one.size} {one.hash().hex()}" for one in found]
    answer(
        {"keys": [one.as_json() for one in published], "heads": [one.as_json() for one in found]},
        text="\n".join(lines),
        format=format,
    )


@app.command()
def keys(format: FormatOption = Format.TEXT) -> None:
    """Print every public key that ever sealed this ledger, for somebody else to keep.

    JSON: keys (id, public, from, before, signature).

    Exit codes: 0 printed; 3 the database is not there.
    """
    with sealers_connection() as connection:
        from kept.ledger.seals import keys as published

        found = published(connection)
    answer(
        {"keys": [one.as_json() for one in found]},
        text="\n".join(f"{one.id} {one.public.hex()} from {one.from_at:%Y-%m-%d}" for one in found),
        format=format,
    )
