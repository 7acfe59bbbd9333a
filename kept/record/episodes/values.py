"""Why care ends, what is said about handing over, and care as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kept.record.people.values import PersonShown

AGE, DIED, MISTAKE, MERGED, CORRECTED = "age", "died", "mistake", "merged", "corrected"
# Code → words. The national reasons for closing a referral (NHS Data Dictionary) fit under these.
ENDED: Mapping[str, str] = {
    AGE: "The child has grown out of this service",
    "complete": "What we set out to do together is done",
    "moved": "The family has moved away",
    "asked": "The family asked us to stop",
    "other-service": "Another service looks after them now",
    "no-answer": "We could not reach the family",
    DIED: "The child has died",
    MISTAKE: "It was begun by mistake",
    MERGED: "The record is shown in another record of the same child",
    CORRECTED: "The date of birth was corrected; the next time of care goes on from here",
}
# What a person can say; the rest follows from what was done otherwise.
ENDED_BY_A_PERSON = {code: words for code, words in ENDED.items() if code not in (MERGED, CORRECTED)}
HAND_OVERS: Mapping[str, str] = {
    "accepted": "Offered, and the family wants it",
    "declined": "Offered, and the family does not want it",
    "not-offered": "Not offered",
}


@dataclass(frozen=True, slots=True)
class EpisodeShown:
    """One time of care. `over_on` is the first day on which it is over; none where nobody can say yet."""

    from_on: date
    until_on: date | None
    serves_until_on: date | None
    ended_because: str
    hand_over: str

    @property
    def over_on(self) -> date | None:
        return min((day for day in (self.until_on, self.serves_until_on) if day), default=None)

    def is_open(self, *, on: date) -> bool:
        return self.from_on <= on and (self.over_on is None or on < self.over_on)

    @property
    def is_ended(self) -> bool:
        """Whether somebody has ended it, rather than time alone."""
        return self.until_on is not None


@dataclass(frozen=True, slots=True)
class CareShown:
    """Who looks after a child: the times of care, the latest first; the teams today; who is named."""

    episodes: tuple[EpisodeShown, ...] = ()
    teams: tuple[str, ...] = ()
    named: str = ""
    named_since_on: date | None = None

    @property
    def latest(self) -> EpisodeShown | None:
        return self.episodes[0] if self.episodes else None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be named: a practitioner of a team that looks after the child."""

    account: int
    name: str


@dataclass(frozen=True, slots=True)
class TeamShown:
    """A team that a child can be given to."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CareOpened:
    """How care of a child stands, and whom and which teams there are to choose from."""

    child: PersonShown
    care: CareShown
    colleagues: tuple[Colleague, ...]
    teams: tuple[TeamShown, ...]
