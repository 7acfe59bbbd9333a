"""Make the roles, the database and the schema `ledger` on any PostgreSQL from 15 on. Safe to do again.

Given the address of a superuser, everything is done. Given that of a role with CREATEROLE and CREATEDB (as
a rented server gives), what only a superuser may do is told, to be done by whoever may.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from psycopg.sql import Literal as Quoted

from kept.database import passwords as private
from kept.database.addresses import given_addresses, parsed, setting_of
from kept.database.administrator import (
    ADMINISTRATOR,
    Connection,
    Kind,
    as_owner_too,
    check_version,
    connected,
    exists,
    is_superuser,
    one_at_a_time,
)
from kept.database.embedded import located
from kept.database.roles import BACKUP, GUARD, LOGIN_NAMES, LOGIN_ROLES, OWNER, Role
from kept.database.trouble import DatabaseTrouble, NotPrepared, not_given, sentence

BACKUP_READS_ALL = f"ALTER ROLE {BACKUP} BYPASSRLS; GRANT pg_read_all_data TO {BACKUP};"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done; `left` are statements that only a superuser may give, empty where none is left."""

    database: str
    kind: Kind
    newly_made: bool
    left: tuple[str, ...]


def prepare_for(*, settings: Mapping[str, str], home: Path, kind: Kind = "production") -> Prepared:
    """Prepare the database that the settings name, or the embedded server of this home, which must be
    running.

    Raises NotPrepared where settings are missing, DatabaseTrouble where the server cannot be reached.
    """
    given = given_addresses(settings)
    if not given:
        made = private.make(home=home, roles=LOGIN_NAMES)
        return prepare(superuser_address=located(home=home).superuser, passwords=made, kind=kind)
    administrator = settings.get(ADMINISTRATOR, "")
    if not administrator:
        raise NotPrepared(
            f"Set {ADMINISTRATOR} to the address of a role that may make roles and databases on your server. "
            "It is used to prepare the database, and never by the program."
        )
    if OWNER not in given:
        raise NotPrepared(not_given(setting_of(OWNER)))
    parts = {role: parsed(address, setting=setting_of(role)) for role, address in given.items()}
    known = {role: part["password"] for role, part in parts.items() if part.get("password")}
    return prepare(
        superuser_address=administrator,
        passwords=known,
        database=parts[OWNER].get("dbname", "kept"),
        kind=kind,
    )


def prepare(
    *,
    superuser_address: str,
    passwords: Mapping[str, str],
    database: str = "kept",
    kind: Kind = "production",
) -> Prepared:
    """Make what is missing and put right what is there.

    A role without a password in `passwords` keeps the one it has. `kind` says once and for all whether the
    cluster is for tests: only one that is lets an entry be dated by hand. Raises DatabaseTrouble.
    """
    try:
        with connected(superuser_address) as server, one_at_a_time(server):
            check_version(server)
            with as_owner_too(server):
                return make_all(server, superuser_address, passwords, database, kind)
    except psycopg.errors.InsufficientPrivilege as error:
        raise NotPrepared(
            f"The role that {ADMINISTRATOR} names may not do all that is needed ({error}). Somebody else may have "
            "made Kept's roles on this server: prepare it as that role, or as a superuser."
        ) from error
    except psycopg.OperationalError as error:
        raise DatabaseTrouble(sentence(error) or str(error)) from error


def make_all(
    server: Connection, address: str, passwords: Mapping[str, str], database: str, kind: Kind
) -> Prepared:
    for role in LOGIN_ROLES:
        make_role(server, role, passwords.get(role.name))
    left = make_backup_read_all(server)
    newly_made = make_database(server, database)
    with connected(address, dbname=database) as inside:
        admit(inside, database)
        make_schemas(inside)
        mark(inside, kind)
        left += close_what_is_open_to_all(inside)
    server.execute(SQL("ALTER DATABASE {} OWNER TO {}").format(Identifier(database), Identifier(OWNER)))
    return Prepared(database, kind, newly_made, tuple(left))


def make_role(server: Connection, role: Role, password: str | None) -> None:
    name = Identifier(role.name)
    if not exists(server, role.name):
        server.execute(SQL("CREATE ROLE {}").format(name))
    server.execute(SQL("ALTER ROLE {} LOGIN {}").format(name, SQL(role.attributes)))
    if password:
        # What is sent is what the server would store: the password itself is in no statement and no log.
        stored = server.pgconn.encrypt_password(password.encode(), role.name.encode(), b"scram-sha-256")
        server.execute(SQL("ALTER ROLE {} PASSWORD {}").format(name, Quoted(stored.decode())))
    server.execute(SQL("COMMENT ON ROLE {} IS {}").format(name, Quoted(f"Kept: {role.purpose}")))
    for setting, value in role.all_settings().items():
        server.execute(SQL("ALTER ROLE {} SET {} = {}").format(name, Identifier(setting), Quoted(value)))


