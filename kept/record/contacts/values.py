"""Contacts as they are shown, and a contact about to be recorded."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from kept.record.notices_given.values import NoticeGivenNow as NoticeGivenNow

NEW_BIRTH_VISIT = "new-birth-visit"
TAKEN_BACK = "taken-back"  # what corrects a contact that never took place, or took place with another family
CONTACT_KINDS = {NEW_BIRTH_VISIT: "New birth visit", "home-visit": "Home visit", "clinic": "Clinic contact"}
PLACES = {
    "home": "At home",
    "clinic": "In a clinic",
    "family-hub": "At a Family Hub",
    "other": "Somewhere else",
}


@dataclass(frozen=True, slots=True)
class ContactShown:
    """One contact with its note, where the asker may read it, and the name of who wrote it."""

    id: int
    kind: str
    on: date
    place: str
    account: int | None
    note: str
    closed_at: datetime | None
    practitioner: str = ""
    why: str = ""
    before: "ContactShown | None" = None
    """What was said of it before it was corrected, and `why` that was wrong."""

    @property
    def kind_in_words(self) -> str:
        return "Taken back" if self.kind == TAKEN_BACK else CONTACT_KINDS.get(self.kind, self.kind)

    @property
    def place_in_words(self) -> str:
        return PLACES.get(self.place, self.place)


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact about to be recorded. Weight in grams. `once` is made by the form: sent twice, it is written once."""

    kind: str
    on: date
    place: str
    note: str = ""
    weight_grams: int | None = None
    notice: NoticeGivenNow | None = None
    once: UUID = field(default_factory=uuid4)

    def items_held(self) -> frozenset[str]:
        held = {
            "care.contact": True,
            "care.note": self.note,
            "growth.weight": self.weight_grams,
            "care.notice-given": self.notice,
        }
        return frozenset(item for item, value in held.items() if value)
