"""A file under check, step by step: what it is, what is looked through in it, which sheet is meant."""

from collections.abc import Callable

import openpyxl
import pytest

from registry.findings import Finding
from submission_portal.deliveries.reading import file_case
from submission_portal.deliveries.reading.csv_files import CsvFile
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.limits import Limits, Way, no_progress
from submission_portal.deliveries.reading.readers import Workbook
from submission_portal.deliveries.reading.sheets import Sheet
from submission_portal.deliveries.reading.workbooks import WorkbookFacts
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines, ward_csv, workbook
from tests.factories.identity_numbers import BORN, ten_digits

ROW = "2026-10-01;Norra sjukhuset;Avd 1;12;11,5;0"
TEN = ten_digits(BORN)
NUMBER = f"{TEN[:6]}-{TEN[6:]}"


def case(data: bytes, name: str = "a.csv", *, chosen: str | None = None, encoding: str | None = None, **limits: int):
    return FileCase(
        data, name, WARDS, chosen, Way(Limits(**limits), no_progress, lambda _bytes: None), encoding=encoding
    )


def fields(one: FileCase) -> list[str | None]:
    """Where identity numbers were found that stand in no cell; a cell is told as its column."""
    one.look_through()
    return [place.field or place.column for place in one.scan.places]


def test_only_sheets_that_hold_something_are_seen():
    sheets = [Sheet([["a"]], "Shown"), Sheet([[""], []], "Empty"), Sheet([["a"]], "Hidden", is_hidden=True),
              Sheet([], "Both", is_hidden=True)]  # fmt: skip
    book = Workbook(tuple(sheets), WorkbookFacts())
    assert [sheet.name for sheet in book.visible] == ["Shown"]
    assert [sheet.name for sheet in book.hidden] == ["Hidden"]


@pytest.mark.parametrize(
    ("data", "is_blank"),
    [
        (b"", True),
        (b"\xef\xbb\xbf \t\r\n\x00", True),
        (b" " * 1000, True),
        (b" " * 1000 + b"x", False),
        (b"x" + b" " * 2000, False),
        (b"\n" * 1001, True),
    ],
)
def test_a_file_of_spaces_is_blank_however_long_it_is(data, is_blank):
    assert case(data).is_blank is is_blank


def test_a_file_may_be_as_large_as_the_limit():
    assert not case(b"x" * 10, file_bytes=10).is_too_large
    assert case(b"x" * 11, file_bytes=10).is_too_large
    assert case(b"x" * 10, file_bytes=10).is_opened
    assert not case(b"x" * 11, file_bytes=10).is_opened and not case(b" ").is_opened


@pytest.mark.parametrize(
    ("name", "data", "promised", "is_read", "is_named"),
    [
        ("a.csv", b"x;y", "csv", True, True),
        ("a", b"x;y", "csv", True, True),
        ("a.xlsx", b"x;y", "xlsx", True, False),
        ("a.csv", b"%PDF-1.7", "csv", False, False),
        ("a.pdf", b"%PDF-1.7", "pdf", False, True),
    ],
)
def test_what_a_file_is_and_what_its_name_promises(name, data, promised, is_read, is_named):
    one = case(data, name)
    assert (one.promised, one.is_of_a_kind_read, one.is_named_as_it_is) == (promised, is_read, is_named)
    assert one.is_opened is (is_read and is_named)


def test_the_name_and_all_that_is_read_or_not_are_looked_through():
    assert fields(case(ward_csv(ROW), f"{NUMBER}.csv")) == ["file_name"]
    assert fields(case(ward_csv(f"2026-10-01;N;{NUMBER};1;1;0"))) == ["C"]
    assert fields(case(b"%PDF-1.7 " + NUMBER.encode(), "a.pdf")) == ["file"], "of a kind that is not read"
    assert fields(case(b"x;" + NUMBER.encode(), "a.xlsx")) == ["file"], "named as another kind"
    assert fields(case(b"x;" + NUMBER.encode(), "a.csv", file_bytes=5)) == [], "too large to be looked at"
    assert fields(case(ward_csv(ROW))) == []


