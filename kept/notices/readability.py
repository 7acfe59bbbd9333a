"""How plain some words are: words in a sentence, school grade, acronyms that nothing explains.

Measures are lint, not proof: whether people understand a notice only people can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kept.notices.definition import Definition

LONGEST_SENTENCE = 15  # words: the norm of Easy Read
HIGHEST_GRADE = 5.0  # Flesch-Kincaid: a reading age of 10 or 11
SENTENCE = re.compile(r"(?<=[.!?])\s+")
TELEPHONE = re.compile(r"\b0\d[\d ]{7,}\d\b")
ACRONYM = re.compile(r"\b([A-Z]{2,})s?\b")
WORD = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*|\d+")
SILENT = re.compile(r"(?<=[^laeiouy])e$|(?<=[^aeioutd])ed$|(?<=[^aeiouscxzhg])es$")


def sentences(words: str) -> list[str]:
    """The sentences of a saying."""
    return [part for part in SENTENCE.split(words) if part]


def words_in(sentence: str) -> int:
    return len(WORD.findall(sentence))


def grade(sayings: Iterable[str]) -> float:
    """The Flesch-Kincaid grade level of several sayings read one after the other; 0 for none."""
    lines = [line for saying in sayings for line in sentences(saying) if WORD.search(line)]
    counted = [word for line in lines for word in WORD.findall(line)]
    if not counted:
        return 0.0
    heard = sum(map(_syllables, counted))
    return 0.39 * len(counted) / len(lines) + 11.8 * heard / len(counted) - 15.59


def unexplained(sayings: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each (id, acronym) that stands before anything explains it, given (id, words) in reading order."""
    explained: set[str] = set()
    for name, words in sayings:
        for acronym in dict.fromkeys(ACRONYM.findall(words)):
            if re.search(rf"\b{acronym} (?:means|is) ", words):
                explained.add(acronym)
            if acronym not in explained:
                explained.add(acronym)
                yield name, acronym


def without_names(words: str, names: Iterable[str]) -> str:
    """The words less names of bodies and telephone numbers, which nobody can make plainer."""
    for name in names:
        words = words.replace(name, "")
    return TELEPHONE.sub("", words)


def names_of(definition: Definition) -> list[str]:
    """Every proper name that the words of a definition may hold, the longest first."""
    names = {named.name for body in definition.bodies.values() for named in body.names}
    names |= {listed.words for listed in definition.recipients.values() if listed.words[:1].isupper()}
    return sorted({*names, definition.title}, key=len, reverse=True)


def _syllables(word: str) -> int:
    """Groups of vowels, less those that are not heard."""
    return max(1, len(re.findall(r"[aeiouy]+", SILENT.sub("", word.lower()))))
