"""A practitioner asks why something is held: one click from it, in the words of the notice that was in force."""

from tests.journeys import people
from tests.journeys.conftest import Arrives


def test_a_practitioner_sees_why_each_thing_is_held_and_where_it_came_from(arrives: Arrives) -> None:
    people.register("Wynn", mother="Wanda")
    hannah = arrives("hannah").goes_to(people.record_of("Wynn"))
    hannah.follows("Why we hold this about Wanda Example")
    assert hannah.heading == "Why we hold this, and where it came from"
    assert "#about-" in hannah.tab.url
    hannah.sees(
        "Wynn Example",
        "Phone number",
        "07700 900001",
        "From a service that looks after their health",
        "the program “intake”",
        "privacy notice of 3 March 2026",
    )
    hannah.follows("Child’s record").sees("Next")
    hannah.follows("Why we hold each thing, and where it came from")
    href = hannah.tab.get_by_role("link", name="privacy notice of 3 March 2026").first.get_attribute("href")
    assert str(href).startswith("/notices/health-visiting/2026-03-03/")


def test_an_administrator_sees_it_only_of_what_is_theirs_to_see(arrives: Arrives) -> None:
    people.register("Wynona", mother="Wilma")
    ada = arrives("ada").goes_to(people.record_of("Wynona") + "why/")
    ada.sees("Phone number").does_not_see("NHS number")


def test_nobody_elses_family_has_such_a_page(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to(people.record_of("Bo") + "why/")
    assert (hannah.status, hannah.heading) == (403, "You cannot do this")