def test_a_workbook_that_is_named_as_a_text_file_is_looked_through_by_its_cells():
    data = workbook(lambda book: book.active.append(["2026-10-01", "N", NUMBER, 1, 1, 0]))
    assert fields(case(data, "a.csv")) == ["C"]


def test_it_is_told_how_much_there_is_to_read():
    told: list[int] = []
    data = ward_csv(ROW)
    assert FileCase(data, "a.csv", WARDS, None, Way(Limits(), no_progress, told.append)).is_opened
    assert told == [len(data)]


def test_nothing_is_told_of_a_file_with_numbers():
    one = case(ward_csv(f"2026-10-01;N;{NUMBER};1;1;0"))
    one.look_through()
    assert (one.is_opened, one.candidates, one.has_header) == (False, (), False)


def scanned_raw(monkeypatch: pytest.MonkeyPatch, one: FileCase) -> int:
    """How many times its bytes are looked through as they are."""
    asked: list[int] = []
    monkeypatch.setattr(IdentityScan, "raw", lambda _scan, data, _place: asked.append(len(data)))
    one.look_through()
    return len(asked)


@pytest.mark.parametrize(
    ("data", "times"),
    [
        (ward_csv(ROW), 0),
        (bytes(20), 0),
        (ward_csv(ROW).decode().encode("utf-16"), 1),
        (b"sep=:\r\n" + ward_csv(ROW).replace(b";", b":"), 1),
        (ward_csv(f"2026-10-01;N;{NUMBER};1;1;0").decode().encode("utf-16"), 0),
    ],
    ids=["as usual", "blank", "UTF-16", "a delimiter of its own", "UTF-16 in which a number was found already"],
)
def test_bytes_are_looked_through_where_cells_may_not_be_all(monkeypatch, data, times):
    assert scanned_raw(monkeypatch, case(data)) == times


def test_a_file_that_cannot_be_read_is_looked_through_all_the_same(monkeypatch):
    one = case(ward_csv("2026-10-01;N;A;1;1;0", "2026-10-02;N;A;1;1;0"), rows=1)
    assert scanned_raw(monkeypatch, one) == 1
    assert isinstance(one.opened, Finding) and not one.is_opened


@pytest.mark.parametrize(
    ("rows", "limits", "code"),
    [
        (3, {"odd_rows": 3}, None),
        (4, {"odd_rows": 3}, "FIL-017"),
        (4, {"odd_rows": 3, "rows": 4}, "FIL-017"),
        (4, {"odd_rows": 4, "rows": 3}, "FIL-017"),
        (HEADER_SEARCHED + 2, {"odd_rows": 3}, "FIL-017"),
        (HEADER_SEARCHED + 3, {"odd_rows": 3}, "FIL-035"),
    ],
)
def test_a_file_that_is_read_row_by_row_has_so_many_rows_under_its_header(rows, limits, code):
    data = ward_csv(*["2026-10-01;N;A;1;1;0"] * (rows - 1), "2026-10-01;N;A;1;1;0;")
    opened = case(b"Titel\r\n" + data if rows < 9 else data, **limits).opened
    assert (opened.code if isinstance(opened, Finding) else None) == code


def test_why_a_long_file_cannot_be_read_row_by_row_is_told_with_its_row_and_the_bounds():
    lines = ["2026-10-01;N;A;1;1;0"] * 4
    data = ward_csv(*lines, "2026-10-01;N;A;1;1;0;")
    found = case(data, odd_bytes=len(data) - 1).opened
    assert (found.code, [place.row for place in found.places]) == ("FIL-035", [6])
    assert found.params["rows"] == 500_000
    assert isinstance(case(data, odd_bytes=len(data)).opened, CsvFile)
    mixed = ward_csv(*lines).replace(b"\r\n", b"\r", 1)
    assert case(mixed, odd_bytes=1).opened.places == (), "no row is known where line breaks are of several kinds"


def test_the_megabytes_of_a_bound_are_whole_millions():
    data = b"\r" + ward_csv(*["2026-10-01;N;A;1;1;0"] * 100_000)
    assert [case(data, odd_bytes=most).opened.params["megabytes"] for most in (1_999_999, 2_000_000)] == [1, 2]


