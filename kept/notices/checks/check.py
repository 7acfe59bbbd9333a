"""Everything that a definition should be looked at for, on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.checks.articles import articles
from kept.notices.checks.conflicts import conflicts
from kept.notices.checks.coverage import coverage
from kept.notices.checks.grounds import grounds
from kept.notices.checks.overtaken import overtaken
from kept.notices.checks.plain_words import plain_words
from kept.notices.checks.published import published
from kept.notices.checks.reach import reach
from kept.notices.checks.undecided import undecided
from kept.notices.findings import Finding

if TYPE_CHECKING:
    from kept.notices.definition import Definition


def check(
    definition: Definition, *, on: date, columns: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """Everything found, sorted by kind; the same definition and day always give the same answer.

    ``columns`` are the columns of the record with the item that each holds, where a caller knows them.
    """
    found = [
        *published(definition, on=on),
        *articles(definition, on=on),
        *overtaken(definition, on=on),
        *conflicts(definition, on=on),
        *grounds(definition, on=on),
        *reach(definition, on=on),
        *coverage(definition, on=on, columns=columns or {}),
        *plain_words(definition, on=on),
        *undecided(definition, on=on),
    ]
    return tuple(sorted(set(found)))
