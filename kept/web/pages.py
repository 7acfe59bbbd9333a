"""What the pages show: plain frozen values, made by a view and read by the template of the same name.

A template meets nothing else: no row, no query, no decision. `None` or an empty tuple means that nothing
is recorded; what is recorded but not for this reader is in `withheld`, with the clause that withholds it.
Dates are dates, moments are aware, weights are grams, an NHS number is ten digits: `kept.web.wording` words
them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from kept.web import wording

Withholding = Mapping[str, str]
"""From an item of the vocabulary to the id of the clause (or law entry) under which it is withheld."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Destination:
    """Words that lead somewhere; without an address they are only words."""

    words: str
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around every page of someone who has signed in."""

    name: str  # of the person who has signed in
    role: str  # in words
    service: str  # in words
    destinations: tuple[Destination, ...]
    account_href: str
    sign_out_href: str
    demonstration: bool = False  # everybody whom this database holds is invented


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to a question of a form."""

    value: str
    words: str
    hint: str = ""


def options(words: Mapping[str, str]) -> tuple[Option, ...]:
    """The answers of a closed list: code → words."""
    return tuple(Option(code, said) for code, said in words.items())


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a reader stands in a list of several pages; an address is empty where there is no such page."""

    current: int
    last: int
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What someone had typed when it could not be saved; without a label it is sent again but not shown."""

    name: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What must be done next for a child, and the last day for it."""

    words: str
    by_on: date


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, with what speaks for it, in words; or one beside whom nobody is named (`other` and
    `href` are ''), with the teams to ask."""

    one: str
    other: str
    born_on: date | None
    reasons: tuple[str, ...]
    href: str
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What each of two records says of one thing; '' for nothing."""

    label: str
    one: str
    other: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something that was recorded and holds no longer: what it is, in which words, and on which days it held."""

    label: str
    words: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class CareTime:
    """One time of care: since when, until when, and how it ended, in words."""

    from_on: date
    over_on: date | None
    open: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class CareHeld:
    """Who looks after a child; with the clause where this is not for the reader."""

    times: tuple[CareTime, ...] = ()
    teams: tuple[str, ...] = ()
    named: str = ""
    named_since_on: date | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class CaseloadChild:
    name: str
    href: str
    born_on: date | None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where someone lives; `since_on` where there is more than one, so that they can be told apart.

    One that is `hidden` must not be known beyond this child's record: it is shown with a warning, and never printed.
    """

    lines: tuple[str, ...]
    since_on: date | None = None
    hidden: bool = False

    def __str__(self) -> str:
        since = f" (since {wording.day(self.since_on)})" if self.since_on else ""
        return ", ".join(self.lines) + since


@dataclass(frozen=True, slots=True)
class Detail:
    """One line about a person: what is held, or the clause that withholds it."""

    label: str
    lines: tuple[str, ...] = ()
    clause: str = ""
    phone: bool = False  # each line is a number to call
    unsafe: frozenset[str] = frozenset()  # of the lines, those whose owner said that they are not safe to use
    unasked: frozenset[str] = frozenset()  # and those about which nobody was asked
    hidden: frozenset[str] = frozenset()  # and those that must not be known beyond this child's record


@dataclass(frozen=True, slots=True)
class Hidden:
    """What must not be known of somebody beyond this child's record, since when, and why."""

    words: str
    since_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the family: the child, a parent, a relative."""

    relationship: str
    name: str | None = None
    born_on: date | None = None
    sex: str | None = None
    gender: str | None = None
    asked_gender: bool = False  # the service holds gender, and no sex
    nhs_number: str | None = None
    number_to_check: str = ""  # that a number which was said of them waits, in words
    addresses: tuple[Address, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    safe_to_use: Mapping[str, str] = field(
        default_factory=dict
    )  # phone or email → 'yes', 'no' or 'not-asked'
    practice: tuple[str, ...] = ()
    parental_responsibility: str = ""
    withheld: Withholding = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()
    died: str = ""  # 'Died on 3 March 2026', or 'Died'
    compare_href: str = ""
    why_href: str = ""  # where it stands why each thing about them is held

    @property
    def hidden_home(self) -> bool:
        """Whether where they live must not be known beyond this child's record."""
        return any(address.hidden for address in self.addresses)

    def details(self, *, beside: "Person") -> tuple[Detail, ...]:
        """How to reach them first, then who they are; what is neither held nor withheld has no line.

        An address that is also that of the person `beside` them is said to be the same, not written again.
        """
        responsible = (self.parental_responsibility,) if self.parental_responsibility else ()
        lines = (
            self._detail("Phone", "contact.phone", self.phones, phone=True),
            self._detail("Address", "identity.address", self._addresses(beside)),
            self._detail("Email", "contact.email", self.emails),
            self._detail("Parental responsibility", "relationship.parental-responsibility", responsible),
            self._detail("Date of birth", "identity.date-of-birth", _worded(wording.day, self.born_on)),
            self._detail("Gender", "identity.gender", (self.gender,) if self.gender else ()),
            self._detail("NHS number", "identity.nhs-number", _worded(wording.nhs_number, self.nhs_number)),
            self._detail("GP practice", "gp.practice", self.practice),
        )
        return tuple(line for line in lines if line.lines or line.clause)

    def _addresses(self, beside: "Person") -> tuple[str, ...]:
        if self.addresses and self.addresses == beside.addresses:
            return (f"Same as the {beside.relationship.lower()}",)
        return tuple(map(str, self.addresses))

    def _detail(self, label: str, item: str, lines: tuple[str, ...], *, phone: bool = False) -> Detail:
        said = {answer: frozenset(line for line in lines if self.safe_to_use.get(line) == answer)
                for answer in ("no", "not-asked")}  # fmt: skip
        hidden = frozenset(lines) if self.hidden_home and item == "identity.address" else frozenset()
        return Detail(
            label=label,
            lines=lines,
            phone=phone,
            clause=self.withheld.get(item, ""),
            unsafe=said["no"],
            unasked=said["not-asked"],
            hidden=hidden,
        )


