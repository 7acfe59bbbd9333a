"""The passwords of the database's roles: random, each in a file of its own that only its owner may read."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from kept.database.system_user import give_to_the_owner_of

FOLDER = "secrets"


def kept_in(home: Path) -> Path:
    return home / FOLDER


def read(*, home: Path, role: str) -> str | None:
    """The password of a role, or None where none was ever made."""
    try:
        return (kept_in(home) / role).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def make(*, home: Path, roles: Iterable[str]) -> dict[str, str]:
    """The password of each role; one that has none is given one. Safe to call twice, and at the same time."""
    folder = kept_in(home)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    give_to_the_owner_of(home, folder)
    return {role: read(home=home, role=role) or make_one(folder, home, role) for role in roles}


def make_one(folder: Path, home: Path, role: str) -> str:
    written = folder / f".{role}.{os.getpid()}"
    write_private(written, secrets.token_urlsafe(32) + "\n")
    give_to_the_owner_of(home, written)
    try:
        # A link never replaces: of two that come at once, the first wins and both read the same.
        os.link(written, folder / role)
    except FileExistsError:
        pass
    finally:
        written.unlink()
    return (folder / role).read_text(encoding="ascii").strip()


def write_private(path: Path, text: str) -> None:
    """A new file that only its owner may read, from its first byte on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
