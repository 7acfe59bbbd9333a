"""Two versions of a notice beside each other: the lines that came, went and changed, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kept.notices.comparing import Change, compare
from kept.notices.definition import Definition
from kept.notices.leaflet import Leaflet, Line, leaflet

# What a change of what the program does is called, for a family; in the order in which it matters to one.
HEADINGS = {
    "newly-collected": "We may now write down",
    "newly-seen": "What can now be seen",
    "newly-told": "What may now be told",
    "no-longer-asked": "What is now told without asking you first",
    "new-purpose": "We may now use what we know for this",
    "kept-longer": "We keep this longer",
    "right-gone": "This right is not in the notice now",
    "no-longer-served": "The service is no longer for",
    "newly-served": "The service is now for",
    "no-longer-collected": "We no longer write down",
    "no-longer-seen": "What can no longer be seen",
    "no-longer-told": "What is no longer told",
    "newly-asked": "What is now told only if you agree",
    "purpose-gone": "We no longer use what we know for this",
    "kept-shorter": "We keep this for less time",
    "new-right": "This right is new in the notice",
}


@dataclass(frozen=True, slots=True)
class Reworded:
    before: Line
    now: Line


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from an older version to a newer one."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    reworded: tuple[Reworded, ...]
    same_words: tuple[Line, ...]  # the words stayed, and what they do did not
    does: Mapping[str, tuple[str, ...]]  # heading -> what is different in what is done
    tell: bool  # whether those who were given the older one must be told

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.reworded, self.same_words, self.does))


def changes(old: Definition, new: Definition) -> Changes:
    """Every difference; what each does is compared on one day, so that only the notice is compared, not the law."""
    before = leaflet(old, on=old.dated)
    now = leaflet(new, on=new.dated)
    was, is_now = _by_clause(before), _by_clause(now)
    done = compare(old, new, on=_day_of_both(old, new))
    stayed = [clause for clause in is_now if clause in was]
    return Changes(
        added=tuple(line for clause, line in is_now.items() if clause not in was),
        removed=tuple(line for clause, line in was.items() if clause not in is_now),
        reworded=tuple(
            Reworded(was[clause], is_now[clause])
            for clause in stayed
            if was[clause].words != is_now[clause].words
        ),
        same_words=tuple(
            is_now[clause]
            for clause in stayed
            if was[clause].words == is_now[clause].words
            and old.by_id[clause].means != new.by_id[clause].means
        ),
        does=dict(_done(done)),
        tell=any(change.must_be_told for change in done),
    )


def _day_of_both(old: Definition, new: Definition) -> date | None:
    """The first day of the newer one, unless the older one says itself that it is over by then."""
    day = max(old.from_on, new.from_on)
    return day if not (old.until_on and old.until_on <= day) else None


def _by_clause(read: Leaflet) -> dict[str, Line]:
    return {line.clause: line for line in read.lines}


def _done(done: tuple[Change, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, heading in HEADINGS.items():
        if words := tuple(change.words for change in done if change.kind == kind):
            yield heading, words
