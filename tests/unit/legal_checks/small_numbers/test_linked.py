"""What follows from several tables together, held against counting every possible table."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from legal_checks.small_numbers.linked import cover, worked_out
from legal_checks.small_numbers.linked_sums import Linked, Sum

DAYS = tuple(f"d{day}" for day in range(31))


def month_of(known, slack=31 * 0.005):
    return Linked(known, [Sum("month", DAYS, 31, slack)], {}, {})


def test_thirty_days_and_a_mean_give_the_last_day():
    known = dict.fromkeys(DAYS[1:], 6.0)
    found = worked_out(month_of(known | {"month": 5.87}), ["d0"])
    assert 1 < found["d0"].lowest < 2 < found["d0"].highest < 3
    assert worked_out(month_of(known | {"month": 5.9}, 31 * 0.05), ["d0"]) == {}, "one decimal leaves three values"


def test_the_cheapest_that_helps_is_hidden_and_nothing_more():
    known = dict.fromkeys(DAYS[1:], 6.0) | {"month": 5.87}
    assert cover(month_of(known), {"d4": 6.0, "month": 5.87, "d9": 6.0}, ["d0"]).hidden == {"month"}
    assert cover(month_of(known), {"d4": 6.0, "d9": 6.0}, ["d0"]).hidden == {"d4"}


def test_what_is_out_already_is_told_and_hides_nothing_more():
    known = dict.fromkeys(DAYS[1:], 6.0) | {"month": 5.87}
    found = cover(month_of(known), {}, ["d0"])
    assert (found.hidden, found.exposed, list(found.unavoidable)) == (frozenset(), {}, ["d0"])


def test_who_stops_it_is_told_what_is_exposed_then():
    known = dict.fromkeys(DAYS[1:], 6.0) | {"month": 5.87}
    assert list(cover(month_of(known), {"d4": 6.0}, ["d0"], lambda: False).exposed) == ["d0"]


CELLS = ("a", "b", "c", "d")
SUMS = [Sum("ab", ("a", "b")), Sum("cd", ("c", "d")), Sum("ac", ("a", "c")), Sum("all", ("ab", "cd"))]


def summed(numbers):
    table = dict(zip(CELLS, numbers, strict=True))
    for one in SUMS:
        table[one.total] = sum(table[part] for part in one.parts)
    return table


@st.composite
def tables(draw):
    counts = summed(draw(st.lists(st.integers(0, 2), min_size=4, max_size=4)))
    return counts, draw(st.sets(st.sampled_from(sorted(counts)), min_size=1))


def possible(counts, hidden):
    """Every small table that agrees with what is shown: what may be more than it is may be one more."""
    for numbers in product(range(6), repeat=4):
        table = summed(numbers)
        if all(table[name] == value for name, value in counts.items() if name not in hidden):
            yield table


@given(tables())
def test_what_is_worked_out_is_what_only_one_table_allows(drawn):
    counts, hidden = drawn
    known = {name: float(value) for name, value in counts.items() if name not in hidden}
    found = worked_out(Linked(known, SUMS, {}, {}), sorted(hidden))
    values = {name: {table[name] for table in possible(counts, hidden)} for name in hidden}
    assert {name for name, seen in values.items() if len(seen) == 1} == set(found)


@given(tables())
def test_what_is_hidden_beside_leaves_nothing_to_work_out(drawn):
    counts, hidden = drawn
    known = {name: float(value) for name, value in counts.items() if name not in hidden}
    costs = {name: value + 1.0 for name, value in known.items()}
    found = cover(Linked(known, SUMS, {}, {}), costs, sorted(hidden))
    assert not found.exposed
    left = {name: value for name, value in known.items() if name not in found.hidden}
    wanted = [name for name in sorted(hidden) if name not in found.unavoidable]
    assert worked_out(Linked(left, SUMS, {}, {}), wanted) == {}
    assert wanted == sorted(hidden), "where everything may be hidden, everything can be protected"


def test_what_another_table_hid_is_hidden_here_too_unless_it_is_out_already():
    linked = Linked({"a": 2.0, "b": 3.0, "c": 8.0}, [Sum("c", ("a", "b"))], {}, {})
    found = cover(linked, {"a": 2.0, "b": 3.0, "c": 8.0}, ["a"])
    assert "a" in found.hidden and len(found.hidden) == 2 and not found.exposed
    assert list(cover(linked, {"c": 8.0}, ["a"]).unavoidable) == ["a"]


def test_a_published_rate_bounds_a_count_as_nearly_as_it_was_rounded():
    known = dict.fromkeys(DAYS[1:], 6.0)
    for half, told in ((0.2, ["d0"]), (3.0, [])):
        linked = Linked(known, [Sum("month", DAYS)], {"month": (182 - half, 182 + half)}, {})
        assert list(worked_out(linked, ["d0"])) == told
