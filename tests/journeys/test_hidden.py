"""A mother flees: her health visitor hides where she lives, and asks which number is safe to use."""

from uuid import uuid4

import pytest

from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives

WHY = "She fled from the father, who has contact with the older child."
HOME = "1 Hopbine Lane"


@pytest.fixture(scope="module")
def nobody() -> str:
    """The address of a record that there is not."""
    return f"/children/{uuid4()}/"


def test_a_hidden_address_is_on_one_record_for_its_practitioners_and_on_no_paper(arrives: Arrives) -> None:
    people.register("Ife", mother="Sade")
    hannah = arrives("hannah").goes_to(people.record_of("Ife"))
    hannah.follows("Hide a person or an address").sees("What is hidden shows on this record alone")
    hannah.presses("Hide it")
    assert hannah.errors == ["Say who it is about."]
    hannah.chooses("Who is it about?", "Sade Example (Mother)").presses("Hide it")
    assert hannah.errors == ["Say what must stay hidden.", "Say why, for whoever reads it next."]
    hannah.chooses("What must stay hidden?", "Where they live").types("Why?", WHY).presses("Hide it")
    hannah.sees(
        "It is hidden now.", "Where they live must stay hidden.", WHY, "Hidden address 1 Hopbine Lane"
    )
    hannah.tab.emulate_media(media="print")
    hannah.does_not_see(WHY, HOME)
    hannah.tab.emulate_media(media="screen")
    ada = arrives("ada").goes_to(people.record_of("Ife"))
    ada.sees("Sade Example").does_not_see(WHY, HOME, "must stay hidden.", "Hide a person")


def test_a_hidden_child_is_nobody_to_everybody_else(arrives: Arrives, nobody: str) -> None:
    people.register("Tola", mother="Bisi")
    hannah = arrives("hannah").goes_to(f"{people.record_of('Tola')}hidden/")
    hannah.chooses("Who is it about?", "Tola Example (the child)")
    hannah.chooses("What must stay hidden?", "That they are known to us at all")
    hannah.types("Why?", "Placed for adoption.").presses("Hide it")
    hannah.sees("That we know them must stay hidden.", "Placed for adoption.")
    samuel = arrives("samuel")
    pages = {samuel.goes_to(address).page for address in (people.record_of("Tola"), nobody)}
    assert len(pages) == 1
    for page in ("hidden/", "contact-details/", "contacts/new/?once=1", "looked/"):
        told = {samuel.goes_to(address + page).page for address in (people.record_of("Tola"), nobody)}
        assert len(told) == 1
        assert "Tola" not in told.pop()
    samuel.goes_to("/caseload/").does_not_see("Tola")
    priya = arrives("priya").goes_to("/who-has-looked/")
    priya.sees("Restrict a person or an address").does_not_see("Tola", "Placed for adoption")
    arrives("imani").goes_to("/intake/").does_not_see("Tola")


def test_what_is_hidden_no_more_says_why(arrives: Arrives) -> None:
    people.register("Kemi", mother="Yemi")
    hannah = arrives("hannah").goes_to(f"{people.record_of('Kemi')}hidden/")
    hannah.chooses("Who is it about?", "Yemi Example (Mother)")
    hannah.chooses("What must stay hidden?", "That they are known to us at all")
    hannah.types("Why?", "A witness.").presses("Hide it")
    hannah.follows("Hide a person or an address").sees("Hidden now", "A witness.")
    more = hannah.tab.locator("details", has_text="Hide it no more")
    more.locator("summary").click()
    more.get_by_role("button", name="Hide it no more").click()
    hannah.looks()
    assert hannah.errors == ["Say why, for whoever reads it next."]
    more.get_by_label("Why?").fill("The trial is over.")
    more.get_by_role("button", name="Hide it no more").click()
    hannah.looks().sees("It is not hidden any more.").does_not_see("A witness.", "must stay hidden.")


def test_a_number_that_is_not_safe_is_no_link_and_says_so(arrives: Arrives) -> None:
    people.register("Nneka", mother="Chidi")
    hannah = arrives("hannah").goes_to(people.record_of("Nneka"))
    hannah.sees("Not asked if it is safe to use")
    hannah.follows("Which contact details are safe to use").chooses("Is 07700 900001 safe to use?", "No")
    hannah.presses("Save").sees(
        "What you said about contact details is saved.", "Not safe to use 07700 900001"
    )
    assert hannah.tab.locator('a[href^="tel:"]').count() == 0
    hannah.follows("Which contact details are safe to use").chooses("Is 07700 900001 safe to use?", "Yes")
    hannah.presses("Save").does_not_see("Not safe to use", "Not asked")
    assert hannah.tab.locator('a[href="tel:07700900001"]').count() == 1
    said = cast.as_superuser(
        "select safe_to_use, until_on is null from record_phone t join record_person p on p.id = t.person_id"
        " where p.public_id = %s order by t.id",
        cast.public_id_of("Chidi"),
    )
    assert said == [("not-asked", False), ("no", False), ("yes", True)]
