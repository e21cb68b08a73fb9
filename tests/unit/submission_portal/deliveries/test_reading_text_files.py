"""CSV files as real systems write them are read as they were meant, and what cannot be is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.findings import Severity
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.file_kinds import ADVICE, KIND_WORDS, unreadable_kind
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS, TEXTS
from submission_portal.deliveries.reading.limits import Limits
from submission_portal.deliveries.reading.needs import AFTER_COLUMNS, AFTER_FILE, AFTER_HEADER
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


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    row = ["2026-10-01", "Norra sjukhuset", "Avd 1", "12", '"11,5"', "0"]
    reading = read(csv_lines(delimiter.join(HEADINGS), delimiter.join(row)), "okt.csv", WARDS)
    assert reading.preview.delimiter == delimiter
    assert column(reading, "belagda") == ["11.5"]


def test_excels_declared_delimiter_is_obeyed_and_rows_keep_their_numbers():
    reading = read(csv_lines("sep=|", "|".join(HEADINGS), "2026-10-01|Norra sjukhuset|A|1|1|0"), "okt.csv", WARDS)
    assert reading.preview.delimiter == "|"
    assert column(reading, "__row") == [3]


@pytest.mark.parametrize(
    ("encoding", "name", "told"),
    [
        ("utf-8", "utf-8", []),
        ("utf-8-sig", "utf-8-sig", []),
        ("utf-16", "utf-16", []),
        ("utf-16-le", "utf-16-le", []),
        ("utf-16-be", "utf-16-be", []),
        ("cp1252", "windows-1252", ["FIL-015"]),
    ],
)
def test_the_encoding_is_found_and_windows_text_is_told(encoding, name, told):
    reading = read(ward_csv("2026-10-01;Övre sjukhuset;Å 1;12;11,5;0", encoding=encoding), "okt.csv", WARDS)
    assert (reading.preview.encoding, codes(reading)) == (name, told)
    assert column(reading, "sjukhus") == ["Övre sjukhuset"]


def test_bytes_of_no_encoding_are_told_and_not_kept():
    reading = read(ward_csv("2026-10-01;N\x81;A;1;1;0", encoding="latin-1"), "okt.csv", WARDS)
    assert errors(reading) == ["FIL-016"]
    assert not reading.may_be_kept


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


def test_numbers_and_dates_are_brought_to_one_form_and_other_texts_left_for_the_check():
    reading = read(
        ward_csv(
            "1 okt 2026;N;A;1\u00a0200;1.234,5;stängd", "tors 1 oktober 2026;N;B;12,0;−1;", "okänt;N;C;många;12;1,5"
        ),
        "okt.csv",
        WARDS,
    )
    assert column(reading, "dag") == ["2026-10-01", "2026-10-01", "okänt"]
    assert column(reading, "disponibla") == ["1200", "12", "många"]
    assert column(reading, "belagda") == ["1234.5", "-1", "12"]
    assert column(reading, "overbelaggningar") == ["stängd", None, "1.5"]


def test_dates_that_could_be_read_in_two_ways_are_told():
    reading = read(ward_csv("3/4 2026;N;A;1;1;0", "13/4 2026;N;A;1;1;0"), "okt.csv", WARDS)
    assert column(reading, "dag") == ["2026-04-03", "2026-04-13"]
    assert [(finding.code, finding.params["rows"]) for finding in reading.findings] == [("STR-009", 1)]


def test_a_date_that_nothing_settles_is_asked_about():
    reading = read(ward_csv("03/04/2026;N;A;1;1;0", "2026-04-13;N;A;1;1;0"), "okt.csv", WARDS)
    (asked,) = reading.findings
    assert (asked.code, asked.severity, asked.places[0].value) == ("STR-015", Severity.QUESTION, "03/04/2026")


@pytest.mark.parametrize(
    ("other", "told", "day"),
    [("13/04/2026", "STR-009", "2026-04-03"), ("04/13/2026", "STR-016", "2026-03-04")],
)
def test_another_row_of_the_column_settles_how_dates_are_written(other, told, day):
    reading = read(ward_csv("03/04/2026;N;A;1;1;0", f"{other};N;A;1;1;0"), "okt.csv", WARDS)
    assert codes(reading) == [told]
    assert column(reading, "dag") == [day, "2026-04-13"]


def test_rows_that_disagree_settle_nothing():
    rows = [f"{day};N;A;1;1;0" for day in ("03/04/2026", "13/04/2026", "04/13/2026")]
    assert "STR-015" in codes(read(ward_csv(*rows), "okt.csv", WARDS))


def test_months_written_as_their_first_day_settle_each_other():
    months = ExpectedColumn("manad", ("Månad",), "Månad", Written.PERIOD, period_kind="month")
    expected = Expected((months, *WARDS.columns[1:]))
    head = ";".join(("Månad", *HEADINGS[1:]))

    def of(*days):
        return read(csv_lines(head, *(f"{day};N;A;1;1;0" for day in days)), "okt.csv", expected)

    assert column(of("01/01/2018", "01/02/2018"), "manad") == ["2018-01", "2018-02"]
    assert codes(of("01/01/2018", "01/02/2018")) == ["STR-009"]
    assert column(of("01/01/2018", "02/01/2018"), "manad") == ["2018-01", "2018-02"]
    assert codes(of("01/01/2018", "02/01/2018")) == ["STR-016"]
    assert codes(of("01/02/2018")) == ["STR-015"]


def test_every_kind_of_file_that_cannot_be_read_has_its_name_and_its_advice():
    assert set(KIND_WORDS) == set(ADVICE)
    for kind in KIND_WORDS:
        params = unreadable_kind(kind)
        assert params["what"].sv and params["advice"].en
    picture = unreadable_kind("picture")
    assert (picture["what"].sv, "Excel" in picture["advice"].sv) == ("en bild", False)


def test_what_is_said_of_a_sum_row_does_not_contradict_the_warning_about_it():
    (said,) = [text for text in TEXTS if text.code == "FIL-011"]
    assert "Inget behöver göras" not in said.mend.sv and "Nothing needs" not in said.mend.en


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
    from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn

    expected = Expected((ExpectedColumn("a", ("Hall",)), ExpectedColumn("b", ("Håll",)), ExpectedColumn("c", ("Dag",))))
    reading = read(csv_lines("Dag;Hall;Häll", "1;2;3"), "x.csv", expected)
    assert "STR-007" in errors(reading)


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
    assert errors(reading) == ["STR-004"]
    assert "Belagda vårdplatser" in reading.findings[0].params["headings"]


def test_a_misspelt_optional_column_is_not_dropped_in_silence():
    header = ";".join(HEADINGS).replace("Överbeläggningar", "Överbelägningar")
    reading = read(csv_lines(header, "2026-10-01;N;A;1;1;0"), "okt.csv", WARDS)
    assert errors(reading) == ["STR-005"]


def test_no_header_at_all_is_told_with_the_headings_and_the_file_may_be_kept_as_a_draft():
    reading = read(csv_lines("2026-10-01;N;A;1;1;0"), "okt.csv", WARDS)
    assert errors(reading) == ["STR-001"]
    assert "Disponibla vårdplatser" in reading.findings[0].params["expected"]
    assert reading.preview.first_rows[0][1][1] == "N"
    assert reading.may_be_kept


def test_a_correction_of_one_row_is_a_file_like_any_other():
    assert read(ward_csv("2026-10-01;N;A;1;1;0"), "rattelse.csv", WARDS).frame.height == 1


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_house():
    reading = read(ward_csv('2026-10-01;"N;A;1;1;0', *["2026-10-01;N;A;1;1;0"] * 9000), "okt.csv", WARDS)
    assert (errors(reading), reading.findings[0].places[0].row) == (["FIL-023"], 2)
    assert not reading.may_be_kept
    reading = read(ward_csv("2026-10-01;N;A;1;1;0", '2026-10-02;"N;A;1;1;0', "2026-10-03;N;A;1;1;0"), "okt.csv", WARDS)
    assert (errors(reading), reading.findings[0].places[0].row) == (["FIL-023"], 3)


@pytest.mark.parametrize(
    "row",
    [
        '2026-10-01;"N";"A\r\nvid 5"" skärm";1;1;0',
        '2026-10-01;N;A 5" skärm;1;1;0',
        '2026-10-01;N;"A\r\nB";1;1;0',
    ],
)
def test_quotation_marks_that_do_close_are_no_fault(row):
    reading = read(ward_csv('2026-10-01;N;Avd 5" x;1;1;0', row, "2026-10-02;N;A;1;1;0"), "okt.csv", WARDS)
    assert (errors(reading), reading.frame.height) == ([], 3)


def test_an_inch_mark_does_not_make_up_for_a_quotation_mark_that_never_closes():
    rows = ['2026-10-01;N;Avd 5" x;1;1;0', '2026-10-02;"N;A;1;1;0', "2026-10-03;N;A;1;1;0"]
    assert errors(read(ward_csv(*rows), "okt.csv", WARDS)) == ["FIL-023"]


def test_a_single_line_without_end_is_told():
    for data in (b"x" * 10_000_000, ward_csv("2026-10-01;N;" + "A" * 200_000 + ";1;1;0")):
        assert errors(read(data, "okt.csv", WARDS)) == ["FIL-023"]


def test_zero_bytes_far_into_a_text_are_told_and_not_kept():
    reading = read(ward_csv(*["2026-10-01;N;A;1;1;0"] * 5000, "2026-10-01;N;A;1\x00;1;0"), "okt.csv", WARDS)
    assert (errors(reading), reading.may_be_kept) == (["FIL-004"], False)


def test_utf_32_is_told_and_not_kept():
    assert errors(read(ward_csv("2026-10-01;N;A;1;1;0", encoding="utf-32"), "okt.csv", WARDS)) == ["FIL-016"]


def test_single_bytes_that_hide_behind_a_utf_16_mark_are_looked_through():
    for data in (
        b"\xff\xfe" + ward_csv("2026-10-01;N;811218-9876;1;1;0 "),
        b"\xff\xfe " + ward_csv("2026-10-01;N;811218-9876;1;1;0 "),
        "Dag;Sjukhus;Avdelning;A;B;C;D;E;F;GGGGGGG".encode("utf-16-le") + b"811218-9876 ",
    ):
        reading = read(data, "okt.csv", WARDS)
        assert not reading.may_be_kept


def test_what_no_page_can_show_is_shown_with_a_sign():
    reading = read(ward_csv("2026-10-01;N\x01\x1b\x85x;A;1;1;0"), "okt.csv", WARDS)
    assert reading.preview.first_rows[0][1][1] == "N\ufffd\ufffd\ufffdx"


def test_invisible_characters_that_came_along_are_left_out():
    reading = read(ward_csv("2026-10-01;\ufeffNorra\u200b sjukhuset;Av\u00add;1\u200b2;1\u200e;0"), "okt.csv", WARDS)
    assert reading.frame.row(0)[2:] == ("2026-10-01", "Norra sjukhuset", "Avd", "12", "1", "0")


def test_a_sum_after_every_row_is_compared_in_no_time():
    import time

    rows = [row for n in range(9_000) for row in ("2026-10-01;N;A;1;1;0", f"Totalt;;;{n + 1};{n + 1};0")]
    started = time.process_time()
    reading = read(ward_csv(*rows), "okt.csv", WARDS)
    assert [finding.code for finding in reading.findings] == ["FIL-011"]
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"%PDF-1.7 ...", "okt.csv", "FIL-004"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "okt.xlsx", "FIL-004"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "okt.xls", "FIL-004"),
        (b"PK\x03\x04 broken", "okt.xlsx", "FIL-004"),
        (b"Datum;Sjukhus\n1;2\n", "okt.xlsx", "FIL-003"),
        (b"a\x00\x00b\x01" * 20, "okt.csv", "FIL-004"),
    ],
)
def test_a_wrong_file_with_a_right_name_is_told_and_not_kept(data, name, code):
    reading = read(data, name, WARDS)
    assert errors(reading) == [code]
    assert not reading.may_be_kept


def test_limits_are_said_with_their_figures():
    many = ward_csv(*["2026-10-01;N;A;1;1;0"] * 20)
    rows = read(many, "okt.csv", WARDS, limits=Limits(rows=10))
    assert (errors(rows), rows.findings[0].params["rows"]) == (["FIL-017"], 10)
    assert errors(read(many, "okt.csv", WARDS, limits=Limits(file_bytes=10))) == ["FIL-002"]
    large = read(b"a;b\n" * 500_001, "okt.csv", WARDS, limits=Limits(file_bytes=2_000_000))
    assert [(each.code, each.params["megabytes"]) for each in large.findings] == [("FIL-002", 2)]


@pytest.mark.parametrize(
    ("data", "name", "place"),
    [
        (ward_csv("2026-10-01;N;811218-9876;1;1;0"), "okt.csv", (2, "C", None)),
        (ward_csv("2026-10-01;N;A;1;1;0", "Källa: 198112189876"), "okt.csv", (3, "A", None)),
        (ward_csv("2026-10-01;N;A;8112189876;1;0", encoding="cp1252"), "okt.csv", (2, "D", None)),
        (ward_csv("2026-10-01;N;A;1;1;0"), "811218-9876.csv", (None, None, "file_name")),
        (csv_lines(";".join(HEADINGS) + ";811278-9873", "2026-10-01;N;A;1;1;0;"), "okt.csv", (1, "G", None)),
        (ward_csv("2026-10-01;N;811218-9876;1;1;0", encoding="utf-16"), "okt.csv", (2, "C", None)),
        (b"%PDF-1.4 811218-9876", "okt.csv", (None, None, "file")),
    ],
)
def test_an_identity_number_anywhere_refuses_the_file_and_shows_nothing_of_it(data, name, place):
    reading = read(data, name, WARDS)
    (finding,) = reading.findings
    assert finding.code == "PER-001"
    assert [(each.row, each.column, each.field) for each in finding.places] == [place]
    assert not reading.may_be_kept
    assert reading.frame is None
    assert "9876" not in repr(reading) and "9873" not in repr(reading)


@pytest.mark.parametrize("cell", [" " * 60_000 + "x", "(" * 60_000, "1 " * 30_000, "å" * 60_000, "2026-" * 12_000])
def test_cells_made_to_be_slow_to_read_are_not_and_are_shown_in_short(cell):
    import time

    started = time.monotonic()
    reading = read(csv_lines(f"a{cell}b;" * 5, ";".join(HEADINGS), *[f"{cell};N;A;{cell};1;0"] * 30), "okt.csv", WARDS)
    assert time.monotonic() - started < 10
    assert all(len(text) <= 80 for _row, cells in reading.preview.first_rows for text in cells)


@pytest.mark.parametrize(
    "name", ["19121212-1212.csv", "191212\x0b12-1212.csv", "191212\u200b\u200b12-1212.csv", "5191212121212" + "a" * 188]
)
def test_a_number_in_a_file_name_is_met_as_it_comes_and_as_it_would_be_kept(name):
    reading = read(csv_lines("Dag;Sjukhus"), name, WARDS)
    assert errors(reading) == ["PER-001"] and not reading.may_be_kept


def test_a_delimiter_of_the_senders_own_hides_no_number():
    reading = read(b"sep=-\r\n19121212-1212\r\n", "a.csv", WARDS)
    assert errors(reading) == ["PER-001"] and not reading.may_be_kept


@pytest.mark.parametrize("sign", ["\x00", '"', "\x1f", "\x85"])
def test_no_control_character_and_no_quotation_mark_is_a_delimiter_of_the_senders_own(sign):
    lines = f"sep={sign}\r\n" + sign.join(HEADINGS)
    reading = read(b"\xff\xfe" + lines.encode("utf-16-le"), "okt.csv", WARDS)
    assert reading.preview.delimiter in (";", ",", "\t", "|")


def test_which_checks_of_the_file_ran_follows_from_how_far_it_could_be_read():
    def ran(data, name="okt.csv", **how):
        outcomes = read(data, name, WARDS, **how).checks
        assert {one.code for one in outcomes} <= {entry.code for entry in TEXTS}
        return {one.code: one.why_not for one in outcomes}

    row = "2026-10-01;Norra sjukhuset;A;1;1;0"
    assert set(ran(ward_csv(row)).values()) == {None}
    assert "FIL-013" not in ran(ward_csv(row)), "pictures concern workbooks only"
    unread = ran(b"%PDF-1.7")
    assert (unread["FIL-004"], unread["STR-004"], unread["STR-012"]) == (None, AFTER_FILE, AFTER_FILE)
    assert ran(csv_lines("a;b", "1;2"))["STR-012"] == AFTER_HEADER
    wrong = ran(csv_lines("Datum;Sjukhus", "2026-10-01;Norra sjukhuset"))
    assert (wrong["STR-004"], wrong["STR-013"], wrong["STR-009"]) == (None, None, AFTER_COLUMNS)
    holds_a_number = ran(ward_csv("2026-10-01;Norra sjukhuset;811218-9876;1;1;0"))
    assert [code for code, why in holds_a_number.items() if why is None] == ["PER-001", "PER-002"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-10-01T23:00:00Z", "2026-10-02"),
        ("2026-10-01T21:59:59Z", "2026-10-01"),
        ("2026-10-01T22:00:00.000+00:00", "2026-10-02"),
        ("2026-12-01T22:59:00Z", "2026-12-01"),
        ("2026-12-01T23:00:00+0000", "2026-12-02"),
        ("2026-10-01T00:00:00+02:00", "2026-10-01"),
        ("2026-10-01T00:30:00+03", "2026-09-30"),
        ("2026-10-01 23:30 −01:00", "2026-10-02"),
        ("1/10 2026 23:00 UTC", "2026-10-02"),
        ("20261001T2300Z", "2026-10-02"),
        ("2026-10-01 06:00", "2026-10-01"),
        ("2026-10-01 kl. 06.00", "2026-10-01"),
        ("2026-10-01T06", "2026-10-01"),
        ("2026-10-01 24:00", "2026-10-01"),
        ("2026-10-01T24:00:00", "2026-10-01"),
        ("2026-10-01T24:00Z", "2026-10-02"),
        ("202610010600", "2026-10-01"),
        ("20261001060000", "2026-10-01"),
    ],
)
def test_a_day_with_a_time_of_day_is_the_day_in_sweden(written, day):
    reading = read(ward_csv(f"{written};Norra sjukhuset;A;1;1;0"), "okt.csv", WARDS)
    assert column(reading, "dag") == [day]
    zoned = written.endswith(("Z", "0", "+03", "UTC")) and any(sign in written[10:] for sign in ("Z", "+", "−", "UTC"))
    assert ("STR-022" in codes(reading)) is zoned
    assert ("STR-023" in codes(reading)) is ("24:00" in written and not zoned)


@pytest.mark.parametrize(
    "written", ["2026-10-01 24:30", "2026-10-01T25:00Z", "202610012460", "2026-10-01 06:61", "2026-10-01T06:00+25:00"]
)
def test_a_time_that_does_not_exist_is_left_for_the_check(written):
    assert column(read(ward_csv(f"{written};Norra sjukhuset;A;1;1;0"), "okt.csv", WARDS), "dag") == [written]


def test_it_is_said_how_many_times_were_converted_and_what_they_stood_as():
    rows = (f"2026-10-0{day}T22:30:00Z;Norra sjukhuset;A;1;1;0" for day in (1, 2))
    reading = read(ward_csv(*rows), "okt.csv", WARDS)
    (told,) = reading.findings
    assert [(place.row, place.value) for place in told.places] == [
        (2, "2026-10-01T22:30:00Z"),
        (3, "2026-10-02T22:30:00Z"),
    ]
    assert "2 cells of Dag have a time zone" in FINDINGS.read(told, "en").body


def test_months_exported_as_utc_moments_are_the_months_that_were_meant():
    month = Expected(
        (ExpectedColumn("manad", ("Månad",), "Månad", Written.PERIOD, period_kind="month"), *WARDS.columns[1:2])
    )
    reading = read(csv_lines("Månad;Sjukhus", "2026-09-30T22:00:00Z;N", "2026-10-31T23:00:00Z;N"), "a.csv", month)
    assert column(reading, "manad") == ["2026-10", "2026-11"]


@pytest.mark.parametrize("separator", ["", "T"])
def test_a_measuring_time_as_a_number_is_a_day_at_six(separator):
    rows = [f"202610{day:02}{separator}0600;Norra sjukhuset;A;1;1;0" for day in range(1, 32)]
    reading = read(ward_csv(*rows), "okt.csv", WARDS)
    assert column(reading, "dag") == [f"2026-10-{day:02}" for day in range(1, 32)] and reading.findings == ()


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp437", "cp850"), ("cp850", "cp850"), ("cp865", "cp850"), ("mac-roman", "mac-roman")]
)
@pytest.mark.parametrize(
    "hospital", ["Övre sjukhuset", "Årjängs sjukhem", "Sjukhuset i Växjö", "Läns- och närsjukhuset"]
)
def test_text_of_dos_and_of_older_macintoshes_is_recognised_and_told(encoding, name, hospital):
    reading = read(ward_csv(f"2026-10-01;{hospital};Å 1;12;11,5;0", encoding=encoding), "okt.csv", WARDS)
    assert (reading.preview.encoding, codes(reading)) == (name, ["FIL-036"])
    assert column(reading, "sjukhus") == [hospital] and column(reading, "overbelaggningar") == ["0"]


@given(st.lists(st.text("abdeghiklmnoprstuvåäöÅÄÖé ", min_size=3, max_size=12), min_size=1, max_size=6))
def test_windows_text_is_never_taken_for_an_older_encoding(names):
    rows = [f"2026-10-01;{name};A;1;1;0" for name in names]
    reading = read(ward_csv(*rows, encoding="cp1252"), "okt.csv", WARDS)
    assert reading.preview.encoding == "windows-1252"


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
