"""One question put to both locks: to the definition in Python, and to `ledger.open` in the database.

The superuser asks, in a transaction that is undone: the functions of the ledger run with rights of their own whoever
calls them, and believe only the token that they are shown.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

import psycopg

from kept.notices.definition import Definition
from kept.notices.permits import permits_of
from kept.notices.questions import may_collect, may_see
from tests.cast import superuser
from tests.notices.generated import Situation

FAMILY = ("child", "parent", "relative", "other-child")
ANOTHER = "another"
YES = "KPYES"
ASK = """
create function pg_temp.ask(questions jsonb) returns text[] language plpgsql as $$
declare
    q jsonb;
    answers text[] := '{}';
begin
    for q in select * from jsonb_array_elements(questions) loop
        begin
            perform * from ledger.open(q ->> 'token', 'ask', q ->> 'purpose', q -> 'allowed', q ->> 'source',
                                       q ->> 'reason', '', (q ->> 'at')::timestamptz);
            raise exception using errcode = 'KPYES';
        exception when others then
            answers := answers || sqlstate;
        end;
    end loop;
    return answers;
end $$
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What one entry would open about one person, and whether Python lets it."""

    situation: Situation
    read: frozenset[str]
    record: frozenset[str]
    allowed: bool


def questions_of(definition: Definition, asked: Situation) -> Iterator[Question]:
    """All the items at once, each by itself, those that Python allows; to read, to record, and both together."""
    who = {"by": asked.by, "standing": asked.standing, "part": asked.part, "items": asked.items}
    how = {"purpose": asked.purpose, "reason": asked.reason, "on": asked.on}
    seen = may_see(definition, **who, **how).allowed  # type: ignore[arg-type]
    collected = may_collect(definition, **who, **how, source=asked.source).allowed  # type: ignore[arg-type]
    nothing: frozenset[str] = frozenset()
    for items in {asked.items, seen, collected, *(frozenset({item}) for item in asked.items)} - {nothing}:
        yield Question(asked, items, nothing, items <= seen)
        yield Question(asked, nothing, items, items <= collected)
    if asked.items:
        yield Question(asked, seen, collected, bool(seen or collected))
        yield Question(asked, asked.items, collected, asked.items <= seen)


class House:
    """People of every part in each standing, and an account for each role, in one service and beside another."""

    def __init__(self, connection: psycopg.Connection[Any], service: str, roles: Iterable[str]) -> None:
        self.connection = connection
        self.people: dict[tuple[str, ...], int] = {("service", "nobody"): 0}
        self.stranger = 0
        connection.execute(ASK)
        teams = {name: self._one(TEAM, name) for name in (service, ANOTHER)}
        self._settle(service, teams[service])
        for place in teams:
            for role in roles:
                self._employ(role, place, teams[place])

    def _one(self, sql: str, *values: object) -> Any:
        row = self.connection.execute(sql, values).fetchone()  # type: ignore[arg-type]
        assert row
        return row[0]

    def _settle(self, service: str, team: int) -> None:
        for standing in ("team", "service"):
            for part in FAMILY:
                self.people[standing, part] = self._one(PERSON, service, part, uuid4(), uuid4())
        self._look_after(service, team, "team")
        self.stranger = self._one(PERSON, ANOTHER, "child", uuid4(), uuid4())

    def _look_after(self, service: str, team: int, *standing: str) -> int:
        """Put the child of those who stand so on a caseload, and the others of the family beside them."""
        child = self.people[*standing, "child"]
        self._one(PLACE, service, child, team)
        for part in FAMILY[1:]:
            self._one(RELATIONSHIP, service, self.people[*standing, part], child)
        return child

    def _name(self, role: str, service: str, team: int, account: int) -> None:
        """A family for whom somebody of this role is named: one for each role, since one at a time is named."""
        for part in FAMILY:
            self.people["named", role, part] = self._one(PERSON, service, part, uuid4(), uuid4())
        self._one(NAMED, service, self._look_after(service, team, "named", role), account)

    def _employ(self, role: str, service: str, team: int) -> None:
        token = token_of(role, service)
        account = self._one(ACCOUNT, f"{token}@kent.example", token)
        self._one(MEMBERSHIP, account, role, service)
        self._one(TEAM_MEMBER, account, team)
        self._one(SECOND_FACTOR, account)
        self._one(SESSION, hashlib.sha256(token.encode()).hexdigest(), account)
        if service != ANOTHER:
            self._name(role, service, team, account)

    def publish(self, definition: Definition) -> None:
        """Store a definition and its permits as publishing would; a rollback takes them away again."""
        number = self._one(
            DEFINITION, definition.service, definition.from_on, definition.until_on, definition.hash
        )
        rows = [[number, *(getattr(permit, name) for name in COLUMNS)] for permit in permits_of(definition)]
        named = ", ".join(("definition_id", *COLUMNS))
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"insert into published_permit ({named}) values ({', '.join(['%s'] * (len(COLUMNS) + 1))})",
                [[list(value) if isinstance(value, tuple) else value for value in row] for row in rows],
            )

    def knows(self, asked: Situation) -> bool:
        """Whether anybody can stand so: of another service nobody does, and a newcomer is somebody."""
        return self._who(asked) in self.people or (asked.standing == "new" and asked.part != "nobody")

    def _who(self, asked: Situation) -> tuple[str, ...]:
        named = (asked.by.role,) if asked.standing == "named" else ()
        return (asked.standing, *named, asked.part)

    def answers(self, questions: Sequence[Question]) -> list[bool]:
        """Whether the database would open the entry that each question asks for."""
        asked = json.dumps([self._as_json(question) for question in questions])
        codes = self._one("select pg_temp.ask(%s)", asked)
        assert set(codes) <= {YES, "KP002"}, set(codes)
        return [code == YES for code in codes]

    def _as_json(self, question: Question) -> dict[str, Any]:
        asked = question.situation
        person = self.people.get(self._who(asked))
        if person is None:
            person = (
                self._one("select nextval('record_person_id_seq')")
                if asked.standing == "new"
                else self.stranger
            )
        return {
            "token": token_of(asked.by.role, asked.by.service),
            "purpose": asked.purpose,
            "source": asked.source,
            "reason": asked.reason,
            "at": datetime.combine(asked.on, time(12), UTC).isoformat(),
            "allowed": [
                {
                    "person": person,
                    # Of somebody who is known, the database knows better which part they are.
                    "part": asked.part if asked.standing == "new" else "parent",
                    "ledger_id": str(uuid4()),
                    "read": sorted(question.read),
                    "record": sorted(question.record),
                }
            ],
        }


def token_of(role: str, service: str) -> str:
    return f"{role} of {service}"


@contextmanager
def house(service: str, roles: Iterable[str]) -> Iterator[House]:
    with superuser() as connection:
        built = House(connection, service, roles)
        connection.commit()
        yield built


@contextmanager
def undone(built: House) -> Iterator[None]:
    """One transaction, of which nothing stays: a definition comes with its permits, in no savepoint."""
    try:
        yield
    finally:
        built.connection.rollback()


COLUMNS = ("role", "standing", "part", "purpose", "act", "source", "from_on", "until_on", "items", "clauses",
           "reasoned")  # fmt: skip
TEAM = "insert into staff_team (service, name, postcode_districts) values (%s, 'Both', '{}') returning id"
ACCOUNT = (
    "insert into staff_account (password, email, name, is_active) values ('', %s, %s, true) returning id"
)
MEMBERSHIP = """
insert into staff_membership (account_id, role, service, organisation, caseload, from_on)
values (%s, %s, %s, 'trust', true, '2000-01-01') returning id
"""
TEAM_MEMBER = (
    "insert into staff_team_member (account_id, team_id, from_on) values (%s, %s, '2000-01-01') returning id"
)
SECOND_FACTOR = """
insert into mfa_authenticator (type, data, user_id, created_at) values ('totp', '{}', %s, now()) returning id
"""
SESSION = """
insert into staff_session (session_key, session_data, expire_date, account_id, signed_in_at, second_factor_at,
                           last_seen_at)
values (%s, '', '2999-01-01', %s, now(), now(), '2999-01-01') returning account_id
"""
PERSON = """
insert into record_person (service, entry_id, definition_id, source, recorded_at, part, public_id, ledger_id)
values (%s, 1, 1, '', now(), %s, %s, %s) returning id
"""
PLACE = """
insert into record_caseload_place (service, entry_id, definition_id, source, recorded_at, from_on, person_id, team_id)
values (%s, 1, 1, '', now(), '2000-01-01', %s, %s) returning id
"""
NAMED = """
insert into record_named_professional (service, entry_id, definition_id, source, recorded_at, from_on, person_id,
                                       account)
values (%s, 1, 1, '', now(), '2000-01-01', %s, %s) returning id
"""
RELATIONSHIP = """
insert into record_relationship (service, entry_id, definition_id, source, recorded_at, from_on, kind, person_id,
                                 child_id)
values (%s, 1, 1, '', now(), '2000-01-01', 'OTX', %s, %s) returning id
"""
DEFINITION = """
insert into published_definition (service, title, dated, in_force_from, in_force_until, hash, texts, published_at,
                                  published_by, approved_by)
values (%s, '', '2026-01-01', %s, %s, %s, '{}', now(), 'one', 'two') returning id
"""
