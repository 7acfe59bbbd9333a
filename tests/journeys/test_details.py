"""Changing who somebody of a family is: what was recorded before stays, with its days."""

from tests.journeys import people
from tests.journeys.conftest import Arrives


def test_a_practitioner_changes_a_name_and_a_number(arrives: Arrives) -> None:
    people.register("Ulrika", mother="Uma")
    hannah = arrives("hannah").goes_to(people.record_of("Ulrika"))
    hannah.follows("Change names, dates of birth, addresses or numbers").follows("Uma Example, mother")
    hannah.types("First names", "").types("Last name", "").presses("Save")
    assert hannah.errors == ["Enter a first name or a last name."]
    hannah.types("Phone numbers", "\n".join(f"07700 9{n:05}" for n in range(21))).presses("Save")
    assert "Write at most 20. Take out those that are not used any more." in hannah.errors
    hannah.types("First names", "Uma").types("Last name", "Ünal").types("Phone numbers", "07700 900123")
    hannah.presses("Save").sees("What you changed is recorded.", "Uma Ünal", "07700 900123")
    hannah.follows("Change names, dates of birth, addresses or numbers").follows("Uma Ünal, mother")
    hannah.sees("Recorded before", "Uma Example", "07700 900001")


def test_two_who_change_one_family_at_once_lose_nothing(arrives: Arrives) -> None:
    people.register("Vigdis", mother="Valka")
    hannah, nadia = (arrives(who).goes_to(people.record_of("Vigdis")) for who in ("hannah", "hannah"))
    for one in (hannah, nadia):
        one.follows("Change names, dates of birth, addresses or numbers").follows("Valka Example, mother")
    nadia.types("Address", "7 Larch Close").presses("Save").sees("What you changed is recorded.")
    hannah.types("Last name", "Ünal").presses("Save")
    hannah.sees("What you changed is recorded.", "Valka Ünal", "7 Larch Close")
    for one in (hannah, nadia):
        one.follows("Change names, dates of birth, addresses or numbers").follows("Valka Ünal, mother")
    nadia.types("Address", "8 Elm Row").presses("Save")
    hannah.types("Address", "9 Quetzal Road").types("Last name", "Unal").presses("Save")
    assert len(hannah.errors) == 1
    hannah.sees("Recorded now: 8 Elm Row")
    assert hannah.tab.get_by_label("Address", exact=True).input_value() == "9 Quetzal Road"
    hannah.presses("Save").sees("What you changed is recorded.", "Valka Unal", "9 Quetzal Road")


def test_office_staff_change_an_address_and_are_not_told_that_one_is_hidden(arrives: Arrives) -> None:
    people.register("Wren", mother="Willa")
    hannah = arrives("hannah").goes_to(f"{people.record_of('Wren')}hidden/")
    hannah.chooses("Who is it about?", "Willa Example (Mother)").chooses(
        "What must stay hidden?", "Where they live"
    )
    hannah.types("Why?", "She fled.").presses("Hide it")
    ada = arrives("ada").goes_to(people.record_of("Wren"))
    ada.follows("Change names, dates of birth, addresses or numbers").follows("Willa Example, mother")
    ada.types("Address", "9 Rowan Close").types("Postcode", "CT3 3RC").presses("Save")
    ada.sees("What you changed is recorded.").does_not_see("9 Rowan Close", "must stay hidden.", "She fled.")
    hannah.goes_to(people.record_of("Wren")).sees("Hidden address", "9 Rowan Close")


def test_a_death_is_written_down_quietly_and_taken_back_where_it_was_a_mistake(arrives: Arrives) -> None:
    people.register("Wilf", mother="Wynne")
    record = people.record_of("Wilf")
    hannah = arrives("hannah").goes_to(record).follows("Change names, dates of birth, addresses or numbers")
    hannah.follows("Wynne Example, mother").follows("Record that this person has died").presses("Save")
    assert hannah.errors == ["Say who told you."]
    hannah.types_day("When did they die?", people.today()).chooses("Who told you?", "Someone who knows them")
    hannah.presses("Save").sees("Died on")
    hannah.follows("Change names, dates of birth, addresses or numbers").follows("Wynne Example, mother")
    hannah.follows("Record that this person has died").sees("Recorded now: Died on")
    hannah.chooses("What is so?", "It was written down by mistake: they are alive")
    hannah.chooses("Who told you?", "The person").presses("Save").does_not_see("Died on")
