"""The embedded server: PostgreSQL started from the installed package, for one machine and its own user.

    server = embedded.start(home=Path("var"))
    server.superuser                      # postgresql://postgres:…@/postgres?host=…
    server.address_for("kept_owner")      # once roles.prepare has been called

It listens on a socket that only its own user (and root) can reach, and on 127.0.0.1 where that is asked
for. It outlives who started it. It never runs as root; folders.py says what happens then.
"""

import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from kept.database import folders, passwords
from kept.database.folders import Place
from kept.database.postmaster import log_size_bytes, refusal, running, set_aside
from kept.database.profiles import LOCAL, Profile, server_settings, who_may_connect
from kept.database.programs import Programs, copied, installed
from kept.database.system_user import maker_for
from kept.database.trouble import CannotStart, NotPrepared, plain

SUPERUSER = "postgres"
PORT = 5432
# After a crash the old server's processes take a moment to go; until then a new one is refused.
PATIENCE_SECONDS = 10.0
# Replaying what a crash left can take minutes on a large record.
START_SECONDS = 600
STOP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server of a home is, running or not."""

    home: Path
    host: str
    port: int

    @property
    def superuser(self) -> str:
        """The address of the superuser; raises NotPrepared where the server was never started."""
        return self.address_for(SUPERUSER, database="postgres")

    def address_for(self, role: str, *, database: str = "kept") -> str:
        """A postgresql:// address with the role's password; raises NotPrepared where it has none yet."""
        if passwords.read(home=self.home, role=role) is None:
            raise NotPrepared(f"The database has no {role} yet. Run: kept database prepare")
        return self.address_so_far(role, database=database)

    def address_so_far(self, role: str, *, database: str = "kept") -> str:
        """The same, without a password where there is none yet: settings are read before anything is made."""
        password = passwords.read(home=self.home, role=role)
        who = f"{role}:{password}" if password else role
        return f"postgresql://{who}@/{database}?host={quote(self.host, safe='')}&port={self.port}"


@dataclass(frozen=True, slots=True)
class Status:
    """What `kept database status` tells; the numbers are None while the server is stopped."""

    running: bool
    process: int | None
    data: Path
    host: str
    log: Path


def located(*, home: Path) -> Server:
    """Where the server of this home is; reads the disk, starts nothing."""
    home = home.absolute()
    place = folders.place_of(home)
    return Server(home=home, host=str(place.socket.resolve()), port=port_of(place))


def port_of(place: Place) -> int:
    """The port that it was last started with: the socket is named for it too."""
    try:
        found = re.search(r"^port = '(\d+)'$", (place.data / "postgresql.conf").read_text(), re.MULTILINE)
    except (FileNotFoundError, PermissionError):
        return PORT
    return int(found[1]) if found else PORT


def start(
    *,
    home: Path,
    profile: Profile = "durable",
    listen: bool = False,
    port: int = PORT,
    programs: Programs | None = None,
) -> Server:
    """Make the server if there is none, start it if it does not run, and wait until it answers.

    `listen` opens 127.0.0.1 beside the socket. Half a second the first time, a tenth after. Safe to call
    twice and from several processes at once. Raises CannotStart with what to do.
    """
    home = home.absolute()
    try:
        with folders.alone(home):
            bring_up(home, profile, programs or installed(), listen=listen, port=port)
    except OSError as error:
        raise CannotStart(f"The database did not start: {plain(str(error))}") from error
    return located(home=home)


def bring_up(home: Path, profile: Profile, programs: Programs, *, listen: bool, port: int) -> None:
    place = folders.settle(home)
    programs = reachable(programs, place)
    if not place.data.exists():
        make(place, home, programs, profile)
    check(place, home, programs)
    if running(place) is None:
        set_aside(place)
        socket = folders.socket_folder(place, place.user, port=port)
        configure(place, profile, socket=socket, port=port, listen=listen)
        launch(place, programs)
    wait_until_it_answers(located(home=home), place)


def stop(*, home: Path) -> bool:
    """Stop the server; False where it did not run. Open transactions are undone, connections closed."""
    home = home.absolute()
    if not folders.place_of(home).data.exists():
        return False
    with folders.alone(home):
        place = folders.settle(home)
        if running(place) is None:
            return False
        done = pg_ctl(place, reachable(installed(), place), "stop", "-m", "fast", seconds=STOP_SECONDS)
        if done:
            raise CannotStart(f"The database did not stop: {plain(done)} (See {place.log})")
        return True


