"""What is told about somebody: which items stand here, as they are recorded and as they are shown."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

ETHNICITY = "background.ethnicity"
COMMUNICATION = "needs.communication"
# One answer at a time: a new one ends the one before, which stays in the history.
ONE_ANSWER = (
    ETHNICITY,
    "background.culture",
    "background.religion",
    "background.sexual-orientation",
    "background.language",
)
# What somebody may be asked and choose not to say: that is an answer too, and is kept as one.
DECLINABLE = ("background.culture", "background.religion", "background.sexual-orientation")
# As many as there are.
SEVERAL = (
    "needs.communication",
    "health.facts",
    "health.disability",
    "health.long-term-condition",
    "health.special-educational-need",
    "health.pregnancy",
    "health.birth-history",
    "health.development",
    "mental-health.facts",
    "circumstances.police-contact",
    "circumstances.police-involvement",
    "circumstances.social-worker",
    "circumstances.social-services-support",
    "circumstances.service-involvement",
    "circumstances.domestic-abuse",
    "circumstances.domestic-abuse-service",
    "circumstances.money",
    "circumstances.housing",
    "circumstances.ever-in-care",
    "circumstances.young-carer",
    "circumstances.looked-after",
    "circumstances.protection-plan",
)
KINDS = ONE_ANSWER + SEVERAL
MOST_LETTERS = 4_000
STILL_SO, CHANGED, NO_LONGER_SO, NEVER_SO = "still-so", "changed", "no-longer-so", "never-so"
OUTCOMES = (STILL_SO, CHANGED, NO_LONGER_SO, NEVER_SO)
ENDING = (CHANGED, NO_LONGER_SO, NEVER_SO)
MOST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class NewCircumstance:
    """Something about to be recorded about one person: its item, the words (or the code of a national list) or that
    the person chose not to say, since when it is so where that is known, and who told us."""

    kind: str
    said: str = ""
    declined: bool = False
    since_on: date | None = None
    source: str = "the-person"
    once: UUID | None = None
    """Made by the form, so that a form sent twice is recorded once."""


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """Whether somebody's communication needs were met on a day, and what was done for them or was missing."""

    met: bool
    on: date
    said: str = ""
    once: UUID | None = None
    """Made by the form, so that a form sent twice is recorded once."""


@dataclass(frozen=True, slots=True)
class Review:
    """What is said later of something that was told: that it is still so, has changed to what is `said` now, is no
    longer so, or never was (it was written down by mistake). `again_on` is when a need is next gone through; `once` is
    made by the form: sent twice, it is written once."""

    outcome: str
    why: str = ""
    said: str = ""
    again_on: date | None = None
    source: str = "the-person"
    once: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """What was last said of something that was told: on which day, by whom of us, and why."""

    outcome: str
    on: date
    why: str
    again_on: date | None
    practitioner: str


@dataclass(frozen=True, slots=True)
class CircumstanceShown:
    """Something that is recorded, in the words it was told in, with who told us and when."""

    kind: str
    said: str
    declined: bool
    since_on: date | None
    source: str
    recorded_on: date
    answer: NeedAnswer | None = None
    """Of a communication need: whether it was met when that was last said."""
    number: int = 0
    review: ReviewShown | None = None
    until_on: date | None = None
    """Of what does not stand any more: since when."""
