"""Numbers of rows: which occur, which are doubled and in which order they come, however many numbers there could be."""

import numpy as np
import pytest

from information_models import row_numbers
from information_models.row_numbers import (
    AT_ONCE,
    combined,
    different_in_order,
    doubled,
    fits,
    occurring,
    order_of,
    size_of,
    spread_array,
)

FAR = 2**62
"""So many possible numbers that no table of them has room anywhere."""


def digit(size):
    return np.arange(1), np.zeros(1, dtype=np.uint8), size


@pytest.mark.parametrize("size", [6, FAR])
@pytest.mark.parametrize(
    ("numbers", "different", "twice", "order"),
    [
        ([5, 2, 5, 3], [2, 3, 5], [True, False, True, False], None),
        ([5, 2, 3], [2, 3, 5], [False, False, False], [1, 2, 0]),
        ([0, 0], [0], [True, True], None),
        ([4], [4], [False], [0]),
        ([], [], [], []),
    ],
)
def test_few_numbers_are_told_apart_alike_among_few_and_among_very_many(numbers, different, twice, order, size):
    given = np.array(numbers, dtype=np.int64)
    assert different_in_order(given, size).tolist() == different
    assert doubled(given, size).tolist() == twice
    found = order_of(given, size)
    assert (None if found is None else found.tolist()) == order


@pytest.mark.parametrize(
    ("sizes", "count", "is_few"), [((2**31, 2**31), 2**62, True), ((2**32, 2**31), 2**63, False), ((3, 5), 15, True)]
)
def test_columns_fit_where_their_numbers_are_below_the_largest(sizes, count, is_few):
    digits = [digit(size) for size in sizes]
    assert (size_of(digits), fits(digits)) == (count, is_few)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
@pytest.mark.parametrize("codes", [[2, 0, 2], [1], [0, 0, 1, 1], []])
def test_the_codes_that_occur_are_found_in_bytes_and_in_wider_numbers(codes, kind):
    assert occurring(np.array(codes, dtype=kind), 4).tolist() == [code in codes for code in range(4)]


@pytest.mark.parametrize("rows", [AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE + 1])
def test_every_row_is_taken_where_they_are_more_than_are_taken_at_a_time(rows):
    codes = (np.arange(rows) % 3).astype(np.uint16)
    values = np.array([10, 20, 30])
    assert (spread_array(values, codes) == values[codes]).all()
    number = combined([(np.array([2, 0, 1]), codes, 3), (np.array([1, 3, 0]), codes, 4)])
    assert (number == np.array([2 * 4 + 1, 3, 4])[codes]).all()
    last = np.zeros(rows, dtype=np.uint16)
    last[-1] = 3
    assert occurring(last, 5).tolist() == [True, False, False, True, False]


def test_the_first_of_each_piece_of_rows_counts_also_where_nothing_changes_after_it(monkeypatch):
    monkeypatch.setattr(row_numbers, "AT_ONCE", 2)
    assert occurring(np.array([1, 1, 2, 2, 3], dtype=np.uint16), 5).tolist() == [False, True, True, True, False]
