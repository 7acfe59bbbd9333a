"""Which clause a refusal names on a day: every refusal rests on words that a family can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.holdings import PARTS, Holdings, holdings_on
from kept.notices.means import Collect, Guard, Tell, Use
from kept.notices.purposes import Purpose, permitting, purposes_on

if TYPE_CHECKING:
    from kept.notices.definition import Definition


@dataclass(frozen=True, slots=True)
class Refusals:
    """The clauses that close the lists of a notice, and what each list has on it."""

    last: str  # for what no other clause refuses: always some clause of the definition
    purposes: str  # closes the list of purposes
    recipients: str
    sources: str
    items: Mapping[str, str]  # class of item -> the clause that closes its list
    need_to_know: str
    opened: Mapping[str, list[Purpose]]
    holdings: Holdings
    unheld: Mapping[str, Mapping[str, str]]  # part -> every item -> why it is not seen where nothing gives it
    groups: Mapping[
        str, tuple[tuple[str, frozenset[str]], ...]
    ]  # the same: part -> each clause and its items
    known: frozenset[str]  # every item of the vocabulary

    def purpose(self, purpose: str, act: str) -> str:
        """The clause against doing something for a purpose; '' where the purpose is open for it."""
        opened = self.opened.get(purpose)
        if not opened:
            return self.purposes
        for one in opened:
            if act in one.acts:
                return ""
        return opened[0].clause

    def against_sight(self, part: str, items: frozenset[str]) -> tuple[str, ...]:
        """The clauses against seeing items about one part; need to know first, where it is among them."""
        groups = self.groups.get(part)
        if groups is None or not items:
            return (self.items["personal"],) if items else (self.need_to_know,)
        clauses = [clause for clause, group in groups if not group.isdisjoint(items)]
        if not self.known >= items and self.items["personal"] not in clauses:
            clauses.append(self.items["personal"])
        return tuple(clauses)

    def source(self, part: str, item: str, purpose: str) -> str:
        """The clause against a source or purpose for which an item is not collected: it names the others."""
        for _, received in self.holdings.sources(part, purpose):
            if item in received:
                return self.sources or received[item]
        return self.holdings.collected[part][item] or self.need_to_know


def refusals_on(definition: Definition, *, on: date) -> Refusals:
    """The clauses that refuse on a day. A notice without a closing clause refuses by its most general one."""
    last = _last(definition)
    need = next(
        (c.id for c, guard in permitting(definition, Guard, on=on) if guard.safeguard == "need-to-know"), last
    )
    purposes = next((c.id for c, use in permitting(definition, Use, on=on) if use.closes), need)
    recipients = next((c.id for c, tell in permitting(definition, Tell, on=on) if tell.closes), purposes)
    closing = {c.closes or "": clause.id for clause, c in permitting(definition, Collect, on=on)}
    items = _closing_items(definition, purposes, on=on)
    holdings = holdings_on(definition, on=on)
    unheld = {part: dict(_unheld(definition, holdings, part, items, need)) for part in PARTS}
    return Refusals(
        last=last,
        purposes=purposes,
        recipients=recipients,
        sources=closing.get("sources", ""),
        items=items,
        need_to_know=need,
        opened=purposes_on(definition, on=on),
        holdings=holdings,
        unheld=unheld,
        groups={part: _grouped(clauses, need) for part, clauses in unheld.items()},
        known=frozenset(definition.vocabulary.items),
    )


def _last(definition: Definition) -> str:
    return next(clause.id for clause in (*definition.clauses, *definition.law))


def _closing_items(definition: Definition, otherwise: str, *, on: date) -> dict[str, str]:
    """Notices list what concerns crime among the items that they are careful with."""
    closing = {c.of_class: clause.id for clause, c in permitting(definition, Collect, on=on) if c.of_class}
    general = closing.get("personal", otherwise)
    careful = closing.get("careful", general)
    return {
        "personal": general,
        "special": closing.get("special", general),
        "careful": careful,
        "criminal": closing.get("criminal", careful),
    }


def _unheld(
    definition: Definition, holdings: Holdings, part: str, items: Mapping[str, str], need: str
) -> Iterator[tuple[str, str]]:
    for item, entry in definition.vocabulary.items.items():
        yield item, need if item in holdings.collected[part] else items[entry.of_class]


def _grouped(clauses: Mapping[str, str], need: str) -> tuple[tuple[str, frozenset[str]], ...]:
    order = sorted(set(clauses.values()), key=lambda clause: (clause != need, clause))
    return tuple((by, frozenset(item for item, clause in clauses.items() if clause == by)) for by in order)
