"""The privacy officer looks for what is unusual, reads all that somebody did, and says what they found."""

from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.signing_in import signs_in


def test_an_officer_finds_something_unusual_looks_into_it_and_says_what_they_found(arrives: Arrives) -> None:
    people.register("Yara", mother="Ysolde", team="Kent South")
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.goes_to(people.record_of("Yara"))
    assert visitor.status == 403

    priya = arrives("priya").goes_to("/who-has-looked/").follows("Unusual")
    priya.tab.get_by_label("What", exact=True).select_option("Never on their caseload")
    priya.presses("Show")
    priya.sees("Never on their caseload", "Robin, practitioner", "Yara Example", "They accuse nobody")
    card = priya.tab.locator(".kept-finding", has_text="Yara Example")
    card.get_by_role("link", name="Robin").click()
    priya.looks()
    assert priya.heading.startswith("What one of the staff did")
    priya.sees("Robin", "Day by day", "Refused", "What looks unusual", "Yara Example")
    priya.tab.locator(".kept-entries a").first.click()
    priya.looks().sees("Open a record", "Yara Example", "Refused")
    priya.follows("All that they did, day by day").sees("Day by day", "Robin")

    priya.goes_to("/unusual-looks/?pattern=never-on-team")
    card = priya.tab.locator(".kept-finding", has_text="Yara Example")
    card.locator("summary").click()
    card.get_by_role("button", name="Say that it is checked").click()
    priya.looks()
    assert priya.errors == ["Say what you found: was it right to look?"]
    card = priya.tab.locator(".kept-finding", has_text="Yara Example")
    card.locator("summary").click()
    card.get_by_role("textbox").fill("They covered for the team in the south.")
    card.get_by_role("button", name="Say that it is checked").click()
    priya.looks().sees("What you found is written down.").does_not_see("Yara Example")
    priya.goes_to("/unusual-looks/?show=all")
    priya.sees("Yara Example", "They covered for the team in the south.")
    priya.goes_to("/who-has-looked/").sees("Look into something unusual")


def test_days_that_make_no_sense_are_said(arrives: Arrives) -> None:
    priya = arrives("priya").goes_to("/unusual-looks/?from=2026-01-01&until=2026-12-31")
    assert priya.errors == ["Choose at most 31 days."]
    priya.goes_to("/unusual-looks/?from=2026-02-31")
    assert priya.errors == ["Enter a real day, for example 2026-03-27."]


def test_nobody_else_is_offered_it_or_answered(arrives: Arrives) -> None:
    nadia = arrives("nadia").goes_to("/unusual-looks/")
    assert (nadia.status, nadia.heading) == (403, "You cannot do this")
    assert nadia.goes_to("/unusual-looks/staff/1/").status == 403
