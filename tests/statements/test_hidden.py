"""What a notice says of addresses and contact details that can hurt: hidden where they must be, and safe to use."""

import pytest

from kept.ledger.entries import Refused
from kept.record.people import values
from kept.record.people.safe_to_use import Answer, say_safe_to_use
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import WIDER, about, session
from tests.rooms.record.hiding import REFUGE, bring_efe, hide, move_to_refuge, opened
from tests.statements.situations import cleo_and_mia, register


def forgets_through_whom(patch: pytest.MonkeyPatch) -> None:
    """Break: a hidden address shows to whoever may see one, through whichever child."""
    as_superuser("drop policy known_through on record_address")


def sends_to_any_detail(patch: pytest.MonkeyPatch) -> None:
    """Break: what was not asked about, and what is not safe, counts as safe."""
    patch.setattr(values.PersonShown, "safe_phones", property(lambda self: self.phones))


@pytest.mark.proves("hv-3.03", breaks=forgets_through_whom)
def test_the_address_of_a_child_in_a_refuge_is_dated_and_shows_through_no_brother(people: Cast) -> None:
    bring_efe(people)
    hide(people, "address")
    move_to_refuge(people)
    amina = opened(people.hannah, "Amina").child
    assert (amina.restricted_address, amina.address) == (REFUGE, "")
    held = as_superuser(
        "select from_on, until_on from record_address where person_id = %s order by id", person_of("Amina")
    )
    assert held == [(AT.date(), AT.date()), (AT.date(), None)]
    for by, given in ((people.samuel, "Efe"), (people.ada, "Amina"), (people.nadia, "Amina")):
        assert REFUGE not in repr(opened(by, given)), by.name


@pytest.mark.proves("hv-3.09", breaks=sends_to_any_detail)
def test_only_a_detail_that_its_owner_called_safe_is_safe_and_pairs_has_none(
    people: Cast, database: str
) -> None:
    amina, grace = public_id_of("Amina"), public_id_of("Grace")
    (mother,) = opened(people.hannah, "Amina").adults
    (phone,) = mother.phones
    assert (dict(mother.safe_to_use), mother.safe_phones) == ({phone: "not-asked"}, ())
    for answer, safe in (("no", ()), ("yes", (phone,)), ("no", ())):
        said = [Answer(grace, phone, answer)]
        writing = {"public_id": amina, "answers": said, "source": "the-person", "at": AT}
        assert say_safe_to_use(by=people.hannah, purpose=HEALTH_VISITING, **writing) == 1
        assert say_safe_to_use(by=people.hannah, purpose=HEALTH_VISITING, **writing) == 0
        (mother,) = opened(people.hannah, "Amina").adults
        assert (mother.phones, mother.safe_phones, mother.safe_emails) == ((phone,), safe, ())
    with pytest.raises(Refused):
        say_safe_to_use(by=people.samuel, purpose=HEALTH_VISITING, **writing)
    register(cleo_and_mia(), by=people.pia)
    with pytest.raises(Refused):
        say_safe_to_use(
            by=people.pia,
            public_id=public_id_of("Cleo"),
            purpose=PAIRS,
            answers=[Answer(public_id_of("Mia"), phone, "yes")],
            source="the-person",
            at=AT,
        )
    with session(database) as raw:
        for given in ("Mia", "Grace"):
            phones = about(person_of(given), read=("contact.phone",))
            assert raw.opens(phones, by="pia", purpose=PAIRS) == WIDER
