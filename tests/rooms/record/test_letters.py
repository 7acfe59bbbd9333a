"""A letter to one parent: their own name and address, and nobody else's; recorded with an entry; sent once."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.post.outbox import Outbox
from kept.published.reads import Published
from kept.record.families.values import NewFamily
from kept.record.letters import actions
from kept.record.letters.actions import NotSent, may_send_letter, send_letter
from kept.record.letters.reads import correspondent
from kept.record.letters.values import EMAIL, POST, TEXT, Correspondent, NewLetter
from kept.record.notices_given.reads import not_yet_told
from tests import cast
from tests.cast import AT, HEALTH_VISITING, NORTH, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.record.visits import entries
from tests.statements.situations import cleo_and_mia, register

SAFE = "update record_phone set safe_to_use = 'yes' where person_id = %s"
EMAIL_OF = """
insert into record_email (service, entry_id, definition_id, source, recorded_at, from_on, person_id, email, safe_to_use)
select service, entry_id, definition_id, source, recorded_at, from_on, person_id, %s, %s
from record_name where person_id = %s
"""
RESTRICT = """
insert into record_restriction (service, entry_id, definition_id, source, recorded_at, from_on, person_id, child_id,
                                what, reason)
select service, entry_id, definition_id, source, recorded_at, from_on, person_id, %s, %s, 'Refuge'
from record_name where person_id = %s
"""


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox")


@pytest.fixture
def apart(people: Cast) -> None:
    """Ife's parents live apart."""
    father = replace(
        cast.adult("Uche", "Obi", 33, relationship="BPF", postcode="CT1 2ZZ"),
        address="9 Quetzal Road",
        phones=("07700 900999",),
    )
    family = NewFamily(
        cast.child("Ife", "Obi", 31), (cast.adult("Ada", "Obi", 32), father), cast._team(NORTH)
    )
    with acting_as("intake"):
        cast.register(by=people.intake, family=family)


def plainly(to: Correspondent, version: Published) -> bytes:
    """All that whoever writes the letter is given."""
    return f"{to.name}\n{to.address}{to.emails}{to.phones}\n{version.definition.title} {version.id}".encode()


def sends(
    outbox: Outbox,
    by: Asker,
    *,
    to: str = "Grace",
    child: str = "Amina",
    way: str = POST,
    letter: UUID | None = None,
    written: Callable[[Correspondent, Published], bytes] = plainly,
) -> bool:
    return send_letter(
        by=by,
        public_id=public_id_of(child),
        to=public_id_of(to),
        letter=NewLetter(letter or uuid4(), way),
        purpose=by.service,
        source="the-person",
        outbox=outbox,
        written=written,
        at=AT,
    )


def sent(outbox: Outbox) -> list[str]:
    """What is in the outbox, in words."""
    files = sorted(outbox.folder.glob("[!.]*")) if outbox.folder.exists() else []
    return [file.read_text() for file in files]


def letters() -> int:
    return int(as_superuser("select count(*) from record_letter")[0][0])


def test_a_letter_goes_to_one_parents_own_address_and_is_recorded_about_them(
    people: Cast, outbox: Outbox
) -> None:
    assert sends(outbox, people.hannah)
    (said,) = sent(outbox)
    assert said.startswith("Grace Okafor\n('1 Hopbine Lane', 'CT1 1CC')")
    ((person, way, version, entry, on),) = as_superuser(
        "select person_id, way, version_id, entry_id, recorded_at from record_letter"
    )
    assert (person, way, on) == (person_of("Grace"), "post", AT)
    ((account, act, clauses, named),) = entries("may")[-1:]
    assert (account, act, named) == (people.hannah.account, "send a letter", 2)
    assert {"see.team-parent", "why.first-contact"} & set(clauses)
    assert as_superuser("select definition, id from ledger_entry where act = %s", act) == [(version, entry)]
    assert not_yet_told(by=people.hannah, purpose=HEALTH_VISITING, at=AT).families == ()


def test_of_the_child_only_which_notice_was_given_is_opened_and_of_the_parent_only_what_a_letter_needs(
    people: Cast, outbox: Outbox, apart: None
) -> None:
    sends(outbox, people.hannah, child="Ife", to="Ada")
    opened = as_superuser(
        "select p.id, s.read, s.recorded from ledger_subject s join record_person p on p.ledger_id = s.ledger_id"
        " where s.entry_id = (select max(id) from ledger_entry)"
    )
    assert {person: (set(read), set(recorded)) for person, read, recorded in opened} == {
        person_of("Ife"): ({"care.notice-given"}, set()),
        person_of("Ada"): ({"identity.name", "identity.address", "care.notice-given"}, {"care.notice-given"}),
    }


