"""Whoever owns the database shows whoever verifies less than there is: that the tables are not as they were is told."""

import pytest

from tests.rooms.ledger.sealed import Ledger
from tests.rooms.ledger.test_attacks import PUT_IN, last

HIDDEN = "alter policy sealer on {} using ({} <> 4711)"
CHANGES = (
    ("alter policy sealer on ledger_entry using (id <> 4711)", "ledger_entry"),
    ("alter policy sealer on ledger_subject using (entry_id <> 4711)", "ledger_subject"),
    ("create policy less on ledger_entry as restrictive to kept_sealer using (id <> 4711)", "ledger_entry"),
    ("create policy less on ledger_entry as restrictive using (id <> 4711)", "ledger_entry"),
    ("drop policy sealer on ledger_subject", "ledger_subject"),
    ("alter table ledger_seal enable row level security", "ledger_seal"),
    ("alter table ledger_unsealed enable row level security, force row level security", "ledger_unsealed"),
    ("alter table ledger_entry disable row level security", "ledger_entry"),
    ("alter table ledger.entry_rest disable row level security", "ledger.entry_rest"),
    ("create table ledger_key_more () inherits (ledger_key)", "ledger_key"),
    ("alter table ledger_entry add more text", "ledger_entry"),
    ("create rule one as on insert to ledger_unsealed do instead nothing", "ledger_unsealed"),
    ("create table ledger_entry_far partition of ledger_entry for values from ('2040-01-01') to ('2040-02-01')",
     "ledger_entry_far"),
    ("alter table ledger_unsealed rename to ledger_unsealed_before;"
     " create view ledger_unsealed as select * from ledger_unsealed_before where entry <> 4711;"
     " grant select on ledger_unsealed to kept_sealer", "ledger_unsealed"),
)  # fmt: skip


def test_nothing_is_wrong_with_tables_that_are_as_they_were_made(ledger: Ledger) -> None:
    with ledger.sealer() as connection:
        connection.execute("select ledger.make_months('2031-05-17', 3)")
    assert ledger.told() == []


def test_an_entry_that_a_policy_hides_is_hidden_and_the_policy_is_not(ledger: Ledger) -> None:
    ledger.attack(PUT_IN, 4711, last(ledger))
    assert ledger.told() == [("inserted", 4711)]
    ledger.attack(HIDDEN.format("ledger_entry", "id"))
    assert ledger.told() == [("table", None)]


@pytest.mark.parametrize(("change", "table"), CHANGES)
def test_a_table_that_is_not_as_it_was_made(ledger: Ledger, change: str, table: str) -> None:
    ledger.attack(change)
    words = [finding.words for finding in ledger.verify().findings if finding.kind == "table"]
    assert words
    assert {said.split()[0] for said in words} == {table}


def test_another_table_of_the_same_name_is_not_read(ledger: Ledger) -> None:
    """Put before the ledger's own on the way on which the sealer looks for names."""
    number = last(ledger)
    ledger.attack("create schema kept_sealer; create view kept_sealer.ledger_entry as select * from public.ledger_entry"
                  f" where id <> {number}; grant usage on schema kept_sealer to kept_sealer;"
                  " grant select on kept_sealer.ledger_entry to kept_sealer")  # fmt: skip
    ledger.attack("alter role kept_sealer set search_path = kept_sealer, public")
    try:
        assert ledger.told() == []
    finally:
        ledger.attack("alter role kept_sealer reset search_path")
