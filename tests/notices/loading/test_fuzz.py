"""Whatever is written, the answer is a definition or a list of faults: never anything else, and nothing half-done."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kept.notices.definition import Definition
from kept.notices.faults import Fault, Faulty
from kept.notices.loading import load
from tests.notices.generated import SERVICE, STEADY, Values, flow, values, written
from tests.notices.tiny import NOTICE, texts

WHOLE = texts()
NAMES = sorted(WHOLE)
PIECES = [
    "&a ", "*a", "<<: ", "!!python/object:os.system ", "!x ", "? ", "- ", ": ", "{", "}", "[", "]", "#", "|", ">",
    "'", '"',
    "%YAML 1.1\n", "---\n", "...\n", "\t", "\x00", "\ufeff", "\u202e", "\u0430", "0x1F", "1e400", ".nan", "2026-13-45",
    "99999999999999999999", "~", "null", "true", "\n\n", "\r", "  ", "a: 1\na: 2", "[" * 3000, "- " * 500, "\ud800",
]  # fmt: skip


def told(everything: dict[str, str], service: str = "toy-library") -> Definition | Sequence[Fault]:
    try:
        return load(everything, service=service)
    except Faulty as faulty:
        return faulty.errors


def outcome(everything: dict[str, str], service: str = "toy-library") -> None:
    found = told(everything, service)
    if isinstance(found, Definition):
        assert found.table.times
        return
    assert found
    for fault in found:
        assert fault.wrong
        assert 0 <= fault.line <= len(everything.get(fault.file, "").splitlines()) + 1


@settings(STEADY, max_examples=150)
@given(st.sampled_from(NAMES), st.data(), st.sampled_from(PIECES))
def test_a_piece_of_anything_put_anywhere(name: str, data: st.DataObject, piece: str) -> None:
    text = WHOLE[name]
    place = data.draw(st.integers(0, len(text)))
    outcome(WHOLE | {name: text[:place] + piece + text[place:]})


@settings(STEADY, max_examples=100)
@given(st.sampled_from(NAMES), st.data())
def test_a_passage_taken_out_anywhere(name: str, data: st.DataObject) -> None:
    text = WHOLE[name]
    start = data.draw(st.integers(0, len(text)))
    outcome(WHOLE | {name: text[:start] + text[data.draw(st.integers(start, min(len(text), start + 200))) :]})


@settings(STEADY, max_examples=150)
@given(st.sampled_from(NAMES), st.text(max_size=200))
@example(NOTICE, "service: toy-library")
@example(NOTICE, "notice: {service: toy-library}\nclauses: []")
@example(NOTICE, "[service: toy-library]")
@example("vocabulary.yaml", "[]")
@example("law.yaml", "law: [1, {id: [a]}, {id: 3}, null]")
@example("vocabulary.yaml", "items: []\npurposes: 3\nareas: {a: b}")
def test_a_file_of_anything(name: str, text: str) -> None:
    outcome(WHOLE | {name: text})


@STEADY
@given(values(), st.data())
def test_a_value_of_another_kind_put_anywhere(definition: Values, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(definition)))
    spoilt = {**written(definition), name: flow(_spoilt(definition[name], data))}
    outcome(spoilt, service=SERVICE)


def _spoilt(value: object, data: st.DataObject) -> object:
    """The same values with one of them, at any depth, replaced."""
    inside = isinstance(value, dict | list) and len(value) > 0 and data.draw(st.integers(0, 4)) > 0
    if inside and isinstance(value, dict):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: _spoilt(value[key], data)}
    if inside and isinstance(value, list):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], _spoilt(value[place], data), *value[place + 1 :]]
    return data.draw(
        st.sampled_from([3, True, "", "x", "identity.name", [], {}, ["x"], {"a": "b"}, [[]], [{}], -1])
    )
