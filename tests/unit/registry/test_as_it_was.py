"""How an item stood on a day gone by: what was published and withdrawn by then, and nothing that came later."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from registry.items.as_it_was import Standing, standing
from registry.items.lifecycle import State


@dataclass(frozen=True)
class Dated:
    number: int
    valid_from: date | None = None
    state: State = State.PUBLISHED
    ended_at: datetime | None = None


def march(day) -> date:
    return date(2026, 3, day)


def at(day, hour=12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def withdrawn(number, valid_from, ended_at) -> Dated:
    return Dated(number, valid_from, State.WITHDRAWN, ended_at)


FIRST = Dated(1, None, State.SUPERSEDED)
SECOND = Dated(2, march(10))


@pytest.mark.parametrize(
    ("day", "expected"), [(9, Standing(FIRST, (SECOND,))), (10, Standing(SECOND)), (11, Standing(SECOND))]
)
def test_the_newest_that_has_begun_applies(day, expected):
    assert standing([FIRST, SECOND], march(day)) == expected


def test_what_was_not_published_yet_is_not_there():
    assert standing([], march(1)) == Standing()
    assert standing([SECOND], march(1)) == Standing(None, (SECOND,))


@pytest.mark.parametrize("day", [12, 13])
def test_one_that_was_withdrawn_leaves_nothing_in_force(day):
    gone = withdrawn(2, march(10), at(12))
    assert standing([FIRST, gone], march(day)) == Standing(None, (), gone)


def test_one_that_was_withdrawn_later_was_in_force_still():
    gone = withdrawn(2, march(10), at(12))
    assert standing([FIRST, gone], march(11)) == Standing(gone)


def test_the_day_of_a_withdrawal_is_the_swedish_one():
    """23:30 UTC on the 12th is the 13th in Sweden."""
    gone = withdrawn(2, march(10), at(12, 23))
    assert standing([gone], march(12)).in_force == gone
    assert standing([gone], march(13)).withdrawn == gone


def test_one_that_was_withdrawn_before_its_first_day_never_applied():
    gone = withdrawn(2, march(10), at(9))
    assert standing([FIRST, gone], march(8)) == Standing(FIRST, (gone,))
    assert standing([FIRST, gone], march(9)) == Standing(FIRST)
    assert standing([FIRST, gone], march(10)) == Standing(FIRST)


def test_one_that_was_withdrawn_on_its_first_day_had_begun():
    gone = withdrawn(2, march(10), at(10))
    assert standing([FIRST, gone], march(10)) == Standing(None, (), gone)


def test_a_version_that_was_superseded_goes_on_until_its_successor_begins():
    third = Dated(3, march(20))
    assert standing([FIRST, SECOND, third], march(15)) == Standing(SECOND, (third,))


def test_a_successor_of_a_withdrawn_one_applies_from_its_first_day():
    gone, next_one = withdrawn(1, march(2), at(4)), Dated(2, march(10))
    assert standing([gone, next_one], march(5)) == Standing(None, (next_one,), gone)
    assert standing([gone, next_one], march(10)) == Standing(next_one)
