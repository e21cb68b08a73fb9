"""A column as its different texts and which of them each row has: nothing is lost or made of it, and codes are small."""

import numpy as np
import polars as pl
import pytest

from information_models.cells import Cells, Rows
from registry.findings import Place

pytestmark = pytest.mark.usefixtures("either_way")

WORDS = ["a", "b", None, "a", " b ", "", "a"]
PLAIN = ["a", "b", None, "a", "b", None, "a"]


def whole(cells: Cells) -> list[object]:
    return cells.values().to_list()


@pytest.mark.parametrize(
    "column",
    [pl.Series(WORDS), pl.Series(WORDS, dtype=pl.Categorical), pl.Series(WORDS, dtype=pl.Enum(["a", " b ", "b", ""]))],
    ids=["texts", "categories", "enumeration"],
)
def test_texts_are_stripped_and_blank_ones_are_nothing(column):
    cells = Cells.of(column)
    assert whole(cells) == PLAIN
    assert cells.codes.dtype == pl.UInt8 and cells.texts.to_list()[-1] is None
    assert whole(Cells.of(column.slice(2, 1))) == [None] and whole(Cells.of(column.clear())) == []


def test_values_are_there_once_as_they_are():
    cells = Cells.of_values(pl.Series([3, None, 1, 3]))
    assert (whole(cells), sorted(cells.texts.drop_nulls().to_list())) == ([3, None, 1, 3], [1, 3])
    assert whole(Cells.of_values(pl.Series([" b ", None]))) == [" b ", None]
    assert whole(Cells.of_values(pl.Series([1, 2]))) == [1, 2]


def test_a_column_may_say_one_thing_in_every_row():
    assert Cells.of_one("x", pl.String, 3).codes.to_list() == [0, 0, 0]
    assert whole(Cells.of_one("x", pl.String, 3)) == ["x"] * 3 and whole(Cells.of_one(None, pl.Int64, 2)) == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("different", "dtype"), [(255, pl.UInt8), (256, pl.UInt16), (65_535, pl.UInt16), (65_536, pl.UInt32)]
)
def test_codes_take_as_few_bytes_as_they_need(different, dtype):
    """Nothing is one of the values, there or not."""
    texts = [str(number) for number in range(different)]
    for cells in (Cells.of(pl.Series(texts)), Cells.of_values(pl.Series(range(different)))):
        assert cells.codes.dtype == dtype and cells.values().cast(pl.String).to_list() == texts


@pytest.mark.parametrize(
    ("texts", "is_enumeration"),
    [
        (["a", "a", "b", "b"], True),
        (["a", "b", "b"], False),
        (["a", "a"], True),
        (["a"], False),
        ([None, None], True),
        ([None], True),
        (["a", None], True),
        (["a", None, "b"], False),
    ],
)
def test_a_column_is_an_enumeration_where_at_most_half_of_its_cells_differ(texts, is_enumeration):
    found = Cells.of(pl.Series(texts, dtype=pl.String)).enumeration()
    assert (found is not None) is is_enumeration
    if found is not None:
        assert found.to_list() == texts
        words = list(dict.fromkeys(text for text in texts if text)) or [""]
        assert found.dtype.categories.to_list() == words


def test_an_enumeration_has_the_texts_of_its_rows_alone():
    some = Cells.of(pl.Series(["a", "b", "a", "c"])).filter(np.array([True, False, True, False]))
    assert some.enumeration().dtype.categories.to_list() == ["a"] and some.used().to_list() == ["a"]
    assert Cells.of_values(pl.Series([1, 1])).enumeration() is None


def test_what_is_known_of_each_text_is_known_of_each_row():
    cells = Cells.of(pl.Series(["a", "b", None, "a"]))
    length = pl.Series([len(text or "xx") for text in cells.texts])
    assert cells.spread(length).to_list() == [1, 1, 2, 1] and whole(cells.meaning(length)) == [1, 1, 2, 1]
    assert cells.each(str.upper, pl.String).to_list() == ["A", "B", None]
    assert cells.where(cells.texts == "a").tolist() == [True, False, False, True], "what is nothing is not true"
    assert cells.where(cells.texts.is_null()).tolist() == [False, False, True, False]
    assert cells.where(cells.texts == "z").tolist() == [False] * 4
    assert cells.at(np.array([3, 2])) == ["a", None]


def test_rows_are_taken_away_and_added():
    cells = Cells.of(pl.Series(["a", "b", None]))
    assert whole(cells.filter(np.array([False, True, True]))) == ["b", None]
    assert cells.filter(np.array([True, False, False])).occurring().tolist() == [True, False, False]
    more = cells.extended(pl.Series(["a", None]))
    assert (whole(more), more.codes.dtype) == (["a", "b", None, "a", None], pl.UInt8)
    assert whole(cells.extended(pl.Series([], dtype=pl.String))) == ["a", "b", None]
    many = Cells.of(pl.Series([str(number) for number in range(254)]))
    assert [many.extended(pl.Series(["x"] * count)).codes.dtype for count in (1, 2)] == [pl.UInt8, pl.UInt16]


def rows() -> Rows:
    cells = {"ward": Cells.of(pl.Series(["A", "B", None])), "beds": Cells.of(pl.Series(["1", "2", "3"]))}
    return Rows(pl.Series([2, 3, 9]), pl.Series(["Blad"] * 3), cells)


def test_places_are_made_of_rows_when_they_are_asked_for():
    made = rows()
    places = made.places(np.array([0, 2]), "beds", ["ward"])
    assert list(places) == [
        Place(sheet="Blad", row=2, field="beds", value="1", key=(("ward", "A"),)),
        Place(sheet="Blad", row=9, field="beds", value="3", key=(("ward", ""),)),
    ]
    assert (len(places), places[1].row, places.numbers.to_list(), places.field) == (2, 9, [2, 9], "beds")
    assert list(made.places(np.array([1]))) == [Place(sheet="Blad", row=3)]
    other = places.changed(lambda place: Place(row=place.row, field=place.field, value="x"))
    assert [(place.row, place.value) for place in other] == [(2, "x"), (9, "x")] and other.numbers.to_list() == [2, 9]


def test_some_rows_are_rows_with_their_numbers():
    some = rows().filter(np.array([True, False, True]))
    assert (some.height, some.numbers.to_list(), some.every().tolist()) == (2, [2, 9], [0, 1])
    assert whole(some.cells["ward"]) == ["A", None]
