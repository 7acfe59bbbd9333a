"""A family that no message told of is taken in from what somebody says."""

from tests.journeys import people
from tests.journeys.conftest import Arrives


def test_a_pairs_practitioner_takes_a_pair_in(arrives: Arrives) -> None:
    pia = arrives("pia").goes_to("/caseload/").follows("Take a family in")
    pia.does_not_see("Child’s sex", "Their phone number")
    pia.presses("Take the family in")
    assert "Enter the child’s date of birth." in pia.errors
    assert "Enter the name of the parent or main carer." in pia.errors
    pia.types("Child’s first names", "Wren").types("Child’s last name", "Ölmez")
    pia.types_day("Child’s date of birth", people.born(40)).types("Child’s postcode", "CT1 1CC")
    pia.types("Their first names", "Wilma").chooses("What are they to the child?", "Mother")
    pia.chooses("Do they live with the child?", "Yes").chooses("Who told you?", "the person")
    pia.chooses("Which team?", "Kent PAIRS").presses("Take the family in")
    assert pia.errors == ["Find out where the family lives. We help families who live in Kent."]
    pia.chooses("Where does the family live?", "In Kent").presses("Take the family in")
    pia.sees("The family is taken in.", "Wren Ölmez", "Wilma", "Same as the child")


def test_a_child_who_is_too_old_is_refused_by_the_clause(arrives: Arrives) -> None:
    pia = arrives("pia").goes_to("/children/new/")
    pia.types("Child’s first names", "Old").types_day("Child’s date of birth", people.born(800))
    pia.types("Their first names", "Wilma").chooses("What are they to the child?", "Mother")
    pia.chooses("Where does the family live?", "In Kent").chooses("Who told you?", "the person")
    pia.chooses("Which team?", "Kent PAIRS").presses("Take the family in")
    assert pia.status == 403


def test_whoever_may_not_take_a_family_in_is_refused(arrives: Arrives) -> None:
    arrives("ada").goes_to("/caseload/").does_not_see("Take a family in")
    assert arrives("ada").goes_to("/children/new/").status == 403
