"""A form that is sent again writes nothing again, and whoever sent it is told what they were told before."""

from dataclasses import replace
from uuid import UUID, uuid4

from kept.record.circumstances.actions import record_circumstance, say_whether_met
from kept.record.circumstances.values import NeedAnswer, NewCircumstance
from kept.record.families.taking_in import take_in
from kept.record.families.values import NewFamily
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, adult, as_superuser, child, public_id_of
from tests.rooms.record.hiding import team
from tests.rooms.record.test_two_at_once import together


def records(people: Cast, once: UUID, kind: str, said: str) -> bool:
    return record_circumstance(
        by=people.hannah,
        public_id=public_id_of("Amina"),
        about=public_id_of("Grace"),
        purpose=HEALTH_VISITING,
        new=NewCircumstance(kind, said, once=once),
        at=AT,
    )


def told() -> list[tuple]:
    return as_superuser("select said, until_on from record_circumstance order by id")


def test_what_was_told_is_recorded_once(people: Cast) -> None:
    once = uuid4()
    done = [records(people, once, "health.long-term-condition", "Asthma") for _ in range(2)]
    assert (done, told()) == ([True, False], [("Asthma", None)])
    assert records(people, uuid4(), "health.long-term-condition", "Asthma")
    assert len(told()) == 2


def test_an_older_form_that_is_sent_again_does_not_take_the_place_of_a_newer_one(people: Cast) -> None:
    once = uuid4()
    assert records(people, once, "background.ethnicity", "N")
    assert records(people, uuid4(), "background.ethnicity", "Z")
    assert not records(people, once, "background.ethnicity", "N")
    assert told() == [("N", AT.date()), ("Z", None)]


def test_so_is_whether_a_need_was_met(people: Cast) -> None:
    records(people, uuid4(), "needs.communication", "Large print")
    answer = NeedAnswer(True, AT.date(), once=uuid4())
    asked = {"by": people.hannah, "public_id": public_id_of("Amina"), "about": public_id_of("Grace")}
    done = [say_whether_met(**asked, purpose=HEALTH_VISITING, answer=answer, at=AT) for _ in range(2)]
    assert (done, as_superuser("select count(*) from record_need_met")) == ([True, False], [(1,)])


def wren(people: Cast, once: UUID) -> UUID:
    plain = {"nhs_number": "", "nhs_number_status": ""}
    family = NewFamily(
        replace(child("Wren", "Marsh", 9, sex=""), **plain),
        (replace(adult("Mia", "Marsh", 10), phones=(), **plain),),
        team("Kent PAIRS"),
    )
    return take_in(by=people.pia, family=family, purpose=PAIRS, source="the-person", once=once, at=AT)


def test_a_family_is_taken_in_once(people: Cast) -> None:
    once = uuid4()
    address = wren(people, once)
    assert wren(people, once) == address == public_id_of("Wren")
    assert as_superuser("select count(*) from record_name where given in ('Wren', 'Mia')") == [(2,)]
    assert wren(people, uuid4()) != address


def test_so_it_is_where_the_form_comes_twice_at_once(people: Cast) -> None:
    once = uuid4()
    one, other = together(lambda: wren(people, once), lambda: wren(people, once))
    assert one == other == public_id_of("Wren")


def test_a_form_cannot_say_which_address_it_means(people: Cast) -> None:
    """Whoever knows the address of somebody's record learns nothing by saying it."""
    held = public_id_of("Bo")
    assert wren(people, held) not in (held, public_id_of("Bo"))
