"""Tables as CSV: what is read, what is refused and where, and that what is written is read back."""

from fractions import Fraction

import pytest

from legal_checks.small_numbers.files import read_inner_cells, read_published, write_published
from legal_checks.small_numbers.protection import CellStatus, ProtectedCell


def refused(result):
    _, findings = result
    return [
        (one.code, dict(one.params), [(place.row, place.column, place.value) for place in one.places])
        for one in findings
    ]


def test_inner_cells_are_read_by_heading_in_any_order_and_with_either_separator():
    for text in ("n,d,e\n3,A,x\n-12,B,y\n", "n;d;e\n3;A;x\n-12;B;y\n", "\ufeffn, d ,e\r\n 3 ,A, x\r\n\r\n-12,B,y"):
        inner, findings = read_inner_cells(text, ["d", "e"], "n")
        assert (inner.cells, inner.weights, findings) == ({("A", "x"): 3, ("B", "y"): -12}, {}, [])


def test_a_semicolon_separates_only_where_there_are_more_of_them():
    inner, findings = read_inner_cells("d;x,n\nA;1,7\n", ["d;x"], "n")
    assert (inner.cells, findings) == ({("A;1",): 7}, [])
    inner, findings = read_inner_cells("d;n\nA, B, C;7\n", ["d"], "n")
    assert (inner.cells, findings) == ({("A, B, C",): 7}, [])


@pytest.mark.parametrize("text", ["", "d\nA\n", "D,n\nA,1\n"])
def test_columns_that_are_missing_are_named(text):
    [(code, params, _)] = refused(read_inner_cells(text, ["d"], "n"))
    assert code == "small-numbers-columns"
    assert set(params["columns"].split(", ")) <= {"d", "n"}
    assert read_inner_cells(text, ["d"], "n")[0].cells == {}


def test_a_heading_that_occurs_twice_names_the_headings():
    assert refused(read_inner_cells("d,n,n\nA,1,2\n", ["d"], "n")) == [
        ("small-numbers-columns", {"columns": "d, n, n"}, [])
    ]


def test_rows_that_are_longer_or_shorter_than_the_heading_are_refused_by_their_number():
    found = refused(read_inner_cells("d,n\nA,1\n\nB\nC,1,2\nD,4\n", ["d"], "n"))
    assert found == [("small-numbers-ragged-row", {}, [(4, None, None), (5, None, None)])]


def test_a_quote_that_never_ends_is_a_row_that_cannot_be_read():
    long = '"' + "x" * 140_000
    [(code, _, places)] = refused(read_inner_cells(f"d,n\nA,1\n{long}", ["d"], "n"))
    assert (code, [row for row, *_ in places]) == ("small-numbers-ragged-row", [3])


@pytest.mark.parametrize(
    ("written", "count"),
    [("0", 0), ("-3", -3), ("007", 7), ("9" * 15, 10**15 - 1), ("9" * 16, None), ("1.0", None), ("--1", None),
     ("", None), ("-", None), ("²", None), ("٣", None), ("1 000", None)],
)  # fmt: skip
def test_a_value_is_a_whole_number_of_at_most_fifteen_digits(written, count):
    inner, findings = read_inner_cells(f"d,n\nA,{written}\n", ["d"], "n")
    if count is None:
        assert inner.cells == {}
        assert refused((inner, findings)) == [("small-numbers-not-an-integer", {}, [(2, "n", written)])]
        assert findings[0].places[0].key == (("d", "A"),)
    else:
        assert (inner.cells, findings) == ({("A",): count}, [])


def test_odd_and_doubled_cells_are_told_each_with_its_places():
    found = refused(read_inner_cells("d,n\nA,x\nB,1\nB,2\nC,y\nB,3\n", ["d"], "n"))
    assert found == [
        ("small-numbers-not-an-integer", {}, [(2, "n", "x"), (5, "n", "y")]),
        ("small-numbers-doubled-cell", {}, [(4, "n", "2"), (6, "n", "3")]),
    ]


def test_weights_are_read_where_they_are_asked_for():
    inner, findings = read_inner_cells('d,n,w\nA,1,2.5\nB,2," 0,25 "\nC,x,1\n', ["d"], "n", "w")
    assert inner.weights == {("A",): Fraction(5, 2), ("B",): Fraction(1, 4)}
    assert [one.code for one in findings] == ["small-numbers-not-an-integer"]
    assert read_inner_cells("d,n\nA,1\n", ["d"], "n", "w")[1][0].params == {"columns": "w"}


