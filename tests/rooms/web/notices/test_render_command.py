"""kept notice render: the same notice, on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kept.cli.app import app
from kept.notices.faults import Faulty
from kept.published.reads import NothingInForce
from tests import cast
from tests.rooms.web.notices.paper_read import of_itself
from tests.rooms.web.notices.reading import Seen, newest

pytestmark = pytest.mark.usefixtures("pages_as_served")

PAGES = ("easy-read", "full", "large-print", "professionals")


def render(*said: str) -> Result:
    return CliRunner().invoke(app, ["notice", "render", *said])


@pytest.mark.parametrize("form", PAGES)
def test_a_published_notice_is_written_as_one_file_that_asks_for_nothing(
    database: str, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "notice.html"
    told = render(cast.PAIRS, "--as", form, "--on", "2026-11-22", "--out", str(out), "--format", "json")
    assert told.exit_code == 0, told.output
    page = Seen(out.read_text(encoding="utf-8"))
    assert newest(cast.PAIRS).hash in page.text
    assert "26 June 2026. Version 1." in page.text
    assert not [one for one in page.addresses if not one.startswith("#")]
    assert json.loads(told.stdout) == {
        "service": cast.PAIRS,
        "title": "Parent and Infant Relationship Service",
        "dated": "2026-06-26",
        "version": "Version 1",
        "hash": newest(cast.PAIRS).hash,
        "as": form,
        "out": str(out),
        "text": None,
    }


def test_names_are_as_they_are_on_the_day(database: str) -> None:
    before = render(cast.PAIRS, "--as", "text", "--on", "2026-09-29").stdout
    after = render(cast.PAIRS, "--as", "text", "--on", "2026-09-30").stdout
    assert "Checks us: Information Commissioner, 0303 123 1113" in before
    assert "Checks us: Information Commission, 0303 123 1113" in after
    assert "You can call the Information Commissioner on 0303 123 1113." in after


def test_a_draft_needs_no_database_and_says_that_it_is_one() -> None:
    told = render(cast.HEALTH_VISITING, "--as", "text", "--draft", "--definitions", str(cast.DEFINITIONS))
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith(
        "This is the privacy notice of the Health Visiting Service. 3 March 2026. Draft"
    )
    assert cast.definition(cast.HEALTH_VISITING).hash in told.stdout


def test_html_stands_inside_another_page() -> None:
    told = render(cast.HEALTH_VISITING, "--as", "html", "--draft", "--definitions", str(cast.DEFINITIONS))
    assert told.stdout.startswith("<article")
    assert "has not issued it" in Seen(told.stdout).text


def test_on_paper_it_goes_into_a_file_or_a_pipe(tmp_path: Path) -> None:
    drafted = (cast.HEALTH_VISITING, "--as", "pdf", "--draft", "--definitions", str(cast.DEFINITIONS))
    out = tmp_path / "notice.pdf"
    assert render(*drafted, "--out", str(out)).exit_code == 0
    assert cast.definition(cast.HEALTH_VISITING).hash in of_itself(out.read_bytes())
    assert render(*drafted).stdout_bytes == out.read_bytes()
    told = render(*drafted, "--format", "json")
    assert (told.exit_code, told.stderr) == (2, "A PDF is not for reading here. Name a file with --out.\n")


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        (("--as", "text", "--on", "2026-02-30"), 2, "2026-02-30 is not a day. Write it like 2026-11-22."),
        (
            ("--as", "text", "--draft", "--definitions", "/no/such/folder"),
            3,
            "There is no folder /no/such/folder.",
        ),
        (("--as", "text", "--draft", "--out", "/no/such/folder/notice"), 2, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(said: tuple[str, ...], code: int, sentence: str) -> None:
    told = render(cast.HEALTH_VISITING, *said)
    assert told.exit_code == code
    assert sentence in told.stderr


def test_where_none_is_in_force_there_is_nothing_to_write(database: str) -> None:
    told = render(cast.PAIRS, "--as", "text", "--on", "2016-12-31")
    assert isinstance(told.exception, NothingInForce)


def test_a_draft_with_errors_is_not_written(tmp_path: Path) -> None:
    for name, text in cast.texts().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text.replace("kind", "kinder"), encoding="utf-8")
    told = render(cast.PAIRS, "--as", "text", "--draft", "--definitions", str(tmp_path))
    assert isinstance(told.exception, Faulty)
