"""Which versions of a wording mean the same."""

from datetime import date

import pytest

from termbank.applications.meanings import Meanings, WordingVersion

YEARS = [date(2026 + number, 1, 1) for number in range(6)]


def version(number: int, content_hash: str, base: str | None, is_editorial: bool) -> WordingVersion:
    last = date(2025 + number, 12, 31) if number < 4 else date.max
    return WordingVersion(content_hash, number, base, is_editorial, YEARS[number - 1], last)


FOUR = Meanings(
    (version(1, "a", None, False), version(2, "b", "a", True), version(3, "c", "b", False), version(4, "d", "c", True))
)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [("a", "b", True), ("c", "d", True), ("b", "c", False), ("a", "d", False), ("x", "x", True), ("x", "a", False)],
)
def test_what_was_changed_editorially_means_the_same_and_nothing_else_does(one, other, is_same):
    assert FOUR.is_same(one, other) is is_same and FOUR.is_same(other, one) is is_same


def test_a_wording_that_comes_back_means_what_it_meant():
    back = Meanings((*FOUR.versions, version(5, "a", "d", False), version(6, "e", "a", True)))
    assert back.is_same("a", "e") and not back.is_same("a", "c")


def test_an_editorial_version_of_which_nobody_wrote_what_it_was_begun_from_follows_the_one_before():
    assert Meanings((version(1, "a", None, False), version(2, "b", None, True))).is_same("a", "b")


def test_an_editorial_version_begun_from_an_older_one_does_not_mean_what_came_between():
    known = Meanings((version(1, "a", None, False), version(2, "b", "a", False), version(3, "c", "a", True)))
    assert known.is_same("a", "c") and not known.is_same("b", "c")


def test_on_each_day_one_version_applies():
    assert [FOUR.on(day).number if FOUR.on(day) else None for day in (date(2025, 12, 31), *YEARS)] == [
        None,
        1,
        2,
        3,
        4,
        4,
        4,
    ]
    assert FOUR.days(date(2026, 6, 1), date(2028, 1, 1)) == [
        (date(2026, 6, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 12, 31)), (date(2028, 1, 1), date(2028, 1, 1)),
    ]  # fmt: skip
    assert Meanings().days(date.min, date.max) == [(date.min, date.max)]
