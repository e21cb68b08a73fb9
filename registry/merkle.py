"""A Merkle tree over a log that only grows, as RFC 9162 (section 2.1) defines it. Pure.

The tree is kept as the hashes of its complete subtrees: a node is at a *level* (0 for leaves) and a *position* (from 0 at
that level), and covers ``2**level`` leaves. Nodes are never changed and never removed, so that adding a leaf, a root, and
any proof cost as many nodes as the tree has levels.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

Place = tuple[int, int]
"""A node's level and position."""
Nodes = Callable[[Sequence[Place]], Sequence[bytes]]
"""The hashes (32 bytes each) of complete nodes, in the order of their places."""
EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node with two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def peaks(size: int) -> list[Place]:
    """The places of the largest complete subtrees of a tree of ``size`` leaves, from the left.

    >>> peaks(7)
    [(2, 0), (1, 2), (0, 6)]
    """
    return [(level, (size >> level) - 1) for level in reversed(range(size.bit_length())) if size >> level & 1]


class Growing:
    """A tree that leaves are added to. ``frontier``: the hashes of its `peaks`, from the left."""

    def __init__(self, size: int = 0, frontier: Sequence[bytes] = ()) -> None:
        self.size, self._frontier = size, list(frontier)

    def add(self, leaf: bytes) -> Iterator[tuple[Place, bytes]]:
        """Add the hash of a leaf; each node that is complete by it, with its place, the leaf first."""
        level, position, found = 0, self.size, leaf
        yield (level, position), found
        while position & 1:
            level, position, found = level + 1, position >> 1, node_hash(self._frontier.pop(), found)
            yield (level, position), found
        self._frontier.append(found)
        self.size += 1

    @property
    def root(self) -> bytes:
        return _together(self._frontier)


def root(size: int, nodes: Nodes) -> bytes:
    """The root of the first ``size`` leaves."""
    return _together(nodes(peaks(size)))


def inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The audit path of the leaf at ``index`` in the tree of ``size`` leaves (RFC 9162, 2.1.3.1), from the leaf upwards.

    Raises ``ValueError`` where there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} among {size}")
    return [_span(begin, end, nodes) for begin, end in reversed(list(_siblings(index, size)))]


def consistency(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The proof that the tree of ``old`` leaves is the beginning of that of ``new`` (RFC 9162, 2.1.4.1).

    Raises ``ValueError`` unless ``0 < old <= new``.
    """
    if not 0 < old <= new:
        raise ValueError(f"no tree of {old} leaves before one of {new}")
    return [_span(begin, end, nodes) for begin, end in _parts(old, 0, new, is_known=True)]


def includes(index: int, size: int, leaf: bytes, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether ``path`` proves that the tree of ``size`` leaves with root ``expected`` has this leaf at ``index`` (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether ``path`` proves that the tree of ``new`` leaves begins with that of ``old`` (2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = list(path) if old & (old - 1) else [old_root, *path]
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _siblings(index: int, size: int) -> Iterator[tuple[int, int]]:
    """The leaves beside each node on the way from the root down to a leaf."""
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _half(end - begin)
        if index < middle:
            yield middle, end
            end = middle
        else:
            yield begin, middle
            begin = middle


def _parts(old: int, begin: int, end: int, *, is_known: bool) -> Iterator[tuple[int, int]]:
    """The leaves under each node of a consistency proof, in its order (SUBPROOF of RFC 9162)."""
    if old == end - begin:
        if not is_known:
            yield begin, end
        return
    middle = begin + _half(end - begin)
    if old <= middle - begin:
        yield from _parts(old, begin, middle, is_known=is_known)
        yield middle, end
    else:
        yield from _parts(old - (middle - begin), middle, end, is_known=False)
        yield begin, middle


def _span(begin: int, end: int, nodes: Nodes) -> bytes:
    """The hash over the leaves from ``begin`` up to ``end``, where ``begin`` is where the tree divides them."""
    places, at = [], begin
    while at < end:
        level = min((end - at).bit_length() - 1, (at & -at).bit_length() - 1 if at else end.bit_length())
        places.append((level, at >> level))
        at += 1 << level
    return _together(nodes(places))


def _together(hashes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that get smaller from the left."""
    if not hashes:
        return EMPTY
    *rest, found = hashes
    for one in reversed(rest):
        found = node_hash(one, found)
    return found


def _half(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << (count - 1).bit_length() - 1
