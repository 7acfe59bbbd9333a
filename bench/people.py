"""Teams and those who work in them, each signed in: their sessions stand in the database as signing in leaves them."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password

from bench.place import DELIVERER, SERVICE

A_TEAM = 600
PRACTITIONERS = 3  # a team
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Somebody who is signed in: the team they are on, and the key that their browser holds."""

    account: int
    team: int
    key: str


def teams_for(children: int) -> int:
    return max(1, round(children / A_TEAM))


def sign_in_teams(
    connection: psycopg.Connection[Any], *, teams: range, at: datetime
) -> tuple[Practitioner, ...]:
    """Make the teams of these numbers with their practitioners, and sign everyone in."""
    password = make_password(secrets.token_urlsafe())
    made = [
        Practitioner(team * PRACTITIONERS + place, team, secrets.token_hex(16))
        for team in teams
        for place in range(PRACTITIONERS)
    ]
    with connection.transaction(), connection.cursor() as cursor:
        # The triggers of these tables sign people out when their access changes; here it only begins.
        cursor.execute("set local session_replication_role = replica")
        cursor.executemany(
            "insert into staff_team (id, service, name, postcode_districts) values (%s, %s, %s, '{}')",
            [(team, SERVICE, f"Team {team}") for team in teams],
        )
        for one in made:
            _employ(cursor, one, password=password, at=at)
            _sign_in(cursor, one, password=password, at=at)
    return tuple(made)


def _employ(cursor: psycopg.Cursor[Any], one: Practitioner, *, password: str, at: datetime) -> None:
    since = at.date() - timedelta(days=2000)
    cursor.execute(
        "insert into staff_account (id, password, email, name, is_active) values (%s, %s, %s, %s, true)",
        [one.account, password, f"practitioner.{one.account}@kent.example", f"Hannah of Team {one.team}"],
    )
    cursor.execute(
        "insert into staff_membership (account_id, role, service, organisation, caseload, from_on)"
        " values (%s, 'practitioner', %s, %s, true, %s)",
        [one.account, SERVICE, DELIVERER, since],
    )
    cursor.execute(
        "insert into staff_team_member (account_id, team_id, from_on) values (%s, %s, %s)",
        [one.account, one.team, since],
    )
    cursor.execute(
        "insert into mfa_authenticator (user_id, type, data, created_at) values (%s, 'totp', %s, %s)",
        [one.account, json.dumps({"secret": ""}), at],
    )


def _sign_in(cursor: psycopg.Cursor[Any], one: Practitioner, *, password: str, at: datetime) -> None:
    from kept.staff.models import Account
    from kept.staff.sessions import METHODS, METHODS_OF, SIGNED_IN_AT, SessionStore, hash_of

    account = Account(pk=one.account, password=password)
    data = {
        SESSION_KEY: str(one.account),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: account.get_session_auth_hash(),
        SIGNED_IN_AT: at.isoformat(),
        METHODS: [
            {"method": "password", "at": at.timestamp()},
            {"method": "mfa", "at": at.timestamp(), "type": "totp"},
        ],
        METHODS_OF: str(one.account),
    }
    cursor.execute(
        "insert into staff_session (session_key, session_data, expire_date, account_id, signed_in_at, second_factor_at,"
        " last_seen_at) values (%s, %s, %s, %s, %s, %s, %s)",
        [
            hash_of(one.key),
            SessionStore().encode(data),
            at + timedelta(seconds=settings.SESSION_COOKIE_AGE),
            one.account,
            at,
            at,
            at,
        ],
    )
