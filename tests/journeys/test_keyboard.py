"""With the keys alone: Tab, Enter, Space, the arrows and what is typed. What has the keyboard is always seen."""

from datetime import date

from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.signing_in import code_of
from tests.journeys.visitor import Visitor

MOST_STEPS = 40


def goes_with_tab_to(visitor: Visitor, words: str) -> None:
    """Press Tab until something has the keyboard; each thing on the way shows that it has it."""
    for _ in range(MOST_STEPS):
        before = visitor.tab.screenshot()
        visitor.tab.keyboard.press("Tab")
        assert visitor.tab.screenshot() != before, f"{visitor.focus!r} has the keyboard, and nothing shows it"
        if visitor.focus == words:
            return
    raise AssertionError(f"{words!r} cannot be reached with Tab")


def presses_key(visitor: Visitor, key: str) -> None:
    visitor.tab.keyboard.press(key)


def enters(visitor: Visitor) -> None:
    """Press Enter on what leads to another page."""
    with visitor.tab.expect_navigation():
        presses_key(visitor, "Enter")
    visitor.looks()


def types_into(visitor: Visitor, words: str, text: str) -> None:
    goes_with_tab_to(visitor, words)
    visitor.tab.keyboard.type(text)


def types_the_day(visitor: Visitor, day: date) -> None:
    for part in ("Day", "Month", "Year"):
        types_into(visitor, part, str(getattr(day, part.lower())))


def test_from_signing_in_to_a_recorded_visit(arrives: Arrives) -> None:
    people.register("Wren", mother="Isla")
    robin, visitor = people.colleague(), arrives()
    visitor.goes_to("/sign-in/")
    types_into(visitor, "Email address", robin.email)
    types_into(visitor, "Password", cast.PASSWORD)
    enters(visitor)
    types_into(visitor, "Code", code_of(robin.secret))
    enters(visitor)
    goes_with_tab_to(visitor, "Wren Example")
    enters(visitor)
    goes_with_tab_to(visitor, "Record a contact")
    enters(visitor)
    types_the_day(visitor, people.today())
    goes_with_tab_to(visitor, "At home")
    presses_key(visitor, "Space")
    types_into(visitor, "Note", "All with the keys.")
    types_into(visitor, "Weight", "3.5")
    goes_with_tab_to(visitor, "Yes")
    presses_key(visitor, "Space")
    goes_with_tab_to(visitor, "Easy Read")
    presses_key(visitor, "ArrowDown")
    assert visitor.focus == "Full"
    goes_with_tab_to(visitor, "Save the contact")
    enters(visitor)
    visitor.sees("The contact is recorded.", "All with the keys.", "3.500 kg", "Given on")


def test_the_way_past_the_header(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to("/caseload/")
    presses_key(hannah, "Tab")
    assert hannah.focus == "Skip to main content"
    assert hannah.tab.get_by_text("Skip to main content").is_visible()
    presses_key(hannah, "Enter")
    presses_key(hannah, "Tab")
    assert hannah.focus == "Find somebody by name"


def test_what_is_wrong_has_the_keyboard_first_and_leads_to_its_box(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to(people.record_of("Amina")).presses("Record a contact")
    hannah.presses("Save the contact")
    assert hannah.focus.startswith("There is a problem")
    goes_with_tab_to(hannah, "Say where it took place.")
    presses_key(hannah, "Enter")
    assert hannah.focus == "At home"


def test_what_was_saved_has_the_keyboard_first(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to(people.record_of("Amina") + "?saved")
    assert "The contact is recorded." in hannah.focus
