"""Joining, moving and leaving, through the actions that `kept staff` calls."""

import pytest

from kept.ledger.entries import Refused
from kept.staff import actions
from kept.staff.models import Account, Change, Membership, Process
from tests.rooms.staff.staff_room import (
    COUNCIL,
    PASSWORD,
    SERVICE,
    TEAM,
    TRUST,
    as_role,
    definition,
    joined,
    now,
)

pytestmark = pytest.mark.usefixtures("room")


def counted() -> tuple[int, int]:
    return Account.objects.count(), Change.objects.using("owner").count()


def test_an_account_holds_the_role_it_was_made_for() -> None:
    colleague = joined("lead", teams=(TEAM,))
    held = Membership.objects.get(account=colleague.account)
    assert (held.role, held.service, held.organisation, held.until_on) == ("lead", SERVICE, TRUST, None)


def test_a_refused_role_leaves_nothing_behind() -> None:
    before = counted()
    with pytest.raises(Refused) as refusal:
        joined("practitioner", organisation=COUNCIL)
    assert refusal.value.decision.rests_on == ("who.deliverer",)
    with pytest.raises(Refused, match="no caseload"):
        joined("privacy-officer", organisation=COUNCIL, teams=(TEAM,))
    with pytest.raises(Refused, match="is for a program"):
        joined("intake")
    assert counted() == before


def test_a_process_has_a_role_of_a_process() -> None:
    with pytest.raises(Refused, match="is for a person"):
        actions.add_process(
            by="t", definition=definition(), name="other", role="lead", organisation=TRUST, at=now()
        )
    assert not Process.objects.using("owner").filter(name="other").exists()


def test_an_unknown_role_is_answered_with_the_known_ones() -> None:
    with pytest.raises(actions.NotPossible, match=r"There is no role doctor\. .*practitioner"):
        joined("doctor")


def test_an_unknown_team_is_answered_with_the_known_ones_and_leaves_nothing_behind() -> None:
    before = counted()
    with pytest.raises(actions.NotPossible, match=f"no team named Hill.*{TEAM}"):
        joined(teams=("Hill",))
    assert counted() == before


@pytest.mark.parametrize("password", ["short", "password1234", "robin example 1"])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(actions.NotPossible, match="password"):
        actions.add_account(
            by="t",
            definition=definition(),
            email="weak@example.org",
            name="Robin Example",
            role="lead",
            organisation=TRUST,
            password=password,
            at=now(),
        )
    assert not Account.objects.filter(email="weak@example.org").exists()


def test_an_address_signs_in_one_account_whatever_its_capitals() -> None:
    colleague = joined()
    with pytest.raises(actions.NotPossible, match="already"):
        actions.add_account(
            by="t",
            definition=definition(),
            email=colleague.email.upper(),
            name="Another",
            role="lead",
            organisation=TRUST,
            password=PASSWORD,
            at=now(),
        )


def test_an_address_in_capitals_is_not_kept_even_by_hand() -> None:
    colleague = joined()
    with pytest.raises(Exception, match="email_in_lower_case"):
        as_role(
            "owner",
            "update staff_account set email = 'ROBIN@example.org' where id = %s",
            (colleague.account,),
        )


def test_what_is_not_there_is_said_so() -> None:
    colleague = joined()
    with pytest.raises(actions.NotPossible, match="There is no account number 0"):
        actions.add_totp(by="t", account=0, at=now())
    with pytest.raises(actions.NotPossible, match="not on the team"):
        actions.leave_team(by="t", account=colleague.account, service=SERVICE, team=TEAM, at=now())
    actions.end_membership(by="t", account=colleague.account, at=now())
    with pytest.raises(actions.NotPossible, match="holds no role"):
        actions.end_membership(by="t", account=colleague.account, at=now())
    with pytest.raises(actions.NotPossible, match="already"):
        actions.add_team(by="t", service=SERVICE, name=TEAM, at=now())


def test_whatever_is_done_to_an_account_is_noted_with_who_did_it() -> None:
    colleague = joined(teams=(TEAM,))
    actions.join_team(by="Kim", account=colleague.account, service=SERVICE, team=TEAM, at=now())
    actions.leave_team(by="Kim", account=colleague.account, service=SERVICE, team=TEAM, at=now())
    actions.set_password(by="Kim", account=colleague.account, password="nine blue paper kites", at=now())
    actions.close_account(by="Kim", account=colleague.account, at=now())
    noted = Change.objects.using("owner").filter(account=colleague.account).order_by("id")
    assert [(change.by, change.act) for change in noted] == [
        ("the tests", "add_account"),
        ("the tests", "begin_membership"),
        ("the tests", "join_team"),
        ("the tests", "add_totp"),
        ("Kim", "leave_team"),
        ("Kim", "set_password"),
        ("Kim", "close_account"),
    ]
