"""What makes a look unusual: named rules, each with its threshold. They accuse nobody: each is offered for checking.

The thresholds are ours. No published source gives figures for a service like this one, so all are unconfirmed until
the council has looked at what they find in a quiet month.
"""

from dataclasses import dataclass

# An entry that names more people than this is a list (a caseload, a search), and no look at one family.
LARGEST_FAMILY = 12
# Beyond this many days one run would take too long: a longer time is looked at in parts.
MOST_DAYS = 31
# Of more entries only the newest are looked at, so that one run takes seconds; the page says from when on.
MOST_ENTRIES = 100_000
NIGHT_BEGINS, NIGHT_ENDS = 22, 6  # o'clock in London


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule: its code, its name, what it finds, and how many are too many (0 where one is enough)."""

    code: str
    title: str
    finds: str
    threshold: int
    confirmed: bool = False


PATTERNS = (
    Pattern("own-surname", "Own surname", "Looked at somebody whose family name is their own.", 0),
    Pattern(
        "never-on-team",
        "Never on their caseload",
        "Looked at, or asked for, a family that was never on the caseload of any team of theirs.",
        0,
    ),
    Pattern("many-in-an-hour", "Many in an hour", "Looked at many different children in one hour.", 20),
    Pattern("at-night", "At night", "Did more than a little between ten at night and six in the morning.", 5),
    Pattern("often-refused", "Often refused", "Asked on one day for much that was refused.", 5),
    Pattern(
        "again-and-again",
        "Again and again",
        "Looked at the same child on many days, and wrote nothing down about the child.",
        4,
    ),
)
BY_CODE = {pattern.code: pattern for pattern in PATTERNS}


def thresholds() -> dict[str, int]:
    """Pattern → how many are too many, as the database is told."""
    return {pattern.code: pattern.threshold for pattern in PATTERNS}
