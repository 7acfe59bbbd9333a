"""Opening a child's record: who may, what they see, what is written down about it."""

from uuid import uuid4

import pytest

from kept.ledger.entries import Refused
from kept.record.reads import open_record
from tests.cast import AT, Cast, as_superuser, public_id_of


def test_a_practitioner_of_the_team_sees_the_family(people: Cast) -> None:
    record = open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose="health-visiting", at=AT)
    assert record.child.name == "Amina Okafor"
    assert [adult.name for adult in record.adults] == ["Grace Okafor"]


def test_another_team_is_refused_in_the_words_that_an_invented_address_gets(people: Cast) -> None:
    words = set()
    for address in (public_id_of("Amina"), uuid4()):
        with pytest.raises(Refused) as refused:
            open_record(by=people.samuel, public_id=address, purpose="health-visiting", at=AT)
        words.add((refused.value.decision.words, refused.value.decision.rests_on))
    assert len(words) == 1


def test_the_refusal_names_the_person_only_where_there_is_one(people: Cast) -> None:
    for address in (public_id_of("Amina"), uuid4()):
        with pytest.raises(Refused):
            open_record(by=people.samuel, public_id=address, purpose="health-visiting", at=AT)
    named = as_superuser(
        "select count(s.id) from ledger_entry e left join ledger_subject s on s.entry_id = e.id"
        " where e.outcome = 'must not' group by e.id order by e.id"
    )
    assert named == [(1,), (0,)]
