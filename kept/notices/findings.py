"""What a check of a definition finds, beyond the errors that stop it from loading."""

from __future__ import annotations

from dataclasses import dataclass

from kept.notices.definition import Clause


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to look at. ``about`` is a clause, a law entry, a statement, an item, a recipient or ''."""

    code: str  # what kind of thing, as 'article-13.2.f' or 'overtaken'
    about: str
    words: str
    suggestion: str = ""
    file: str = ""
    line: int = 0


def of_clause(code: str, clause: Clause, words: str, suggestion: str = "") -> Finding:
    """A finding about one clause, at its place."""
    return Finding(code, clause.id, words, suggestion, clause.file, clause.line)
