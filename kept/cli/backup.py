"""kept backup and kept restore: all that the database holds, put away and fetched back."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.home import home
from kept.cli.program import program

if TYPE_CHECKING:
    from kept.database.backup import Manifest
    from kept.database.restoring import Place

# A copy of a session would let somebody in again who has signed out since.
SESSIONS = ("public.staff_session",)
# In which a prepared database has rows before anybody works with it.
FILLED_WHEN_PREPARED = (
    "public.django_migrations",
    "public.django_content_type",
    "public.auth_permission",
    "public.ledger_month",
    "public.ledger_scope",  # of transactions that are over: who holds somebody has entries too
)
TO = "KEPT_BACKUP_TO"


def backup(
    folder: Annotated[
        Path, typer.Argument(help="where backups are kept: each gets a folder of its own in it")
    ],
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="a public key (age1…) whose holder may open it; may be said twice"),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="do not encrypt it: the disk that it lies on is encrypted")
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Back up all that the database holds, as it is at one moment, while people work.

    It is encrypted to the public keys that --to or the setting KEPT_BACKUP_TO name (kept backup-key makes one). What
    is signed in at the moment is left out. A backup that was stopped is called ….partial and has no manifest.json.
    Not in it: the keys of this installation, and what waits in the outbox (docs/guides/operate.md).

    JSON: folder, file, bytes, sha256, encrypted_to, rows, tables.

    Exit codes: 0 made; 1 nobody is named who may open it; 3 the database, the folder or a program is not there.
    """
    named = to or [one.strip() for one in os.environ.get(TO, "").split(",") if one.strip()]
    if bool(named) == plain:
        fail(
            "Say who may open the backup: --to age1… (kept backup-key makes a key), or, where the disk that it lies on "
            "is encrypted, --plain. One of the two.",
            code=Exit.NOT_SO,
        )
    made_in, manifest = backed_up(folder, tuple(named))
    rows = sum(manifest.counts.values())
    answer(
        {
            "folder": str(made_in),
            "file": manifest.file,
            "bytes": manifest.file_bytes,
            "sha256": manifest.file_sha256,
            "encrypted_to": manifest.encrypted_to,
            "rows": rows,
            "tables": len(manifest.counts),
        },
        text=f"{rows} rows of {len(manifest.counts)} tables are in {made_in} ({manifest.file_bytes} bytes).",
        format=format,
    )


def backed_up(folder: Path, to: tuple[str, ...]) -> "tuple[Path, Manifest]":
    from importlib.metadata import version

    from kept.database.addresses import address_of
    from kept.database.backup import Order, back_up
    from kept.database.roles import BACKUP

    order = Order(kept=version("kept"), without=SESSIONS, to=to, also=also)
    address = address_of(BACKUP, settings=os.environ, home=home())
    with shown("Backing up", total=None) as bar:
        return back_up(
            address=address, folder=folder.absolute(), order=order, progress=bar, at=datetime.now(UTC)
        )


def also(connection: Any) -> dict[str, Any]:
    """What the manifest says beside counts: the version of the tables, and how far the ledger had come."""
    changes = connection.execute("select app || '.' || name from django_migrations order by 1").fetchall()
    (last,) = connection.execute("select max(id) from ledger_entry").fetchone()
    return {"changes": [change for (change,) in changes], "last_entry": last}


class shown:  # noqa: N801 - it reads as a verb where it stands
    """A bar of bytes, for people."""

    def __init__(self, words: str, *, total: int | None) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        self.progress = Progress(*columns, console=people, transient=True, disable=not people.is_terminal)
        self.task = self.progress.add_task(words, total=total)

    def __enter__(self) -> "shown":
        self.progress.start()
        return self

    def __call__(self, done: int) -> None:
        self.progress.update(self.task, completed=done)

    def __exit__(self, *_: object) -> None:
        self.progress.stop()