@pytest.mark.parametrize("weight", ["", "-1", "1e3", ".5", "1" * 16, "1." + "1" * 13, "1."])
def test_a_weight_that_is_none_is_told(weight):
    inner, findings = read_inner_cells(f"d,n,w\nA,1,{weight}\n", ["d"], "n", "w")
    assert refused((inner, findings)) == [("small-numbers-weight", {"column": "w"}, [(2, "w", weight)])]
    assert findings[0].places[0].key == (("d", "A"),)
    assert (inner.cells, inner.weights) == ({("A",): 1}, {})


@pytest.mark.parametrize(
    ("row", "count"),
    [("A,5,shown", 5), ("A,0,", 0), ("A,,hidden", None), ("A,,", None), ("A, , ", None), ("A,x,hidden", None),
     ("A,..,hidden", None), ("A,7,hidden", 7)],
)  # fmt: skip
def test_a_published_cell_is_shown_where_it_has_a_number_and_hidden_where_that_is_said(row, count):
    table, findings = read_published(f"d,value,status\n{row}\n", ["d"], "spring")
    assert (table.columns, table.cells, table.name, findings) == (("d",), {("A",): count}, "spring", [])


@pytest.mark.parametrize("row", ["A,,shown", "A,x,", "A,x,shown", "A,-1,shown", "A,-1,hidden", "A,1.5,"])
def test_a_published_cell_that_is_neither_is_told(row):
    table, findings = read_published(f"d,value,status\n{row}\n", ["d"])
    value = row.split(",")[1]
    assert refused((table, findings)) == [("small-numbers-not-an-integer", {}, [(2, "value", value)])]
    assert findings[0].places[0].key == (("d", "A"),)
    assert table.cells == {}


def test_without_a_status_column_an_empty_cell_is_hidden():
    table, findings = read_published("d,value\nA,\nB,3\n", ["d"])
    assert (table.cells, findings) == ({("A",): None, ("B",): 3}, [])


def test_a_published_table_has_every_dimension_unless_fewer_are_allowed():
    text = "e,value\nx,3\nx,4\n"
    assert refused(read_published(text, ["d", "e"])) == [("small-numbers-columns", {"columns": "d"}, [])]
    assert read_published(text, ["d", "e"])[0].columns == ("d", "e")
    table, findings = read_published(text, ["d", "e"], all_columns=False)
    assert table.columns == ("e",)
    assert refused((table, findings)) == [("small-numbers-doubled-cell", {}, [(3, "value", "4")])]


def test_other_columns_of_an_earlier_table_are_dimensions_only_where_fewer_are_allowed():
    text = "d,year,value,status\nA,2024,3,shown\n"
    assert read_published(text, ["d"])[0].cells == {("A",): 3}
    table, findings = read_published(text, ["d"], all_columns=False)
    assert (table.columns, table.cells, findings) == (("d", "year"), {("A", "2024"): 3}, [])


def test_the_value_has_its_own_heading_unless_there_is_one_called_value():
    assert read_published("d,n\nA,3\n", ["d"], value="n", all_columns=False)[0].cells == {("A",): 3}
    both = "d,n,value\nA,3,4\n"
    assert read_published(both, ["d"], value="n")[0].cells == {("A",): 4}
    assert refused(read_published("d\nA\n", ["d"], value="n")) == [("small-numbers-columns", {"columns": "n"}, [])]


def test_what_is_written_is_read_back():
    cells = [
        ProtectedCell(("A, or a", "x"), 3, CellStatus.SHOWN),
        ProtectedCell(("B", "x"), None, CellStatus.HIDDEN),
        ProtectedCell(("T", "x"), 0, CellStatus.SHOWN),
    ]
    text = write_published(["d", "e"], cells)
    assert text == 'd,e,value,status\n"A, or a",x,3,shown\nB,x,,hidden\nT,x,0,shown\n'
    table, findings = read_published(text, ["d", "e"])
    assert (table.cells, findings) == ({one.cell: one.value for one in cells}, [])
