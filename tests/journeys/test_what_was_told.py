"""What a family tells about itself: asked in two short steps, only what the notice lists, and shown on the record."""

from tests.journeys import people
from tests.journeys.conftest import Arrives


def test_a_practitioner_records_what_a_mother_says(arrives: Arrives) -> None:
    people.register("Tamsin", mother="Tegan")
    hannah = arrives("hannah").goes_to(people.record_of("Tamsin")).follows("Record what you were told")
    hannah.presses("Continue")
    assert hannah.errors == ["Choose whom it is about."]
    hannah.chooses("About whom?", "Tegan Example").chooses("About what?", "Ethnic group").presses("Continue")
    assert hannah.heading.startswith("Ethnic group")
    hannah.presses("Save")
    assert hannah.errors == ["Choose one of the list. “Chose not to say” is on it.", "Say who told you."]
    hannah.chooses("What did they say?", "Black or Black British: African")
    hannah.chooses("Who told you?", "The person").presses("Save")
    hannah.sees("What you were told is recorded.", "Black or Black British: African", "From the person")


def test_what_the_notice_does_not_list_about_somebody_is_said(arrives: Arrives) -> None:
    people.register("Ulf", mother="Una")
    hannah = arrives("hannah").goes_to(people.record_of("Ulf")).follows("Record what you were told")
    hannah.chooses("About whom?", "Ulf Example").chooses("About what?", "Religious beliefs")
    hannah.presses("Continue")
    assert hannah.errors == ["The privacy notice does not let us write this down about Ulf Example."]


def test_choosing_not_to_say_is_recorded(arrives: Arrives) -> None:
    people.register("Vida", mother="Vera")
    hannah = arrives("hannah").goes_to(people.record_of("Vida")).follows("Record what you were told")
    hannah.chooses("About whom?", "Vera Example").chooses("About what?", "Religious beliefs")
    hannah.presses("Continue")
    hannah.tab.get_by_label("They chose not to say").check()
    hannah.chooses("Who told you?", "The person").presses("Save").sees("Chose not to say")


def test_an_administrator_is_not_offered_it(arrives: Arrives) -> None:
    people.register("Wanda", mother="Willa")
    ada = arrives("ada").goes_to(people.record_of("Wanda"))
    ada.does_not_see("Record what you were told")


def test_whether_a_communication_need_was_met_is_said_beside_it(arrives: Arrives) -> None:
    people.register("Xena", mother="Xanthe")
    hannah = arrives("hannah").goes_to(people.record_of("Xena")).follows("Record what you were told")
    hannah.chooses("About whom?", "Xanthe Example").chooses(
        "About what?", "Help needed to read, hear or speak with us"
    )
    hannah.presses("Continue").types("What were you told?", "A sign language interpreter")
    hannah.chooses("Who told you?", "The person").presses("Save")
    hannah.sees("Communication need", "A sign language interpreter").follows("Say whether it was met")
    hannah.presses("Save")
    assert hannah.errors == ["Say whether they got what they need."]
    hannah.chooses("Did they get what they need?", "No").presses("Save")
    assert hannah.errors == ["Say what was missing, so that it is there next time."]
    hannah.types("What was done, or what was missing?", "The interpreter was not told of the visit.").presses(
        "Save"
    )
    hannah.sees("What you said about communication needs is recorded.", "Not met on")
    hannah.sees("The interpreter was not told of the visit.")


def test_a_need_is_gone_through_again_and_what_was_a_mistake_is_taken_off(arrives: Arrives) -> None:
    people.register("Yolanda", mother="Ysolde")
    hannah = arrives("hannah").goes_to(people.record_of("Yolanda"))
    for words in ("Large print", "A quiet room"):
        hannah.follows("Record what you were told").chooses("About whom?", "Ysolde Example")
        hannah.chooses("About what?", "Help needed to read, hear or speak with us").presses("Continue")
        hannah.types("What were you told?", words).chooses("Who told you?", "The person").presses("Save")
    hannah.follows("Is this still so?").presses("Save")
    assert hannah.errors == ["Say whether it is still so."]
    hannah.chooses("Is it still so?", "It never was so: it was written down by mistake").presses("Save")
    assert hannah.errors == ["Say why: who reads the record later has to understand it."]
    hannah.types("Why, if it ended or was a mistake?", "It was said of her sister.").presses("Save")
    hannah.sees("What you said is recorded.").does_not_see("A quiet room")
    hannah.tab.get_by_text("What was recorded before about").click()
    hannah.looks().sees("Recorded by mistake", "A quiet room", "It was said of her sister.", "by Hannah")
    hannah.follows("Is this still so?").chooses("Is it still so?", "No, it has changed")
    hannah.types("What is so now?", "Braille").presses("Save")
    hannah.sees("Communication need Ysolde Example: Braille")
    hannah.follows("Is this still so?").chooses("Is it still so?", "Yes, it is still so")
    hannah.types_day("When to ask again?", people.today()).presses("Save")
    assert hannah.errors == ["The day to ask again must be in the future. Check the year."]


def test_what_keeps_people_safe_is_gone_through_on_its_own_page(arrives: Arrives) -> None:
    people.register("Zadie", mother="Zelda")
    hannah = arrives("hannah").goes_to(f"{people.record_of('Zadie')}safe/")
    hannah.presses("Write down what you were told").chooses("About whom?", "Zelda Example")
    hannah.chooses("About what?", "Abuse at home").presses("Continue")
    hannah.types("What were you told?", "He shouts.").chooses("Who told you?", "The person").presses("Save")
    hannah.follows("Is this still so?").chooses("Is it still so?", "No, it is not so any more")
    hannah.types("Why, if it ended or was a mistake?", "He has left.").presses("Save")
    hannah.sees("What you said is recorded.").does_not_see("He shouts.")
