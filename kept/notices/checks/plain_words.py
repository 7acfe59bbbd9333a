"""Plain words: long sentences, sections that are hard to read, acronyms that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding, of_clause
from kept.notices.readability import (
    HIGHEST_GRADE,
    LONGEST_SENTENCE,
    grade,
    names_of,
    sentences,
    unexplained,
    without_names,
    words_in,
)

if TYPE_CHECKING:
    from kept.notices.definition import Definition


def plain_words(definition: Definition, *, on: date) -> Iterator[Finding]:
    """What is hard to read in the words of the notice; names of bodies and telephone numbers do not count."""
    names = names_of(definition)
    sayings = [(clause, without_names(clause.words, names)) for clause in definition.clauses]
    for clause, words in sayings:
        for sentence in sentences(words):
            if words_in(sentence) > LONGEST_SENTENCE:
                yield of_clause(
                    "long-sentence", clause, f"A sentence of {words_in(sentence)} words.", "Split it."
                )
    for section in dict.fromkeys(clause.section for clause in definition.clauses):
        level = grade(words for clause, words in sayings if clause.section == section)
        if level > HIGHEST_GRADE:
            yield Finding(
                "hard-to-read",
                section,
                f"This section has a school grade of {level:.1f}.",
                "Use short words.",
            )
    clauses = {clause.id: clause for clause, _ in sayings}
    for name, acronym in unexplained((clause.id, words) for clause, words in sayings):
        words = f"Nothing explains {acronym} before it stands here."
        yield of_clause("unexplained-acronym", clauses[name], words, f"Add: {acronym} means …")
