"""Only people who need to know: what an entry does not open, no query returns, whoever sends it and however."""

from collections.abc import Iterator

import pytest

from kept.ledger.entries import Refused
from kept.record.looked.reads import who_has_looked
from kept.record.looked.unusual import Wanted, unusual_looks
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import Raw, about, session
from tests.statements.breaking import gives, in_the_database
from tests.statements.situations import cleo_and_mia, register

ROLES = ("practitioner", "lead", "administrator", "safeguarding-lead", "intake-officer", "analyst")


@in_the_database
def lets_everybody_see_who_looked(patch: pytest.MonkeyPatch) -> None:
    """Break: every role is let see who has looked, which only two officers need."""
    for role in ROLES:
        gives(
            patch,
            role=role,
            standing=("team", "service", "none"),
            parts=("child", "parent", "nobody"),
            purpose="audit",
            items=("ledger.access", "identity.name"),
        )


def shows_every_address(patch: pytest.MonkeyPatch) -> None:
    """Break: the table of addresses lets every row past."""
    as_superuser("create policy for_everybody on record_address for select to kept_application using (true)")


@pytest.fixture
def raw(database: str) -> Iterator[Raw]:
    with session(database) as opened:
        yield opened


@pytest.mark.proves("hv-2.02", breaks=lets_everybody_see_who_looked)
@pytest.mark.parametrize("name", ["hannah", "nadia", "ada", "sefi", "imani", "ana"])
def test_in_health_visiting_who_has_looked_is_for_those_who_need_it_by_the_clause_that_says_so(
    people: Cast, name: str
) -> None:
    by = getattr(people, name)
    for address in (None, public_id_of("Amina")):
        with pytest.raises(Refused) as refused:
            who_has_looked(by=by, public_id=address, at=AT)
        assert refused.value.decision.rests_on == ("why.need-to-know",)
    with pytest.raises(Refused):
        unusual_looks(by=by, wanted=Wanted.lately(on=AT.date()), at=AT)


@pytest.mark.proves("hv-2.02", breaks=shows_every_address)
def test_in_health_visiting_a_raw_query_returns_no_row_that_the_entry_does_not_open(
    people: Cast, raw: Raw
) -> None:
    with raw.undone():
        raw.open(about(person_of("Grace"), read=("identity.name",)), purpose=HEALTH_VISITING)
        assert raw.one("select count(*) from record_name") == 1
        assert raw.one("select count(*) from record_address") == 0


@pytest.mark.proves("pairs-2.02", breaks=shows_every_address)
def test_in_pairs_a_raw_query_returns_no_row_that_the_entry_does_not_open(people: Cast, raw: Raw) -> None:
    register(cleo_and_mia(), by=people.pia)
    with raw.undone():
        raw.open(about(person_of("Mia"), read=("identity.name",)), by="pia", purpose=PAIRS)
        assert raw.one("select count(*) from record_name") == 1
        assert raw.one("select count(*) from record_address") == 0
