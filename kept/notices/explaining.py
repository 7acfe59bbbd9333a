"""Each published statement, the clauses that carry it out, what the program does, and what proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kept.notices.checks.published import own_statements
from kept.notices.doing import does

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition


@dataclass(frozen=True, slots=True)
class Explained:
    """One statement. ``statement`` is '' for clauses that carry out none: proposals."""

    statement: str
    clauses: tuple[str, ...]
    kinds: tuple[str, ...]
    does: tuple[str, ...]
    proven_by: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def explain(
    definition: Definition, *, proofs: Mapping[str, Sequence[str]] | None = None
) -> tuple[Explained, ...]:
    """The statements of a notice in order, with the law entries that cite them; then the proposals.

    ``proofs`` are the tests that prove each statement, where a caller knows them.
    """
    clauses = (*definition.clauses, *definition.law)
    found = [
        _explained(definition, name, [c for c in clauses if name in c.source], (proofs or {}).get(name, ()))
        for name in own_statements(definition)
    ]
    found += [_explained(definition, "", [c], ()) for c in definition.clauses if not c.source]
    return tuple(found)


def _explained(
    definition: Definition, statement: str, clauses: Sequence[Clause], proofs: Sequence[str]
) -> Explained:
    return Explained(
        statement=statement,
        clauses=tuple(clause.id for clause in clauses),
        kinds=tuple(dict.fromkeys(kind for clause in clauses for kind in clause.kinds)),
        does=tuple(sentence for clause in clauses for sentence in does(definition, clause)),
        proven_by=tuple(proofs),
    )
