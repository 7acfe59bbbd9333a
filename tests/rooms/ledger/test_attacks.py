"""Whoever owns the database attacks the ledger, with every lock set aside. Verifying names what they did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kept.ledger.custody import put_aside, rotate
from kept.ledger.keys import new_signer
from kept.ledger.sealing import seal_next
from tests.cast import AT
from tests.rooms.ledger.sealed import SEALED_AT, Ledger

COLUMNS = {
    "at": "at + interval '1 microsecond'",
    "account": "coalesce(account, 0) + 1",
    "process": "'x'",
    "role": "'x'",
    "service": "'x'",
    "organisation": "'x'",
    "act": "'x'",
    "purpose": "'x'",
    "outcome": "'must not'",
    "definition": "99",
    "clauses": "'{}'",
    "source": "'x'",
    "reason": "'x'",
    "request": "'x'",
    "asked": "'{x}'",
}
OF_A_SUBJECT = {
    "at": "at + interval '1 microsecond'",
    "ledger_id": "gen_random_uuid()",
    "service": "'x'",
    "read": "'{}'",
    "recorded": "'{x}'",
    "standing": "'x'",
    "part": "'x'",
}
LAST = "select max(id) from ledger_entry"


def last(ledger: Ledger) -> int:
    ((number,),) = ledger.attack(LAST)
    return int(number)


def test_nothing_is_wrong_with_what_nobody_touched(ledger: Ledger) -> None:
    found = ledger.verify(ledger.kept())
    assert found.findings == []
    assert found.seals == 2
    assert found.entries == ledger.attack("select count(*) from ledger_entry")[0][0]
    assert found.unsealed == 0


def test_every_column_of_an_entry_is_sealed(ledger: Ledger) -> None:
    """Each is changed, found, and put back: no column can be changed unseen."""
    number = last(ledger) - 2
    known = {name for (name,) in ledger.attack(
        "select attname from pg_attribute where attrelid = 'ledger_entry'::regclass and attnum > 0")}  # fmt: skip
    assert known == COLUMNS.keys() | {"id"}
    for column, value in COLUMNS.items():
        with ledger.owner() as raw:
            (before,) = raw.rows(f"select {column} from ledger_entry where id = %s", number)
            raw.rows(f"update ledger_entry set {column} = {value} where id = %s", number)
            assert ledger.told() == [("changed", number)], column
            raw.rows(f"update ledger_entry set {column} = %s where id = %s", *before, number)
    assert ledger.told() == []


def test_every_column_of_whom_it_names_is_sealed(ledger: Ledger) -> None:
    number = last(ledger) - 2
    for column, value in OF_A_SUBJECT.items():
        with ledger.owner() as raw:
            (before,) = raw.rows(f"select {column} from ledger_subject where entry_id = %s", number)
            raw.rows(f"update ledger_subject set {column} = {value} where entry_id = %s", number)
            assert ledger.told() == [("changed", number)], column
            raw.rows(f"update ledger_subject set {column} = %s where entry_id = %s", *before, number)
    assert ledger.told() == []


def test_a_person_less_or_more(ledger: Ledger) -> None:
    number = last(ledger)
    ledger.attack("delete from ledger_subject where entry_id = %s", number)
    ledger.attack(
        "insert into ledger_subject (entry_id, at, ledger_id, service, read, recorded)"
        " select id, at, gen_random_uuid(), service, '{}', '{}' from ledger_entry where id = %s", number - 1,
    )  # fmt: skip
    ledger.attack(
        "insert into ledger_subject (entry_id, at, ledger_id, service, read, recorded)"
        " values (0, now(), gen_random_uuid(), '', '{}', '{}'), (%s, now(), gen_random_uuid(), '', '{}', '{}')",
        number + 50,
    )
    assert ledger.told() == [
        ("inserted", 0), ("changed", number - 1), ("changed", number), ("inserted", number + 50),
    ]  # fmt: skip


def test_an_entry_removed(ledger: Ledger) -> None:
    number = last(ledger) - 1
    ledger.attack("delete from ledger_entry where id = %s", number)
    assert ledger.told() == [("removed", number)]
    (finding,) = ledger.verify().findings
    assert finding.words == f"Entry {number} was removed: it was sealed in seal 2."


def test_an_entry_removed_before_it_was_sealed(ledger: Ledger) -> None:
    (number,) = ledger.write()
    ledger.attack("delete from ledger_entry where id = %s", number)
    assert ledger.told() == [("removed", number)]


PUT_IN = """
insert into ledger_entry select %s, at, account, process, role, service, organisation, act, purpose, outcome,
       definition, clauses, source, reason, request, asked from ledger_entry where id = %s
