"""Many invented families, loaded in sets: a message at a time, a hundred thousand would take hours.

Each has a child, a mother, a practice, six contacts with their notes and four measurements, as the tables hold
them after the messages and the visits. Only here are rows written without an entry being opened, by a superuser
of the bench's own server.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, LiteralString

import psycopg

from bench.place import DELIVERER, SERVICE
from kept.standards.nhs_number import TEST_NUMBERS, test_number

SQL = Path(__file__).with_suffix(".sql")
HELD = "service, entry_id, definition_id, source, recorded_at"
VALUES = "%(service)s, n + %(taken)s, %(definition)s, 'health-organisation', %(at)s"
# How far the numbers of entries, notices given and contacts have run ahead of those of families.
TAKEN = """
select greatest(
    (select max(id) from ledger_entry), (select max(id) from record_notice_given),
    (select max(id) / 6 + 1 from record_contact), %(before)s
) - %(before)s
"""
STAGING = """
create temporary table loading (
    n bigint primary key, team bigint, account bigint, child_given text, mother_given text, family text,
    born_on date, mother_born_on date, sex text, child_number text, mother_number text, lines text,
    postcode text, phone text, ods_code text, practice text
) on commit drop
"""
NOTE = (
    "Mother and baby seen. Feeding is going well and sleep is settling; the baby was alert and followed a face. "
    "We spoke about safe sleep, immunisations and who to ring out of hours. Mother is tired but well supported by "
    "her own mother, who lives near. Next contact agreed. This is contact number "
)
CHILDREN = (
    "Amina",
    "Bo",
    "Cleo",
    "Dara",
    "Esme",
    "Finn",
    "Gita",
    "Hugo",
    "Ines",
    "Jude",
    "Kaya",
    "Leo",
    "Mira",
    "Noor",
)
MOTHERS = ("Grace", "Hana", "Ivy", "Jana", "Kim", "Lena", "Maria", "Nina", "Olga", "Petra", "Rosa", "Sara")
FAMILIES = (
    "Okafor",
    "Larsen",
    "Marsh",
    "Whitlock",
    "Patel",
    "Nowak",
    "Adeyemi",
    "Quinn",
    "Santos",
    "Thornbury",
)
YOUNGEST_DAYS, OLDEST_DAYS = 100, 1500


def load(
    connection: psycopg.Connection[Any],
    *,
    numbers: range,
    places: list[tuple[int, int]],
    definition: int,
    at: datetime,
) -> None:
    """Load the families of these numbers, all or none; `places` are teams, each with a practitioner of it.

    The connection is a superuser's, with autocommit: what the server knows of its tables is brought up to date after.
    """
    with connection.transaction(), connection.cursor() as cursor:
        # Foreign keys are true by the way the rows are made; checking three million of them is not what is measured.
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(STAGING)
        with cursor.copy("copy loading from stdin") as copy:
            for row in _families(numbers, places, today=at.date()):
                copy.write_row(row)
        (taken,) = cursor.execute(TAKEN, {"before": numbers.start - 1}).fetchone() or (0,)
        named = {
            "taken": taken,
            "service": SERVICE,
            "organisation": DELIVERER,
            "definition": definition,
            "note": NOTE,
            "at": at - timedelta(days=1),
        }
        for statement in _statements():
            cursor.execute(statement, named)
    connection.execute("vacuum analyze")
    connection.execute("checkpoint")


def _statements() -> Iterator[LiteralString]:
    text = SQL.read_text(encoding="utf-8").replace("{held}", HELD).replace("{values}", VALUES)
    for statement in text.split(";\n"):
        if statement.strip():
            yield statement


def _families(numbers: range, places: list[tuple[int, int]], *, today: date) -> Iterator[tuple[object, ...]]:
    chance = Random(numbers.start)  # noqa: S311 - the same families every time
    for n in numbers:
        team, account = places[n % len(places)]
        yield (
            n,
            team,
            account,
            chance.choice(CHILDREN),
            chance.choice(MOTHERS),
            f"{chance.choice(FAMILIES)}-{chance.choice(FAMILIES)}",
            today - timedelta(days=chance.randrange(YOUNGEST_DAYS, OLDEST_DAYS)),
            date(1985, 1, 1) + timedelta(days=chance.randrange(6000)),
            chance.choice("12"),
            _number(2 * n),
            _number(2 * n + 1),
            f"{n % 200 + 1} Hopbine Lane, Canterbury",
            f"CT{n % 20 + 1} 1CC",
            f"07700 {900000 + n % 1000}",
            f"G{82000 + n % 200}",
            f"Hopbine Surgery {n % 200}",
        )


def _number(k: int) -> str | None:
    """An NHS number that nobody has; past the end of their range people have none, as some have none in life."""
    return test_number(k) if k < TEST_NUMBERS else None
