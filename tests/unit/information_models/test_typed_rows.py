"""Rows by columns: the same as the frame that they make, whatever is asked of them."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from information_models import row_numbers
from information_models.cells import Cells
from information_models.row_numbers import combined, different_in_order, doubled, fits, occurring, order_of, size_of
from information_models.typed_rows import TypedRows
from registry.findings import Place

pytestmark = pytest.mark.usefixtures("either_way")

TEXTS = st.lists(st.sampled_from(["a", "b", " b", "Å", "", None]), min_size=1, max_size=30)


def rows(texts, numbers) -> TypedRows:
    height = len(texts)
    columns = {
        "__sheet": Cells.of_one("Blad 1", pl.String, height),
        "ward": Cells.of(pl.Series(texts, dtype=pl.String)),
        "beds": Cells.of_values(pl.Series(numbers, dtype=pl.Int64)),
    }
    numbered = pl.int_range(2, height + 2, eager=True)
    return TypedRows(numbered, columns, ("__sheet", "__row", "ward", "beds"))


@given(TEXTS, st.data())
def test_columns_make_the_frame_and_the_frame_the_columns(texts, data):
    numbers = data.draw(st.lists(st.sampled_from([None, 0, 3, 7]), min_size=len(texts), max_size=len(texts)))
    by_columns = rows(texts, numbers)
    frame = by_columns.frame
    assert frame.columns == ["__sheet", "__row", "ward", "beds"] and frame["beds"].to_list() == numbers
    assert frame["ward"].to_list() == [(text or "").strip() or None for text in texts]
    assert (
        by_columns.coded()
        .select(pl.col("ward", "__sheet").cast(pl.String), "__row", "beds")
        .equals(frame.select("ward", "__sheet", "__row", "beds"))
    )
    of_frame = TypedRows.of(frame)
    for asked in (by_columns, of_frame):
        small = asked.where("beds", lambda values: (values > 0) & (values < 5))
        assert small.tolist() == [number == 3 for number in numbers]
        assert list(asked.places(small, "beds", "ward")) == [
            Place("Blad 1", at + 2, field="beds", value=frame["ward"][at]) for at in np.flatnonzero(small).tolist()
        ]
        assert set(asked.cells["beds"].used()) == set(numbers)
        more = pl.DataFrame({"__row": [0, 0], "ward": ["c", "a"], "__sheet": pl.Series([None, None], dtype=pl.String)})
        longer = asked.extended(more).frame
        assert longer.head(len(texts)).equals(frame) and longer.schema == frame.schema
        assert longer.tail(2).rows() == [(None, 0, "c", None), (None, 0, "a", None)]


def test_a_frame_has_no_column_but_its_own():
    of_frame = TypedRows.of(pl.DataFrame({"ward": ["a"], "__row": [7]}))
    assert list(of_frame.cells) == ["ward"] and len(of_frame.cells) == 1 and "__row" not in of_frame.cells
    with pytest.raises(KeyError):
        _ = of_frame.cells["beds"]


DIGITS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 40)), min_size=1, max_size=60)


@given(DIGITS, st.sampled_from([2, row_numbers.AT_ONCE]), st.sampled_from([0, row_numbers._ROOM]))
def test_rows_are_told_apart_and_put_in_order_by_their_columns_together(table, at_once, room):
    """Whether the possible numbers are few, and are marked in a table, or many, and are sorted."""
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(row_numbers, "AT_ONCE", at_once)
    monkeypatch.setattr(row_numbers, "_ROOM", room)
    digits = [
        (np.arange(size), np.array(codes, dtype=np.uint8), size)
        for size, codes in zip((4, 2, 41), zip(*table, strict=True), strict=True)
    ]
    numbers, size = combined(digits), size_of(digits)
    assert fits(digits) and size == 328
    assert numbers.tolist() == [(first * 2 + second) * 41 + third for first, second, third in table]
    assert different_in_order(numbers, size).tolist() == sorted(set(numbers.tolist()))
    assert doubled(numbers, size).tolist() == [table.count(row) > 1 for row in table]
    order = order_of(numbers, size)
    expected = sorted(range(len(table)), key=table.__getitem__) if len(set(table)) == len(table) else None
    assert (None if order is None else order.tolist()) == expected
    assert occurring(digits[2][1], 41).tolist() == [at in {row[2] for row in table} for at in range(41)]
    assert occurring(digits[2][1].astype(np.uint32), 41).tolist() == occurring(digits[2][1], 41).tolist()
    monkeypatch.undo()


def test_numbers_of_very_many_values_do_not_fit():
    codes = np.zeros(1, dtype=np.uint8)
    assert fits([(np.arange(1), codes, 2**31), (np.arange(1), codes, 2**31)])
    assert not fits([(np.arange(1), codes, 2**32), (np.arange(1), codes, 2**31)])


def test_a_place_says_what_its_row_says_as_a_text_whatever_the_type():
    """A place is kept with the findings: a number in it could not be."""
    table = rows(["a", "b", "c"], [3, None, 7])
    mask = np.array([True, True, True])
    assert [place.value for place in table.places(mask, "beds", "beds")] == ["3", None, "7"]
    assert [place.value for place in table.places(mask, "ward", "ward")] == ["a", "b", "c"]
