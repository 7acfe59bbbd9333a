"""Verifying the whole ledger: every seal, every column of every entry, and what somebody else kept of it.

The work is cut into stretches of seals, which processes of their own check (`checking`), all of one moment of the
database. Here is what only the whole can tell: entries under no seal, keys, kept heads.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import Any

import psycopg

from kept.ledger.canonical import connected
from kept.ledger.checking import Checked, Task, check_stretch, join_snapshot
from kept.ledger.findings import Finding
from kept.ledger.gone import LET_GO, LetGo, let_go_in, ranges_of, why_not
from kept.ledger.heads import Head
from kept.ledger.keys import PublicKey
from kept.ledger.seals import ONE_HEAD, head_of, keys, newest_head
from kept.ledger.succession import Succession, judged
from kept.ledger.tables import differences
from kept.ledger.tree import HASH_BYTES

A_STRETCH = 40_000
WITHOUT_HEADS = (
    "Whether the newest entries were cut off, or an older copy of the whole database was put in place of this one, "
    "cannot be known from the database alone. Give the heads that somebody else kept: --heads FILE"
)
OWN_KEYS = (
    "The public keys are those that the database itself holds: whoever could change it could have sealed all of it "
    "anew. Give the keys that somebody else kept: --keys FILE (or --heads FILE, which has them)"
)
FOR_TESTS = (
    "This database was made for tests, where entries may be dated by hand: back-dating was not looked for."
)

# The last seals of stretches, by the leaves that there are: what a seal says of its own size is not believed yet.
BOUNDARIES = """
select max(number) from (
    select number, sum(octet_length(leaves)) over (order by number) / %s as stretch
    from ledger_seal where number between 1 and %s) s
group by stretch order by 1
"""
# The first is number 1, and a chain leads from it to the newest; there is no other.
OUTSIDE_THE_CHAIN = "select number from ledger_seal where number < 1 order by 1"
# Numbers outside of every window, by the gaps between them; and what of some numbers is known.
OUTSIDE = """
select e.id from unnest(%s::bigint[], %s::bigint[]) gap (low, high)
join lateral (select id from ledger_entry where id between low and high) e on true
"""
# First the few, then what is known of them: put together, the two would be read whole.
NAMED_OUTSIDE = """
with s as materialized (
    select distinct entry_id from unnest(%s::bigint[], %s::bigint[]) gap (low, high)
    join lateral (select entry_id from ledger_subject where entry_id between low and high) named on true
)
select s.entry_id from s where not exists (select from ledger_entry e where e.id = s.entry_id)
and not exists (select from ledger_unsealed u where u.entry = s.entry_id) order by 1
"""
UNDER_NO_SEAL = """
select e.id, e.at from ledger_entry e where e.id = any (%s)
and not exists (select from ledger_seal s where s.entries @> e.id and s.number > 0)
and not exists (select from ledger_unsealed u where u.entry = e.id and u.at = e.at) order by e.id
"""
WAITING = """
select count(*) from ledger_unsealed u
where exists (select from ledger_entry e where e.id = u.entry and e.at = u.at)
"""
GONE_UNSEALED = """
select u.entry from ledger_unsealed u
where not exists (select from ledger_entry e where e.id = u.entry and e.at = u.at) order by 1
"""
# What was let go says so in an entry, which is verified like every other.
LET_GO_ENTRIES = """
select id, at, reason, exists (select from ledger_seal s where s.entries @> id and s.number > 0)
from ledger_entry where process = 'keeper' and act = %s and purpose = 'disposal' order by id
"""
# Of each kind of thing that may be wrong a million times over, so many are named.
NAMED = 100
LEFT_BEHIND = f"select id, at from ledger_entry where at < %s order by at, id limit {NAMED}"  # noqa: S608 - our number

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody else kept of this ledger."""

    heads: tuple[Head, ...] = ()
    keys: tuple[PublicKey, ...] = ()


@dataclass(slots=True)
class Verified:
    """What verifying found; nothing is wrong where `findings` is empty."""

    entries: int = 0
    seals: int = 0
    unsealed: int = 0
    let_go: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cannot_know: list[str] = field(default_factory=list)
    newest: Head | None = None


