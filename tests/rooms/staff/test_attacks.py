"""Raw SQL, as each role that serves pages or works by itself: none of them makes an asker of anybody."""

import json
import re

import pytest
from django.db.utils import DatabaseError, IntegrityError, ProgrammingError

from kept.staff import actions
from kept.staff.reads import asker_of
from kept.staff.sessions import hash_of
from tests.rooms.staff.staff_room import (
    COUNCIL,
    SERVICE,
    TEAM,
    TRUST,
    Colleague,
    as_role,
    joined,
    now,
)

DENIED = "permission denied|must be owner|must be able to SET ROLE"
KEY = "0123456789abcdefghijklmnopqrstuv"

READ = [
    f"select * from {table}"
    for table in (
        "staff_session",
        "staff_account",
        "staff_membership",
        "staff_team_member",
        "staff_process",
        "staff_change",
        "staff_second_factor_try",
        "staff_sign_in",
        "mfa_authenticator",
        "account_emailaddress",
        "axes_accessattempt",
        "axes_accesslog",
        "auth_permission",
    )
]
SESSION = f"""
insert into staff_session values ('{hash_of(KEY)}', '', now() + interval '1 hour', 1, now(), now(), now())
"""
CHANGE_ACCESS = [
    "update staff_membership set role = 'lead'",
    "update staff_membership set until_on = null",
    "delete from staff_membership",
    "truncate staff_membership cascade",
    "insert into staff_membership (account_id, role, service, organisation, caseload, from_on)"
    f" values (1, 'practitioner', '{SERVICE}', '{TRUST}', true, current_date)",
    "insert into staff_team_member (account_id, team_id, from_on) values (1, 1, current_date)",
    "update staff_team_member set until_on = null",
    "insert into staff_team (service, name, postcode_districts) values ('health-visiting', 'Mine', '{}')",
    "insert into staff_process (name, token_hash, role, service, organisation)"
    f" values ('mine', '{hash_of(KEY)}', 'intake', '{SERVICE}', '{TRUST}')",
    f"update staff_process set token_hash = '{hash_of(KEY)}'",
    "select * from staff_process",
    "update staff_account set is_active = true",
    "update staff_account set email = 'mine@example.org'",
    "insert into staff_account (password, email, name, is_active) values ('', 'mine@example.org', 'Me', true)",
    "delete from staff_account",
    'insert into account_emailaddress (email, verified, "primary", user_id)'
    " values ('mine@example.org', true, true, 1)",
    "insert into staff_change (at, by, act, about) values (now(), 'Kim', 'add_account', '')",
    "delete from staff_change",
    "select * from staff_change",
    "create or replace function ledger.idle() returns interval language sql return interval '1 year'",
    "create or replace function ledger.asker(text, timestamptz) returns table (account bigint, process text,"
    " name text, role text, service text, organisation text) language sql return null",
    "create function public.mine() returns int language sql return 1",
    "create temporary table staff_session (session_key text)",
    "alter table staff_membership disable trigger all",
    "set role kept_owner",
    "set role kept_guard",
]
CHANGE_SIGN_IN = [
    SESSION,
    "update staff_session set second_factor_at = now()",
    "update staff_session set expire_date = now() + interval '1 year'",
    "delete from staff_session",
    "update mfa_authenticator set data = '{}'",
    "insert into mfa_authenticator (type, data, user_id, created_at) values ('totp', '{}', 1, now())",
    "delete from mfa_authenticator",
    "update staff_account set password = ''",
    "delete from axes_accessattempt",
    "delete from staff_second_factor_try",
    "set role kept_door",
]


@pytest.fixture(autouse=True)
def colleague(room: None) -> Colleague:
    return joined(teams=(TEAM,)).sign_in()


def done(alias: str, statements: list[str]) -> list[str]:
    """The statements that were not denied to a role."""
    not_denied = []
    for statement in statements:
        try:
            as_role(alias, statement)
        except ProgrammingError as error:
            if re.search(DENIED, str(error)):
                continue
        not_denied.append(statement)
    return not_denied


