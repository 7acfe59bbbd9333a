"""From a message to a visit: a baby is born, two messages arrive, and a health visitor comes to the kitchen."""

from pathlib import Path

import pytest

from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.site import Site, run
from tests.journeys.visitor import Visitor

WHAT_KEEPS_IT = "Only people who need to know can see what we keep."
VISITS = (
    "select count(*) from record_contact c join record_name n on n.person_id = c.person_id where n.given = %s"
)


@pytest.fixture(scope="module")
def arrived(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the intake said of the two messages about Saoirse."""
    folder: Path = tmp_path_factory.mktemp("arrivals")
    for name, content in people.birth_messages().items():
        (folder / name).write_bytes(content)
    token = folder.parent / "intake.token"
    token.write_text(f"process:{cast.token_of('intake')}")
    return run(site, "intake", "run", str(folder), "--token-file", str(token))


def begins_a_visit(visitor: Visitor, given: str) -> None:
    visitor.goes_to(people.record_of(given)).presses("Record a contact")


def tells_of_the_visit(visitor: Visitor, *, note: str = "Feeding well.") -> None:
    visitor.types_day("When was it?", people.today())
    visitor.chooses("Where?", "At home").types("Note", note)
    visitor.types("Weight", "3.42")


def says_the_notice_was_given(visitor: Visitor) -> None:
    visitor.chooses("Did you give the family the privacy notice?", "Yes")
    visitor.chooses("In which format?", "Easy Read")


def visits_recorded(given: str) -> int:
    ((count,),) = cast.as_superuser(VISITS, given)
    return int(count)


def test_a_baby_of_whom_two_messages_came_is_on_the_caseload(arrived: str, arrives: Arrives) -> None:
    assert "2 read into the record, 0 waiting, 0 repeated." in arrived
    hannah = arrives("hannah").goes_to("/caseload/")
    hannah.sees("Saoirse O'Rourke-Şahin", "9 days", "New birth visit in 5 days")
    hannah.does_not_see("Bo Larsen")


def test_the_record_says_who_is_who_and_what_is_withheld_and_why(arrived: str, arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to("/caseload/").follows("Saoirse O'Rourke-Şahin")
    hannah.sees("Gráinne O'Rourke Mother", "07700 900123", "Emre Şahin Father", "Parental responsibility Yes")
    hannah.sees("New birth visit by", "in 5 days", "Privacy notice not given yet.")
    hannah.sees("What is not shown to you, and why", WHAT_KEEPS_IT, "Clause why.need-to-know")


def test_a_visit_is_recorded_with_the_notice_and_the_weight(arrived: str, arrives: Arrives) -> None:
    hannah = arrives("hannah")
    begins_a_visit(hannah, "Saoirse")
    tells_of_the_visit(hannah, note="Gráinne is well. Feeding every three hours.")
    says_the_notice_was_given(hannah)
    hannah.presses("Save the contact")
    hannah.sees(
        "The contact is recorded.", "New birth visit", "At home", "by Hannah", "3.420 kg", "Easy Read"
    )
    hannah.sees("Gráinne is well. Feeding every three hours.", "Nothing is due.")
    hannah.does_not_see("Privacy notice not given yet.")
    hannah.goes_to("/caseload/")
    assert "Nothing due" in hannah.tab.locator("tr", has_text="Saoirse").inner_text()


def test_the_visit_does_not_close_without_the_notice(site: Site, arrives: Arrives) -> None:
    people.register("Noor", mother="Huda")
    hannah = arrives("hannah")
    begins_a_visit(hannah, "Noor")
    tells_of_the_visit(hannah, note="A long morning.")
    hannah.presses("Save the contact")
    assert hannah.errors == ["Say whether you gave the family the privacy notice."]
    assert visits_recorded("Noor") == 0
    assert hannah.tab.get_by_label("Note").input_value() == "A long morning."
    hannah.chooses("Did you give the family the privacy notice?", "No")
    hannah.types("Why not?", "They asked for it in Dari.").presses("Save the contact")
    hannah.sees("The contact is recorded.", "Not given", "They asked for it in Dari.")


def test_after_the_new_birth_visit_another_contact_needs_no_notice(site: Site, arrives: Arrives) -> None:
    people.register("Otto", mother="Ida", days_old=100)
    hannah = arrives("hannah").goes_to(people.record_of("Otto")).sees("Nothing is due.")
    hannah.presses("Record a contact")
    tells_of_the_visit(hannah, note="Weighed at the clinic.")
    hannah.presses("Save the contact")
    assert hannah.errors == ["Say what kind of contact it was."]
    hannah.chooses("What kind of contact?", "Clinic contact").presses("Save the contact")
    hannah.sees("The contact is recorded.", "Clinic contact", "Weighed at the clinic.")


def test_everything_that_is_wrong_is_said_at_once(site: Site, arrives: Arrives) -> None:
    people.register("Ivo", mother="Una")
    hannah = arrives("hannah")
    begins_a_visit(hannah, "Ivo")
    hannah.types("Weight", "three and a half").presses("Save the contact")
    assert len(hannah.errors) == 4
    assert hannah.tab.title().startswith("Error: ")
    hannah.tab.get_by_role("link", name=hannah.errors[0]).click()
    assert hannah.focus == "Day"


def test_a_form_that_is_sent_twice_is_one_contact(site: Site, arrives: Arrives) -> None:
    people.register("Lev", mother="Rosa")
    hannah = arrives("hannah")
    begins_a_visit(hannah, "Lev")
    tells_of_the_visit(hannah)
    says_the_notice_was_given(hannah)
    hannah.tab.get_by_role("button", name="Save the contact").dblclick()
    hannah.tab.wait_for_url("**/*saved*")
    hannah.looks().sees("Success")
    assert visits_recorded("Lev") == 1


def test_going_back_and_sending_again_is_one_contact(site: Site, arrives: Arrives) -> None:
    people.register("Mila", mother="Vera")
    hannah = arrives("hannah")
    begins_a_visit(hannah, "Mila")
    tells_of_the_visit(hannah)
    says_the_notice_was_given(hannah)
    hannah.presses("Save the contact").sees("The contact is recorded.")
    hannah.goes_back()
    tells_of_the_visit(hannah, note="Feeding well, and sleeping.")
    says_the_notice_was_given(hannah)
    hannah.presses("Save the contact")
    hannah.sees("This contact was recorded before, as you first sent it. Nothing was added.", "Feeding well.")
    hannah.does_not_see("and sleeping")
    assert visits_recorded("Mila") == 1
