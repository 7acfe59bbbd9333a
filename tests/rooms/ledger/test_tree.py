"""The tree, against RFC 6962 as it is written, and against its published vectors."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from kept.ledger.tree import Frontier, leaf_hash, root_by_path, unpacked

# The leaves and roots that certificate transparency publishes for its tests.
LEAVES = [
    bytes.fromhex(data)
    for data in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SOME = st.lists(st.binary(min_size=1, max_size=4), min_size=1, max_size=70)


def naive(data: list[bytes]) -> bytes:
    """The hash of a tree, as section 2.1 says it."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\0" + data[0]).digest()
    split = 1
    while split * 2 < len(data):
        split *= 2
    return sha256(b"\1" + naive(data[:split]) + naive(data[split:])).digest()


def naive_path(place: int, data: list[bytes]) -> list[bytes]:
    """The audit path, as section 2.1.1 says it."""
    if len(data) == 1:
        return []
    split = 1
    while split * 2 < len(data):
        split *= 2
    if place < split:
        return [*naive_path(place, data[:split]), naive(data[split:])]
    return [*naive_path(place - split, data[split:]), naive(data[:split])]


def test_the_published_vectors() -> None:
    assert Frontier().root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for size, root in enumerate(ROOTS, start=1):
        assert Frontier().with_leaves(map(leaf_hash, LEAVES[:size])).root.hex() == root


@given(SOME, st.data())
def test_a_tree_that_grew_is_the_tree(data: list[bytes], draw: st.DataObject) -> None:
    """In batches or at once; and what was true of a smaller tree is still true of its first leaves."""
    first = draw.draw(st.integers(0, len(data)))
    leaves = [leaf_hash(one) for one in data]
    before = Frontier().with_leaves(leaves[:first])
    grown = before.with_leaves(leaves[first:])
    assert before.root == naive(data[:first])
    assert grown.root == naive(data)
    assert grown == Frontier().with_leaves(leaves)
    assert Frontier.unpacked(grown.size, grown.packed()) == grown


@given(SOME, st.data())
def test_the_path_to_a_leaf_is_the_path(data: list[bytes], draw: st.DataObject) -> None:
    first = draw.draw(st.integers(0, len(data) - 1))
    place = draw.draw(st.integers(first, len(data) - 1))
    leaves = [leaf_hash(one) for one in data]
    path = Frontier().with_leaves(leaves[:first]).path_to(leaves[first:], place - first)
    assert list(path) == naive_path(place, data)
    assert root_by_path(leaf=leaves[place], place=place, size=len(data), path=path) == naive(data)


@given(SOME, st.data())
def test_a_path_leads_nowhere_else(data: list[bytes], draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(data) - 1))
    leaves = [leaf_hash(one) for one in data]
    path, root = Frontier().path_to(leaves, place), naive(data)
    size = len(data)
    assert root_by_path(leaf=leaf_hash(b"other" * 3), place=place, size=size, path=path) != root
    assert root_by_path(leaf=leaves[place], place=place, size=size, path=(*path, root)) != root
    if path:
        assert root_by_path(leaf=leaves[place], place=place, size=size, path=path[1:]) != root
    assert root_by_path(leaf=leaves[place], place=size, size=size, path=path) != root


def test_hashes_come_apart_as_they_were_put_together() -> None:
    hashes = [leaf_hash(bytes([n])) for n in range(5)]
    assert unpacked(b"".join(hashes)) == hashes