def test_nothing_of_the_other_parent_comes_into_a_letter(people: Cast, outbox: Outbox, apart: None) -> None:
    sends(outbox, people.hannah, child="Ife", to="Ada")
    (said,) = sent(outbox)
    assert "Ada Obi" in said
    assert not re.search("Uche|Quetzal|2ZZ|900999|Ife", said)
    sends(outbox, people.hannah, child="Ife", to="Uche")
    (theirs,) = [one for one in sent(outbox) if one != said]
    assert "Quetzal" in theirs
    assert not re.search("Ada|Hopbine|1CC|900001|Ife", theirs)


@pytest.mark.parametrize("how", ["none", "only an old one"])
def test_without_an_address_nothing_is_sent_and_a_sentence_says_what_to_do(
    people: Cast, outbox: Outbox, how: str
) -> None:
    if how == "none":
        as_superuser("delete from record_address where person_id = %s", person_of("Grace"))
    else:
        as_superuser("update record_address set until_on = from_on where person_id = %s", person_of("Grace"))
    with pytest.raises(NotSent, match="There is no address that a letter to this person may go to"):
        sends(outbox, people.hannah)
    assert (sent(outbox), letters()) == ([], 0)


@pytest.mark.parametrize("what", ["address", "person"])
def test_who_must_not_be_found_gets_no_letter_in_the_same_words_whatever_else_is_recorded(
    people: Cast, outbox: Outbox, what: str
) -> None:
    as_superuser(RESTRICT, person_of("Amina"), what, person_of("Grace"))
    with pytest.raises(NotSent, match="There is no address that a letter to this person may go to"):
        sends(outbox, people.hannah)
    assert (sent(outbox), letters()) == ([], 0)


def test_a_restricted_address_is_not_even_handed_to_whoever_writes(people: Cast, outbox: Outbox) -> None:
    as_superuser("update record_address set kind = 'restricted' where person_id = %s", person_of("Grace"))
    found, _ = correspondent(
        by=people.hannah,
        public_id=public_id_of("Amina"),
        to=public_id_of("Grace"),
        ways=(POST, EMAIL, TEXT),
        purpose=HEALTH_VISITING,
        source="the-person",
        at=AT,
    )
    assert (found.name, found.address) == ("Grace Okafor", ())


@pytest.mark.parametrize("mark", ["not-asked", "no", "yes"])
def test_a_message_goes_only_where_its_owner_said_that_it_is_safe(
    people: Cast, outbox: Outbox, mark: str
) -> None:
    as_superuser(SAFE.replace("'yes'", "%s"), mark, person_of("Grace"))
    as_superuser(EMAIL_OF, "grace@home.example", mark, person_of("Grace"))
    for way in (TEXT, EMAIL):
        if mark == "yes":
            assert sends(outbox, people.hannah, way=way)
        else:
            with pytest.raises(NotSent, match="that this person said is safe to use"):
                sends(outbox, people.hannah, way=way)
    said = " ".join(sent(outbox))
    assert ("07700 900001" in said, "grace@home.example" in said) == ((mark == "yes"), (mark == "yes"))


def test_a_service_that_may_not_hold_a_number_sends_no_message(people: Cast, outbox: Outbox) -> None:
    register(cleo_and_mia(), by=people.pia)
    for way in (TEXT, EMAIL):
        with pytest.raises(Refused):
            sends(outbox, people.pia, child="Cleo", to="Mia", way=way)
    assert sends(outbox, people.pia, child="Cleo", to="Mia")
    (said,) = sent(outbox)
    assert "Parent and Infant Relationship Service" in said
    assert as_superuser("select distinct service from record_letter") == [(PAIRS,)]


def test_the_same_letter_sent_twice_is_sent_once_also_after_it_was_fetched(
    people: Cast, outbox: Outbox
) -> None:
    letter = uuid4()
    assert sends(outbox, people.hannah, letter=letter)
    (outbox.folder / f"{letter}.pdf").unlink()  # it was fetched
    assert not sends(outbox, people.hannah, letter=letter)
    assert (sent(outbox), letters()) == ([], 1)


