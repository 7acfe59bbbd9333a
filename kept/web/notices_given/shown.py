"""What a record says of the notice, and the list of families not yet told, as their pages show them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from kept.notices.definition import Definition
from kept.record.notices_given.values import LetterShown, NoticeShown, NotYetTold
from kept.record.reads import ChildRecord
from kept.web.pages import Destination, NoticeGiven
from kept.web.wording import day

FORMATS = {
    "easy-read": "Easy Read",
    "full": "full",
    "large-print": "large print",
    "read-aloud": "read aloud",
    "other-language": "another language",
}
WAYS = {"post": "by letter", "email": "by email", "text": "by text message"}


@dataclass(frozen=True, slots=True)
class WrittenTo:
    """Somebody of the family who was told in writing: who, how, when, of which notice."""

    name: str
    way: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class NoticeOnRecord:
    """What a record says of the notice. `in_force` is the day on the notice in force; addresses are empty where the
    reader may not do it, or need not."""

    said: tuple[NoticeGiven, ...] = ()
    told: bool = False
    in_force: date | None = None
    written_to: tuple[WrittenTo, ...] = ()
    record_href: str = ""
    write_to: tuple[Destination, ...] = ()

    @property
    def given(self) -> bool:
        """Whether any version was given, or written about."""
        return any(not one.why_not for one in self.said) or bool(self.written_to)


@dataclass(frozen=True, slots=True)
class FamilyNotTold:
    """A line of the list: the child, what the family had last, and since when it waits."""

    name: str
    href: str
    born_on: date | None
    waiting_since_on: date
    had: str
    why_not: str = ""


def notice_on_record(record: ChildRecord) -> NoticeOnRecord:
    """What the record says of the notice; what was given last stands beside a reason why another was not."""
    notices, definition = record.notices, record.definition
    names = {adult.person: adult.name or "Somebody of the family" for adult in record.adults}
    said = dict.fromkeys(one for one in (notices.last, notices.given) if one)
    return NoticeOnRecord(
        said=tuple(notice_shown(one, definition.title) for one in said),
        told=record.told,
        in_force=definition.dated,
        write_to=tuple(
            Destination(f"Write to {names[adult.person]}", letter_href(record, adult.public_id))
            for adult in record.adults
            if adult.part == "parent" and adult.person not in notices.told
            if not any(record.found.died_on(person)[0] for person in (record.child.person, adult.person))
        ),
        written_to=tuple(
            written(letter, names[letter.person], definition)
            for letter in notices.letters
            if letter.person in names
        ),
    )


def letter_href(record: ChildRecord, to: UUID) -> str:
    return reverse("letter", kwargs={"public_id": record.child.public_id, "to": to})


def written(letter: LetterShown, name: str, definition: Definition) -> WrittenTo:
    return WrittenTo(name, WAYS[letter.way], letter.sent_on, notice_words(definition.title, letter.dated))


def notice_shown(notice: NoticeShown, title: str) -> NoticeGiven:
    return NoticeGiven(
        words=notice_words(title, notice.dated),
        on=notice.on or notice.said_on,
        format=FORMATS.get(notice.format, notice.format),
        why_not=notice.why_not,
    )


def notice_words(title: str, dated: date) -> str:
    return f"{title} privacy notice of {day(dated)}"


def family_not_told(one: NotYetTold) -> FamilyNotTold:
    """A line of the list."""
    last, given = one.notices.last, one.notices.given
    had = "None yet"
    if given and given.on:
        format_ = FORMATS.get(given.format, given.format)
        had = f"The one of {day(given.dated)}, {format_}, on {day(given.on)}"
    return FamilyNotTold(
        name=one.child.name or "Not named yet",
        href=reverse("record", kwargs={"public_id": one.child.public_id}),
        born_on=one.child.born_on,
        waiting_since_on=one.waiting_since_on,
        had=had,
        why_not=last.why_not if last else "",
    )
