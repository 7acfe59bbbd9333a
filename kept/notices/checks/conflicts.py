"""Where the promise and the law say different things about the same telling or the same item."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding, of_clause
from kept.notices.means import Collect, See, Tell

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition


def conflicts(definition: Definition, *, on: date) -> Iterator[Finding]:
    """Duties of the law that the promise would ask about or refuse, and promises of what the law forbids.

    Law that is not confirmed is compared too, and the finding says so: it decides nothing yet.
    """
    for entry in definition.law:
        if not entry.counts(on):
            continue
        for meant in entry.means:
            if entry.effect == "must" and isinstance(meant, Tell):
                yield from _duty(definition, entry, meant, on=on)
            elif entry.effect == "must-not" and isinstance(meant, Collect | See | Tell):
                yield from _forbidden(definition, entry, meant, on=on)


def _duty(definition: Definition, entry: Clause, duty: Tell, *, on: date) -> Iterator[Finding]:
    """A duty to tell, against what the promise says of the same recipient and purpose."""
    promises = list(definition.meaning(Tell, on=on, law=False))
    opened = definition.table.at(on).refusals.opened
    for purpose in [purpose for purpose in duty.purposes if purpose in opened]:
        named = {
            recipient for _, tell in promises if purpose in tell.purposes for recipient in tell.recipients
        }
        unnamed = sorted(set(duty.recipients) - named)
        if unnamed:
            words = f"For “{purpose}” this law says that others must be told too: {_listed(unnamed)}."
            yield of_clause("conflict", entry, words + _beside(entry), "Name them in the next notice.")
    yield from _ask_rule(definition, entry, duty, on=on)


def _ask_rule(definition: Definition, entry: Clause, duty: Tell, *, on: date) -> Iterator[Finding]:
    """A promise to ask first stands against a duty to tell the same recipients, whatever the purpose is called."""
    asked = {
        recipient
        for _, tell in definition.meaning(Tell, on=on, law=False)
        if any(_asks(tell, purpose) for purpose in tell.purposes)
        for recipient in tell.recipients
        if recipient in duty.recipients
    }
    if asked:
        words = (
            f"The notice promises to ask before it tells {_listed(sorted(asked))}; this duty does not wait."
        )
        yield of_clause(
            "asks-before-duty", entry, words + _beside(entry), "Say in the next notice when nobody is asked."
        )


def _asks(tell: Tell, purpose: str) -> bool:
    return (
        tell.agreement is not None
        and tell.agreement.ask == "first"
        and purpose not in tell.agreement.exceptions
    )


def _forbidden(
    definition: Definition, entry: Clause, law: Collect | See | Tell, *, on: date
) -> Iterator[Finding]:
    for clause, meant in definition.meaning(type(law), on=on, law=False):
        items = sorted(set(meant.items) & set(law.items))
        if items and set(meant.about) & set(law.about) and set(meant.purposes) & set(law.purposes):
            words = f"The law forbids what this clause promises about {_listed(items)}."
            yield of_clause("conflict", clause, words + _beside(entry), f"See {entry.id}.")


def _beside(entry: Clause) -> str:
    return "" if entry.confirmed else " The law is not confirmed, and decides nothing yet."


def _listed(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
