"""Who looks after a child: a practitioner is named, the child goes to another team, and care ends with a hand-over."""

from tests.journeys import people
from tests.journeys.conftest import Arrives


def test_a_practitioner_is_named_and_reads_what_others_of_the_team_do_not(arrives: Arrives) -> None:
    people.register("Xandra", mother="Xenia")
    hannah = arrives("hannah").goes_to(people.record_of("Xandra")).sees("Nobody is named yet")
    hannah.follows("What keeps people safe: abuse, police and social services").presses(
        "Write down what you were told"
    )
    hannah.chooses("About whom?", "Xenia Example").chooses("About what?", "Contact with the police")
    hannah.presses("Continue").types("What were you told?", "Officers came in May.")
    hannah.chooses("Who told you?", "The person").presses("Save")
    hannah.sees("Nothing is written down here that you can read.", "contact with the police")
    hannah.follows("Back to the record").follows("Change who looks after this child, or end care")
    hannah.presses("Save")
    assert hannah.errors == ["Choose one of the child’s team."]
    hannah.chooses("Who is it?", "Hannah").presses("Save").sees("Who looks after this child is recorded.")
    hannah.follows("What keeps people safe: abuse, police and social services").sees("Officers came in May.")


def test_care_ends_with_a_hand_over(arrives: Arrives) -> None:
    people.register("Yannis", mother="Yasmin")
    hannah = arrives("hannah").goes_to(people.record_of("Yannis"))
    hannah.follows("Change who looks after this child, or end care")
    hannah.tab.get_by_text("End care", exact=True).first.click()
    hannah.presses("End care")
    assert hannah.errors[0] == "Choose why care ends."
    hannah.chooses("Why does care end?", "The family has moved away")
    hannah.chooses("Was a hand-over to the next service offered?", "Offered, and the family wants it")
    hannah.types_day("When did care end?", people.today()).presses("End care")
    hannah.sees("Care has ended.").does_not_see("Yannis Example")
