"""kept ledger seal and kept ledger key: what only the sealer does, where the private key is."""

import logging
import select
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kept.cli import ledger
from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.program import program

if TYPE_CHECKING:
    from kept.ledger.sealing import Sealed

key = typer.Typer(help="The key that seals: its private half is where the sealer runs.", no_args_is_help=True)
ledger.app.add_typer(key, name="key")
PASS_SECONDS = 1.0
MONTHS_SECONDS = 60.0
SAID_EVERY_SECONDS = 60.0
AWAY = "Sealing waits: the database cannot be reached, or is too busy."
SOMETHING_ELSE = "Sealing waits: something stopped it that nobody thought of. It is tried again."


@ledger.app.command()
def seal(
    once: Annotated[bool, typer.Option("--once", help="seal what waits now, then stop")] = False,
    beside: Annotated[
        bool,
        typer.Option("--beside", help="stop when whoever started this is gone (standard input is closed)"),
    ] = False,
    after_restore: Annotated[
        bool,
        typer.Option(
            "--after-restore",
            help="go on from the newest head in the database, though newer ones were signed: it was restored",
        ),
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Seal what was entered: batch by batch, each under a signed head; without --once, from now on.

    Nobody's work waits for it, and what it missed while it was stopped it seals first. It may be killed at any point.
    A second one waits until the first ends. The newest head is remembered beside the key, and nothing is sealed in a
    database that does not have it: after a restore on purpose, say so with --after-restore.

    JSON (with --once): sealed (entries), heads, head (the newest, or null).

    Exit codes: 0 done; 3 the key or the database is not there.
    """
    with program(role="sealer"):
        if after_restore:
            from kept.ledger.custody import put_aside

            if put := put_aside(key_file()):
                people.print(
                    f"The newest head that was signed is in {put} now: keep it with the note of the restore."
                )
        if not once:
            keep_sealing(beside=beside)
            return
        sealed = everything_sealed()
    entries = sum(one.entries for one in sealed)
    answer(
        {
            "sealed": entries,
            "heads": len(sealed),
            "head": sealed[-1].head.as_json() if sealed else None,
        },
        text=f"{entries} entries are sealed now, under {len(sealed)} heads." if sealed else "Nothing waited.",
        format=format,
    )


def everything_sealed() -> "list[Sealed]":
    """Seal until nothing waits."""
    from kept.ledger import sealing
    from kept.ledger.canonical import connected
    from kept.ledger.custody import signer_here
    from kept.ledger.keys import KeyTrouble
    from kept.ledger.seals import address

    found: list[Sealed] = []
    try:
        with connected(address()) as connection:
            sealing.make_months(connection, at=now())
            signer = signer_here(connection, file=key_file(), at=now())
            while sealed := sealing.seal_next(connection, signer=signer, at=now()):
                found.append(sealed)
    except (KeyTrouble, sealing.AnotherSealer, sealing.Broken) as why:
        fail(str(why), code=Exit.NOT_THERE)
    return found


def keep_sealing(*, beside: bool) -> None:
    """Pass after pass, a second apart, until it is stopped; the database may go and come back meanwhile.

    Whatever stops a pass, the next one is made: nobody starts a sealer again that ended beside the pages. It ends only
    where it was not told where the database is.
    """
    from kept.database.trouble import NotPrepared

    said_at: dict[str, float] = {}
    while True:
        try:
            passes(beside=beside)
            return
        except NotPrepared:
            raise
        except Exception as why:
            say_why(why, said_at)
        if pause(beside=beside):
            return


def say_why(why: Exception, said_at: dict[str, float]) -> None:
    """Log why sealing waits, in fixed words, at most once a minute: an error's own may hold a row."""
    import psycopg

    from kept.database.trouble import DatabaseTrouble
    from kept.ledger.keys import KeyTrouble
    from kept.ledger.sealing import AnotherSealer, Broken

    waits: dict[type[Exception], str] = {
        psycopg.OperationalError: AWAY,
        DatabaseTrouble: AWAY,
        AnotherSealer: "Sealing waits: another process seals this ledger.",
        KeyTrouble: "Sealing waits: its key is not there, or is not the one. For more: kept ledger seal --once",
        Broken: "Sealing waits: the ledger cannot be sealed further. For more: kept ledger seal --once",
    }
    said = next((words for kind, words in waits.items() if isinstance(why, kind)), SOMETHING_ELSE)
    if time.monotonic() - said_at.get(said, -SAID_EVERY_SECONDS) < SAID_EVERY_SECONDS:
        return
    said_at[said] = time.monotonic()
    logging.getLogger("kept.sealing").warning(said, exc_info=why if said is SOMETHING_ELSE else None)


def passes(*, beside: bool) -> None:
    """Seal as long as the database is there and the key is right; when another one is published, it is read anew."""
    from kept.ledger import sealing
    from kept.ledger.canonical import connected
    from kept.ledger.custody import signer_here
    from kept.ledger.seals import address

    with connected(address()) as connection:
        signer = signer_here(connection, file=key_file(), at=now())
        months_made = -MONTHS_SECONDS
        while True:
            if time.monotonic() - months_made > MONTHS_SECONDS:
                sealing.make_months(connection, at=now())
                months_made = time.monotonic()
            sealed = sealing.seal_next(connection, signer=signer, at=now())
            if not (sealed and not sealed.head.caught_up) and pause(beside=beside):
                return


def pause(*, beside: bool) -> bool:
    """Wait for the next pass; whether there is none, since whoever started this is gone."""
    if not beside:
        time.sleep(PASS_SECONDS)
        return False
    return bool(select.select([sys.stdin], [], [], PASS_SECONDS)[0])


@key.command()
def rotate(format: FormatOption = Format.TEXT) -> None:
    """Seal with a new key from now on. The old one signs the new one, and is then gone.

    JSON: the new public key (id, public, from, before, signature).

    Exit codes: 0 done; 3 the old key or the database is not there.
    """
    publish_new(lost=False, format=format)


@key.command()
def replace(format: FormatOption = Format.TEXT) -> None:
    """Seal with a new key because the old one is lost. Nothing speaks for the new one: tell whoever keeps the keys.

    JSON: the new public key (id, public, from, before, signature).

    Exit codes: 0 done; 3 the database is not there.
    """
    publish_new(lost=True, format=format)


def publish_new(*, lost: bool, format: Format) -> None:
    from kept.ledger.custody import rotate as rotated
    from kept.ledger.keys import KeyTrouble

    with ledger.sealers_connection() as connection:
        try:
            made = rotated(connection, file=key_file(), lost=lost, at=now())
        except KeyTrouble as why:
            fail(str(why), code=Exit.NOT_THERE)
    answer(
        made.as_json(),
        text=f"The ledger is sealed with key {made.id} from now on."
        " Give it to whoever keeps the keys: kept ledger keys",
        format=format,
    )


def key_file() -> Path:
    from django.conf import settings

    return Path(settings.SEALING_KEY)


def now() -> datetime:
    from django.utils import timezone

    return timezone.now()
