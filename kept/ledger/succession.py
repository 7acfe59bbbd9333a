"""Which keys are believed, in the order in which they sealed: each takes over from the one before it, and once.

Rotating revokes the old key: from the moment at which its successor took over no head is signed with it. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kept.ledger.findings import Finding
from kept.ledger.heads import Head
from kept.ledger.keys import PublicKey, id_of


@dataclass(frozen=True, slots=True)
class Succession:
    """The keys that heads are checked with, the first one first."""

    keys: tuple[PublicKey, ...] = ()

    def signed(self, head: Head) -> bool:
        key = self.key(head.key)
        return key is not None and key.signed(head.text(), head.signature)

    def key(self, name: str) -> PublicKey | None:
        return next((key for key in self.keys if key.id == name), None)

    def takes_over(self, *, before: str, after: str) -> bool:
        """Whether a key sealed later than another. What is said of a key that nobody knows is said elsewhere."""
        places = {key.id: place for place, key in enumerate(self.keys)}
        return not {before, after} <= places.keys() or places[before] <= places[after]

    def sealed_in_time(self, head: Head) -> bool:
        """Whether a head is from after its key took over, and from before another one did."""
        for key, after in pairwise([*self.keys, None]):
            if key and key.id == head.key:
                return key.from_at <= head.sealed_at and (after is None or head.sealed_at <= after.from_at)
        return True


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the keys: those that are believed, what is wrong, and what only people can know."""

    succession: Succession
    findings: tuple[Finding, ...]
    cannot_know: tuple[str, ...]


def judged(*, own: Sequence[PublicKey], kept: Sequence[PublicKey]) -> Judged:
    """`own` are the keys of the database, the first one first; `kept` those that somebody else kept, if anybody did."""
    believed = {key.id: key for key in kept or own[:1]}
    wrong: list[str] = list(_not_as_kept(own, kept))
    unknown: list[str] = []
    for before, key in pairwise([None, *own]):
        if key is None or key.id in believed:
            continue
        if id_of(key.public) == key.id and _vouched_for(key, believed.get(key.before)):
            believed[key.id] = key
        elif not kept and before and not key.before:
            believed[key.id] = key
            unknown.append(
                f"Key {key.id} seals since {key.from_at:%Y-%m-%d} without the word of key {before.id}, which was said"
                " to be lost. Ask whoever keeps the keys."
            )
        else:
            wrong.append(f"Key {key.id} is not one that was kept, and none that was kept speaks for it.")
    wrong += _two_after_one(believed.values())
    ordered = sorted(believed.values(), key=lambda key: key.from_at)
    return Judged(Succession(tuple(ordered)), tuple(Finding("key", words) for words in wrong), tuple(unknown))


def key_trouble(succession: Succession, before: Head | None, head: Head) -> str:
    """What is wrong with the key under a head, as the one before it has it; empty where nothing is."""
    if before and not succession.takes_over(before=before.key, after=head.key):
        return (
            f"Head {head.number} is signed with key {head.key}, though key {before.key} had taken over from it:"
            " whoever still had the old key signed it."
        )
    if not succession.sealed_in_time(head):
        at = f"{head.sealed_at:%Y-%m-%d %H:%M} UTC"
        return f"Head {head.number} of {at} is signed with key {head.key}, which did not seal at that time."
    return ""


def _vouched_for(key: PublicKey, before: PublicKey | None) -> bool:
    return before is not None and before.from_at < key.from_at and before.signed(key.text(), key.signature)


def _not_as_kept(own: Sequence[PublicKey], kept: Sequence[PublicKey]) -> Iterable[str]:
    here = {key.id: key for key in own}
    for key in kept:
        if key.id not in here:
            yield (
                f"Key {key.id} was kept, and the database has it no more: it was removed, or an older copy of the"
                " database was put in place."
            )
        elif here[key.id] != key:
            yield f"Key {key.id} is not in the database as it was kept: it was changed."


def _two_after_one(keys: Iterable[PublicKey]) -> Iterable[str]:
    after: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key.before:
            after[key.before].append(key.id)
    for before, ids in after.items():
        if len(ids) > 1:
            yield (
                f"Keys {' and '.join(sorted(ids))} each say that key {before} made way for it: whoever had the old key"
                " made one of them."
            )
