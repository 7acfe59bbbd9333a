"""Two people of information governance, and everyone else: what the workbench lets them do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.rooms.web.workbench import desk
from tests.rooms.web.workbench.desk import IRA, IVO, NOTICE

pytestmark = pytest.mark.usefixtures("database")

MISSPELT = {NOTICE: ("    identify: {as: notice", "    identfy: {as: notice")}


def test_the_workbench_names_the_version_in_force_and_waits_for_a_draft() -> None:
    answer = desk.browser_of("ira").get("/workbench/")
    assert "In force" in desk.read(answer)
    assert "There is no draft yet." in desk.read(answer)


def test_whoever_governs_begins_at_the_workbench() -> None:
    assert desk.browser_of("ira").get("/").headers["Location"] == "/workbench/"


@pytest.mark.parametrize("name", ["hannah", "nadia", "priya", "ana", "paul"])
@pytest.mark.parametrize("path", ["/workbench/", "/workbench/drafts/new/"])
def test_everyone_else_is_refused_with_the_clause_that_names_the_council(name: str, path: str) -> None:
    answer = desk.browser_of(name).get(path)
    assert answer.status_code == 403
    assert "who.council" in desk.read(answer)
    ((outcome, clauses),) = cast.as_superuser(
        "select outcome, clauses from ledger_entry where act = 'open the notice workbench'"
    )
    assert (outcome, clauses) == ("must not", ["who.council"])


def test_a_practitioner_can_propose_nothing() -> None:
    answer = desk.browser_of("hannah").post("/workbench/drafts/new/", desk.form_of(begins_on=desk.later()))
    assert answer.status_code == 403
    assert desk.kept() == 0


@pytest.mark.parametrize("deed", ["approve", "withdraw", "adopt"])
def test_a_practitioner_can_decide_nothing(deed: str) -> None:
    number = desk.propose("ira", begins_on=desk.later())
    before = desk.published()
    answer = desk.browser_of("hannah").post(f"/workbench/drafts/{number}/{deed}/")
    assert answer.status_code == 403
    assert desk.published() == before
    assert "Waits for a second person" in desk.page("ira", number)


def test_a_faulty_draft_shows_every_error_with_its_line_and_keeps_nothing() -> None:
    roles = ("\n    held_by: deliverer", "\n    held_by: deliverr")
    sent = desk.form_of(begins_on=desk.later(), changed=MISSPELT | {"roles.yaml": roles})
    before = desk.published()
    answer = desk.browser_of("ira").post("/workbench/drafts/new/", sent)
    assert answer.status_code == 422
    said = desk.read(answer)
    line = (
        sent["file-services-health-visiting"]
        .split("\r\n")
        .index("    identfy: {as: notice, body: kent-county-council}")
        + 1
    )
    assert f"{NOTICE}, line {line}:" in said
    assert "identify" in said
    assert "roles.yaml, line" in said
    assert (desk.kept(), desk.published()) == (0, before)


def test_what_was_typed_stays_where_there_are_errors() -> None:
    sent = desk.form_of(begins_on=desk.later(), changed=MISSPELT)
    answer = desk.browser_of("ira").post("/workbench/drafts/new/", sent)
    html = answer.content.decode()
    assert "    identfy: {as: notice" in html
    assert f'name="begins_on-year" type="text" value="{desk.later().year}"' in html


@pytest.mark.parametrize(("day", "month"), [("31", "2"), ("x", "1")])
def test_a_day_that_is_none_is_said(day: str, month: str) -> None:
    sent = desk.form_of() | {"begins_on-day": day, "begins_on-month": month, "begins_on-year": "2027"}
    answer = desk.browser_of("ira").post("/workbench/drafts/new/", sent)
    assert answer.status_code == 422
    assert "Enter a real day, for example 27 3 2027." in desk.read(answer)


def test_a_file_that_was_sent_takes_the_place_of_its_box() -> None:
    text = desk.form_of()["file-services-health-visiting"].replace(
        "This notice is about the Health Visiting Service.",
        "This notice tells about the Health Visiting Service.",
    )
    sent = desk.form_of(begins_on=desk.later()) | {
        "files": SimpleUploadedFile("health_visiting.yaml", text.encode())
    }
    number = desk.number_of(desk.browser_of("ira").post("/workbench/drafts/new/", sent))
    assert "This notice tells about the Health Visiting Service." in desk.page("ivo", number)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "health_vsiting.yaml",
            b"x",
            "No file of this notice is called health_vsiting.yaml. Did you mean “health_visiting.yaml”?",
        ),
        ("roles.yaml", b"\xff\xfe", "roles.yaml is not a text in UTF-8. Save it as one, and send it again."),
        ("roles.yaml", b"#" * 1_000_001, "These files are larger than 1 MB together."),
    ],
)
def test_a_file_that_cannot_be_taken_is_said(name: str, content: bytes, sentence: str) -> None:
    sent = desk.form_of(begins_on=desk.later()) | {"files": SimpleUploadedFile(name, content)}
    answer = desk.browser_of("ira").post("/workbench/drafts/new/", sent)
    assert answer.status_code == 422
    assert sentence in desk.read(answer)
    assert desk.kept() == 0


def test_more_than_a_megabyte_in_the_boxes_is_said() -> None:
    sent = desk.form_of() | {"file-roles": "#" * 1_000_001}
    answer = desk.browser_of("ira").post("/workbench/drafts/new/", sent)
    assert answer.status_code == 413
    assert "larger than 1 MB" in desk.read(answer)


def test_nobody_approves_their_own_draft() -> None:
    number = desk.propose("ira", begins_on=desk.later())
    assert "Approve and publish" not in desk.page("ira", number)
    before = desk.published()
    answer = desk.browser_of("ira").post(f"/workbench/drafts/{number}/approve/")
    assert answer.status_code == 422
    assert "You proposed this draft. Somebody else must approve it." in desk.read(answer)
    assert desk.published() == before


def test_a_second_person_publishes_and_the_version_counts_from_its_day_and_not_before() -> None:
    number = desk.propose("ira", begins_on=desk.later())
    was = desk.in_force_on(desk.later())
    answer = desk.browser_of("ivo").post(f"/workbench/drafts/{number}/approve/")
    assert answer.headers["Location"] == f"/workbench/drafts/{number}/?published"
    assert desk.in_force_on(desk.later(29)) == was
    assert desk.in_force_on(desk.later()) == was + 2  # two notices were published before
    ((by, approved_by),) = cast.as_superuser(
        "select published_by, approved_by from published_definition order by id desc limit 1"
    )
    assert (by, approved_by) == (IRA, IVO)
    assert "It is published as" in desk.page("ira", number)


def test_a_version_from_today_counts_at_once() -> None:
    new = ("This notice is about the Health Visiting Service.", "This notice is about our health visiting.")
    number = desk.propose("ira", begins_on=desk.today(), changed={NOTICE: new})
    desk.browser_of("ivo").post(f"/workbench/drafts/{number}/approve/")
    assert "This notice is about our health visiting." in desk.read(
        desk.browser_of("ira").get("/notices/health-visiting/")
    )


def test_a_draft_is_decided_once() -> None:
    number = desk.propose("ira", begins_on=desk.later())
    desk.browser_of("ivo").post(f"/workbench/drafts/{number}/approve/")
    for deed in ("approve", "withdraw"):
        answer = desk.browser_of("ivo").post(f"/workbench/drafts/{number}/{deed}/")
        assert "This draft is published already." in desk.read(answer)


def test_a_withdrawn_draft_stays_to_be_read_and_is_never_published() -> None:
    number = desk.propose("ira", begins_on=desk.later())
    desk.browser_of("ira").post(f"/workbench/drafts/{number}/withdraw/")
    before = desk.published()
    answer = desk.browser_of("ivo").post(f"/workbench/drafts/{number}/approve/")
    assert "This draft was withdrawn." in desk.read(answer)
    assert desk.published() == before
    assert "Withdrawn" in desk.page("ivo", number)


def test_a_draft_that_begins_on_a_day_that_is_over_says_what_to_do() -> None:
    number = desk.propose("ira", begins_on=desk.later(-1))
    assert "The day on which it comes into force is over." in desk.page("ivo", number)
    answer = desk.browser_of("ivo").post(f"/workbench/drafts/{number}/approve/")
    assert "Give it today or a later day." in desk.read(answer)


def test_the_version_in_force_sent_unchanged_is_no_new_version() -> None:
    number = desk.propose("ira")
    assert "These files are published already, word for word." in desk.page("ivo", number)


def test_a_change_takes_the_place_of_the_draft_before() -> None:
    first = desk.propose("ira", begins_on=desk.later())
    sent = desk.form_of(begins_on=desk.later(60))
    second = desk.number_of(desk.browser_of("ivo").post(f"/workbench/drafts/new/?from={first}", sent))
    assert "Withdrawn" in desk.page("ira", first)
    assert "Waits for a second person" in desk.page("ira", second)


@pytest.mark.parametrize("number", [0, 999, 10**30])
def test_a_draft_of_nobody_is_not_there(number: int) -> None:
    assert desk.browser_of("ira").get(f"/workbench/drafts/{number}/").status_code == 404
    assert desk.browser_of("ira").post(f"/workbench/drafts/{number}/withdraw/").status_code == 404


@pytest.mark.parametrize("text", ["", "\x00", "\ufffe", "- " * 10_000, "x: &a [*a]"])
def test_whatever_is_typed_is_answered_with_what_is_wrong_with_it(text: str) -> None:
    sent = desk.form_of(begins_on=desk.later()) | {"file-services-health-visiting": text}
    answer = desk.browser_of("ira").post("/workbench/drafts/new/", sent)
    assert answer.status_code == 422
    assert "There is a problem" in desk.read(answer)
    assert desk.kept() == 0


def test_what_is_new_to_families_is_said_with_whether_they_must_be_told() -> None:
    number = desk.propose("ira", begins_on=desk.later())
    assert "Nothing changes for families" in desk.page("ivo", number)
    no_proposal = ("  source: []\n  status: proposed\n", "  source: []\n")
    number = desk.propose("ira", begins_on=desk.later(), changed={NOTICE: no_proposal})
    said = desk.page("ivo", number)
    assert "Families who have the notice in force must be told." in said
    assert "We may now write down" in said


def test_the_previews_are_the_notice_in_two_formats_marked_as_a_draft() -> None:
    number = desk.propose("ira", begins_on=desk.later())
    assert "Draft, not published" in desk.page("ivo", number, "preview/")
    assert "Under each line stands what it means exactly." in desk.page("ivo", number, "preview/?as=full")
    assert "Easy Read privacy notice" in desk.page("ivo", number, "preview/?as=nonsense")


def test_every_statement_is_explained() -> None:
    number = desk.propose("ira", begins_on=desk.later())
    said = desk.page("ivo", number, "explained/")
    assert "hv-1.01" in said
    assert "Prints Kent County Council as the controller" in said
