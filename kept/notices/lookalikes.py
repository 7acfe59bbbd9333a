"""Letters that look like others, and characters that cannot be seen.

A Cyrillic "a" in the middle of ``identity.name`` makes a word that reads right and is never found. Words
of the program are plain ASCII; in sentences for people any script may stand, but one word is in one script.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+")
CONFUSED = frozenset({"LATIN", "CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN", "COPTIC"})


def strange_in_word(word: str) -> str:
    """What is strange in a word of the program, as a sentence; '' where nothing is."""
    for letter in word:
        if not letter.isascii():
            return f"“{_shown(word)}” contains {_named(letter)}, which is no plain letter."
    return ""


def strange_in_sentence(sentence: str) -> str:
    """What is strange in words for people; '' where nothing is."""
    if sentence.isascii():
        return ""
    for letter in sentence:
        if _hidden(letter):
            return f"There is an invisible character here: {_named(letter)}."
    for word in WORD.findall(sentence):
        scripts = {_script(letter) for letter in word} & CONFUSED
        if len(scripts) > 1:
            return f"“{word}” mixes letters that look alike: {' and '.join(sorted(scripts)).lower()}."
    return ""


def _hidden(letter: str) -> bool:
    # Joiners are part of how some languages are written; the rest of the format characters hide text.
    return unicodedata.category(letter) in ("Cf", "Co", "Cn", "Cs", "Cc") and letter not in "\u200c\u200d\n\t"


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X} ({unicodedata.name(letter, 'no name').lower()})"


def _shown(word: str) -> str:
    return word.encode("ascii", "backslashreplace").decode("ascii")


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return "LATIN" if name.startswith("FULLWIDTH LATIN") else name.split(" ", 1)[0]
