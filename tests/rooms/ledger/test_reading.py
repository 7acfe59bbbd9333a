"""Reading one row in an entry of its own: the entry is committed before the row is handed out, or there is neither."""

import pytest
from django.db import DatabaseError, DataError, transaction

from kept.ledger.entries import Allowed, read
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of

NAME = frozenset({"identity.name"})
GIVEN = "select given from record_name where person_id = %(person)s and until_on is null"


def given(people: Cast, statement: str = GIVEN, *, items: frozenset[str] = NAME) -> object:
    amina = person_of("Amina")
    allowed = [Allowed(amina, read=items)]
    purpose, about = HEALTH_VISITING, {"person": amina}
    return read(statement, about, by=people.hannah, act="see a name", purpose=purpose, allowed=allowed, at=AT)


def entries() -> list[tuple]:
    return as_superuser("select act, outcome from ledger_entry where act = 'see a name'")


def test_the_row_comes_with_its_entry(people: Cast) -> None:
    assert given(people) == ("Amina",)
    assert entries() == [("see a name", "may")]


def test_another_item_is_not_opened_with_it(people: Cast) -> None:
    assert given(people, GIVEN, items=frozenset({"identity.address"})) is None


def test_wider_than_the_permits_there_is_neither_row_nor_entry(people: Cast) -> None:
    with pytest.raises(DatabaseError, match="permit"):
        given(people, items=NAME | {"circumstances.police-contact"})
    assert entries() == []
    assert given(people) == ("Amina",)


def test_a_statement_that_fails_takes_its_entry_with_it(people: Cast) -> None:
    with pytest.raises(DataError):
        given(people, "select 1 / (%(person)s::bigint - %(person)s::bigint)")
    assert entries() == []
    assert given(people) == ("Amina",)


def test_it_is_a_transaction_of_its_own(people: Cast) -> None:
    with pytest.raises(RuntimeError, match="inside another"), transaction.atomic():
        given(people)
    assert entries() == []
