"""Where a reading turns: rows too wide or too narrow, sums beside their rows, cells that took others along, doubled columns."""

from dataclasses import replace

import openpyxl
import pytest

from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.headings import map_headings
from submission_portal.deliveries.reading.quoted_cells import Quoted, Spanning, quoted_cells
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.reading.row_widths import RowWidths, row_widths, width_of
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Sheet
from submission_portal.deliveries.reading.sums import compared_sums
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines, ward_csv, workbook

TABLE = Expected(
    (
        ExpectedColumn("place", ("Place",), "Place"),
        ExpectedColumn("n", ("N",), "N", Written.INTEGER, is_value=True, is_additive=True),
        ExpectedColumn("m", ("M",), "M", Written.DECIMAL, is_value=True, is_additive=True),
        ExpectedColumn("r", ("R",), "R", Written.DECIMAL, is_value=True, is_required=False),
    )
)
HEAD = ["Place", "N", "M", "R"]


def mapped(header=HEAD, above=0):
    found = map_headings(TABLE, [*[[""]] * above, header])
    assert found is not None
    return found


def widths(*rows, delimiter=";", header=HEAD):
    every = [header, *rows]
    found = row_widths(TABLE, mapped(header), every, range(1, len(every)), delimiter)
    assert found.header == len(header)
    return found.split, found.too_wide, found.too_narrow


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["a", "1", "2", "3"], ((), (), ())),
        (["a", "1", "2", "3", ""], ((), (), ())),
        (["a", "1", "2", "3", "x"], ((), (1,), ())),
        (["a", "1", "2"], ((), (), ())),
        (["a", "1"], ((), (), (1,))),
        (["a"], ((), (), ())),
        (["a", ""], ((), (), ())),
    ],
)
def test_a_row_is_odd_where_cells_have_no_heading_or_figures_lack_others(row, found):
    full = [["b", "1", "2", ""], ["c", "1", "2", ""]]
    assert widths(row, *full) == found


def test_a_column_is_expected_to_be_filled_where_more_than_half_of_the_rows_fill_it():
    lacking, full, empty = ["a", "1"], ["b", "1", "2"], ["c", "1", ""]
    header = HEAD[:3]
    assert widths(lacking, full, full, header=header)[2] == (1,)
    assert widths(lacking, full, empty, header=header)[2] == ()
    assert widths(lacking, full, header=header)[2] == ()


@pytest.mark.parametrize(
    ("row", "is_split"),
    [
        (["a", "1", "5", "2", "3"], True),
        (["a", "1", "5", "2", "5", "3", "5"], True),
        (["a", "1", "5", "2", "5", "3", "5", "9"], False),
        (["a", "1", "2", "3", "x"], False),
        (["a", "1", "1234567", "2", "3"], True),
        (["a", "-1", "5", "2", "3"], True),
        (["a", "", "5", "2", "3"], True),
        (["a", "b", "1", "2", "3"], False),
    ],
)
def test_too_many_cells_may_be_decimals_that_were_split_at_their_comma(row, is_split):
    assert widths(row, delimiter=",")[:2] == (((1,), ()) if is_split else ((), (1,)))
    assert widths(row, delimiter=";")[:2] == ((), (1,))


def test_columns_without_a_heading_may_hold_the_second_halves():
    header = ["Place", "N", "M", ""]
    assert widths(["a", "1", "2", "5"], delimiter=",", header=header)[0] == (1,)
    assert widths(["a", "1", "2", ""], delimiter=",", header=header) == ((), (), ())


def test_odd_rows_come_in_order():
    assert RowWidths(3, (5,), (2, 9), (1,)).odd == (1, 2, 5, 9)
    assert [width_of(row) for row in ([], [""], ["a"], ["", "b", ""])] == [0, 0, 1, 2]


def sums(rows, *, at, data=None):
    sheet = Sheet([HEAD, *rows])
    here = [index for index in range(1, len(rows) + 1) if index not in at] if data is None else data
    found = compared_sums(TABLE, mapped(), sheet, Sorted(data=here, sums=list(at)))
    return found.compared, [(place.row, place.column, place.field, place.value) for place in found.differing]


ROWS = [["a", "1", "1,5", "9"], ["b", "2", "2,5", "9"]]


@pytest.mark.parametrize(
    ("total", "found"),
    [
        (["Summa", "3", "4,0", "99"], (2, [])),
        (["Summa", "4", "4,0", ""], (2, [(4, "B", "n", "Summa: 4 ≠ 3")])),
        (["Summa", "3", "4,1", ""], (2, [])),
        (["Summa", "3", "3,9", ""], (2, [])),
        (["Summa", "3", "4,2", ""], (2, [(4, "C", "m", "Summa: 4,2 ≠ 4,0")])),
        (["Summa", "3", "3,8", ""], (2, [(4, "C", "m", "Summa: 3,8 ≠ 4,0")])),
        (["Summa", "", "4,0", ""], (1, [])),
        (["Summa", "x", "4,0"], (1, [])),
        (["Summa"], (0, [])),
        (["Summa", "9" * 101, "4", ""], (1, [])),
    ],
)
def test_a_sum_row_is_held_against_what_it_sums_but_for_rounding(total, found):
    assert sums([*ROWS, total], at=[3]) == found


