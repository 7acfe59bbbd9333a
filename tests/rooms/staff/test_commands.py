"""kept staff: what becomes of an account after it was made, on the command line; access changes at once."""

import json

import pytest
from typer.testing import CliRunner, Result

from kept.cli.app import app
from kept.ledger.entries import Refused
from kept.staff.reads import asker_of
from tests.cast import AT, COUNCIL, HEALTH_VISITING, NORTH, REAL_GROUP, SOUTH, TRUST, token_of

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
