"""What pydantic found wrong, said to the person who wrote the definition."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import ErrorDetails

from kept.notices.lookalikes import strange_in_word

Lists = Mapping[str, Iterable[str]]

LIST_NAMES = {
    "items": "an item of vocabulary.yaml",
    "purposes": "a purpose of vocabulary.yaml that this notice may name",
    "areas": "an area of vocabulary.yaml",
    "roles": "a role of roles.yaml",
    "bodies": "a body of recipients.yaml",
    "recipients": "a recipient of recipients.yaml",
    "rules": "a rule of retention.yaml",
    "records": "a record of retention.yaml",
    "law": "an entry of law.yaml",
    "statements": "a statement of statements.yaml",
    "services": "a service",
}
UNKNOWN_NAME = frozenset({"extra_forbidden", "unexpected_keyword_argument", "unexpected_positional_argument"})
MEANT = {
    "string_type": "Text is meant here",
    "int_type": "A whole number is meant here",
    "bool_type": "true or false is meant here",
    "tuple_type": "A list is meant here",
    "dict_type": "Names with values are meant here",
    "model_type": "Names with values are meant here",
    "model_attributes_type": "Names with values are meant here",
    "dataclass_type": "Names with values are meant here",
    "mapping_type": "Names with values are meant here",
}


def sentence(error: ErrorDetails, *, shape: Any, lists: Lists) -> tuple[str, str]:
    """What is wrong and what to do about it; the second is '' where nothing better is known."""
    kind, given = error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind in UNKNOWN_NAME:
        return _unknown_name(error, shape)
    if kind in MEANT:
        return f"{MEANT[kind]}, and {_given(given)} is written.", _mend(kind, given)
    match kind:
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return f"“{error['loc'][-1]}” is missing here.", "Write it."
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            return f"{shown(given)} is not one of the words that can stand here.", nearest(
                str(given), allowed
            )
        case "unknown_word":
            where = LIST_NAMES[context["list"]]
            return f"{shown(given)} is not {where}.", nearest(str(given), lists.get(context["list"], ()))
        case "string_pattern_mismatch":
            return _pattern(str(given))
        case "value_error":
            return _capital(str(context.get("error", "this cannot be"))) + ".", ""
        case "means_nothing":
            return "The clause means nothing.", "Say what it means, if only explain: {}."
        case "too_short" | "string_too_short":
            return "Nothing is written here.", "Write at least one."
    return f"{shown(given)} cannot stand here: {error['msg'][:1].lower()}{error['msg'][1:]}.", ""


def _unknown_name(error: ErrorDetails, shape: Any) -> tuple[str, str]:
    name = str(error["loc"][-1])
    if error["input"] is None and " " in name:
        return f"“{name}” means nothing here.", "A sentence with a comma goes in quotes."
    return f"“{name}” means nothing here.", nearest(name, words_at(shape, error["loc"][:-1]))


def nearest(word: str, words: Iterable[str]) -> str:
    """A suggestion: the word of a list that is nearest to a wrong one, or the whole list if it is short."""
    listed = sorted(words)
    close = difflib.get_close_matches(word, listed, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    if 0 < len(listed) <= 12:
        return f"It can be: {', '.join(listed)}."
    return ""


def words_at(shape: Any, path: Sequence[str | int]) -> list[str]:
    """The names that can stand at one place of a file, found in the schema of its shape."""
    whole = _schema(shape)
    here = _resolved(whole, whole)
    for step in path:
        if "properties" in here and step in here["properties"]:
            here = here["properties"][step]
        elif isinstance(here.get("additionalProperties"), dict):
            here = here["additionalProperties"]
        elif "items" in here and isinstance(step, int):
            here = here["items"]
        here = _resolved(here, whole)
    return list(here.get("properties", ()))


def shown(given: object) -> str:
    text = str(given)
    return f"“{text if len(text) <= 60 else text[:57] + '...'}”"


@cache
def _schema(shape: Any) -> dict[str, Any]:
    return TypeAdapter(shape).json_schema()


def _resolved(here: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    for choice in here.get("anyOf", ()):
        if choice.get("type") != "null":
            return _resolved(choice, whole)
    if "$ref" in here:
        return _resolved(whole["$defs"][here["$ref"].rsplit("/", 1)[-1]], whole)
    return here


def _pattern(given: str) -> tuple[str, str]:
    if strange := strange_in_word(given):
        return strange, "Type the word again."
    return f"{shown(given)} is not written as such a word is.", "Use small letters, digits, hyphens and dots."


def _given(given: object) -> str:
    match given:
        case None:
            return "nothing"
        case bool():
            return str(given).lower()
        case list():
            return "a list"
        case dict():
            return "a set of names and values"
    return f"the text {shown(given)}" if isinstance(given, str) else shown(given)


def _mend(kind: str, given: object) -> str:
    if kind == "string_type" and given is not None and not isinstance(given, list | dict):
        return "Put it in quotes."
    if kind == "tuple_type" and isinstance(given, str):
        return "Put square brackets round it."
    return ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
