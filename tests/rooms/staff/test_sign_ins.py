"""What happens in signing in is written down, by whoever it was done, and stays; nothing that was typed is."""

import json

import pytest
from django.db.utils import DatabaseError
from typer.testing import CliRunner

from kept.cli.app import app
from kept.staff import actions
from kept.staff.models import SignIn
from tests.rooms.staff.staff_room import PASSWORD, Colleague, as_role, joined, now

pytestmark = pytest.mark.usefixtures("room")


def noted(colleague: Colleague | None) -> list[tuple[str, str]]:
    """What was written down about an account, the oldest first, without how its second factor came to be."""
    account = colleague.account if colleague else None
    found = SignIn.objects.using("owner").filter(account=account).exclude(what__startswith="second factor")
    return list(found.order_by("pk").values_list("what", "how"))


def test_a_password_a_code_and_signing_out_are_written_down() -> None:
    colleague = joined().sign_in()
    colleague.browser.post("/sign-out/")
    assert noted(colleague) == [
        ("right", "password"),
        ("right", "code"),
        ("signed in", ""),
        ("signed out", ""),
    ]


def test_what_was_wrong_is_written_down_with_where_it_came_from() -> None:
    colleague = joined()
    colleague.type_password("wrong", REMOTE_ADDR="203.0.113.7")
    colleague.type_password()
    colleague.type_code("000000")
    assert noted(colleague) == [("wrong", "password"), ("right", "password"), ("wrong", "code")]
    first = SignIn.objects.using("owner").filter(what="wrong").earliest("pk")
    assert first.network_address == "203.0.113.7"
    assert abs((first.at - now()).total_seconds()) < 60


def test_whoever_guesses_is_written_down_until_they_are_locked_out() -> None:
    colleague = joined()
    for _ in range(6):
        colleague.type_password("wrong")
    assert noted(colleague) == [("wrong", "password")] * 4 + [("locked out", "password")] * 2


def test_a_closed_account_is_written_down_as_a_wrong_password_is() -> None:
    colleague = joined()
    actions.close_account(by="t", account=colleague.account, at=now())
    colleague.type_password()
    assert noted(colleague) == [("wrong", "password")]


def test_an_address_that_nobody_has_is_not_kept() -> None:
    Colleague(0, "my-password-in-the-wrong-box@example.org").type_password()
    assert noted(None) == [("wrong", "password")]
    rows = as_role("owner", "select t::text from staff_sign_in t")
    assert "wrong-box" not in str(rows)
    assert PASSWORD not in str(rows)


def test_what_opens_an_account_is_written_down_when_it_changes() -> None:
    colleague = joined().sign_in()
    new = {"password1": "nine blue paper kites", "password2": "nine blue paper kites"}
    colleague.browser.post("/password/change/", {"oldpassword": PASSWORD, **new})
    assert noted(colleague)[-2:] == [("password changed", ""), ("signed out", "")]
    actions.add_totp(by="t", account=colleague.account, at=now())
    changes = SignIn.objects.using("owner").filter(account=colleague.account, how="totp").order_by("pk")
    assert [one.what for one in changes] == [
        "second factor added",
        "second factor removed",
        "second factor added",
    ]


def test_a_second_factor_written_by_hand_is_written_down_too() -> None:
    colleague = joined(totp=False)
    as_role(
        "door",
        "insert into mfa_authenticator (user_id, type, data, created_at) values (%s, 'totp', '{}', now())",
        (colleague.account,),
    )
    (row,) = SignIn.objects.using("owner").filter(account=colleague.account)
    assert (row.what, row.how) == ("second factor added", "totp")


@pytest.mark.parametrize("role", ["door", "application", "intake", "publisher"])
def test_no_role_that_serves_pages_reads_it(role: str) -> None:
    alias = "default" if role == "application" else role
    with pytest.raises(DatabaseError, match="permission denied"):
        as_role(alias, "select * from staff_sign_in")


@pytest.mark.parametrize(
    "statement",
    ["delete from staff_sign_in", "update staff_sign_in set what = 'right'", "truncate staff_sign_in"],
)
def test_nobody_changes_it(statement: str) -> None:
    joined().sign_in()
    with pytest.raises(DatabaseError, match="permission denied"):
        as_role("door", statement)
    with pytest.raises(DatabaseError, match="stays written"):
        as_role("owner", statement)


def test_whoever_keeps_the_accounts_reads_it_on_the_command_line() -> None:
    colleague, other = joined().sign_in(), joined().sign_in()
    answer = CliRunner().invoke(app, ["staff", "sign-ins", colleague.email, "--format", "json"])
    told = json.loads(answer.stdout)
    assert [one["what"] for one in told] == ["signed in", "right", "right", "second factor added"]
    assert {one["email"] for one in told} == {colleague.email}
    everybody = CliRunner().invoke(app, ["staff", "sign-ins"])
    assert other.email in everybody.stdout
    unknown = CliRunner().invoke(app, ["staff", "sign-ins", "nobody@example.org"])
    assert unknown.exit_code == 1
    assert "There is no account for nobody@example.org." in unknown.stderr
