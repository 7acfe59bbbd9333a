"""Somebody who sends queries of their own: raw SQL, as one role of the database, past everything that Python does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Self

import psycopg

from tests import clusters
from tests.cast import AT, PROCESSES, token_of

APPLICATION = "kept_application"
# Every table about a person, and how to name the person in it.
PEOPLE = (
    "record_person",
    "record_name",
    "record_search_key",
    "record_date_of_birth",
    "record_sex",
    "record_gender",
    "record_nhs_number",
    "record_number_to_check",
    "record_address",
    "record_phone",
    "record_email",
    "record_gp_practice",
    "record_relationship",
    "record_parental_responsibility",
    "record_household_member",
    "record_restriction",
    "record_caseload_place",
    "record_episode",
    "record_named_professional",
    "record_same_person",
    "record_notice_given",
    "record_letter",
    "record_contact",
    "record_note",
    "record_measurement",
    "record_circumstance",
    "record_need_met",
    "record_death",
    "record_birth",
    "record_hearing_screening",
    "record_blood_spot",
    "record_physical_examination",
    "record_feeding",
    "record_vaccination",
    "record_look_check",
    "record_looked_view",
    "record_looked_line",
    "intake_waiting",
)
# What PostgreSQL says when a role may not, and what the ledger's own functions say.
DENIED, POLICY, BROKEN = "42501", "42501", "23"
NOBODY, WIDER, CLOCK, SECOND, TAKEN = "KP001", "KP002", "KP003", "KP004", "KP005"


class Raw:
    """One connection of one role, as a pool would hold it: transactions begin and end where it says so."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(sql, values or None)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []

    def one(self, sql: str, *values: object) -> Any:
        ((found,),) = self.rows(sql, *values)
        return found

    def told(self, sql: str, *values: object) -> str:
        """The code of the error that a statement meets; empty where it was done."""
        try:
            self.rows(sql, *values)
        except psycopg.Error as error:
            return error.sqlstate or "?"
        return ""

    def open(
        self,
        *allowed: dict[str, Any],
        by: str = "hannah",
        purpose: str = "health-visiting",
        source: str = "",
        reason: str = "",
        at: datetime = AT,
    ) -> int:
        """Ask the database for an entry, in the words that Python would use. The transaction must be begun."""
        token = f"process:{token_of(by)}" if by in PROCESSES else token_of(by)
        return self.one(
            "select entry from ledger.open(%s, 'try', %s, %s, %s, %s, '', %s)",
            token, purpose, json.dumps(allowed), source, reason, at,
        )  # fmt: skip

    def opens(self, *allowed: dict[str, Any], **how: Any) -> str:
        """The code of the refusal to open such an entry; empty where it would be opened. Nothing of it stays."""
        with self.undone():
            try:
                self.open(*allowed, **how)
            except psycopg.Error as error:
                return error.sqlstate or "?"
        return ""

    @contextmanager
    def undone(self) -> Iterator[Self]:
        """A transaction that is rolled back at its end."""
        self.rows("begin")
        try:
            yield self
        finally:
            self.rows("rollback")

    @contextmanager
    def kept(self) -> Iterator[Self]:
        """A transaction that is committed at its end."""
        self.rows("begin")
        try:
            yield self
        except BaseException:
            self.rows("rollback")
            raise
        self.rows("commit")

    def writes(
        self, table: str, person: int, entry: int, *, source: str = "the-person", **columns: object
    ) -> str:
        """Insert a row about somebody that tells the truth about itself, save what `columns` say otherwise."""
        row = {
            "person_id": person,
            "service": "health-visiting",
            "entry_id": entry,
            "definition_id": self.one("select published_in_force('health-visiting', %s)", AT.date()),
            "source": source,
            "recorded_at": AT,
            **columns,
        }
        names = ", ".join(f'"{name}"' for name in row)
        return self.told(
            f"insert into {table} ({names}) values ({', '.join(['%s'] * len(row))})", *row.values()
        )

    def held(self) -> dict[str, int]:
        """How many rows of each table about people this session can read now; those of which it can read none left
        out."""
        counted = {table: self.one(f"select count(*) from {table}") for table in PEOPLE}
        return {table: many for table, many in counted.items() if many}


@contextmanager
def session(database: str, role: str = APPLICATION) -> Iterator[Raw]:
    address = clusters.addresses_of(database)[role]
    with psycopg.connect(address, autocommit=True) as connection:
        yield Raw(connection)


def about(
    person: int, *, read: tuple[str, ...] = (), record: tuple[str, ...] = (), **more: object
) -> dict[str, Any]:
    """One person of the list that an entry is asked to open."""
    return {"person": person, "read": list(read), "record": list(record), **more}
