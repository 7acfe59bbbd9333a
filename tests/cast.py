"""The people of the tests, who are the same in every one. Nobody here is anybody.

Health visiting has two teams. **Hannah** and **Nadia** (a lead) and **Ada** (an administrator) look after Kent
North, **Samuel** after Kent South; **Sefi** leads on safeguarding; **Imani** sorts messages; **Priya** is the
council's privacy officer; **Ira** and **Ivo** are its information governance. **Pia** works for the Parent and Infant
Relationship Service, and **Paul** is its
privacy officer. Two processes read messages: **intake** and **pairs_intake**.

Amina Okafor is a week old, of Kent North; her mother is Grace. Bo Larsen, of Kent South, lives with his father
Nils. Cleo Marsh is known to the Parent and Infant Relationship Service alone.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg

from kept.database.acting import acting_as
from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.standards.nhs_number import test_number

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HEALTH_VISITING, PAIRS = "health-visiting", "parent-infant-relationship"
TRUST, COUNCIL, REAL_GROUP = "kent-community-health", "kent-county-council", "real-group"
DEFINITIONS = Path(__file__).parents[1] / "definitions"
NORTH, SOUTH = "Kent North", "Kent South"
PASSWORD = "correct horse battery staple"
BY, APPROVER = "ira.governance@kent.example", "paul.officer@kent.example"

STAFF = {
    "hannah": ("practitioner", HEALTH_VISITING, TRUST, NORTH),
    "samuel": ("practitioner", HEALTH_VISITING, TRUST, SOUTH),
    "nadia": ("lead", HEALTH_VISITING, TRUST, NORTH),
    "ada": ("administrator", HEALTH_VISITING, TRUST, NORTH),
    "sefi": ("safeguarding-lead", HEALTH_VISITING, TRUST, ""),
    "imani": ("intake-officer", HEALTH_VISITING, TRUST, ""),
    "priya": ("privacy-officer", HEALTH_VISITING, COUNCIL, ""),
    "ana": ("analyst", HEALTH_VISITING, COUNCIL, ""),
    "ira": ("information-governance", HEALTH_VISITING, COUNCIL, ""),
    "ivo": ("information-governance", HEALTH_VISITING, COUNCIL, ""),
    "pia": ("practitioner", PAIRS, REAL_GROUP, "Kent PAIRS"),
    "paul": ("privacy-officer", PAIRS, COUNCIL, ""),
}
PROCESSES = {"intake": (HEALTH_VISITING, TRUST), "pairs_intake": (PAIRS, REAL_GROUP)}


# The statement whose clauses are taken out while a test is put to the proof (see tests/proving.py); usually none.
without = ""


def texts() -> dict[str, str]:
    """The project's own definitions, by their names."""
    from tests.proving import without_statement

    found = {
        file.relative_to(DEFINITIONS).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(DEFINITIONS.rglob("*.yaml"))
    }
    if not without:
        return found
    return {
        name: without_statement(text, without) if name.startswith("services/") else text
        for name, text in found.items()
    }


def definition(service: str) -> Definition:
    """A service's definition as the project has it, for tests that need no database."""
    from kept.notices.loading import load

    return load(texts(), service=service)


def publish(in_force_from: str = "2017-01-01") -> None:
    """Publish both notices. The tests let them begin in 2017, the year of the published sample messages."""
    from kept.published.actions import publish as publish_notice

    brought_forward = {
        name: _from(text, in_force_from) if name.startswith("services/") else text
        for name, text in texts().items()
    }
    for service in (HEALTH_VISITING, PAIRS):
        publish_notice(by=BY, approved_by=APPROVER, service=service, texts=brought_forward, at=AT)


def publish_again() -> None:
    """Replace what is published by the definitions as they are now: only a test's own superuser can do that."""
    from kept.published import reads

    with superuser() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("truncate published_permit, published_definition restart identity cascade")
    reads.published.cache_clear()
    with acting_as("publisher"):
        publish()


def _from(text: str, day: str) -> str:
    head, sep, rest = text.partition("in_force: {from: ")
    assert sep, "a service's file says from when it is in force"
    return head + sep + day + rest[10:]


def take_their_places() -> None:
    """Accounts, teams, processes, sessions; then the families, as a message would bring them."""
    from kept.published.reads import definition_in_force
    from kept.staff import actions

    with acting_as("owner"):
        for team, service, districts in (
            (NORTH, HEALTH_VISITING, ("CT1",)),
            (SOUTH, HEALTH_VISITING, ("TN9",)),
            ("Kent PAIRS", PAIRS, ("CT1", "TN9")),
        ):
            actions.add_team(by=BY, service=service, name=team, postcode_districts=districts, at=AT)
        for name, (role, service, organisation, team) in STAFF.items():
            account = actions.add_account(
                by=BY,
                definition=definition_in_force(service=service, on=AT.date()).definition,
                email=f"{name}@kent.example",
                name=name.capitalize(),
                role=role,
                organisation=organisation,
                teams=[team] if team else [],
                password=PASSWORD,
                at=AT - timedelta(days=30),
            )
            actions.add_totp(by=BY, account=account, at=AT)
            _sign_in(name, account)
        for name, (service, organisation) in PROCESSES.items():
            _let_process_ask(name, service, organisation)
    people = everyone()
    with acting_as("intake"):
        for family in families(people):
            register(**family)
    from django.db import connections

    connections.close_all()


