"""Tables from people: other delimiters and encodings, headings in odd places, merged cells, columns twice."""

import io

import openpyxl
import pytest

from termbank.concepts import Note, Term
from termbank.exchange.reading.sheets import read
from termbank.notions import TermStatus
from termbank.wordings import Wording


def table(text, encoding="utf-8"):
    return read(text.encode(encoding), "a.csv")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_of_spreadsheets_are_read(delimiter, encoding):
    rows = [["Nyckel", "Term (sv)", "Synonymer (sv)"], ["1", "överbeläggning", '"ö\nå"']]
    reading = table("\r\n".join(delimiter.join(row) for row in rows), encoding)
    (one,) = reading.records
    assert (one.name, one.row) == ("1", 2) and one.concept.terms == (
        Term("överbeläggning", "sv"), Term("ö", "sv", TermStatus.ADMITTED), Term("å", "sv", TermStatus.ADMITTED),
    )  # fmt: skip
    assert reading.account.read == reading.account.kept == 4


def test_rows_above_the_headings_and_empty_rows_are_passed_over():
    reading = table("Vår lista;\n;\nTerm (sv);Definition (sv)\n;\nsäng;möbel\n")
    assert [(one.name, one.row) for one in reading.records] == [("row 5", 5)]


def test_a_column_that_is_not_known_is_told_and_its_cells_are_lost():
    reading = table("Term (sv);Pris;Term (en);\nsäng;12;bed;x\nrum;;room\n")
    assert [(one.code, one.params["heading"]) for one in reading.findings] == [("IMPORT-014", "Pris")]
    assert reading.account.lost == {"Pris": 1, "(4)": 1} and reading.account.adds_up


@pytest.mark.parametrize(
    ("text", "code"),
    [("a;b\n1;2", "IMPORT-013"), ("", "IMPORT-013"), ("Term (sv);Term (sv);Nyckel\na;b;c", "IMPORT-015"), ("Nyckel;Term (sv)\n", "IMPORT-005"),
     ('Nyckel;Term (sv)\n"a;b', "IMPORT-011")],
)  # fmt: skip
def test_a_table_that_is_none_is_refused_by_name(text, code):
    assert table(text).unreadable.code == code
    assert read(b"\x00\x01\xff", "a.csv").unreadable.code == "IMPORT-010"
    assert read(b"PK\x03\x04", "a.xlsx").unreadable.code == "IMPORT-012"


def test_what_was_marked_for_the_spreadsheet_is_read_without_its_mark():
    (one,) = table("Nyckel;Term (sv)\n1;'=a\n").records
    assert one.concept.terms == (Term("=a", "sv"),)
    assert table("Nyckel;Term (sv)\n1;'ok'\n").records[0].concept.terms == (Term("'ok'", "sv"),)


def test_a_row_without_a_term_and_a_key_twice_are_found_with_their_rows():
    reading = table("Nyckel;Term (sv);Definition (sv)\n1;;x\n2;a;\n2;b;\n")
    assert [one.code for one in reading.records[0].findings] == ["IMPORT-008"] and reading.records[0].findings[
        0
    ].params["line"] == 2
    assert [(one.code, one.params["line"]) for one in reading.findings] == [("IMPORT-007", 4)]
    assert [one.name for one in reading.records] == ["1", "2"] and reading.account.adds_up


def test_notes_in_two_languages_belong_together_line_by_line():
    (one,) = table('Nyckel;Term (sv);Anmärkningar (sv);Anmärkningar (en)\n1;a;"ett\ntvå";"\ntwo"\n').records
    assert one.concept.notes == (Note((Wording("ett", "sv"),)), Note((Wording("two", "en"), Wording("två", "sv"))))


def workbook(change) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Nyckel", "Term (sv)", "Definition (sv)"],
        [1, "säng", "möbel"],
        [2.0, "rum", None],
        [None, "بيت", "e\u0301"],
    ):
        sheet.append(row)
    change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_numbers_in_cells_are_keys_and_any_script_is_a_term():
    reading = read(workbook(lambda book, sheet: None), "a.xlsx")
    assert [(one.name, one.concept.terms[0].text) for one in reading.records] == [
        ("1", "säng"),
        ("2", "rum"),
        ("row 4", "بيت"),
    ]
    assert reading.records[2].concept.definitions[0].text == "e\u0301"


def test_rows_with_merged_cells_are_found():
    reading = read(workbook(lambda book, sheet: sheet.merge_cells("C2:C3")), "a.xlsx")
    assert [[one.code for one in record.findings] for record in reading.records] == [["IMPORT-016"], ["IMPORT-016"], []]


def test_the_sheet_with_the_headings_is_read_wherever_it_is():
    def change(book, sheet):
        other = book.create_sheet("Först", 0)
        other.append(["Om listan"])

    assert len(read(workbook(change), "a.xlsx").records) == 3
