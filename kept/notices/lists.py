"""The lists beside the notices: items, purposes, roles, bodies, recipients, retention rules, statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, Strict, StringConstraints

from kept.notices import known
from kept.notices.closed import ItemClass, Part, Section, Source, Standing
from kept.notices.means import STRICT, Day
from kept.notices.spans import Span

Words = Annotated[str, Strict(), StringConstraints(min_length=1, strip_whitespace=True)]
Flag = Annotated[bool, Strict()]


@dataclass(frozen=True, slots=True)
class Dates:
    """A time in force: ``until`` is the first day outside it; None where no end is known."""

    __pydantic_config__: ClassVar[Any] = STRICT
    start: Annotated[Day, Field(alias="from")]
    until: Day | None = None

    def covers(self, on: date) -> bool:
        return self.start <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a list of which people need only the words."""

    __pydantic_config__: ClassVar[Any] = STRICT
    words: Words


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of information. ``made_by_us``: the service itself makes it as it works."""

    __pydantic_config__: ClassVar[Any] = STRICT
    of_class: Annotated[ItemClass, Field(alias="class")]
    words: Words
    made_by_us: Flag = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why something is done. ``of``: the services whose notice may name it, or ``law``."""

    __pydantic_config__: ClassVar[Any] = STRICT
    words: Words
    of: tuple[known.Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """Whom a service is for: ``districts`` are the names that an address or a message may give."""

    __pydantic_config__: ClassVar[Any] = STRICT
    words: Words
    districts: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed lists that every definition speaks in."""

    __pydantic_config__: ClassVar[Any] = STRICT
    items: dict[known.Code, Item]
    purposes: dict[known.Code, Purpose]
    classes: dict[ItemClass, Listed] = field(default_factory=dict)
    parts: dict[Part, Listed] = field(default_factory=dict)
    sources: dict[Source, Listed] = field(default_factory=dict)
    standings: dict[Standing, Listed] = field(default_factory=dict)
    sections: dict[Section, Listed] = field(default_factory=dict)
    areas: dict[known.Code, Area] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """A role, and which organisation may hold it: the service's deliverer, or its controller."""

    __pydantic_config__: ClassVar[Any] = STRICT
    words: Words
    held_by: Literal["deliverer", "controller"]
    caseload: Flag = False
    oversight: Flag = False
    process: Flag = False


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and when it is the right one: bodies are renamed and abolished."""

    __pydantic_config__: ClassVar[Any] = STRICT
    name: Words
    start: Annotated[Day, Field(alias="from")]
    until: Day | None = None
    citation: Words | None = None

    def covers(self, on: date) -> bool:
        return self.start <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation, a department or an office, under each name that it has had."""

    __pydantic_config__: ClassVar[Any] = STRICT
    names: tuple[Named, ...]
    words: Words | None = None
    phone: Words | None = None
    email: Words | None = None
    web: Words | None = None
    address: Words | None = None

    def name(self, on: date) -> str:
        """The name on a day; where none covers it, the last one before it, else the first."""
        past = [named for named in self.names if named.start <= on]
        covering = [named for named in past if named.covers(on)]
        return (covering or past or list(self.names))[-1 if past else 0].name


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone who can be told something, while the register has them."""

    __pydantic_config__: ClassVar[Any] = STRICT
    words: Words
    registered: Dates
    channels: tuple[known.Code, ...] = ()
    body: known.Body | None = None
    safeguarding: Flag = False
    can_object: Flag = False  # families can say no to this sharing, and the notice should say how


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a kind of record stays, counted from an event."""

    __pydantic_config__: ClassVar[Any] = STRICT
    words: Words
    counts_from: known.Code
    keeps: Span
    citation: Words | None = None
    status: Literal["confirmed", "unconfirmed"] = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Records:
    """A kind of record: the items that it is made of, and about whom."""

    __pydantic_config__: ClassVar[Any] = STRICT
    words: Words
    items: tuple[known.Item, ...]
    about: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong with a published statement, as published."""

    __pydantic_config__: ClassVar[Any] = STRICT
    kind: known.Code
    note: Words
    since: Day | None = None  # the day from which it is one; None where it always was


@dataclass(frozen=True, slots=True)
class Statement:
    """One numbered statement of a published notice: where it stands and a hash of its words."""

    __pydantic_config__: ClassVar[Any] = STRICT
    section: Section
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    defects: tuple[Defect, ...] = ()