def make_backup_read_all(server: Connection) -> list[str]:
    """Forced row-level security stops a plain dump: this one role passes it, and may only read."""
    done = server.execute(
        "SELECT rolbypassrls AND pg_has_role(rolname, 'pg_read_all_data', 'MEMBER') FROM pg_roles"
        " WHERE rolname = %s",
        [BACKUP],
    )
    if done.fetchone() == (True,):
        return []
    if not is_superuser(server):
        return [BACKUP_READS_ALL]
    server.execute(BACKUP_READS_ALL)
    return []


def make_database(server: Connection, database: str) -> bool:
    """True where it was not there. It is handed to its owner at the end: until PostgreSQL 15 an
    administrator who is not a superuser may arrange the schemas only of a database of its own."""
    name = Identifier(database)
    found = server.execute(
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    if found is None:
        # The same order of letters on every machine; from 17 on PostgreSQL has one of its own.
        locale = "LOCALE 'C.UTF-8'"
        if server.info.server_version >= 170000:
            locale += " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
        command = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
        server.execute(SQL(command).format(name) + SQL(locale))
        return True
    if found != ("UTF8",):
        raise NotPrepared(f"The database {database} is in {found[0]}. Kept needs one in UTF8: name another.")
    return False


def admit(connection: Connection, database: str) -> None:
    """Who may connect to a database: our roles. Nobody but its owner may make temporary tables in it, whose
    names would hide real ones. A copy of a database does not copy this."""
    name = Identifier(database)
    connection.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, login_roles()))


def login_roles() -> SQL:
    return SQL(", ".join(LOGIN_NAMES))


def make_schemas(inside: Connection) -> None:
    statements = """
        ALTER SCHEMA public OWNER TO {owner};
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        GRANT USAGE ON SCHEMA public TO {guard}, {roles};
        CREATE SCHEMA IF NOT EXISTS ledger;
        ALTER SCHEMA ledger OWNER TO {owner};
        GRANT USAGE, CREATE ON SCHEMA ledger TO {guard};
        GRANT USAGE ON SCHEMA ledger TO {roles};
        ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {guard} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC
    """
    run(inside, statements)


def run(inside: Connection, statements: str) -> None:
    for statement in statements.split(";"):
        inside.execute(
            SQL(statement).format(owner=Identifier(OWNER), guard=Identifier(GUARD), roles=login_roles())
        )


def mark(inside: Connection, kind: Kind) -> None:
    """Say once what the cluster is for; nobody who works in it can change that."""
    run(
        inside,
        """
        CREATE TABLE IF NOT EXISTS ledger.cluster (
            kind text NOT NULL CHECK (kind IN ('production', 'test')),
            only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one)
        );
        REVOKE ALL ON ledger.cluster FROM PUBLIC;
        GRANT SELECT ON ledger.cluster TO {guard}
        """,
    )
    inside.execute("INSERT INTO ledger.cluster (kind) VALUES (%s) ON CONFLICT DO NOTHING", [kind])
    found = inside.execute("SELECT kind FROM ledger.cluster").fetchone()
    if found != (kind,):
        raise NotPrepared(
            f"This database was made for {found[0] if found else 'nothing'}, and that cannot be changed: "
            f"it will not become one for {kind}. Name another database."
        )


def close_what_is_open_to_all(inside: Connection) -> list[str]:
    """Large objects are a place to write without an entry; a language is a way to run more than a query; and what
    other sessions of the same role are sending holds the tokens and values of others."""
    found = inside.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace"
        " AND p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite',"
        " 'pg_stat_get_activity', 'pg_stat_get_backend_activity')"
        " AND has_function_privilege('public', p.oid, 'EXECUTE')"
    ).fetchall()
    languages = inside.execute(
        "SELECT lanname FROM pg_language WHERE lanname IN ('sql', 'plpgsql')"
        " AND has_language_privilege('public', lanname, 'USAGE')"
    ).fetchall()
    statements = [f"REVOKE EXECUTE ON FUNCTION {name} FROM PUBLIC;" for (name,) in found]
    for (name,) in languages:
        statements += [
            f"REVOKE USAGE ON LANGUAGE {name} FROM PUBLIC;",
            f"GRANT USAGE ON LANGUAGE {name} TO {OWNER}, {GUARD};",
        ]
    if not is_superuser(inside):
        return [f"In the database {inside.info.dbname}: {one}" for one in statements]
    for statement in statements:
        inside.execute(statement)
    return []
