"""How a test breaks a promise: it makes the program compile, ask or store what no clause gives.

Publishing flattens what `grants_on` compiles, and both locks look that up. A fault put there is the worst there can
be: Python and the database then agree on what nobody promised.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from kept.notices import grants, refusals, table, telling
from kept.notices.definition import Definition
from kept.notices.grants import Grant, Key
from tests import cast


def gives(
    patch: pytest.MonkeyPatch,
    *,
    role: str,
    standing: Iterable[str],
    parts: Iterable[str],
    purpose: str,
    items: Iterable[str],
    source: str = "",
) -> None:
    """Compile leave to read items, or with a source to record them, that no clause gives."""
    act = "record" if source else "read"
    keys = [(role, one, part, purpose, act, source) for one in standing for part in parts]

    def widened(found: Mapping[Key, Grant]) -> dict[Key, Grant]:
        return dict(found) | {key: _with(found.get(key), items) for key in keys}

    _compile(patch, widened)


def takes(patch: pytest.MonkeyPatch, which: Callable[[Key], bool]) -> None:
    """Compile nothing under some keys, whatever the clauses give."""
    _compile(patch, lambda found: {key: grant for key, grant in found.items() if not which(key)})


def asks_no_reason(patch: pytest.MonkeyPatch) -> None:
    """Compile what is open only to somebody who gives a reason as open to everybody."""
    _compile(patch, lambda found: {key: _with(grant, ()) for key, grant in found.items()})


def tells_for_any_purpose(patch: pytest.MonkeyPatch) -> None:
    """Let a purpose that opens reading open telling too, to whomever the notice names for another one."""
    original = refusals.purposes_on

    def purposes_on(definition: Definition, *, on: date) -> dict[str, list[grants.Purpose]]:
        return {
            name: [replace(one, acts=one.acts | {"tell"}) for one in opened]
            for name, opened in original(definition, on=on).items()
        }

    patch.setattr(refusals, "purposes_on", purposes_on)
    patch.setattr(
        telling._Telling,
        "is_of",
        lambda self, tell: self.recipient in tell.recipients and self.part in tell.about,
    )


def in_the_database(breaks: Callable[[pytest.MonkeyPatch], None]) -> Callable[[pytest.MonkeyPatch], None]:
    """The same break, published: the database obeys it as Python does."""

    def published(patch: pytest.MonkeyPatch) -> None:
        breaks(patch)
        cast.publish_again()

    return published


def _compile(patch: pytest.MonkeyPatch, change: Callable[[Mapping[Key, Grant]], dict[Key, Grant]]) -> None:
    original = table.grants_on

    def grants_on(definition: Definition, *, on: date) -> dict[Key, Grant]:
        return change(original(definition, on=on))

    patch.setattr(table, "grants_on", grants_on)


def _with(grant: Grant | None, items: Iterable[str]) -> Grant:
    """A grant with these items too, all of them for no reason given."""
    clauses = {**(grant.clause_of if grant else {}), **dict.fromkeys(items, "why.need-to-know")}
    clause_of = dict(sorted(clauses.items()))
    return Grant(
        items=frozenset(clause_of),
        freely=frozenset(clause_of),
        clause_of=clause_of,
        reason_of={},
        groups=tuple(_grouped(clause_of)),
    )


def _grouped(clause_of: Mapping[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
    for clause in dict.fromkeys(clause_of.values()):
        yield clause, frozenset(item for item, by in clause_of.items() if by == clause)