def test_a_sum_is_of_what_came_since_the_last_or_of_all():
    parts = [
        *ROWS,
        ["Delsumma", "3", "4", ""],
        ["c", "5", "1", ""],
        ["Delsumma", "5", "1", ""],
        ["Summa", "8", "5", ""],
    ]
    assert sums(parts, at=[3, 5, 6]) == (6, [])
    parts[4][1] = "6"
    assert sums(parts, at=[3, 5, 6]) == (6, [(6, "B", "n", "Delsumma: 6 ≠ 5")])
    assert sums([["Summa", "0", "0", ""], *ROWS], at=[1]) == (2, [])


def test_rows_that_are_short_or_say_nothing_add_nothing():
    assert sums([["a"], ["b", "x", "-"], ["c", "2", "1"], ["Summa", "2", "1"]], at=[4]) == (2, [])


def quoted(rows, spanning=(), delimiter=";"):
    return quoted_cells(TABLE, mapped(), [HEAD, *rows], spanning, delimiter)


def test_cells_with_a_line_break_are_asked_about_but_for_headings_that_are_known():
    rows = [["a", "1", "2\n\n 3", "x\r\ny"], ["b", "1", "2", "3"]]
    found = quoted(rows, [Spanning(1, 2, 4)])
    assert [(one.row, one.column) for one in found] == [(1, 2), (1, 3)] and found[1].shown == "x ↵ y"
    assert quoted(rows, [Spanning(2, 2, 3)]) == (Quoted(2, None, ""),)
    assert quoted([], [Spanning(0, 1, 2)]) == ()


def test_a_heading_that_is_not_known_took_something_along():
    header = ["Place", "N", "M", "un\nknown"]
    rows = [header, ["a", "1", "2", "3"]]
    assert quoted_cells(TABLE, mapped(header), rows, [Spanning(0, 1, 2)], ";") == (Quoted(0, 3, "un ↵ known"),)


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (["a;b", "1", "2", "3"], [0]),
        (["a", "1;2", "2", "3"], []),
        (["a", "1", "2", "3", "obs;4;5"], [4]),
        (["a", "1", "2", "3", "obs; 4"], []),
        (["a;b", "1", "2", "3", "4;5"], [0, 4]),
        (["a;b", "c;d"], [0]),
        (["a,b", "1", "2", "3"], []),
    ],
)
def test_a_delimiter_in_a_cell_is_asked_about_where_it_makes_no_sense(row, columns):
    assert [one.column for one in quoted([row, row])] == columns * 2 or [
        (one.row, one.column) for one in quoted([row, row])
    ] == [(index, column) for index in (1, 2) for column in columns]
    assert quoted([row], [Spanning(1, 1, 2)]) == (Quoted(1, None, ""),)


def findings(data, name="a.csv", expected=WARDS, **more):
    return [
        (one.code, [(place.sheet, place.row, place.column, place.value) for place in one.places])
        for one in read(data, name, expected, **more).findings
    ]


ROW = "2026-10-01;Norra sjukhuset;Avd 1;12;11,5;0"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([ROW], []),
        ([], [("STR-012", [(None, 1, None, None)])]),
        ([ROW, "Summa;;;12;11,5;0"], [("FIL-011", [(None, 3, None, "Summa")])]),
        (
            [ROW, "Summa;;;13;11,5;0"],
            [("FIL-011", [(None, 3, None, "Summa")]), ("FIL-012", [(None, 3, "D", "Summa: 13 ≠ 12")])],
        ),
        ([ROW, "Kommentar: allt är påhittat"], [("STR-013", [(None, 3, None, None)])]),
        ([ROW.replace("2026-10-01", "01/02/2026")], [("STR-015", [(None, 2, "A", "01/02/2026")])]),
        ([ROW.replace("2026-10-01", "13/02/2026")], []),
        ([f"{ROW};x"], [("STR-019", [(None, 2, None, f"{ROW};x")])]),
    ],
)
def test_what_is_said_of_the_rows_of_a_text_file(lines, found):
    assert findings(ward_csv(*lines)) == found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (";".join(HEADINGS), []),
        ("Datum;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;", []),
        ("Datum;Sjukhus;Avdelning;Disponibla vardplatser;Belagda vårdplatser;Överbeläggningar", [("STR-006", [(None, 1, "D", "Disponibla vardplatser")])]),
        ("Datum;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplats;Överbeläggningar", ["STR-005"]),
        ("Datum;Sjukhus;Avdelning;Disponibla vårdplatser;Xyz;Överbeläggningar", ["STR-036"]),
        ("a;b;c;d;e;f", ["STR-001"]),
    ],
)  # fmt: skip
def test_what_is_said_of_the_header(header, found):
    told = findings(csv_lines(header, ROW if not header.endswith(";") else ROW.removesuffix(";0")))
    assert told == found or [code for code, _ in told] == found


