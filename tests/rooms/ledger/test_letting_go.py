"""The ledger's own months: let go when nobody whom they name is held, and what is left is proven as before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kept.database.acting import acting_as
from kept.ledger.gone import LetGo, let_go_in, ranges_of, why_not, within
from kept.ledger.letting_go import Month, NotLetGo, let_go
from kept.ledger.seals import NotProven, proof_of
from tests.cast import AT
from tests.rooms.ledger.raw import DENIED, session
from tests.rooms.ledger.sealed import SEALED_AT, Ledger

LATER = datetime(2027, 1, 5, 9, tzinfo=UTC)
UNTIL = date(2027, 1, 1)
AT_THE_TIME = datetime(2020, 1, 20, tzinfo=UTC)
TWO = {"by": "keeper@kent.example", "approved_by": "second@kent.example"}
# What disposal leaves of everybody: nobody has the ledger ids any more that entries name.
DISPOSED = "update record_person set ledger_id = gen_random_uuid()"


def lets_go(*, at: datetime = LATER, until: date = UNTIL) -> tuple[Month, ...]:
    with acting_as("keeper"):
        return let_go(**TWO, until=until, at=at)


def held(ledger: Ledger) -> int:
    ((many,),) = ledger.attack("select count(*) from ledger_entry")
    return int(many)


def test_nothing_goes_under_a_rule_that_nobody_has_confirmed(ledger: Ledger) -> None:
    before = held(ledger)
    with pytest.raises(NotLetGo, match=r"long.who-has-looked.*with-the-record, is not confirmed"):
        lets_go()
    assert held(ledger) == before


def test_it_takes_two(ledger: Ledger, confirmed: None) -> None:
    with acting_as("keeper"), pytest.raises(NotLetGo, match="Two people"):
        let_go(by="one@kent.example", approved_by="one@kent.example", until=UNTIL, at=LATER)


def test_a_month_stays_while_somebody_whom_it_names_is_held(ledger: Ledger, confirmed: None) -> None:
    before = held(ledger)
    (month,) = lets_go()
    assert (month.gone, month.still_named > 0) == (False, True)
    assert held(ledger) == before


def test_a_month_stays_until_it_is_over_and_sealed(ledger: Ledger, confirmed: None) -> None:
    ledger.attack(DISPOSED)
    assert lets_go(at=AT + timedelta(hours=1)) == ()
    ledger.write()
    ledger.attack(DISPOSED)
    (month,) = lets_go()
    assert (month.gone, month.still_named) == (False, 0)
    ledger.seal(at=SEALED_AT + timedelta(minutes=1))
    assert lets_go()[0].gone


def test_what_went_is_told_and_what_is_left_is_verified_and_proven(ledger: Ledger, confirmed: None) -> None:
    kept, before = ledger.kept(), held(ledger)
    gone = ledger.attack("select max(id) from ledger_entry")[0][0]
    ledger.attack(DISPOSED)
    (month,) = lets_go()
    assert (month.gone, month.entries) == (True, before)
    ledger.seal(at=LATER)
    assert held(ledger) == 1, "the entry that says so"
    found = ledger.verify(kept)
    assert found.findings == []
    (words,) = found.let_go
    assert f"{before} entries (first) were let go on 2027-01-05, by keeper@kent.example, approved by" in words
    with ledger.sealer() as connection:
        with pytest.raises(NotProven, match="let go, or removed"):
            proof_of(connection, entry=gone)
        ((left,),) = ledger.attack("select id from ledger_entry")
        assert proof_of(connection, entry=left).entry == left


def test_what_is_removed_beside_what_was_let_go_is_found(ledger: Ledger, confirmed: None) -> None:
    ledger.attack(DISPOSED)
    lets_go()
    (number,) = ledger.write(at=LATER)
    ledger.seal(at=LATER)
    assert ledger.told() == []
    ledger.attack("delete from ledger_subject where entry_id = %s", number)
    ledger.attack("delete from ledger_entry where id = %s", number)
    assert ledger.told() == [("removed", number)]


def test_who_only_says_that_it_was_let_go_is_found(ledger: Ledger) -> None:
    """An owner removes entries, and puts in an entry that says they were let go: it is under no seal."""
    number = ledger.attack("select max(id) from ledger_entry")[0][0]
    ledger.attack("delete from ledger_subject where entry_id = %s", number)
    ledger.attack("delete from ledger_entry where id = %s", number)
    ledger.attack(
        "insert into ledger_entry select 999999, at, null, 'keeper', role, service, organisation,"
        " 'let go of a month of the ledger', 'disposal', 'may', definition, clauses, source,"
        f" 'first, from -infinity until 2026-01-01: 1 entries, numbers {{[{number},{number + 1})}}, by me, approved by"
        " me', request, asked"
        " from ledger_entry order by id limit 1"
    )
    found = ledger.verify()
    assert ("inserted", 999999) in [(one.kind, one.entry) for one in found.findings]
    assert "removed" in [one.kind for one in found.findings]
    assert found.let_go == []


def test_nobody_else_lets_go(ledger: Ledger) -> None:
    for role in ("kept_application", "kept_sealer", "kept_intake", "kept_owner"):
        with session(ledger.database, role) as raw:
            asked = "select * from ledger.let_go(now(), 'a', 'b', '{c}', now())"
            assert raw.told(asked) == DENIED, role


def test_numbers_that_went_are_read_from_words_and_nothing_else_is() -> None:
    told = "first, from -infinity until 2020-02-01: 3 entries, numbers {[1,3),[7,8)}, by a, approved by b"
    one = let_go_in(9, LATER, told)
    assert one == LetGo(9, LATER, "first", None, date(2020, 2, 1), 3, ((1, 3), (7, 8)), "by a, approved by b")
    assert let_go_in(9, LATER, "numbers {[1,3)}") is None
    assert let_go_in(9, LATER, told.replace("2020-02-01", "2020-02-31")) is None
    two = LetGo(10, LATER, "2020_02", date(2020, 2, 1), date(2020, 3, 1), 4, ((3, 5), (5, 7)), "")
    ranges = ranges_of([one, two])
    assert ranges == ((1, 3, one.until_at), (3, 7, two.until_at), (7, 8, one.until_at))
    assert within(3, 7, ranges, since=None)
    assert within(3, 7, ranges, since=one.until_at)
    assert not within(3, 7, ranges, since=two.until_at)
    assert not within(1, 9, ranges, since=None)
    assert not within(0, 2, ranges, since=None)
    assert not within(5, 6, (), since=None)
    assert why_not(one, []) == ""
    assert why_not(two, [one]) == ""
    for wrong, before in (
        (one, [one]), (two, []), (two, [one, two]), (replace(one, many=4), []), (replace(one, at=AT_THE_TIME), []),
        (replace(two, until_on=date(2020, 1, 1)), [one]),
    ):  # fmt: skip
        assert why_not(wrong, before) != ""
