"""Messages that do not fit wait for a person, who is told what each is, why it waits and what to do."""

from pathlib import Path

from tests import cast
from tests.journeys.conftest import Arrives
from tests.journeys.site import Site, run
from tests.rooms.intake.messages import FIXTURES

DEFECTS = (
    "CH005-not-json.json",
    "CH005-nhs-number-wrong-digit.json",
    "CH023-date-of-birth-impossible.json",
    "CH005-no-version.json",
    "CH005-authority-elsewhere.json",
)


def arrive(site: Site, folder: Path) -> str:
    for name in DEFECTS:
        (folder / name).write_bytes((FIXTURES / name).read_bytes())
    token = folder.parent / "intake.token"
    token.write_text(f"process:{cast.token_of('intake')}")
    return run(site, "intake", "run", str(folder), "--token-file", str(token))


def test_each_message_says_what_it_is_why_it_waits_and_what_to_do(
    site: Site, arrives: Arrives, tmp_path: Path
) -> None:
    imani = arrives("imani").goes_to("/").is_at("/intake/").sees("No message waits.")
    folder = tmp_path / "arrivals"
    folder.mkdir()
    said = arrive(site, folder)
    assert "5 waiting" in said
    imani.goes_to("/intake/").sees("5 messages wait for a person.", "A file that is no message")
    rows = imani.tab.locator(".kept-queue tbody tr")
    assert rows.count() == len(DEFECTS)
    for row in range(rows.count()):
        cells = rows.nth(row).locator("th, td").all_inner_texts()
        assert all(cell.strip() for cell in cells), cells
    imani.does_not_see("Saoirse", "O'Rourke", "1073")
    # Read twice, they still wait once.
    arrive(site, folder)
    imani.goes_to("/intake/").sees("5 messages wait for a person.")


def test_the_queue_is_for_those_who_sort_it(arrives: Arrives) -> None:
    hannah = arrives("hannah").goes_to("/intake/")
    assert (hannah.status, hannah.heading) == (403, "You cannot do this")


def test_a_message_is_sorted_out_by_a_person(site: Site, arrives: Arrives, tmp_path: Path) -> None:
    folder = tmp_path / "arrivals"
    folder.mkdir()
    (folder / "not-for-us.json").write_bytes(b'{"resourceType": "Patient"}')
    token = tmp_path / "intake.token"
    token.write_text(f"process:{cast.token_of('intake')}")
    run(site, "intake", "run", str(folder), "--token-file", str(token))
    imani = arrives("imani").goes_to("/intake/").sees("not-for-us.json")
    imani.tab.locator("tr", has_text="not-for-us.json").get_by_role("link").click()
    imani.looks().sees("Why it waits", "not-for-us.json").presses("Sort it out")
    assert imani.errors == [
        "Say what is to become of the message.",
        "Say in a few words what you did. Do not write a name.",
    ]
    imani.chooses("What is to become of it?", "It is not for us").types(
        "What did you do?", "Sent it back to the maternity unit."
    )
    imani.presses("Sort it out").sees("The message is sorted out.").does_not_see("not-for-us.json")
