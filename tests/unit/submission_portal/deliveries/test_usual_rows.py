"""Rows that are known to be well-formed by their form say the same as where a parser goes through the whole part."""

import zipfile
from io import BytesIO
from unittest.mock import patch

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from submission_portal.deliveries.reading import worksheets, xlsx_files
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.reading.usual_rows import ROW, rows_with
from submission_portal.deliveries.reading.worksheets import worksheet
from submission_portal.deliveries.reading.xml_parts import BrokenXmlError
from submission_portal.deliveries.stored_rows import as_texts
from tests.factories import forged_workbooks as forged
from tests.factories.delivery_files import HEADINGS, WARDS
from tests.unit.submission_portal.deliveries.test_reading_forged_workbooks import EXPECTED

FIRST = b'<row r="1"><c r="A1"><v>1</v></c></row>'
HEAD, TAIL = (
    b'<worksheet xmlns="u"><sheetData>',
    b"</sheetData><mergeCells><mergeCell ref='A1:B1'/></mergeCells></worksheet>",
)


def told(reading):
    findings = [(one.code, dict(one.params), tuple(one.places)) for one in reading.findings]
    checks = [(one.code, one.why_not) for one in reading.checks]
    return findings, reading.preview, reading.letters, checks, reading.may_be_kept, reading.table


def looked_through(content: bytes, *, usual=True):
    """What is found in a part, how many times rows were matched together, and whether a parser went through the rows."""
    with patch.object(worksheets, "_usual", worksheets._usual if usual else lambda *_: None):
        return worksheet(content, lambda _sheet: None, lambda _content: None)


def is_usual(content: bytes) -> bool:
    return worksheets._usual(content, lambda _sheet: None, lambda _content: None) is not None


@pytest.mark.parametrize("what", [*forged.NAMED, *forged.ODD])
def test_a_forged_workbook_is_answered_alike_with_a_parser_and_without(what):
    data = (forged.NAMED | forged.ODD)[what]
    with patch.object(worksheets, "_usual", lambda *_: None):
        parsed = told(read(data, "a.xlsx", EXPECTED))
    assert told(read(data, "a.xlsx", EXPECTED)) == parsed


def test_so_is_whatever_is_forged_by_chance():
    for seed in range(60):
        data = forged.forged(seed)
        with patch.object(worksheets, "_usual", lambda *_: None):
            parsed = told(read(data, "a.xlsx", EXPECTED))
        assert told(read(data, "a.xlsx", EXPECTED)) == parsed, f"forged({seed})"


CELLS = st.sampled_from([None, "", 1, 2.5, "Avd 1", "Åre", "a<b & c", True, "=1+1", "=1/0", "styled", "811218-9876"])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12), st.sets(st.integers(0, 12)), st.booleans(), st.booleans()
)  # fmt: skip
def test_what_a_program_writes_is_taken_without_a_parser_and_says_the_same(rows, hidden, strings, spaces):
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": strings}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for at, row in enumerate(rows):
            sheet.set_row(at, 20 if at % 3 else None, None, {"hidden": at in hidden})
            for column, cell in enumerate(row):
                if cell == "styled":
                    sheet.write_blank(at, column, None, bold)
                elif cell is not None:
                    sheet.write(at, column, cell)
    content = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")
    if spaces:
        content = content.replace(b"<row", b"\n  <row").replace(b"</row>", b"</row>\n ")
    assert looked_through(content) == looked_through(content, usual=False)
    if not any(isinstance(cell, str) and not cell.startswith("=") for row in rows for cell in row):
        assert is_usual(content) == (b"<sheetData>" in content)


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="2"><c r="A2"><v>1 & 2</v></c></row>',
        b'<row r="2"><c r="A2"><v>&nothing;</v></c></row>',
        b'<row r="2" r="2"><c r="A2"><v>1</v></c></row>',
        b'<row r="2"><c r="A2" s="1" s="1"><v>1</v></c></row>',
        b'<row r="2"><c r="A2"><v>\x01</v></c></row>',
        b'<row r="2"><c r="A2"><v>\xff</v></c></row>',
        b'<row r="2"><c r="A2"><v>1</c></row>',
        b'<row r="2"><c r="A2"><v>1</v></row>',
        b'<row r="2"><c r="A2"><v>1</v></c>',
        b'<row r="2"><c r="A2"><v>]]></v></c></row>',
    ],
)
def test_what_is_not_well_formed_is_never_taken_without_a_parser(row):
    for content in (HEAD + FIRST + row + TAIL, HEAD + row + TAIL):
        assert not is_usual(content)
        with pytest.raises(BrokenXmlError):
            looked_through(content)


@pytest.mark.parametrize(
    "head", [HEAD.replace(b"xmlns", b"<"), b"<!-- " + HEAD, HEAD.replace(b'="u"', b'="u" xmlns="u"')]
)
def test_what_is_around_the_rows_is_parsed_in_any_case(head):
    assert is_usual(HEAD + FIRST + TAIL) and not ROW.match(head)
    with pytest.raises(BrokenXmlError):
        looked_through(head + FIRST + TAIL)


