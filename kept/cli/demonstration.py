"""What a first look needs: both notices published, accounts of each role, and invented families.

Every step looks before it acts, so that a second start takes seconds and keeps what was entered.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kept.cli.answers import Exit, fail, people
from kept.cli.home import home
from kept.cli.program import program

PUBLISHER, APPROVER = "ira.governance@kent.example", "paul.officer@kent.example"
HEALTH_VISITING, PAIRS = "health-visiting", "parent-infant-relationship"
DELIVERER, CONTROLLER, PAIRS_DELIVERER = "kent-community-health", "kent-county-council", "real-group"
CHILDREN = 60
CONNECT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can sign in to look around."""

    email: str
    name: str
    role: str
    organisation: str
    teams: tuple[str, ...] = ()
    service: str = HEALTH_VISITING


def ready() -> None:
    """Everything, from the database on, with a few families and some messages that wait."""
    place_ready()
    if not families_there().exists():
        make_families()


def place_ready() -> None:
    """A database with both notices in force, and accounts of each role."""
    from kept.cli.database import prepared_database
    from kept.database import embedded
    from kept.database.addresses import given_addresses

    if not given_addresses(os.environ):
        embedded.start(home=home())
    refuse_beside_real_staff()
    prepared_database()
    publish_notices()
    if not accounts_file().exists():
        make_accounts()


def refuse_beside_real_staff() -> None:
    """Before anything is changed: where somebody works whom no demonstration invented, there will be none.

    Asked without the program, which would keep what it finds before there are any roles.
    """
    import psycopg

    from kept.database.addresses import DATABASE, given_addresses
    from kept.database.embedded import SUPERUSER, located
    from kept.database.roles import OWNER

    if accounts_file().exists():
        return
    given = given_addresses(os.environ)
    try:
        ours = given.get(OWNER) or located(home=home()).address_for(SUPERUSER, database=DATABASE)
        with psycopg.connect(ours, connect_timeout=CONNECT_SECONDS) as connection:
            somebody = connection.execute("select exists (select from staff_account)").fetchone()
    except psycopg.Error:
        return  # no database, or no tables: nobody works there; what else may be wrong is told by who prepares it
    if somebody == (True,):
        fail(
            "People work with this database already, and no invented staff or families come beside them. "
            "Name an empty database, or another KEPT_HOME.",
            code=Exit.NOT_SO,
        )


def families_there() -> Path:
    """Written when a first look has its families."""
    return home() / "demonstration-families"


def accounts_file() -> Path:
    return home() / "secrets" / "demonstration-accounts.json"


def publish_notices() -> None:
    """Both services' notices, by two demonstration people."""
    with program(role="publisher"):
        from kept.cli.notice import definitions_folder, services_of, texts_in
        from kept.published.actions import publish

        texts = texts_in(definitions_folder(None))
        for service in services_of(texts):
            publish(by=PUBLISHER, approved_by=APPROVER, service=service, texts=texts, at=now())


def now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def make_accounts() -> None:
    """Two teams that share Kent, people of each role, and the intake process."""
    with program(role="owner"):
        from kept.cli.staff import account_made, process_made
        from kept.intake.demonstration.places import POSTAL_DISTRICTS
        from kept.staff import actions

        north, south = "Kent North health visiting team", "Kent South health visiting team"
        half = len(POSTAL_DISTRICTS) // 2
        for name, districts in ((north, POSTAL_DISTRICTS[:half]), (south, POSTAL_DISTRICTS[half:])):
            actions.add_team(
                by=PUBLISHER, service=HEALTH_VISITING, name=name, postcode_districts=districts, at=now()
            )
        pairs = "Kent parent and infant team"
        actions.add_team(by=PUBLISHER, service=PAIRS, name=pairs, at=now())
        members = (
            Member("hv.north@kent.example", "Hannah North", "practitioner", DELIVERER, (north,)),
            Member("hv.south@kent.example", "Samuel South", "practitioner", DELIVERER, (south,)),
            Member("intake@kent.example", "Imani Post", "intake-officer", DELIVERER),
            Member("privacy@kent.example", "Priya Watch", "privacy-officer", CONTROLLER),
            Member(PUBLISHER, "Ira Page", "information-governance", CONTROLLER),
            Member(APPROVER, "Paul Seal", "information-governance", CONTROLLER),
            Member("pairs@kent.example", "Pia Bond", "practitioner", PAIRS_DELIVERER, (pairs,), PAIRS),
            Member("pairs.ig@kent.example", "Ines Page", "information-governance", CONTROLLER, (), PAIRS),
            Member("pairs.seal@kent.example", "Omar Seal", "information-governance", CONTROLLER, (), PAIRS),
        )
        made = [
            account_made(
                by=PUBLISHER,
                service=one.service,
                email=one.email,
                name=one.name,
                role=one.role,
                organisation=one.organisation,
                teams=one.teams,
                at=now(),
            )
            | {"name": one.name, "role": f"{one.role}, {one.service}"}
            for one in members
        ]
        process_made(
            by=PUBLISHER,
            service=HEALTH_VISITING,
            name="intake",
            role="intake",
            organisation=DELIVERER,
            token_file=token_file(),
            at=now(),
        )
        write_private(accounts_file(), json.dumps(made))


def token_file() -> Path:
    return home() / "secrets" / "intake.token"


def write_private(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)


def make_families() -> None:
    """Families of every kind; and messages about others, read as the real ones are, which wait for a person."""
    from kept.cli.answers import Format
    from kept.cli.filling import filled
    from kept.cli.intake import taken_in

    folder = home() / "demonstration-messages"
    filled(children=CHILDREN, seed=1, on=None)
    with program(role="intake"):
        folder.mkdir(exist_ok=True)
        write_faulty(folder)
        taken_in(folder=folder, token=token_file().read_text().strip(), at=None, format=Format.TEXT)
    folder.rename(families_there())


def write_faulty(folder: Path) -> None:
    """Three messages that a person must sort out, so that the queue has something to show."""
    from kept.intake.demonstration import families, messages

    *_, one_more = families(children=CHILDREN + 5, seed=1, at=now())
    *_, (birth, contacts) = messages(one_more)
    told = json.loads(birth)
    for entry in told["entry"]:
        for address in entry["resource"].get("address", ()):
            if entry["resource"]["resourceType"] == "Patient":
                address["district"] = "Medway"
    (folder / "9000001-CH005.json").write_text(json.dumps(told))
    (folder / "9000002-CH023.json").write_bytes(contacts[: len(contacts) // 2])
    (folder / "9000003-letter.json").write_text('{"resourceType": "Patient"}')


def welcome(*, port: int) -> None:
    """Who can sign in, with what. Invented people of a demonstration only."""
    people.print(
        "\nDemonstration accounts. The secret goes into an authenticator app (or: .venv/bin/kept staff code SECRET)."
    )
    accounts = json.loads(accounts_file().read_text())
    widest = max(len(one["role"]) for one in accounts)
    for one in accounts:
        people.print(
            f"  {one['role']:<{widest}} {one['email']:<28} password {one['password']}  secret {one['second_factor']}",
            markup=False,
        )
    people.print("")
