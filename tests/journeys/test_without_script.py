"""A browser that runs no script: the whole job is done all the same."""

from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.signing_in import code_of, types_password


def test_a_code_lets_in_and_a_recovery_code_too(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives(script=False)
    types_password(visitor, email=robin.email)
    assert not visitor.tab.get_by_role("button", name="Use a passkey").is_visible()
    visitor.types("Code", code_of(robin.secret)).presses("Sign in").is_at("/caseload/")
    visitor.follows("Robin").follows("Make new ones").presses("Make new codes")
    code = visitor.tab.locator(".kept-codes li").first.inner_text()
    visitor.presses("Sign out")
    types_password(visitor, email=robin.email)
    visitor.types("Code", code).presses("Sign in").is_at("/caseload/")


def test_a_visit_is_recorded(arrives: Arrives) -> None:
    people.register("Tove", mother="Siri")
    hannah = arrives("hannah", script=False).goes_to("/caseload/").follows("Tove Example")
    hannah.sees("New birth visit", "Siri Example Mother").presses("Record a contact")
    hannah.types_day("When was it?", people.today()).chooses("Where?", "At a Family Hub")
    hannah.does_not_see("In which format?", "Why not?")
    hannah.chooses("Did you give the family the privacy notice?", "Yes").sees("In which format?")
    hannah.chooses("Did you give the family the privacy notice?", "No").sees("Why not?")
    hannah.presses("Save the contact")
    assert hannah.errors == ["Say why the family was not given the notice."]
    hannah.types("Why not?", "They asked for large print.").presses("Save the contact")
    hannah.sees("The contact is recorded.", "At a Family Hub", "They asked for large print.")


def test_who_has_looked_is_filtered(arrives: Arrives) -> None:
    arrives("hannah").goes_to(people.record_of("Amina"))
    priya = arrives("priya", script=False).goes_to("/who-has-looked/")
    priya.tab.get_by_label("Who", exact=True).select_option("Hannah")
    priya.presses("Show").sees("Open a record", "Amina Okafor")


def test_a_refusal_is_read(arrives: Arrives) -> None:
    hannah = arrives("hannah", script=False).goes_to(people.record_of("Bo"))
    assert (hannah.status, hannah.heading) == (403, "You cannot do this")
    hannah.sees("Only people who need to know can see what we keep.")
