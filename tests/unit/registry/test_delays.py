"""The growing delay, on either side of each of its bounds."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.identity.delays import ONE_ACCOUNT, ONE_ACCOUNT_FROM_ONE_PLACE, ONE_PLACE, Slowing

THREE = Slowing(free=3, longest=timedelta(seconds=10), forgets=timedelta(minutes=1))
NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


def test_the_free_ones_cost_nothing_and_the_longest_wait_is_never_passed():
    assert [THREE.wait(failures).total_seconds() for failures in range(7)] == [0, 0, 0, 2, 4, 8, 10]


@pytest.mark.parametrize("slowing", [ONE_ACCOUNT, ONE_ACCOUNT_FROM_ONE_PLACE, ONE_PLACE])
def test_no_count_however_large_waits_longer_than_the_longest(slowing):
    for failures in (slowing.free - 1, slowing.free, 1000, 10**9):
        assert timedelta(0) <= slowing.wait(failures) <= slowing.longest
    assert slowing.longest <= timedelta(minutes=15)


@pytest.mark.parametrize(
    ("seconds", "left"), [(0, 3), (59, 3), (60, 2), (119, 2), (120, 1), (179, 1), (180, 0), (10**7, 0)]
)
def test_one_is_forgotten_at_a_time(seconds, left):
    assert THREE.remembered(3, NOW, NOW + timedelta(seconds=seconds))[0] == left


def test_what_has_passed_of_the_next_stretch_is_kept():
    failures, since = THREE.remembered(3, NOW, NOW + timedelta(seconds=90))
    assert THREE.remembered(failures, since, NOW + timedelta(seconds=120))[0] == 1


def test_nothing_is_forgotten_where_the_clock_goes_back():
    assert THREE.remembered(3, NOW, NOW - timedelta(days=1)) == (3, NOW)
