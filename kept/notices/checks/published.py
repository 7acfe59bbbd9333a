"""The published notice: its own defects, and the statements that no clause carries out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding, of_clause

if TYPE_CHECKING:
    from kept.notices.definition import Definition


def published(definition: Definition, *, on: date) -> Iterator[Finding]:
    """Each typed defect of a published statement, from the day since which it is one; each statement left out."""
    carried = {
        statement for clause in definition.clauses for statement in clause.source if not clause.proposed
    }
    for name in own_statements(definition):
        for defect in definition.statements[name].defects:
            if defect.since is None or defect.since <= on:
                yield Finding(
                    f"published.{defect.kind}", name, f"{_sentence(defect.note)}", file="statements.yaml"
                )
        if name not in carried:
            yield Finding(
                "not-carried-out", name, "No clause carries out this statement.", file="statements.yaml"
            )
    for clause in definition.clauses:
        if not clause.source and not clause.proposed:
            yield of_clause(
                "no-source", clause, "It cites no published statement.", "Cite one, or propose it."
            )


def own_statements(definition: Definition) -> list[str]:
    """The statements of this notice: those that are numbered as the ones that its clauses cite."""
    cited = {statement.split("-", 1)[0] for clause in definition.clauses for statement in clause.source}
    return sorted(name for name in definition.statements if name.split("-", 1)[0] in cited)


def _sentence(note: str) -> str:
    return f"{note[:1].upper()}{note[1:]}."
