"""A YAML text read into plain values, with the line on which each of them stands.

YAML is wider than a definition needs. What could hide a meaning is refused here: anchors, aliases and
merge keys, tags, duplicate keys, a second document, letters that look like others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scanner import Scanner

from kept.notices.faults import Fault
from kept.notices.lookalikes import strange_in_sentence, strange_in_word

LONGEST_TEXT = 2_000_000
DEEPEST = 40
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WHOLE = re.compile(r"0|-?[1-9]\d{0,8}")  # a longer number, or one that starts with 0, is no quantity
REFUSED = re.compile(r"^(?:%|---\s+\S|\.\.\.)", re.MULTILINE)

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Placed:
    """The plain values of a text, where each stands, and what is wrong with the text as YAML."""

    file: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Sequence[str | int]) -> int:
        """The line of the value at ``path``, or of the nearest value around it.

        A list of one may be written without its brackets; its index is then in the path and not in the text.
        """
        steps: Path = ()
        for step in path:
            if (*steps, step) in self.lines:
                steps = (*steps, step)
            elif step != 0:
                break
        return self.lines.get(steps, 0)

    def wrong(self, line: int, sentence: str, suggestion: str = "") -> None:
        self.faults.append(Fault(self.file, line, sentence, suggestion))


@lru_cache(maxsize=32)
def read_places(text: str, file: str) -> Placed:
    """Read one text. Never raises: what is wrong is in ``faults``, and then ``value`` is not to be used.

    Notices share the files of their lists, so the last texts that were read are kept; nobody changes them.
    """
    placed = Placed(file)
    if len(text) > LONGEST_TEXT:
        placed.wrong(0, f"The file is longer than {LONGEST_TEXT:,} characters.", "Split it.")
        return placed
    node = _compose(text, placed)
    if node is not None:
        placed.value = _plain(node, (), placed, 0)
    return placed


class _Scanner(Scanner):
    """The scanner as it is, less the work of looking through keys where there are none: a third faster."""

    def need_more_tokens(self) -> bool:
        if self.tokens and not self.possible_simple_keys and not self.done:
            return False
        return bool(super().need_more_tokens())

    def stale_possible_simple_keys(self) -> None:
        if self.possible_simple_keys:
            super().stale_possible_simple_keys()


def _compose(text: str, placed: Placed) -> Node | None:
    if found := REFUSED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        placed.wrong(line, "A definition is one document with no directive.", "Take this line out.")
        return None
    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.Scanner = _Scanner
        node: Node | None = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        placed.wrong(mark.line + 1 if mark else 0, f"This is not YAML: {error.problem or error.context}.")
    except YAMLError as error:
        placed.wrong(0, f"This is not YAML: {str(error).splitlines()[0]}.")
    except RecursionError:
        placed.wrong(0, "The file is nested too deeply to be read.")
    except Exception as error:  # the parser is not ours: whatever it trips over, the text is at fault
        placed.wrong(0, f"This cannot be read as YAML ({type(error).__name__}).")
    else:
        if node is None:
            placed.wrong(0, "The file is empty.")
        return node
    return None


def _plain(node: Node, path: Path, placed: Placed, depth: int) -> Any:
    line = node.start_mark.line + 1
    placed.lines[path] = line
    if depth > DEEPEST:
        placed.wrong(line, f"This is nested more than {DEEPEST} deep.")
        return None
    if getattr(node, "anchor", None):
        placed.wrong(line, "Anchors and aliases (& and *) are not allowed.", "Write the value out.")
        return None
    if not isinstance(node, ScalarNode) and _tag(node) not in ("map", "seq"):
        placed.wrong(line, f"The tag “{_tag(node)}” is not allowed.", "Take it out.")
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, path, placed, depth)
    if isinstance(node, SequenceNode):
        return [_plain(child, (*path, place), placed, depth + 1) for place, child in enumerate(node.value)]
    return _scalar(node, line, placed) if isinstance(node, ScalarNode) else None


def _mapping(node: MappingNode, path: Path, placed: Placed, depth: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = _key(key_node, line, placed)
        if key is None:
            continue
        if key in values:
            placed.wrong(line, f"“{key}” is written twice.", "Take one of them out.")
            continue
        values[key] = _plain(value_node, (*path, key), placed, depth + 1)
        placed.lines[(*path, key)] = line
    return values


def _key(node: Node, line: int, placed: Placed) -> str | None:
    if not isinstance(node, ScalarNode) or getattr(node, "anchor", None):
        placed.wrong(line, "The name of a value must be one plain word.")
        return None
    key = str(node.value)
    if key == "<<":
        placed.wrong(line, "Merge keys (<<) are not allowed.", "Write the values out.")
        return None
    if strange := strange_in_word(key):
        placed.wrong(line, strange, "Type the word again.")
        return None
    return key


def _scalar(node: ScalarNode, line: int, placed: Placed) -> Any:
    value = str(node.value)
    if strange := strange_in_sentence(value):
        placed.wrong(line, strange, "Type it again.")
    if node.style in ("'", '"', "|", ">"):
        return value
    return _unquoted(value, _tag(node), line, placed)


def _unquoted(value: str, tag: str, line: int, placed: Placed) -> Any:
    match tag:
        case "str":
            return value
        case "null":
            return None
        case "bool":
            return value.lower() == "true"
        case "timestamp" if DAY.fullmatch(value):
            return _day(value, line, placed)
        case "int" if WHOLE.fullmatch(value):
            return int(value)
        case "int" | "float" | "timestamp":
            placed.wrong(line, f"{value} is read as a number and would be changed.", "Put it in quotes.")
        case _:
            placed.wrong(line, f"The tag “{tag}” is not allowed.", "Take it out.")
    return None


def _day(value: str, line: int, placed: Placed) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        placed.wrong(line, f"{value} is no day of the calendar.")
        return None


def _tag(node: Node) -> str:
    return str(node.tag or "").removeprefix("tag:yaml.org,2002:")
