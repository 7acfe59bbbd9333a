"""Families who came lately, and colleagues who joined today: days are counted from when the test runs."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from kept.database.acting import acting_as
from kept.intake.demonstration.families import Family
from kept.intake.demonstration.messages import messages
from kept.intake.demonstration.places import Home
from kept.published.reads import definition_in_force
from kept.record.families.actions import registering
from kept.record.families.values import NewFamily
from kept.staff import actions
from kept.staff.models import Team
from kept.standards.days import day_of
from tests import cast
from tests.rooms.intake import messages as well_formed

IN_NORTH = Home("4 Larkhythewater Lane", "Canterbury", "Canterbury", "CT1 1MV")
_numbers = count(1000)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return day_of(now())


def born(days_ago: int) -> date:
    return today() - timedelta(days=days_ago)


def register(
    given: str, *, mother: str, days_old: int = 9, team: str = cast.NORTH, numbered: bool = True
) -> None:
    """A child of this given name and the mother, on a team's caseload, as a message would bring them."""
    child = replace(cast.child(given, "Example", next(_numbers)), born_on=born(days_old))
    if not numbered:
        child = replace(child, nhs_number="", nhs_number_status="")
    adult = cast.adult(mother, "Example", next(_numbers))
    with acting_as("intake"):
        by = cast.everyone(at=now()).intake
        cast.register(by=by, family=NewFamily(child, (adult,), team_called(team)), at=now())


def register_with_pairs(given: str, *, mother: str) -> None:
    """A child and a mother whom the Parent and Infant Relationship Service alone knows, from what they said."""
    plain = {"nhs_number": "", "nhs_number_status": ""}
    child = replace(cast.child(given, "Example", next(_numbers), sex=""), born_on=born(9), **plain)
    adult = replace(cast.adult(mother, "Example", next(_numbers)), phones=(), **plain)
    family = NewFamily(child, (adult,), team_called("Kent PAIRS"))
    by = cast.everyone(at=now()).pia
    with registering(by=by, family=family, purpose=cast.PAIRS, source="the-person", at=now()):
        pass


def team_called(name: str) -> int:
    team: int = Team.objects.using("owner").get(name=name).pk
    return team


def record_of(given: str) -> str:
    """The address of the child of this given name, or of an adult; of two, whoever was registered last."""
    found = cast.as_superuser(
        "select p.public_id from record_person p join record_name n on n.person_id = p.id"
        " where n.given = %s order by p.part = 'child' desc, p.id desc limit 1",
        given,
    )
    return f"/children/{found[0][0]}/"


def birth_messages(*, days_old: int = 9) -> dict[str, bytes]:
    """The files that a hospital and a GP send about Saoirse, her mother Gráinne and her father Emre."""
    told_at = now() - timedelta(hours=1)
    baby = replace(well_formed.BABY, born_at=told_at - timedelta(days=days_old))
    mother, father = well_formed.MOTHER, well_formed.FATHER
    family = Family("journeys", (baby,), (replace(mother, home=IN_NORTH), replace(father)), IN_NORTH, told_at)
    ((birth, contacts),) = messages(family)
    return {"0001-CH005.json": birth, "0002-CH023.json": contacts}


@dataclass(frozen=True, slots=True)
class Colleague:
    """An account of a test's own: `secret` is in their app, and empty where they have no second factor yet."""

    number: int
    email: str
    secret: str


def colleague(*, role: str = "practitioner", team: str = cast.NORTH, totp: bool = True) -> Colleague:
    email = f"colleague{next(_numbers)}@kent.example"
    number = actions.add_account(
        by=cast.BY,
        definition=definition_in_force(service=cast.HEALTH_VISITING, on=today()).definition,
        email=email,
        name="Robin",
        role=role,
        organisation=cast.TRUST,
        teams=[team] if team else [],
        password=cast.PASSWORD,
        at=now(),
    )
    secret = actions.add_totp(by=cast.BY, account=number, at=now()) if totp else ""
    return Colleague(number, email, secret)
