"""No bytes are too strange to be read: the reading always answers, and never says what it should not."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kept.intake.child_health_events.catalogue import CHANGE_OF_ADDRESS, READ, REGISTERING, Change
from kept.intake.child_health_events.reading import read_message
from kept.intake.child_health_events.values import Reading
from kept.intake.faults import in_order
from tests.rooms.intake.messages import AT, well_formed
from tests.rooms.intake.told import told_of_each_kind

ABOUT = re.compile(r"message|child|contact [0-9]+")
STRANGE_DATES = [
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-12:00",
    "9999-12-31",
    "0001-01-01",
    "0000-00-00",
    "2026-02-29",
    "2026-11-12T24:00:00Z",
    "2026-11-12T03:40:00+99:99",
    "2026-W10-1",
    "1999",
]
STRANGE = st.sampled_from(
    [
        *STRANGE_DATES,
        "#",
        "",
        " ",
        "urn:uuid:",
        "CH005",
        "CH023",
        "BPM",
        "9990000018",
        "999999999999999999999999",
        "-1",
        "1e999",
        "\u202eabc\U0001f476",
    ]
)
LEAF = STRANGE | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(
    [
        "resourceType",
        "id",
        "meta",
        "type",
        "entry",
        "resource",
        "fullUrl",
        "reference",
        "code",
        "coding",
        "value",
    ]
)
ANYTHING = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def read(raw: bytes) -> Reading:
    """Read, and check what must hold of every reading."""
    reading = read_message(raw, at=AT)
    assert reading.faults == in_order(reading.faults)
    assert all(ABOUT.fullmatch(fault.about) and fault.words for fault in reading.faults)
    if reading.message is None:
        assert len(reading.faults) == 1
        return reading
    for text in _texts(asdict(reading.message)):
        text.encode()  # half a surrogate pair could not be stored
        assert "\x00" not in text
    if not reading.faults:
        _may_be_read(reading)
    return reading


def _may_be_read(reading: Reading) -> None:
    message = reading.message
    assert message is not None
    assert message.event in READ
    if message.event in REGISTERING:
        _may_be_registered(reading)
    elif message.change is not Change.DELETE:
        assert message.told or message.left_out or message.event == CHANGE_OF_ADDRESS
    days = [getattr(one, key, None) for one in message.told for key in ("on", "died_on", "solids_on")]
    assert all(
        message.child and message.child.born_on and day >= message.child.born_on for day in days if day
    )


def _may_be_registered(reading: Reading) -> None:
    message = reading.message
    assert message is not None
    assert message.child is not None
    assert message.id
    assert message.sender
    assert message.event in ("CH005", "CH023")
    assert message.change is not None
    assert message.version is not None
    assert message.sent_at is not None
    assert message.child.name is not None
    assert message.child.born_on is not None
    assert message.child.born_on <= AT.date()
    assert message.child.home is not None
    assert message.child.home.district
    assert message.child.number is None or message.child.number.digits
    assert all(person.name and person.relationship for person in message.contacts)
    assert message.event == "CH005" or message.contacts


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _places(inner, (*path, place))


def _put(root: Any, path: tuple[Any, ...], new: object) -> Any:
    if not path:
        return new
    inside = root
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = new
    return root


GOOD = {event: well_formed(event) for event in ("CH005", "CH023")} | told_of_each_kind()
PLACES = {event: list(_places(message)) for event, message in GOOD.items()}


ON_A_DAY = (
    "timestamp",
    "birthDate",
    "valueDateTime",
    "start",
    "end",
    "date",
    "issued",
    "valueDate",
    "effectiveDateTime",
    "deceasedDateTime",
)
DATES = [(event, path) for event, paths in PLACES.items() for path in paths if path and path[-1] in ON_A_DAY]


@pytest.mark.parametrize("written", STRANGE_DATES)
@pytest.mark.parametrize(("event", "path"), DATES, ids=lambda part: str(part[-1]))
def test_no_date_is_too_strange(event: str, path: tuple[Any, ...], written: str) -> None:
    read(json.dumps(_put(deepcopy(GOOD[event]), path, written)).encode())


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(raw: bytes) -> None:
    read(raw)


@settings(deadline=None, max_examples=300)
@given(ANYTHING)
def test_any_json_is_read(value: object) -> None:
    read(json.dumps(value).encode())


ANYWHERE = st.sampled_from([(event, path) for event in sorted(GOOD) for path in PLACES[event]])


@settings(deadline=None, max_examples=500)
@given(ANYWHERE, ANYTHING)
@example(("CH030", ("entry", 5, "resource", "item", 0, "linkId")), [])
def test_a_good_message_with_anything_in_it_is_read(
    place: tuple[str, tuple[Any, ...]], value: object
) -> None:
    event, path = place
    message: Any = deepcopy(GOOD[event])
    read(json.dumps(_put(message, path, value)).encode())


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_good_message_with_bytes_changed_is_read(event: str, data: st.DataObject) -> None:
    raw = bytearray(json.dumps(GOOD[event], ensure_ascii=False).encode())
    for place, new in data.draw(
        st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=5)
    ):
        raw[place] = new
    read(bytes(raw))
