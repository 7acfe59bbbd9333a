"""The privacy officer asks who has looked, and why; the analyst and the practitioner may not."""

from datetime import timedelta

from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives

ENTRIES = "select count(*) from ledger_entry where service = %s"
ABOUT = """
select count(distinct s.entry_id) from ledger_subject s join record_person p on p.ledger_id = s.ledger_id
where p.public_id = %s
"""


def entries_of_the_service() -> int:
    ((count,),) = cast.as_superuser(ENTRIES, cast.HEALTH_VISITING)
    return int(count)


def test_the_privacy_officer_sees_all_of_it_also_what_was_refused_and_their_own_looking(
    arrives: Arrives,
) -> None:
    hannah = arrives("hannah")
    hannah.goes_to(people.record_of("Amina")).goes_to(people.record_of("Bo"))
    priya = arrives("priya").goes_to("/who-has-looked/")
    priya.sees("Hannah", "practitioner", "Open a record", "Amina Okafor", "Refused", "Bo Larsen")
    priya.sees("Only people who need to know can see what we keep. (why.need-to-know)")
    first = int(priya.tab.locator("h2").first.inner_text().split()[0])
    again = int(priya.goes_to("/who-has-looked/").tab.locator("h2").first.inner_text().split()[0])
    assert again > first
    priya.sees("See who has looked", "Priya")


def test_the_list_has_every_entry(arrives: Arrives) -> None:
    priya = arrives("priya").goes_to("/who-has-looked/")
    counted = int(priya.tab.locator("h2").first.inner_text().split()[0])
    # Naming those whom the entries are about is an entry too, written after they were counted.
    assert entries_of_the_service() - counted in (0, 1)


def test_a_filter_narrows_it_and_keeps_names_out_of_the_address(arrives: Arrives) -> None:
    arrives("hannah").goes_to(people.record_of("Bo"))
    priya = arrives("priya").goes_to("/who-has-looked/")
    priya.tab.get_by_label("Who", exact=True).select_option("Hannah")
    priya.tab.get_by_label("Answer", exact=True).select_option("Refused")
    priya.presses("Show")
    rows = priya.tab.locator(".kept-entries tbody tr").all_inner_texts()
    assert rows
    assert all("Hannah" in row and "Refused" in row for row in rows)
    assert "hannah" not in priya.tab.url.lower()
    assert priya.tab.get_by_label("Who", exact=True).locator(":checked").inner_text() == "Hannah"


def test_a_filter_that_finds_nothing_says_so(arrives: Arrives) -> None:
    priya = arrives("priya").goes_to("/who-has-looked/")
    long_ago = people.today() - timedelta(days=4000)
    priya.tab.get_by_label("Until", exact=True).fill(long_ago.isoformat())
    priya.presses("Show").sees("0 entries", "Nobody has looked, as far as this list goes.")


def test_a_day_that_is_none_is_said(arrives: Arrives) -> None:
    priya = arrives("priya").goes_to("/who-has-looked/?from=2026-02-31")
    assert priya.errors == ["Enter a real day, for example 2026-03-27."]


def test_one_persons_list_is_opened_from_an_entry(arrives: Arrives) -> None:
    arrives("hannah").goes_to(people.record_of("Amina"))
    priya = arrives("priya").goes_to("/who-has-looked/").follows("Amina Okafor")
    assert priya.heading.startswith("Who has looked")
    priya.sees("Amina Okafor", "Show every record", "Open a record", "Hannah")
    priya.does_not_see("Bo Larsen")
    counted = int(priya.tab.locator("h2").first.inner_text().split()[0])
    ((held,),) = cast.as_superuser(ABOUT, cast.public_id_of("Amina"))
    assert held - counted in (0, 1)
    priya.follows("Show every record").is_at("/who-has-looked/")


def test_a_practitioner_may_not(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to("/who-has-looked/")
    assert (hannah.status, hannah.heading) == (403, "You cannot do this")
