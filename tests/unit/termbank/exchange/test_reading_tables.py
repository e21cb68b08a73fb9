"""Tables from people: other delimiters and encodings, headings in odd places, merged cells, columns twice."""

import csv
import io
import re
import zipfile

import openpyxl
import pytest

from termbank.concepts.concept import Definition, Foreign, Notation, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording
from termbank.exchange.reading.sheets import read
from termbank.notions import RelationKind, TermStatus


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
    reading = table("Term (sv);Pris;Term (en);;Nyckel\nsäng;12;bed;x\nrum;;room\n")
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
    assert all(read(data, "a.xls").unreadable.code == "IMPORT-012" for data in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def test_what_was_marked_for_the_spreadsheet_is_read_without_its_mark():
    (one,) = table("Nyckel;Term (sv)\n1;'=a\n").records
    assert one.concept.terms == (Term("=a", "sv"),)
    assert table("Nyckel;Term (sv)\n1;'ok'\n").records[0].concept.terms == (Term("'ok'", "sv"),)


def test_a_key_that_is_there_twice_is_found_with_its_row():
    reading = table("Nyckel;Term (sv);Definition (sv)\n1;;x\n2;a;\n2;b;\n")
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


def sums(reading) -> tuple[int, dict[str, int]]:
    """What was kept, and what was lost; everything read is accounted for."""
    assert reading.account.adds_up and reading.account.own == 0 and reading.account.unit == "values"
    return reading.account.kept, reading.account.lost


HEADINGS = "Nyckel;Term (sv)\n"


def test_headings_are_in_the_first_twenty_rows_and_more_than_one():
    assert table("x\n" * 19 + HEADINGS + "1;a\n").records[0].row == 21
    assert table("x\n" * 20 + HEADINGS + "1;a\n").unreadable.code == "IMPORT-013"
    assert table("Term (sv);x\na;b\n").unreadable.code == "IMPORT-013"
    assert table("x;Term (sv);y;Nyckel\n;a\n").records[0].name == "row 2"


def test_the_delimiter_is_the_one_that_the_headings_have_most_of():
    assert table("\r\n\nNyckel,Term (sv),a;b\n1,x;y;z;z;z\n").records[0].concept.terms[0].text == "x;y;z;z;z"
    assert table("Nyckel;Term (sv);x,y,z\n1;a;b\n").unreadable is None
    assert table("Nyckel;Term (sv);a,b\tc\n1;a,\n").records[0].concept.terms[0].text == "a,"


def test_a_long_cell_is_read_up_to_a_bound_and_the_bound_is_of_this_file_alone():
    rows, usual = "x\n" * 20, csv.field_size_limit(2_000)
    assert table(rows + "y" * 10_000_000).unreadable.code == "IMPORT-013"
    refused = table(rows + "y" * 10_000_001).unreadable
    assert refused.code == "IMPORT-011" and "field larger than field limit (10000000)" in refused.params["fault"].en
    assert csv.field_size_limit(usual) == 2_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xef\xbb\xbf\xff", "IMPORT-010"),
        (b"\xff\xfea", "IMPORT-010"),
        (b"\xfe\xffa", "IMPORT-010"),
        (b"\xff\x00", "IMPORT-010"),
        (b"\xff", "IMPORT-013"),
        (b"\x00", "IMPORT-013"),
        (b"PK\x03\x05", "IMPORT-013"),
    ],
)
def test_what_cannot_be_decoded_is_refused(data, code):
    assert read(data, "a.csv").unreadable.code == code


def test_either_order_of_bytes_is_read():
    assert read(b"\xfe\xff" + (HEADINGS + "1;å\n").encode("utf-16-be"), "a.csv").records[0].concept.terms[0].text == "å"


def test_unknown_headings_are_told_shortened_and_only_so_many():
    reading = table("Nyckel;Term (sv);" + "x" * 81 + "; ;" + ";".join(f"h{number}" for number in range(50)) + "\n1;a\n")
    assert [one.params["heading"] for one in reading.findings] == ["x" * 80, *(f"h{number}" for number in range(49))]
    assert table("Nyckel;x;x;Term (sv)\n1;;;a\n").unreadable is None


def test_a_heading_that_is_there_twice_is_told_shortened():
    long = f"Term (sv{'-aaaaaaaa' * 9})"
    assert table(f"Nyckel;x;{long};{long}\n1\n").unreadable.params["heading"] == long[:80] != long
    assert table("Nyckel; Term  (sv);Term (en);Term (sv)\n1\n").unreadable.params["heading"] == "Term (sv)"


