"""What overtook the notice after it was dated: law that began, and names that changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding, of_clause
from kept.notices.means import Identify

if TYPE_CHECKING:
    from kept.notices.definition import Definition


def overtaken(definition: Definition, *, on: date) -> Iterator[Finding]:
    """Law in force on a day that was not on the day of the notice, and bodies that are called otherwise now."""
    for entry in definition.law:
        if entry.from_on and definition.dated < entry.from_on <= on and entry.counts(on):
            status = "" if entry.confirmed else " It is not confirmed."
            words = f"This law began on {entry.from_on}, after the notice was dated.{status}"
            yield of_clause("overtaken", entry, words, "Say it in the next notice.")
        if entry.until_on and definition.dated < entry.until_on <= on:
            yield of_clause(
                "overtaken", entry, f"This law ended on {entry.until_on}, after the notice was dated."
            )
    for clause, identify in definition.meaning(Identify, on=on, law=False):
        body = definition.bodies.get(identify.body or "")
        if body and body.name(definition.dated) != body.name(on):
            words = f"The notice says “{body.name(definition.dated)}”; the name is now “{body.name(on)}”."
            yield of_clause(
                f"stale.{identify.responsibility}", clause, words, "Print the new name beside it."
            )
