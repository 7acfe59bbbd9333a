"""What a family said yes or no to, as the questions are given it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Agreement:
    """Somebody said yes to telling one recipient some items for one purpose.

    It is agreement in the sense of confidentiality, and no legal basis: care waits for nobody's consent.
    """

    recipient: str
    items: frozenset[str]
    purpose: str
    from_on: date
    until_on: date | None = None  # the first day on which it no longer counts: expired or withdrawn

    def covers(self, *, recipient: str, item: str, purpose: str, on: date) -> bool:
        named = self.recipient == recipient and self.purpose == purpose and item in self.items
        return named and self.from_on <= on and (self.until_on is None or on < self.until_on)


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody said no. '' stands for every recipient, or for every purpose."""

    from_on: date
    recipient: str = ""
    purpose: str = ""
    until_on: date | None = None  # the first day on which it no longer counts

    def covers(self, *, recipient: str, purpose: str, on: date) -> bool:
        named = self.recipient in ("", recipient) and self.purpose in ("", purpose)
        return named and self.from_on <= on and (self.until_on is None or on < self.until_on)