def test_two_columns_of_one_element_agree_as_code_and_name_or_are_refused():
    header = ";".join((*HEADINGS, "Hospital"))
    agree, differ, unknown = (findings(csv_lines(header, f"{ROW};{name}")) for name in ("n", "m", ""))
    assert agree == [("STR-014", [(None, 1, "B", "Sjukhus"), (None, 1, "G", "Hospital")])]
    assert differ == unknown == [("STR-003", [(None, 1, "B", "Sjukhus"), (None, 1, "G", "Hospital")])]


def test_two_columns_without_codes_never_agree():
    header = ";".join((*HEADINGS, "Avdelning"))
    assert findings(csv_lines(header, f"{ROW};Avd 1")) == [
        ("STR-003", [(None, 1, "C", "Avdelning"), (None, 1, "G", "Avdelning")])
    ]


def test_of_sheets_that_do_not_fit_at_all_the_first_is_meant():
    def fill(book):
        book.active["A1"] = "x"
        for name in ("B1", "C1", "D1", "E1", "F1"):
            book.active[name] = None
        book.create_sheet("Annat").append(["y"])

    assert [(code, places[0][0]) for code, places in of_workbook(fill)] == [("STR-001", "Oktober")]


def test_sums_may_be_refused():
    strict = replace(WARDS, allows_sum_rows=False)
    assert findings(ward_csv(ROW, "Summa;;;12;11,5;0"), expected=strict) == [("FIL-018", [(None, 3, None, "Summa")])]


def of_workbook(fill, **more):
    return findings(workbook(fill), "a.xlsx", **more)


def test_what_is_hidden_merged_or_computed_among_the_figures_is_told():
    def fill(book):
        sheet = book.active
        sheet.append(["2026-10-02", "Norra sjukhuset", "Avd 1", 12, 11.5, 0])
        sheet.append(["2026-10-03", "Norra sjukhuset", "Avd 1", 12, 11.5, 0])
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["E"].hidden = True
        sheet.column_dimensions["K"].hidden = True
        sheet["D4"] = "=6+6"
        sheet["K4"] = "=6+6"

    told = dict(of_workbook(fill))
    assert told["FIL-022"] == [("Oktober", 3, None, None), ("Oktober", None, "E", None)]
    assert told["FIL-009"] == [("Oktober", 4, "D", None)]

    def merge(book):
        book.active.merge_cells("B2:B3")
        book.active.merge_cells("H2:H3")
        book.active.merge_cells("A9:B9")

    assert dict(of_workbook(merge))["STR-008"] == [("Oktober", 2, "B", None)]


def test_of_several_sheets_that_fit_one_is_asked_for_and_a_choice_settles_it():
    def fill(book: openpyxl.Workbook):
        book.copy_worksheet(book.active).title = "November"
        book.create_sheet("Tom")
        hidden = book.copy_worksheet(book.active)
        hidden.title, hidden.sheet_state = "Dold", "hidden"

    assert of_workbook(fill) == [
        ("FIL-010", [("Dold", None, None, None)]),
        ("FIL-020", [("Oktober", None, None, None), ("November", None, None, None)]),
    ]
    assert of_workbook(fill, sheet="November") == [("FIL-010", [("Dold", None, None, None)])]
    assert of_workbook(fill, sheet="Dold")[-1][0] == "FIL-020"


def test_the_preview_shows_how_the_file_was_read():
    lines = ["Titel;;;;;", "", ";".join(HEADINGS), *[ROW] * 7, "", "Kommentar: allt är påhittat", "Summa;;;84;80,5;0"]
    preview = read(csv_lines(*lines), "a.csv", WARDS).preview
    assert (preview.file_kind, preview.delimiter, preview.header_row, preview.data_rows) == ("csv", ";", 3, 7)
    assert (preview.title_rows, preview.sum_rows, preview.note_rows, preview.empty_rows) == ((1,), (13,), (12,), 1)
    assert preview.sum_texts == ("Summa",)
    assert [number for number, _ in preview.first_rows] == [4, 5, 6, 7, 8]
    headless = read(csv_lines(*(f"{number};x" for number in range(20))), "a.csv", WARDS).preview
    assert [number for number, _ in headless.first_rows] == [1, 2, 3, 4, 5]
    assert (headless.header_row, headless.data_rows) == (None, 0)
