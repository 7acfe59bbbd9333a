"""What a crash leaves behind never stops the next start, and nothing that was saved is lost."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from kept.database import embedded, folders
from kept.database.embedded import Server
from kept.database.trouble import FULL, GONE, CannotStart, sentence
from tests.rooms.database.conftest import do, told

SAVED = ("CREATE TABLE saved (word text)", "INSERT INTO saved VALUES ('before')")


def kill(home: Path) -> int:
    """Kill the server as a crash would: at once, its own processes left alone."""
    process = embedded.status(home=home).process
    assert process
    os.kill(process, signal.SIGKILL)
    while works(process):
        time.sleep(0.01)
    return process


def works(process: object) -> bool:
    """Whether a process is there and not only its name, which stays until its parent has noticed."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@contextmanager
def stranger(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the server's own user that has nothing to do with it."""
    user = folders.place_of(home).user
    change = {"user": user.uid, "group": user.gid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["/bin/sleep", "60"], **change) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.kill()


def put_first(home: Path, number: int | str) -> None:
    """Make the old server's file name another process."""
    place = folders.place_of(home)
    _, _, rest = place.pid_file.read_text().partition("\n")
    place.user.write(place.pid_file, f"{number}\n{rest}")


def test_a_killed_server_starts_again_with_all_that_was_saved(home: Path) -> None:
    do(embedded.start(home=home), *SAVED)
    kill(home)
    assert not embedded.status(home=home).running
    assert told(embedded.start(home=home), "SELECT word FROM saved") == "before"


def test_a_process_that_got_the_old_servers_number_is_neither_obeyed_nor_harmed(home: Path) -> None:
    do(embedded.start(home=home, profile="fast"), *SAVED)
    kill(home)
    with stranger(home) as process:
        put_first(home, process.pid)
        assert not embedded.status(home=home).running
        assert not embedded.stop(home=home)
        assert told(embedded.start(home=home, profile="fast"), "SELECT word FROM saved") == "before"
        assert process.poll() is None


def test_the_old_servers_last_process_is_waited_for(home: Path) -> None:
    """Two servers on one data folder would destroy it: while one process is left, no other may start."""
    server = embedded.start(home=home, profile="fast")
    do(server, *SAVED)
    with psycopg.connect(server.superuser) as connection, ThreadPoolExecutor(1) as beside:
        left = connection.info.backend_pid
        os.kill(left, signal.SIGSTOP)
        kill(home)
        starting = beside.submit(embedded.start, home=home, profile="fast")
        time.sleep(1)
        assert works(left)
        assert not starting.done()
        os.kill(left, signal.SIGCONT)
        assert told(starting.result(), "SELECT word FROM saved") == "before"
        assert not works(left)
        connection.close()


@pytest.mark.parametrize("content", ["", "\n", "12", "not a number\nat all\n"])
def test_a_file_cut_off_while_it_was_written_does_not_stop_it(home: Path, content: str) -> None:
    embedded.start(home=home, profile="fast")
    kill(home)
    place = folders.place_of(home)
    place.user.write(place.pid_file, content)
    assert told(embedded.start(home=home, profile="fast"), "SELECT 1") == 1


def test_a_connection_cut_in_the_middle_says_that_nothing_was_saved(home: Path) -> None:
    server = embedded.start(home=home, profile="fast")
    do(server, *SAVED)
    connection = psycopg.connect(server.superuser)
    connection.execute("INSERT INTO saved VALUES ('half')")
    kill(home)
    with pytest.raises(psycopg.OperationalError) as cut:
        connection.commit()
    connection.close()
    assert sentence(cut.value) == GONE
    with pytest.raises(psycopg.OperationalError) as gone:
        psycopg.connect(server.superuser)
    assert sentence(gone.value) == GONE
    again = embedded.start(home=home, profile="fast")
    assert told(again, "SELECT string_agg(word, ' ') FROM saved") == "before"


@contextmanager
def no_file_larger_than(size_bytes: int) -> Iterator[None]:
    """What is started meanwhile may write no larger file: what a full disk is, on any machine."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(server: Server) -> None:
    do(server, "INSERT INTO saved SELECT repeat(md5(n::text), 60) FROM generate_series(1, 15000) AS n")


def test_a_full_disk_undoes_what_did_not_fit_and_says_so(home: Path) -> None:
    do(embedded.start(home=home), *SAVED, "ALTER TABLE saved ALTER word SET STORAGE external")
    embedded.stop(home=home)
    with no_file_larger_than(17_000_000):
        server = embedded.start(home=home)
        with pytest.raises(psycopg.Error) as full:
            fill(server)
        assert sentence(full.value) == FULL
        assert told(server, "SELECT string_agg(word, ' ') FROM saved") == "before"
        do(server, "INSERT INTO saved VALUES ('after')")
        embedded.stop(home=home)
    server = embedded.start(home=home)
    fill(server)
    assert told(server, "SELECT count(*) FROM saved") == 15002


def test_a_server_that_cannot_write_its_journal_says_why_it_does_not_start(home: Path) -> None:
    with (
        no_file_larger_than(1_000_000),
        pytest.raises(CannotStart, match="may not write a file"),
    ):
        embedded.start(home=home)
    assert told(embedded.start(home=home), "SELECT 1") == 1