def restore(
    folder: Annotated[Path, typer.Argument(help="one backup: the folder with manifest.json in it")],
    key: Annotated[
        Path | None, typer.Option("--key", help="the file of a key that opens an encrypted backup")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Restore a backup into a new database, and put it in place only when all of it is there as it was.

    The database may be missing, or prepared and empty; one that holds anything is left alone. Rows, locks, policies,
    rights and counters are compared with the backup's manifest. Nobody is signed in afterwards. What was let go since
    the backup is let go again, by the list of disposals that the setting KEPT_DISPOSALS names.

    JSON: database, made_at, kept, rows, last_entry, disposals_replayed, to_do (sentences).

    Exit codes: 0 restored; 1 restored, and something is left to do; 3 the backup, its key or the server is not there,
    or the database holds something: nothing has changed.
    """
    from kept.database.restoring import restore as restored

    with shown("Restoring", total=None) as bar:
        manifest = restored(backup=folder.absolute(), place=place(), key=key, progress=bar)
    to_do = looked_at()
    disposals, left = replayed()
    to_do += left
    rows = sum(manifest.counts.values())
    told = {
        "database": place().database,
        "made_at": manifest.made_at,
        "kept": manifest.kept,
        "rows": rows,
        "last_entry": manifest.also["last_entry"],
        "disposals_replayed": disposals,
        "to_do": to_do,
    }
    text = f"The backup of {manifest.made_at} is restored: {rows} rows of {len(manifest.counts)} tables, all there."
    text += f"\n{list_of_disposals(disposals)}"
    answer(told, text="\n".join([text, *to_do]), format=format)
    if to_do:
        raise typer.Exit(Exit.NOT_SO)


def place() -> "Place":
    """Where this installation's database is, and who may make it."""
    from kept.database import passwords
    from kept.database.addresses import DATABASE, given_addresses, parsed, setting_of
    from kept.database.administrator import ADMINISTRATOR
    from kept.database.embedded import located
    from kept.database.restoring import Place
    from kept.database.roles import LOGIN_NAMES, OWNER

    given = given_addresses(os.environ)
    if not given:
        made = passwords.make(home=home(), roles=LOGIN_NAMES)
        return Place(located(home=home()).superuser, made, DATABASE, FILLED_WHEN_PREPARED)
    administrator = os.environ.get(ADMINISTRATOR, "")
    if not administrator or OWNER not in given:
        fail(
            f"Set {ADMINISTRATOR} to the address of a superuser of the server, and KEPT_DATABASE_OWNER, to restore.",
            code=Exit.NOT_THERE,
        )
    parts = {role: parsed(address, setting=setting_of(role)) for role, address in given.items()}
    known = {role: part["password"] for role, part in parts.items() if part.get("password")}
    return Place(administrator, known, parts[OWNER].get("dbname", DATABASE), FILLED_WHEN_PREPARED)


def replayed() -> tuple[int, list[str]]:
    """How many disposals made since the backup were made again; and which could not be, with the command that does."""
    from psycopg import connect

    from kept.cli.disposals import Unreadable, carried_out_again, orders

    try:
        found = orders()
    except Unreadable as why:
        return 0, [str(why)]
    if not found:
        return 0, []
    with connect(place().administrator, dbname=place().database) as connection:
        months = connection.execute(
            "select replace(entries, 'ledger.entry_', '') from ledger_month"
        ).fetchall()
    with program(role="keeper"):
        return carried_out_again(found=found, held=[name for (name,) in months], at=datetime.now(UTC))


def list_of_disposals(again: int) -> str:
    """What is said of the list by which disposals were made again."""
    from kept.cli.disposals import SETTING, list_file

    if list_file().exists():
        return f"Disposals made again, by {list_file()}: {again}."
    return (
        f"There is no list of disposals at {list_file()}. If anything was let go since the backup, bring the list from "
        f"where that was done, name it in {SETTING}, and restore into a new database."
    )


def looked_at() -> list[str]:
    """What is left to do after a restore, in sentences."""
    from psycopg import connect

    found = []
    with program(role="owner"):
        from kept.database.migrated import versions
        from kept.staff.encryption import Unreadable, Use, decrypt

        if sentence := versions(using="owner").sentence:
            found.append(sentence)
        with connect(place().administrator, dbname=place().database) as connection:
            kept = connection.execute(
                "select data->>'secret' from mfa_authenticator where type = 'totp' order by id limit 1"
            ).fetchone()
        try:
            if kept:
                decrypt(kept[0], use=Use.SECOND_FACTOR)
        except Unreadable:
            found.append(
                "The second factors in it were encrypted with another key than KEPT_SECOND_FACTOR_KEY is here: put "
                "that key back, or nobody can sign in."
            )
    return found


def backup_key(
    file: Annotated[
        Path, typer.Argument(help="where to write the key that opens backups: keep it elsewhere")
    ],
    format: FormatOption = Format.TEXT,
) -> None:
    """Make a key for backups: a private file that opens them, and its public half, which encrypts them.

    JSON: public_key, file.

    Exit codes: 0 made; 1 there is such a file already; 3 it cannot be written.
    """
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"# public key: {public}\n{identity}\n")
    except FileExistsError:
        fail(f"{file} is there already, and backups may need it. Name another.", code=Exit.NOT_SO)
    except OSError as error:
        fail(f"{file} cannot be written ({error.strerror}). Name another.", code=Exit.NOT_THERE)
    answer(
        {"public_key": public, "file": str(file)},
        text=f"{public}\nopens nothing: give it to kept backup --to. What opens the backups is {file}: keep it, twice, "
        "on no machine that makes backups.",
        format=format,
    )
