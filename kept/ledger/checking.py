"""Checking one stretch of the seals against the entries that are there: a process of its own can do it.

Every column of every entry is read and hashed. Where a window of entries gives the sealed leaves, nothing more is
looked at; where it does not, each entry of it is.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any

import psycopg

from kept.ledger.canonical import connected, leaves_of, rows_between
from kept.ledger.findings import Finding
from kept.ledger.gone import Ranges, within
from kept.ledger.heads import NO_HEAD, Head
from kept.ledger.succession import Succession, key_trouble
from kept.ledger.tree import HASH_BYTES, Frontier, unpacked

# Entries that are read and compared together.
A_WINDOW = 20_000
# An entry is sealed seconds after it was written. One that a sealer with nothing left to do had not seen by then, and
# that was sealed later all the same, was dated by hand.
LATE = timedelta(minutes=10)
# So many changed entries of a window are held against each other, to see which have changed places.
COMPARED = 40
SEALS = """
select number, size, root, sealed_at, caught_up, key, previous, signature, entries, leaves, frontier
from ledger_seal where number between %s and %s order by number
"""
CAUGHT_UP = "select sealed_at from ledger_seal where number < %s and caught_up order by number desc limit 1"


@dataclass(frozen=True, slots=True)
class Task:
    """One stretch of seals, and all that the process which checks it needs to know."""

    address: str
    snapshot: str
    first: int
    last: int
    keys: Succession
    gone: Ranges
    dated_by_the_clock: bool


@dataclass(slots=True)
class Checked:
    """What was found in a stretch. Numbers that are not under its seals are for the whole to judge."""

    entries: int = 0
    findings: list[Finding] = field(default_factory=list)
    missing: list[tuple[int, int]] = field(default_factory=list)  # entry, seal
    let_go: int = 0
    strays: list[int] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)

    def tell(self, kind: str, words: str, *, entry: int | None = None, seal: int | None = None) -> None:
        self.findings.append(Finding(kind, words, entry, seal))


@dataclass(frozen=True, slots=True)
class Seal:
    head: Head
    entries: Any
    leaves: bytes
    frontier: bytes
    bound: datetime | None  # entries from before that should have been sealed earlier

    def numbers(self) -> Iterator[int]:
        for one in self.entries:
            yield from range(one.lower, one.upper)

    def many(self) -> int:
        return sum(one.upper - one.lower for one in self.entries)

    def is_whole(self) -> bool:
        """Whether there is one leaf for each number."""
        return 0 < self.many() * HASH_BYTES == len(self.leaves)


def check_stretch(task: Task) -> Checked:
    """Check the seals of a task and the entries under them."""
    found = Checked()
    with connected(task.address) as connection:
        join_snapshot(connection, task.snapshot)
        with connection.transaction():
            connection.execute(f"set transaction snapshot '{task.snapshot}'")
            seals = _Following(connection, task, found)
            window: list[Seal] = []
            many = 0
            for seal in seals:
                if not seal.is_whole():
                    continue  # told already; its entries are under no seal that could be believed
                window.append(seal)
                many += seal.many()
                if many >= A_WINDOW:
                    _check_window(connection, window, task.gone, found)
                    window, many = [], 0
            if window:
                _check_window(connection, window, task.gone, found)
    return found


def join_snapshot(connection: psycopg.Connection[Any], snapshot: str) -> None:
    """No time-out while verifying, and one moment of the database for all who verify it together."""
    connection.execute("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0")
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ


class _Following:
    """The seals of a stretch, one after another, each checked against the one before."""

    def __init__(self, connection: psycopg.Connection[Any], task: Task, found: Checked) -> None:
        self.connection, self.task, self.found = connection, task, found
        self.head: Head | None = None
        self.tree = Frontier()
        self.bound: datetime | None = None

    def __iter__(self) -> Iterator[Seal]:
        self._begin()
        with self.connection.cursor(name="seals") as cursor:
            cursor.itersize = 8
            for row in cursor.execute(SEALS, [self.task.first, self.task.last]):
                seal = Seal(Head(*row[:8]), row[8], row[9], row[10], self.bound)
                self._check(seal)
                yield seal
        if self.head:
            self._check_signature(self.head)

    def _begin(self) -> None:
        before = self.connection.execute(SEALS, [self.task.first - 1, self.task.first - 1]).fetchone()
        if before and self.task.first > 1:
            self.head, self.tree = Head(*before[:8]), _tree(before[1], before[10]) or Frontier()
        caught_up = self.connection.execute(CAUGHT_UP, [self.task.first]).fetchone()
        if caught_up and self.task.dated_by_the_clock:
            self.bound = caught_up[0] - LATE

    def _check(self, seal: Seal) -> None:
        head, before = seal.head, self.head
        follows = head.number == (before.number + 1 if before else 1)
        if not follows:
            first = before.number + 1 if before else 1
            which = f"Seal {first}" if head.number == first + 1 else f"Seals {first} to {head.number - 1}"
            self.found.tell("seal-removed", f"{which} removed: seal {head.number} comes next.", seal=first)
        elif head.previous != (before.hash() if before else NO_HEAD):
            self.found.tell(
                "chain-broken",
                f"Head {head.number} does not name the head before it as that one stands: one of the two was changed.",
                seal=head.number,
            )
            for one in (before, head):
                self._check_signature(one)
        elif before is None or before.key != head.key:
            for one in (before, head):
                self._check_signature(one)
        if wrong := key_trouble(self.task.keys, before, head):
            self.found.tell("key-order", wrong, seal=head.number)
        self._grow(seal, follows=follows)
        self.head = head
        if head.caught_up and self.task.dated_by_the_clock:
            self.bound = head.sealed_at - LATE

    def _grow(self, seal: Seal, *, follows: bool) -> None:
        head, stored = seal.head, _tree(seal.head.size, seal.frontier)
        grown = self.tree.with_packed(seal.leaves)
        if follows:
            if grown.root != head.root or grown.size != head.size:
                self.found.tell(
                    "batch-changed",
                    f"The leaves of seal {head.number} do not give its signed root: "
                    "the batch was changed, or put in another order.",
                    seal=head.number,
                )
            elif grown != stored:
                self.found.tell(
                    "batch-changed",
                    f"Seal {head.number} holds another summary of the tree than its leaves give.",
                    seal=head.number,
                )
                stored = grown
        elif stored is None or stored.root != head.root:
            words = f"Seal {head.number} holds another summary of the tree than its signed root."
            self.found.tell("batch-changed", words, seal=head.number)
        if not seal.is_whole():
            words = f"Seal {head.number} names {seal.many()} entries and holds {len(seal.leaves) // HASH_BYTES} leaves."
            self.found.tell("batch-changed", words, seal=head.number)
        self.tree = stored or grown

    def _check_signature(self, head: Head | None) -> None:
        if head is None:
            return
        if not self.task.keys.signed(head):
            why = (
                f"is not signed with key {head.key}"
                if self.task.keys.key(head.key)
                else f"is signed with {head.key}, a key nobody knows"
            )
            self.found.tell("signature", f"Head {head.number} {why}.", seal=head.number)


def _check_window(
    connection: psycopg.Connection[Any], window: Sequence[Seal], gone: Ranges, found: Checked
) -> None:
    """Hold the entries from the first to the last number of some seals against their leaves."""
    low = min(seal.entries[0].lower for seal in window)
    high = max(seal.entries[-1].upper for seal in window) - 1
    found.covered.append((low, high))
    rows, named = rows_between(connection, low, high)
    if (
        not rows
        and not named
        and all(
            within(one.lower, one.upper, gone, since=seal.bound) for seal in window for one in seal.entries
        )
    ):
        found.let_go += sum(seal.many() for seal in window)
        return
    expected = b"".join(seal.leaves for seal in window)
    if any(one.entries[-1].upper > two.entries[0].lower for one, two in pairwise(window)):
        expected = b"".join(leaf for _, leaf in sorted(_sealed(window)))
    if b"".join(leaves_of(rows, named)) == expected and not _dated_before(rows, window[-1].bound):
        found.entries += len(rows)
        return
    _Window(window, rows, named, gone, found).compare()


def _sealed(window: Sequence[Seal]) -> Iterator[tuple[int, bytes]]:
    for seal in window:
        yield from zip(seal.numbers(), unpacked(seal.leaves), strict=False)


def _dated_before(rows: Sequence[bytes], bound: datetime | None) -> bool:
    """Whether any entry is dated before a moment, as the bytes have it."""
    if bound is None:
        return False
    said = f"{bound.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}".encode()
    return any([row[(tab := row.index(b"\t")) + 1 : tab + 27] < said for row in rows])  # noqa: C419 - a third quicker


class _Window:
    """A window that is not as it was sealed, an entry at a time."""

    def __init__(
        self,
        window: Sequence[Seal],
        rows: Sequence[bytes],
        named: Sequence[bytes],
        gone: Ranges,
        found: Checked,
    ) -> None:
        self.found, self.gone = found, gone
        self.seals = {number: seal for seal in window for number in seal.numbers()}
        self.sealed = dict(_sealed(window))
        self.rows: defaultdict[int, list[bytes]] = defaultdict(list)
        self.named: defaultdict[int, bytes] = defaultdict(bytes)
        for row in rows:
            self.rows[_number(row)].append(row)
        for row in named:
            self.named[_number(row)] += row

    def compare(self) -> None:
        changed = [number for number in self.rows if number in self.sealed and not self._is_as_sealed(number)]
        places = self._changed_places(changed)
        for number in changed:
            self._tell_changed(number, places.get(number))
        self.found.strays += [number for number in self.rows if number not in self.sealed]
        absent = [number for number in self.sealed if number not in self.rows]
        removed = [number for number in absent if not self._was_let_go(number)]
        self.found.missing += [(number, self.seals[number].head.number) for number in removed]
        self.found.let_go += len(absent) - len(removed)
        for number in self.named.keys() - self.rows.keys() - set(removed):
            words = f"People are named under entry {number}, which is not there: they were put in."
            self.found.tell("inserted", words, entry=number)

    def _was_let_go(self, number: int) -> bool:
        return within(number, number + 1, self.gone, since=self.seals[number].bound)

    def _is_as_sealed(self, number: int) -> bool:
        self.found.entries += 1
        rows, seal = self.rows[number], self.seals[number]
        leaves = [self._leaf(number, row) for row in rows]
        if len(rows) > 1 and self.sealed[number] in leaves:
            words = f"There are {len(rows)} entries with the number {number}: only one of them was sealed."
            self.found.tell("inserted", words, entry=number, seal=seal.head.number)
            return True
        if self.sealed[number] not in leaves:
            return False
        if _dated_before(rows, seal.bound):
            self.found.tell(
                "back-dated",
                f"Entry {number} is dated {_when(rows[0])}, and was sealed only on"
                f" {seal.head.sealed_at:%Y-%m-%d at %H:%M} UTC, though nothing waited for a seal in between:"
                " it was put in later, back-dated.",
                entry=number, seal=seal.head.number,
            )  # fmt: skip
        return True

    def _leaf(self, number: int, row: bytes, *, people_of: int | None = None) -> bytes:
        people = self.named[people_of or number]
        if people_of:
            people = b"".join(
                b"%d\t%s" % (number, line.split(b"\t", 1)[1]) for line in people.splitlines(keepends=True)
            )
        return sha256(b"\0" + row + people).digest()

    def _changed_places(self, changed: Sequence[int]) -> dict[int, int]:
        """Which of some entries stand where another one stood: number → the number under which it was sealed."""
        at = {self.sealed[number]: number for number in changed}
        places = {number: at.get(self._leaf(number, self.rows[number][0])) for number in changed}
        if len(changed) <= COMPARED:
            for here in changed:
                rest = self.rows[here][0].split(b"\t", 1)[1]
                for there in changed:
                    row = b"%d\t%s" % (there, rest)
                    leaves = {self._leaf(there, row), self._leaf(there, row, people_of=here)}
                    if here != there and self.sealed[there] in leaves:
                        places[here] = there
        return {here: there for here, there in places.items() if there}

    def _tell_changed(self, number: int, sealed_as: int | None) -> None:
        seal = self.seals[number].head.number
        if sealed_as:
            words = f"Entry {number} is what was sealed as entry {sealed_as}: the order was changed."
            self.found.tell("reordered", words, entry=number, seal=seal)
        else:
            words = f"Entry {number} is not what was sealed: it, or whom it names, was changed."
            self.found.tell("changed", words, entry=number, seal=seal)


def _tree(size: int, packed: bytes) -> Frontier | None:
    """The tree as a seal remembers it; None where what it holds is none."""
    try:
        return Frontier.unpacked(size, packed)
    except ValueError:
        return None


def _number(row: bytes) -> int:
    return int(row[: row.index(b"\t")])


def _when(row: bytes) -> str:
    return row.split(b"\t", 2)[1].decode()[:16] + " UTC"
