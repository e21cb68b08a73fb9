"""Our workbook after people have had it: what they did to the sheet changes nothing, what they wrote is told, and nothing else."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from registry.formats import DEFAULTS, format_named
from termbank.concepts.concept import Source
from termbank.exchange.planning import Fate, Known, Plan, plan
from termbank.exchange.reading.files import read_file
from termbank.exchange.reading.valueless_cells import rows_with_valueless_cells
from termbank.formats import FORMATS
from tests.unit.termbank.exchange.exchange_sources import BASE, source

OWN = (f"{BASE}termbank/",)
SOURCE = source()
WRITTEN = format_named(FORMATS, "xlsx").content(SOURCE, DEFAULTS)
ROWS = [
    ["" if cell is None else cell for cell in row]
    for row in load_workbook(io.BytesIO(WRITTEN)).worksheets[0].iter_rows(values_only=True)
]
HEADS = ROWS[0]
Edit = Callable[[list[list]], list[list]]


def saved(rows: list[list], change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    """A workbook with these rows, where a text that looks like a formula is a text."""
    book = Workbook()
    for at, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            book.active.cell(at, place, None if cell == "" else cell)
            if isinstance(cell, str) and cell.startswith("=m"):
                book.active.cell(at, place).data_type = "s"
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def planned(data: bytes, name: str = "a.xlsx") -> Plan:
    reading = read_file(data, name, OWN)
    assert reading.unreadable is None and reading.account.adds_up
    return plan(reading, Known(SOURCE, OWN), source=Source("a"))


def told(done: Plan) -> dict[str, object]:
    """What is not as it was, by the key of its row: what changes, or why it is refused."""
    return {
        one.name: [each.code for each in one.findings]
        if one.fate is Fate.REFUSED
        else [(each.before, each.after) for each in one.changes()]
        for one in done.concepts
        if one.fate is not Fate.SAME
    }


def each(change: Callable[[str], object]) -> Edit:
    return lambda rows: [
        rows[0],
        *([change(cell) if isinstance(cell, str) and cell else cell for cell in row] for row in rows[1:]),
    ]


def cell(slug: str, heading: str, value: object) -> Edit:
    """One cell written anew."""
    at = HEADS.index(heading)
    return lambda rows: [[*row[:at], value, *row[at + 1 :]] if row[0] == slug else row for row in rows]


UNTOUCHED: dict[str, Edit] = {
    "as it is": lambda rows: rows,
    "rows above": lambda rows: [["Begrepp i registret", 2026], [], *rows],
    "empty rows within": lambda rows: [rows[0], [], rows[1], ["", "  "], *rows[2:]],
    "columns in another order": lambda rows: [row[::-1] for row in rows],
    "rows in another order": lambda rows: [rows[0], *rows[:0:-1]],
    "blanks": each(lambda text: f" {text}\u00a0 "),
    "line ends": each(lambda text: text.replace("\n", "\r\n") + "\r\n"),
    "keys as numbers": each(lambda text: float(text) if text.isdecimal() else text),
    "headings in capitals": lambda rows: [[head.upper() for head in rows[0]], *rows[1:]],
    "a column of remarks": lambda rows: [[*row, remark] for row, remark in zip(rows, ["Kommentar", "ok", "", "?", ""], strict=True)],
    "columns taken away": lambda rows: [[row[HEADS.index(head)] for head in ("Nyckel", "Term (sv)", "Definition (sv)")] for row in rows],
    "a row taken away": lambda rows: rows[:-1],
}  # fmt: skip


@pytest.mark.parametrize("edit", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_is_done_to_the_sheet_changes_no_concept(edit):
    assert told(planned(saved(edit(ROWS)))) == {}


def test_the_name_and_place_of_the_sheet_and_merged_cells_above_it_change_nothing():
    def change(book: Workbook) -> None:
        book.active.title = "Blad1"
        book.create_sheet("Pivot", 0)["A1"] = "Antal"
        book.worksheets[1].merge_cells("A1:D1")

    assert told(planned(saved([["Begrepp"], *ROWS], change))) == {}


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), ("\t", "utf-16"), (";", "cp1252")])
def test_a_sheet_that_was_saved_as_csv_changes_nothing(delimiter, encoding):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(ROWS)
    assert told(planned(out.getvalue().encode(encoding, "strict"), "a.csv")) == {}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (cell("7", "Definition (sv)", "sak i rum "), {"7": [("sak i ett rum", "sak i rum")]}),
        (cell("rum", "Notationer", date(2026, 5, 1)), {"rum": [("", "2026-05-01")]}),
        (cell("rum", "Notationer", 7.0), {"rum": [("", "7")]}),
        (cell("rum", "Term (sv)", ""), {"rum": [("rum", "")]}),
        (cell("8", "Avrådda termer (sv)", ""), {"8": ["IMPORT-008"]}),
        (lambda rows: [*rows, ["Summa", 4]], {"Summa": ["IMPORT-017"]}),
    ],
)
def test_what_is_written_is_told_and_nothing_else(edit, expected):
    assert told(planned(saved(edit(ROWS)))) == expected


def test_a_fault_and_a_formula_without_a_value_take_nothing_away():
    def fault(book: Workbook) -> None:
        book.active["B2"].value, book.active["B2"].data_type = "#NAME?", "e"

    assert told(planned(saved(ROWS, fault))) == {"rum": ["IMPORT-030"]}
    data = saved(cell("sang", "Definition (sv)", "=UPPER(A1)")(ROWS))
    assert told(planned(data)) == {"sang": ["IMPORT-030"]}
    assert rows_with_valueless_cells(data, "Sheet") == {2} and rows_with_valueless_cells(data, "Other") == frozenset()
    assert rows_with_valueless_cells(WRITTEN, "Begrepp") == frozenset()


def test_a_table_without_keys_says_that_its_rows_are_new():
    done = planned(saved([[row[HEADS.index(head)] for head in ("Term (sv)", "Definition (sv)")] for row in ROWS]))
    assert [one.code for one in done.findings] == ["IMPORT-031"] and {one.fate for one in done.concepts} == {Fate.NEW}
    assert planned(WRITTEN).findings == ()
