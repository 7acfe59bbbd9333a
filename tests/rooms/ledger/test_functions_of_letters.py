"""The functions behind letters and the list of those not yet told, called by whoever sends queries."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.cast import AT, HEALTH_VISITING, as_superuser, person_of, token_of
from tests.rooms.ledger.raw import NOBODY, Raw, about, session

FOUND = "select person from ledger.not_yet_told(%s, %s, null, 0, 50, %s)"
WRITTEN_TO = "select ledger.may_be_written_to(%s)"
RECORDED = "select ledger.letters_recorded(%s::uuid[])"
RESTRICT = """
insert into record_restriction (service, entry_id, definition_id, source, recorded_at, from_on, person_id, child_id,
                                what, reason)
select service, entry_id, definition_id, source, recorded_at, from_on, person_id, person_id, 'address', 'Refuge'
from record_name where person_id = %s
"""


@pytest.fixture
def raw(database: str) -> Iterator[Raw]:
    with session(database) as opened:
        yield opened


def test_the_list_wants_somebody_who_has_signed_in(raw: Raw) -> None:
    assert raw.told(FOUND, "no such token", HEALTH_VISITING, AT) == NOBODY


def test_the_list_finds_no_other_teams_and_no_other_services_children(raw: Raw) -> None:
    assert raw.rows(FOUND, token_of("hannah"), HEALTH_VISITING, AT) == [(person_of("Amina"),)]
    assert raw.rows(FOUND, token_of("samuel"), HEALTH_VISITING, AT) == [(person_of("Bo"),)]
    assert raw.rows(FOUND, token_of("pia"), "parent-infant-relationship", AT) == []
    assert raw.rows(FOUND, token_of("pia"), HEALTH_VISITING, AT) == []


def test_whether_somebody_may_be_written_to_is_told_of_those_whose_address_an_entry_opens_alone(
    raw: Raw,
) -> None:
    grace, nils = person_of("Grace"), person_of("Nils")
    assert raw.one(WRITTEN_TO, grace) is not True  # there is no entry
    with raw.undone():
        raw.open(about(grace, read=("identity.name",)))
        assert raw.one(WRITTEN_TO, grace) is not True
    with raw.undone():
        raw.open(about(grace, read=("identity.address",)))
        assert raw.one(WRITTEN_TO, grace) is True
        assert raw.one(WRITTEN_TO, nils) is False
    as_superuser(RESTRICT, grace)
    with raw.undone():
        raw.open(about(grace, read=("identity.address",)))
        assert raw.one(WRITTEN_TO, grace) is False


def test_the_id_of_a_letter_that_nobody_sent_says_nothing(raw: Raw) -> None:
    assert raw.one(RECORDED, [uuid4()]) == []