def test_rows_in_a_comment_are_no_rows():
    content = b'<worksheet xmlns="u"><!-- <sheetData>' + FIRST + b"</sheetData> --></worksheet>"
    assert not is_usual(content)
    assert looked_through(content).last_row == 0


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="2"><c r="A2"/></row>',
        b'<row r="2"><c r="A2"></c></row>',
        b'<row r="2"><c r="A2"><f>1</f><v>1</v></c></row>',
        b'<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>',
        b'<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>',
        b'<row r="2"><c r="A3"><v>1</v></c></row>',
        b'<row r="2"><c r="A2" t="s"><v></v></c></row>',
        b'<row r="2"><c r="B2"><v>1</v></c></row>',
        b'<row r="2"/>',
    ],
)
def test_rows_with_something_to_note_are_not_taken_together(row):
    matches = rows_with((b"A",))
    assert matches(FIRST, 0) is not None and matches(row, 0) is None
    assert matches(FIRST + row, 0).end() == len(FIRST)


@pytest.mark.parametrize(("rows", "taken"), [(1, 1), (499, 499), (500, 500), (501, 500)])
def test_at_most_five_hundred_rows_are_taken_together(rows, taken):
    alike = b'<row r="7"><c r="A7"><v>1</v></c></row>'
    assert rows_with((b"A",))(alike * rows, 0).end() == len(alike) * taken


def test_many_forms_of_rows_in_one_sheet_are_all_taken():
    rows = [
        f'<row r="{at}">'
        + "".join(f'<c r="{chr(65 + column)}{at}"><v>{at}</v></c>' for column in range(1 + at % 26))
        + "</row>"
        for at in range(1, 80)
    ]
    content = HEAD + "".join(rows).encode() + TAIL
    found = looked_through(content)
    assert is_usual(content) and found == looked_through(content, usual=False)
    assert (found.last_row, found.columns) == (79, 26)


@pytest.mark.parametrize(("before", "after"), [(b'r="2"', b'r="1"'), (b'r="2"', b'r="0"'), (b"A2", b"XFE2")])
def test_rows_out_of_order_or_out_of_bounds_are_told_as_before(before, after):
    rows = b"".join(FIRST.replace(b"1", b"%d" % at, 2) for at in range(1, 5))
    content = HEAD + rows.replace(before, after) + TAIL
    with pytest.raises(worksheets.DamagedError) as parsed:
        looked_through(content, usual=False)
    with pytest.raises(worksheets.DamagedError) as taken:
        looked_through(content)
    assert taken.value.finding() == parsed.value.finding()


# As columns, or row by row

VALUES = st.sampled_from([None, 0, 12, 12.5, 3.0, "12", "12,5", "stängd", "", "..", True, "  7"])
NAMES = st.sampled_from(["Norra sjukhuset", "n", "Östra", "Summa", None, "norra  sjukhuset"])
BODY = st.lists(
    st.tuples(
        st.sampled_from(["2026-10-01", "2026-10-02", "3/10/2026", None]), NAMES,
        st.sampled_from(["Avd 1", "Åre", None, "Totalt", "811218-9876", "En not, om det som står här"]), VALUES, VALUES, VALUES,
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(BODY, st.sets(st.sampled_from(["title", "nameless", "divided", "formula", "error", "no header", "empty row"])))
def test_a_workbook_is_read_alike_as_columns_and_row_by_row(body, odd):
    lines = [*([["Vårdplatser i oktober"]] if "title" in odd else []), *([] if "no header" in odd else [HEADINGS])]
    lines += [[], *body] if "empty row" in odd else body
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Oktober")
        for at, row in enumerate(lines):
            sheet.write_row(at, 0, row)
            if at > 1 and "nameless" in odd:
                sheet.write(at, 6, "x")
            if "divided" in odd:
                sheet.write_row(at, 7, ["Född", "Sista fyra"] if at < 2 else ["811218", "9876"])
            if at > 1 and "formula" in odd:
                sheet.write_formula(at, 4, "=1+1", None, "" if at % 2 else 2)
            if at > 1 and "error" in odd:
                sheet.write_formula(at, 5, "=1/0", None, "#DIV/0!")

    def row_by_row(values, _header_of):
        return [list(map(xlsx_files.cell_text, row)) for row in values]

    with patch.object(xlsx_files, "_rows", row_by_row):
        expected = read(out.getvalue(), "okt.xlsx", WARDS)
    found = read(out.getvalue(), "okt.xlsx", WARDS)
    assert told(found)[:-1] == told(expected)[:-1]
    assert (found.frame is None) == (expected.frame is None)
    if found.frame is not None:
        assert as_texts(found.frame).equals(as_texts(expected.frame))
