"""Somebody who is recorded twice: offered to the intake officer, put together, opened as one, taken apart again."""

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
