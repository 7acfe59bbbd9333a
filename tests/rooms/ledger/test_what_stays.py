"""What was written into the ledger stays as it was written, for everybody who can log in."""

import pytest

from tests.cast import as_superuser
from tests.rooms.ledger.raw import DENIED, session

STATEMENTS = (
    "update {} set id = id + 1",
    "update {} set id = id where false",
    "delete from {}",
    "delete from {} where false",
    "truncate {} cascade",
    "merge into {} t using (select 1 as one) s on t.id = s.one when matched then delete",
)
WRITING = "insert into {} (id) values (1)"
WRITING_OVER = "insert into {} (id) values (1) on conflict (id) do update set id = 1"
LEDGER = ("ledger_entry", "ledger_subject")
PARTS = ("ledger.entry_first", "ledger.subject_first", "ledger.entry_rest", "ledger.subject_rest")
TABLES = (*LEDGER, "published_definition", "published_permit")


@pytest.mark.parametrize(
    "role", ["kept_application", "kept_intake", "kept_door", "kept_publisher", "kept_keeper"]
)
def test_no_role_has_the_right_to_change_it(database: str, role: str) -> None:
    with session(database, role) as raw:
        for table in (*TABLES, *PARTS):
            for statement in (*STATEMENTS, WRITING if "ledger" in table else WRITING_OVER):
                assert raw.told(statement.format(table)) == DENIED, (table, statement)


@pytest.mark.parametrize("table", [*TABLES, *PARTS])
def test_the_owner_does_not_change_it_either(database: str, table: str) -> None:
    """The ledger does not even belong to the owner; where a table does, a trigger stops a change, even one of none."""
    before = as_superuser(f"select * from {table} order by id")
    with session(database, "kept_owner") as raw:
        for statement in STATEMENTS:
            told = raw.told(statement.format(table))
            assert told == (DENIED if "ledger" in table else "23001"), statement
    assert as_superuser(f"select * from {table} order by id") == before


def test_the_owner_writes_no_entry(database: str) -> None:
    with session(database, "kept_owner") as raw:
        assert (
            raw.told(
                "insert into ledger_subject (entry_id, ledger_id, service, read, recorded)"
                " values (1, gen_random_uuid(), 'health-visiting', '{}', '{}')"
            )
            == DENIED
        )


def test_the_role_that_owns_the_functions_changes_nothing(database: str) -> None:
    """The owner of the tables may hand functions over to the guard, and so could become it: even so nothing of the
    ledger is changed. What that role can do is read: the owner's address is as good as all the rows, and is for
    migrations alone."""
    with session(database, "kept_owner") as raw:
        raw.rows("set role kept_guard")
        for table in (*TABLES, *PARTS):
            for statement in STATEMENTS[:5]:
                assert raw.told(statement.format(table)) in (DENIED, "23001"), (table, statement)


def test_the_owner_can_take_the_locks_off_and_a_check_finds_that(database: str) -> None:
    """A migration has to be able to. So the program looks at every start whether they are on (`kept check`)."""
    from django.core import checks

    def faults() -> set[str]:
        return {one.id or "" for one in checks.run_checks(databases=["default"])}

    before = faults()
    with session(database, "kept_owner") as raw:
        raw.rows("set role kept_guard")
        for table in ("ledger_entry", "ledger.entry_first"):
            raw.rows(f"alter table {table} disable trigger user")
            assert faults() - before
            raw.rows(f"alter table {table} enable trigger user")
            assert faults() == before
        raw.rows("reset role")
        raw.rows("alter table record_name no force row level security")
        assert faults() - before
