"""What people paste, and what breaks: nothing that was typed is lost, nothing is saved by half."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections

from tests import cast, clusters
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

NOTE = "select t.text from record_note t join record_name n on n.person_id = t.person_id where n.given = %s"
PASTED = (
    "Gráinne 👩‍👧 said: «كل شيء بخير» שלום \u200f(12)\u200e 🇬🇧, and <b>no</b> {{ 7 * 7 }} \\n 'quoted'\n"
    "\tnext line\n\n"
)


def writes_a_visit(hannah: Visitor, given: str, note: str) -> None:
    hannah.goes_to(people.record_of(given)).presses("Record a contact")
    hannah.types_day("When was it?", people.today()).chooses("Where?", "At home").types("Note", note)
    hannah.chooses("Did you give the family the privacy notice?", "Yes").chooses("In which format?", "Full")


def notes_of(given: str) -> list[str]:
    return [text for (text,) in cast.as_superuser(NOTE, given)]


def long_note() -> str:
    """40,000 characters of what people paste, from the first to the last something that is seen."""
    return (PASTED * (40_000 // len(PASTED) + 1))[: 40_000 - 4] + "end."


def test_a_note_of_forty_thousand_characters_comes_back_as_typed(arrives: Arrives) -> None:
    people.register("Zuri", mother="Nala")
    hannah, note = arrives("hannah", looks_closely=False), long_note()
    writes_a_visit(hannah, "Zuri", note)
    hannah.presses("Save the contact").sees("The contact is recorded.")
    assert notes_of("Zuri") == [note]
    whole = hannah.tab.locator("details .kept-note")
    hannah.tab.get_by_text("The whole note").click()
    assert whole.is_visible()
    assert whole.text_content() == note
    hannah.does_not_see("49 \\n")


def test_a_note_that_is_too_long_is_said_and_stays(arrives: Arrives) -> None:
    people.register("Yara", mother="Lina")
    hannah = arrives("hannah", looks_closely=False)
    writes_a_visit(hannah, "Yara", "é" * 100_001)
    hannah.presses("Save the contact")
    assert hannah.errors == ["The note is longer than 100,000 characters. Split it over two contacts."]
    assert len(hannah.tab.get_by_label("Note").input_value()) == 100_001


def test_a_note_that_ends_in_empty_lines_is_as_typed_when_the_form_comes_back(arrives: Arrives) -> None:
    people.register("Xan", mother="Dita")
    hannah = arrives("hannah").goes_to(people.record_of("Xan")).presses("Record a contact")
    hannah.types("Note", "\n\n  first\n").presses("Save the contact")
    assert hannah.tab.get_by_label("Note").input_value() == "\n\n  first\n"


@contextmanager
def database_gone(site: Site) -> Iterator[None]:
    """Nobody can reach the database of this site, and whoever was connected no longer is."""
    connections.close_all()
    name = psycopg.conninfo.conninfo_to_dict(site.settings["KEPT_DATABASE_DOOR"])["dbname"]
    clusters.superuser().execute(f"alter database {name} with allow_connections false")
    clusters.superuser().execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name]
    )
    try:
        yield
    finally:
        clusters.superuser().execute(f"alter database {name} with allow_connections true")


def test_the_database_goes_away_in_the_middle_of_a_save(site: Site, arrives: Arrives) -> None:
    people.register("Vito", mother="Carla")
    hannah = arrives("hannah")
    writes_a_visit(hannah, "Vito", "Slept through.\n\n  Mother is <well> ☺")
    with database_gone(site):
        hannah.presses("Save the contact")
        assert (hannah.status, hannah.heading) == (503, "The record cannot be reached")
        hannah.sees("Nothing was saved.", "What you typed is still here.", "Mother is <well> ☺")
        hannah.presses("Try again")
        assert hannah.status == 503
    hannah.presses("Try again").sees("The contact is recorded.", "Mother is <well> ☺")
    assert notes_of("Vito") == ["Slept through.\n\n  Mother is <well> ☺"]


def test_a_page_that_is_only_read_says_so_too(site: Site, arrives: Arrives) -> None:
    hannah = arrives("hannah")
    stranger = arrives()
    with database_gone(site):
        for visitor, path in ((hannah, "/caseload/"), (stranger, "/caseload/"), (hannah, "/second-factor/")):
            visitor.goes_to(path)
            assert (visitor.status, visitor.heading) == (503, "The record cannot be reached"), path
    hannah.presses("Try again").is_at("/second-factor/")


def test_an_address_that_is_none_has_a_page(arrives: Arrives) -> None:
    for path in ("/nothing/here/", "/children/not-a-number/", "/caseload/?page=nine"):
        visitor = arrives("hannah").goes_to(path)
        assert visitor.heading in ("There is no such page", "Caseload Kent North", "Caseload\nKent North")


def test_a_form_without_its_token_is_not_believed(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to(people.record_of("Amina")).presses("Record a contact")
    hannah.tab.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(one => one.remove())"
    )
    hannah.presses("Save the contact")
    assert (hannah.status, hannah.heading) == (403, "Send it again")