@pytest.mark.parametrize("alias", ["default", "intake", "publisher"])
def test_no_role_but_the_door_touches_accounts_sessions_or_second_factors(alias: str) -> None:
    assert done(alias, [*READ, *CHANGE_ACCESS, *CHANGE_SIGN_IN]) == []


def test_the_door_changes_nobodys_access() -> None:
    assert done("door", CHANGE_ACCESS) == []


def test_the_door_reads_sessions_and_can_use_none(colleague: Colleague) -> None:
    for (kept,) in as_role("door", "select session_key from staff_session"):
        assert asker_of(token=kept, at=now()) is None
    assert colleague.asker is not None


def test_a_session_made_up_for_an_account_without_a_second_factor_is_nobody() -> None:
    other = joined(totp=False)
    as_role(
        "door",
        "insert into staff_session values (%s, '', now() + interval '1 hour', %s, now(), now(), now())",
        (hash_of(KEY), other.account),
    )
    assert as_role(
        "door", "select second_factor_at from staff_session where account_id = %s", (other.account,)
    ) == [(None,)]
    assert asker_of(token=KEY, at=now()) is None


def test_a_session_is_not_handed_to_another_account(colleague: Colleague) -> None:
    other = joined("privacy-officer", organisation=COUNCIL)
    with pytest.raises(IntegrityError, match="never changes hands"):
        as_role("door", "update staff_session set account_id = %s", (other.account,))
    with pytest.raises(IntegrityError, match="never changes hands"):
        as_role("door", "update staff_session set session_key = %s", (hash_of(KEY),))


def test_a_session_is_not_lengthened(colleague: Colleague) -> None:
    mine = "select expire_date, signed_in_at from staff_session where account_id = %s"
    before = as_role("door", mine, (colleague.account,))
    as_role("door", "update staff_session set expire_date = now() + interval '1 year', signed_in_at = now()")
    assert as_role("door", mine, (colleague.account,)) == before


def test_a_second_factor_written_by_hand_answers_to_no_code(colleague: Colleague) -> None:
    mine = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    as_role("door", "update mfa_authenticator set data = %s", (json.dumps({"secret": mine}),))
    thief = Colleague(colleague.account, colleague.email, mine)
    thief.type_password()
    assert thief.type_code(thief.code).status_code == 200
    assert thief.asker is None


# The owner makes and changes tables, and keeps to what must always be true of a row all the same.


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("update staff_membership set role = 'lead'", "never rewritten"),
        ("update staff_membership set from_on = from_on - 1", "never rewritten"),
        ("delete from staff_membership", "is kept"),
        ("update staff_team_member set account_id = 2", "never rewritten"),
        ("delete from staff_team_member", "is kept"),
        ("update staff_change set by = 'somebody else'", "stays written"),
        ("truncate staff_change", "stays written"),
        (
            "insert into staff_membership (account_id, role, service, organisation, caseload, from_on, until_on)"
            " select account_id, role, service, organisation, caseload, from_on, from_on + 1 from staff_membership",
            "holds another role on these days",
        ),
    ],
)
def test_the_owner_rewrites_nothing(statement: str, why: str) -> None:
    with pytest.raises(DatabaseError, match=why):
        as_role("owner", statement)


def test_nobody_is_on_the_team_of_another_service() -> None:
    actions.add_team(by="t", service="parent-infant-relationship", name="Elsewhere", at=now())
    with pytest.raises(IntegrityError, match="own service"):
        as_role(
            "owner",
            "insert into staff_team_member (account_id, team_id, from_on)"
            " select a.id, t.id, current_date from staff_account a, staff_team t where t.name = 'Elsewhere'",
        )


def test_nobody_who_oversees_is_on_a_team_even_by_hand() -> None:
    officer = joined("privacy-officer", organisation=COUNCIL)
    with pytest.raises(actions.NotPossible, match="caseload"):
        actions.join_team(by="t", account=officer.account, service=SERVICE, team=TEAM, at=now())
    with pytest.raises(IntegrityError, match="caseload"):
        as_role(
            "owner",
            "insert into staff_team_member (account_id, team_id, from_on)"
            " select %s, id, current_date from staff_team",
            (officer.account,),
        )
