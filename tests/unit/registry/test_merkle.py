"""The Merkle tree against RFC 9162's own recursive definitions, and proofs that somebody has changed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import merkle


def _leaves(count):
    return [merkle.leaf_hash(b"%d" % number) for number in range(count)]


def _defined(leaves):
    """MTH of section 2.1.1, read word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = max(1 << power for power in range(len(leaves).bit_length()) if 1 << power < len(leaves))
    return hashlib.sha256(b"\x01" + _defined(leaves[:split]) + _defined(leaves[split:])).digest()


def _grown(count):
    tree, kept = merkle.Growing(), {}
    for leaf in _leaves(count):
        kept.update(tree.add(leaf))
    return tree, lambda places: [kept[place] for place in places]


@pytest.mark.parametrize("size", [*range(34), 63, 64, 65, 100])
def test_the_root_is_as_the_standard_defines_it(size):
    tree, nodes = _grown(size)
    assert tree.root == merkle.root(size, nodes) == _defined(_leaves(size))


def test_a_tree_goes_on_from_its_frontier():
    tree, nodes = _grown(13)
    begun = merkle.Growing(11, nodes(merkle.peaks(11)))
    for leaf in _leaves(13)[11:]:
        list(begun.add(leaf))
    assert (begun.size, begun.root) == (13, tree.root)


def test_every_leaf_is_proven_in_every_tree_and_nowhere_else():
    _tree, nodes = _grown(40)
    leaves = _leaves(40)
    for size in range(1, 41):
        root = _defined(leaves[:size])
        for index in range(size):
            path = merkle.inclusion(index, size, nodes)
            assert merkle.includes(index, size, leaves[index], path, root)
            assert not merkle.includes(index, size, merkle.leaf_hash(b"other"), path, root)
            assert not merkle.includes((index + 1) % size, size, leaves[index], path, root) or size == 1
            assert not merkle.includes(index, size, leaves[index], [*path, root], root)
            assert not path or not merkle.includes(index, size, leaves[index], path[:-1], root)


def test_every_tree_is_the_beginning_of_every_later_one():
    _tree, nodes = _grown(40)
    leaves = _leaves(40)
    roots = [_defined(leaves[:size]) for size in range(41)]
    for old in range(1, 41):
        for new in range(old, 41):
            path = merkle.consistency(old, new, nodes)
            assert merkle.is_consistent(old, new, roots[old], roots[new], path)
            assert not merkle.is_consistent(old, new, merkle.EMPTY, roots[new], path)
            assert old == new or not merkle.is_consistent(old, new, roots[old], merkle.EMPTY, path)
            assert not merkle.is_consistent(old, new, roots[old], roots[new], [*path, merkle.EMPTY])


@given(st.integers(1, 60), st.data())
def test_a_changed_step_proves_nothing(size, data):
    _tree, nodes = _grown(size)
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(index, size, nodes)
    if not path:
        return
    at = data.draw(st.integers(0, len(path) - 1))
    path[at] = bytes([path[at][0] ^ 1]) + path[at][1:]
    assert not merkle.includes(index, size, _leaves(size)[index], path, merkle.root(size, nodes))


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index, size):
    _tree, nodes = _grown(4)
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(index, size, nodes)
    assert not merkle.includes(index, size, merkle.EMPTY, [], merkle.EMPTY)


@pytest.mark.parametrize(("old", "new"), [(0, 4), (5, 4), (-1, 2)])
def test_there_is_no_consistency_with_nothing_or_with_what_is_later(old, new):
    _tree, nodes = _grown(4)
    with pytest.raises(ValueError, match="no tree"):
        merkle.consistency(old, new, nodes)
    assert not merkle.is_consistent(old, new, merkle.EMPTY, merkle.EMPTY, [])