"""


def test_an_entry_put_in(ledger: Ledger) -> None:
    """At the end, before the beginning, and in a hole that a transaction left that was undone."""
    number = last(ledger)
    ledger.attack("select setval('ledger_entry_id_seq', %s)", number + 10)
    ledger.write()
    ledger.seal()
    for new in (number + 5, number + 1000, 0):
        ledger.attack(PUT_IN, new, number)
    assert ledger.told() == [("inserted", 0), ("inserted", number + 5), ("inserted", number + 1000)]


def test_a_second_entry_of_one_number(ledger: Ledger) -> None:
    number = last(ledger)
    ledger.attack(PUT_IN.replace("select %s, at", "select %s, at + interval '1 second'"), number, number)
    assert ledger.told()[0] == ("inserted", number)


def test_two_entries_that_changed_places(ledger: Ledger) -> None:
    first, second = ledger.write(2)
    ledger.attack("update ledger_entry set request = 'second' where id = %s", second)
    ledger.seal()
    ledger.attack("update ledger_entry set id = case id when %s then -1 else %s end where id in (%s, %s)",
                  first, first, first, second)  # fmt: skip
    ledger.attack("update ledger_entry set id = %s where id = -1", second)
    assert ledger.told() == [("reordered", first), ("reordered", second)]


def test_leaves_in_another_order(ledger: Ledger) -> None:
    ledger.attack(
        "update ledger_seal set leaves = substr(leaves, 33, 32) || substr(leaves, 1, 32) || substr(leaves, 65)"
        " where number = 2"
    )
    first = last(ledger) - 4
    assert ledger.told() == [("batch-changed", 2), ("reordered", first), ("reordered", first + 1)]


def test_a_seal_that_was_changed(ledger: Ledger) -> None:
    ledger.write()
    ledger.seal()
    for change, kind in (
        ("root = sha256(root)", "chain-broken"),
        ("size = size + 1000", "chain-broken"),
        ("sealed_at = sealed_at - interval '1 day'", "chain-broken"),
        ("caught_up = not caught_up", "chain-broken"),
        ("frontier = sha256(frontier)", "batch-changed"),
        ("entries = entries + int8multirange(int8range(900000, 900003))", "batch-changed"),
    ):
        with ledger.owner() as raw:
            raw.rows("create table before as select * from ledger_seal where number = 2")
            raw.rows(f"update ledger_seal set {change} where number = 2")
            assert (kind, 2) in ledger.told() or (kind, 3) in ledger.told(), change
            raw.rows("delete from ledger_seal where number = 2")
            raw.rows("insert into ledger_seal select * from before")
            raw.rows("drop table before")
    assert ledger.told() == []


def test_a_seal_removed(ledger: Ledger) -> None:
    ledger.write()
    ledger.seal()
    ledger.attack("delete from ledger_seal where number = 2")
    told = ledger.told()
    assert ("seal-removed", 2) in told
    assert {entry for kind, entry in told if kind == "inserted"} == set(range(last(ledger) - 5, last(ledger)))


def test_a_change_sealed_anew_with_another_key(ledger: Ledger) -> None:
    """Whoever has the database and no key: the chain and the signatures tell."""
    kept = ledger.kept()
    ledger.attack("delete from ledger_seal where number = 2")
    ledger.attack("update ledger_entry set act = 'nothing' where id = %s", last(ledger))
    ledger.attack("insert into ledger_unsealed select id, at from ledger_entry order by id desc limit 5")
    forger = new_signer()
    ledger.attack("insert into ledger_key values (%s, %s, now(), '', '')", forger.id, forger.public)
    with ledger.sealer() as connection:
        assert seal_next(connection, signer=forger, at=SEALED_AT)
    assert ("key", None) in ledger.told(kept)
    assert ("another-history", 2) in ledger.told(kept)
    found = ledger.verify()  # from the database alone: all of it agrees, and it is said what cannot be known
    assert found.findings == []
    assert any("without the word of key" in words for words in found.cannot_know)


def test_a_head_signed_anew_in_the_middle(ledger: Ledger) -> None:
    ledger.write()
    ledger.seal()
    ledger.attack("update ledger_seal set signature = %s where number = 2", bytes(64))
    assert ledger.told() == [("signature", 2), ("chain-broken", 3)]


def test_the_newest_cut_off(ledger: Ledger) -> None:
    kept = ledger.kept()
    ledger.attack("delete from ledger_entry where id > %s", last(ledger) - 5)
    ledger.attack(
        "delete from ledger_subject s where not exists (select from ledger_entry where id = s.entry_id)"
    )
    ledger.attack("delete from ledger_seal where number = 2")
    assert ledger.told() == []
    assert ledger.told(kept) == [("cut-off", 2)]
    assert any("cut off" in words for words in ledger.verify().cannot_know)
    assert not any("cut off" in words for words in ledger.verify(kept).cannot_know)


def test_an_older_copy_worked_on(ledger: Ledger) -> None:
    """As restoring an old backup leaves it: the same first seal, and another second one."""
    kept = ledger.kept()
    ledger.attack("delete from ledger_entry where id > %s", last(ledger) - 5)
    ledger.attack(
        "delete from ledger_subject s where not exists (select from ledger_entry where id = s.entry_id)"
    )
    ledger.attack("delete from ledger_seal where number = 2")
    ledger.write(3)
    put_aside(ledger.key)  # what the sealer itself remembers
    ledger.seal(at=SEALED_AT + timedelta(hours=1))
    assert ledger.told() == []
    assert ledger.told(kept) == [("another-history", 2)]


def test_an_old_head_once_more(ledger: Ledger) -> None:
    """The root and signature of an older head, in place of the newest."""
    ledger.attack(
        "update ledger_seal n set root = o.root, signature = o.signature, sealed_at = o.sealed_at from ledger_seal o"
        " where n.number = 2 and o.number = 1"
    )
    assert {("batch-changed", 2), ("signature", 2)} <= set(ledger.told())


def test_heads_that_somebody_else_made(ledger: Ledger) -> None:
    kept = ledger.kept()
    forged = replace(kept, heads=(kept.heads[0], replace(kept.heads[1], size=1)))
    assert ledger.told(forged) == [("kept-head", 2)]


def test_an_entry_put_in_back_dated_through_the_queue(ledger: Ledger) -> None:
    """It is sealed like any other; but nothing waited in between, so that its time is not true."""
    now = datetime.now(UTC)
    ledger.attack("update ledger.cluster set kind = 'production'")
    ledger.seal(at=now)
    (number,) = ledger.write(at=now)
    ledger.seal(at=now)
    assert ledger.told() == []
    ledger.attack(PUT_IN.replace("select %s, at", "select %s, at - interval '3 days'"), number + 1, number)
    ledger.attack("insert into ledger_unsealed select id, at from ledger_entry where id = %s", number + 1)
    ledger.seal(at=now)
    assert ledger.told() == [("back-dated", number + 1)]


def test_a_key_that_took_over(ledger: Ledger) -> None:
    kept = ledger.kept()
    with ledger.sealer() as connection:
        new = rotate(connection, file=ledger.key, at=AT + timedelta(days=1))
    ledger.write()
    ledger.seal(at=AT + timedelta(days=1))
    assert ledger.told(kept) == []
    ledger.attack("update ledger_key set signature = %s where id = %s", bytes(64), new.id)
    assert ("key", None) in ledger.told(kept)
