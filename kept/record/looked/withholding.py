"""What of an entry could hurt somebody if a family were shown it, and what must be said to hold one back; pure.

The grounds are entries of the law (UK GDPR, Article 15; Data Protection Act 2018, Schedules 2 and 3). Which of them is
right for an entry is for the officer to decide: what is here is only proposed, and never held back silently.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kept.notices.definition import Definition
from kept.notices.means import Collect

CHILD_ABUSE, SERIOUS_HARM = "law.exempt-child-abuse", "law.exempt-serious-harm"
OTHER_PEOPLE = "law.exempt-other-people"
# What an entry may be held back under, in the order in which an officer is offered them.
GROUNDS = (
    CHILD_ABUSE,
    SERIOUS_HARM,
    "law.exempt-a-childs-wish",
    OTHER_PEOPLE,
    "law.exempt-social-work",
    "law.exempt-court-reports",
    "law.exempt-crime",
    "law.exempt-legal",
)
RISKY_PURPOSES = frozenset({"keep-safe", "vital-interests", "legal-demand"})
RISKY_ROLES = frozenset({"safeguarding-lead"})
RISKY_ACTS = frozenset(
    {
        "see who is restricted",
        "restrict a person or an address",
        "end a restriction",
        "look into something unusual",
        "see which contact details are safe to use",
        "say which contact details are safe to use",
    }
)
# Whoever reads that one of these was asked for, or written down, learns what somebody told us: the list has the words
# of the clause that it is held under. All of the careful classes are such, but for what nearly every family has.
CAREFUL = frozenset({"careful", "criminal"})
ORDINARY = frozenset(
    {
        "identity.nhs-number",
        "relationship.kind",
        "relationship.parental-responsibility",
        "household.members",
        "gp.practice",
        "media.photo",
        "media.video",
        "media.sound",
        "ledger.shown",
    }
)
RISKY_ITEMS = frozenset({"identity.restricted-address", "care.referral", "care.share"})
# These read all that could stand in anybody's record, and so tell nothing of what stands in this one.
WHOLE_LOOKS = frozenset(
    {
        "open a record",
        "see why a record is held",
        "see how a family belongs together",
        "search",
        "open a caseload",
    }
)
OF_OTHERS = "rights"  # that somebody used a right tells of them, and perhaps to whom they must not be told of
AN_OPINION_LASTS_MONTHS = 6  # Schedule 3, Part 2, paragraph 5
LEAST_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer decided of one entry: shown, or held back under an entry of the law, for a reason in words."""

    clause: str = ""
    why: str = ""

    @property
    def shown(self) -> bool:
        return not self.clause


@dataclass(frozen=True, slots=True)
class NewView:
    """What a family is to be shown: which days, up to which entry, who asked, and what was decided of each entry."""

    since_on: date
    last_on: date
    last_entry: int
    asked_by: str
    choices: Mapping[int, Choice] = field(default_factory=dict)
    opinion_of: str = ""
    opinion_on: date | None = None


def proposed(
    *, part: str, purpose: str, role: str, act: str, ours: bool, tells: bool, endangers: bool
) -> str:
    """The entry of the law under which to hold an entry back unless the officer says otherwise; '' to show it.

    `tells`: what it was about tells something, as `tells_of` has it. Whether it names somebody hidden, or was held back
    from somebody else, is one of several reasons with the same answer, so that nobody learns which.
    """
    if endangers or tells or purpose in RISKY_PURPOSES or role in RISKY_ROLES or act in RISKY_ACTS:
        return CHILD_ABUSE if part == "child" else SERIOUS_HARM
    return OTHER_PEOPLE if not ours or purpose == OF_OTHERS else ""


def tells_of(
    *, under: Definition, act: str, recorded: Iterable[str], read: Iterable[str], clauses: Collection[str]
) -> bool:
    """Whether what was read or written down, or the clauses that the family would read, tell what somebody told us.

    The clauses tell of everybody whom the entry names; the items only of the one whose list it is.
    """
    if act in WHOLE_LOOKS and not recorded:
        return False
    collecting = (
        meant.items
        for clause in clauses
        if clause in under.by_id
        for meant in under.by_id[clause].means
        if isinstance(meant, Collect) and meant.items
    )
    return any(_risky(item, under) for item in (*recorded, *read)) or any(
        all(_risky(item, under) for item in collected) for collected in collecting
    )


def _risky(item: str, under: Definition) -> bool:
    """What no list of the version knows any more is risky too."""
    known = under.vocabulary.items.get(item)
    careful = known is None or known.of_class in CAREFUL
    return item in RISKY_ITEMS or (careful and item not in ORDINARY)


def faults_of(new: NewView, *, today: date) -> dict[str, str]:
    """What is wrong, field by field, each in a sentence that says what to do."""
    faults = dict(faults_of_days(new.since_on, new.last_on, today=today))
    if _letters(new.asked_by) < LEAST_LETTERS:
        faults["asked_by"] = "Say who asked, and how you know that they are who they say."
    for number, choice in new.choices.items():
        if not choice.shown and choice.clause not in GROUNDS:
            faults[f"clause-{number}"] = "Choose what the law says about holding this back."
        elif not choice.shown and _letters(choice.why) < LEAST_LETTERS:
            faults[f"why-{number}"] = "Say in a few words why this entry is held back."
    if any(choice.clause == SERIOUS_HARM for choice in new.choices.values()):
        faults |= _faults_of_opinion(new.opinion_of, new.opinion_on, today=today)
    return faults


def faults_of_days(since_on: date, last_on: date, *, today: date) -> Iterable[tuple[str, str]]:
    if last_on > today:
        yield "last", "This day has not come yet. Choose today or a day before."
    if since_on > last_on:
        yield "since", "This day is after the last one."


def _faults_of_opinion(of: str, on: date | None, *, today: date) -> dict[str, str]:
    """Nobody who is no health professional holds something back for serious harm without the opinion of one."""
    if _letters(of) < 2:
        return {"opinion_of": "Say which health professional gave the opinion that it could do serious harm."}
    if on is None or on > today or on < _months_before(today, AN_OPINION_LASTS_MONTHS):
        return {"opinion_on": "Enter the day of the opinion. It must not be older than six months."}
    return {}


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)
