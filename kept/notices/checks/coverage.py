"""What is held, seen or told without everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding, of_clause
from kept.notices.grants import SAFEGUARDS, safeguards_on
from kept.notices.holdings import kept_items
from kept.notices.means import Collect, Tell
from kept.notices.purposes import permitting

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition


def coverage(definition: Definition, *, on: date, columns: Mapping[str, str]) -> Iterator[Finding]:
    """Items without a rule or a reader, recipients without a channel, columns without a clause, safeguards."""
    seen = {
        (key[2], item)
        for key, grant in definition.table.at(on).grants.items()
        if key[4] == "read"
        for item in grant.items
    }
    for clause, collect in permitting(definition, Collect, on=on):
        yield from _of_items(definition, clause, collect, seen, on=on)
    for clause, tell in permitting(definition, Tell, on=on):
        yield from _of_recipients(definition, clause, tell, on=on)
    yield from _of_columns(definition, columns, on=on)
    for safeguard in sorted(SAFEGUARDS - safeguards_on(definition, on=on)):
        words = f"No clause promises “{safeguard}”: nothing about a person can be opened."
        yield Finding("no-safeguard", safeguard, words, "Add a guard clause.")


def _of_items(
    definition: Definition, clause: Clause, collect: Collect, seen: set[tuple[str, str]], *, on: date
) -> Iterator[Finding]:
    for part in collect.about:
        kept = kept_items(definition, part, on=on)
        for item in collect.items:
            if item not in kept:
                words = f"No rule says how long “{item}” about the {part} is kept: it cannot be held."
                yield of_clause("no-rule", clause, words, "Add it to a record that a keep clause names.")
            elif (part, item) not in seen:
                yield of_clause("nobody-sees", clause, f"No role can see “{item}” about the {part}.")


def _of_recipients(definition: Definition, clause: Clause, tell: Tell, *, on: date) -> Iterator[Finding]:
    for name in tell.recipients:
        recipient = definition.recipients[name]
        if not recipient.channels:
            yield of_clause(
                "no-channel", clause, f"Nothing says how “{name}” can be told.", "Give it a channel."
            )
        if not recipient.registered.covers(on):
            yield of_clause("not-registered", clause, f"“{name}” is not in the register on this day.")


def _of_columns(definition: Definition, columns: Mapping[str, str], *, on: date) -> Iterator[Finding]:
    held = {item for part in definition.table.at(on).refusals.holdings.collected.values() for item in part}
    for column, item in sorted(columns.items()):
        if item not in definition.vocabulary.items:
            yield Finding("unknown-column", column, f"It holds “{item}”, which is no item of the vocabulary.")
        elif item not in held:
            yield Finding(
                "uncovered-column", column, f"It holds “{item}”, which no clause of this notice lists."
            )
