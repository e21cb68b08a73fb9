"""Numbers of rows: what is known of few values spread over many rows, and rows told apart by several columns together. Pure."""

from collections.abc import Sequence

import numpy as np

AT_ONCE = 1 << 15
"""So many rows are taken at a time: they and what is made of them fit a processor's cache."""
_ROOM = 4
"""Where there are at most so many times as many possible numbers as rows, the rows are marked in a table of all of them."""
_MOST = 2.0**63

Digit = tuple[np.ndarray, np.ndarray, int]
"""Of one column: the position of each different value, the code of each row's, and how many positions there are."""


def spread_array(of_codes: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """What belongs to each code, for each row.

    >>> spread_array(np.array([10, 20]), np.array([1, 0, 1], dtype=np.uint8)).tolist()
    [20, 10, 20]
    """
    found = np.empty(codes.size, dtype=of_codes.dtype)
    for start in range(0, codes.size, AT_ONCE):
        part = slice(start, start + AT_ONCE)
        np.take(of_codes, codes[part], out=found[part], mode="clip")
    return found


def occurring(codes: np.ndarray, count: int) -> np.ndarray:
    """Which of so many codes some row has.

    >>> occurring(np.array([2, 0, 2], dtype=np.uint8), 4).tolist()
    [True, False, True, False]
    """
    if codes.dtype.itemsize == 1:
        octets = codes.tobytes()
        return np.array([bytes([code]) in octets for code in range(count)], dtype=bool)
    found = np.zeros(count, dtype=bool)
    for start in range(0, codes.size, AT_ONCE):
        part = codes[start : start + AT_ONCE]
        changes = part[1:] != part[:-1]  # few, where rows that say the same stand together
        found[part[:1]] = True
        found[part[1:][changes]] = True
    return found


def fits(digits: Sequence[Digit]) -> bool:
    """Whether the columns together have few enough different values for `combined`."""
    return bool(np.prod([float(size) for _positions, _codes, size in digits]) < _MOST)


def size_of(digits: Sequence[Digit]) -> int:
    """How many numbers there can be."""
    size = 1
    for _positions, _codes, of_digit in digits:
        size *= of_digit
    return size


def combined(digits: Sequence[Digit]) -> np.ndarray:
    """One number for each row, whose digits are its positions in several columns: in their order, by the first column first.

    >>> combined([(np.array([0, 1]), np.array([1, 0, 1]), 2), (np.array([2, 0]), np.array([0, 0, 1]), 3)]).tolist()
    [5, 2, 3]
    """
    weight, weighted = 1, []
    for positions, codes, size in reversed(digits):
        weighted.append((positions.astype(np.int64) * weight, codes))
        weight *= size
    first, *others = weighted
    found = np.empty(first[1].size, dtype=np.int64)
    room = np.empty(AT_ONCE, dtype=np.int64)
    for start in range(0, found.size, AT_ONCE):
        part = found[start : start + AT_ONCE]
        np.take(first[0], first[1][start : start + AT_ONCE], out=part, mode="clip")
        for positions, codes in others:
            more = room[: part.size]
            np.take(positions, codes[start : start + AT_ONCE], out=more, mode="clip")
            part += more
    return found


def different_in_order(numbers: np.ndarray, size: int) -> np.ndarray:
    """The different numbers below ``size``, in order.

    >>> different_in_order(np.array([5, 2, 5, 3]), 6).tolist()
    [2, 3, 5]
    """
    if size > _ROOM * numbers.size:
        in_order = np.sort(numbers)
        return in_order[np.concatenate([[True], in_order[1:] != in_order[:-1]])] if in_order.size else in_order
    is_there = np.zeros(size, dtype=bool)
    is_there[numbers] = True
    return np.flatnonzero(is_there)


def doubled(numbers: np.ndarray, size: int) -> np.ndarray:
    """Which rows have the number of another.

    >>> doubled(np.array([5, 2, 5, 3]), 6).tolist()
    [True, False, True, False]
    """
    if different_in_order(numbers, size).size == numbers.size:
        return np.zeros(numbers.size, dtype=bool)
    in_order = np.sort(numbers)
    return np.isin(numbers, in_order[1:][in_order[1:] == in_order[:-1]])


def order_of(numbers: np.ndarray, size: int) -> np.ndarray | None:
    """The rows in the order of their numbers; ``None`` where two have the same.

    >>> order_of(np.array([5, 2, 3]), 6).tolist(), order_of(np.array([5, 2, 5]), 6)
    ([1, 2, 0], None)
    """
    if size > _ROOM * numbers.size:
        order = np.argsort(numbers)
        in_order = numbers[order]
        return order if (in_order[1:] > in_order[:-1]).all() else None
    rows = np.full(size, -1, dtype=np.int32)
    rows[numbers] = np.arange(numbers.size, dtype=np.int32)
    there = rows[rows >= 0]
    return there.astype(np.intp) if there.size == numbers.size else None
