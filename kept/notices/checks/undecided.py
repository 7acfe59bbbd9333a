"""What still waits for somebody: open questions, proposals, and clauses that only explain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding, of_clause
from kept.notices.means import Explain

if TYPE_CHECKING:
    from kept.notices.definition import Definition


def undecided(definition: Definition, *, on: date) -> Iterator[Finding]:
    """Each ambiguity with its safe default, each proposal nobody adopted, and each clause that does nothing."""
    for clause in (*definition.clauses, *definition.law):
        if clause.unsettled:
            open_since = f"{clause.unsettled.question} Until somebody decides: {clause.unsettled.default}"
            yield of_clause("unsettled", clause, open_since, f"Open since {clause.unsettled.since}.")
        if clause.proposed and not clause.counts(on):
            words = "It is only proposed: it counts as missing, and opens nothing."
            yield of_clause("proposed", clause, words, "Adopt it, with a second person's approval.")
    for clause in definition.clauses:
        for meant in clause.means:
            if isinstance(meant, Explain):
                because = meant.because or "No reason is given."
                yield of_clause("explains-only", clause, f"Nothing is carried out: {because}")
