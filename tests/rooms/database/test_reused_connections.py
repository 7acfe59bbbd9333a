"""A connection that is used again: the server is still there, or a new connection is made before anybody notices."""

from collections.abc import Iterator

import pytest
from django.db import connections

from kept.database.base import DatabaseWrapper
from tests import cast


@pytest.fixture
def connection(database: str) -> Iterator[DatabaseWrapper]:
    made = DatabaseWrapper({**connections.settings["default"], "CONN_MAX_AGE": None}, "default")
    made.ensure_connection()
    yield made
    made.close()


def asked(connection: DatabaseWrapper) -> int:
    """Use the connection as the next page would; the number of the server's process that answered."""
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (process,) = cursor.fetchone()
        return process


def hang_up(process: int) -> None:
    """Have the server let go of a connection, and wait until it has."""
    assert cast.as_superuser("select pg_terminate_backend(%s, 5000)", process) == [(True,)]


def test_a_connection_is_used_again_without_a_question(connection: DatabaseWrapper) -> None:
    first = asked(connection)
    assert asked(connection) == first
    connection.close_if_unusable_or_obsolete()
    connection.close_if_health_check_failed()
    assert connection.connection is not None
    ((last_asked,),) = cast.as_superuser("select query from pg_stat_activity where pid = %s", first)
    assert last_asked == "select pg_backend_pid()"


def test_the_page_after_the_server_went_has_a_new_connection(connection: DatabaseWrapper) -> None:
    first = asked(connection)
    hang_up(first)
    assert not connection.is_usable()
    assert asked(connection) != first


def test_a_closed_connection_is_of_no_use(connection: DatabaseWrapper) -> None:
    connection.close()
    assert not connection.is_usable()
