"""The intake room at work: messages sent to it, and what stands in the database after.

What stands is read as the database's own superuser, since no asker could see all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import psycopg

from kept.database.acting import acting_as
from kept.intake.actions import read_bundle, still_to_read, take
from kept.intake.demonstration import Family, families
from kept.intake.demonstration.places import POSTAL_DISTRICTS
from kept.intake.receipts import Result
from kept.notices.asker import Asker
from kept.staff import actions as staff
from kept.standards.nhs_number import test_number as number_of_nobody
from tests import cast
from tests.rooms.intake.messages import AT, as_file

TEAM = "Mid Kent"
# Every postal district of the demonstration but those that the teams of the cast look after.
DISTRICTS = tuple(sorted(set(POSTAL_DISTRICTS) - {"CT1", "TN9"}))

PEOPLE = """
select p.id, p.part, n.given, n.family, b.born_on, s.code, i.number, i.status, a.lines, a.postcode, a.authority,
       array(select number from record_phone t where t.person_id = p.id and t.until_on is null order by t.id),
       array(select email from record_email t where t.person_id = p.id and t.until_on is null order by t.id),
       array(select t.name from record_caseload_place c join staff_team t on t.id = c.team_id
             where c.person_id = p.id and c.until_on is null)
from record_person p
left join record_name n on n.person_id = p.id and n.until_on is null
left join record_date_of_birth b on b.person_id = p.id and b.until_on is null
left join record_sex s on s.person_id = p.id and s.until_on is null
left join record_nhs_number i on i.person_id = p.id and i.until_on is null
left join record_address a on a.person_id = p.id and a.until_on is null
where p.id > %s order by p.id
"""
RELATED = """
select c.given, a.given, r.kind, x.responsible, h.id is not null
from record_relationship r
left join record_parental_responsibility x
    on x.person_id = r.person_id and x.child_id = r.child_id and x.until_on is null
left join record_household_member h
    on h.member_id = r.person_id and h.person_id = r.child_id and h.until_on is null
join record_name a on a.person_id = r.person_id and a.until_on is null
join record_name c on c.person_id = r.child_id and c.until_on is null
where r.person_id > %s and r.until_on is null order by r.id
"""
# Every table about people that a message can write to.
TABLES = (
    "record_person",
    "record_search_key",
    "record_name",
    "record_date_of_birth",
    "record_sex",
    "record_gender",
    "record_nhs_number",
    "record_address",
    "record_phone",
    "record_email",
    "record_relationship",
    "record_parental_responsibility",
    "record_household_member",
    "record_caseload_place",
    "record_restriction",
    "record_gp_practice",
    "record_death",
    "record_circumstance",
    "record_measurement",
    "record_birth",
    "record_hearing_screening",
    "record_blood_spot",
    "record_physical_examination",
    "record_feeding",
    "record_vaccination",
    "record_episode",
)


@dataclass(frozen=True)
class Held:
    """Somebody as the record holds them today."""

    part: str
    given: str
    family: str
    born_on: date | None = None
    sex: str | None = None
    number: str | None = None
    status: str | None = None
    address: str | None = None
    postcode: str | None = None
    authority: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


@dataclass
class Room:
    """The room, with a team for where the fixtures live; it knows who was held before anything was sent."""

    by: Asker
    superuser: psycopg.Connection
    before: int = 0
    entries_before: int = 0

    def __post_init__(self) -> None:
        self.before = self.one("select max(id) from record_person")
        self.entries_before = self.one("select max(id) from ledger_entry")

    def told(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.superuser.execute(sql, values).fetchall()  # type: ignore[arg-type]

    def one(self, sql: str, *values: object) -> Any:
        ((found,),) = self.told(sql, *values)
        return found

    def send(
        self, message: Mapping[str, Any] | bytes, *, at: datetime = AT, file: str = "message.json"
    ) -> Result:
        """Take a message in and read it; what became of it."""
        content = message if isinstance(message, bytes) else as_file(dict(message))
        with acting_as("intake"):
            assert take(by=self.by, file=file, content=content, at=at), "these very bytes came before"
            (bundle,) = still_to_read(by=self.by)
            result = read_bundle(by=self.by, bundle_id=bundle, at=at)
        assert result
        return result

    def forget_messages(self) -> None:
        """As if none had been sent: fixtures that differ in one thing alone have one id."""
        self.superuser.execute("delete from intake_bundle")

    def forget(self) -> None:
        """As before the test: nobody registered, nothing waiting. Entries stay, as they do everywhere."""
        self.forget_messages()
        self.superuser.execute("delete from intake_waiting")
        for table in reversed(TABLES):
            person = "id" if table == "record_person" else "person_id"
            self.superuser.execute(f"delete from {table} where {person} > {self.before}")  # type: ignore[arg-type]
        self.entries_before = self.one("select max(id) from ledger_entry")

    def held(self) -> list[Held]:
        """Everybody whom a message registered, the eldest entry first."""
        return [Held(*row[1:11], *map(tuple, row[11:])) for row in self.told(PEOPLE, self.before)]

    def related(self) -> list[tuple[object, ...]]:
        """Child, adult, what the adult is to the child, parental responsibility, whether they live together."""
        return self.told(RELATED, self.before)

    def rows(self) -> dict[str, int]:
        """How many rows each table about people has, ended ones too."""
        counts = ", ".join(f"(select count(*) from {table})" for table in TABLES)
        return dict(zip(TABLES, *self.told(f"select {counts}"), strict=True))

    def states(self) -> dict[str, int]:
        return dict(self.told("select state, count(*) from intake_bundle group by state"))


def add_team() -> None:
    with acting_as("owner"):
        staff.add_team(
            by=cast.BY, service=cast.HEALTH_VISITING, name=TEAM, postcode_districts=DISTRICTS, at=AT
        )


def newcomers(children: int) -> list[Family]:
    """Families of the demonstration, with NHS numbers that nobody of the cast has."""
    return [
        replace(
            family,
            children=tuple(
                replace(baby, number=baby.number and number_of_nobody(1000 + baby.serial))
                for baby in family.children
            ),
        )
        for family in families(children=children, seed=1, at=AT)
    ]