@dataclass(frozen=True, slots=True)
class ContactHeld:
    """A contact that took place. `note_clause` is the clause that withholds its note, if one does; `before` is what was
    said of it before it was corrected, and `why` that was wrong."""

    words: str
    happened_on: date
    place: str = ""
    practitioner: str = ""
    note: str = ""
    note_clause: str = ""
    why: str = ""
    before: "ContactHeld | None" = None
    correct_href: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    measured_on: date
    grams: int


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """A notice that the family was given, or (with `why_not`) was not."""

    words: str  # 'Health Visiting Service privacy notice, dated 3 March 2026'
    on: date
    format: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What one clause keeps from this reader, with the clause in its own words."""

    clause: str
    says: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldUnder:
    """The notice, and the version of it, that a record was collected under."""

    service: str
    dated: date
    href: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done. It repeats nothing of what was asked for."""

    says: str
    clause: str
    service: str
    dated: date
    do_next: tuple[str, ...]
    life_at_risk_href: str = ""  # a way on from this address, which is not repeated


@dataclass(frozen=True, slots=True)
class Looked:
    """One entry of the ledger, for whoever checks it."""

    at: datetime
    who: str
    role: str
    done: str
    purpose: str
    about: tuple[Destination, ...] = ()  # each leads to who has looked at them; nowhere for another service's
    clauses: tuple[str, ...] = ()
    reason: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that a person must sort out: what it is, why it waits, what to do."""

    received_at: datetime
    words: str
    file: str
    why: str
    do_next: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A message that was read, and what of it went nowhere, by kind and never by what it said."""

    read_at: datetime
    words: str
    file: str
    kinds: tuple[str, ...]


def withheld_by_clause(
    *, people: Iterable[Person], says: Mapping[str, str], items: Mapping[str, str]
) -> tuple[Withheld, ...]:
    """What is kept from this reader, a clause at a time, in the order in which the clauses are first met.

    `says` has the words of each clause, `items` the words of each item of the vocabulary.
    """
    gathered: dict[str, dict[str, list[str]]] = {}
    for person in people:
        for item, clause in person.withheld.items():
            about = gathered.setdefault(clause, {}).setdefault(person.relationship, [])
            about.append(items.get(item, item))
    return tuple(
        Withheld(
            clause=clause,
            says=says.get(clause, ""),
            items=tuple(f"{whom}: {'; '.join(sorted(kept))}" for whom, kept in about.items()),
        )
        for clause, about in gathered.items()
    )


def _worded(words: Callable[[_Value], str], value: _Value | None) -> tuple[str, ...]:
    return () if value is None else (words(value),)
