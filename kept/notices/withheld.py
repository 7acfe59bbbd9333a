"""The items that a decision withholds, each with the clause that it is withheld under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Withheld(Mapping[str, str]):
    """A mapping that cannot be changed, and that looks a clause up only when it is asked for.

    Most decisions are about many items and most readers want the clause of a few; writing all of them out was
    a third of the time of an answer.
    """

    __slots__ = ("_clauses", "_first", "_items", "_otherwise")

    def __init__(
        self, items: frozenset[str], first: Mapping[str, str], clauses: Mapping[str, str], otherwise: str
    ) -> None:
        self._items = items
        self._first = first  # looked up before ``clauses``
        self._clauses = clauses
        self._otherwise = otherwise  # for an item that neither has

    def __getitem__(self, item: str) -> str:
        if item not in self._items:
            raise KeyError(item)
        return self._first.get(item) or self._clauses.get(item, self._otherwise)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._items))

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return repr(dict(self))
