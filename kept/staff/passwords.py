"""How a password is kept: Argon2id, at a cost that a small server can bear many times a minute; and which is refused.

Which is refused: fewer than twelve characters, one of the twenty thousand commonest, one that is like the account's
own name or address (those three are Django's), one that says little more than where somebody works, and one that was
published in a breach, where the list of those is at hand.
"""

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError

# What anybody would try here first: the program, who runs it, what they do, and the words that go with passwords.
FIRST_GUESSES = (
    "kept", "kent", "county", "council", "community", "health", "visitor", "visiting", "foundation", "trust", "nhs",
    "parent", "infant", "relationship", "service", "pairs", "realgroup", "family", "families", "child", "children",
    "record", "baby", "practitioner", "administrator", "lead", "officer", "privacy", "intake", "admin", "password",
    "passwort", "welcome", "secret", "letmein", "login", "summer", "autumn", "winter", "spring", "maidstone",
)  # fmt: skip
LEAST_LETTERS_OF_ONES_OWN = 6
LINE_AT_MOST = 64  # bytes: 40 of a hash in hex, a colon, how often, the end of the line


class PasswordHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: the first choice of OWASP's Password Storage Cheat Sheet.

    Django's own figures take 100 MiB a try, which sixteen people signing in at once would feel.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1


class NotTheFirstGuess:
    """Refuses a password that is made of where somebody works, and numbers and signs."""

    def validate(self, password: str, user: Any = None) -> None:
        left = re.sub(r"[\W\d_]", "", password.lower())
        for word in sorted(FIRST_GUESSES, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST_LETTERS_OF_ONES_OWN:
            raise ValidationError(self.get_help_text(), code="first_guess")

    def get_help_text(self) -> str:
        return (
            "Do not make the password of words about your work. Take words that have nothing to do with it."
        )


class NotPublished:
    """Refuses a password that stands in a list of published ones.

    The list is the file that the setting BREACHED_PASSWORDS names: a line for each, the SHA-1 of the password in
    capitals, a colon, how often it was seen; sorted by the hash. So it can be larger than memory. SHA-1 is the list's,
    and guards nothing here. Without the setting nothing is looked up.
    """

    def validate(self, password: str, user: Any = None) -> None:
        file: Path | None = settings.BREACHED_PASSWORDS
        if file is not None and listed(
            file, hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()
        ):
            raise ValidationError(self.get_help_text(), code="published")

    def get_help_text(self) -> str:
        return "This password stands in a list that thieves use. Take another."


def listed(file: Path, sought: str) -> bool:
    """Whether a hash stands in a sorted list, found by halves: some forty reads of a list of any size."""
    sought_line = sought.upper().encode()
    with file.open("rb") as lines:
        low, high = 0, lines.seek(0, os.SEEK_END)
        while high - low > LINE_AT_MOST:
            middle = (low + high) // 2
            lines.seek(middle)
            lines.readline()  # the rest of a line whose beginning is before the middle
            line = lines.readline(LINE_AT_MOST)
            if line and line[:40].upper() <= sought_line:
                low = middle
            else:
                high = middle
        lines.seek(low)
        # What is left is a piece of a line, the one that it could be, and at most one more.
        return sought_line in (one[:40].upper() for one in lines.read(LINE_AT_MOST * 4).split(b"\n"))
