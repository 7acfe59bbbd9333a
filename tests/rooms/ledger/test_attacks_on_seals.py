"""Whoever owns the database changes the newest seal, or puts seals in: none of it keeps verifying from the entries."""

import pytest

from kept.ledger.sealing import Broken
from kept.ledger.seals import address
from kept.ledger.verifying import verify
from tests.rooms.ledger.sealed import Ledger
from tests.rooms.ledger.test_attacks import PUT_IN, last

# Every column of the newest seal, each in ways that could make it look like another one's, or like the last.
NEWEST = (
    ("number", "number + 1"),
    ("number", "number - 100"),
    ("number", "0"),
    ("size", "size - 1"),
    ("size", "0"),
    ("size", "size + 100000"),
    ("entries", "'{}'"),
    ("entries", "entries + int8multirange(int8range(900000, 900003))"),
    ("leaves", "''"),
    ("leaves", "substr(leaves, 33, 32) || substr(leaves, 1, 32) || substr(leaves, 65)"),
    ("frontier", "''"),
    ("frontier", "sha256(frontier)"),
    ("root", "sha256(root)"),
    ("sealed_at", "sealed_at - interval '1 day'"),
    ("caught_up", "not caught_up"),
    ("key", "'another'"),
    ("previous", "sha256(previous)"),
    ("signature", "sha512(signature)"),
)
# A seal of nothing at all, whose tree is what the tree of nothing is.
OF_NOTHING = """
insert into ledger_seal (number, size, entries, leaves, frontier, root, sealed_at, caught_up, key, previous, signature)
select %s, %s, %s, '', '', sha256(''), sealed_at, true, key, sha256(''), sha512('') from ledger_seal where number = 1
"""


def open_to_any_seal(ledger: Ledger) -> None:
    for name in ("ledger_seal_size_key", "ledger_seal_counts_from_one"):
        ledger.attack(f"alter table ledger_seal drop constraint if exists {name}")


@pytest.mark.parametrize("kept", [False, True])
def test_the_newest_seal_changed(ledger: Ledger, kept: bool) -> None:
    """Each column is changed, found, and put back; and an entry that was changed is named beside it."""
    ledger.write(2)
    ledger.seal()
    somewhere_else = ledger.kept() if kept else None
    open_to_any_seal(ledger)
    ledger.attack("create table before as select * from ledger_seal where number = 3")
    assert {name for (name,) in ledger.attack(
        "select attname from pg_attribute where attrelid = 'ledger_seal'::regclass and attnum > 0")} == {
        column for column, _ in NEWEST}  # fmt: skip
    number = last(ledger) - 4
    ledger.attack("update ledger_entry set role = role || 'x' where id = %s", number)
    for column, value in NEWEST:
        ledger.attack(f"update ledger_seal set {column} = {value} where number = 3")
        told = ledger.told(somewhere_else)
        assert ("changed", number) in told, (column, value)
        assert len(told) > 1, (column, value)
        ledger.attack("delete from ledger_seal where number not in (1, 2)")
        ledger.attack("insert into ledger_seal select * from before")
    assert ledger.told(somewhere_else) == [("changed", number)]


def test_one_seal_more_of_nothing(ledger: Ledger) -> None:
    """It is the newest by its number: what is under the others is verified all the same."""
    kept, number = ledger.kept(), last(ledger)
    ledger.attack("update ledger_entry set role = 'x' where id = %s", number)
    ledger.attack(OF_NOTHING, 3, 0, "{}")
    for told in (ledger.told(), ledger.told(kept)):
        assert ("changed", number) in told
        assert ("batch-changed", 3) in told
        assert ("signature", 3) in told
    ledger.write()
    with pytest.raises(Broken, match="Seal 3"):
        ledger.seal()


def test_the_sealer_builds_on_nothing_that_no_key_signed(ledger: Ledger) -> None:
    """The newest seal is given another size, with a tree and a root that fit it."""
    open_to_any_seal(ledger)
    ledger.attack(
        "update ledger_seal n set size = o.size, root = o.root, frontier = o.frontier from ledger_seal o"
        " where n.number = 2 and o.number = 1"
    )
    ledger.write()
    with pytest.raises(Broken, match="Seal 2"):
        ledger.seal()


@pytest.mark.parametrize("number", [0, -5])
def test_a_seal_from_before_the_first(ledger: Ledger, number: int) -> None:
    """No chain leads to it, so what it says it holds is under no seal."""
    new = last(ledger) + 1000
    ledger.attack(PUT_IN, new, last(ledger))
    open_to_any_seal(ledger)
    ledger.attack(OF_NOTHING, number, -1, f"{{[{new},{new + 1})}}")
    assert set(ledger.told()) == {("inserted", new), ("seal-put-in", number)}


def test_no_seal_is_numbered_from_before_the_first(ledger: Ledger) -> None:
    """Not by hand either, unless the lock is taken off first."""
    assert ledger.attack("select conname::text from pg_constraint where conrelid = 'ledger_seal'::regclass"
                         " and contype = 'c'") == [("ledger_seal_counts_from_one",)]  # fmt: skip


@pytest.mark.parametrize("processes", [1, 2])
def test_stretches_of_seals_leave_nothing_out(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    """However seals are cut into stretches and whoever checks them: one change in each seal, and in each head."""
    monkeypatch.setattr("kept.ledger.verifying.A_STRETCH", 2)
    monkeypatch.setattr("kept.ledger.sealing.MOST_IN_A_BATCH", 1)
    numbers = ledger.write(7)
    ledger.seal()
    assert verify(address=address(), kept=ledger.kept(), processes=processes).findings == []
    ledger.attack("update ledger_entry set role = 'x' where id = any (%s)", numbers)
    ledger.attack("update ledger_seal set signature = sha512(signature) where number > 2")
    told = {
        (one.kind, one.entry or one.seal) for one in verify(address=address(), processes=processes).findings
    }
    assert {("changed", number) for number in numbers} < told
    assert {("chain-broken", seal) for seal in range(4, 10)} < told


def test_two_seals_that_hold_the_same_entries(ledger: Ledger) -> None:
    ledger.attack("alter table ledger_seal drop constraint ledger_seal_pkey")
    open_to_any_seal(ledger)
    ledger.attack("insert into ledger_seal select * from ledger_seal where number = 2")
    assert ledger.told() != []