def verify(
    *,
    address: str,
    kept: Kept | None = None,
    processes: int = 2,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Verified:
    """Verify the ledger that `address` leads to, as the sealer. `progress` is told entries done, and of how many."""
    kept = kept or Kept()
    found = Verified()
    with connected(address) as connection:
        join_snapshot(connection, "")
        with connection.transaction():
            (snapshot,) = _row(connection, "select pg_export_snapshot()")
            by_the_clock = not _row(connection, "select ledger.takes_any_time()")[0]
            found.newest = newest_head(connection)
            found.findings += differences(connection)
            trust = judged(own=keys(connection), kept=kept.keys)
            found.findings += trust.findings
            found.cannot_know += trust.cannot_know
            months = _let_go(connection, found)
            whole = _Whole(connection, found, months)
            if found.newest:
                task = Task(address, snapshot, 0, 0, trust.succession, ranges_of(months), by_the_clock)
                stretches = list(_stretches(connection, found.newest))
                tasks = [replace(task, first=first, last=last) for first, last in stretches]
                for checked in _checked(tasks, processes, found.newest.size, progress):
                    whole.take(checked)
            whole.judge()
            _compare_heads(connection, kept.heads, trust.succession, found)
    found.cannot_know += [
        *([] if kept.heads else [WITHOUT_HEADS]),
        *([] if kept.keys else [OWN_KEYS]),
        *([] if by_the_clock else [FOR_TESTS]),
    ]
    return found


def _stretches(connection: Connection, newest: Head) -> Iterator[tuple[int, int]]:
    """Seals from the first to the newest, by their numbers, in stretches of about the same number of leaves."""
    first = 1
    for (last,) in connection.execute(BOUNDARIES, [HASH_BYTES * A_STRETCH, newest.number]).fetchall():
        yield first, last
        first = last + 1


def _checked(
    tasks: Sequence[Task], processes: int, size: int, progress: Callable[[int, int], None]
) -> Iterator[Checked]:
    """What each stretch gave, as it comes."""
    done = 0
    for checked in _shared(tasks, processes) if len(tasks) > 1 < processes else map(check_stretch, tasks):
        done += checked.entries
        progress(done, size)
        yield checked


def _shared(tasks: Sequence[Task], processes: int) -> Iterator[Checked]:
    """Others take stretches from the beginning; this process does not wait for them, and takes them from the end."""
    with ProcessPoolExecutor(processes - 1, mp_context=get_context("spawn")) as others:
        asked = [others.submit(check_stretch, task) for task in tasks]
        for task, answer in reversed(list(zip(tasks, asked, strict=True))):
            if answer.cancel():
                yield check_stretch(task)
        for answer in asked:
            if not answer.cancelled():
                yield answer.result()


class _Whole:
    """What the stretches found, put together."""

    def __init__(self, connection: Connection, found: Verified, months: Sequence[LetGo]) -> None:
        self.connection, self.found, self.months = connection, found, months
        self.gone = 0
        self.covered: list[tuple[int, int]] = []
        self.strays: list[int] = []
        self.missing: list[tuple[int, int]] = []

    def take(self, checked: Checked) -> None:
        self.found.entries += checked.entries
        self.gone += checked.let_go
        self.found.findings += checked.findings
        self.covered += checked.covered
        self.strays += checked.strays
        self.missing += checked.missing

    def judge(self) -> None:
        (self.found.seals,) = _row(self.connection, "select count(*) from ledger_seal")
        (self.found.unsealed,) = _row(self.connection, WAITING)
        outside = [number for (number,) in self.connection.execute(OUTSIDE, self._gaps())]
        for number, at in self.connection.execute(UNDER_NO_SEAL, [[*self.strays, *outside]]):
            words = (
                f"Entry {number}, dated {at:%Y-%m-%d %H:%M} UTC, is under no seal and does not wait for one: "
                "it was put in, or its seal was removed."
            )
            self._tell("inserted", words, entry=number)
        for (number,) in self.connection.execute(NAMED_OUTSIDE, self._gaps()):
            words = f"People are named under entry {number}, which is not there: they were put in."
            self._tell("inserted", words, entry=number)
        for (number,) in self.connection.execute(GONE_UNSEALED):
            self._tell("removed", f"Entry {number} was removed before it was sealed.", entry=number)
        for number, seal in sorted(self.missing):
            self._tell(
                "removed",
                f"Entry {number} was removed: it was sealed in seal {seal}.",
                entry=number,
                seal=seal,
            )
        for (number,) in self.connection.execute(OUTSIDE_THE_CHAIN):
            words = f"Seal {number} is from before the first one, and no chain leads to it: it was put in."
            self._tell("seal-put-in", words, seal=number)
        self._judge_let_go()
        self._judge_number()
        self.found.findings.sort(key=lambda one: (one.entry or 0, one.seal or 0))

    def _judge_let_go(self) -> None:
        """What was let go is believed of entries that are as they were sealed, and of so many as they say."""
        doubted = {one.entry for one in self.found.findings}
        self.found.let_go = [month.words for month in self.months if month.entry not in doubted]
        told = sum(month.many for month in self.months if month.entry not in doubted)
        if self.gone > told:
            words = f"{self.gone} entries are gone, and {told} were let go: the others were removed."
            self._tell("removed", words)
        until = max((month.until_at for month in self.months), default=None)
        for number, at in self.connection.execute(LEFT_BEHIND, [until]) if until else ():
            words = (
                f"Entry {number}, dated {at:%Y-%m-%d %H:%M} UTC, is from before {until:%Y-%m-%d}, though all from"
                " before then was let go: it was put in, or not all of it went."
            )
            self._tell("left-behind", words, entry=number)

    def _judge_number(self) -> None:
        """Each leaf of the newest head is an entry that is there, that was let go, or that is missing."""
        size = self.found.newest.size if self.found.newest else 0
        if (counted := self.found.entries + self.gone + len(self.missing)) != size:
            words = f"The newest head is of {size} entries, and {counted} were found under the seals that lead to it."
            self._tell("uncounted", words)

    def _gaps(self) -> list[list[int]]:
        """From where to where no window reached: the low ends and the high ends."""
        lows, highs, reached = [], [], 0
        for low, high in sorted(self.covered):
            if low > reached + 1:
                lows.append(reached + 1)
                highs.append(low - 1)
            reached = max(reached, high)
        return [[-(2**63), *lows, reached + 1], [0, *highs, 2**63 - 1]]

    def _tell(self, kind: str, words: str, *, entry: int | None = None, seal: int | None = None) -> None:
        self.found.findings.append(Finding(kind, words, entry, seal))


def _let_go(connection: Connection, found: Verified) -> list[LetGo]:
    """The months that were let go, as far as their entries are believed."""
    months: list[LetGo] = []
    for number, at, reason, sealed in connection.execute(LET_GO_ENTRIES, [LET_GO]).fetchall():
        month = let_go_in(number, at, reason)
        why = why_not(month, months) if month else "its words cannot be read"
        if not sealed:
            why = "it is not sealed yet; if it waits for its seal, verify again in a few seconds"
        if month and not why:
            months.append(month)
        else:
            words = f"Entry {number} says that a month was let go, and is not believed: {why}."
            found.findings.append(Finding("let-go", words, entry=number))
    return months


def _compare_heads(
    connection: Connection, heads: Sequence[Head], trusted: Succession, found: Verified
) -> None:
    """Each kept head is still what the ledger says it was. The tree up to it was computed anew from every entry."""
    for head in sorted(heads, key=lambda one: one.number):
        if not trusted.signed(head):
            words = f"Head {head.number} in the file is not signed with a key that is known: somebody else made it."
            found.findings.append(Finding("kept-head", words, seal=head.number))
            continue
        here = connection.execute(ONE_HEAD, [head.number]).fetchone()
        if here is None:
            words = (
                f"Head {head.number} of {head.sealed_at:%Y-%m-%d %H:%M} UTC, with {head.size} entries, was kept"
                f" elsewhere; the ledger ends at {found.newest.size if found.newest else 0}. The newest were cut"
                " off, or an older copy of the database was put in its place."
            )
            found.findings.append(Finding("cut-off", words, seal=head.number))
        elif head_of(here) != head:
            words = (
                f"Head {head.number} is not the one that was kept elsewhere: an older copy of the database was put in"
                " its place and worked on, or the ledger was sealed anew."
            )
            found.findings.append(Finding("another-history", words, seal=head.number))


def _row(connection: Connection, statement: str) -> tuple[Any, ...]:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return row