@pytest.mark.parametrize(
    ("data", "encoding", "single", "is_asked"),
    [
        (ward_csv(ROW), None, "windows-1252", False),
        (csv_lines("x;y", "Śa;1"), None, "mac-roman", False),
        (csv_lines("x;y", "Örebro;1", encoding="cp850"), None, "cp850", True),
        (csv_lines("x;y", "Örebro;1", encoding="cp850"), "mac-roman", "mac-roman", False),
        (csv_lines("x;y", "Örebro;1", encoding="cp850"), "utf-7", "cp850", True),
        (csv_lines(";".join(HEADINGS), ROW, encoding="cp850"), None, "cp850", False),
    ],
    ids=[
        "UTF-8",
        "UTF-8 that could be something else",
        "nothing says which",
        "chosen",
        "chosen among others",
        "the headings say which",
    ],
)
def test_the_sender_is_asked_for_the_encoding_where_nothing_else_says_it(data, encoding, single, is_asked):
    one = case(data, encoding=encoding)
    assert (one.single_byte_name(), one.is_encoding_asked) == (single, is_asked)


def book(fill: Callable[[openpyxl.Workbook], object] = lambda _book: None, **more) -> FileCase:
    return case(workbook(fill), "a.xlsx", **more)


def test_the_sheet_that_fits_best_is_meant_and_a_choice_settles_it():
    def fill(made: openpyxl.Workbook):
        made.copy_worksheet(made.active).title = "November"
        made.create_sheet("Annat").append(["x"])

    assert [sheet.name for sheet in book(fill).candidates] == ["Oktober", "November"]
    assert [sheet.name for sheet in book(fill, chosen="November").candidates] == ["November"]
    assert [sheet.name for sheet in book(fill, chosen="Annat").candidates] == ["Annat"]
    assert [sheet.name for sheet in book(fill, chosen="Okänt").candidates] == ["Oktober", "November"]
    assert [sheet.name for sheet in book().candidates] == ["Oktober"]
    unlike = book()
    unlike.opened = Workbook((Sheet([["x"]], "Ett"), Sheet([["y"]], "Två")), WorkbookFacts())
    assert [sheet.name for sheet in unlike.candidates] == ["Ett"], "none fits, so the first"
    with pytest.raises(LookupError, match="no sheet"):
        _ = book(fill).sheet
    assert not book(fill).has_header and book(fill, chosen="November").has_header


def test_a_workbook_with_programs_or_nothing_visible_has_no_sheet():
    one = book()
    one.opened = Workbook(one.workbook.sheets, WorkbookFacts(programs=("xl/vbaProject.bin",)))
    assert one.candidates == ()
    blank = book()
    blank.opened = Workbook((Sheet([], "Tom"),), WorkbookFacts())
    assert blank.candidates == ()


def test_what_is_asked_of_the_wrong_kind_of_file_is_a_fault_of_the_program():
    with pytest.raises(LookupError, match="no text file"):
        _ = book().text_file
    with pytest.raises(LookupError, match="no workbook"):
        _ = case(ward_csv(ROW)).workbook
    headless = case(csv_lines("a;b", "1;2"))
    assert headless.header is None and not headless.has_header
    with pytest.raises(LookupError, match="no header"):
        _ = headless.mapping


@pytest.mark.parametrize(
    ("row", "times", "cells"),
    [
        (ROW, 0, 0),
        (f"{ROW};", 1, 0),
        ('2026-10-01;N;"Avd;1";1;1;0', 1, 1),
        ('2026-10-01;N;Avd 1;"1;5";1;0', 0, 0),
        ('2026-10-01;"N;o";Avd 1;1;1;0', 0, 0),
    ],
    ids=["tidy", "odd", "a name with a delimiter", "a number", "a code"],
)
def test_cells_are_gone_through_one_by_one_only_where_one_holds_the_delimiter_for_no_reason(
    monkeypatch, row, times, cells
):
    asked: list[int] = []
    found = file_case.quoted_cells
    monkeypatch.setattr(file_case, "quoted_cells", lambda *given: asked.append(1) or found(*given))
    assert (len(case(ward_csv(row)).quoted), len(asked)) == (cells, times)