def test_cells_without_a_heading_are_lost_by_heading_or_place():
    reading = table("Nyckel;Term (sv); \n1;a;x;y; \n;;z\n\n2;b;;w\n")
    assert sums(reading) == (4, {"(3)": 2, "(4)": 2}) and [one.row for one in reading.records] == [2, 5]
    assert list(table("Nyckel;Term (sv);Ö;B\n1;a;x;y\n").account.lost) == ["B", "Ö"]


def test_a_short_row_is_read_as_far_as_it_goes():
    reading = table("Term (sv);Definition (sv);Nyckel\na\n;d\n")
    assert [(one.name, one.kept) for one in reading.records] == [("row 2", 1), ("row 3", 1)]


def test_only_a_mark_at_the_beginning_is_taken_away_and_only_from_csv():
    texts = {"'=a": "=a", "''a": "'a", "'=a'=b": "=a'=b", "'a'=b": "'a'=b", "a'=b": "a'=b", "'a": "'a", "'-": "-"}
    for cell, text in texts.items():
        assert table(f"{HEADINGS}1;{cell}\n").records[0].concept.terms[0].text == text
    reading = read(workbook(lambda book, sheet: sheet.append([7, "'=a"])), "a.xlsx")
    assert reading.records[-1].concept.terms[0].text == "'=a"


def test_a_key_that_is_there_again_is_told_with_its_row_and_lost():
    long = "k" * 201
    reading = table(f"{HEADINGS}{long};a\n{long};a\n{long};b\n")
    assert [(one.code, one.params["name"], one.params["line"], one.places[0].row) for one in reading.findings] == [
        ("IMPORT-007", "k" * 200, 3, 3), ("IMPORT-007", "k" * 200, 4, 4),
    ]  # fmt: skip
    assert sums(reading) == (2, {"=": 4})


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("Term (en)", ("terms", "preferred", "en")),
        ("Dolda sökformer (?)", ("terms", "hidden", "")),
        ("Definition (sv)", ("definitions", "sv")),
        ("Anmärkningar (sv)", ("notes", "sv")),
        ("Exempel (?)", ("examples", "")),
        ("Ämnesområde (sv)", ("subject_field", "sv")),
        ("Relaterat", ("relations", "associative")),
        ("Notationer", ("notations",)),
        ("IRI", None),
        ("Version", None),
        ("Pris", None),
    ],
)
def test_a_table_says_what_it_has_columns_for(heading, says):
    reading = table(f"{HEADINGS[:-1]};{heading}\n1;a;x\n")
    assert reading.says == {("terms", "preferred", "sv")} | ({says} if says else set()) and reading.kind == "table"
    assert sums(reading) == ((2, {"Pris": 1}) if heading == "Pris" else (3, {}))


@pytest.mark.parametrize(
    ("heading", "part", "value"),
    [
        ("Avrådda termer (sv)", "terms", (Term("a", "sv"), Term("x", "sv", TermStatus.DEPRECATED), Term("y", "sv", TermStatus.DEPRECATED))),
        ("Definition (?)", "definitions", (Definition("x"), Definition("y"))),
        ("Exempel (sv)", "examples", (Note((Wording("x", "sv"),)), Note((Wording("y", "sv"),)))),
        ("Tolkningsproblem (sv)", "problems", (Note((Wording("x", "sv"),)), Note((Wording("y", "sv"),)))),
        ("Ämnesområde (sv)", "subject_field", (Wording("x", "sv"), Wording("y", "sv"))),
        ("Notationer", "notations", (Notation("x"), Notation("y"))),
        ("Närliggande begrepp på annat håll", "relations",
         (Relation(RelationKind.RELATED, Target(iri="x")), Relation(RelationKind.RELATED, Target(iri="y")))),
        ("IRI", "foreign", Foreign("x")),
        ("Version", "foreign", None),
    ],
)  # fmt: skip
def test_each_line_of_a_cell_is_a_value(heading, part, value):
    (one,) = table(f'{HEADINGS[:-1]};{heading}\n1;a;"x\n\ny"\n').records
    assert getattr(one.concept, part) == value and one.kept == 4
    assert one.also == (("x",) if heading == "IRI" else ()) and one.findings == ()
    (bare,) = table(f"{HEADINGS[:-1]};{heading}\n1;a\n").records
    assert getattr(bare.concept, part) in ((), None, (Term("a", "sv"),)) and bare.kept == 2


