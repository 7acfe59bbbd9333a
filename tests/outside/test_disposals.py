"""What was let go since a backup does not come back with it: the list of disposals is kept outside the database."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as ours
from typer import Exit

from kept.cli.disposals import let_go_and_list, orders
from kept.database import embedded
from kept.database.acting import acting_as
from kept.database.embedded import Server
from kept.ledger.letting_go import NotLetGo
from tests import cast, clusters
from tests.cast import Cast
from tests.outside.rehearsing import kept
from tests.outside.test_rehearsal import backed_up, sealed
from tests.rooms.database.conftest import a_home

LATER, UNTIL = datetime(2027, 1, 5, 9, tzinfo=UTC), date(2027, 1, 1)
TWO = {"by": "keeper@kent.example", "approved_by": "second@kent.example"}
COMMAND = "kept ledger let-go --until 2027-01-01 --by keeper@kent.example --approved-by second@kent.example"
# What disposal leaves of everybody: nobody has the ledger ids any more that entries name.
DISPOSED = "update record_person set ledger_id = gen_random_uuid()"


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    for home in a_home(clusters.roots()[0]):
        assert kept("database", "start", KEPT_HOME=str(home)).code == 0
        yield embedded.located(home=home)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list of disposals of this installation."""
    file = tmp_path / "private" / "disposals.jsonl"
    monkeypatch.setenv("KEPT_DISPOSALS", str(file))
    return file


@pytest.fixture
def confirmed(monkeypatch: pytest.MonkeyPatch, people: Cast, database: str, tmp_path: Path) -> None:
    """The rule is confirmed, and all that was entered is sealed."""
    texts = cast.texts()
    head, rule, rest = texts["retention.yaml"].partition("  with-the-record:\n")
    texts["retention.yaml"] = head + rule + rest.replace("status: unconfirmed", "status: confirmed", 1)
    monkeypatch.setattr(cast, "texts", lambda: texts)
    cast.publish_again()
    sealed(database, tmp_path)


def disposed() -> None:
    with cast.superuser() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(DISPOSED)


def lets_go() -> None:
    with acting_as("keeper"):
        let_go_and_list(**TWO, until=UNTIL, at=LATER)


def months(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        found = connection.execute("select entries from ledger_month order by until_at").fetchall()
    return [name.removeprefix("ledger.entry_") for (name,) in found]


def restored(backup: Path, elsewhere: Server, file: Path) -> tuple[int, Any]:
    home = {"KEPT_HOME": str(elsewhere.home), "KEPT_SECOND_FACTOR_KEY": ours.SECOND_FACTOR_KEY}
    ended = kept("restore", str(backup), "--format", "json", **home, KEPT_DISPOSALS=str(file))
    assert ended.code in (0, 1), ended.said
    return ended.code, ended.told


def test_a_month_that_was_let_go_since_the_backup_is_let_go_again(
    confirmed: None, database: str, elsewhere: Server, file: Path, tmp_path: Path
) -> None:
    disposed()
    backup = backed_up(database, tmp_path / "backups", "--plain")
    lets_go()
    code, told = restored(backup, elsewhere, file)
    assert (code, told["disposals_replayed"], told["to_do"]) == (0, 1, [])
    address = elsewhere.address_for("postgres", database="kept")
    assert "first" not in months(address)
    with psycopg.connect(address) as connection:
        entries = connection.execute("select process, act, reason from ledger_entry order by id").fetchall()
    assert {entry[:2] for entry in entries} == {("keeper", "let go of a month of the ledger")}
    assert all("by keeper@kent.example, approved by second@kent.example" in entry[2] for entry in entries)
    assert entries[0][2].startswith("first")
    key = str(tmp_path / "where-it-was" / "secrets" / "sealing_key")
    sealer = {"KEPT_HOME": str(elsewhere.home), "KEPT_SEALING_KEY": key}
    sealing = kept("ledger", "seal", "--once", "--after-restore", **sealer)
    assert sealing.code == 0, sealing.said
    ended = kept("ledger", "verify", "--format", "json", **sealer)
    assert (ended.code, ended.told["findings"]) == (0, [])


def test_what_cannot_be_let_go_again_is_said_with_the_command(
    confirmed: None, database: str, elsewhere: Server, file: Path, tmp_path: Path
) -> None:
    """The people whom the month names were disposed of after the backup too, and so they came back."""
    backup = backed_up(database, tmp_path / "backups", "--plain")
    disposed()
    lets_go()
    code, told = restored(backup, elsewhere, file)
    assert (code, told["disposals_replayed"]) == (1, 0)
    (left,) = told["to_do"]
    assert "What was let go on 2027-01-05 came back (first" in left
    assert "first stays: " in left
    assert left.endswith(COMMAND)


def test_what_had_gone_before_the_backup_is_not_counted(
    confirmed: None, database: str, elsewhere: Server, file: Path, tmp_path: Path
) -> None:
    disposed()
    lets_go()
    sealed(database, tmp_path)
    backup = backed_up(database, tmp_path / "backups", "--plain")
    code, told = restored(backup, elsewhere, file)
    assert (code, told["disposals_replayed"], told["to_do"]) == (0, 0, [])


def test_an_order_of_which_nobody_knows_how_it_ended_is_carried_out_again(
    confirmed: None, database: str, elsewhere: Server, file: Path, tmp_path: Path
) -> None:
    """The machine stopped between the order and what was said of it."""
    disposed()
    backup = backed_up(database, tmp_path / "backups", "--plain")
    lets_go()
    order, _, _ = file.read_text().split("\n")
    file.write_text(order + "\n" + '{"order": "cut o')
    code, told = restored(backup, elsewhere, file)
    assert (code, told["disposals_replayed"], told["to_do"]) == (0, 1, [])


def test_a_list_that_cannot_be_read_is_said(
    people: Cast, database: str, elsewhere: Server, file: Path, tmp_path: Path
) -> None:
    backup = backed_up(database, tmp_path / "backups", "--plain")
    file.parent.mkdir()
    file.write_text("nothing\n")
    code, told = restored(backup, elsewhere, file)
    assert code == 1
    assert f"{file} cannot be read" in told["to_do"][0]


def test_the_order_is_written_before_anything_goes_and_what_went_after_it(
    confirmed: None, file: Path
) -> None:
    disposed()
    lets_go()
    assert file.stat().st_mode & 0o777 == 0o600
    first, last = map(json.loads, file.read_text().splitlines())
    assert first == {
        "order": first["order"],
        "at": LATER.isoformat(),
        "what": "months of the ledger",
        "until": "2027-01-01",
        **TWO,
    }
    assert last == {"order": first["order"], "at": LATER.isoformat(), "gone": last["gone"]}
    assert last["gone"][0] == "first"


def test_what_was_not_let_go_is_in_the_list_as_that(people: Cast, file: Path) -> None:
    with pytest.raises(NotLetGo, match="is not confirmed"):
        lets_go()
    (order,) = orders()
    assert order.gone == ()


def test_nothing_is_let_go_where_the_list_cannot_be_written(
    confirmed: None, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    disposed()
    monkeypatch.setenv("KEPT_DISPOSALS", "/dev/null/list")
    with pytest.raises(Exit):
        lets_go()
    assert "first" in months(clusters.shared().address_for("postgres", database=database))
