"""Whoever still has a key that was rotated away, and the database: it signs nothing that verifying believes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kept.ledger.custody import rotate
from kept.ledger.heads import Head
from kept.ledger.keys import PublicKey, Signer, new_signer, read_signer
from kept.ledger.seals import head_of, keys
from kept.ledger.succession import Succession, judged, key_trouble
from kept.ledger.verifying import Kept
from tests.cast import AT
from tests.rooms.ledger.sealed import SEALED_AT, Ledger

ROTATED_AT = AT + timedelta(days=1)
LATER = ROTATED_AT + timedelta(hours=1)
HEADS = "select number, size, root, sealed_at, caught_up, key, previous, signature from ledger_seal where number >= %s"


@pytest.fixture
def stolen(ledger: Ledger) -> Signer:
    """The first key; a second one has sealed since."""
    old = read_signer(ledger.key)
    with ledger.sealer() as connection:
        rotate(connection, file=ledger.key, at=ROTATED_AT)
    ledger.write(2)
    ledger.seal(at=LATER)
    return old


def signs_again(ledger: Ledger, signer: Signer, *, number: int, change: Callable[[Head], Head]) -> None:
    """Sign a head, and all that follow, anew."""
    before: Head | None = None
    for row in ledger.attack(f"{HEADS} order by number", number - 1):
        head = head_of(row)
        if head.number >= number and before:
            head = replace(change(replace(head, key=signer.id)), previous=before.hash())
            head = replace(head, signature=signer.sign(head.text()))
            ledger.attack(
                "update ledger_seal set key = %s, previous = %s, signature = %s, sealed_at = %s where number = %s",
                head.key, head.previous, head.signature, head.sealed_at, head.number,
            )  # fmt: skip
        before = head


def test_an_old_key_signs_no_new_head(ledger: Ledger, stolen: Signer) -> None:
    assert ledger.told(ledger.kept()) == []
    ledger.write()
    ledger.seal(at=LATER)
    signs_again(ledger, stolen, number=4, change=lambda head: head)
    assert ledger.told() == [("key-order", 4)]
    (finding,) = ledger.verify().findings
    assert f"Head 4 is signed with key {stolen.id}, though key" in finding.words


@pytest.mark.parametrize("back", [timedelta(0), LATER - SEALED_AT])
def test_an_old_key_instead_of_the_new_one(ledger: Ledger, stolen: Signer, back: timedelta) -> None:
    """The new key and its heads are taken away; whoever kept the keys is told, whatever time the new heads say."""
    kept = Kept(keys=ledger.kept().keys)
    new = kept.keys[1]
    signs_again(ledger, stolen, number=3, change=lambda head: replace(head, sealed_at=head.sealed_at - back))
    told = ledger.told(kept)
    assert told == ([] if back else [("key-order", 3)])
    ledger.attack("delete from ledger_key where id = %s", new.id)
    assert ledger.told(kept) == [("key", None), *told]
    assert ledger.told() == []  # from the database alone; it is said what cannot be known
    assert any("The public keys are those that the database itself holds" in words
               for words in ledger.verify().cannot_know)  # fmt: skip


def test_an_old_key_speaks_for_one_successor_alone(ledger: Ledger, stolen: Signer) -> None:
    """It made way for the new key; a forger's key that it signs as well is seen beside that."""
    kept = Kept(keys=ledger.kept().keys)
    forger = new_signer()
    key = PublicKey(forger.id, forger.public, ROTATED_AT + timedelta(minutes=1), before=stolen.id)
    ledger.attack(
        "insert into ledger_key values (%s, %s, %s, %s, %s)", key.id, key.public, key.from_at, key.before,
        stolen.sign(key.text()),
    )  # fmt: skip
    signs_again(ledger, forger, number=3, change=lambda head: head)
    for kept_or_not in (None, kept):
        assert ("key", None) in ledger.told(kept_or_not)
    ledger.attack("delete from ledger_key where id = %s", kept.keys[1].id)
    words = [finding.words for finding in ledger.verify(kept).findings]
    assert any("was kept, and the database has it no more" in said for said in words)
    assert any("each say that key" in said for said in words)


def test_a_key_that_is_not_as_it_was_kept(ledger: Ledger, stolen: Signer) -> None:
    kept = ledger.kept()
    ledger.attack("update ledger_key set from_at = from_at - interval '1 day' where id = %s", stolen.id)
    assert ledger.told(kept) == [("key", None)]


def test_the_sealer_builds_on_no_head_of_a_key_that_nobody_published(ledger: Ledger, stolen: Signer) -> None:
    from kept.ledger.sealing import Broken

    signs_again(ledger, new_signer(), number=3, change=lambda head: head)
    ledger.write()
    with pytest.raises(Broken, match="Seal 3"):
        ledger.seal(at=LATER)


def test_a_rotation_waits_for_a_pass_and_its_key_is_from_after_it(ledger: Ledger) -> None:
    with ledger.sealer() as one, ledger.sealer() as two:
        one.execute("select pg_advisory_lock(7105001)")
        two.execute("set lock_timeout = '50ms'")
        from kept.ledger.keys import KeyTrouble

        with pytest.raises(KeyTrouble, match="Try again"):
            rotate(two, file=ledger.key, at=ROTATED_AT)
        one.execute("select pg_advisory_unlock(7105001)")
        key = rotate(two, file=ledger.key, at=AT - timedelta(days=1))
        assert key.from_at >= SEALED_AT
        again = rotate(two, file=ledger.key, at=AT - timedelta(days=1))
        assert again.from_at > key.from_at
        assert [one.id for one in keys(two)][1:] == [key.id, again.id]
    ledger.write()
    ledger.seal()
    assert ledger.told(ledger.kept()) == []


def test_the_order_of_keys() -> None:
    def at(hours: int) -> datetime:
        return AT + timedelta(hours=hours)

    one, two = PublicKey("one", b"", at(0)), PublicKey("two", b"", at(10), before="one")
    keys_ = Succession((one, two))
    head = Head(1, 1, b"", at(5), True, "one", b"")
    assert key_trouble(keys_, None, head) == ""
    assert key_trouble(keys_, head, replace(head, key="two", sealed_at=at(10))) == ""
    assert "had taken over" in key_trouble(keys_, replace(head, key="two"), head)
    assert "did not seal" in key_trouble(keys_, None, replace(head, sealed_at=at(11)))
    assert "did not seal" in key_trouble(keys_, None, replace(head, sealed_at=at(-1)))
    assert "did not seal" in key_trouble(keys_, None, replace(head, key="two"))
    assert judged(own=(), kept=()).succession.keys == ()
