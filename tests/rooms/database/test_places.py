"""Where the server lives: reached by its own user, and no folder opened for that."""

import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kept.database import embedded, folders
from kept.database.programs import Programs, copied, installed, packaged
from kept.database.system_user import OWN_UID, SystemUser
from kept.database.trouble import CannotStart
from tests.rooms.database.conftest import a_home, told

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
reached = pytest.mark.skipif(
    any(not folder.stat().st_mode & 0o001 for folder in Path(embedded.__file__).parents),
    reason="this checkout is closed to the other users of the machine, so none of them can start its server",
)
# Other users of the machine: a number without a name, and a name.
SOMEBODY = 26998
NAMED = "daemon"


@pytest.fixture
def closed() -> Iterator[Path]:
    """A home inside a folder that only root may pass, as root's own folder is."""
    folder = Path(tempfile.mkdtemp(prefix="kept-closed-"))
    yield from a_home(folder)
    folder.rmdir()


def modes_to(folder: Path) -> list[int]:
    return [stat.S_IMODE(parent.stat().st_mode) for parent in folder.parents]


@as_root
def test_in_a_closed_folder_the_data_goes_elsewhere_and_nothing_is_opened(closed: Path) -> None:
    closed.parent.chmod(0o700)
    before = modes_to(closed)
    server = embedded.start(home=closed, profile="fast")
    assert told(server, "SELECT 1") == 1
    assert modes_to(closed) == before
    place = folders.place_of(closed)
    assert (closed / "postgresql").is_symlink()
    assert place.folder.parent == folders.ELSEWHERE
    assert place.data.stat().st_uid == OWN_UID
    assert embedded.start(home=closed, profile="fast") == server


@as_root
def test_the_servers_user_can_change_nothing_around_its_data(home: Path) -> None:
    """Root writes there: a link laid by another user would lead it astray."""
    embedded.start(home=home, profile="fast")
    place = folders.place_of(home)
    assert place.user.uid == OWN_UID
    for folder in (home, place.folder):
        assert folder.stat().st_uid == 0
        assert not stat.S_IMODE(folder.stat().st_mode) & 0o022


@as_root
def test_programs_in_a_closed_folder_are_copied_to_where_they_can_be_run(home: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    hidden = copied(packaged(), to=tmp_path)
    server = embedded.start(home=home, profile="fast", programs=hidden)
    running = Path(f"/proc/{embedded.status(home=home).process}/exe").readlink()
    assert running.is_relative_to(folders.place_of(home).folder)
    assert told(server, "SELECT 1") == 1


@as_root
def test_root_starts_what_is_somebodys_as_that_somebody(home: Path) -> None:
    home.mkdir(mode=0o711)
    os.chown(home, SOMEBODY, SOMEBODY)
    embedded.start(home=home, profile="fast")
    place = folders.place_of(home)
    assert place.data.stat().st_uid == SOMEBODY
    assert (home / "secrets" / "postgres").stat().st_uid == SOMEBODY
    process = embedded.status(home=home).process
    assert Path(f"/proc/{process}").stat().st_uid == SOMEBODY
    answered = SystemUser(SOMEBODY, SOMEBODY).run(
        ["/bin/sh", "-c", 'cat "$0"', str(home / "secrets" / "postgres")]
    )
    assert answered.returncode == 0


@as_root
def test_a_way_that_was_closed_since_is_said_so(home: Path) -> None:
    embedded.start(home=home, profile="fast")
    embedded.stop(home=home)
    home.chmod(0o700)
    with pytest.raises(CannotStart, match=r"a folder on the way is closed to it.*chmod o\+x"):
        embedded.start(home=home)
    home.chmod(0o711)


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(home: Path) -> None:
    deep = home / ("a-long-name-of-a-folder-" * 4) / ("and-another-one-inside-" * 2)
    deep.parent.mkdir(parents=True)
    for folder in (home, deep.parent):
        folder.chmod(0o711)
    try:
        server = embedded.start(home=deep, profile="fast")
        short = Path(server.host)
        assert len(os.fsencode(short)) < 60
        assert stat.S_IMODE(short.stat().st_mode) == 0o700
        assert short.stat().st_uid == folders.place_of(deep).user.uid
        assert told(server, "SELECT 1") == 1
        embedded.stop(home=deep)
        assert embedded.start(home=deep, profile="fast").host == server.host
        embedded.stop(home=deep)
        # Somebody else's folder, or a link, in its place is not trusted.
        short.chmod(0o755)
        again = embedded.start(home=deep, profile="fast")
        assert again.host != server.host
        assert told(again, "SELECT 1") == 1
    finally:
        embedded.stop(home=deep)
        folders.remove(deep)
        short.rmdir()


def test_a_removed_server_leaves_nothing(home: Path) -> None:
    server = embedded.start(home=home, profile="fast")
    folder = folders.place_of(home).folder
    embedded.stop(home=home)
    folders.remove(home)
    assert not folder.exists()
    assert not embedded.status(home=home).running
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.superuser)


def said_by(uid: int, home: Path) -> str:
    """What an ordinary user of the machine is told who starts the server of a home."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
        try:
            server = embedded.start(home=home, profile="fast")
            said = f"{told(server, 'SELECT 1')}"
        except BaseException as why:
            said = str(why)
        os.write(writes, said.encode())
        os._exit(0)
    os.close(writes)
    os.waitpid(child, 0)
    with os.fdopen(reads) as answer:
        return answer.read()


@as_root
def test_a_home_of_another_user_is_refused_in_a_sentence(home: Path) -> None:
    embedded.start(home=home, profile="fast")
    embedded.stop(home=home)
    assert "belongs to another user of this machine" in said_by(SOMEBODY, home)


@as_root
@reached
def test_an_ordinary_user_needs_nobody_else(home: Path) -> None:
    uid = pwd.getpwnam(NAMED).pw_uid
    os.chown(home.parent, uid, uid)
    assert said_by(uid, home) == "1"
    place = folders.place_of(home)
    assert {path.stat().st_uid for path in place.folder.rglob("*")} == {uid}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@as_root
@reached
def test_a_user_without_a_name_is_told_what_to_do(home: Path) -> None:
    os.chown(home.parent, SOMEBODY, SOMEBODY)
    assert "a line in /etc/passwd" in said_by(SOMEBODY, home)


def test_programs_that_are_named_are_looked_for_where_they_are_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEPT_POSTGRESQL", str(tmp_path))
    with pytest.raises(CannotStart, match="there is no initdb in it"):
        installed()
    monkeypatch.delenv("KEPT_POSTGRESQL")
    assert installed() == packaged()
    with pytest.raises(CannotStart, match="Let everybody read that folder"):
        copied(Programs(tmp_path), to=tmp_path / "elsewhere")
