"""Who shows this token: what `ledger.asker` answers, for each way in which a token can be worth nothing."""

from datetime import timedelta

import pytest

from kept.staff import actions
from kept.staff.models import Session, TeamMember
from kept.staff.reads import account_by_email, asker_of, names_of, teams_for, teams_of
from kept.staff.sessions import hash_of
from tests.rooms.staff.staff_room import (
    COUNCIL,
    DISTRICT,
    SERVICE,
    TEAM,
    TRUST,
    Colleague,
    as_role,
    definition,
    joined,
    now,
)

pytestmark = pytest.mark.usefixtures("room")


@pytest.fixture
def colleague() -> Colleague:
    return joined(teams=(TEAM,)).sign_in()


def process(name: str = "reading") -> str:
    return actions.add_process(
        by="t", definition=definition(), name=name, role="intake", organisation=TRUST, at=now()
    )


def test_a_session_is_its_account_in_the_role_it_holds(colleague: Colleague) -> None:
    asker = asker_of(token=colleague.key, at=now())
    assert asker is not None
    assert (asker.account, asker.process, asker.name) == (colleague.account, "", "Robin Example")
    assert (asker.role, asker.service, asker.organisation) == ("practitioner", SERVICE, TRUST)
    assert asker.token == colleague.key


def test_a_password_alone_is_nobody() -> None:
    colleague = joined()
    colleague.type_password()
    assert colleague.asker is None


def test_a_session_left_for_half_an_hour_is_nobody(colleague: Colleague) -> None:
    assert asker_of(token=colleague.key, at=now() + timedelta(minutes=29)) is not None
    assert asker_of(token=colleague.key, at=now() + timedelta(minutes=31)) is None


def test_a_session_used_all_day_is_nobody_after_twelve_hours(colleague: Colleague) -> None:
    as_role("owner", "update staff_session set last_seen_at = now() + interval '13 hours'")
    assert asker_of(token=colleague.key, at=now() + timedelta(hours=11, minutes=59)) is not None
    assert asker_of(token=colleague.key, at=now() + timedelta(hours=12)) is None


def test_a_session_without_its_second_factor_is_nobody(colleague: Colleague) -> None:
    as_role("owner", "update staff_session set second_factor_at = null")
    assert colleague.asker is None


def test_a_closed_account_is_nobody_at_once(colleague: Colleague) -> None:
    actions.close_account(by="t", account=colleague.account, at=now())
    assert colleague.asker is None
    assert not Session.objects.filter(account=colleague.account).exists()
    assert names_of([colleague.account]) == {colleague.account: "Robin Example"}


def test_whoever_lost_the_role_is_nobody_at_once_and_on_no_team(colleague: Colleague) -> None:
    actions.end_membership(by="t", account=colleague.account, at=now())
    assert colleague.asker is None
    assert not TeamMember.objects.filter(account=colleague.account, until_on__isnull=True).exists()


def test_a_closed_account_is_nobody_even_if_its_session_were_left(colleague: Colleague) -> None:
    as_role("owner", "alter table staff_account disable trigger staff_account_changed")
    actions.close_account(by="t", account=colleague.account, at=now())
    as_role("owner", "update staff_session set last_seen_at = now()")
    assert colleague.asker is None


def test_whoever_moves_signs_in_again_in_the_new_role(colleague: Colleague) -> None:
    actions.begin_membership(
        by="t",
        account=colleague.account,
        definition=definition(),
        role="privacy-officer",
        organisation=COUNCIL,
        at=now(),
    )
    assert colleague.asker is None
    colleague.sign_in()
    assert colleague.asker is not None
    assert colleague.asker.role == "privacy-officer"
    assert teams_of(by=colleague.asker, at=now()) == ()


def test_a_role_that_begins_tomorrow_is_nobody_today(colleague: Colleague) -> None:
    as_role("owner", "alter table staff_membership disable trigger staff_guard_membership")
    as_role("owner", "alter table staff_membership disable trigger staff_membership_changed")
    as_role("owner", "update staff_membership set from_on = current_date + 2")
    assert colleague.asker is None


def test_the_day_changes_in_london() -> None:
    summer_midnight = "2026-07-01 23:30+00"  # half past midnight on 2 July in London
    colleague = joined().sign_in()
    as_role("owner", "alter table staff_membership disable trigger staff_guard_membership")
    as_role("owner", "alter table staff_membership disable trigger staff_membership_changed")
    as_role("owner", "update staff_membership set from_on = '2026-07-02'")
    as_role("owner", "update staff_session set last_seen_at = %s", (summer_midnight,))
    for zone in ("UTC", "America/New_York", "Europe/London"):
        as_role("default", f"set time zone '{zone}'")
        found = as_role("default", "select role from ledger.asker(%s, %s)", (colleague.key, summer_midnight))
        assert found == [("practitioner",)]


def test_a_process_is_itself_by_its_token() -> None:
    asker = asker_of(token=process(), at=now())
    assert asker is not None
    assert (asker.account, asker.process, asker.role, asker.service) == (None, "reading", "intake", SERVICE)


def test_a_replaced_token_is_worth_nothing() -> None:
    old, new = process(), process()
    assert asker_of(token=old, at=now()) is None
    assert asker_of(token=new, at=now()) is not None


def test_the_database_keeps_no_token_and_no_key(colleague: Colleague) -> None:
    token = process()
    rows = as_role(
        "owner", "select s::text from staff_session s union all select p::text from staff_process p"
    )
    told = " ".join(row for (row,) in rows)
    assert colleague.key not in told
    assert token.removeprefix("process:") not in told


@pytest.mark.parametrize(
    "token",
    ["", "process:", "process", "x" * 100_000, "\x00", "a\nb", "😀", "' or true --", "process:' or true --"],
)
def test_a_made_up_token_is_nobody(token: str) -> None:
    process()
    joined().sign_in()
    assert asker_of(token=token, at=now()) is None


def test_the_hash_of_a_key_is_no_key(colleague: Colleague) -> None:
    token = process()
    assert asker_of(token=hash_of(colleague.key), at=now()) is None
    assert asker_of(token="process:" + hash_of(token.removeprefix("process:")), at=now()) is None


def test_a_token_never_shows_when_an_asker_is_printed(colleague: Colleague) -> None:
    assert colleague.key not in repr(colleague.asker)


def test_teams_are_known_by_asker_and_by_place(colleague: Colleague) -> None:
    asker = colleague.asker
    assert asker is not None
    assert [team.name for team in teams_of(by=asker, at=now())] == [TEAM]
    assert [team.name for team in teams_for(service=SERVICE, district=DISTRICT.lower())] == [TEAM]
    assert teams_for(service=SERVICE, district=DISTRICT + "9") == ()
    assert teams_for(service="parent-infant-relationship", district=DISTRICT) == ()


def test_an_account_is_found_by_its_address(colleague: Colleague) -> None:
    assert account_by_email(f" {colleague.email.upper()} ") == colleague.account
    assert account_by_email("nobody@example.org") is None