def _sign_in(name: str, account: int) -> None:
    """A session that has given its second factor and stays good for as long as a test may last."""
    from kept.staff.models import Session

    Session.objects.using("owner").create(
        session_key=hashlib.sha256(token_of(name).encode()).hexdigest(),
        session_data="",
        expire_date=AT + timedelta(days=36500),
        account_id=account,
        signed_in_at=AT,
        second_factor_at=AT,
        last_seen_at=AT + timedelta(days=36500),
    )


def _let_process_ask(name: str, service: str, organisation: str) -> None:
    from kept.staff.models import Process

    Process.objects.using("owner").create(
        name=name,
        token_hash=hashlib.sha256(token_of(name).encode()).hexdigest(),
        role="intake",
        service=service,
        organisation=organisation,
    )


def second_factor_of(name: str) -> str:
    """The secret in the authenticator app of one of the staff, in base32."""
    from kept.staff.encryption import Use, decrypt

    ((kept,),) = as_superuser(
        "select m.data->>'secret' from mfa_authenticator m join staff_account a on a.id = m.user_id"
        " where a.email = %s and m.type = 'totp'",
        f"{name}@kent.example",
    )
    return decrypt(kept, use=Use.SECOND_FACTOR)


def token_of(name: str) -> str:
    return f"token-of-{name}"


@dataclass(frozen=True)
class Cast:
    """Everyone who asks, as the database knows them."""

    hannah: Asker
    samuel: Asker
    nadia: Asker
    ada: Asker
    sefi: Asker
    imani: Asker
    priya: Asker
    ana: Asker
    ira: Asker
    ivo: Asker
    pia: Asker
    paul: Asker
    intake: Asker
    pairs_intake: Asker


def everyone(*, at: datetime = AT) -> Cast:
    from kept.staff.reads import asker_of

    def found(name: str) -> Asker:
        token = f"process:{token_of(name)}" if name in PROCESSES else token_of(name)
        asker = asker_of(token=token, at=at)
        assert asker, f"{name} is signed in"
        return asker

    return Cast(**{name: found(name) for name in (*STAFF, *PROCESSES)})


def families(people: Cast) -> Iterator[dict[str, object]]:
    from kept.record.families.values import NewFamily

    yield {
        "by": people.intake,
        "family": NewFamily(child("Amina", "Okafor", 1), (adult("Grace", "Okafor", 2),), _team(NORTH)),
    }
    yield {
        "by": people.intake,
        "family": NewFamily(
            child("Bo", "Larsen", 3, sex="1", postcode="TN9 1CC"),
            (adult("Nils", "Larsen", 4, relationship="BPF", postcode="TN9 1CC"),),
            _team(SOUTH),
        ),
    }


def register(*, by: Asker, family: object, at: datetime = AT) -> None:
    from kept.record.families.actions import registering

    with registering(by=by, family=family, purpose=by.service, source="health-organisation", at=at):  # type: ignore[arg-type]
        pass


def child(given: str, family: str, number: int, *, sex: str = "2", postcode: str = "CT1 1CC"):  # type: ignore[no-untyped-def]
    from kept.record.people.values import NewPerson

    return NewPerson(
        part="child",
        given=given,
        family=family,
        born_on=date(2026, 11, 15),
        sex=sex,
        nhs_number=test_number(number),
        nhs_number_status="01",
        address="1 Hopbine Lane",
        postcode=postcode,
        authority="Kent",
    )


def adult(  # type: ignore[no-untyped-def]
    given: str, family: str, number: int, *, relationship: str = "BPM", postcode: str = "CT1 1CC"
):
    from kept.record.people.values import NewPerson

    return NewPerson(
        part="parent",
        given=given,
        family=family,
        born_on=date(1995, 5, 5),
        nhs_number=test_number(number),
        nhs_number_status="01",
        address="1 Hopbine Lane",
        postcode=postcode,
        authority="Kent",
        phones=("07700 900001",),
        relationship=relationship,
        parental_responsibility=True,
        lives_with=True,
    )


def _team(name: str) -> int:
    from kept.staff.models import Team

    return Team.objects.using("owner").get(name=name).pk


def public_id_of(given: str) -> UUID:
    """The address of somebody's record, as the database's own superuser reads it: no asker could."""
    (found,) = as_superuser(
        "select p.public_id from record_person p join record_name n on n.person_id = p.id where n.given = %s",
        given,
    )
    return found[0]


def person_of(given: str) -> int:
    (found,) = as_superuser("select person_id from record_name where given = %s", given)
    return found[0]


def as_superuser(sql: str, *values: object) -> list[tuple]:
    """Rows as nobody who works here could read them: what really stands in the database of this test."""
    with superuser() as connection:
        cursor = connection.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def superuser() -> Iterator[psycopg.Connection]:
    from django.db import connections

    from tests import clusters

    database = connections.settings["default"]["NAME"]
    address = clusters.shared().address_for("postgres", database=database)
    with psycopg.connect(address) as connection:
        yield connection
