"""What the ledger says of its own months that were let go: pure, from the words of the entries that say so."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LET_GO = "let go of a month of the ledger"
WORDS = re.compile(r"^(\S+): (\d+) entries, numbers \{([\d,\[)]*)\}, (by .*)$", re.DOTALL)
RANGE = re.compile(r"\[(\d+),(\d+)\)")

Ranges = tuple[tuple[int, int], ...]  # from, until (exclusive); ascending, and none touches another


@dataclass(frozen=True, slots=True)
class LetGo:
    """One month that was let go: what its entry says."""

    entry: int
    at: datetime
    month: str
    many: int
    ranges: Ranges
    by: str

    @property
    def words(self) -> str:
        went = f"{self.many} entries ({self.month}) were let go on {self.at:%Y-%m-%d}"
        return f"{went}, {self.by}, as entry {self.entry} says."


def let_go_in(entry: int, at: datetime, reason: str) -> LetGo | None:
    """What an entry about letting go says; None where it says nothing that could be read."""
    if not (found := WORDS.match(reason)):
        return None
    month, many, ranges, by = found.groups()
    told = tuple((int(low), int(high)) for low, high in RANGE.findall(ranges))
    return LetGo(entry, at, month, int(many), told, by)


def ranges_of(months: Iterable[LetGo]) -> Ranges:
    """The numbers of all that was let go, joined."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(one for month in months for one in month.ranges):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


def within(low: int, high: int, ranges: Ranges) -> bool:
    """Whether every number from `low` until `high` (exclusive) was let go."""
    place = bisect_right(ranges, (low, float("inf"))) - 1
    return place >= 0 and ranges[place][0] <= low and high <= ranges[place][1]
