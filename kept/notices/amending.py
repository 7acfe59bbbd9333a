"""A text of a definition with one thing in it changed, and everything else as its writers left it."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node


class CannotAmend(Exception):
    """The text is not written so that the thing to change can be found in it."""


def begun_on(text: str, *, on: date) -> str:
    """The text of a notice, dated and in force from a day: two words of it differ, and no more.

    Raises CannotAmend.
    """
    notice = _below(_composed(text), "notice")
    places = [_below(notice, "dated"), _below(_below(notice, "in_force"), "from")]
    for node in sorted(places, key=lambda found: found.start_mark.index, reverse=True):
        text = text[: node.start_mark.index] + on.isoformat() + text[node.end_mark.index :]
    return text


def with_adoption(text: str, *, service: str, clause: str, by: str, approved_by: str, on: date) -> str:
    """The text of adopted.yaml with one more adoption at its end; its comments stay.

    Raises CannotAmend.
    """
    yaml = YAML()
    yaml.width = 10_000
    yaml.preserve_quotes = True
    held = _loaded(yaml, text)
    listed = held.get("adopted")
    if not listed:
        held["adopted"] = listed = CommentedSeq()
    adoption = {"service": service, "clause": clause, "by": by, "approved_by": approved_by, "on": on}
    listed.append(CommentedMap(adoption))
    written = StringIO()
    yaml.dump(held, written)
    return written.getvalue()


def _loaded(yaml: YAML, text: str) -> Any:
    try:
        held = yaml.load(text) if text.strip() else CommentedMap()
    except Exception as error:
        raise CannotAmend("The file of adoptions cannot be read.") from error
    if not isinstance(held, CommentedMap) or not isinstance(held.get("adopted") or [], list):
        raise CannotAmend("The file of adoptions is no list of adoptions.")
    return held


def _composed(text: str) -> Node | None:
    try:
        found: Node | None = YAML(typ="safe", pure=True).compose(text)
    except Exception as error:  # the parser is not ours: whatever it trips over, the text is at fault
        raise CannotAmend("The notice cannot be read.") from error
    return found


def _below(node: Node | None, key: str) -> Node:
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if name.value == key:
                return value
    raise CannotAmend(f"The notice does not say “{key}”.")