def test_a_row_is_called_by_its_key_else_its_iri_else_its_number():
    reading = table("Nyckel;IRI;Term (sv)\n1;https://v.example/a;a\n;https://v.example/b;b\n;;c\n")
    assert [one.name for one in reading.records] == ["1", "https://v.example/b", "row 4"]


def test_a_note_is_in_the_order_of_languages_and_an_empty_one_is_none():
    (one,) = table('Nyckel;Term (sv);Anmärkningar (sv);Anmärkningar (en)\n1;a;"ett\n\ntre";"one\n\n"\n').records
    assert one.concept.notes == (Note((Wording("one", "en"), Wording("ett", "sv"))), Note((Wording("tre", "sv"),)))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("k1 säng", "k1"), ("k1", "k1"), ("two words", "two words"), ("Säng", "k1"), ("bädd", "bädd"), ("rum", "rum"), ("stort rum", "stort"),
        ("k1 stol", "k1"), ("99 okänd sak", "99"), ("https://v.example/a b", "https://v.example/a b"), ("SAME", "k4"),
    ],
)  # fmt: skip
def test_rows_name_others_by_key_by_iri_or_by_a_preferred_term_that_only_one_has(said, name):
    reading = table(
        "Nyckel;Term (sv);Term (en);Synonymer (sv);Relaterat\n"
        f"k1;säng;;bädd;\nk2;rum;;;\nk3;rum;;;\nk4;same;same;;\nk5;k1 stol;;;\ntwo words;två;;;\n9;sist;;;{said}\n"
    )
    assert [one.target.iri for one in reading.records[-1].concept.relations] == [name]


@pytest.mark.parametrize(
    ("merged", "rows"),
    [("B2:B3", [2, 3]), ("B3:C3", [3]), ("A3:A4", [3, 4]), ("A1:B1", []), ("E3:E900", [3, 4]), ("B3:B3", [])],
)
def test_each_row_of_merged_cells_is_told(merged, rows):
    reading = read(workbook(lambda book, sheet: sheet.merge_cells(merged)), "a.xlsx")
    found = [one for record in reading.records for one in record.findings if one.code == "IMPORT-016"]
    assert [(one.params["line"], one.places[0].row) for one in found] == [(row, row) for row in rows]


def test_numbers_are_whole_only_where_they_are():
    reading = read(workbook(lambda book, sheet: (sheet.append([2.5, 10.0]), sheet.append(["x", True]))), "a.xlsx")
    assert [(one.name, one.concept.terms[0].text) for one in reading.records[3:]] == [("2.5", "10"), ("x", "True")]


@pytest.mark.parametrize(
    ("row", "column", "code"), [(200_000, 1, None), (200_001, 1, "VOC-107"), (2, 1_000, None), (2, 1_001, "VOC-107")]
)
def test_a_sheet_has_so_many_rows_and_columns_at_most(row, column, code):
    book = openpyxl.Workbook()
    book.active.cell(1, 1, "x")
    book.active.cell(row, column, "x")
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), "a.xlsx").unreadable.code == (code or "IMPORT-013")


def test_what_is_wrong_is_told_of_the_first_sheet():
    def change(book, sheet):
        sheet["A1"] = "Term (sv)"
        book.create_sheet("Sist").append(["Om listan"])

    assert read(workbook(change), "a.xlsx").unreadable.code == "IMPORT-015"
    broken = read(b"PK\x03\x04", "a.xlsx").unreadable
    assert broken.code == "IMPORT-012" and broken.params["fault"]


def test_rows_are_numbered_from_the_top_of_the_sheet():
    def change(book, sheet):
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1, 2)

    assert [one.row for one in read(workbook(change), "a.xlsx").records] == [5, 6, 7]


def test_a_kind_of_workbook_that_does_not_tell_merged_cells_is_read():
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    rows = "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>"
        for row in (["Nyckel", "Term (sv)"], ["1", "säng"])
    )
    content = f'<office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("META-INF/manifest.xml", "<manifest/>")
        file.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body>{content}</office:body></office:document-content>",
        )
    (one,) = read(out.getvalue(), "a.ods").records
    assert (one.name, one.concept.terms, one.findings) == ("1", (Term("säng", "sv"),), ())


def test_a_workbook_without_sheets_has_no_headings():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(lambda book, sheet: None))) as file, zipfile.ZipFile(out, "w") as bare:
        for name in file.namelist():
            bare.writestr(name, re.sub(rb"<sheet .*?/>", b"", file.read(name)))
    assert read(out.getvalue(), "a.xlsx").unreadable.code == "IMPORT-013"
