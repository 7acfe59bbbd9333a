"""An NHS number that is said of two people: on one record alone, kept for the other, and looked at by a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connections

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.record.families.details import Changed, change_details
from kept.record.families.values import NewFamily
from kept.record.merges.actions import NotMerged, say_same, undo
from kept.record.merges.reads import candidates, compare
from kept.record.origins.reads import open_origins
from kept.record.people.values import NewPerson
from kept.record.reads import open_record
from kept.standards.nhs_number import test_number as number
from tests.cast import (
    AT,
    HEALTH_VISITING,
    NORTH,
    Cast,
    adult,
    as_superuser,
    child,
    person_of,
    public_id_of,
    register,
)
from tests.rooms.ledger.raw import WIDER, about, session
from tests.rooms.record.hiding import hide, team
from tests.rooms.record.test_details import AMINA, GRACE

BO_S, ITS_OWN = number(3), frozenset({"identity.nhs-number"})
TAKEN = replace(AMINA, nhs_number=BO_S, nhs_number_status="02")
EDDA = replace(child("Edda", "Frost", 71), nhs_number="", nhs_number_status="")


def asking(by: Any) -> dict[str, Any]:
    return {"by": by, "purpose": HEALTH_VISITING, "at": AT}


def says(by: Any, said: NewPerson, of: str = "Amina", child: str = "Amina", **more: Any) -> Changed:
    ids = {"public_id": public_id_of(child), "about": public_id_of(of)}
    return change_details(**asking(by), **ids, said=said, **more)


def holders(said: str = BO_S) -> list[str]:
    found = as_superuser(
        "select n.given from record_nhs_number i join record_name n using (person_id)"
        " where i.number = %s and i.until_on is null and n.until_on is null",
        said,
    )
    return [given for (given,) in found]


def waiting() -> list[tuple[str, str]]:
    return as_superuser(
        "select n.given, t.number from record_number_to_check t join record_name n using (person_id)"
        " where t.until_on is null and n.until_on is null order by t.id"
    )


def listed(by: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    found = candidates(**asking(by)).pairs
    return [(one.one.given, one.other.given if one.other else "", one.reasons) for one in found]


def say(by: Any, *, same: bool, first: str = "Bo", other: str = "Amina") -> None:
    ids = {"first": public_id_of(first), "other": public_id_of(other)}
    say_same(**asking(by), **ids, same=same, why="Their mothers say so.")


@contextmanager
def breaking(table: str, rule: str) -> Iterator[None]:
    """The database stops at the last of what an entry writes."""
    as_superuser(f"alter table {table} add constraint stops check ({rule}) not valid")
    with pytest.raises(IntegrityError, match="stops"):
        yield
    as_superuser(f"alter table {table} drop constraint stops")


def test_what_another_record_holds_is_kept_to_be_checked_and_on_no_second_record(people: Cast) -> None:
    said = replace(TAKEN, given="Amína")
    assert says(people.hannah, said) == Changed(frozenset({"identity.name"}), number_waits=True)
    assert (holders(), holders(number(1))) == (["Bo"], ["Amína"])
    assert waiting() == [("Amína", BO_S)]
    assert says(people.hannah, said, of="Amína", child="Amína").number_waits
    assert waiting() == [("Amína", BO_S)], "said again, it waits once"


def test_the_childs_team_sees_that_it_waits_and_nobody_beside_them(people: Cast, database: str) -> None:
    says(people.hannah, TAKEN)

    def shown(by: Any) -> tuple[str, ...]:
        return open_record(public_id=public_id_of("Amina"), **asking(by)).child.numbers_to_check

    assert shown(people.hannah) == (BO_S,)
    assert shown(people.ada) == (), "office staff see no NHS numbers"
    assert BO_S in repr(open_origins(public_id=public_id_of("Amina"), **asking(people.hannah)))
    with pytest.raises(Refused):
        shown(people.samuel)
    amina = person_of("Amina")
    with session(database) as raw:
        assert raw.opens(about(amina, read=("identity.nhs-number",)), by="ada") == WIDER
        with raw.undone():
            raw.open(about(amina, read=("identity.name",)), by="ada")
            assert raw.rows("select number from record_number_to_check") == []


def test_the_two_are_shown_to_the_officer_though_nothing_else_of_them_is_alike(people: Cast) -> None:
    assert listed(people.imani) == []
    says(people.hannah, TAKEN)
    says(people.hannah, replace(GRACE, nhs_number=number(1)), of="Grace")
    assert set(listed(people.imani)) == {("Amina", "Bo", ("number",)), ("Amina", "Grace", ("number",))}
    ids = {"one": public_id_of("Amina"), "other": public_id_of("Bo")}
    assert compare(**asking(people.imani), **ids).one.numbers_to_check == (BO_S,)
    with pytest.raises(NotMerged):
        say(people.imani, same=True, first="Amina", other="Grace")
    for who in ("hannah", "nadia", "ada", "priya", "sefi", "ira"):
        with pytest.raises(Refused):
            listed(getattr(people, who))


def test_whoever_is_alike_as_well_is_one_line_with_every_reason(people: Cast) -> None:
    again = replace(child("Amina", "Okafor", 31), nhs_number="", nhs_number_status="", postcode="CT1 2CC")
    with acting_as("intake"):
        register(by=people.intake, family=NewFamily(replace(again, given="Amína"), (), team(NORTH)))
    says(people.hannah, replace(AMINA, given="Amína", postcode="CT1 2CC"), of="Amína", child="Amína")
    assert listed(people.imani) == [("Amina", "Amína", ("number", "name", "born-on", "no-number"))]


def test_beside_a_hidden_holder_the_one_of_whom_it_was_said_stands_alone(people: Cast) -> None:
    says(people.hannah, TAKEN)
    hide(people, "person", by=people.samuel, given="Bo", through="Bo")
    assert listed(people.imani) == [("Amina", "", ("number",))]
    assert says(people.hannah, TAKEN).number_waits, "in the words for anybody"
    with pytest.raises(Refused):
        say(people.imani, same=False)


def test_a_holder_is_not_listed_where_it_was_said_of_somebody_hidden(people: Cast) -> None:
    """Nobody else would ever stand alone as a holder: the line would say that there is somebody hidden."""
    says(people.hannah, TAKEN)
    hide(people, "person", given="Amina")
    assert listed(people.imani) == []
    assert says(people.hannah, TAKEN).number_waits, "the child's team sees it on the record"
    with pytest.raises(Refused):
        say(people.imani, same=False)


def test_a_number_that_nobody_holds_any_more_looks_like_one_of_somebody_hidden(people: Cast) -> None:
    says(people.hannah, TAKEN)
    bo = replace(child("Bo", "Larsen", 3, sex="1", postcode="TN9 1CC"), nhs_number="", nhs_number_status="")
    says(people.samuel, bo, of="Bo", child="Bo")
    assert listed(people.imani) == [("Amina", "", ("number",))]
    assert says(people.hannah, TAKEN) == Changed(ITS_OWN)
    assert (holders(), waiting(), listed(people.imani)) == (["Amina"], [], [])


@pytest.mark.parametrize("same", [True, False])
def test_what_the_officer_says_settles_it_and_undone_it_waits_again(people: Cast, same: bool) -> None:
    says(people.hannah, TAKEN)
    say(people.imani, same=same)
    assert (waiting(), holders(), listed(people.imani)) == ([], ["Bo"], [])
    kept = as_superuser("select number, until_on from record_number_to_check")
    assert kept == [(BO_S, AT.date())], "what was said stays"
    undo(first=public_id_of("Bo"), other=public_id_of("Amina"), **asking(people.imani))
    assert waiting() == [("Amina", BO_S)]
    assert listed(people.imani) == [("Amina", "Bo", ("number",))]


def test_saying_something_of_two_others_settles_nothing(people: Cast) -> None:
    says(people.hannah, TAKEN)
    say(people.imani, same=False, first="Grace", other="Amina")
    assert waiting() == [("Amina", BO_S)]


def test_the_team_takes_back_what_was_said_wrongly_or_corrects_it(people: Cast) -> None:
    says(people.hannah, TAKEN)
    assert says(people.hannah, AMINA, takes_number_back=True) == Changed(frozenset())
    assert (waiting(), holders(number(1))) == ([], ["Amina"])
    says(people.hannah, TAKEN)
    assert says(people.hannah, replace(AMINA, nhs_number=number(77))) == Changed(ITS_OWN)
    assert (waiting(), holders(number(77))) == ([], ["Amina"])


def test_a_number_that_a_message_brings_settles_what_waited(people: Cast) -> None:
    with acting_as("intake"):
        register(by=people.intake, family=NewFamily(EDDA, (adult("Freya", "Frost", 72),), team(NORTH)))
    says(people.hannah, replace(EDDA, nhs_number=BO_S, nhs_number_status="02"), of="Edda", child="Edda")
    known = replace(EDDA, nhs_number=number(73), nhs_number_status="01")
    mother = adult("Freya", "Frost", 72)
    with acting_as("intake"):
        register(by=people.intake, family=NewFamily(known, (mother,), None, known_child=person_of("Edda")))
    assert (waiting(), holders(number(73))) == ([], ["Edda"])


def test_what_is_stopped_in_the_middle_is_not_half_done(people: Cast) -> None:
    with breaking("record_number_to_check", "number is null"):
        says(people.hannah, replace(TAKEN, given="Amína"))
    assert (waiting(), holders(number(1)), holders()) == ([], ["Amina"], ["Bo"])
    says(people.hannah, TAKEN)
    with breaking("record_number_to_check", "until_on is null"):
        say(people.imani, same=True)
    assert as_superuser("select 1 from record_same_person") == []
    assert waiting() == [("Amina", BO_S)]
    assert open_record(public_id=public_id_of("Amina"), **asking(people.hannah)).care.teams == (NORTH,)


def at_once(*does: Any) -> list[Any]:
    """What each of these answers, all done at the same time; an error is an answer."""
    start, answers = Barrier(len(does)), list[Any]()

    def begins(do: Any) -> None:
        start.wait()
        try:
            answers.append(do())
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=begins, args=(do,)) for do in does]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_officers_at_once_are_told_in_a_sentence(people: Cast) -> None:
    says(people.hannah, TAKEN)
    done = at_once(
        lambda: say(people.imani, same=False),
        lambda: say(people.imani, same=True, first="Amina", other="Bo"),
    )
    (told,) = (one for one in done if one is not None)
    assert isinstance(told, NotMerged)
    assert "Undo it first" in told.faults["said"]
    assert as_superuser("select count(*) from record_same_person") == [(1,)]
    assert waiting() == []


def test_two_who_say_one_number_at_once_do_not_put_it_on_two_records(people: Cast) -> None:
    bo = replace(child("Bo", "Larsen", 3, sex="1", postcode="TN9 1CC"), nhs_number=number(88))
    done = at_once(
        lambda: says(people.hannah, replace(AMINA, nhs_number=number(88))),
        lambda: says(people.samuel, bo, of="Bo", child="Bo"),
    )
    assert sorted(one.number_waits for one in done) == [False, True]
    assert (len(holders(number(88))), len(waiting())) == (1, 1)
