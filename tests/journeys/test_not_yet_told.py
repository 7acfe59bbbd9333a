"""A new notice is published: who has not been told of it, and how each of them is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from kept.record.notices_given.actions import record_notice_given
from kept.record.notices_given.values import NoticeGivenNow
from tests import cast, clusters
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.site import Site, build_once, home, served
from tests.rooms.web.notices.paper_read import of_itself, words
from tests.rooms.web.notices.second import publish_second

LIST = "Families not yet told of the privacy notice"
NEW, OLD = "20 November 2026", "3 March 2026"
WAYS_ASKED = "How is it to be sent?"
EMAIL_OF = """
insert into record_email (service, entry_id, definition_id, source, recorded_at, from_on, person_id, email, safe_to_use)
select service, entry_id, definition_id, source, recorded_at, from_on, person_id, %s, 'yes'
from record_name where given = %s
"""


@pytest.fixture(scope="module")
def site(template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A site of its own, for a newer notice changes what every page says."""
    from kept.published import reads

    with django_db_blocker.unblock(), clusters.template_clone() as name, clusters.pointed_at(name):
        reads.published.cache_clear()
        build_once()
        people.register("Saoirse", mother="Gráinne")
        with served(clusters.settings_of(name)) as site:
            yield site


@pytest.fixture(scope="module")
def signed_in(site: Site, browser: Browser) -> dict[str, Any]:
    return {}


@pytest.fixture(scope="module")
def new_notice(site: Site) -> str:
    """The hash of a notice that came into force two days ago; nobody was told of it yet."""
    return publish_second()


def family_given_the_older_one(given: str, *, mother: str) -> None:
    """A child whose family was given the notice that was in force before."""
    people.register(given, mother=mother)
    ((older,),) = cast.as_superuser(
        "select min(id) from published_definition where service = %s", cast.HEALTH_VISITING
    )
    record_notice_given(
        by=cast.everyone(at=people.now()).hannah,
        public_id=cast.public_id_of(given),
        purpose=cast.HEALTH_VISITING,
        said=NoticeGivenNow(older, "easy-read", people.today()),
        source="the-person",
        at=people.now(),
    )


def outbox() -> Path:
    return home() / "outbox"


def newest_letter(kind: str) -> bytes:
    return max(outbox().glob(f"[!.]*.{kind}"), key=lambda file: file.stat().st_mtime).read_bytes()


