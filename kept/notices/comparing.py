"""What would change for families between two versions of a notice, and who must be told.

What counts is what the program would do, not how the clauses are cut: what may be collected, seen, told and kept is
compared, not texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kept.notices.doing import does
from kept.notices.means import Keep, Right, Serve, Tell
from kept.notices.purposes import permitting, purposes_on

if TYPE_CHECKING:
    from kept.notices.definition import Definition

WIDER = frozenset(
    {
        "newly-collected",
        "newly-seen",
        "newly-told",
        "no-longer-asked",
        "new-purpose",
        "right-gone",
        "newly-served",
        "no-longer-served",
        "kept-longer",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change, in words for people, with the clause of the version that brings it or had it."""

    kind: str
    words: str
    clause: str

    @property
    def must_be_told(self) -> bool:
        """Whether those who were given the old version must be told (UK GDPR, Articles 13(3) and 14(4))."""
        return self.kind in WIDER


class Deed(NamedTuple):
    """One thing that a version does: ``what`` in a ``frame`` that several things may share."""

    frame: str
    what: str


Deeds = Mapping[Deed, str]  # each with its clause


def compare(old: Definition, new: Definition, *, on: date | None = None) -> tuple[Change, ...]:
    """Every change from one version to another, each taken on its own first day or on the day given."""
    before, after = on or old.from_on, on or new.from_on
    told_before, told_after = _told(old, before), _told(new, after)
    both = told_before.keys() & told_after.keys()
    asked_before = {deed: by for deed, by in _told(old, before, asked=True).items() if deed in both}
    asked_after = {deed: by for deed, by in _told(new, after, asked=True).items() if deed in both}
    changes = [
        *_changes(_collected(old, before), _collected(new, after), "newly-collected", "no-longer-collected"),
        *_changes(_seen(old, before), _seen(new, after), "newly-seen", "no-longer-seen"),
        *_changes(told_before, told_after, "newly-told", "no-longer-told"),
        *_changes(asked_before, asked_after, "newly-asked", "no-longer-asked"),
        *_changes(_purposes(old, before), _purposes(new, after), "new-purpose", "purpose-gone"),
        *_changes(_rights(old, before), _rights(new, after), "new-right", "right-gone"),
        *_changes(_served(old, before), _served(new, after), "newly-served", "no-longer-served"),
        *_durations(_kept(old, before), _kept(new, after)),
        *_words(old, new),
    ]
    return tuple(sorted(set(changes)))


def _collected(definition: Definition, on: date) -> Deeds:
    received = definition.table.at(on).refusals.holdings.received
    return {
        Deed(f"About {_part(definition, part)}", _item(definition, item)): clause
        for (part, _, _), items in received.items()
        for item, clause in items.items()
    }


def _seen(definition: Definition, on: date) -> Deeds:
    seen: dict[Deed, str] = {}
    for (role, _, part, _, act, _), grant in definition.table.at(on).grants.items():
        frame = f"By {definition.roles[role].words}, about {_part(definition, part)}"
        for item in grant.items if act == "read" else ():
            seen.setdefault(Deed(frame, _item(definition, item)), grant.clause_of[item])
    return seen


def _told(definition: Definition, on: date, *, asked: bool = False) -> Deeds:
    """What may be told; with ``asked``, only what the family is asked about first."""
    refusals = definition.table.at(on).refusals
    told: dict[Deed, str] = {}
    for clause, tell in permitting(definition, Tell, on=on):
        for purpose in tell.purposes:
            if refusals.purpose(purpose, "tell") or not _speaks(tell, purpose, asked=asked):
                continue
            for recipient in tell.recipients:
                for part in tell.about:
                    held = refusals.holdings.collected.get(part, {})
                    frame = _telling(definition, recipient, part, purpose)
                    told |= {Deed(frame, _item(definition, i)): clause.id for i in tell.items if i in held}
    return told


def _speaks(tell: Tell, purpose: str, *, asked: bool) -> bool:
    if tell.agreement is None:
        return False
    return not asked or (tell.agreement.ask == "first" and purpose not in tell.agreement.exceptions)


def _telling(definition: Definition, recipient: str, part: str, purpose: str) -> str:
    to = definition.recipients[recipient].words
    return f"To {to}, about {_part(definition, part)}, {definition.vocabulary.purposes[purpose].words}"


def _purposes(definition: Definition, on: date) -> Deeds:
    return {
        Deed("", definition.vocabulary.purposes[purpose].words): opened[0].clause
        for purpose, opened in purposes_on(definition, on=on).items()
    }


def _rights(definition: Definition, on: date) -> Deeds:
    return {Deed("", meant.right): c.id for c, meant in definition.meaning(Right, on=on, law=False)}


def _served(definition: Definition, on: date) -> Deeds:
    serving = {clause.id: clause for clause, _ in definition.meaning(Serve, on=on, law=False)}
    return {Deed("", line.removesuffix(".")): c.id for c in serving.values() for line in does(definition, c)}


def _kept(definition: Definition, on: date) -> dict[Deed, tuple[int, str]]:
    """For how many days each item is kept from its event on, with the clause."""
    kept: dict[Deed, tuple[int, str]] = {}
    first = date(2000, 1, 1)
    for clause, keep in definition.meaning(Keep, on=on):
        rule = definition.rules.get(keep.rule or "")
        for kind in [definition.records[name] for name in keep.records] if rule else []:
            days = (rule.keeps.after(first) - first).days if rule else 0
            for part in kind.about:
                for item in kind.items:
                    kept[Deed(f"About {_part(definition, part)}", _item(definition, item))] = (
                        days,
                        clause.id,
                    )
    return kept


def _changes(before: Deeds, after: Deeds, added: str, gone: str) -> Iterator[Change]:
    yield from _framed(added, {deed: after[deed] for deed in after.keys() - before.keys()})
    yield from _framed(gone, {deed: before[deed] for deed in before.keys() - after.keys()})


def _durations(
    before: Mapping[Deed, tuple[int, str]], after: Mapping[Deed, tuple[int, str]]
) -> Iterator[Change]:
    both = before.keys() & after.keys()
    yield from _framed("kept-longer", {d: after[d][1] for d in both if after[d][0] > before[d][0]})
    yield from _framed("kept-shorter", {d: after[d][1] for d in both if after[d][0] < before[d][0]})


def _framed(kind: str, deeds: Deeds) -> Iterator[Change]:
    """One change for all that shares a frame and a clause."""
    together: dict[tuple[str, str], list[str]] = {}
    for deed, clause in deeds.items():
        together.setdefault((deed.frame, clause), []).append(deed.what)
    for (frame, clause), whats in together.items():
        listed = "; ".join(sorted(whats))
        words = f"{frame}: {listed}" if frame else listed
        yield Change(kind, f"{words[:1].upper()}{words[1:]}.", clause)


def _words(old: Definition, new: Definition) -> Iterator[Change]:
    for clause in new.clauses:
        earlier = old.by_id.get(clause.id)
        if earlier and not earlier.of_law and earlier.words != clause.words:
            yield Change("words-changed", clause.words, clause.id)


def _item(definition: Definition, item: str) -> str:
    return definition.vocabulary.items[item].words


def _part(definition: Definition, part: str) -> str:
    return next((listed.words for code, listed in definition.vocabulary.parts.items() if code == part), part)
