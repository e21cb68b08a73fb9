"""CSV files as real systems write them: rows, title rows, notes and sums are read as they were meant."""

import pytest

from registry.findings import Severity
from submission_portal.deliveries.reading.finding_texts.all import TEXTS
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines, ward_csv


def codes(reading, *severities):
    return [finding.code for finding in reading.findings if not severities or finding.severity in severities]


def errors(reading):
    return codes(reading, Severity.ERROR)


def column(reading, name):
    return reading.frame[name].to_list()


def test_a_tidy_file_is_read_without_a_word():
    reading = read(ward_csv("2026-10-01;Norra sjukhuset;Avd 1;12;11,5;0"), "okt.csv", WARDS)
    assert reading.findings == ()
    assert reading.frame.row(0) == (2, None, "2026-10-01", "Norra sjukhuset", "Avd 1", "12", "11.5", "0", "11,5")
    assert reading.frame.columns[-1] == "__written_belagda", "what was brought to another form is kept as it stood"
    assert reading.letters["belagda"] == "E"


@pytest.mark.parametrize("data", [b"", b"\r\n \r\n", b"\xef\xbb\xbf", b"\x00" * 40])
def test_an_empty_file_is_told(data):
    assert errors(read(data, "okt.csv", WARDS)) == ["FIL-001"]


def test_only_a_header_is_told():
    assert errors(read(ward_csv(), "okt.csv", WARDS)) == ["STR-012"]


def test_title_rows_empty_lines_and_notes_are_set_aside_and_listed():
    reading = read(
        csv_lines(
            "Region Exempel",
            "Utdrag 2026-11-02",
            "",
            ";".join(HEADINGS),
            "2026-10-01;Norra sjukhuset;A;1;1;0",
            "",
            "2026-10-02;Norra sjukhuset;A;2;1;0",
            "Källa: vårdsystemet, utdrag klockan sex",
        ),
        "okt.csv",
        WARDS,
    )
    assert column(reading, "__row") == [5, 7]
    assert (reading.preview.header_row, reading.preview.title_rows, reading.preview.note_rows) == (4, (1, 2), (8,))
    assert codes(reading) == ["STR-013"]


def test_a_sum_row_is_set_aside_and_agrees():
    reading = read(
        ward_csv("2026-10-01;Norra sjukhuset;A;1 200;1,5;0", "2026-10-01;Norra;B;3;2,5;1", ";Summa;;1 203;4,0;1"),
        "okt.csv",
        WARDS,
    )
    assert column(reading, "disponibla") == ["1200", "3"]
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.params["compared"]) == ("FIL-011", Severity.INFO, 3)
    assert reading.preview.sum_rows == (4,)


def test_a_sum_row_that_differs_is_a_warning_with_its_cell():
    reading = read(ward_csv("2026-10-01;Norra;A;1;1;0", "Totalt;;;2;1;0"), "okt.csv", WARDS)
    (place,) = reading.findings[1].places
    assert (reading.findings[1].code, place.row, place.column, place.value) == ("FIL-012", 3, "D", "Totalt: 2 ≠ 1")


def test_subtotals_are_compared_with_their_own_rows():
    reading = read(
        ward_csv(
            "2026-10-01;N;A;1;1;0", ";Delsumma;;1;1;0", "2026-10-01;S;A;2;1;0", ";Delsumma;;2;1;0", ";Totalt;;3;2;0"
        ),
        "okt.csv",
        WARDS,
    )
    assert codes(reading) == ["FIL-011"]
    assert len(column(reading, "__row")) == 2


def test_a_hospital_that_the_code_list_knows_is_never_taken_for_a_note():
    reading = read(ward_csv("2026-10-01;Norra sjukhuset;A;1;1;0", ";Norra sjukhuset;;;;"), "okt.csv", WARDS)
    assert column(reading, "__row") == [2, 3]


def test_what_is_said_of_a_sum_row_does_not_contradict_the_warning_about_it():
    (said,) = [text for text in TEXTS if text.code == "FIL-011"]
    assert "Inget behöver göras" not in said.mend.sv and "Nothing needs" not in said.mend.en


def test_a_correction_of_one_row_is_a_file_like_any_other():
    assert read(ward_csv("2026-10-01;N;A;1;1;0"), "rattelse.csv", WARDS).frame.height == 1


def test_a_sum_after_every_row_is_compared_in_no_time():
    import time

    rows = [row for n in range(9_000) for row in ("2026-10-01;N;A;1;1;0", f"Totalt;;;{n + 1};{n + 1};0")]
    started = time.process_time()
    reading = read(ward_csv(*rows), "okt.csv", WARDS)
    assert [finding.code for finding in reading.findings] == ["FIL-011"]
    assert time.process_time() - started < 5