def test_before_the_new_one_the_visit_tells_the_family(site: Site, arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to("/caseload/").follows(LIST)
    hannah.sees(f"of the Health Visiting Service privacy notice of {OLD}", "Saoirse Example", "None yet")
    hannah.follows("Saoirse Example").sees("Privacy notice not given yet.")
    hannah.follows("Record that it was given")
    hannah.chooses("Did you give the family the privacy notice?", "Yes").presses("Save")
    assert hannah.errors == ["Say in which format you gave it."]
    hannah.chooses("In which format?", "Easy Read").presses("Save")
    hannah.sees("What you said about the notice is recorded.", f"Given on {people.today().day}", "Easy Read")
    hannah.does_not_see("Privacy notice not given yet.", "Record that it was given")
    hannah.goes_to("/not-yet-told/").does_not_see("Saoirse")


def test_a_family_served_under_the_older_notice_shows_as_not_yet_told(
    new_notice: str, arrives: Arrives
) -> None:
    family_given_the_older_one("Ezra", mother="Tova")
    hannah = arrives("hannah").goes_to("/not-yet-told/")
    hannah.sees(f"privacy notice of {NEW}", "Ezra Example", f"The one of {OLD}, Easy Read, on")
    hannah.follows("Ezra Example")
    hannah.sees(f"Not yet told of the privacy notice of {NEW}.", "What they were given")
    hannah.sees(f"The notice of {NEW} is in force. The family has not been told of it yet.")


def test_who_reads_the_list_can_read_the_notice_it_is_about(new_notice: str, arrives: Arrives) -> None:
    people.register("Iris", mother="Nell")
    hannah = arrives("hannah").goes_to("/not-yet-told/")
    hannah.tab.get_by_role("link", name="Health Visiting Service privacy notice").click()
    hannah.tab.wait_for_url(f"**/{new_notice[:12]}/**")
    hannah.sees("We write down where your child goes to school.")


def test_a_parent_is_written_to_and_the_letter_waits_in_the_outbox(new_notice: str, arrives: Arrives) -> None:
    family_given_the_older_one("Zofia", mother="Bożena")
    hannah = arrives("hannah").goes_to(people.record_of("Zofia")).follows("Write to Bożena Example")
    hannah.sees("Our privacy notice has changed", "Dear Bożena Example", f"This notice is from {NEW}.")
    hannah.sees("What is new in it:", "We write down where your child goes to school.")
    hannah.sees("By text message. There is no phone number that this person said is safe to use.")
    hannah.chooses(WAYS_ASKED, "By letter, to 1 Hopbine Lane, CT1 1CC").presses("Send")
    hannah.sees("It is sent.", "Written to Bożena Example on", "by letter", f"privacy notice of {NEW}")
    hannah.does_not_see("Not yet told", "Write to Bożena")
    hannah.goes_to("/not-yet-told/").does_not_see("Zofia")
    paper = newest_letter("pdf")
    assert "Bożena Example 1 Hopbine Lane CT1 1CC" in words(paper)
    assert f"Health Visiting Service Privacy notice of {NEW}. Version 2. {new_notice[:12]}" in words(paper)
    assert f"/notices/health-visiting/2026-11-20/{new_notice[:12]}/" in words(paper)
    assert "Zofia" not in words(paper) + of_itself(paper)
    assert "pdfuaid:part" in of_itself(paper)


def test_a_message_goes_to_the_address_that_a_parent_said_is_safe(new_notice: str, arrives: Arrives) -> None:
    people.register("Otto", mother="Ida", days_old=30)
    cast.as_superuser(EMAIL_OF, "ida@home.example", "Ida")
    ada = arrives("ada").goes_to(people.record_of("Otto")).follows("Write to Ida Example")
    ada.presses("Send")
    assert ada.errors == ["Say how it is to be sent."]
    ada.chooses(WAYS_ASKED, "By email, to ida@home.example").presses("Send").sees("It is sent.", "by email")
    said = newest_letter("txt").decode()
    assert said.startswith(
        "To: ida@home.example\nBy: email\nSubject: Health Visiting Service: our privacy notice"
    )
    assert f"Privacy notice of {NEW}. Version 2." in said
    assert "Hopbine" not in said


def test_where_nobody_can_be_written_to_a_sentence_says_what_to_do(new_notice: str, arrives: Arrives) -> None:
    people.register("Lev", mother="Rosa")
    cast.as_superuser(
        "update record_address set until_on = from_on where person_id = %s", cast.person_of("Rosa")
    )
    hannah = arrives("hannah").goes_to(people.record_of("Lev")).follows("Write to Rosa Example")
    hannah.sees(
        "There is no address that a letter to this person may go to.", "Give them the notice when you meet"
    )
    assert hannah.tab.get_by_role("button", name="Send").count() == 0


def test_a_name_that_a_printed_letter_cannot_show_is_said_and_nothing_is_sent(
    new_notice: str, arrives: Arrives
) -> None:
    people.register("Mei", mother="李小龙")
    hannah = arrives("hannah").goes_to(people.record_of("Mei")).follows("Write to 李小龙 Example")
    hannah.presses("Send")
    assert hannah.errors[0].startswith("The name or the address is written in letters that a printed letter")
    hannah.goes_to("/not-yet-told/").sees("Mei Example")


def test_sent_twice_it_is_one_letter(new_notice: str, arrives: Arrives) -> None:
    people.register("Noor", mother="Huda")
    hannah = arrives("hannah").goes_to(people.record_of("Noor")).follows("Write to Huda Example")
    before = len(list(outbox().glob("[!.]*")))
    hannah.tab.get_by_role("button", name="Send").dblclick()
    hannah.tab.wait_for_url("**/*letter-sent*")
    hannah.looks()
    assert len(list(outbox().glob("[!.]*"))) == before + 1


def test_without_a_script_all_of_it_can_be_done(new_notice: str, arrives: Arrives) -> None:
    people.register("Mila", mother="Vera")
    hannah = arrives("hannah", script=False).goes_to("/not-yet-told/").follows("Mila Example")
    hannah.follows("Record that it was given")
    hannah.chooses("Did you give the family the privacy notice?", "No")
    hannah.types("Why not?", "They asked for it in Dari.").presses("Save")
    hannah.sees("Not given", "They asked for it in Dari.").follows("Write to Vera Example")
    hannah.presses("Send").sees("It is sent.")


def test_who_may_only_look_is_offered_neither(new_notice: str, arrives: Arrives) -> None:
    people.register("Ivo", mother="Una")
    nadia = arrives("nadia").goes_to("/caseload/").follows(LIST).follows("Ivo Example")
    nadia.sees("Not given yet.").does_not_see("Record that it was given", "Write to Una")
    nadia.goes_to(
        nadia.path + "notice-given/"
    )  # the page is who the child is; what is typed into it is refused
    nadia.chooses("Did you give the family the privacy notice?", "No").types("Why not?", "x").presses("Save")
    assert nadia.status == 403
    imani = arrives("imani").goes_to("/not-yet-told/")
    assert (imani.status, imani.heading) == (403, "You cannot do this")


def test_a_long_list_has_pages(new_notice: str, arrives: Arrives) -> None:
    from tests.rooms.record.test_caseload import MORE

    cast.as_superuser(MORE, 60, cast.NORTH)
    hannah = arrives("hannah").goes_to("/not-yet-told/").sees("families. Who has waited longest comes first")
    hannah.follows("Next").is_at("/not-yet-told/?page=2")
    hannah.goes_to("/not-yet-told/?page=9").sees("The list ends before this page.")
