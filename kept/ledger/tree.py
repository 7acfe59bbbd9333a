"""The tree that seals the ledger: RFC 6962, section 2.1, as it grows by batches of leaves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_BYTES = 32
TWO = 2 * HASH_BYTES


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """What has to be remembered of a tree to let it grow: the roots of its whole subtrees, the largest first.

    There is one for each bit of the size that is set. A frontier never changes; adding leaves gives the next.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def with_leaves(self, leaves: Iterable[bytes]) -> "Frontier":
        return self.with_packed(b"".join(leaves))

    def with_packed(self, leaves: bytes) -> "Frontier":
        """With leaves that stand one after another.

        Level by level: what was there comes first, what is left over stays, and each two make one of the level above.
        """
        before, size = list(self.hashes), self.size
        level, found, sha = leaves, [], sha256
        while level or size:
            if size & 1:
                level = before.pop() + level
            if len(level) % TWO:
                found.append(level[-HASH_BYTES:])
            whole = range(0, len(level) - HASH_BYTES, TWO)
            level = b"".join([sha(b"\1" + level[at : at + TWO]).digest() for at in whole])
            size >>= 1
        return Frontier(self.size + len(leaves) // HASH_BYTES, tuple(reversed(found)))

    @property
    def root(self) -> bytes:
        if not self.hashes:
            return sha256(b"").digest()
        found = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            found = node_hash(left, found)
        return found

    def packed(self) -> bytes:
        return b"".join(self.hashes)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> "Frontier":
        """Raises ValueError where these are not the hashes of a tree of this size."""
        if size < 0 or len(packed) != size.bit_count() * HASH_BYTES:
            raise ValueError(f"a tree of {size} leaves is not remembered by {len(packed)} bytes")
        return cls(size, tuple(unpacked(packed)))

    def path_to(self, leaves: Sequence[bytes], place: int) -> tuple[bytes, ...]:
        """The audit path to one of the leaves that are added to this tree (0 the first of them), from below upwards.

        The tree is the one with all of them and nothing more: whatever is to the left of them is in the frontier.
        """
        known, start = {}, 0
        for part, hashed in zip(_whole_subtrees(self.size), self.hashes, strict=True):
            known[(start, start + part)] = hashed
            start += part
        return _path(self.size + place, 0, self.size + len(leaves), _Lookup(known, leaves, self.size))


def unpacked(packed: bytes) -> list[bytes]:
    """Hashes that stand one after another."""
    return [packed[at : at + HASH_BYTES] for at in range(0, len(packed), HASH_BYTES)]


def root_by_path(*, leaf: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf at a place and its audit path give; None where the path has not the right length."""
    at, last, found = place, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return found if last == 0 and place < size else None


def _whole_subtrees(size: int) -> list[int]:
    return [1 << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]


def _split(many: int) -> int:
    """The largest power of two below a number of leaves: where RFC 6962 divides them."""
    return 1 << (many - 1).bit_length() - 1


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The hash of any range of leaves of a tree, of which the left is known by whole subtrees only."""

    known: dict[tuple[int, int], bytes]
    leaves: Sequence[bytes]
    before: int

    def hash_of(self, start: int, end: int) -> bytes:
        if found := self.known.get((start, end)):
            return found
        if end - start == 1:
            return self.leaves[start - self.before]
        middle = start + _split(end - start)
        return node_hash(self.hash_of(start, middle), self.hash_of(middle, end))


def _path(place: int, start: int, end: int, lookup: _Lookup) -> tuple[bytes, ...]:
    if end - start == 1:
        return ()
    middle = start + _split(end - start)
    if place < middle:
        return (*_path(place, start, middle, lookup), lookup.hash_of(middle, end))
    return (*_path(place, middle, end, lookup), lookup.hash_of(start, middle))
