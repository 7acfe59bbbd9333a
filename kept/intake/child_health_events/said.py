"""What a message tells of a child who is known, gathered as it is read; and what every kind of it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.elements import Node, day, instant, node, nodes, text
from kept.intake.faults import Fault, Reason
from kept.record.assessments.values import Told
from kept.standards.days import day_of

MOST_LETTERS = 200  # of words that go into the record as they were sent
_DAY = timedelta(days=1)
_NOT_TRUE = frozenset({"entered-in-error", "cancelled", "unknown", "not-done"})


@dataclass(slots=True)
class Said:
    """What is told, what is left out (by code, never by content), and what is wrong with it."""

    told: list[Told] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, reason: Reason) -> None:
        self.faults.append(Fault(reason))

    def on(self, found_on: date | None) -> date:
        """The day on which something was found; that there is none is a fault, and the day is of no account then."""
        if found_on is None:
            self.wrong(Reason.DAY_UNKNOWN)
        return found_on or date.min

    def short(self, words: str) -> str:
        """Words of the sender's that go into the record; too many are a fault."""
        if len(words) > MOST_LETTERS:
            self.wrong(Reason.TOO_LARGE)
        return words


Reader = Callable[[Bundle], Said]


def true_ones(bundle: Bundle, kind: str) -> Iterator[Node]:
    """The resources of a type that hold, as far as they say."""
    return (one for one in bundle.of_kind(kind) if text(one, "status") not in _NOT_TRUE)


def day_found(resource: Node, bundle: Bundle, *keys: str) -> date | None:
    """When something was found: as the resource says, or else the encounter that the message is about."""
    for key in keys:
        if found := day_at(node(resource, key), "start") or day_at(resource, key):
            return found
    return happened_on(bundle)


def happened_on(bundle: Bundle) -> date | None:
    """The day of the encounter that the message is about; of the only one, where it points at none."""
    encounters = bundle.of_kind("Encounter")
    pointed_at = [bundle.resolve(one) for one in nodes(bundle.header, "focus")]
    about = [one for one in pointed_at if text(one, "resourceType") == "Encounter"]
    about = about or list(encounters if len(encounters) == 1 else ())
    return day_at(node(about[0], "period"), "start") if about else None


def day_at(parent: Node, key: str) -> date | None:
    """The day under a key; of a moment, the day that it was in England then, as a date of birth is."""
    try:
        moment = instant(parent, key)
        return day_of(moment) if moment else day(parent, key)
    except OverflowError:
        return None


def dated_rightly(told: Iterable[Told], *, born_on: date | None, sent_on: date | None) -> bool:
    """Whether every day that is told lies between the birth and the sending. A plan to protect may begin before."""
    for one in told:
        since_birth = [getattr(one, key, None) for key in ("on", "died_on", "solids_on")]
        days = [found for found in (*since_birth, getattr(one, "since_on", None)) if found]
        if sent_on and any(found - sent_on > _DAY for found in days):
            return False
        if born_on and any(found < born_on for found in since_birth if found):
            return False
    return True


def words_of(concept: Node) -> str:
    """What a concept is called: in its own text, or as its first code is displayed."""
    shown = (text(coding, "display") for coding in nodes(concept, "coding"))
    return text(concept, "text") or next((words for words in shown if words), "")
