"""Somebody is looked for: by what a caller can say, among those whom the asker may see, and no word of it is kept."""

from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.visitor import Visitor


def found(visitor: Visitor) -> list[str]:
    return [" ".join(row.split()) for row in visitor.tab.locator(".kept-found tbody tr").all_inner_texts()]


def test_a_mother_rings_and_her_childs_record_is_opened(arrives: Arrives) -> None:
    people.register("Siobhán", mother="Åse")
    hannah = arrives("hannah").goes_to("/caseload/").types("Find somebody by name", "example ase")
    hannah.presses("Search").is_at("/search/").sees("1 person fits", "Mother of Siobhán Example", cast.NORTH)
    hannah.follows("Siobhán Example").sees("Siobhán Example", "Åse Example")
    assert hannah.path == people.record_of("Siobhán")


def test_a_child_is_found_with_or_without_accents(arrives: Arrives) -> None:
    people.register("Zoë", mother="Lucja")
    hannah = arrives("hannah")
    for typed in ("zoe", "Zoë", "EXAMPLE zo"):
        hannah.goes_to("/search/").types("Name", typed).presses("Search")
        assert any("Zoë Example" in row for row in found(hannah)), typed
        assert hannah.tab.get_by_label("Name", exact=True).input_value() == typed


def test_by_number_day_and_postcode_without_a_script(arrives: Arrives) -> None:
    people.register("Ravi", mother="Meera", days_old=4)
    ((number,),) = cast.as_superuser(
        "select number from record_nhs_number where person_id = %s", cast.person_of("Ravi")
    )
    hannah = arrives("hannah", script=False).goes_to("/caseload/").follows("Search by more than a name")
    hannah.types("NHS number", f"{number[:3]} {number[3:6]} {number[6:]}").presses("Search")
    assert found(hannah)[0].startswith("Ravi Example")
    hannah.goes_to("/search/").types("Name", "ravi").types_day("Date of birth", people.born(4))
    hannah.types("Postcode", "ct1 1cc").presses("Search").sees("1 person fits")
    hannah.follows("Ravi Example").sees("Meera Example")


def test_whoever_is_hidden_is_answered_as_nobody_is(arrives: Arrives) -> None:
    people.register("Ottoline", mother="Petra", team=cast.SOUTH)
    people.register_with_pairs("Balthasar", mother="Ines")
    hannah = arrives("hannah")
    pages = []
    for typed in ("Ottoline", "Balthasar", "Xquzztl"):
        hannah.goes_to("/search/").types("Name", typed).presses("Search").sees("Nobody was found")
        assert hannah.path == "/search/"
        pages.append((hannah.status, hannah.heading, hannah.page))
    assert pages == [pages[0]] * 3
    written = cast.as_superuser("select to_jsonb(e)::text from ledger_entry e where act = 'search'")
    assert written
    assert not [row for (row,) in written if "Xquzztl" in row or "Ottoline" in row]


def test_who_assigns_searches_the_whole_service(arrives: Arrives) -> None:
    people.register("Perpetua", mother="Agnes", team=cast.SOUTH)
    imani = arrives("imani").goes_to("/intake/").follows("Search")
    imani.types("Name", "perpetua").presses("Search").sees("Perpetua Example", cast.SOUTH)
    imani.follows("Perpetua Example").is_at(people.record_of("Perpetua")).sees("Agnes Example")


def test_what_cannot_be_read_is_said_in_sentences(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to("/search/").presses("Search")
    assert hannah.errors == ["Type a part of a name, a date of birth, an NHS number or a postcode."]
    hannah.types("Name", "!").types("NHS number", "999 000 0019").types("Postcode", "Canterbury")
    for part, typed in (("Day", "31"), ("Month", "2"), ("Year", "2026")):
        hannah.asked("Date of birth").get_by_label(part, exact=True).fill(typed)
    hannah.presses("Search")
    assert hannah.errors == [
        "Type at least 2 letters of a part of the name.",
        "Enter a real day, for example 27 3 2026.",
        "This is not an NHS number: one of its digits is wrong. Check each digit.",
        "Enter a whole postcode, for example CT1 1CC.",
    ]
    assert hannah.tab.title().startswith("Error: Search")
    hannah.types("Name", "a").types("NHS number", "").types("Postcode", "").types_day(
        "Date of birth", people.born(-2)
    )
    hannah.presses("Search")
    assert hannah.errors == [
        "Type at least 2 letters of a part of the name.",
        "This day has not come yet. Check the date of birth.",
    ]


def test_it_is_for_those_who_may_search(arrives: Arrives) -> None:
    priya = arrives("priya").goes_to("/search/")
    assert (priya.status, priya.heading) == (403, "You cannot do this")
    assert not priya.tab.get_by_role("link", name="Search").count()
    ada = arrives("ada").goes_to("/search/")
    assert not ada.tab.get_by_label("NHS number").count()
