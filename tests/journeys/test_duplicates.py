"""Somebody who is recorded twice: offered to the intake officer, put together, opened as one, taken apart again."""

from kept.web.wording import nhs_number
from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives


def test_an_officer_puts_two_records_together_and_takes_them_apart(arrives: Arrives) -> None:
    people.register("Quentin", mother="Quilla")
    people.register("Quentin", mother="Quilla", numbered=False)
    imani = arrives("imani").goes_to("/duplicates/").follows("Quentin Example")
    imani.presses("Save")
    assert imani.errors == ["Say whether they are one person."]
    imani.chooses("Are they one person?", "One person. Keep the first record open").presses("Save")
    assert imani.errors == ["Say how you know."]
    imani.types("How do you know?", "The hospital says so.").presses("Save")
    imani.sees("What you said of the two records is written down.").does_not_see("Quentin Example")


CHANGE = "Change names, dates of birth, addresses or numbers"


def number_of(given: str) -> str:
    ((found,),) = cast.as_superuser(
        "select i.number from record_nhs_number i join record_name n using (person_id) where n.given = %s",
        given,
    )
    return nhs_number(found)


def test_a_number_that_another_holds_waits_until_the_officer_has_looked(arrives: Arrives) -> None:
    people.register("Rosalind", mother="Roberta")
    people.register("Tancred", mother="Tabea", team=cast.SOUTH)
    hannah = arrives("hannah").goes_to(people.record_of("Rosalind"))
    hannah.follows(CHANGE).follows("Roberta Example, mother")
    hannah.types("NHS number", number_of("Tancred")).types("Postcode", "CT1 3CC").presses("Save")
    hannah.sees(
        "The NHS number is kept to be checked", f"NHS number to check: {number_of('Tancred')}", "CT1 3CC"
    )
    hannah.does_not_see("Tancred", "Tabea").sees(number_of("Roberta"))
    imani = arrives("imani").goes_to("/duplicates/").sees("The same NHS number was said of both")
    beside = f"/duplicates/{cast.public_id_of('Roberta')}/{cast.public_id_of('Tabea')}/"
    imani.goes_to(beside).sees("Tabea Example").does_not_see("NHS number to check", number_of("Tancred"))
    imani.goes_to("/duplicates/").follows("Roberta Example and Tancred Example").sees(
        "NHS number to check", "and off the other record"
    )
    imani.chooses("Are they one person?", "Two people").types("How do you know?", "A child and a mother.")
    imani.presses("Save").sees("What you said of the two records is written down.").does_not_see("Roberta")
    hannah.goes_to(people.record_of("Rosalind")).does_not_see("NHS number to check")


def test_a_number_that_was_said_wrongly_is_taken_back_by_the_team(arrives: Arrives) -> None:
    people.register("Sibyl", mother="Sunniva")
    people.register("Yorick", mother="Ysolde", team=cast.SOUTH)
    ((held,),) = cast.as_superuser(
        "update record_nhs_number i set until_on = current_date from record_name n"
        " where n.person_id = i.person_id and n.given = 'Yorick' returning i.number"
    )
    cast.as_superuser(
        "insert into record_number_to_check (service, entry_id, definition_id, source, recorded_at, person_id, from_on,"
        " number, status) select n.service, n.entry_id, n.definition_id, n.source, n.recorded_at, n.person_id,"
        " n.from_on, %s, '02' from record_name n where n.given = 'Sibyl'",
        held,
    )
    arrives("imani").goes_to("/duplicates/").sees("Sibyl Example", f"Ask {cast.NORTH}")
    hannah = arrives("hannah").goes_to(people.record_of("Sibyl")).sees("NHS number to check")
    hannah.follows(CHANGE).follows("Sibyl Example, child")
    hannah.chooses("NHS number to check", "It was said wrongly: take it away").presses("Save")
    hannah.sees("What you changed is recorded.").does_not_see("NHS number to check")
