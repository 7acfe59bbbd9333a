"""The connection that prepares a database: a superuser's, or that of a role that may make roles and databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from kept.database.roles import GUARD, OWNER
from kept.database.trouble import DatabaseTrouble, NotPrepared, sentence

Connection = psycopg.Connection[Any]
Kind = Literal["production", "test"]  # of an installation, said once and for all
ADMINISTRATOR = "KEPT_DATABASE_ADMINISTRATOR"
OLDEST = 150000
# Any number that nobody else locks: the letters k, e, p, t.
ONE_AT_A_TIME = 0x6B657074


@contextmanager
def connected(address: str, **changes: Any) -> Iterator[Connection]:
    try:
        connection = psycopg.connect(make_conninfo(address, **changes), autocommit=True, connect_timeout=10)
    except psycopg.ProgrammingError:
        raise NotPrepared(
            f"{ADMINISTRATOR} is not an address. Write it so: postgresql://role:password@host:5432/postgres"
        ) from None
    except psycopg.OperationalError as error:
        raise DatabaseTrouble(sentence(error) or str(error)) from error
    with connection:
        # Roles and databases are made one statement at a time; the administrator's own time-outs do not
        # count.
        connection.execute(
            "SET statement_timeout = 0; SET lock_timeout = '30s'; SET client_min_messages = error"
        )
        yield connection


@contextmanager
def one_at_a_time(server: Connection) -> Iterator[None]:
    server.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        yield
    finally:
        server.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def check_version(server: Connection) -> None:
    if server.info.server_version < OLDEST:
        raise NotPrepared(
            f"This server is PostgreSQL {server.info.server_version // 10000}. Kept needs 15 or later."
        )
    found = server.execute(
        "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = user"
    )
    if found.fetchone() != (True,):
        raise NotPrepared(
            f"The role {server.info.user} may not make roles and databases. "
            f"Set {ADMINISTRATOR} to the address of one that may."
        )


@contextmanager
def as_owner_too(server: Connection) -> Iterator[None]:
    """An administrator who is not a superuser belongs to the owner and the guard while it prepares, not
    after."""
    for name in (OWNER, GUARD):
        if not exists(server, name):
            attributes = SQL("LOGIN NOINHERIT" if name == OWNER else "NOLOGIN NOINHERIT NOBYPASSRLS")
            server.execute(SQL("CREATE ROLE {} {}").format(Identifier(name), attributes))
    both = SQL(", ").join([Identifier(OWNER), Identifier(GUARD)])
    superuser = is_superuser(server)
    if not superuser:
        server.execute(SQL("GRANT {} TO CURRENT_USER").format(both))
    server.execute(SQL("GRANT {} TO {}").format(Identifier(GUARD), Identifier(OWNER)))
    try:
        yield
    finally:
        if not superuser:
            server.execute(SQL("REVOKE {} FROM CURRENT_USER").format(both))


def is_superuser(server: Connection) -> bool:
    return server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (True,)


def exists(server: Connection, role: str) -> bool:
    return server.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None
