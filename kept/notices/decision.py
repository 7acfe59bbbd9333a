"""The answer to "may this be done": one of four outcomes, what it rests on, and what is still owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

NOTHING_WITHHELD: Mapping[str, str] = MappingProxyType({})


class Outcome(StrEnum):
    """``ASK`` means that agreement is missing; where nothing speaks the outcome is ``MUST_NOT``."""

    MUST = "must"
    MAY = "may"
    ASK = "ask"
    MUST_NOT = "must not"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision is truthy when the thing asked for may be done now, for the items in ``allowed``."""

    outcome: Outcome
    rests_on: tuple[str, ...]  # ids of clauses or law entries; never empty
    words: str  # the sentence to show a person: the clause's own words
    allowed: frozenset[str] = frozenset()  # items
    withheld: Mapping[str, str] = field(
        default_factory=lambda: NOTHING_WITHHELD, hash=False
    )  # item -> what refuses it
    owed: tuple[str, ...] = ()  # 'reason', 'ask', 'record', 'tell-family' and the like, still to be done

    beside: tuple[str, ...] = ()  # law that is not confirmed and speaks of the same thing; it decides nothing

    def __bool__(self) -> bool:
        return self.outcome is Outcome.MUST or self.outcome is Outcome.MAY


class Refused(Exception):
    """The answer is no. `decision` says under which clause, in words that can be shown."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.words)
        self.decision = decision
