"""How far those who counted the same cases agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.boundary_cases.agreement import agreement, written_count

CASES = ("a", "b", "c")
THREE = [
    {"a": "3", "b": "0", "c": "8"},
    {"a": "3", "b": "0"},
    {"a": "4", "b": "0", "c": "9"},
]
counts = st.dictionaries(st.sampled_from(CASES), st.sampled_from(["0", "1", "2"]))


def test_three_regions_and_three_cases():
    found = agreement(CASES, THREE)
    assert (found.overall.equal, found.overall.all) == (4, 7)
    assert round(100 * found.overall.share) == 57
    assert round(found.alpha, 2) == 0.42
    assert found.missing == 1
    by_case = {case: (pairs.equal, pairs.all, pairs.is_disagreement) for case, pairs in found.cases.items()}
    assert by_case == {"a": (1, 3, True), "b": (3, 3, False), "c": (0, 1, True)}


def test_the_interval_holds_alpha_and_is_the_same_every_time():
    many = [f"case {number}" for number in range(12)]
    rows = [{case: str((number * place) % 3) for number, case in enumerate(many)} for place in (1, 1, 2)]
    found = agreement(many, rows)
    low, high = found.interval
    assert -1 <= low < found.alpha < high <= 1
    assert agreement(many, [dict(row) for row in rows]).interval == (low, high)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"a": "1"}],
        [{"a": "1", "b": "1"}, {"a": "1", "b": "1"}],
        [{"a": "1"}, {"a": "2"}],
        [{"a": "1", "b": "2"}, {"c": "2"}],
    ],
    ids=["nobody", "one", "all the same", "one case", "no two answers"],
)
def test_alpha_is_not_told_where_it_means_nothing(rows):
    found = agreement(CASES, rows)
    assert (found.alpha, found.interval) == (None, None)


def test_samples_without_alpha_are_left_out_of_the_interval():
    found = agreement(("a", "b"), [{"a": "1", "b": "1"}, {"a": "1", "b": "2"}])
    assert (found.alpha, found.interval) == (0.0, (-0.5, 0.0))
    alone = agreement(("a", "b"), [{"a": "1", "b": "2"}, {"a": "1", "b": "2"}])
    assert (alone.alpha, alone.interval) == (1, (1, 1))


def test_who_has_answered_nothing_misses_nothing():
    assert agreement(CASES, [*THREE, {}]).missing == 1


@given(st.lists(counts, max_size=5))
@settings(max_examples=30, deadline=None)
def test_the_order_of_those_who_answered_changes_nothing(rows):
    there, back = agreement(CASES, rows), agreement(CASES, rows[::-1])
    assert (there.overall, there.missing, there.alpha) == (back.overall, back.missing, back.alpha)
    assert there.overall.equal <= there.overall.all
    assert there.alpha is None or -1 <= there.alpha <= 1.0000001


@pytest.mark.parametrize(
    ("text", "kept"),
    [("8", "8"), (" 8,50 ", "8,5"), ("8.0", "8"), ("0", "0"), ("–", ""), ("-", ""), ("", ""), ("1.2.3", "1.2.3"), ("8,", "8,"), ("A  B", "a b")],
)  # fmt: skip
def test_a_count_is_compared_as_people_mean_it(text, kept):
    assert written_count(text) == kept
