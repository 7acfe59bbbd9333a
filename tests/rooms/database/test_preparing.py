"""The roles and the schema: the same on any server, however often, and closed to begin with."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from kept.database import embedded, passwords
from kept.database.addresses import setting_of
from kept.database.administrator import ADMINISTRATOR
from kept.database.embedded import Server
from kept.database.preparing import Prepared, prepare, prepare_for
from kept.database.programs import Programs, installed
from kept.database.roles import ALIASES, LOGIN_NAMES
from kept.database.trouble import DatabaseTrouble, NotPrepared
from tests import clusters
from tests.rooms.database.conftest import a_home, do

DEBIANS = Path("/usr/lib/postgresql/15/bin")
older = pytest.mark.skipif(not DEBIANS.exists(), reason="PostgreSQL 15 is not installed on this machine")
WRITERS = ("kept_door", "kept_application", "kept_publisher", "kept_intake", "kept_sealer", "kept_keeper")


@pytest.fixture(scope="module", params=["installed", pytest.param("15", marks=older)])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    programs = installed() if request.param == "installed" else Programs(DEBIANS)
    for home in a_home(clusters.roots()[0]):
        server = embedded.start(home=home, profile="fast", programs=programs)
        prepare_for(settings={}, home=home, kind="test")
        yield server


def tried(server: Server, role: str, *statements: str, database: str = "kept") -> str:
    """What a role is told: the first error, or nothing."""
    try:
        with psycopg.connect(server.address_for(role, database=database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[arg-type]
    except psycopg.Error as error:
        return str(error)
    return ""


def answer(server: Server, role: str, question: str) -> object:
    with psycopg.connect(server.address_for(role)) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None


def all_passwords(server: Server) -> Mapping[str, str]:
    return passwords.make(home=server.home, roles=LOGIN_NAMES)


def test_prepared_again_nothing_changes_and_every_role_still_gets_in(server: Server) -> None:
    again = prepare_for(settings={}, home=server.home, kind="test")
    assert again == Prepared(database="kept", kind="test", newly_made=False, left=())
    for role in LOGIN_NAMES:
        assert answer(server, role, "SELECT current_user::text") == role


def test_prepared_by_many_at_once_it_is_done_once(server: Server) -> None:
    def one(_: int) -> bool:
        made = prepare(
            superuser_address=server.superuser, passwords=all_passwords(server), database="many", kind="test"
        )
        return made.newly_made

    with ThreadPoolExecutor(4) as four:
        assert sorted(four.map(one, range(4))) == [False, False, False, True]


def test_what_a_database_is_for_is_said_once_and_by_nobody_else(server: Server) -> None:
    with pytest.raises(NotPrepared, match="made for test, and that cannot be changed"):
        prepare_for(settings={}, home=server.home, kind="production")
    change = "UPDATE ledger.cluster SET kind = 'production'"
    for role in LOGIN_NAMES:
        told = tried(server, role, change)
        assert "permission denied" in told or "read-only" in told
    with (
        pytest.raises(psycopg.errors.CheckViolation),
        psycopg.connect(server.address_for("postgres", database="kept")) as superuser,
    ):
        superuser.execute("INSERT INTO ledger.cluster (kind, only_one) VALUES ('production', false)")


def test_no_role_passes_row_level_security_but_the_one_that_makes_backups(server: Server) -> None:
    question = "SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolname LIKE 'kept%%' AND "
    assert answer(server, "kept_backup", question + "rolbypassrls") == "kept_backup"
    for right in ("rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication"):
        assert answer(server, "kept_owner", question + right) is None
    assert answer(server, "kept_owner", question + "NOT rolcanlogin") == "kept_guard"


def test_backups_read_everything_and_write_nothing(server: Server) -> None:
    secret = (
        "CREATE TABLE closed (word text)",
        "INSERT INTO closed VALUES ('kept')",
        "ALTER TABLE closed ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE closed FORCE ROW LEVEL SECURITY",
    )
    assert tried(server, "kept_owner", *secret) == ""
    assert answer(server, "kept_owner", "SELECT count(*) FROM closed") == 0
    assert answer(server, "kept_backup", "SELECT word FROM closed") == "kept"
    assert "read-only" in tried(server, "kept_backup", "DELETE FROM closed")
    anyway = tried(server, "kept_backup", "SET default_transaction_read_only = off", "DELETE FROM closed")
    assert "permission denied" in anyway
    tried(server, "kept_owner", "DROP TABLE closed")


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.hidden (word text)",
        "CREATE TABLE ledger.hidden (word text)",
        "CREATE TEMPORARY TABLE hidden (word text)",
        "CREATE SCHEMA hidden",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'a note')",
        "DO $$ BEGIN PERFORM 1; END $$",
        "SELECT kind FROM ledger.cluster",
        "SET ROLE kept_guard",
        "SET ROLE kept_owner",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('postgresql.conf')",
        "ALTER ROLE kept_owner PASSWORD 'mine'",
    ],
)
def test_no_role_has_a_place_of_its_own_to_write_or_a_way_round(
    server: Server, role: str, statement: str
) -> None:
    told = tried(server, role, statement)
    assert "permission denied" in told or "must be superuser" in told


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_no_role_gets_into_the_databases_that_every_server_has(server: Server, database: str) -> None:
    assert "permission denied for database" in tried(server, "kept_application", database=database)


KIND = """
    CREATE FUNCTION ledger.kind() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = ''
    RETURN (SELECT kind FROM ledger.cluster)
