"""A service's database is lost, and comes back on another server: rehearsed from the first command to the last."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as ours

from kept.database import embedded
from kept.database.embedded import Server
from kept.ledger.entries import Refused
from kept.record.reads import open_record
from kept.staff.reads import asker_of
from tests import cast, clusters
from tests.cast import AT, Cast, public_id_of
from tests.outside.rehearsing import kept, signed_in_anew, working_on
from tests.rooms.database.conftest import a_home
from tests.rooms.record.visits import records, visit

ATTACKS = (
    "select count(*) from record_name",
    "select count(*) from record_person",
    "select count(*) from ledger_entry",
    "select count(*) from intake_bundle",
)
SEEN = "select id, act, outcome, account, clauses from ledger_entry order by id"


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    for home in a_home(clusters.roots()[0]):
        assert kept("database", "start", KEPT_HOME=str(home)).code == 0
        yield embedded.located(home=home)


def sealed(database: str, folder: Path) -> dict[str, str]:
    """Seal all that waits, and hand the heads to somebody who keeps them: the settings, and their file."""
    sealer = {
        "KEPT_HOME": str(folder / "where-it-was"),
        "KEPT_DATABASE_SEALER": clusters.shared().address_for("kept_sealer", database=database),
    }
    assert kept("ledger", "seal", "--once", **sealer).code == 0
    return sealer


def heads_kept(file: Path, **sealer: str) -> str:
    ended = kept("ledger", "heads", "--since", "0", "--format", "json", **sealer)
    assert ended.code == 0, ended.said
    file.write_text(json.dumps(ended.told))
    return str(file)


def verified(heads: str, **settings: str) -> tuple[int, list[str]]:
    """How verifying with kept heads ends, and the kinds of what it finds."""
    ended = kept("ledger", "verify", "--heads", heads, "--format", "json", **settings)
    return ended.code, [finding["kind"] for finding in ended.told["findings"]]


def backed_up(database: str, folder: Path, *options: str) -> Path:
    address = clusters.shared().address_for("kept_backup", database=database)
    ended = kept("backup", str(folder), *options, "--format", "json", KEPT_DATABASE_BACKUP=address)
    assert ended.code == 0, ended.said
    assert ended.told["rows"] > 100
    return Path(ended.told["folder"])


def test_a_lost_record_comes_back_and_is_as_closed_as_before(
    people: Cast, database: str, elsewhere: Server, tmp_path: Path
) -> None:
    assert kept("backup-key", str(tmp_path / "key")).code == 0
    public = (tmp_path / "key").read_text().split()[3]
    records(people.hannah, visit(note="Before the backup."))
    before = open_record(
        by=people.hannah, public_id=public_id_of("Amina"), purpose=people.hannah.service, at=AT
    )
    sealer = sealed(database, tmp_path)
    before_it = heads_kept(tmp_path / "before.json", **sealer)
    entries = cast.as_superuser(SEEN)
    backup = backed_up(database, tmp_path / "backups", "--to", public)
    records(people.hannah, visit(note="After the backup, and lost."))
    after_it = heads_kept(tmp_path / "after.json", **sealed(database, tmp_path))

    home = {"KEPT_HOME": str(elsewhere.home), "KEPT_SECOND_FACTOR_KEY": ours.SECOND_FACTOR_KEY}
    ended = kept("restore", str(backup), "--key", str(tmp_path / "key"), "--format", "json", **home)
    assert ended.code == 0, ended.said
    assert (ended.told["last_entry"], ended.told["disposals_replayed"]) == (entries[-1][0], 0)
    assert kept("check", "--database", **home).code == 0
    assert verified(before_it, **home) == (0, [])
    assert verified(after_it, **home) == (1, ["cut-off"]), "somebody keeps the head of what was lost"

    with working_on(elsewhere) as addresses:
        assert asker_of(token=cast.token_of("hannah"), at=AT) is None, "nobody stays signed in"
        signed_in_anew("hannah", "samuel")
        hannah = asker_of(token=cast.token_of("hannah"), at=AT)
        samuel = asker_of(token=cast.token_of("samuel"), at=AT)
        assert hannah
        assert samuel
        amina = before.child.public_id
        after = open_record(by=hannah, public_id=amina, purpose=hannah.service, at=AT)
        assert after == before
        assert "After the backup" not in repr(after)
        with pytest.raises(Refused):
            open_record(by=samuel, public_id=amina, purpose=samuel.service, at=AT)
        with psycopg.connect(addresses["kept_owner"]) as owner:
            assert owner.execute("select count(*) from record_name").fetchone() == (0,)
        attacked(addresses["kept_application"])
    with psycopg.connect(elsewhere.address_for("kept_backup")) as reader:
        assert reader.execute(SEEN).fetchall()[: len(entries)] == entries
        assert reader.execute(
            "select count(*) from ledger_scope where opened_at < now() - interval '1 day'"
        ).fetchone() == (0,)


def attacked(address: str) -> None:
    """What nobody could do before, nobody can do now."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("kept.asker", "kept.entry", "ledger.entry"):
            connection.execute("select set_config(%s, '1', false)", [setting])
        for attack in ATTACKS:
            try:
                assert connection.execute(attack).fetchone() == (0,)  # type: ignore[arg-type]
            except psycopg.errors.InsufficientPrivilege:
                continue
        for statement in (
            "insert into ledger_entry (at) values (now())",
            "update record_name set given = 'Eve'",
            "delete from ledger_entry",
            "truncate ledger_entry",
            "set role kept_guard",
            "alter table record_name disable row level security",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)  # type: ignore[arg-type]


def test_what_is_left_to_do_is_said(people: Cast, database: str, elsewhere: Server, tmp_path: Path) -> None:
    backup = backed_up(database, tmp_path, "--plain")
    ended = kept("restore", str(backup), KEPT_HOME=str(elsewhere.home))
    assert ended.code == 1
    assert "encrypted with another key than KEPT_SECOND_FACTOR_KEY" in ended.told
    again = kept("restore", str(backup), KEPT_HOME=str(elsewhere.home))
    assert again.code == 3
    assert "holds something already" in again.said


def test_a_prepared_and_empty_database_is_restored_into(
    people: Cast, database: str, elsewhere: Server, tmp_path: Path
) -> None:
    home = {"KEPT_HOME": str(elsewhere.home), "KEPT_SECOND_FACTOR_KEY": ours.SECOND_FACTOR_KEY}
    assert kept("database", "prepare", "--for-tests", **home).code == 0
    assert kept("restore", str(backed_up(database, tmp_path, "--plain")), **home).code == 0


def test_who_may_open_it_must_be_said(tmp_path: Path) -> None:
    for options in ((), ("--plain", "--to", "age1nobody")):
        ended = kept("backup", str(tmp_path), *options, KEPT_HOME=str(tmp_path / "home"))
        assert (ended.code, "Say who may open the backup" in ended.said) == (1, True)
    assert kept("backup-key", str(tmp_path / "key")).code == 0
    assert "is there already" in kept("backup-key", str(tmp_path / "key")).said
