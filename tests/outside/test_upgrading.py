"""From the version before: its backup is restored by this program, brought up to date, and everything reads.

`version_before` is a backup of the cast at work under the version before: on PostgreSQL 15, written through its own
doors, and not touched since. When a version is released, its own backup takes this one's place.
"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.test import Client

from kept.database import embedded
from kept.database.embedded import Server
from kept.database.migrated import versions
from kept.database.restoring import manifest_of
from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.record.reads import open_record
from kept.staff.reads import asker_of
from tests import cast, clusters
from tests.cast import AT
from tests.outside.rehearsing import Ended, kept, signed_in_anew, working_on
from tests.rooms.database.conftest import a_home

BEFORE = Path(__file__).parent / "version_before"
NEWER = "insert into django_migrations (app, name, applied) values ('record', '9999_of_a_newer_kept', now())"
PUBLIC_ID = (
    "select public_id from record_person p join record_name n on n.person_id = p.id where n.given = %s"
)


@pytest.fixture(scope="module")
def machine() -> Iterator[Server]:
    """A machine on which the version before was backed up, and this version is installed."""
    for home in a_home(clusters.roots()[0]):
        settings = {"KEPT_HOME": str(home)}
        assert kept("database", "start", **settings).code == 0
        restored = kept("restore", str(BEFORE), **settings)
        assert "This database is of an older Kept" in restored.told, restored.said
        assert "kept database prepare" in restored.told
        refused = kept("serve", "--port", "1", **settings)
        assert (refused.code, "of an older Kept" in refused.said) == (1, True), refused.said
        assert kept("database", "prepare", "--for-tests", **settings).code == 0
        yield embedded.located(home=home)


@pytest.fixture
def upgraded(machine: Server, django_db_blocker: object) -> Iterator[Server]:
    with django_db_blocker.unblock(), working_on(machine):  # type: ignore[attr-defined]
        signed_in_anew("hannah", "samuel", "priya", "pia", "imani")
        yield machine
        superuser(machine, "delete from staff_session")


def superuser(server: Server, statement: str, *values: object) -> list[tuple]:
    with psycopg.connect(server.address_for("postgres", database="kept")) as connection:
        cursor = connection.execute(statement, values)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def asker(name: str) -> Asker:
    found = asker_of(token=cast.token_of(name), at=AT)
    assert found
    return found


def test_nothing_is_lost_and_nothing_is_missing(upgraded: Server) -> None:
    manifest = manifest_of(BEFORE)
    assert versions(using="default").sentence == ""
    lost = [
        (table, many)
        for table, many in manifest.counts.items()
        if many
        and table != "public.django_migrations"
        and superuser(upgraded, "select to_regclass(%s) is not null", table) == [(True,)]
        and superuser(upgraded, f"select count(*) >= {many} from {table}") != [(True,)]
    ]
    assert lost == []


def test_the_house_stands(upgraded: Server) -> None:
    ended = kept("check", "--database", KEPT_HOME=str(upgraded.home))
    assert (ended.code, ended.said) == (0, "")


def test_what_was_written_before_is_read_now(upgraded: Server) -> None:
    ((amina,),) = superuser(upgraded, PUBLIC_ID, "Amina")
    hannah, samuel = asker("hannah"), asker("samuel")
    record = open_record(by=hannah, public_id=amina, purpose=hannah.service, at=AT)
    assert (record.child.given, record.child.family) == ("Amina", "Okafor")
    assert {one.given for one in record.adults} >= {"Grace"}
    assert "Feeding well." in repr(record)
    with pytest.raises(Refused):
        open_record(by=samuel, public_id=amina, purpose=samuel.service, at=AT)


def test_every_list_and_record_opens_in_the_pages(upgraded: Server, settings: object, tmp_path: Path) -> None:
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    children = superuser(
        upgraded,
        "select p.public_id, p.service, exists (select from record_caseload_place c where c.person_id = p.id"
        " and c.team_id = (select id from staff_team where name = 'Kent North')) from record_person p"
        " where p.part = 'child'",
    )
    assert len(children) >= 8
    for name, pages in {
        "hannah": ("/caseload/", "/not-yet-told/", "/search/"),
        "pia": ("/caseload/",),
        "imani": ("/intake/", "/duplicates/"),
        "priya": ("/who-has-looked/", "/life-at-risk/"),
    }.items():
        client = Client()
        client.cookies["sessionid"] = cast.token_of(name)
        mine = [
            f"/children/{public_id}/"
            for public_id, service, north in children
            if (name == "hannah" and north) or (name == "pia" and service == cast.PAIRS)
        ]
        for page in (*pages, *mine):
            assert client.get(page).status_code == 200, (name, page)


def test_work_goes_on(upgraded: Server) -> None:
    from kept.record.contacts.actions import record_contact
    from tests.rooms.record.visits import visit

    ((amina,),) = superuser(upgraded, PUBLIC_ID, "Amina")
    hannah = asker("hannah")
    before = superuser(upgraded, "select count(*) from ledger_entry")
    assert record_contact(
        by=hannah,
        public_id=amina,
        purpose=hannah.service,
        contact=visit(kind="unplanned", note="After the upgrade."),
        source="the-person",
        at=AT,
    )
    assert superuser(upgraded, "select count(*) from ledger_entry") > before


def test_a_database_that_a_newer_program_changed_is_left_alone(machine: Server) -> None:
    settings = {"KEPT_HOME": str(machine.home)}
    superuser(machine, NEWER)
    try:
        for command in (("database", "prepare", "--for-tests"), ("serve", "--port", "1")):
            ended: Ended = kept(*command, **settings)
            assert ended.code in (1, 3)
            assert "changed by a newer Kept than this one (it has record.9999_of_a_newer_kept)" in ended.said
    finally:
        superuser(machine, "delete from django_migrations where name = '9999_of_a_newer_kept'")
        connections.close_all()
