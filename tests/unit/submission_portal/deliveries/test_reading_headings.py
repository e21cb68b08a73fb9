"""Headings of text files: what is recognised, what is told of those that are not, are doubled or are missing."""

import pytest

from registry.findings import Severity
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.reading.undivided_headers import undivided_header
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines


def codes(reading, *severities):
    return [finding.code for finding in reading.findings if not severities or finding.severity in severities]


def errors(reading):
    return codes(reading, Severity.ERROR)


def column(reading, name):
    return reading.frame[name].to_list()


def test_headings_are_met_regardless_of_case_breaks_and_units():
    header = 'DATUM;sjukhus:;Avdelning ;"Disponibla\nvårdplatser (antal)";belagda_vårdplatser;ÖVERBELÄGGNINGAR'
    reading = read(csv_lines(header, "2026-10-01;N;A;1;1;0"), "okt.csv", WARDS)
    assert reading.findings == ()
    assert column(reading, "disponibla") == ["1"]


def test_a_heading_without_its_accents_is_read_and_shown():
    header = "Datum;Sjukhus;Avdelning;Disponibla vardplatser;Belagda vårdplatser;Overbelaggningar"
    reading = read(csv_lines(header, "2026-10-01;N;A;1;1;0"), "okt.csv", WARDS)
    assert codes(reading) == ["STR-006"]
    assert [each.how for each in reading.preview.columns].count("without_accents") == 1


def test_a_heading_that_may_be_two_elements_is_not_chosen_for():

    expected = Expected((ExpectedColumn("a", ("Hall",)), ExpectedColumn("b", ("Håll",)), ExpectedColumn("c", ("Dag",))))
    reading = read(csv_lines("Dag;Hall;Häll", "1;2;3"), "x.csv", expected)
    assert "STR-007" in codes(reading, Severity.QUESTION)


def test_an_unknown_column_is_told_and_left_out():
    reading = read(csv_lines(";".join(HEADINGS) + ";Telefon", "2026-10-01;N;A;1;1;0;x"), "okt.csv", WARDS)
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.places[0].column) == ("STR-002", Severity.INFO, "G")
    assert "Telefon" not in reading.frame.columns


def test_a_doubled_column_is_an_error_at_both_places():
    reading = read(csv_lines(";".join(HEADINGS) + ";Dag", "2026-10-01;N;A;1;1;0;2026-10-02"), "okt.csv", WARDS)
    assert errors(reading) == ["STR-003"]
    assert [place.column for place in reading.findings[0].places] == ["A", "G"]
    assert reading.frame is None


def test_a_code_and_its_name_in_two_columns_are_one_thing_where_they_agree():
    header = ";".join(HEADINGS) + ";Hospital"
    agreeing = read(csv_lines(header, "2026-10-01;N;A;1;1;0;Norra Sjukhuset"), "okt.csv", WARDS)
    assert codes(agreeing) == ["STR-014"]
    assert column(agreeing, "sjukhus") == ["N"]
    assert errors(read(csv_lines(header, "2026-10-01;N;A;1;1;0;Södra"), "okt.csv", WARDS)) == ["STR-003"]


def test_a_missing_column_says_what_it_may_be_called():
    reading = read(csv_lines("Datum;Sjukhus;Avdelning;Disponibla vårdplatser", "2026-10-01;N;A;1"), "okt.csv", WARDS)
    assert (errors(reading), codes(reading, Severity.QUESTION)) == ([], ["STR-036"])
    assert "Belagda vårdplatser" in reading.findings[0].params["headings"]


def test_a_misspelt_optional_column_is_not_dropped_in_silence():
    header = ";".join(HEADINGS).replace("Överbeläggningar", "Överbelägningar")
    reading = read(csv_lines(header, "2026-10-01;N;A;1;1;0"), "okt.csv", WARDS)
    assert (errors(reading), codes(reading, Severity.QUESTION)) == ([], ["STR-005"])


def test_no_header_at_all_is_told_with_the_headings_and_the_file_may_be_kept_as_a_draft():
    reading = read(csv_lines("2026-10-01;N;A;1;1;0"), "okt.csv", WARDS)
    assert errors(reading) == ["STR-001"]
    assert "Disponibla vårdplatser" in reading.findings[0].params["expected"]
    assert reading.preview.first_rows[0][1][1] == "N"
    assert reading.may_be_kept


@pytest.mark.parametrize(
    ("written_in", "read_as"),
    [
        ("utf-8", "cp1252"),
        ("cp850", "cp1252"),
        ("mac-roman", "cp1252"),
        ("cp1252", "cp437"),
        ("utf-8", "cp850"),
        ("utf-8", "mac-roman"),
    ],
)
def test_a_heading_that_was_read_in_the_wrong_encoding_once_is_told_for_what_it_is(written_in, read_as):
    garbled = "Belagda vårdplatser".encode(written_in).decode(read_as)
    head = ";".join(HEADINGS).replace("Belagda vårdplatser", garbled)
    reading = read(csv_lines(head, "2026-10-01;Norra sjukhuset;A;1;1;0"), "okt.csv", WARDS)
    assert errors(reading) == ["STR-026"] and reading.frame is None
    assert garbled in FINDINGS.read(reading.findings[0], "sv").body
    assert reading.findings[0].places[0].column == "E"


def test_the_first_rows_of_a_file_without_a_header_are_shown_but_empty_ones():
    wide = ";".join(f"c{number}" for number in range(1, 15))
    shown = read(csv_lines("a;;b", ";;", wide, *["x;y"] * 20), "okt.csv", WARDS).preview.first_rows
    assert shown[:2] == ((1, ("a", "", "b")), (3, tuple(f"c{number}" for number in range(1, 13))))
    assert [number for number, _cells in shown] == [1, 3, 4, 5, 6]


HEADER, UNDER = ";".join(HEADINGS), "2026-10-01;Norra;A;20;18;0"


@pytest.mark.parametrize(
    ("lines", "row", "between"),
    [
        ([f'"{HEADER}"', f'"{UNDER}"'], 1, ";"),
        (["sep=,", HEADER, UNDER], 2, ";"),
        (["Uttag", "", f'"{HEADER.replace(";", ",")}"'], 3, ","),
        ([f'"{HEADER.replace(";", chr(9))}"'], 1, "tabs"),
        (["".join(f"{cell:<22}" for cell in line.split(";")) for line in (HEADER, UNDER)], 1, "spaces"),
    ],
)
def test_headings_that_are_all_in_one_cell_are_told_as_that(lines, row, between):
    (told,) = read(csv_lines(*lines), "okt.csv", WARDS).findings
    assert (told.code, told.places[0].row, told.params["between"].en) == ("STR-035", row, between)


@pytest.mark.parametrize("line", ["Dag och sjukhus", "Datum", "a;b;c", '"Datum;b;c"'])
def test_a_text_in_one_cell_that_names_fewer_than_two_columns_is_no_header(line):
    assert errors(read(csv_lines(line, "2026-10-01"), "okt.csv", WARDS)) == ["STR-001"]


def test_the_cells_of_a_row_are_joined_only_where_the_file_says_what_divides_them():
    assert undivided_header(WARDS, [["Datum;Sjukhus;a", "x"]]) is None
    assert undivided_header(WARDS, [["Datum;Sjukhus;a", "x"]], ",").row == 1
    assert undivided_header(WARDS, [[""] * 3], ",") is None
