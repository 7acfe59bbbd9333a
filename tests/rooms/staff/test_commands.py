"""kept staff: what becomes of an account after it was made, on the command line; access changes at once."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kept.cli.app import app
from kept.ledger.entries import Refused
from kept.staff.reads import asker_of
from tests.cast import AT, COUNCIL, HEALTH_VISITING, NORTH, REAL_GROUP, SOUTH, TRUST, as_superuser, token_of

pytestmark = pytest.mark.usefixtures("database")
SERVICE = ("--service", HEALTH_VISITING)
BY = ("--as", "ira@kent.example")


def staff(verb: str, *said: str) -> Result:
    return CliRunner().invoke(app, ["staff", verb, *said])


def told(verb: str, *said: str) -> object:
    answer = staff(verb, *said, "--format", "json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def everyone() -> dict[str, dict]:
    return {one["name"]: one for one in told("list", *SERVICE)}  # type: ignore[attr-defined]


def address(name: str) -> str:
    return str(everyone()[name]["email"])


def test_everyone_with_a_role_is_listed_with_their_teams() -> None:
    found = everyone()
    assert found["Hannah"]["teams"] == [NORTH]
    assert (found["Priya"]["role"], found["Priya"]["organisation"]) == ("privacy-officer", COUNCIL)
    assert "Pia" not in found


def test_who_moves_is_what_they_are_now_and_signed_out() -> None:
    hannah = address("Hannah")
    moved = told("move", hannah, *BY, *SERVICE, "--role", "lead", "--organisation", TRUST, "--team", SOUTH)
    assert moved["role"] == "lead"  # type: ignore[index]
    assert (everyone()["Hannah"]["role"], everyone()["Hannah"]["teams"]) == ("lead", [SOUTH])


def test_a_role_under_another_organisation_is_refused_and_nothing_changes() -> None:
    before = everyone()
    asked = ("move", address("Hannah"), *BY, *SERVICE, "--role", "practitioner", "--organisation")
    assert isinstance(staff(*asked, REAL_GROUP).exception, Refused)
    assert everyone() == before


def test_who_leaves_is_signed_out_at_once() -> None:
    assert asker_of(token=token_of("hannah"), at=AT)
    told("leave", address("Hannah"), *BY)
    assert asker_of(token=token_of("hannah"), at=AT) is None
    assert "Hannah" not in everyone()


def test_teams_are_joined_and_left() -> None:
    hannah = address("Hannah")
    told("join-team", hannah, *BY, *SERVICE, "--team", SOUTH)
    assert everyone()["Hannah"]["teams"] == [NORTH, SOUTH]
    told("leave-team", hannah, *BY, *SERVICE, "--team", NORTH)
    assert everyone()["Hannah"]["teams"] == [SOUTH]
    again = staff("leave-team", hannah, *BY, *SERVICE, "--team", NORTH)
    assert (again.exit_code, again.stderr) == (1, "The account is not on the team Kent North.\n")


def test_a_lost_second_factor_is_replaced_and_the_old_session_ends() -> None:
    renewed = told("renew", address("Hannah"), *BY, "--password")
    assert set(renewed) == {"email", "second_factor", "password"}  # type: ignore[call-overload]
    assert asker_of(token=token_of("hannah"), at=AT) is None
    assert "password" not in told("renew", address("Hannah"), *BY)  # type: ignore[operator]


@pytest.mark.parametrize("verb", ["leave", "renew"])
def test_an_unknown_address_is_answered_in_a_sentence(verb: str) -> None:
    answer = staff(verb, "nobody@kent.example", *BY)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("There is no account for nobody@kent.example.")


def merge_teams(folder: Path, *, team: str = SOUTH, into: str = NORTH) -> Result:
    token = folder / "token"
    token.write_text(f"process:{token_of('intake')}")
    said = (*BY, *SERVICE, "--team", team, "--into", into, "--token-file", str(token), "--format", "json")
    return staff("merge-teams", *said)


def test_a_team_takes_over_another_with_its_people_its_districts_and_every_child(tmp_path: Path) -> None:
    answer = merge_teams(tmp_path)
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout) == {"team": SOUTH, "into": NORTH, "children": 1}
    assert everyone()["Samuel"]["teams"] == [NORTH]
    districts = dict(as_superuser("select name, postcode_districts from staff_team"))
    assert (districts[NORTH], districts[SOUTH]) == (["CT1", "TN9"], [])
    on = as_superuser(
        "select n.given from record_caseload_place c join record_name n using (person_id)"
        " join staff_team t on t.id = c.team_id where t.name = %s and c.until_on is null order by 1",
        NORTH,
    )
    assert on == [("Amina",), ("Bo",)]
    named = as_superuser(
        "select count(*) from ledger_entry e join ledger_subject s on s.entry_id = e.id where e.act like 'give%%'"
    )
    assert named == [(1,)]
    again = merge_teams(tmp_path)
    assert json.loads(again.stdout)["children"] == 0


def test_teams_that_are_not_there_take_over_nothing(tmp_path: Path) -> None:
    for teams in ({"team": "Nowhere"}, {"team": NORTH}):
        answer = merge_teams(tmp_path, **teams)
        assert (answer.exit_code, answer.stdout) == (1, "")


def test_a_registration_is_written_down_listed_and_ended_and_what_was_stays() -> None:
    hannah = address("Hannah")
    said = ("registration", hannah, *BY, "--body", "09", "--number")
    assert told(*said, "12a 3456e") == {"email": hannah, "body": "09", "number": "12A3456E"}
    told(*said, "12A3456E")
    assert everyone()["Hannah"]["registrations"] == ["Nursing and Midwifery Council 12A3456E"]
    told(*said, "99Z9999E")
    told(*said, "")
    assert everyone()["Hannah"]["registrations"] == []
    held = as_superuser("select number, until_on is null from staff_registration order by id")
    assert held == [("12A3456E", False), ("99Z9999E", False)]
    noted = as_superuser("select about from staff_change where act = 'register_professional' order by id")
    assert noted == [("09 12A3456E",), ("09 99Z9999E",), ("09",)]


@pytest.mark.parametrize(
    ("body", "number", "words"),
    [
        ("99", "12A3456E", "There is no body 99."),
        ("09", "12-A", "letters and digits alone"),
        ("09", "1" * 33, "32 at most"),
    ],
)
def test_a_registration_that_cannot_be_is_told(body: str, number: str, words: str) -> None:
    wrong = staff("registration", address("Hannah"), *BY, "--body", body, "--number", number)
    assert wrong.exit_code == 1
    assert words in wrong.output
    assert as_superuser("select 1 from staff_registration") == []


def test_one_number_is_one_professional() -> None:
    said = ("--body", "09", "--number", "12A3456E")
    told("registration", address("Hannah"), *BY, *said)
    wrong = staff("registration", address("Samuel"), *BY, *said)
    assert (wrong.exit_code, "Somebody else is registered" in wrong.output) == (1, True)
