"""The record of processing activities (UK GDPR, Article 30(1)), made from a definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kept.notices.lists import Listed
from kept.notices.means import Collect, Count, Guard, Identify, Inform, Keep, Tell, Use
from kept.notices.purposes import permitting

if TYPE_CHECKING:
    from kept.notices.definition import Definition

NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Activity:
    """What is done for one purpose."""

    purpose: str
    clause: str
    legal_bases: tuple[str, ...]  # citations, each with "(unconfirmed)" where nobody has confirmed it
    permits: tuple[str, ...]
    data_subjects: tuple[str, ...]
    items: tuple[str, ...]
    special: bool  # whether any of them is special or about crime
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    figures: str  # what leaves with personal details removed
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordOfProcessing:
    """One service's entry. Two services never share one."""

    service: str
    title: str
    version: str
    controller: str
    department: str
    deliverer: str
    data_protection_officer: str
    transfers: str
    security: tuple[str, ...]
    activities: tuple[Activity, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def record_of_processing(definition: Definition, *, on: date) -> RecordOfProcessing:
    """The entry of a service on a day. What the definition does not say is ``not said``, never guessed."""
    return RecordOfProcessing(
        service=definition.service,
        title=definition.title,
        version=definition.hash[:12],
        controller=definition.bodies[definition.controller].name(on),
        department=_named(definition, "department", on),
        deliverer=definition.bodies[definition.delivered_by].name(on),
        data_protection_officer=_named(definition, "data-protection-officer", on),
        transfers=_inform(definition, "transfers", on),
        security=tuple(c.words for c, _ in permitting(definition, Guard, on=on)),
        activities=tuple(
            _activity(definition, clause.id, use, on)
            for clause, use in permitting(definition, Use, on=on)
            if use.purpose
        ),
    )


def _named(definition: Definition, responsibility: str, on: date) -> str:
    for _, identify in definition.meaning(Identify, on=on):
        if identify.responsibility == responsibility and identify.body:
            return definition.bodies[identify.body].name(on)
    return NOT_SAID


def _inform(definition: Definition, of: str, on: date) -> str:
    return next(
        (clause.words for clause, inform in definition.meaning(Inform, on=on) if inform.of == of), NOT_SAID
    )


def _activity(definition: Definition, clause: str, use: Use, on: date) -> Activity:
    purpose, vocabulary = use.purpose or "", definition.vocabulary
    collects = [c for _, c in permitting(definition, Collect, on=on) if purpose in c.purposes]
    tells = [t for _, t in permitting(definition, Tell, on=on) if purpose in t.purposes]
    counts = [c for _, c in permitting(definition, Count, on=on) if purpose in c.purposes]
    items = list(dict.fromkeys(item for collect in collects for item in collect.items))
    return Activity(
        purpose=vocabulary.purposes[purpose].words,
        clause=clause,
        legal_bases=tuple(_citation(definition, basis) for basis in use.basis),
        permits=use.permits,
        data_subjects=_worded(vocabulary.parts, [part for collect in collects for part in collect.about]),
        items=tuple(vocabulary.items[item].words for item in items),
        special=any(vocabulary.items[item].of_class in ("special", "criminal") for item in items),
        sources=_worded(vocabulary.sources, [source for collect in collects for source in collect.sources]),
        recipients=tuple(
            dict.fromkeys(definition.recipients[name].words for tell in tells for name in tell.recipients)
        ),
        figures="; ".join(f"nought, or {count.threshold} and more" for count in counts if count.threshold),
        kept=_rules(definition, set(items), on),
    )


def _citation(definition: Definition, basis: str) -> str:
    entry = definition.by_id[basis]
    return entry.citation if entry.confirmed else f"{entry.citation} (unconfirmed)"


def _worded(listed: Mapping[Any, Listed], words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(listed[word].words if word in listed else word for word in words))


def _rules(definition: Definition, items: set[str], on: date) -> tuple[str, ...]:
    found = [
        definition.rules[keep.rule].words
        for _, keep in definition.meaning(Keep, on=on)
        for name in keep.records
        if keep.rule and items & set(definition.records[name].items)
    ]
    return tuple(dict.fromkeys(found))
