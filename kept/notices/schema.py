"""The JSON Schema of a notice, for editors: they complete words and mark wrong ones while a notice is written.

The loader stays the judge; the schema is made from the same shapes and the same lists.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from kept.notices.known import MARK
from kept.notices.loading import lists_of
from kept.notices.shapes import ServiceFile

NAME = "notice.schema.json"


def notice_schema(texts: Mapping[str, str]) -> dict[str, Any]:
    """The schema of the files under services/, with the words of the lists in ``texts`` as choices.

    A list that is missing or cannot be read offers no choices, and any word will do there.
    """
    lists = lists_of(texts)
    schema: dict[str, Any] = TypeAdapter(ServiceFile).json_schema()
    for kind in schema["$defs"]["MeansShape"]["properties"].values():
        several = {key: kind.pop(key) for key in ("items", "type")}
        kind["anyOf"] = [several["items"], several]
        kind.pop("default", None)
    says = schema["$defs"]["ClauseShape"]["properties"]["says"]
    languages = {
        key: says.pop(key) for key in ("type", "patternProperties", "additionalProperties") if key in says
    }
    says["anyOf"] = [{"type": "string", "minLength": 1}, languages]
    _offer(schema, {name: sorted(words) for name, words in lists.items()})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "A notice"}


def written(schema: Mapping[str, Any]) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _offer(node: Any, lists: Mapping[str, list[str]]) -> None:
    """Put the words of a list in place of its name, everywhere in a schema."""
    if isinstance(node, list):
        for each in node:
            _offer(each, lists)
    elif isinstance(node, dict):
        words = lists.get(node.pop(MARK, ""), [])
        if words:
            node.pop("pattern", None)
            node.pop("maxLength", None)
            node["enum"] = words
        for each in node.values():
            _offer(each, lists)