"""


def test_a_function_is_nobodys_until_it_is_handed_over_and_granted(server: Server) -> None:
    """The owner gives it to the guard, and has none of the guard's rights by the way."""
    assert tried(server, "kept_owner", KIND) == ""
    assert "permission denied for table cluster" in tried(server, "kept_owner", "SELECT ledger.kind()")
    assert tried(server, "kept_owner", "ALTER FUNCTION ledger.kind() OWNER TO kept_guard") == ""
    assert "permission denied for function" in tried(server, "kept_application", "SELECT ledger.kind()")
    grant = "GRANT EXECUTE ON FUNCTION ledger.kind() TO kept_application"
    assert tried(server, "kept_owner", "SET ROLE kept_guard", grant) == ""
    assert answer(server, "kept_application", "SELECT ledger.kind()") == "test"
    assert tried(server, "kept_owner", "SET ROLE kept_guard", "DROP FUNCTION ledger.kind()") == ""


def test_work_that_takes_too_long_is_stopped(server: Server) -> None:
    for role in LOGIN_NAMES:
        assert answer(server, role, "SHOW lock_timeout") != "0"
    for role in WRITERS:
        assert answer(server, role, "SHOW statement_timeout") != "0"
        assert answer(server, role, "SHOW idle_in_transaction_session_timeout") != "0"


def test_passwords_are_in_no_statement_and_differ(server: Server) -> None:
    known = all_passwords(server)
    assert len(set(known.values())) == len(LOGIN_NAMES)
    assert min(len(password) for password in known.values()) >= 43
    log = embedded.status(home=server.home).log.read_text()
    assert not [role for role, password in known.items() if password in log]


@pytest.fixture(params=["installed", pytest.param("15", marks=older)])
def rented(request: pytest.FixtureRequest, home: Path) -> str:
    """The address of an administrator on a server where nothing of ours is yet."""
    programs = installed() if request.param == "installed" else Programs(DEBIANS)
    server = embedded.start(home=home, profile="fast", programs=programs)
    do(
        server,
        "CREATE ROLE rented LOGIN CREATEROLE CREATEDB PASSWORD 'words'",
        "GRANT CONNECT ON DATABASE postgres TO rented",
    )
    return server.superuser.replace(f"postgres:{passwords.read(home=home, role='postgres')}", "rented:words")


def test_a_rented_server_is_prepared_and_what_is_left_is_told(rented: str, home: Path) -> None:
    known = passwords.make(home=home, roles=LOGIN_NAMES)
    first = prepare(superuser_address=rented, passwords=known, kind="production")
    again = prepare(superuser_address=rented, passwords=known, kind="production")
    assert first.newly_made
    assert again.left == first.left
    assert "ALTER ROLE kept_backup BYPASSRLS; GRANT pg_read_all_data TO kept_backup;" in first.left
    server = embedded.located(home=home)
    assert tried(server, "kept_owner", "CREATE TABLE made (word text)") == ""
    assert "permission denied" in tried(server, "kept_application", "CREATE TABLE hidden (word text)")
    # The administrator belongs to neither while it does not prepare.
    with psycopg.connect(rented, dbname="postgres") as connection:
        member = "SELECT pg_has_role('rented', 'kept_owner', 'USAGE') OR pg_has_role('rented', 'kept_guard', 'USAGE')"
        assert connection.execute(member).fetchone() == (False,)
    for statement in first.left:
        database = "kept" if statement.startswith("In the database kept: ") else "postgres"
        with psycopg.connect(server.address_for("postgres", database=database), autocommit=True) as superuser:
            superuser.execute(statement.removeprefix("In the database kept: "))  # type: ignore[arg-type]
    assert prepare(superuser_address=rented, passwords=known, kind="production").left == ()


def addresses_of(server: Server) -> dict[str, str]:
    return {setting_of(role): server.address_for(role) for role in ALIASES.values()}


def test_a_server_of_ones_own_is_prepared_by_its_administrator(server: Server) -> None:
    settings = addresses_of(server) | {ADMINISTRATOR: server.superuser}
    assert prepare_for(settings=settings, home=server.home, kind="test").left == ()


def test_without_an_administrator_it_is_said_how_to_name_one(server: Server) -> None:
    with pytest.raises(NotPrepared, match=f"Set {ADMINISTRATOR} to the address of a role that may make"):
        prepare_for(settings=addresses_of(server), home=server.home)


def test_an_administrator_who_may_not_make_roles_is_said_so(server: Server) -> None:
    settings = addresses_of(server) | {ADMINISTRATOR: server.address_for("kept_door")}
    with pytest.raises(NotPrepared, match="kept_door may not make roles and databases"):
        prepare_for(settings=settings, home=server.home)


def test_a_wrong_address_is_said_so_and_never_repeated(server: Server) -> None:
    settings = addresses_of(server) | {ADMINISTRATOR: "user:secret@host"}
    with pytest.raises(NotPrepared, match="is not an address") as why:
        prepare_for(settings=settings, home=server.home)
    assert "secret" not in str(why.value)


def test_a_server_that_is_not_there_is_said_so(home: Path) -> None:
    home.mkdir()
    passwords.make(home=home, roles=["postgres"])
    with pytest.raises(DatabaseTrouble, match="kept database start"):
        prepare_for(settings={}, home=home)


def test_a_database_in_another_encoding_is_refused(server: Server) -> None:
    do(server, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'")
    with pytest.raises(NotPrepared, match="Kept needs one in UTF8"):
        prepare(superuser_address=server.superuser, passwords={}, database="latin", kind="test")
