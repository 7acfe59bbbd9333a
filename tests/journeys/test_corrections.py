"""A contact that was recorded wrongly: corrected, or taken back, and what was said first stays."""

from tests.journeys import people
from tests.journeys.conftest import Arrives


def test_a_practitioner_corrects_a_contact_and_takes_it_back(arrives: Arrives) -> None:
    people.register("Zenobia", mother="Zoe")
    hannah = arrives("hannah").goes_to(people.record_of("Zenobia")).presses("Record a contact")
    hannah.chooses("What kind of contact?", "Home visit").types_day("When was it?", people.today())
    hannah.chooses("Where?", "At home").types("Note", "Slept well.").presses("Save the contact")
    hannah.sees("The contact is recorded.").follows("Correct Home visit")
    hannah.types("Note", "Slept badly.").presses("Save the correction")
    assert hannah.errors == ["Say what was wrong."]
    hannah.types("What was wrong?", "I misheard.").presses("Save the correction")
    hannah.sees("The contact is corrected.", "Slept badly.").does_not_see("Slept well.")
    hannah.tab.get_by_text("What was recorded before").click()
    hannah.looks().sees("What was wrong: I misheard.", "Slept well.")
    hannah.follows("Correct Home visit").types("What was wrong?", "It was with the twin.")
    hannah.presses("Take the contact back").sees("Taken back")
