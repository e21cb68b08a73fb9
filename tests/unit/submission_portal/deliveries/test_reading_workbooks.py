"""Workbooks: values as they are meant, what is hidden is seen, and what could do harm never gets in."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from registry.findings import Finding, Place, Severity
from submission_portal.deliveries.reading import workbooks
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.limits import Limits
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import HEADINGS, WARDS, plain_workbook, with_part, workbook

ROW = ["2026-10-01", "Norra sjukhuset", "Avd 1", 12, 11.5, 0]


def codes(reading, *severities):
    return [finding.code for finding in reading.findings if not severities or finding.severity in severities]


def errors(reading):
    return codes(reading, Severity.ERROR)


def read_book(fill=lambda book: None, **settings):
    return read(workbook(fill), "okt.xlsx", WARDS, **settings)


def test_a_tidy_workbook_is_read_without_a_word():
    reading = read_book()
    assert reading.findings == ()
    assert reading.frame.row(0) == (2, "Oktober", "2026-10-01", "Norra sjukhuset", "Avd 1", "12", "11.5", "0")
    assert reading.may_be_kept


def test_dates_are_read_as_dates_text_or_serial_numbers():
    def fill(book):
        sheet = book.active
        sheet["A2"] = datetime(2026, 10, 1)  # noqa: DTZ001 - a spreadsheet knows no time zone
        for day in (date(2026, 10, 2), "3 oktober 2026", 46299):
            sheet.append([day, *ROW[1:]])

    reading = read_book(fill)
    assert reading.frame["dag"].to_list() == ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"]
    assert codes(reading) == ["STR-011"]


def test_merged_title_rows_are_set_aside_and_places_are_the_senders_own():
    def fill(book):
        sheet = book.active
        sheet.insert_rows(1, 3)
        sheet["A1"] = "Region Exempel, vårdplatser oktober 2026"
        sheet.merge_cells("A1:F1")
        sheet.insert_cols(1)

    reading = read_book(fill)
    assert (reading.preview.header_row, reading.preview.title_rows) == (4, (1,))
    assert reading.letters["dag"] == "B"
    assert reading.frame["__row"].to_list() == [5]


def test_merged_cells_among_the_rows_are_an_error():
    def fill(book):
        book.active.append([*ROW])
        book.active.merge_cells("B2:B3")

    reading = read_book(fill)
    assert errors(reading) == ["STR-008"]
    assert (reading.findings[-1].places[0].row, reading.findings[-1].places[0].column) == (2, "B")


def test_a_formula_among_the_rows_is_told_with_its_cell():
    def fill(book):
        book.active["D2"] = "=10+2"

    reading = read_book(fill)
    (finding,) = [each for each in reading.findings if each.severity is Severity.ERROR]
    assert (finding.code, finding.places[0].sheet, finding.places[0].row, finding.places[0].column) == (
        "FIL-009",
        "Oktober",
        2,
        "D",
    )


def test_a_formula_in_a_sum_row_is_as_it_should_be():
    def fill(book):
        book.active.append([None, "Summa", None, "=SUM(D2:D2)", None, None])

    assert errors(read_book(fill)) == []


def test_hidden_sheets_are_told_and_hidden_rows_have_to_be_explained():
    def fill(book):
        book.create_sheet("Listor").append(["kod"])
        book["Listor"].sheet_state = "veryHidden"
        book["Oktober"].append(ROW)
        book["Oktober"].row_dimensions[3].hidden = True
        book["Oktober"].column_dimensions["C"].hidden = True

    reading = read_book(fill)
    by_code = {finding.code: finding for finding in reading.findings}
    assert by_code["FIL-010"].severity is Severity.INFO
    assert by_code["FIL-010"].places[0].sheet == "Listor"
    assert by_code["FIL-022"].severity is Severity.WARNING
    assert [(place.row, place.column) for place in by_code["FIL-022"].places] == [(3, None), (None, "C")]


def test_comments_and_names_in_the_properties_are_told_but_not_repeated():
    def fill(book):
        book.active["B2"].comment = Comment("fråga Kim", "Kim")
        book.properties.creator = "Kim"

    reading = read_book(fill)
    assert codes(reading) == ["FIL-014", "FIL-021"]
    assert "Kim" not in repr(reading.findings)


def test_several_sheets_with_the_right_headings_are_asked_about():
    def fill(book):
        copy = book.create_sheet("September")
        copy.append(HEADINGS)
        copy.append([date(2026, 9, 1), *ROW[1:]])

    reading = read_book(fill)
    assert errors(reading) == ["FIL-020"]
    assert reading.preview.sheets == ("Oktober", "September")
    assert reading.may_be_kept
    chosen = read_book(fill, sheet="September")
    assert chosen.frame["dag"].to_list() == ["2026-09-01"]


def test_the_sheet_with_the_headings_is_found_among_others():
    def fill(book):
        book.create_sheet("Läs mig", 0).append(["Så här fyller du i"])

    assert read_book(fill).preview.sheet == "Oktober"


def with_hidden_sheet(book):
    book.create_sheet("Dold").append([None, "811218-9876"])
    book["Dold"].sheet_state = "hidden"


def with_number(book):
    book.active["D2"] = 198112189876


def with_comment(book):
    book.active["B2"].comment = Comment("gäller 811218-9876", "x")


def with_property(book):
    book.properties.subject = "811218-9876"


def with_defined_name(book):
    book.defined_names["patient"] = DefinedName("patient", attr_text='"811218-9876"')


def with_header(book):
    book.active.oddHeader.center.text = "Patient 811218-9876"


def with_formula(book):
    book.active["H9"] = '="811218-"&"x"&"8112189876"'


def with_sheet_name(book):
    book.create_sheet("811218-9876").append(["x"])


def with_validation(book):
    from openpyxl.worksheet.datavalidation import DataValidation

    validation = DataValidation(type="list", formula1='"811218-9876,b"')
    book.active.add_data_validation(validation)
    validation.add("J9")


def with_link(book):
    book.active["J9"].hyperlink = "https://example.org/811218-9876"
    book.active["J9"].value = "x"


@pytest.mark.parametrize(
    ("fill", "place"),
    [
        (with_hidden_sheet, ("Dold", 1, "B", None)),
        (with_number, ("Oktober", 2, "D", None)),
        (with_comment, ("Oktober", 2, "B", "comment")),
        (with_property, (None, None, None, "properties")),
        (with_defined_name, (None, None, None, "defined_names")),
        (with_header, (None, None, None, "sheet_settings")),
        (with_formula, (None, None, None, "formulas")),
        (with_sheet_name, (None, None, None, "defined_names")),
        (with_validation, (None, None, None, "sheet_settings")),
        (with_link, None),
    ],
)
def test_an_identity_number_in_any_corner_refuses_the_workbook(fill, place):
    reading = read_book(fill)
    (finding,) = reading.findings
    assert finding.code == "PER-001"
    first = finding.places[0]
    assert place is None or (first.sheet, first.row, first.column, first.field) == place
    assert "9876" not in repr(reading)
    assert not reading.may_be_kept


def test_a_shared_text_that_no_cell_shows_any_more_is_found():
    data = plain_workbook([HEADINGS, ROW])

    def orphan(part):
        return part.replace(b"</sst>", b"<si><r><t>811218-</t></r><r><t>9876</t></r></si></sst>")

    reading = read(with_part(data, "xl/sharedStrings.xml", orphan), "okt.xlsx", WARDS)
    assert [(finding.code, finding.places[0].field) for finding in reading.findings] == [("PER-001", "shared_strings")]


@pytest.mark.parametrize("name", ["customXml/item1.xml", "xl/pivotCache/pivotCacheRecords1.xml", "xl/notes.txt"])
def test_parts_that_belong_to_no_sheet_are_looked_through(name):
    data = with_part(workbook(lambda book: None), name, b"<a>811218-9876</a>")
    assert codes(read(data, "okt.xlsx", WARDS)) == ["PER-001"]


def test_what_is_hung_on_after_the_archive_is_looked_through():
    assert codes(read(workbook(lambda book: None) + b"811218-9876", "okt.xlsx", WARDS)) == ["PER-001"]


def test_a_zip_bomb_is_stopped_while_it_unpacks():
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(lambda book: None))) as before,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name))
        after.writestr("xl/media/x.bin", b"\0" * 120_000_000)
    reading = read(file.getvalue(), "okt.xlsx", WARDS)
    assert errors(reading) == ["FIL-005"]
    assert not reading.may_be_kept


def test_too_many_parts_and_too_far_cells_are_stopped_before_they_are_read():
    assert errors(read_book(limits=Limits(parts=3))) == ["FIL-005"]
    far, wide = (
        read_book(lambda book, at=at: book.active.cell(*at, "x")).findings[0] for at in ((1_048_576, 1), (1, 16_384))
    )
    assert (far.code, far.places) == ("FIL-017", (Place(row=1_048_576),))
    assert "minst 1048576 rader och 6 kolumner" in FINDINGS.read(far, "sv").body
    assert (wide.code, wide.places) == ("FIL-017", (Place(row=1, column="XFD"),))
    before = Finding("FIL-017", Severity.ERROR, {"rows": 1, "columns": 2, "cells": 3})
    assert FINDINGS.read(before, "sv").body == "En fil får ha högst 1 rader, 2 kolumner och 3 celler.", (
        "as it was stored"
    )


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml"])
def test_document_types_and_entities_are_refused(part):
    def with_doctype(old):
        start = old.find(b"?>") + 2 if old.startswith(b"<?xml") else 0
        return old[:start] + b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>' + old[start:]

    data = with_part(workbook(lambda book: None), part, with_doctype)
    assert errors(read(data, "okt.xlsx", WARDS)) == ["FIL-007"]


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/embeddings/x.xlsx", "xl/externalLinks/externalLink1.xml"])
def test_programs_and_embedded_files_are_refused_and_not_kept(name):
    reading = read(with_part(workbook(lambda book: None), name, b"<a/>"), "okt.xlsx", WARDS)
    assert errors(reading) == ["FIL-008"]
    assert not reading.may_be_kept


def test_pictures_have_to_be_explained():
    reading = read(with_part(workbook(lambda book: None), "xl/media/image1.png", b"\x89PNG.."), "okt.xlsx", WARDS)
    assert codes(reading, Severity.WARNING) == ["FIL-013"]


@pytest.mark.parametrize("cut", [200, 2000])
def test_a_damaged_workbook_is_told(cut):
    reading = read(workbook(lambda book: None)[:-cut], "okt.xlsx", WARDS)
    assert errors(reading) in (["FIL-004"], ["FIL-006"])


def test_an_empty_workbook_is_told():
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    assert errors(read(file.getvalue(), "okt.xlsx", WARDS)) == ["FIL-001"]


def test_other_office_files_are_named():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    reading = read(file.getvalue(), "okt.ods", WARDS)
    assert (errors(reading), reading.findings[0].params["kind"]) == (["FIL-004"], "ods")


@pytest.mark.parametrize("junk", [b"<row ", b"<f ", b"<c ", b"<row hidden", b'<c r="A'])
def test_a_part_made_to_be_slow_to_search_is_read_through_at_once(junk):
    import time

    data = with_part(workbook(lambda book: None), "xl/worksheets/sheet1.xml", junk * 200_000)
    started = time.process_time()
    assert errors(read(data, "okt.xlsx", WARDS))
    assert time.process_time() - started < 10


def test_a_cell_with_an_error_is_not_taken_for_an_empty_one():
    def fill(book):
        sheet = book.active
        sheet["D2"], sheet["E2"] = "#DIV/0!", "#N/A"
        sheet["D2"].data_type = sheet["E2"].data_type = "e"

    reading = read(workbook(fill), "okt.xlsx", WARDS)
    assert reading.frame.select("disponibla", "belagda").row(0) == ("#DIV/0!", "#N/A")


def test_a_workbook_named_as_one_with_macros_is_told_about_the_macros_and_only_about_them():
    plain = workbook(lambda book: None)
    assert errors(read(plain, "okt.xlsm", WARDS)) == []
    assert errors(read(with_part(plain, "xl/vbaProject.bin", b"x"), "okt.xlsm", WARDS)) == ["FIL-008"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "ole"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 broken", "damaged_zip"),
    ],
)
def test_what_kind_of_file_it_is_instead_is_told_in_words(data, kind):
    (finding,) = read(data, "okt.xlsx", WARDS).findings
    assert (finding.code, finding.params["kind"]) == ("FIL-004", kind)
    assert len(finding.params["what"].sv.split()) > 1 and finding.params["what"].sv != finding.params["what"].en


def test_a_document_with_thousands_of_comments_and_deep_elements_is_read_in_no_time():
    import time

    from submission_portal.deliveries.reading.xml_parts import read_part

    deep = b"<a>x" * 50_000 + b"</a>" * 50_000
    long = b"<r><creator>" + b"x &amp; " * 1_000_000 + b"</creator></r>"
    started = time.process_time()
    read_part(deep)
    assert len(read_part(long, ("creator",)).elements[0].text) == 4_000_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="G1"><v>1</v><extLst><ext>811218-9876</ext></extLst></c>',
        '<c r="G1"><v>8112189876</v><v>1</v></c>',
        '<c r="G1"><is><t>811218-9876</t></is><v>1</v></c>',
        '<c r="G1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>811218-9876</t></rPh></is></c>',
    ],
)
def test_a_number_in_a_cell_that_is_not_its_value_is_found(cell):
    data = with_part(
        workbook(lambda book: None),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b"</row>", f"{cell}</row>".encode(), 1),
    )
    assert codes(read(data, "okt.xlsx", WARDS)) == ["PER-001"]


def test_an_archive_within_a_workbook_is_not_kept():
    reading = read(with_part(workbook(lambda book: None), "xl/a.bin", workbook(lambda book: None)), "okt.xlsx", WARDS)
    assert "FIL-008" in codes(reading) and not reading.may_be_kept


def test_how_many_rows_of_a_workbook_have_been_read_is_told(monkeypatch):
    monkeypatch.setattr(workbooks, "STEP", 4)
    told: list[tuple[str, int, int]] = []
    rows = [[f"2026-10-{day:02}", "N", "A", day, 1, 0] for day in range(1, 10)]
    data = plain_workbook([list(HEADINGS), *rows])
    read(data, "okt.xlsx", WARDS, progress=lambda *what: told.append(what))
    assert [stage for stage, _done, _total in told] == ["file"] * len(told)
    assert told and 4 <= told[0][1] <= told[-1][1] <= 10
