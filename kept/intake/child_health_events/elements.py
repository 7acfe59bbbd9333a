"""Reading single elements of a FHIR resource. Every function is total: what has another shape is empty.

Published messages write numbers as texts and leave blanks inside codes, so both are taken as what they
plainly mean.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

Node = Mapping[str, Any]
NOTHING: Node = {}

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PART_OF_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def node(parent: Node, key: str) -> Node:
    """The element under a key, or an empty one."""
    value = parent.get(key)
    return value if isinstance(value, dict) else NOTHING


def nodes(parent: Node, key: str) -> tuple[Node, ...]:
    """The elements under a key that may repeat; a single one that stands alone counts as a list of one."""
    value = parent.get(key)
    listed = value if isinstance(value, list) else [value]
    return tuple(one for one in listed if isinstance(one, dict))


def text(parent: Node, key: str) -> str:
    """The text under a key without outer blanks, or nothing."""
    value = parent.get(key)
    return value.strip() if isinstance(value, str) else ""


def texts(parent: Node, key: str) -> tuple[str, ...]:
    """The texts under a key that may repeat, without those that are blank."""
    value = parent.get(key)
    listed = value if isinstance(value, list) else [value]
    return tuple(one.strip() for one in listed if isinstance(one, str) and one.strip())


def flag(parent: Node, key: str) -> bool | None:
    value = parent.get(key)
    return value if isinstance(value, bool) else None


def number(parent: Node, key: str) -> float | None:
    """A number that is not negative, written as a number or as a text."""
    value = parent.get(key)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < 10**9 and math.isfinite(value) else None


def whole(parent: Node, key: str) -> int | None:
    """A whole number that is not negative, written as a number or as a text."""
    value = number(parent, key)
    return int(value) if value is not None and value.is_integer() else None


def codes(concept: Node) -> tuple[str, ...]:
    """The codes of a concept, of whichever code systems."""
    return tuple(code for coding in nodes(concept, "coding") if (code := text(coding, "code")))


def extension(parent: Node, name: str) -> Node:
    """The extension whose address ends in a name, or an empty one."""
    for one in nodes(parent, "extension"):
        if text(one, "url").rsplit("/", 1)[-1] == name:
            return one
    return NOTHING


def day(parent: Node, key: str) -> date | None:
    """A whole date under a key, also where a time follows it; None where there is less than a date."""
    return day_of(text(parent, key))


def day_of(written: str) -> date | None:
    """The whole date that a text begins with, if the rest of it is nothing or a time with its offset."""
    if _DATE.fullmatch(written) or _INSTANT.fullmatch(written):
        try:
            return date.fromisoformat(written[:10])
        except ValueError:
            return None
    return None


def is_part_of_a_date(written: str) -> bool:
    """Whether a text is a year, or a year and month: allowed by FHIR, and no use as a date of birth."""
    return _PART_OF_DATE.fullmatch(written) is not None


def instant(parent: Node, key: str) -> datetime | None:
    """A time with its offset, in UTC."""
    written = text(parent, key)
    if not _INSTANT.fullmatch(written):
        return None
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def objects(root: object) -> Iterator[Node]:
    """Every object inside a value, itself included, at whatever depth."""
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(inner for inner in value.values() if isinstance(inner, dict | list))
        elif isinstance(value, list):
            waiting.extend(inner for inner in value if isinstance(inner, dict | list))


def all_texts(root: object) -> Iterator[str]:
    """Every text inside a value, at whatever depth, the keys of objects too."""
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(value.keys())
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
