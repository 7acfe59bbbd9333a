"""What names are found by: plain letters, whatever was written; pure, the same on every machine.

Folding follows Unicode: compatibility decomposition (NFKD), case folding, and marks taken off. What Unicode holds to
be letters of their own, and people who type do not, is written out. Nothing here changes a name: names are held exactly
as given, and keys stand beside them.
"""

from __future__ import annotations

import re
import unicodedata

MOST_PARTS = 16  # a longer name is found by its first parts
LONGEST_PART = 60  # letters; more of a part says nothing more about whom it names
LONGEST_KEY = 400  # letters, so that a key fits into an index

# Letters that no decomposition takes apart, as they are typed where a keyboard lacks them.
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ə": "e",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
    }
)
# An apostrophe joins what stands around it: O'Rourke is typed as orourke too. So do the letters that stand for one.
_JOINING = re.compile("['’‘`´ʻʼʽʾʿˈ′＇\u00ad\u200b-\u200f\u2060\ufeff]")


def fold(text: str) -> str:
    """The text in plain small letters without marks. Folding what is folded changes nothing."""
    if text.isascii():  # most words are: there is nothing to take apart
        return text.lower()
    for _ in range(4):  # some letters fold to others that fold again
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


def words_of(typed: str) -> tuple[str, ...]:
    """The parts of a name as somebody types them, the longest first, each once.

    The longest is looked up; it leaves the fewest people to try the others on.
    """
    words = dict.fromkeys(word[:LONGEST_PART] for word in _split(_JOINING.sub("", typed)))
    return tuple(sorted(words, key=len, reverse=True))


def parts_of(name: str) -> tuple[str, ...]:
    """The parts that a name is found by, in order, each once.

    What hyphens or apostrophes divide is found by its pieces and as one: Smith-Jones also as smith, and as smithjones.
    """
    parts: list[str] = []
    for word in name.split():
        joined = _split(_JOINING.sub("", word))
        parts += [*joined, *_split(_JOINING.sub(" ", word)), "".join(joined)]
    return tuple(dict.fromkeys(part[:LONGEST_PART] for part in parts if part))[:MOST_PARTS]


def keys_of(given: str, family: str) -> tuple[str, ...]:
    """One key for each part of a name: that part first, then all the others, so that any part can begin a search."""
    parts = parts_of(f"{given} {family}")
    keys = (" ".join((part, *parts[:place], *parts[place + 1 :])) for place, part in enumerate(parts))
    return tuple(dict.fromkeys(key[:LONGEST_KEY] for key in keys))


def _fold_once(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(one for one in plain if unicodedata.category(one) != "Mn").translate(_PLAIN)


def _split(text: str) -> list[str]:
    """Runs of letters and digits of the folded text, in any script."""
    folded = _JOINING.sub("", fold(text))  # folding makes apostrophes of its own
    if folded.isascii() and folded.isalnum():
        return [folded]
    return "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in folded).split()
