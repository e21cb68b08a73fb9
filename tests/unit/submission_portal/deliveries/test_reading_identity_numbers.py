"""A file with somebody's number is refused, one that may have some is asked about, and what is something else is read."""

import pytest

from registry.findings import Severity
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines, ward_csv, workbook
from tests.factories.identity_numbers import BORN, columns_of_one_sort, ten_digits, twelve_digits

TEN, TWELVE = ten_digits(BORN), twelve_digits(BORN)
PARTED = f"{TEN[:6]}.{TEN[6:]}"
ROW = "2026-10-01;N;A;1;1;0"


def with_extra_column(cells, heading="Extra"):
    lines = [f"2026-10-01;N;A{row};1;1;0;{cell}" for row, cell in enumerate(cells)]
    return csv_lines(";".join([*HEADINGS, heading]), *lines)


def codes(reading):
    return [finding.code for finding in reading.findings if finding.code.startswith("PER")]


@pytest.mark.parametrize("column", columns_of_one_sort(), ids=lambda column: column.name)
def test_what_is_something_else_is_read_and_a_number_among_it_is_told_by_its_cell(column):
    clean = read(with_extra_column(column.cells, column.heading), "okt.csv", WARDS)
    assert codes(clean) == [] and clean.may_be_kept
    reading = read(with_extra_column([*column.cells, TWELVE], column.heading), "okt.csv", WARDS)
    (finding,) = reading.findings
    assert [(place.row, place.column) for place in finding.places] == [(len(column.cells) + 2, "G")]
    assert TWELVE not in repr(reading) and not reading.may_be_kept and not reading.preview.columns


def test_measuring_times_in_the_column_of_days_are_not_refused():
    lines = [f"202610{day:02d}0600;N;A;24;20;0" for day in range(1, 32)]
    reading = read(csv_lines(";".join(HEADINGS), *lines), "okt.csv", WARDS)
    assert codes(reading) == [] and reading.may_be_kept


def test_what_may_be_a_number_is_asked_about_until_it_is_answered():
    data = with_extra_column([PARTED, "x"])
    asked = read(data, "okt.csv", WARDS)
    (question,) = asked.findings
    assert (question.code, question.severity) == ("PER-002", Severity.QUESTION)
    assert not asked.may_be_kept and asked.frame is None and TEN[6:] not in repr(asked)
    answered = read(data, "okt.csv", WARDS, identity_answer="koordinater")
    (said,) = (finding for finding in answered.findings if finding.code.startswith("PER"))
    assert (said.code, said.severity, said.params["reason"]) == ("PER-003", Severity.INFO, "koordinater")
    assert said.places == question.places and answered.may_be_kept and answered.frame is not None
    assert "koordinater" in FINDINGS.read(said, "sv").body


def test_no_answer_gets_a_file_past_that_certainly_has_numbers():
    data = with_extra_column([PARTED, "x", f"{TEN[:6]}-{TEN[6:]}"])
    reading = read(data, "okt.csv", WARDS, identity_answer="koordinater")
    assert "PER-001" in codes(reading) and not reading.may_be_kept


def test_a_question_that_nobody_asks_needs_no_answer():
    reading = read(ward_csv(ROW), "okt.csv", WARDS, identity_answer="koordinater")
    assert codes(reading) == [] and "koordinater" not in repr(reading)


def test_how_many_of_which_kind_is_told():
    data = with_extra_column([TWELVE, TWELVE, twelve_digits(BORN, coordination=True)])
    (finding,) = read(data, "okt.csv", WARDS).findings
    assert (finding.params["numbers"], finding.params["kinds"].sv) == (2, "personnummer 1, samordningsnummer 1")
    assert len(finding.places) == 3


def test_times_written_as_texts_in_a_workbook_are_read():
    def fill(book):
        for day in range(1, 32):
            book.active.append([f"202610{day:02d}0600", "N", "A", 1, 1, 0])

    assert codes(read(workbook(fill), "okt.xlsx", WARDS)) == []
