"""What the pages of the workbench show of a draft: its state in words, and its people by their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from kept.published.drafts import Draft
from kept.staff.reads import names_at

COLOURS = {"Waits for a second person": "yellow", "Published": "green", "Withdrawn": "grey"}


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft in a list, or at the top of its own page."""

    number: int
    href: str
    state: str
    colour: str  # of its tag
    dated: date
    from_on: date
    hash: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str  # who approved or withdrew it; '' while it waits
    decided_at: datetime | None


def drafts_shown(drafts: Iterable[Draft]) -> tuple[DraftShown, ...]:
    found = tuple(drafts)
    names = names_at(
        address for one in found for address in (one.proposed_by, one.approved_by, one.withdrawn_by)
    )
    return tuple(_shown(one, names) for one in found)


def person(address: str, names: Mapping[str, str]) -> str:
    """Ira Page (ira@kent.example); the address alone where the account is not known."""
    return f"{names[address]} ({address})" if address in names else address


def _shown(draft: Draft, names: Mapping[str, str]) -> DraftShown:
    state = "Waits for a second person" if draft.open else "Published" if draft.version else "Withdrawn"
    return DraftShown(
        number=draft.id,
        href=reverse("workbench_draft", kwargs={"number": draft.id}),
        state=state,
        colour=COLOURS[state],
        dated=draft.dated,
        from_on=draft.from_on,
        hash=draft.hash,
        proposed_by=person(draft.proposed_by, names),
        proposed_at=draft.proposed_at,
        decided_by=person(draft.approved_by or draft.withdrawn_by, names),
        decided_at=draft.approved_at or draft.withdrawn_at,
    )