def test_two_at_once_send_the_same_letter_once(people: Cast, outbox: Outbox) -> None:
    letter, together = uuid4(), Barrier(2)
    answers: list[bool] = []

    def once() -> None:
        from django.db import connections

        try:
            together.wait(10)
            answers.append(sends(outbox, people.hannah, letter=letter))
        finally:
            connections.close_all()

    both = [Thread(target=once) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert sorted(answers) == [False, True]
    assert (len(sent(outbox)), letters()) == (1, 1)


def test_another_letter_in_the_same_way_is_not_sent(people: Cast, outbox: Outbox) -> None:
    sends(outbox, people.hannah)
    with pytest.raises(NotSent, match="told of this notice in this way already"):
        sends(outbox, people.hannah)
    assert len(sent(outbox)) == 1


def test_where_it_cannot_be_written_nothing_is_recorded(people: Cast, outbox: Outbox) -> None:
    def fails(to: Correspondent, version: Published) -> bytes:
        raise NotSent("It cannot be set.")

    with pytest.raises(NotSent, match="cannot be set"):
        sends(outbox, people.hannah, written=fails)
    assert (sent(outbox), letters()) == ([], 0)


def test_stopped_between_recording_and_sending_the_next_letter_releases_it(
    people: Cast, outbox: Outbox, monkeypatch: pytest.MonkeyPatch, apart: None
) -> None:
    def stopped(self: Outbox, letter: UUID) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "release", stopped)
        with pytest.raises(KeyboardInterrupt):
            sends(outbox, people.hannah)
    assert (sent(outbox), letters()) == ([], 1)
    sends(outbox, people.hannah, child="Ife", to="Ada")
    assert len(sent(outbox)) == 2


def test_stopped_before_it_was_recorded_it_never_leaves(
    people: Cast, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = Outbox.prepare

    def stopped(self: Outbox, letter: UUID, content: bytes, *, kind: str) -> None:
        prepare(self, letter, content, kind=kind)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "prepare", stopped)
        with pytest.raises(KeyboardInterrupt):
            sends(outbox, people.hannah)
    outbox.settle(actions.letters_recorded, at=AT + timedelta(days=3650))
    assert (sent(outbox), letters()) == ([], 0)
    assert list((outbox.folder / ".prepared").iterdir()) == []


@pytest.mark.parametrize("name", ["nadia", "sefi", "imani", "priya", "ana", "samuel", "pia"])
def test_who_may_not_record_it_or_does_not_look_after_the_family_sends_nothing(
    people: Cast, outbox: Outbox, name: str
) -> None:
    with pytest.raises(Refused):
        sends(outbox, getattr(people, name))
    assert (sent(outbox), letters()) == ([], 0)
    assert entries("must not")[-1][:2] == (getattr(people, name).account, "send a letter")


def test_the_office_may_send_one(people: Cast, outbox: Outbox) -> None:
    assert may_send_letter(by=people.ada, purpose=HEALTH_VISITING, at=AT)
    assert not may_send_letter(by=people.nadia, purpose=HEALTH_VISITING, at=AT)
    assert sends(outbox, people.ada)


@pytest.mark.parametrize("to", ["Nils", "Amina"])
def test_only_a_parent_of_this_child_is_written_to(people: Cast, outbox: Outbox, to: str) -> None:
    with pytest.raises(Refused):
        sends(outbox, people.hannah, to=to)
    assert (sent(outbox), letters()) == ([], 0)


def test_a_notice_that_was_taken_back_is_none_that_the_family_had(people: Cast) -> None:
    from kept.record.contacts.corrections import Correction, correct_contact
    from tests.rooms.record.visits import records, visit

    def had() -> int | None:
        found, _ = correspondent(
            by=people.hannah,
            public_id=public_id_of("Amina"),
            to=public_id_of("Grace"),
            ways=(POST,),
            purpose=HEALTH_VISITING,
            source="the-person",
            at=AT,
        )
        return found.had

    records(people.hannah, visit())
    assert had()
    correct_contact(
        by=people.hannah,
        public_id=public_id_of("Amina"),
        number=as_superuser("select max(id) from record_contact")[0][0],
        purpose=HEALTH_VISITING,
        correction=Correction("It was with the twin.", None, uuid4()),
        source="the-person",
        at=AT,
    )
    assert had() is None


@pytest.mark.parametrize("way", [POST, EMAIL, TEXT])
def test_nothing_is_sent_to_whoever_must_not_be_written_to(people: Cast, outbox: Outbox, way: str) -> None:
    """Their address is hidden and nothing else is safe to use: that is all that it takes (decision 0018)."""
    grace = person_of("Grace")
    as_superuser(EMAIL_OF, "grace@example.org", "no", grace)
    as_superuser("update record_phone set safe_to_use = 'no' where person_id = %s", grace)
    as_superuser(RESTRICT, person_of("Amina"), "address", grace)
    with pytest.raises((NotSent, Refused)):
        sends(outbox, people.hannah, way=way)
    assert (sent(outbox), letters()) == ([], 0)
