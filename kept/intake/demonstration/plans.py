"""The kinds of families that a demonstration shows, and how often each comes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from kept.intake.demonstration.names import CULTURES, ONE_NAME, OWN_SCRIPT, Culture


@dataclass(frozen=True, slots=True)
class Plan:
    """What is particular about a family."""

    weight: int
    adults: str = "together"  # together, alone, apart, kinship, foster
    siblings: int = 1
    babies: int = 1
    early: bool = False
    unnumbered: bool = False
    cultures: tuple[Culture, ...] = CULTURES
    kind: str = ""


# A mother who fled with her children, whose address must stay hidden; a child in the council's care, with foster
# carers; a pregnancy that nobody was told of; siblings of whom the younger is known to both services.
REFUGE, LOOKED_AFTER, CONCEALED, TWO_SERVICES = "refuge", "looked-after", "concealed", "two-services"
PLANS = (
    Plan(weight=50),
    Plan(weight=3, babies=2),
    Plan(weight=6, early=True),
    Plan(weight=8, adults="apart"),
    Plan(weight=2, adults="kinship"),
    Plan(weight=3, unnumbered=True),
    Plan(weight=15, siblings=2),
    Plan(weight=8, adults="alone"),
    Plan(weight=2, cultures=ONE_NAME),
    Plan(weight=3, cultures=OWN_SCRIPT),
    Plan(weight=1, babies=3, early=True),
    Plan(weight=1, adults="apart", siblings=2, kind=REFUGE),
    Plan(weight=1, adults="foster", kind=LOOKED_AFTER),
    Plan(weight=1, adults="alone", unnumbered=True, kind=CONCEALED),
    Plan(weight=1, siblings=2, kind=TWO_SERVICES),
)
WEIGHTS = list(accumulate(plan.weight for plan in PLANS))
