"""What the program does because of a clause, said in sentences: for those who check it, not for families."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kept.notices.lists import Listed
from kept.notices.means import (
    Collect,
    Count,
    Explain,
    Guard,
    Identify,
    Inform,
    Keep,
    Means,
    Offer,
    Right,
    See,
    Serve,
    Tell,
    Use,
)
from kept.notices.spans import Span

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition

GUARDED = {
    "need-to-know": "Shows nothing to anybody whom no see clause names; refuses a share that states no need.",
    "second-factor": "Lets nobody in with a password alone.",
    "row-level-security": "Refuses to start unless the database itself withholds every row that no entry opens.",
    "append-only-ledger": "Writes down every look and every change where nobody can alter it.",
}


def does(definition: Definition, clause: Clause) -> tuple[str, ...]:
    """One sentence or more for each thing that a clause means."""
    said = tuple(sentence for meant in clause.means for sentence in _sentences(definition, meant))
    if clause.proposed and clause.from_on is None:
        return ("Nothing: it is only proposed.",)
    if (
        clause.of_law
        and not clause.confirmed
        and not clause.ground.startswith(("article", "schedule", "power"))
    ):
        return tuple(f"Nothing yet, for the law is not confirmed. It would: {sentence}" for sentence in said)
    return said


def _sentences(definition: Definition, meant: Means) -> Iterator[str]:
    return SAYING[type(meant)](definition, meant)


def _identifies(definition: Definition, meant: Identify) -> Iterator[str]:
    body = definition.bodies.get(meant.body or "")
    name = body.name(definition.dated) if body else definition.title
    if meant.responsibility == "notice":
        yield f"Prints {definition.title}, the date and the version on every notice and letter."
    else:
        yield f"Prints {name} as the {meant.responsibility.replace('-', ' ')} on notices and letters."


def _collects(definition: Definition, meant: Collect) -> Iterator[str]:
    if meant.closes == "items":
        yield f"Refuses every {meant.of_class} item that no clause lists, and names this clause."
    elif meant.closes == "sources":
        yield "Refuses every source that no clause names, and names this clause."
    else:
        items, about = _items(definition, meant.items), _worded(definition.vocabulary.parts, meant.about)
        yield f"Takes down {items}: about {about}; from {_worded(definition.vocabulary.sources, meant.sources)}."


def _uses(definition: Definition, meant: Use) -> Iterator[str]:
    if meant.closes:
        yield "Refuses every purpose that neither a clause nor the law opens, and names this clause."
    else:
        yield f"Opens the purpose “{meant.purpose}” to {_listed(meant.permits)}, on {_listed(meant.basis)}."


def _serves(definition: Definition, meant: Serve) -> Iterator[str]:
    if meant.ages:
        start = "birth" if meant.ages.start == "birth" else _span(meant.ages.start)
        carer = ", with a parent or carer" if meant.carer else ""
        yield f"Opens care from {start} until {_span(meant.ages.until)} of age{carer}, and ends it then."
    if meant.resident_of:
        areas = _listed(definition.vocabulary.areas[area].words for area in meant.resident_of)
        yield f"Leaves it to a person to decide when a child may not live in {areas}."


def _sees(definition: Definition, meant: See) -> Iterator[str]:
    reason = " who gives a reason" if meant.reason == "required" else ""
    who = f"{_listed(meant.roles)}{reason}, standing as {_listed(meant.standing)}"
    items, about = _items(definition, meant.items), _worded(definition.vocabulary.parts, meant.about)
    acts, purposes = " and ".join(meant.to), _listed(meant.purposes)
    yield f"Lets {who}, {acts} {items}: about {about}; for {purposes}."


def _tells(definition: Definition, meant: Tell) -> Iterator[str]:
    if meant.closes:
        yield "Refuses every recipient that no clause names, and names this clause."
        return
    recipients = _listed(definition.recipients[name].words for name in meant.recipients)
    items, about = _items(definition, meant.items), _worded(definition.vocabulary.parts, meant.about)
    reason = ", and wants a reason" if meant.reason == "required" else ""
    asks = f"{_asks(meant)}{reason}"
    yield f"Can tell {recipients}: {items}; about {about}; for {_listed(meant.purposes)}. It {asks}."


def _asks(meant: Tell) -> str:
    if meant.agreement is None:
        return "tells nobody, for want of an agreement rule"
    if meant.agreement.ask == "never":
        return "asks nobody first"
    except_for = _listed(meant.agreement.exceptions)
    return f"asks the family first, save for {except_for}" if except_for else "asks the family first"


def _counts(definition: Definition, meant: Count) -> Iterator[str]:
    if meant.threshold is None:
        yield "Lets no figure leave, for want of a threshold."
    else:
        yield f"Lets figures leave for {_listed(meant.purposes)}: nought, or {meant.threshold} and more."


def _keeps(definition: Definition, meant: Keep) -> Iterator[str]:
    rule = definition.rules.get(meant.rule or "")
    words = rule.words if rule else "no rule"
    records = _listed(definition.records[name].words for name in meant.records)
    yield f"Keeps {records}: {words}." if records else f"Follows the rule “{meant.rule}”: {words}."


def _rights(definition: Definition, meant: Right) -> Iterator[str]:
    clock = f", on the clock of {meant.deadline}" if meant.deadline else ""
    right = "every right" if meant.right == "any" else f"the right “{meant.right}”"
    yield f"Opens a case for {right}{clock}."


def _informs(definition: Definition, meant: Inform) -> Iterator[str]:
    yield f"When it comes to “{meant.of}”, queues what is owed: {_listed(meant.owed) or 'nothing'}."


def _offers(definition: Definition, meant: Offer) -> Iterator[str]:
    yield f"Offers {_listed([*meant.formats, *meant.languages, *([meant.link] if meant.link else [])])}."


def _guards(definition: Definition, meant: Guard) -> Iterator[str]:
    yield GUARDED[meant.safeguard]


def _explains(definition: Definition, meant: Explain) -> Iterator[str]:
    yield f"Nothing: {meant.because or 'it is there to be read'}."


def _items(definition: Definition, items: Iterable[str]) -> str:
    return "; ".join(definition.vocabulary.items[item].words for item in items)


def _worded(listed: Mapping[Any, Listed], words: Iterable[str]) -> str:
    return _listed(listed[word].words if word in listed else word for word in words)


def _listed(words: Iterable[str]) -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _span(span: Span) -> str:
    lengths = {"year": span.years, "month": span.months, "week": span.weeks, "day": span.days}
    return _listed(f"{n} {unit}{'s' if n != 1 else ''}" for unit, n in lengths.items() if n) or "0 days"


SAYING: dict[type, Callable[[Any, Any], Iterator[str]]] = {
    Identify: _identifies,
    Serve: _serves,
    Collect: _collects,
    Use: _uses,
    See: _sees,
    Tell: _tells,
    Count: _counts,
    Keep: _keeps,
    Right: _rights,
    Inform: _informs,
    Offer: _offers,
    Guard: _guards,
    Explain: _explains,
}