def status(*, home: Path) -> Status:
    place = folders.place_of(home.absolute())
    process = running(place)
    return Status(process is not None, process, place.data, str(place.socket.resolve()), place.log)


def reachable(programs: Programs, place: Place) -> Programs:
    """The programs where the server's user can run them: a copy where they lie in a folder that is closed to
    it."""
    if place.user.can_run(programs.path("postgres")):
        return programs
    return copied(programs, to=place.folder)


def make(place: Place, home: Path, programs: Programs, profile: Profile) -> None:
    """A new data folder: built beside its place and moved there whole, so that half of one is never found."""
    maker = maker_for(place.user)
    building = place.folder / "data.new"
    password_file = place.folder / "password.new"
    shutil.rmtree(building, ignore_errors=True)
    try:
        folders.make_own(building, maker)
        made = passwords.make(home=home, roles=[SUPERUSER])
        passwords.write_private(password_file, made[SUPERUSER])
        folders.give(password_file, maker)
        done = maker.run(initdb(programs, building, password_file, profile), seconds=START_SECONDS)
    finally:
        password_file.unlink(missing_ok=True)
    if done.returncode != 0:
        shutil.rmtree(building, ignore_errors=True)
        raise CannotStart(f"The database could not be made in {place.folder}: {plain(done.stdout.strip())}")
    folders.give_all(building, place.user)
    building.rename(place.data)


def initdb(programs: Programs, data: Path, password_file: Path, profile: Profile) -> list[str]:
    command = [programs.path("initdb"), "-D", str(data), "-U", SUPERUSER, f"--pwfile={password_file}"]
    command += [
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
        "--no-instructions",
    ]
    if programs.major >= 17:
        # PostgreSQL's own order of letters: the same on every machine, whatever its C library.
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*command, "--no-sync"] if profile == "fast" else command


def check(place: Place, home: Path, programs: Programs) -> None:
    version = (place.data / "PG_VERSION").read_text().strip()
    if version != str(programs.major):
        raise CannotStart(
            f"The database in {place.data} was made by PostgreSQL {version}; installed is {programs.major}. "
            "Install the release of Kept that made it, dump the record, and restore it here."
        )
    if passwords.read(home=home, role=SUPERUSER) is None:
        raise CannotStart(
            f"The database in {place.data} stands, but its password is missing: there is no {SUPERUSER} in "
            f"{passwords.kept_in(home)}. Put that folder back from the backup."
        )


def configure(place: Place, profile: Profile, *, socket: Path, port: int, listen: bool) -> None:
    texts = {
        "postgresql.conf": server_settings(profile, socket=socket, port=port, listen=listen),
        "pg_hba.conf": who_may_connect(listen=listen),
    }
    if not (place.data / "local.conf").exists():
        texts["local.conf"] = LOCAL
    for name, text in texts.items():
        place.user.write(place.data / name, text)


def launch(place: Place, programs: Programs) -> None:
    """Start it; again for ten seconds while what a crash left behind is still going."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        before = log_size_bytes(place)
        told = pg_ctl(place, programs, "start", "-l", str(place.log), seconds=START_SECONDS)
        if not told:
            return
        why = refusal(place, since_bytes=before, otherwise=told)
        if not why.passes or time.monotonic() > until:
            raise CannotStart(f"The database did not start: {plain(why.reason)} (See {place.log})")
        time.sleep(0.2)


def pg_ctl(place: Place, programs: Programs, action: str, *options: str, seconds: int) -> str:
    """What it said where it failed, else nothing."""
    command = [
        programs.path("pg_ctl"),
        action,
        "-s",
        "-w",
        "-t",
        str(seconds),
        "-D",
        str(place.data),
        *options,
    ]
    done = place.user.run(command, seconds=seconds + 30)
    return "" if done.returncode == 0 else last_words(done.stdout)


def last_words(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."


def wait_until_it_answers(server: Server, place: Place) -> None:
    """Somebody else may have started it, or a crash be repairing itself: then it answers in a moment."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with psycopg.connect(server.superuser, autocommit=True, connect_timeout=5) as connection:
                close_to_all(connection)
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                raise CannotStart(f"The database does not answer: {error} (See {place.log})") from error
        time.sleep(0.1)


def close_to_all(connection: psycopg.Connection[Any]) -> None:
    """The databases that every server has are for its superuser: a role of ours has nowhere to write in
    them."""
    open_ones = connection.execute(
        "SELECT datname FROM pg_database WHERE datname IN ('postgres', 'template1') "
        "AND has_database_privilege('public', oid, 'CONNECT')"
    ).fetchall()
    for (name,) in open_ones:
        connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
