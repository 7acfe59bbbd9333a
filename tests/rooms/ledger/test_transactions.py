"""What an entry opens ends with its transaction: nothing is left for whoever has the connection next."""

import pytest

from tests.cast import as_superuser, person_of, superuser
from tests.rooms.ledger.raw import DENIED, Raw, about, session

NAME = ("identity.name",)
SHOWN = {"record_person": 1, "record_name": 1, "record_search_key": 2}


@pytest.fixture
def amina(database: str) -> int:
    return person_of("Amina")


@pytest.mark.parametrize("end", ["commit", "rollback", "commit and chain", "rollback and chain"])
def test_a_connection_used_again_has_nothing_left_over(application: Raw, amina: int, end: str) -> None:
    application.rows("begin")
    application.open(about(amina, read=NAME))
    assert application.held() == SHOWN
    application.rows(end)
    assert application.held() == {}
    if "chain" in end:
        application.rows("rollback")
    with application.undone() as raw:
        raw.rows("select pg_current_xact_id()")
        assert raw.held() == {}


def test_what_a_transaction_set_for_itself_is_left_over_and_believed_by_nobody(
    application: Raw, amina: int
) -> None:
    with application.kept() as raw:
        raw.rows("select set_config('kept.asker', '1', true)")
        raw.open(about(amina, read=NAME))
    assert application.one("select current_setting('kept.asker', true)") == ""
    assert application.held() == {}


def test_an_entry_opened_inside_a_savepoint_goes_with_it(application: Raw, amina: int) -> None:
    with application.kept() as raw:
        raw.rows("savepoint one")
        raw.open(about(amina, read=NAME))
        assert raw.held() == SHOWN
        raw.rows("rollback to one")
        assert raw.held() == {}
        raw.open(about(amina, read=("identity.address",)))
        assert raw.held() == {"record_person": 1, "record_address": 1}
    assert as_superuser("select read from ledger_subject order by id desc limit 1") == [
        (["identity.address"],)
    ]


def test_an_entry_stays_open_past_the_savepoint_that_it_was_opened_in(application: Raw, amina: int) -> None:
    """Released, a savepoint is a part of its transaction."""
    with application.undone() as raw:
        raw.rows("savepoint one")
        raw.open(about(amina, read=NAME))
        raw.rows("release one")
        assert raw.held() == SHOWN


def test_a_prepared_statement_asks_again_each_time(application: Raw, amina: int) -> None:
    application.rows("prepare names as select given from record_name")
    application.rows("set plan_cache_mode = force_generic_plan")
    assert application.rows("execute names") == []
    with application.kept() as raw:
        raw.open(about(amina, read=NAME))
        assert raw.rows("execute names") == [("Amina",)]
    assert application.rows("execute names") == []


def test_a_cursor_shows_what_the_entry_showed_when_it_was_opened(application: Raw, amina: int) -> None:
    with application.undone() as raw:
        raw.rows("declare early cursor for select given from record_name")
        raw.open(about(amina, read=NAME))
        assert raw.rows("fetch all from early") == []
        raw.rows("savepoint one; declare late cursor for select given from record_name; rollback to one")
        assert raw.told("fetch all from late") == "34000"


def test_another_connection_has_no_part_in_an_entry(database: str, application: Raw, amina: int) -> None:
    with application.undone() as first, session(database) as second:
        first.open(about(amina, read=NAME))
        snapshot = first.one("select pg_export_snapshot()")
        second.rows("begin isolation level repeatable read")
        second.rows(f"set transaction snapshot '{snapshot}'")
        assert second.held() == {}
        second.rows("rollback")


def test_workers_of_a_query_have_no_part_in_it_either(application: Raw, amina: int) -> None:
    """The policies' functions run in the process that opened the entry alone, so no query is shared out."""
    application.rows(
        "set parallel_setup_cost = 0; set parallel_tuple_cost = 0; set min_parallel_table_scan_size = 0"
    )
    forced = (
        "debug_parallel_query"
        if application.connection.info.server_version >= 160000
        else "force_parallel_mode"
    )
    application.rows(f"set {forced} = on")
    assert application.held() == {}
    with application.undone() as raw:
        raw.open(about(amina, read=NAME))
        assert raw.held() == SHOWN


def test_an_entry_is_not_carried_over_by_a_second_phase(application: Raw, amina: int) -> None:
    with application.undone() as raw:
        raw.open(about(amina, read=NAME))
        assert raw.told("prepare transaction 'mine'") == "55000"


def test_an_entry_opens_for_five_minutes_however_long_the_transaction_lasts(amina: int) -> None:
    """A session may set its time-outs aside, and read under one entry what is written for hours after. (Nobody waits
    for a test: the superuser, who alone could, makes the entry older.)"""
    with superuser() as connection:
        raw = Raw(connection)
        raw.open(about(amina, read=NAME))
        for minutes, shown in ((4, SHOWN), (2, {})):
            raw.rows(f"update ledger_scope set opened_at = opened_at - interval '{minutes} minutes'")
            raw.rows("set local role kept_application")
            assert raw.held() == shown
            raw.rows("reset role")
        connection.rollback()


def test_locks_of_a_sessions_own_open_nothing(application: Raw, amina: int) -> None:
    """They outlive a transaction, and so can be in somebody's way; they are not what an entry is made of."""
    with application.kept() as raw:
        raw.open(about(amina, read=NAME))
        raw.rows("select pg_advisory_lock(1), pg_advisory_lock_shared(2)")
        raw.rows("listen mine")
    assert application.held() == {}
    assert (
        application.one(
            "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
        )
        == 2
    )


# What a program has read, it has. This is what is not promised.


def test_what_was_read_can_be_carried_out_of_the_transaction(application: Raw, amina: int) -> None:
    """A cursor WITH HOLD is a copy of rows that an entry showed and names: it stays with the connection until that
    closes. The program keeps none, and gives a connection back without one."""
    with application.kept() as raw:
        raw.open(about(amina, read=NAME))
        raw.rows("declare copy cursor with hold for select given from record_name")
    assert application.rows("fetch all from copy") == [("Amina",)]
    assert application.held() == {}
    assert application.told("create temp table copy as select * from record_name") == DENIED


def test_what_was_read_and_rolled_back_leaves_a_hole_and_no_entry(application: Raw, amina: int) -> None:
    """The promise as it is: no row is read but under an entry, and what is committed is in the ledger for good. Who
    rolls back has read without an entry that stays. The number that it had is missing from then on: a hole says that
    something was undone, not by whom. A fault of the program or of the server leaves one too."""
    (before,) = as_superuser("select max(id) from ledger_entry")
    with application.undone() as raw:
        entry = raw.open(about(amina, read=NAME))
        assert raw.rows("select given from record_name") == [("Amina",)]
    with application.kept() as raw:
        after = raw.open(about(amina, read=NAME))
    assert (entry, after) == (before[0] + 1, before[0] + 2)
    assert as_superuser("select id from ledger_entry where id >= %s", before[0]) == [before, (after,)]
    assert application.told("select setval('ledger_entry_id_seq', 1)") == DENIED
