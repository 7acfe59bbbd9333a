"""The user of this machine that the database server runs as: never root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kept.database.trouble import CannotStart

# A number that no distribution gives out. It needs no line in /etc/passwd: a number owns files as well as a
# name.
OWN_UID = 26999
# Enough for the server; nothing of what the caller was told (its settings hold passwords) reaches it.
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class SystemUser:
    uid: int
    gid: int

    def run(
        self, command: Sequence[str], *, seconds: float = 10, told: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as this user, with no group but its own, in a folder that everybody can reach."""
        # As root the identity is changed in the child, before the command starts; any other user is itself.
        root = os.geteuid() == 0
        return subprocess.run(
            command,
            cwd="/",
            env=ENVIRONMENT,
            input=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
            umask=0o077,
            user=self.uid if root else None,
            group=self.gid if root else None,
            extra_groups=() if root else None,
        )

    def reaches(self, path: Path) -> bool:
        """Whether this user can go into a folder, tried rather than worked out from modes and lists."""
        return self.run(["/bin/sh", "-c", 'cd "$0"', str(path)]).returncode == 0

    def can_run(self, program: str) -> bool:
        try:
            return self.run([program, "--version"]).returncode == 0
        except OSError:
            return False

    def write(self, path: Path, text: str) -> None:
        """Write a file as this user: root that writes into another's folder can be led astray by a link.

        Written beside and moved, so that a full disk never leaves half a file. Raises OSError.
        """
        beside_and_moved = 'cat > "$0.new" && mv -f "$0.new" "$0"'
        done = self.run(["/bin/sh", "-c", beside_and_moved, str(path)], told=text)
        if done.returncode != 0:
            raise OSError(done.stdout.strip())

    def remove(self, path: Path) -> None:
        """Remove a file as this user, if it is there."""
        self.run(["/bin/rm", "-f", str(path)])

    @property
    def has_a_name(self) -> bool:
        try:
            pwd.getpwuid(self.uid)
        except KeyError:
            return False
        return True


def for_server(*, data: Path, home: Path) -> SystemUser:
    """Who runs the server: whoever owns its data; before there is any, whoever starts it; for root, the
    owner of the home, and where that is root too, a number of our own."""
    if data.exists():
        found = data.stat()
        if found.st_uid != 0:
            return SystemUser(found.st_uid, found.st_gid)
    if os.geteuid() != 0:
        return SystemUser(os.geteuid(), os.getegid())
    owner = home.stat() if home.exists() else None
    if owner and owner.st_uid != 0:
        return SystemUser(owner.st_uid, owner.st_gid)
    return SystemUser(OWN_UID, OWN_UID)


def give_to_the_owner_of(home: Path, path: Path) -> None:
    """What root makes in somebody's folder stays theirs."""
    if os.geteuid() == 0:
        owner = home.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def maker_for(user: SystemUser) -> SystemUser:
    """Who makes the data for a user: `initdb` refuses to run as a number without a name in /etc/passwd.

    For a number, root has it made by a user with a name and no rights. Raises CannotStart where that cannot be.
    """
    if user.has_a_name:
        return user
    if os.geteuid() != 0:
        raise CannotStart(
            f"The user number {user.uid} has no name on this machine, and a database is not made without one. "
            f"Give it one (a line in /etc/passwd), or start Kept as a user who has."
        )
    for name in ("nobody", "daemon"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return SystemUser(entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "This machine has no user named nobody, which making a database as root needs for a moment. "
        "Add one (useradd --system nobody), or start Kept as an ordinary user."
    )
