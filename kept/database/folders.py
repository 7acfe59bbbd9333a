"""Where the embedded server lives: its data, its socket, its log.

    KEPT_HOME/postgresql/          passed through by the server's user, who can change nothing in it
        data/     0700             the server's own
        socket/   0700             the only way in; elsewhere where the path would be too long for a socket
        log/      0700

The server never runs as root. Where Kept is started by root, an ordinary user must reach the data, and no
folder on the way is ever opened wider for that: where that user cannot pass, for instance because the
checkout lies in root's own folder, `postgresql` is a link to a folder under /var/lib/kept.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

from kept.database.system_user import SystemUser, for_server, give_to_the_owner_of
from kept.database.trouble import CannotStart

ELSEWHERE = Path("/var/lib/kept")
BELONGS_TO_ANOTHER = (
    "The database in {home} belongs to another user of this machine. "
    "Start Kept as that user or as root, or name another folder in the setting KEPT_HOME."
)
SHORT = "/tmp"  # noqa: S108 - only ever a new private folder in it, whose owner is checked each time
SOCKET_NAME = ".s.PGSQL.{port}"
# sun_path of sockaddr_un is 108 bytes with its closing zero.
LONGEST_SOCKET_BYTES = 107


@dataclass(frozen=True, slots=True)
class Place:
    folder: Path
    user: SystemUser

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    @property
    def log(self) -> Path:
        return self.folder / "log" / "server.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"


def place_of(home: Path) -> Place:
    """Where the server of this home is or would be; touches nothing."""
    folder = Path(os.path.realpath(home / "postgresql"))
    return Place(folder, for_server(data=folder / "data", home=home))


def settle(home: Path) -> Place:
    """Make the folders that the server needs; those that stand are checked. Safe to call twice.

    Raises CannotStart where the server's user cannot reach its data, or they belong to somebody else.
    """
    place = place_of(home)
    if not (home / "postgresql").exists():
        make_folder(home, place.user)
        place = place_of(home)
    if os.geteuid() not in (0, place.user.uid):
        raise CannotStart(BELONGS_TO_ANOTHER.format(home=home))
    if not place.user.reaches(place.folder):
        raise CannotStart(
            f"The database's own user (number {place.user.uid}) cannot reach {place.folder}: a folder on the "
            "way is closed to it. Let others pass through those folders (chmod o+x), or move Kept, for "
            "instance to /srv/kept."
        )
    make_own(place.log.parent, place.user)
    return place


def make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True)
    except FileExistsError:
        return
    # As root: passed through by the server's user, listed by nobody.
    home.chmod(0o711 if os.geteuid() == 0 else 0o700)


def make_folder(home: Path, user: SystemUser) -> None:
    folder = home / "postgresql"
    folder.mkdir()
    admit(folder, home)
    if os.geteuid() == 0 and not user.reaches(folder):
        folder.rmdir()
        ELSEWHERE.mkdir(parents=True, exist_ok=True)
        elsewhere = Path(tempfile.mkdtemp(prefix="postgresql-", dir=ELSEWHERE))
        admit(elsewhere, home)
        folder.symlink_to(elsewhere)


def admit(folder: Path, home: Path) -> None:
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    give_to_the_owner_of(home, folder)


def make_own(folder: Path, user: SystemUser) -> None:
    """A folder of the server's user alone."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    give(folder, user)


def give(path: Path, user: SystemUser) -> None:
    if os.geteuid() == 0:
        os.chown(path, user.uid, user.gid, follow_symlinks=False)


def give_all(folder: Path, user: SystemUser) -> None:
    give(folder, user)
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            give(Path(parent, name), user)


def socket_folder(place: Place, user: SystemUser, *, port: int) -> Path:
    """The folder of the socket, made if need be; where its path is too long, a short private one that it
    links to."""
    own = place.socket
    if fits(own, port):
        make_own(own, user)
        return own
    short = Path(os.path.realpath(own))
    if not (own.is_symlink() and is_private(short, user)):
        own.unlink(missing_ok=True)
        short = Path(tempfile.mkdtemp(prefix="kept-", dir=SHORT))
        give(short, user)
        own.symlink_to(short)
    return short


def fits(folder: Path, port: int) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME.format(port=port))) <= LONGEST_SOCKET_BYTES


def is_private(folder: Path, user: SystemUser) -> bool:
    """A folder that nobody but the server's user could have made or written to; a link is not one."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == user.uid and stat.S_IMODE(found.st_mode) == 0o700


def remove(home: Path) -> None:
    """Remove a stopped server with its data, wherever they lie. For test clusters and demonstrations."""
    place = place_of(home)
    if place.socket.is_symlink():
        shutil.rmtree(os.path.realpath(place.socket), ignore_errors=True)
    shutil.rmtree(place.folder, ignore_errors=True)
    (home / "postgresql").unlink(missing_ok=True)
    if place.folder.parent == ELSEWHERE:
        with suppress(OSError):
            # Empty now, unless another server has its data there.
            ELSEWHERE.rmdir()


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Only one process at a time makes, starts or stops the server of a home; the others wait."""
    make_home(home)
    try:
        lock = os.fdopen(os.open(home / "postgresql.lock", os.O_RDWR | os.O_CREAT, 0o600))
    except PermissionError as error:
        raise CannotStart(BELONGS_TO_ANOTHER.format(home=home)) from error
    with lock:
        give_to_the_owner_of(home, home / "postgresql.lock")
        flock(lock, LOCK_EX)
        yield
