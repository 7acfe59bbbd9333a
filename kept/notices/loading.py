"""Reading a definition from its texts: either all of it, or every error at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kept.notices import shapes
from kept.notices.assembling import assembled
from kept.notices.definition import Definition
from kept.notices.faults import Fault, Faulty
from kept.notices.places import Placed, read_places
from kept.notices.wording import nearest, sentence

LISTS = {
    "vocabulary.yaml": ("items", "purposes", "areas"),
    "roles.yaml": ("roles",),
    "recipients.yaml": ("bodies", "recipients"),
    "retention.yaml": ("rules", "records"),
    "statements.yaml": ("statements",),
    "law.yaml": ("law",),
}
NOTICES = re.compile(r"services/[^/]+\.yaml")
NEEDED = ("vocabulary.yaml", "roles.yaml", "recipients.yaml", "law.yaml")


def load(texts: Mapping[str, str], *, service: str) -> Definition:
    """The definition of one service, read from the texts of its files by their names.

    ``texts`` may hold the notices of other services too, and files that are not YAML: they are left out.

    Raises:
        Faulty: with every error of every file. Nothing half-loaded is ever returned.
    """
    errors: list[Fault] = []
    kept = _texts_of(texts, service, errors)
    placed = {name: read_places(text, name) for name, text in sorted(kept.items())}
    return understood(placed, service=service, texts=kept, errors=errors)


def understood(
    placed: Mapping[str, Placed], *, service: str, texts: Mapping[str, str], errors: Sequence[Fault] = ()
) -> Definition:
    """The definition that files mean, once they are read as YAML.

    Raises:
        Faulty: with ``errors``, what is wrong with the files as YAML, and what is wrong with their meaning.
    """
    errors = [*errors, *(fault for page in placed.values() for fault in page.faults)]
    lists = _lists(placed)
    own = _for_service(lists, placed.get("vocabulary.yaml"), service)
    read = {
        name: _checked(page, own if name.startswith("services/") else lists, errors)
        for name, page in placed.items()
        if not page.faults
    }
    if errors:
        raise Faulty(errors)
    definition = assembled(
        read, placed, service=service, texts=MappingProxyType(dict(texts)), fingerprint=hash_of(texts)
    )
    if isinstance(definition, list):
        raise Faulty(definition)
    return definition


def lists_of(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """The words of every list that could be read in some texts: items, purposes, roles, law and so on."""
    return _lists({name: read_places(text, name) for name, text in texts.items() if name in shapes.FILES})


def hash_of(texts: Mapping[str, str]) -> str:
    """SHA-256, in hexadecimal, of the names and texts of a definition's files, each after its length."""
    whole = hashlib.sha256()
    for name in sorted(texts):
        for part in (name.encode(), texts[name].encode("utf-8", "surrogatepass")):
            whole.update(f"{len(part)}:".encode() + part)
    return whole.hexdigest()


def _texts_of(texts: Mapping[str, str], service: str, errors: list[Fault]) -> dict[str, str]:
    own = [name for name, text in texts.items() if NOTICES.fullmatch(name) and _is_of(text, service)]
    if len(own) != 1:
        found = " and ".join(sorted(own)) or "no file under services/"
        errors.append(Fault("services/", 0, f"The notice of “{service}” should be one file; it is {found}."))
    chosen = {name: texts[name] for name in own}
    for name, text in texts.items():
        if name in shapes.FILES:
            chosen[name] = text
        elif name.endswith(".yaml") and not name.startswith("services/"):
            errors.append(
                Fault(name, 0, "No file of a definition is called this.", nearest(name, shapes.FILES))
            )
    errors += [Fault(name, 0, "The file is missing.") for name in NEEDED if name not in texts]
    return chosen


def _is_of(text: str, service: str) -> bool:
    return (
        re.search(rf"\bservice:\s*[\"']?{re.escape(service)}[\"']?\s*(?:[,}}#]|$)", text, re.MULTILINE)
        is not None
    )


def _shape(name: str) -> type[Any]:
    return shapes.FILES.get(name, shapes.ServiceFile)


def _checked(page: Placed, lists: dict[str, Any], errors: list[Fault]) -> Any:
    shape = _shape(page.file)
    try:
        return _ADAPTERS[shape].validate_python(page.value, context=lists)
    except ValidationError as problems:
        for problem in problems.errors(include_url=False):
            wrong, suggestion = sentence(problem, shape=shape, lists=lists)
            errors.append(Fault(page.file, page.line(problem["loc"]), wrong, suggestion))
    return None


def _lists(placed: Mapping[str, Placed]) -> dict[str, set[str]]:
    """The words that the files may use of each other; a list that could not be read is left out."""
    found: dict[str, set[str]] = {}
    for name, keys in LISTS.items():
        for key in keys:
            if name not in placed:
                found[key] = set()
            elif isinstance(page := placed[name].value, dict) and isinstance(page.get(key), dict | list):
                found[key] = _words(page[key])
    return found


def _words(listed: dict[str, Any] | list[Any]) -> set[str]:
    if isinstance(listed, dict):
        return set(listed)
    return {entry["id"] for entry in listed if isinstance(entry, dict) and isinstance(entry.get("id"), str)}


def _for_service(lists: dict[str, Any], vocabulary: Placed | None, service: str) -> dict[str, Any]:
    """A notice may name its own purposes and those of the law; the law may name everybody's."""
    purposes = vocabulary.value.get("purposes") if vocabulary and isinstance(vocabulary.value, dict) else None
    if not isinstance(purposes, dict):
        return lists
    return {**lists, "purposes": {word for word, purpose in purposes.items() if _may_name(purpose, service)}}


def _may_name(purpose: object, service: str) -> bool:
    of = purpose.get("of") if isinstance(purpose, dict) else None
    return not isinstance(of, list) or not of or service in of or "law" in of


SHAPES: list[type[Any]] = [*shapes.FILES.values(), shapes.ServiceFile]
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {shape: TypeAdapter(shape) for shape in SHAPES}
