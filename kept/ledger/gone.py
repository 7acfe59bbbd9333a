"""What the ledger says of its own months that were let go: pure, from the words of the entries that say so.

Months go whole, and the oldest first. What an entry says is believed only as far as it says just that.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

LET_GO = "let go of a month of the ledger"
WORDS = re.compile(
    r"^(\S+), from (-infinity|\d{4}-\d\d-\d\d) until (\d{4}-\d\d-\d\d):"
    r" (\d+) entries, numbers \{([\d,\[)]*)\}, (by .*)$",
    re.DOTALL,
)
RANGE = re.compile(r"\[(\d+),(\d+)\)")

# From, until (exclusive), and when the month was over; ascending, and none touches another of its month.
Ranges = tuple[tuple[int, int, datetime], ...]


@dataclass(frozen=True, slots=True)
class LetGo:
    """One month that was let go: what its entry says. The first one has no beginning."""

    entry: int
    at: datetime
    month: str
    from_on: date | None
    until_on: date
    many: int
    ranges: tuple[tuple[int, int], ...]
    by: str

    @property
    def until_at(self) -> datetime:
        return datetime.combine(self.until_on, time(), UTC)

    @property
    def words(self) -> str:
        went = f"{self.many} entries ({self.month}) were let go on {self.at:%Y-%m-%d}"
        return f"{went}, {self.by}, as entry {self.entry} says."


def let_go_in(entry: int, at: datetime, reason: str) -> LetGo | None:
    """What an entry about letting go says; None where it says nothing that could be read."""
    if not (found := WORDS.match(reason)):
        return None
    month, from_on, until_on, many, ranges, by = found.groups()
    told = tuple((int(low), int(high)) for low, high in RANGE.findall(ranges))
    try:
        since = None if from_on == "-infinity" else date.fromisoformat(from_on)
        return LetGo(entry, at, month, since, date.fromisoformat(until_on), int(many), told, by)
    except ValueError:
        return None


def why_not(month: LetGo, before: Sequence[LetGo]) -> str:
    """Why a month is not believed to have been let go, after those that were; empty where it is."""
    reached = before[-1].until_on if before else None
    if month.from_on != reached:
        return "months go one after another, the oldest first, and this one does not follow"
    if month.until_at > month.at or (month.from_on and month.from_on >= month.until_on):
        return "that month was not over"
    if month.many != sum(high - low for low, high in month.ranges):
        return "it does not name as many entries as it counts"
    return ""


def ranges_of(months: Iterable[LetGo]) -> Ranges:
    """The numbers of all that was let go; those of one month that touch are joined."""
    joined: list[tuple[int, int, datetime]] = []
    for low, high, until in sorted((low, high, one.until_at) for one in months for low, high in one.ranges):
        if joined and low <= joined[-1][1] and until == joined[-1][2]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]), until)
        else:
            joined.append((low, high, until))
    return tuple(joined)


def within(low: int, high: int, ranges: Ranges, *, since: datetime | None) -> bool:
    """Whether every number from `low` until `high` (exclusive) was let go, in one month.

    `since` is the moment from before which none of them can be, where that is known: whatever is from after the end
    of a month did not go with it.
    """
    place = bisect_right(ranges, (low, float("inf"))) - 1
    if place < 0:
        return False
    start, end, until = ranges[place]
    return start <= low and high <= end and (since is None or since < until)
