"""What other services found, on the page, in words; and what was left out of messages, for who sorts them."""

from datetime import timedelta
from pathlib import Path

from kept.database.acting import acting_as
from kept.record.assessments.actions import telling
from kept.record.assessments.values import (
    BloodSpotTold,
    DeathTold,
    FeedingTold,
    HearingTold,
    MeasurementTold,
    Message,
    Told,
    VaccinationTold,
)
from kept.standards.newborn_screening import CONDITIONS
from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.site import Site, run
from tests.rooms.intake.messages import as_file
from tests.rooms.intake.told import coded, household, told


def tells(given: str, *told: Told) -> None:
    at = people.now()
    with (
        acting_as("intake"),
        telling(
            by=cast.everyone(at=at).intake,
            person=cast.person_of(given),
            told=told,
            message=Message("a series", "Larkhythe Hospital"),
            corrects=(),
            born=None,
            purpose=cast.HEALTH_VISITING,
            source="health-organisation",
            at=at,
        ),
    ):
        pass


def test_a_health_visitor_reads_what_others_found(arrives: Arrives) -> None:
    people.register("Xanthe", mother="Xenia")
    on = people.today() - timedelta(days=2)
    tells(
        "Xanthe",
        HearingTold(on, "01", "276781000000109"),
        *(BloodSpotTold(on, condition, "04", "") for condition in CONDITIONS if condition != "CF"),
        BloodSpotTold(on, "CF", "08", ""),
        FeedingTold(on, "02", "01"),
        VaccinationTold(on, "BCG vaccination", "42284007", 1, True, "", False, "CCJN12M"),
        MeasurementTold(on, "weight", 3500),
        MeasurementTold(on, "head-circumference", 345),
    )
    hannah = arrives("hannah").goes_to(people.record_of("Xanthe"))
    hannah.sees(
        "What others found", "Condition suspected", "told by Larkhythe Hospital", "34.5 cm", "3.500 kg"
    )
    labels = hannah.tab.locator("section[aria-labelledby=found] dt").all_inner_texts()
    assert labels[:2] == ["Hearing", "Blood spot: Cystic fibrosis"], "what needs a look comes first"
    ada = arrives("ada").goes_to(people.record_of("Xanthe"))
    ada.sees("Newborn screening", "Not shown to you.").does_not_see("Condition suspected", "BCG")


def test_a_child_who_died_is_said_quietly_and_nothing_is_due(arrives: Arrives) -> None:
    people.register("Yann", mother="Ysolde")
    tells("Yann", DeathTold(people.today() - timedelta(days=1)))
    hannah = arrives("hannah").goes_to(people.record_of("Yann"))
    hannah.sees("Died on", "Nothing is due.", "No letter or message is sent").does_not_see("Write to Ysolde")
    hannah.goes_to("/").sees("Yann Example")
    row = hannah.tab.locator("tr, li", has_text="Yann Example").first.inner_text()
    assert "New birth visit" not in row


def test_who_sorts_messages_sees_what_kind_of_thing_was_left_out_and_never_what_it_said(
    site: Site, arrives: Arrives, tmp_path: Path
) -> None:
    folder = tmp_path / "arrivals"
    folder.mkdir()
    message = told("CH030", household(householdSmokingStatus=coded("94151000119101", "Smoker in household")))
    (folder / "household.json").write_bytes(as_file(message))
    token = tmp_path / "intake.token"
    token.write_text(f"process:{cast.token_of('intake')}")
    run(site, "intake", "run", str(folder), "--token-file", str(token))
    imani = arrives("imani").goes_to("/intake/")
    imani.sees("Left out lately", "Social Context Household", "Smoking at home (householdSmokingStatus)")
    imani.does_not_see("94151000119101", "Smoker in household")


def test_who_sorts_messages_is_told_that_contacts_are_not_for_them(arrives: Arrives) -> None:
    people.register("Zora", mother="Zelda")
    imani = arrives("imani").goes_to(people.record_of("Zora"))
    imani.does_not_see("No contact is recorded yet", "Caseload").sees("Intake queue")
    contacts = imani.tab.locator("section[aria-labelledby=contacts]").inner_text()
    assert "Not shown to you." in contacts
