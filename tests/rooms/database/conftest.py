"""Real servers in folders of their own, stopped and removed after."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kept.database import embedded, folders
from kept.database.embedded import Server
from tests import clusters


@pytest.fixture
def home() -> Iterator[Path]:
    """Where a server may be made; it need not be."""
    yield from a_home(clusters.roots()[0])


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A running server that the tests of one module share."""
    for home in a_home(clusters.roots()[0]):
        yield embedded.start(home=home, profile="fast")


def a_home(parent: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kept-home-", dir=parent))
    # As root: the server's own user passes through.
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    home = folder / "var"
    yield home
    embedded.stop(home=home)
    folders.remove(home)
    for left in sorted(folder.rglob("*"), reverse=True):
        left.rmdir() if left.is_dir() and not left.is_symlink() else left.unlink()
    folder.rmdir()


def told(server: Server, question: str) -> object:
    """The one value that the superuser is answered."""
    with psycopg.connect(server.superuser, autocommit=True) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None


def do(server: Server, *statements: str) -> None:
    with psycopg.connect(server.superuser, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]
