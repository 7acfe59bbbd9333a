"""What a clause can mean: the closed list of thirteen kinds.

Each is a plain frozen value. Where the word of the file is a word of Python, the field has another name
and the file's word as its alias: ``from`` is ``sources``, ``for`` ``purposes``, ``as`` ``responsibility``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, Strict

from kept.notices import known
from kept.notices.closed import (
    Act,
    ItemClass,
    Part,
    Responsibility,
    Safeguard,
    Source,
    Standing,
)
from kept.notices.closed import Use as UseOf
from kept.notices.spans import Length, Span

STRICT: dict[str, Any] = {"extra": "forbid"}

Purposes = Annotated[tuple[known.Purpose, ...], Field(alias="for")]
Sources = Annotated[tuple[Source, ...], Field(alias="from")]
Reason = Literal["required", "none"]


def _day(value: object) -> object:
    # pydantic would read a bare number as seconds since 1970.
    if isinstance(value, date):
        return value
    raise ValueError("a day is written as 2026-06-26")


Day = Annotated[date, BeforeValidator(_day)]


def _whole_or_closing(kind: str, closes: str | None, lists: Mapping[str, tuple[str, ...]]) -> None:
    """A clause names all that its kind must name; or it ends a list, and then names nothing."""
    named = [name for name, words in lists.items() if words]
    if closes and named:
        raise ValueError(f"a clause that closes a list names nothing itself: take out {' and '.join(named)}")
    missing = [f"“{name}”" for name in lists if name not in named]
    if not closes and missing:
        raise ValueError(f"“{kind}” needs {' and '.join(missing)} as well")


@dataclass(frozen=True, slots=True)
class Identify:
    """Who is responsible, who delivers, who to turn to."""

    __pydantic_config__: ClassVar[Any] = STRICT
    responsibility: Annotated[Responsibility, Field(alias="as")]
    body: known.Body | None = None


@dataclass(frozen=True, slots=True)
class Ages:
    """From birth, or some time after it, until a birthday: that day is the first one outside."""

    __pydantic_config__: ClassVar[Any] = STRICT
    until: Span
    start: Annotated[Span | Literal["birth"], Field(alias="from")] = "birth"


@dataclass(frozen=True, slots=True)
class Serve:
    """Who the service is for. Each limit holds beside those of every other ``serve`` clause of the notice."""

    __pydantic_config__: ClassVar[Any] = STRICT
    ages: Ages | None = None
    carer: Annotated[Literal["parent"] | None, Field(alias="with")] = None
    resident_of: tuple[known.Area, ...] = ()

    def __post_init__(self) -> None:
        if not self.ages and not self.resident_of:
            raise ValueError("“serve” needs “ages”, “resident_of” or both; “with” stands beside “ages”")


@dataclass(frozen=True, slots=True)
class Collect:
    """Items that may be collected; or the end of the list of items of one class, or of the sources."""

    __pydantic_config__: ClassVar[Any] = STRICT
    items: tuple[known.Item, ...] = ()
    about: tuple[Part, ...] = ()
    sources: Sources = ()
    purposes: Purposes = ()
    closes: Literal["items", "sources"] | None = None
    of_class: Annotated[ItemClass | None, Field(alias="class")] = None

    def __post_init__(self) -> None:
        lists = {"items": self.items, "about": self.about, "from": self.sources, "for": self.purposes}
        _whole_or_closing("collect", self.closes, lists)
        if (self.closes == "items") != (self.of_class is not None):
            raise ValueError(
                "“closes: items” and “class” go together: one says that the list of a class ends"
            )


@dataclass(frozen=True, slots=True)
class Use:
    """A purpose, the law that it rests on and what may be done for it; or the end of the list of purposes."""

    __pydantic_config__: ClassVar[Any] = STRICT
    purpose: known.Purpose | None = None
    basis: tuple[known.Law, ...] = ()
    permits: tuple[UseOf, ...] = ()
    closes: Literal["purposes"] | None = None

    def __post_init__(self) -> None:
        purpose = (self.purpose,) if self.purpose else ()
        _whole_or_closing(
            "use", self.closes, {"purpose": purpose, "basis": self.basis, "permits": self.permits}
        )


@dataclass(frozen=True, slots=True)
class See:
    """Which roles need which items of whom, for which purpose, and who decided that they do."""

    __pydantic_config__: ClassVar[Any] = STRICT
    roles: tuple[known.Role, ...]
    standing: tuple[Standing, ...]
    items: tuple[known.Item, ...]
    about: tuple[Part, ...]
    purposes: Purposes
    to: tuple[Act, ...]
    decided_by: Annotated[str, Field(min_length=1)]
    decided_on: Day
    reason: Reason = "none"


@dataclass(frozen=True, slots=True)
class AgreementRule:
    """Whether the family is asked before a recipient is told, and the purposes for which it is not."""

    __pydantic_config__: ClassVar[Any] = STRICT
    ask: Literal["first", "never"]
    exceptions: Annotated[tuple[known.Purpose, ...], Field(alias="except")] = ()


@dataclass(frozen=True, slots=True)
class Tell:
    """Recipients, what each may be told, and what is asked first; or the end of the list of recipients.

    With no agreement rule nothing may be told: silence about agreement is not leave to go without it.
    """

    __pydantic_config__: ClassVar[Any] = STRICT
    recipients: tuple[known.Recipient, ...] = ()
    items: tuple[known.Item, ...] = ()
    about: tuple[Part, ...] = ()
    purposes: Purposes = ()
    agreement: AgreementRule | None = None
    reason: Reason = "none"
    closes: Literal["recipients"] | None = None

    def __post_init__(self) -> None:
        lists = {
            "recipients": self.recipients,
            "items": self.items,
            "about": self.about,
            "for": self.purposes,
        }
        _whole_or_closing("tell", self.closes, lists)


@dataclass(frozen=True, slots=True)
class Count:
    """Figures with personal details removed: for what, and the smallest number that may leave."""

    __pydantic_config__: ClassVar[Any] = STRICT
    purposes: Purposes
    threshold: Length | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """Which rule of the record document applies to which of its records."""

    __pydantic_config__: ClassVar[Any] = STRICT
    records: tuple[known.Records, ...] = ()
    rule: known.Rule | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """A right, and the law entry that gives its deadline."""

    __pydantic_config__: ClassVar[Any] = STRICT
    right: known.Code
    deadline: known.Law | None = None


@dataclass(frozen=True, slots=True)
class Inform:
    """What the family will be told, and what is owed when it happens."""

    __pydantic_config__: ClassVar[Any] = STRICT
    of: known.Code
    owed: tuple[known.Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Another format of the notice, another language, or a link to more."""

    __pydantic_config__: ClassVar[Any] = STRICT
    formats: tuple[known.Code, ...] = ()
    languages: tuple[str, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A safeguard that we promise. What it protects is refused wherever no clause promises it."""

    __pydantic_config__: ClassVar[Any] = STRICT
    safeguard: Safeguard


@dataclass(frozen=True, slots=True)
class Explain:
    """Nothing to carry out: it is there to be read, and says why that is enough."""

    __pydantic_config__: ClassVar[Any] = STRICT
    because: Annotated[str | None, Strict()] = None


Means = (
    Identify | Serve | Collect | Use | See | Tell | Count | Keep | Right | Inform | Offer | Guard | Explain
)

KINDS: dict[str, type[Any]] = {
    "identify": Identify,
    "serve": Serve,
    "collect": Collect,
    "use": Use,
    "see": See,
    "tell": Tell,
    "count": Count,
    "keep": Keep,
    "right": Right,
    "inform": Inform,
    "offer": Offer,
    "guard": Guard,
    "explain": Explain,
}
