"""Whoever owns the database removes entries, and lets the sealer seal an entry that says they were let go."""

from datetime import datetime

import pytest

from tests.cast import AT
from tests.rooms.ledger.sealed import Ledger
from tests.rooms.ledger.test_attacks import last
from tests.rooms.ledger.test_letting_go import DISPOSED, LATER, lets_go

SAYS = """
insert into ledger_entry select %s, %s, null, 'keeper', role, service, organisation, 'let go of a month of the ledger',
       'disposal', 'may', definition, clauses, source, %s, request, asked from ledger_entry order by id limit 1
"""


def removed(ledger: Ledger, number: int) -> None:
    ledger.attack("delete from ledger_subject where entry_id = %s", number)
    ledger.attack("delete from ledger_entry where id = %s", number)


def says(ledger: Ledger, entry: int, words: str, *, at: datetime = LATER, sealed: bool = True) -> None:
    ledger.attack(SAYS, entry, at, f"{words}, by me, approved by me")
    ledger.attack("insert into ledger_unsealed values (%s, %s)", entry, at)
    if sealed:
        ledger.seal(at=at)


@pytest.mark.parametrize(
    "words",
    [
        "first, from -infinity until 2026-12-01: 1 entries, numbers {{[{0},{1})}}",
        "first, from -infinity until 2027-02-01: 1 entries, numbers {{[{0},{1})}}",
        "2026_11, from 2026-11-01 until 2026-12-01: 1 entries, numbers {{[{0},{1})}}",
        "first: 1 entries, numbers {{[{0},{1})}}",
    ],
)
def test_an_entry_that_only_says_so(ledger: Ledger, words: str) -> None:
    """Others of the month are still there; or the month was not over, or not the oldest."""
    number = last(ledger) - 1
    removed(ledger, number)
    says(ledger, number + 100, words.format(number, number + 1))
    assert ledger.told(ledger.kept()) != []


def test_one_that_is_not_sealed_yet_is_not_believed(ledger: Ledger) -> None:
    number = last(ledger) - 1
    removed(ledger, number)
    words = f"first, from -infinity until 2026-12-01: 1 entries, numbers {{[{number},{number + 1})}}"
    says(ledger, number + 100, words, sealed=False)
    told = ledger.told()
    assert ("removed", number) in told
    assert ("let-go", number + 100) in told


@pytest.mark.parametrize(
    ("month", "since", "until"),
    [
        ("first", "-infinity", "2026-12-01"),
        ("2026_12", "2026-12-01", "2027-01-01"),
        ("2027_01", "2027-01-01", "2027-02-01"),
    ],
)
def test_beside_a_month_that_was_let_go(
    ledger: Ledger,
    confirmed: None,
    month: str,
    since: str,
    until: str,
) -> None:
    """The same month once more, one that nobody wrote in, or one that is not over: what was removed is of a later time,
    as the heads say."""
    ledger.attack(DISPOSED)
    lets_go()
    ledger.seal(at=LATER)
    (number, _) = ledger.write(2, at=LATER)
    ledger.seal(at=LATER)
    removed(ledger, number)
    words = f"{month}, from {since} until {until}: 1 entries, numbers {{[{number},{number + 1})}}"
    says(ledger, number + 100, words)
    ledger.attack("update ledger.cluster set kind = 'production'")
    assert ("removed", number) in ledger.told()


def test_what_is_from_before_what_was_let_go_is_named(ledger: Ledger, confirmed: None) -> None:
    ledger.attack(DISPOSED)
    lets_go()
    ledger.seal(at=LATER)
    assert ledger.told() == []
    (number,) = ledger.write(at=AT)
    ledger.seal(at=LATER)
    assert ledger.told() == [("left-behind", number)]
