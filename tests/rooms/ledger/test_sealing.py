"""Sealing: nobody waits for it, it misses nothing, two of them do not fork, and a stopped one leaves nothing half."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from kept.database.acting import acting_as
from kept.ledger import sealing
from kept.ledger.custody import latest_key, put_aside, rotate, signer_here
from kept.ledger.heads import NO_HEAD
from kept.ledger.keys import KeyTrouble, new_signer, read_signer, write_signer
from kept.ledger.sealing import AnotherSealer, Broken, ranges_of, seal_next
from kept.ledger.seals import lag, newest_head
from tests import clusters
from tests.cast import AT, as_superuser, person_of
from tests.rooms.ledger.raw import DENIED, Raw, about, session
from tests.rooms.ledger.sealed import SEALED_AT, Ledger

WAITING = "select count(*) from ledger_unsealed"
AMINA = {"read": ("identity.name",)}


def test_every_entry_is_sealed_once_and_heads_follow_each_other(ledger: Ledger) -> None:
    sealed = ledger.kept().heads
    assert [head.number for head in sealed] == [1, 2]
    assert sealed[0].previous == NO_HEAD
    assert sealed[1].previous == sealed[0].hash()
    assert as_superuser("select e.id from ledger_entry e where (select count(*) from ledger_seal s"
                        " where s.entries @> e.id) <> 1") == []  # fmt: skip
    assert as_superuser(WAITING) == [(0,)]
    assert ledger.seal() == []


def test_refusals_and_searches_are_sealed_too(ledger: Ledger, application: Raw) -> None:
    """Whatever function writes an entry, it waits for its seal."""
    from tests.cast import token_of

    with application.kept() as raw:
        raw.one("select ledger.refuse(%s, 'try', 'p', '{}', '{x}', '', '', %s)", token_of("hannah"), AT)
    assert as_superuser(WAITING) == [(1,)]


def test_a_transaction_that_took_long_is_sealed_after_the_quicker_ones(
    ledger: Ledger, application: Raw
) -> None:
    with application.kept() as raw:
        slow = raw.open(about(person_of("Amina"), **AMINA))
        quick = ledger.write(2)
        ledger.seal()
        assert as_superuser(WAITING) == [(0,)]
    assert slow < quick[0]
    (sealed,) = ledger.seal()
    assert sealed.entries == 1
    assert ledger.told(ledger.kept()) == []


def test_an_entry_that_was_undone_leaves_a_hole_and_no_leaf(ledger: Ledger, application: Raw) -> None:
    before, after = ledger.write(), []
    with application.undone() as raw:
        raw.open(about(person_of("Amina"), **AMINA))
    after = ledger.write()
    assert after[0] == before[0] + 2
    (sealed,) = ledger.seal()
    assert sealed.entries == 2
    assert ledger.told() == []


def test_batches_are_limited_and_what_was_missed_is_caught_up(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.ledger.sealing.MOST_IN_A_BATCH", 3)
    ledger.write(7)
    assert [(one.entries, one.head.caught_up) for one in ledger.seal()] == [(3, False), (3, False), (1, True)]
    assert ledger.told(ledger.kept()) == []


def test_two_sealers_do_not_fork(ledger: Ledger) -> None:
    """The second finds the first at work and waits; once that is done, nothing is left for it."""
    ledger.write(2)
    with ledger.sealer() as one, ledger.sealer() as two:
        signer = signer_here(one, file=ledger.key, at=SEALED_AT)
        with one.transaction():
            assert seal_next(one, signer=signer, at=SEALED_AT)
            with pytest.raises(AnotherSealer):
                seal_next(two, signer=signer, at=SEALED_AT)
        assert seal_next(two, signer=signer, at=SEALED_AT) is None
    assert ledger.told(ledger.kept()) == []


def test_sealers_side_by_side(ledger: Ledger) -> None:
    ledger.write(12)
    done: list[int] = []

    def seal() -> None:
        with ledger.sealer() as connection:
            signer = signer_here(connection, file=ledger.key, at=SEALED_AT)
            for _ in range(20):
                try:
                    sealed = seal_next(connection, signer=signer, at=SEALED_AT)
                except AnotherSealer:
                    continue
                done.append(sealed.entries if sealed else 0)

    threads = [threading.Thread(target=seal) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 12
    assert ledger.told(ledger.kept()) == []


def test_nobody_waits_for_a_sealer_that_stands_still(ledger: Ledger) -> None:
    ledger.write()
    with ledger.sealer() as connection:
        signer = signer_here(connection, file=ledger.key, at=SEALED_AT)
        with connection.transaction():
            assert seal_next(connection, signer=signer, at=SEALED_AT)
            with session(ledger.database) as raw, raw.kept() as opened:
                opened.rows("set local lock_timeout = '50ms'")
                opened.open(about(person_of("Amina"), **AMINA))


def test_a_sealer_that_is_killed_leaves_nothing_half(ledger: Ledger) -> None:
    ledger.write(3)
    with ledger.sealer() as connection:
        signer = signer_here(connection, file=ledger.key, at=SEALED_AT)
        connection.execute("begin")
        assert seal_next(connection, signer=signer, at=SEALED_AT)
        clusters.superuser().execute("select pg_terminate_backend(%s)", [connection.info.backend_pid])
        with pytest.raises(psycopg.errors.AdminShutdown):
            connection.execute("select 1")
    assert as_superuser(WAITING) == [(3,)]
    assert [one.entries for one in ledger.seal()] == [3]
    assert ledger.told(ledger.kept()) == []


def test_a_head_never_goes_back_in_time(ledger: Ledger) -> None:
    ledger.write()
    (sealed,) = ledger.seal(at=AT - timedelta(days=1))
    assert sealed.head.sealed_at == SEALED_AT


def test_a_sealer_whose_clock_is_wrong_seals_nothing(ledger: Ledger) -> None:
    """A head from a time that is not now would speak against honest entries for ever."""
    ledger.write()
    ledger.attack("update ledger.cluster set kind = 'production'")
    now = datetime.now(UTC)
    for wrong in (now + timedelta(days=1), now - timedelta(minutes=2)):
        with pytest.raises(Broken, match="set both clocks"):
            ledger.seal(at=wrong)
    assert as_superuser(WAITING) == [(1,)]
    assert [one.entries for one in ledger.seal(at=now)] == [1]


def test_a_second_sealer_that_comes_too_late_finds_nothing(ledger: Ledger) -> None:
    with ledger.sealer() as connection, connection.transaction():
        assert sealing._batch(connection, []) == ([], [])


def test_a_changed_seal_is_not_built_upon(ledger: Ledger) -> None:
    ledger.write()
    ledger.attack("update ledger_seal set frontier = '' where number = 2")
    with pytest.raises(Broken, match="Seal 2"):
        ledger.seal()


def test_how_far_sealing_is_behind(ledger: Ledger) -> None:
    later = AT + timedelta(seconds=42)
    with acting_as("sealer"):
        assert (lag(at=later).unsealed, lag(at=later).oldest_seconds) == (0, 0.0)
        ledger.write(2)
        found = lag(at=later)
    assert (found.unsealed, found.oldest_seconds, found.oldest_at) == (2, 42.0, AT)
    assert found.head
    assert found.head.number == 2
    with session(ledger.database, "kept_monitor") as raw:
        assert raw.rows("select * from ledger.unsealed()") == [("entries-to-seal", 2, AT)]


def test_the_private_key_is_made_once_and_private(ledger: Ledger) -> None:
    assert ledger.key.stat().st_mode & 0o777 == 0o600
    before = ledger.key.read_bytes()
    ledger.write()
    ledger.seal()
    assert ledger.key.read_bytes() == before
    with pytest.raises(FileExistsError):
        write_signer(ledger.key, new_signer())


def test_a_key_that_was_not_written_whole_is_not_there(ledger: Ledger) -> None:
    """Killed while the file is written: what is left beside its place is no key, and the next start makes one."""
    folder = ledger.key.parent / "new"
    folder.mkdir()
    (folder / f".sealing_key.{os.getpid()}").write_bytes(b"")
    write_signer(folder / "sealing_key", new_signer())
    assert [file.name for file in folder.iterdir()] == ["sealing_key"]
    assert read_signer(folder / "sealing_key").id


@pytest.mark.parametrize("rotations", [1, 2])
def test_a_database_from_before_a_rotation_learns_of_the_key_again(ledger: Ledger, rotations: int) -> None:
    """As after a restore: nobody has to say that a key was lost which is not."""
    with ledger.sealer() as connection:
        for day in range(rotations):
            rotate(connection, file=ledger.key, at=SEALED_AT + timedelta(days=day + 1))
    kept = ledger.kept()
    ledger.attack("delete from ledger_key where before <> ''")
    ledger.write()
    ledger.seal(at=SEALED_AT + timedelta(days=4))
    assert ledger.kept().keys == kept.keys
    assert ledger.told(kept) == []


def test_what_is_kept_beside_the_key_speaks_for_no_other_database(ledger: Ledger) -> None:
    with ledger.sealer() as connection:
        rotate(connection, file=ledger.key, at=SEALED_AT + timedelta(days=1))
    other = new_signer()
    ledger.attack("delete from ledger_key")
    ledger.attack("insert into ledger_key values (%s, %s, %s, '', '')", other.id, other.public, SEALED_AT)
    ledger.write()
    with pytest.raises(KeyTrouble, match="is sealed with"):
        ledger.seal()
    ledger.key.with_name("sealing_key.public.json").write_text("nothing")
    with pytest.raises(KeyTrouble, match="Move it away"):
        ledger.seal()


OLDER_COPY = (
    "delete from ledger_seal where number > 1",
    "insert into ledger_unsealed select id, at from ledger_entry order by id desc limit 5",
)


def test_no_number_is_signed_twice_without_a_word(ledger: Ledger) -> None:
    """An older copy is put in place and worked on: the sealer has signed those numbers already."""
    kept = ledger.kept()
    for statement in OLDER_COPY:
        ledger.attack(statement)
    with pytest.raises(Broken, match=r"Head 2 of .* was signed here, and this database does not have it"):
        ledger.seal()
    put = put_aside(ledger.key)
    assert put
    assert put.name == "sealing_key.head-before-restore-2.json"
    assert put_aside(ledger.key) is None
    (sealed,) = ledger.seal(at=SEALED_AT + timedelta(hours=1))
    assert sealed.head.number == 2
    assert ledger.told(kept) == [("another-history", 2)]


def test_what_is_remembered_is_behind_when_the_sealer_was_killed(ledger: Ledger) -> None:
    """The head was stored, and not remembered any more: nothing is wrong with that."""
    newest = ledger.key.with_name("sealing_key.head.json")
    before = newest.read_bytes()
    ledger.write()
    ledger.seal()
    assert newest.read_bytes() != before
    newest.write_bytes(before)
    ledger.write()
    assert [one.head.number for one in ledger.seal()] == [4]


def test_no_other_key_seals(ledger: Ledger) -> None:
    ledger.write()
    ledger.key.unlink()
    with pytest.raises(KeyTrouble, match="kept ledger key replace"):
        ledger.seal()
    write_signer(ledger.key, new_signer())
    with pytest.raises(KeyTrouble, match="is sealed with"):
        ledger.seal()


def test_a_file_that_is_no_key(ledger: Ledger) -> None:
    ledger.key.write_text("nothing")
    with pytest.raises(KeyTrouble, match="cannot be read"):
        ledger.seal()


def test_a_rotation_that_was_stopped_half_way(ledger: Ledger) -> None:
    """The key was published, and its file is still beside the old one: the next start puts it in its place."""
    with ledger.sealer() as connection:
        old = ledger.key.read_bytes()
        new = rotate(connection, file=ledger.key, at=SEALED_AT + timedelta(days=1))
        ledger.key.rename(ledger.key.with_name("sealing_key.next"))
        ledger.key.write_bytes(old)
        assert signer_here(connection, file=ledger.key, at=SEALED_AT).id == new.id
        assert read_signer(ledger.key).id == new.id
    assert not ledger.key.with_name("sealing_key.next").exists()


def test_a_lost_key_is_replaced_and_that_shows(ledger: Ledger) -> None:
    ledger.key.unlink()
    with ledger.sealer() as connection:
        rotate(connection, file=ledger.key, lost=True, at=SEALED_AT + timedelta(days=1))
        latest = latest_key(connection)
    assert latest
    assert latest.before == ""
    ledger.write()
    ledger.seal()
    found = ledger.verify()
    assert found.findings == []
    assert any("said to be lost" in words for words in found.cannot_know)


def test_the_sealer_reads_the_ledger_and_no_record(ledger: Ledger) -> None:
    with session(ledger.database, "kept_sealer") as raw:
        assert raw.one("select count(*) from ledger_entry") > 5
        for table in ("record_person", "record_name", "record_contact", "staff_account", "intake_bundle"):
            assert raw.told(f"select * from {table}") == DENIED, table
        for statement in (
            "insert into ledger_entry (id) values (1)",
            "update ledger_seal set size = 1",
            "delete from ledger_seal",
            "delete from ledger_key",
            "update ledger_unsealed set entry = 1",
        ):
            assert raw.told(statement) == DENIED, statement


@pytest.mark.parametrize(
    "role", ["kept_application", "kept_intake", "kept_door", "kept_publisher", "kept_keeper"]
)
def test_nobody_else_touches_what_seals(database: str, role: str) -> None:
    with session(database, role) as raw:
        for table in ("ledger_seal", "ledger_key", "ledger_unsealed"):
            for statement in ("delete from {}", "insert into {} select * from {}", "truncate {}"):
                assert raw.told(statement.format(table, table)) == DENIED, (role, table)


def test_the_owner_changes_no_seal(ledger: Ledger) -> None:
    with session(ledger.database, "kept_owner") as raw:
        for table in ("ledger_seal", "ledger_key"):
            for statement in ("delete from {}", "truncate {}", "update {} set signature = ''"):
                assert raw.told(statement.format(table)) == "23001"


def test_numbers_become_ranges() -> None:
    assert [(one.lower, one.upper) for one in ranges_of([1, 2, 3, 7, 9, 10])] == [(1, 4), (7, 8), (9, 11)]
    assert [(one.lower, one.upper) for one in ranges_of([5])] == [(5, 6)]


def test_the_sealer_ends_with_whoever_started_it(ledger: Ledger, tmp_path: Path) -> None:
    """As `kept serve` starts it: it seals, and stops when the pipe that the server holds is closed."""
    ledger.write(2)
    environment = {
        **clusters.os.environ,
        **clusters.settings_of(ledger.database),
        "KEPT_HOME": str(tmp_path),
        "KEPT_SEALING_KEY": str(ledger.key),
    }
    command = [sys.executable, "-c", "from kept.cli import main; main()", "ledger", "seal", "--beside"]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)
    assert process.stdin
    with ledger.sealer() as connection:
        for _ in range(300):
            if (head := newest_head(connection)) and head.number == 3:
                break
            threading.Event().wait(0.1)
        assert head
        assert head.number == 3
    process.stdin.close()
    assert process.wait(30) == 0
