"""From bytes to a bundle: what is JSON, what is a message, and what each reference in it points at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NoReturn

from kept.intake.child_health_events.elements import NOTHING, Node, node, nodes, text, walk
from kept.intake.faults import Fault, Reason

MOST_BYTES = 1_000_000  # the longest published sample has 22,000
MOST_CHARACTERS = 1_000  # of one text; PDS allows 35 for part of a name or a line of an address
MOST_DEPTH = 64
_PEOPLE = frozenset({"Patient", "RelatedPerson"})
_KEPT = ("identifier", "name", "telecom", "address")  # what of a person goes into the record as text
# FHIR: no text holds a control character but tab and the two ends of line. Half a surrogate pair is no
# character.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class NoMessage(Exception):
    """The bytes hold no message at all. Carries the one reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.words)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    full_url: str
    resource: Node

    @property
    def kind(self) -> str:
        return text(self.resource, "resourceType")

    @property
    def own_id(self) -> str:
        return text(self.resource, "id")

    @property
    def profiles(self) -> tuple[str, ...]:
        """The last part of the address of each profile that the resource claims."""
        listed = node(self.resource, "meta").get("profile")
        claimed = listed if isinstance(listed, list) else []
        return tuple(one.rsplit("/", 1)[-1] for one in claimed if isinstance(one, str))


@dataclass(frozen=True, slots=True)
class Bundle:
    root: Node
    digest: str
    header: Node
    entries: tuple[Entry, ...]
    names: Mapping[str, Entry]  # what a reference may call each entry

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        return tuple(entry.resource for entry in self.entries if entry.kind == kind)

    def resolve(self, reference: Node) -> Node:
        """The resource that a reference points at, or an empty one."""
        entry = self.names.get(text(reference, "reference"))
        return entry.resource if entry else NOTHING

    def faults(self) -> Iterator[Fault]:
        """What is wrong with the bundle as a whole: references that lead nowhere, texts beyond measure."""
        for entry in self.entries:
            if not (self._references_lead_somewhere(entry) and self._is_about_a_patient(entry)):
                yield Fault(Reason.DANGLING_REFERENCE)
            if entry.kind in _PEOPLE and any(_too_long(entry.resource.get(key)) for key in _KEPT):
                yield Fault(Reason.TOO_LARGE)

    def _references_lead_somewhere(self, entry: Entry) -> bool:
        contained = {f"#{text(one, 'id')}" for one in nodes(entry.resource, "contained")}
        return all(
            self._leads_somewhere(value["reference"].strip(), contained)
            for _, value in walk(entry.resource)
            if isinstance(value, dict) and isinstance(value.get("reference"), str)
        )

    def _is_about_a_patient(self, entry: Entry) -> bool:
        about = [node(entry.resource, key) for key in ("subject", "patient")]
        led_to = [self.names.get(text(one, "reference")) for one in about]
        return all(one is None or one.kind == "Patient" for one in led_to)

    def _leads_somewhere(self, reference: str, contained: set[str]) -> bool:
        if reference.startswith("#"):
            return reference == "#" or reference in contained
        entry = self.names.get(reference)
        if entry is None:
            # The address of a register elsewhere, such as that of organisations, is not expected inside.
            return reference.startswith(("https://", "http://"))
        # STU3: a full URL must not disagree with the id of what it names.
        prefix = "urn:uuid:"
        return not (
            reference.startswith(prefix) and entry.own_id and entry.own_id != reference.removeprefix(prefix)
        )


def open_bundle(raw: bytes) -> Bundle:
    """The message bundle in some bytes. Raises NoMessage with its reason where there is none."""
    root = _parsed(raw)
    if not isinstance(root, dict) or text(root, "resourceType") != "Bundle":
        raise NoMessage(Reason.NOT_A_BUNDLE)
    entries = tuple(Entry(text(entry, "fullUrl"), node(entry, "resource")) for entry in nodes(root, "entry"))
    headers = [entry.resource for entry in entries if entry.kind == "MessageHeader"]
    if text(root, "type") != "message" or len(headers) != 1:
        raise NoMessage(Reason.NOT_A_MESSAGE)
    return Bundle(
        root=root, digest=_digest(root), header=headers[0], entries=entries, names=_names_of(entries)
    )


def _names_of(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    named = {f"{entry.kind}/{entry.own_id}": entry for entry in entries if entry.own_id}
    return named | {entry.full_url: entry for entry in entries if entry.full_url}


def _too_long(kept: object) -> bool:
    return any(isinstance(value, str) and len(value) > MOST_CHARACTERS for _, value in walk(kept))


def _parsed(raw: bytes) -> object:
    if len(raw) > MOST_BYTES:
        raise NoMessage(Reason.TOO_LARGE)
    try:
        root: object = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_each_key_once, parse_constant=_no_constant
        )
    except (ValueError, RecursionError):
        raise NoMessage(Reason.NOT_JSON) from None
    for depth, value in walk(root):
        if depth > MOST_DEPTH or (isinstance(value, str) and _NO_CHARACTER.search(value)):
            raise NoMessage(Reason.NOT_JSON)
    return root


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key given twice says two things of which one would silently win: FHIR forbids it."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(name: str) -> NoReturn:
    """NaN and Infinity are no JSON, though Python's reader takes them."""
    raise ValueError(name)


def _digest(root: Node) -> str:
    same_for_same = json.dumps(root, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256(same_for_same.encode("ascii")).hexdigest()
