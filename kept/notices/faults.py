"""What is wrong with a definition, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One error in one file. ``line`` counts from 1; 0 where the whole file is meant."""

    file: str
    line: int
    wrong: str  # a sentence
    suggestion: str = ""  # the nearest right word, or what to do; '' where nothing comes close

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.wrong} {self.suggestion}".rstrip()


class Faulty(Exception):
    """A definition that cannot be loaded, with every error that was found in it."""

    def __init__(self, errors: Sequence[Fault]) -> None:
        self.errors: tuple[Fault, ...] = tuple(sorted(set(errors)))
        super().__init__("\n".join(str(error) for error in self.errors))
