"""The embedded server: made once, started quickly, closed to everybody else."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from kept.database import embedded, folders, passwords
from kept.database.embedded import Server
from kept.database.programs import installed
from kept.database.trouble import BUSY, NOT_PREPARED, CannotStart, NotPrepared, sentence
from tests.rooms.database.conftest import do, told


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_started_twice_it_is_the_same_server(server: Server) -> None:
    before = embedded.status(home=server.home).process
    assert embedded.start(home=server.home) == server
    assert embedded.status(home=server.home).process == before


def test_started_by_many_at_once_it_is_made_once(home: Path) -> None:
    with ThreadPoolExecutor(4) as four:
        servers = set(four.map(lambda _: embedded.start(home=home, profile="fast"), range(4)))
    assert len(servers) == 1
    assert told(servers.pop(), "SELECT 1") == 1


def test_stopped_and_started_it_keeps_what_it_was_told(home: Path) -> None:
    server = embedded.start(home=home, profile="fast")
    do(server, "CREATE TABLE remembered (word text)", "INSERT INTO remembered VALUES ('kept')")
    assert embedded.stop(home=home)
    assert not embedded.stop(home=home)
    assert not embedded.status(home=home).running
    assert told(embedded.start(home=home, profile="fast"), "SELECT word FROM remembered") == "kept"


def test_it_outlives_the_program_that_started_it(home: Path) -> None:
    program = "import sys; from pathlib import Path; from kept.database import embedded;"
    program += "embedded.start(home=Path(sys.argv[1]), profile='fast')"
    subprocess.run([sys.executable, "-c", program, str(home)], check=True)
    assert embedded.status(home=home).running


def test_it_is_never_run_by_root(server: Server) -> None:
    process = embedded.status(home=server.home).process
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    identities = {
        line.split(":")[0]: line.split()[1:] for line in lines if line.startswith(("Uid", "Gid", "Groups"))
    }
    assert "0" not in identities["Uid"] + identities["Gid"] + identities["Groups"]


def test_only_its_own_user_reaches_its_files(server: Server) -> None:
    place = folders.place_of(server.home)
    for folder in (place.data, place.socket, place.log.parent):
        assert mode(folder) == 0o700
        assert folder.stat().st_uid == place.user.uid
    assert mode(passwords.kept_in(server.home)) == 0o700
    assert mode(passwords.kept_in(server.home) / "postgres") == 0o600


def test_it_listens_on_its_socket_alone(server: Server) -> None:
    assert told(server, "SHOW listen_addresses") == ""
    assert told(server, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == 0


def test_it_listens_on_this_machine_where_that_is_asked_for(home: Path, free_port: int) -> None:
    server = embedded.start(home=home, profile="fast", listen=True, port=free_port)
    assert told(server, "SHOW listen_addresses") == "127.0.0.1"
    do(server, "CREATE ROLE guest LOGIN PASSWORD 'asked for'")
    do(server, "GRANT CONNECT ON DATABASE postgres TO guest")
    psycopg.connect(f"postgresql://guest:asked%20for@127.0.0.1:{free_port}/postgres").close()
    password = passwords.read(home=home, role="postgres")
    with pytest.raises(psycopg.OperationalError, match="rejects connection"):
        psycopg.connect(f"postgresql://postgres:{password}@127.0.0.1:{free_port}/postgres")


def test_a_wrong_password_and_none_are_refused(server: Server) -> None:
    wrong = server.superuser.replace(passwords.read(home=server.home, role="postgres") or "", "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed") as refused:
        psycopg.connect(wrong)
    assert sentence(refused.value) == NOT_PREPARED
    with pytest.raises(psycopg.OperationalError, match="no password supplied") as refused:
        psycopg.connect(wrong.replace(":guessed", ""))
    assert sentence(refused.value) == NOT_PREPARED


def test_a_server_too_busy_to_answer_is_said_so(server: Server) -> None:
    with pytest.raises(psycopg.OperationalError) as busy:
        do(server, "SET statement_timeout = '10ms'", "SELECT pg_sleep(1)")
    assert sentence(busy.value) == BUSY
    assert sentence(ZeroDivisionError("the disk: No space left on device")) is None


def test_what_a_statement_says_about_a_family_never_reaches_the_log(server: Server) -> None:
    do(server, "CREATE TABLE family (name text UNIQUE)", "INSERT INTO family VALUES ('Amara Wren')")
    with pytest.raises(psycopg.errors.UniqueViolation, match="Amara Wren"):
        do(server, "INSERT INTO family VALUES ('Amara Wren')")
    log = embedded.status(home=server.home).log.read_text()
    assert "family_name_key" in log
    assert "Amara" not in log


def test_letters_have_the_same_order_on_every_machine(server: Server) -> None:
    question = "SELECT string_agg(w, ' ' ORDER BY w) FROM unnest(ARRAY['b', 'a', 'B', 'é', 'A']) AS w"
    assert told(server, question) == "A B a b é"
    assert told(server, "SHOW server_encoding") == "UTF8"


def test_settings_of_the_machine_win_and_stay(home: Path) -> None:
    embedded.start(home=home, profile="fast")
    embedded.stop(home=home)
    place = folders.place_of(home)
    place.user.write(place.data / "local.conf", "work_mem = '7MB'\n")
    assert told(embedded.start(home=home, profile="fast"), "SHOW work_mem") == "7MB"


def test_a_role_that_was_never_prepared_has_no_address(server: Server) -> None:
    with pytest.raises(NotPrepared, match="kept database prepare"):
        server.address_for("kept_owner")


def test_a_server_that_was_never_started_has_a_place_and_no_address(home: Path) -> None:
    server = embedded.located(home=home)
    assert server.host == str(home / "postgresql" / "socket")
    assert not home.exists()
    with pytest.raises(NotPrepared):
        _ = server.superuser


def test_a_lost_password_is_said_so(home: Path) -> None:
    embedded.start(home=home, profile="fast")
    embedded.stop(home=home)
    (passwords.kept_in(home) / "postgres").unlink()
    with pytest.raises(CannotStart, match="its password is missing"):
        embedded.start(home=home)


def test_data_of_another_version_is_left_alone(home: Path) -> None:
    embedded.start(home=home, profile="fast")
    embedded.stop(home=home)
    place = folders.place_of(home)
    place.user.write(place.data / "PG_VERSION", "12\n")
    with pytest.raises(CannotStart, match=f"made by PostgreSQL 12; installed is {installed().major}"):
        embedded.start(home=home)


def test_a_port_that_is_taken_is_said_so(home: Path, free_port: int) -> None:
    import socket

    with (
        socket.create_server(("127.0.0.1", free_port)),
        pytest.raises(CannotStart, match="another program listens"),
    ):
        embedded.start(home=home, profile="fast", listen=True, port=free_port)


def test_half_a_data_folder_is_never_taken_for_one(home: Path) -> None:
    with folders.alone(home):
        place = folders.settle(home)
    (place.folder / "data.new" / "base").mkdir(parents=True)
    assert told(embedded.start(home=home, profile="fast"), "SELECT 1") == 1
    assert not (place.folder / "data.new").exists()


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
