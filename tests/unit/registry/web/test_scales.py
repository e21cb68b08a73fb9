"""Ticks of an axis and labels that do not overlap."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.web.scales import spread, ticks


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 0, "0.0 0.2 0.4 0.6 0.8 1.0"),
        (0, 1, "0.0 0.2 0.4 0.6 0.8 1.0"),
        (0, 5, "0 1 2 3 4 5"),
        (0, 5.01, "0 2 4 6"),
        (0, 10, "0 2 4 6 8 10"),
        (0, 10.01, "0 2 4 6 8 10 12"),
        (0, 10.02, "0 5 10 15"),
        (0, 25, "0 5 10 15 20 25"),
        (0, 26, "0 10 20 30"),
        (0, 50, "0 10 20 30 40 50"),
        (0, 51, "0 20 40 60"),
        (3, 7, "0 2 4 6 8"),
        (-7, -3, "-8 -6 -4 -2 0"),
        (-3, 7, "-4 -2 0 2 4 6 8"),
        (-5, 5, "-6 -4 -2 0 2 4 6"),
        (0, 0.004, "0.000 0.001 0.002 0.003 0.004"),
        (0, 123456, "0 50000 100000 150000"),
        (0, 1e-9, "0E-10 2E-10 4E-10 6E-10 8E-10 1.0E-9"),
        (0, 9e-10, "0.0 0.2 0.4 0.6 0.8 1.0"),
    ],
)
def test_ticks_are_round_and_reach_from_end_to_end(low, high, expected):
    assert " ".join(str(one) for one in ticks(low, high)) == expected


def test_an_axis_may_have_fewer_ticks():
    assert [str(one) for one in ticks(0, 10, 3)] == ["0", "5", "10"]
    assert [str(one) for one in ticks(0, 10, 2)] == ["0", "10"]


@pytest.mark.parametrize(
    ("wanted", "room", "expected"),
    [
        ([], (20, 0, 100), []),
        ([50], (20, 0, 100), [50]),
        ([-5], (20, 0, 100), [0]),
        ([105], (20, 0, 100), [100]),
        ([50, 50], (20, 0, 100), [40, 60]),
        ([60, 12, 10], (20, 0, 100), [60, 21, 1]),
        ([50, 70], (20, 0, 100), [50, 70]),
        ([50, 50, 50], (20, 0, 100), [30, 50, 70]),
        ([0, 0, 0], (20, 0, 100), [0, 20, 40]),
        ([100, 100], (20, 0, 100), [80, 100]),
        ([10, 30, 20, 90], (20, 10, 100), [10, 50, 30, 90]),
        ([5, 5, 5], (20, 0, 30), [0, 20, 40]),
        ([5, 5, 5], (20, 10, 30), [10, 30, 50]),
    ],
)
def test_labels_stay_apart_and_near_to_where_they_are_wanted(wanted, room, expected):
    assert spread(wanted, *room) == pytest.approx(expected)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 100), max_size=6), st.sampled_from([1.0, 5.0, 16.0]))
def test_labels_never_overlap_and_keep_their_order(wanted, distance):
    placed = spread(wanted, distance, 0, 100)
    inner = sorted(placed)
    assert all(after - before >= distance - 1e-6 for before, after in pairwise(inner))
    assert all(-1e-6 <= one <= 100 + 1e-6 for one in placed)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    assert [placed[index] for index in order] == pytest.approx(inner)
