"""A mother asks who has looked at her child's record: an officer decides entry by entry, reads it, and prints it."""

from playwright.sync_api import Locator

from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.visitor import Visitor
from tests.rooms.web.notices.paper_read import PDFTOTEXT, of_itself, words

ASKED = "Who asked, and how do you know that they are who they say?"

GROUND = "We may hold back a fact about harm if that is best for the child."
NEVER = ("Hannah", "Nadia", "Xenia", "leads a team", "worry at home", "passport")
NO_REASON = "Say in a few words why this entry is held back."
REASON = "The lead was asked in because of a worry at home."


def leads(officer: Visitor) -> list[Locator]:
    """The entries of somebody who leads a team, as the officer decides on them."""
    return officer.tab.locator(".kept-finding", has_text="Someone who leads a team").all()


def test_an_officer_prepares_reads_and_prints_who_has_looked(arrives: Arrives) -> None:
    people.register("Ximena", mother="Xenia")
    record = people.record_of("Ximena")
    arrives("hannah").goes_to(record)
    arrives("nadia").goes_to(record)

    priya = arrives("priya").goes_to(record + "looked/")
    priya.follows("Prepare what the family may see of this")
    assert priya.heading.startswith("Who has looked, for the family")
    priya.presses("Look through the entries")
    assert priya.errors == ["Say who asked, and how you know that they are who they say."]
    priya.types(ASKED, "Her mother, who showed her passport at the desk.").presses("Look through the entries")
    assert priya.heading.startswith("What the family is shown")
    priya.sees("Open a record", "Someone who leads a team", "Kent Community Health")
    priya.does_not_see("Hannah", "Nadia", "Xenia")

    for one in leads(priya):  # the caseload that she came by, and the record
        one.get_by_label("Hold back", exact=True).check()
    priya.presses("Prepare the list")
    # That somebody asked who has looked is proposed to be held back too: it tells of them, and has a ground already.
    assert set(priya.errors) == {"Choose what the law says about holding this back.", NO_REASON}
    for one in leads(priya):
        one.get_by_label("What the law says").select_option(GROUND)
    priya.presses("Prepare the list")
    assert set(priya.errors) == {NO_REASON}
    priya.types("The reason for every entry that is held back and has none of its own", REASON)
    priya.presses("Prepare the list")

    assert priya.heading == "What the family is given"
    given = " ".join(priya.tab.locator("article").inner_text().split())
    shown = (
        "Ximena Example",
        "A health visitor, a nurse",
        "Your health visiting team",
        "leave something out",
    )
    assert [one for one in shown if one not in given] == []
    assert [one for one in NEVER if one in given] == []
    priya.sees("Held back: for officers alone", REASON)

    with priya.tab.expect_download() as caught:
        priya.tab.get_by_role("button", name="Print it").click()
    paper = caught.value.path().read_bytes()
    assert "pdfuaid:part" in of_itself(paper)
    if PDFTOTEXT:
        said = words(paper)
        assert all(one in said for one in ("Who has looked, and why", *shown))
        assert [one for one in NEVER if one in said] == []

    priya.goes_to(record + "looked/family/").sees("held back", "by Priya")
    priya.goes_to(record + "looked/").sees("Print who has looked, as prepared for a family")


def test_a_day_to_come_and_a_number_of_nothing_are_said(arrives: Arrives) -> None:
    people.register("Xavi", mother="Xara")
    here = people.record_of("Xavi") + "looked/family/"
    priya = arrives("priya").goes_to(here)
    priya.types("Until", "2199-01-01").types(ASKED, "Her mother, by her passport.")
    priya.presses("Look through the entries")
    assert priya.errors == ["This day has not come yet. Choose today or a day before."]
    assert priya.goes_to(here + "999999/").status == 404


def test_nobody_else_prepares_it(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to(people.record_of("Amina") + "looked/family/")
    assert (hannah.status, hannah.heading) == (403, "You cannot do this")
