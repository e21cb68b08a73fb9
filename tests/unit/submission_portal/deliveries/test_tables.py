"""The rows of a sheet under the model's names: each cell in one form, what it stood as beside it, and what is told of that."""

from array import array

import numpy as np
import pytest

from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.headings import map_headings
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Sheet
from submission_portal.deliveries.reading.table import (
    PLACES_TOLD,
    Coded,
    Table,
    forms_of,
    formulas_without_value,
    table_of,
    written_forms_of,
)

PLACE = ExpectedColumn("place", ("Place",), "Plats")
DAY = ExpectedColumn("day", ("Day",), "Dag", Written.DAY)
MONTH = ExpectedColumn("month", ("Month",), "Månad", Written.PERIOD, period_kind="month")
WHOLE = ExpectedColumn("n", ("N",), "", Written.INTEGER, is_value=True, largest=2_000)
RATE = ExpectedColumn("r", ("R",), "Andel", Written.DECIMAL, is_value=True, decimals=1)
EXPECTED = Expected((DAY, PLACE, WHOLE, RATE))
HEAD = ["Day", "Place", "N", "R"]


def table(*rows, header=HEAD, data=None, kind="csv", expected=EXPECTED, **sheet):
    every = [header, *rows]
    mapping = map_headings(expected, every)
    assert mapping is not None
    found = Sorted(data=list(range(1, len(every))) if data is None else data)
    return table_of(expected, mapping, Sheet(every, "Blad", **sheet), found, kind)


def column(made: Table, name: str) -> list[str | None]:
    return [made.columns[name].values[code] for code in made.columns[name].codes]


def test_each_cell_is_in_one_form_and_what_it_stood_as_is_beside_it():
    made, findings = table(
        ["1 okt 2026", "Umeå", "1 200", "1,5"], ["2026-10-02", " ", "12,0", ""], ["x", "", "1,5", "."]
    )
    assert (made.rows.tolist(), made.sheet, findings) == ([2, 3, 4], "Blad", [])
    assert column(made, "day") == ["2026-10-01", "2026-10-02", "x"]
    assert column(made, "__written_day") == ["1 okt 2026", None, None]
    assert column(made, "n") == ["1200", "12", "1.5"] and column(made, "__written_n") == ["1 200", "12,0", "1,5"]
    assert column(made, "r") == ["1.5", None, "."] and column(made, "__written_r") == ["1,5", None, None]
    assert column(made, "place")[::2] == ["Umeå", None] and "__written_place" not in made.columns


def test_rows_may_be_short_in_places_and_columns_may_be_absent():
    made, _ = table(["2026-10-01", "a"], ["2026-10-02", "b", "2", "3"], header=HEAD)
    assert (column(made, "n"), column(made, "r")) == ([None, "2"], [None, "3"])
    narrow, _ = table(["2026-10-01", "a", "7"], header=HEAD[:3])
    assert "r" not in narrow.columns and column(narrow, "n") == ["7"]
    nothing, _ = table(header=HEAD)
    assert (nothing.rows.tolist(), column(nothing, "n")) == ([], [])
    other, _ = table(["2026-10-01", "a", "1", "2"], ["sum", "", "1", ""], ["2026-10-02", "b", "3", "4"], data=[1, 3])
    assert (other.rows.tolist(), column(other, "n")) == ([2, 4], ["1", "3"])


def test_what_is_told_of_a_column_has_its_rows_and_first_places():
    rows = [["03/04/2026", "a", "1", "1"]] * (PLACES_TOLD + 1) + [["13/04/2026", "a", "1", "1"]]
    _, [told] = table(*rows)
    assert (told.code, told.params["rows"], told.params["count"], told.params["element"]) == ("STR-009", 51, 51, "Dag")
    assert [place.row for place in told.places] == list(range(2, PLACES_TOLD + 2))
    first = told.places[0]
    assert (first.sheet, first.column, first.field, first.value) == ("Blad", "A", "day", "03/04/2026")


def test_a_column_without_a_label_is_told_by_its_name():
    _, told = table(["2026-10-01", "a", "1.000", "1"])
    assert [(one.code, one.params["element"]) for one in told] == [("STR-027", "n")]


def test_formulas_without_a_value_are_kept_by_row():
    made, _ = table(
        ["2026-10-01", "a", "", "1"], ["2026-10-02", "b", "2"], ["2026-10-03", "c", "1", "1"],
        formulas=frozenset({(2, 2), (3, 3), (3, 2), (4, 3), (2, 9), (99, 2)}),
    )  # fmt: skip
    assert column(made, "__formulas") == ["n", "r", None]
    assert "__formulas" not in table(["2026-10-01", "a", "1", "1"], formulas=frozenset({(2, 2)}))[0].columns


