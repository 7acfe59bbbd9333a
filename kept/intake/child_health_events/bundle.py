"""From bytes to a bundle: what is JSON, what is a message, and what each reference in it points at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NoReturn

from kept.intake.child_health_events.elements import NOTHING, Node, all_texts, node, nodes, objects, text
from kept.intake.faults import Fault, Reason

MOST_BYTES = 1_000_000  # the longest published sample has 22,000
MOST_CHARACTERS = 1_000  # of one text; PDS allows 35 for part of a name or a line of an address
_PEOPLE = frozenset({"Patient", "RelatedPerson"})
_KEPT = ("identifier", "name", "telecom", "address")  # what of a person goes into the record as text
# FHIR: no text holds a control character but tab and the ends of line. Half a surrogate pair is no character.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_BY_UUID = "urn:uuid:"


class NoMessage(Exception):
    """The bytes hold no message at all. Carries the one reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.words)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    full_url: str
    kind: str  # the type of the resource
    own_id: str
    resource: Node

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
    kinds: Mapping[str, tuple[Node, ...]]

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """The resources of one type, in their order."""
        return self.kinds.get(kind, ())

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
            self._leads_somewhere(text(one, "reference"), contained)
            for one in objects(entry.resource)
            if isinstance(one.get("reference"), str)
        )

    def _leads_somewhere(self, reference: str, contained: set[str]) -> bool:
        if reference.startswith("#"):
            return reference == "#" or reference in contained
        entry = self.names.get(reference)
        if entry is None:
            # The address of a register elsewhere, such as that of organisations, is not expected inside.
            return reference.startswith(("https://", "http://"))
        # STU3: a full URL must not disagree with the id of what it names.
        own = reference.removeprefix(_BY_UUID)
        return not reference.startswith(_BY_UUID) or entry.own_id in ("", own)

    def _is_about_a_patient(self, entry: Entry) -> bool:
        about = [node(entry.resource, key) for key in ("subject", "patient")]
        led_to = [self.names.get(text(one, "reference")) for one in about]
        return all(one is None or one.kind == "Patient" for one in led_to)


def open_bundle(raw: bytes) -> Bundle:
    """The message bundle in some bytes. Raises NoMessage with its reason where there is none."""
    root = _parsed(raw)
    if not isinstance(root, dict) or text(root, "resourceType") != "Bundle":
        raise NoMessage(Reason.NOT_A_BUNDLE)
    entries = tuple(_entry(one) for one in nodes(root, "entry"))
    kinds = _by_kind(entries)
    headers = kinds.get("MessageHeader", ())
    if text(root, "type") != "message" or len(headers) != 1:
        raise NoMessage(Reason.NOT_A_MESSAGE)
    return Bundle(root, _digest(root), headers[0], entries, _names_of(entries), kinds)


def _entry(one: Node) -> Entry:
    resource = node(one, "resource")
    return Entry(text(one, "fullUrl"), text(resource, "resourceType"), text(resource, "id"), resource)


def _by_kind(entries: tuple[Entry, ...]) -> dict[str, tuple[Node, ...]]:
    found: dict[str, list[Node]] = {}
    for entry in entries:
        found.setdefault(entry.kind, []).append(entry.resource)
    return {kind: tuple(resources) for kind, resources in found.items()}


def _names_of(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    named = {f"{entry.kind}/{entry.own_id}": entry for entry in entries if entry.own_id}
    return named | {entry.full_url: entry for entry in entries if entry.full_url}


def _too_long(kept: object) -> bool:
    return any(len(one) > MOST_CHARACTERS for one in all_texts(kept))


def _parsed(raw: bytes) -> object:
    if len(raw) > MOST_BYTES:
        raise NoMessage(Reason.TOO_LARGE)
    try:
        written = raw.decode("utf-8-sig")
        root: object = json.loads(written, object_pairs_hook=_each_key_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise NoMessage(Reason.NOT_JSON) from None
    # Only an escape can put such a character into a text: written plainly, it is no JSON or no UTF-8.
    if "\\" in written and any(_NO_CHARACTER.search(one) for one in all_texts(root)):
        raise NoMessage(Reason.NOT_JSON)
    return root


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key given twice says two things, of which one would silently win: FHIR forbids it."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(name: str) -> NoReturn:
    """NaN and Infinity are no JSON, though Python's reader takes them."""
    raise ValueError(name)


def _digest(root: Node) -> str:
    try:
        said = json.dumps(root, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    except RecursionError:
        raise NoMessage(Reason.NOT_JSON) from None
    return sha256(said.encode("ascii")).hexdigest()
