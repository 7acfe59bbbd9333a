"""What a notice says of addresses and contact details that can hurt: hidden where they must be, and safe to use."""

from pathlib import Path
from uuid import uuid4

import pytest

from kept.ledger.entries import Refused
from kept.post.outbox import Outbox
from kept.record.letters import reads as letters
from kept.record.letters.actions import NotSent, send_letter
from kept.record.letters.values import TEXT, NewLetter
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
    patch.setattr(
        letters, "CORRESPONDENT", letters.CORRESPONDENT.replace("safe_to_use = 'yes'", "safe_to_use <> ''")
    )


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


def texts(people: Cast, outbox: Outbox) -> bool:
    """Hannah sends Amina's mother a text message, which says where it goes."""
    return send_letter(
        by=people.hannah,
        public_id=public_id_of("Amina"),
        to=public_id_of("Grace"),
        letter=NewLetter(uuid4(), TEXT),
        purpose=HEALTH_VISITING,
        source="the-person",
        outbox=outbox,
        written=lambda to, version: to.reached_at(TEXT)[0].encode(),
        at=AT,
    )


@pytest.mark.proves("hv-3.09", breaks=sends_to_any_detail)
def test_a_message_goes_only_to_a_detail_that_its_owner_called_safe_and_pairs_has_none(
    people: Cast, database: str, tmp_path: Path
) -> None:
    amina, grace = public_id_of("Amina"), public_id_of("Grace")
    (mother,) = opened(people.hannah, "Amina").adults
    (phone,) = mother.phones
    assert (dict(mother.safe_to_use), mother.safe_phones) == ({phone: "not-asked"}, ())
    outbox = Outbox(tmp_path / "outbox")
    with pytest.raises(NotSent):
        texts(people, outbox)
    for answer, safe in (("no", ()), ("yes", (phone,)), ("no", ())):
        said = [Answer(grace, phone, answer)]
        writing = {"public_id": amina, "answers": said, "source": "the-person", "at": AT}
        assert say_safe_to_use(by=people.hannah, purpose=HEALTH_VISITING, **writing) == 1
        assert say_safe_to_use(by=people.hannah, purpose=HEALTH_VISITING, **writing) == 0
        (mother,) = opened(people.hannah, "Amina").adults
        assert (mother.phones, mother.safe_phones, mother.safe_emails) == ((phone,), safe, ())
        if safe:
            assert texts(people, outbox)
        else:
            with pytest.raises(NotSent):
                texts(people, outbox)
    assert [file.read_text() for file in outbox.folder.glob("[!.]*")] == [phone]
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
