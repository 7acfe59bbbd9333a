"""What a clause does, in the words of the lists: for whoever reads the whole notice and wants to know exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kept.notices.definition import Clause, Definition
from kept.notices.leaflet import standing
from kept.notices.means import Collect, Count, Identify, Keep, Right, See, Serve, Tell, Use

RESPONSIBLE = {
    "notice": "Whose notice this is",
    "controller": "Who answers for the service",
    "department": "The department",
    "deliverer": "Who does the work",
    "regulator": "Who checks us",
    "rights-desk": "Who helps with your rights",
    "data-protection-officer": "Who takes complaints",
    "alternative-formats": "Who sends other forms",
}
MAY = {
    "read": "look",
    "record": "write down",
    "tell": "tell those on the list",
    "count": "count without names",
}
UNCONFIRMED = " (not confirmed yet)"


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing that a clause says exactly."""

    label: str
    values: tuple[str, ...]


def particulars(definition: Definition, clause: Clause, *, on: date) -> tuple[Particular, ...]:
    """All that a clause says exactly, in the order in which it says it; with names as they are on a day."""
    found = [one for meant in clause.means for one in _of(definition, meant, on)]
    return tuple(dict.fromkeys(one for one in found if one.values))


def items_of(definition: Definition, entry: Clause) -> tuple[str, ...]:
    """What an entry of the law lets the service write down, in words; nothing where it lets it write nothing."""
    named = (item for meant in entry.means if isinstance(meant, Collect) for item in meant.items)
    return _items(definition, tuple(dict.fromkeys(named)))


def law_beside(definition: Definition, *, on: date) -> tuple[Clause, ...]:
    """The law that binds the service on a day, or will: in the order of the list, without what only a purpose
    rests on."""
    return tuple(
        entry
        for entry in standing(definition.law, on=on)
        if entry.ground == "law" or entry.kinds != ("explain",)
    )


def _of(definition: Definition, meant: object, on: date) -> Iterator[Particular]:
    match meant:
        case Identify():
            yield from _body(definition, meant, on)
        case Serve():
            yield from _served(definition, meant)
        case Collect():
            yield from _collected(definition, meant)
        case Use():
            yield from _used(definition, meant)
        case See():
            yield from _seen(definition, meant)
        case Tell():
            yield from _told(definition, meant)
        case Count():
            yield Particular("Why", _purposes(definition, meant.purposes))
            yield Particular(
                "The smallest number that leaves", (str(meant.threshold),) if meant.threshold else ()
            )
        case Keep() if meant.rule:
            yield from _kept(definition, meant)
        case Right() if meant.deadline:
            law = definition.by_id[meant.deadline]
            yield Particular("What the law says", (f"{law.words} {citation(law)}",))


def _body(definition: Definition, meant: Identify, on: date) -> Iterator[Particular]:
    if meant.body:
        body = definition.bodies[meant.body]
        reached = " or ".join(filter(None, (body.phone, body.web)))
        yield Particular(
            RESPONSIBLE[meant.responsibility],
            (f"{body.name(on)}{f', {body.words}' if body.words else ''}{f': {reached}' if reached else ''}",),
        )


def _served(definition: Definition, meant: Serve) -> Iterator[Particular]:
    if meant.ages and meant.ages.until.years:
        yield Particular("Ages", (f"from birth to the day before they turn {meant.ages.until.years}",))
    yield Particular("With", ("a parent or main carer",) if meant.carer else ())
    yield Particular(
        "Living in", tuple(definition.vocabulary.areas[area].words for area in meant.resident_of)
    )


def _collected(definition: Definition, meant: Collect) -> Iterator[Particular]:
    yield Particular("What", _items(definition, meant.items))
    yield Particular("About", _parts(definition, meant.about))
    yield Particular(
        "Who tells us", tuple(definition.vocabulary.sources[source].words for source in meant.sources)
    )
    yield Particular("Why", _purposes(definition, meant.purposes))
    if meant.of_class:
        yield Particular("This is the whole list of", (definition.vocabulary.classes[meant.of_class].words,))


def _used(definition: Definition, meant: Use) -> Iterator[Particular]:
    if meant.purpose:
        yield Particular("Why", _purposes(definition, (meant.purpose,)))
        yield Particular("We may", tuple(MAY[permitted] for permitted in meant.permits))
        yield Particular(
            "The law that lets us", tuple(citation(definition.by_id[basis]) for basis in meant.basis)
        )


def _seen(definition: Definition, meant: See) -> Iterator[Particular]:
    yield Particular("Who", tuple(definition.roles[role].words for role in meant.roles))
    yield Particular("They may", tuple(MAY[act] for act in meant.to))
    yield Particular("What", _items(definition, meant.items))
    yield Particular("About", _parts(definition, meant.about))
    yield Particular("Why", _purposes(definition, meant.purposes))
    yield Particular("They must say why", ("yes, each time",) if meant.reason == "required" else ())


def _told(definition: Definition, meant: Tell) -> Iterator[Particular]:
    if meant.recipients:
        yield Particular("Who", tuple(definition.recipients[one].words for one in meant.recipients))
        yield Particular("What", _items(definition, meant.items))
        yield Particular("About", _parts(definition, meant.about))
        yield Particular("Why", _purposes(definition, meant.purposes))
        yield Particular("Do we ask you first?", (_asked(definition, meant),))


def _asked(definition: Definition, meant: Tell) -> str:
    if meant.agreement is None:
        return "This notice does not say, so nothing is told until it does"
    if meant.agreement.ask == "never":
        return "No"
    exceptions = " or ".join(_purposes(definition, meant.agreement.exceptions))
    return f"Yes, but not {exceptions}" if exceptions else "Yes, always"


def _kept(definition: Definition, meant: Keep) -> Iterator[Particular]:
    rule = definition.rules[meant.rule or ""]
    yield Particular("What", tuple(definition.records[records].words for records in meant.records))
    unsure = UNCONFIRMED if rule.status == "unconfirmed" else ""
    yield Particular("How long", (f"{rule.words}{unsure}",))
    yield Particular("Where that comes from", (rule.citation,) if rule.citation else ())


def citation(law: Clause) -> str:
    """Where a law entry stands, and whether anybody has confirmed it."""
    return f"{law.citation}{'' if law.confirmed else UNCONFIRMED}"


def _items(definition: Definition, items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(definition.vocabulary.items[item].words for item in items)


def _parts(definition: Definition, parts: tuple[str, ...]) -> tuple[str, ...]:
    words = definition.vocabulary.parts
    return tuple(words[part].words for part in words if part in parts)


def _purposes(definition: Definition, purposes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(definition.vocabulary.purposes[purpose].words for purpose in purposes)