def test_formulas_of_a_row_come_in_the_order_of_the_sheet():
    rows = [HEAD, ["", "", "", ""], ["a"]]
    mapping, found = map_headings(EXPECTED, rows), Sorted(data=[1, 2])
    sheet = Sheet(rows, formulas=frozenset({(2, 3), (2, 0), (3, 1), (3, 0)}))
    assert formulas_without_value(mapping, sheet, found) == ["day r", "place"]
    assert formulas_without_value(mapping, Sheet(rows, formulas=frozenset({(3, 0), (4, 1)})), found) == ["", ""]
    assert formulas_without_value(mapping, Sheet(rows), found) is None


def test_values_are_coded_each_once():
    one = Coded.of(["a", "b", "a", "c"], {"a": "1", "b": None, "c": "1"})
    assert one == Coded(("1", None), array("I", [0, 1, 0, 0]))
    assert one != Coded(("1", None), array("I", [0, 1, 0, 1])) and one != Coded(("2", None), one.codes)
    assert one == Coded(("1", None), np.array([0, 1, 0, 0], dtype=np.uint8)) and one != "other"


def test_tables_are_alike_in_all_that_they_hold():
    def made(rows=(1, 2), sheet="a", name="n"):
        return Table(array("q", rows), sheet, {name: Coded(("1",), array("I", [0, 0]))})

    assert made() == made() and made() != "other"
    for other in (made(rows=(1, 3)), made(sheet="b"), made(name="m")):
        assert made() != other


@pytest.mark.parametrize(
    ("cell", "now", "kept"), [("1,0", "1", "1,0"), ("1", "1", None), ("", None, None), ("a", None, "a")]
)
def test_a_cell_is_kept_as_it_stood_where_it_was_brought_to_another_form(cell, now, kept):
    assert written_forms_of({cell: now}) == {cell: kept}


def formed(column, cell, *, kind="csv", order=None, from_1904=False):
    known, notes = forms_of(column, {cell}, Sheet([], has_date_system_1904=from_1904), kind, order)
    return known[cell], notes.get(cell, [])


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        (WHOLE, "12,0", "12"),
        (WHOLE, "12,5", "12.5"),
        (WHOLE, "tolv", "tolv"),
        (RATE, "12,0", "12.0"),
        (RATE, "tolv", "tolv"),
        (PLACE, "12,0", "12,0"),
        (DAY, "12,0", "12,0"),
        (MONTH, "okt 2026", "2026-10"),
        (MONTH, "12,0", "12,0"),
        (WHOLE, "1" * 100, "1" * 100),
        (WHOLE, "0" * 99 + "1", "1"),
        (WHOLE, "0" * 100 + "1", "0" * 100 + "1"),
    ],
)
def test_a_column_says_in_which_form_its_cells_are(column, cell, expected):
    assert formed(column, cell) == (expected, [])


@pytest.mark.parametrize(
    ("column", "cell", "order", "expected"),
    [
        (DAY, "03/04/2026", "day_first", ("2026-04-03", ["STR-009"])),
        (DAY, "03/04/2026", "month_first", ("2026-03-04", ["STR-016"])),
        (DAY, "03/04/2026", "", ("2026-04-03", ["STR-015"])),
        (DAY, "3/4 2026", None, ("2026-04-03", ["STR-009"])),
        (DAY, "13/04/2026", None, ("2026-04-13", [])),
        (DAY, "2026-04-13", "day_first", ("2026-04-13", [])),
        (MONTH, "01/02/2026", "day_first", ("2026-02", ["STR-009"])),
        (MONTH, "01/02/2026", "", ("2026-02", ["STR-015"])),
        (MONTH, "01/02/2026", None, ("2026-02", [])),
        (DAY, "01-OCT-26", None, ("2026-10-01", ["STR-029"])),
        (DAY, "32-OCT-26", None, ("32-OCT-26", [])),
        (DAY, "2026-10-01T22:30Z", None, ("2026-10-02", ["STR-022"])),
        (DAY, "2026-10-01 24:00", None, ("2026-10-01", ["STR-023"])),
        (DAY, "2026-10-01T24:00Z", None, ("2026-10-02", ["STR-022"])),
        (DAY, "2026-10-01 23:00", None, ("2026-10-01", [])),
        (DAY, "2026-02-30T22:30Z", None, ("2026-02-30T22:30Z", [])),
        (MONTH, "2026-09-30T22:00:00Z", None, ("2026-10", ["STR-022"])),
    ],
)
def test_how_a_day_was_read_is_told(column, cell, order, expected):
    assert formed(column, cell, order=order) == expected


@pytest.mark.parametrize(
    ("column", "kind", "from_1904", "expected"),
    [
        (DAY, "xlsx", False, ("2026-10-01", ["STR-011"])),
        (DAY, "xlsx", True, ("2030-10-02", ["STR-011"])),
        (DAY, "csv", False, ("46296", [])),
        (MONTH, "xlsx", False, ("46296", [])),
    ],
)
def test_a_serial_number_is_a_day_in_a_workbook_alone(column, kind, from_1904, expected):
    assert formed(column, "46296", kind=kind, from_1904=from_1904) == expected
    assert formed(column, "2026-10-01", kind=kind)[1] == []
