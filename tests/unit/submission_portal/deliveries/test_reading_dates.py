"""Dates and moments in text files: what settles how they are written, and which day a moment is in Sweden."""

import pytest

from registry.findings import Severity
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines, ward_csv


def codes(reading, *severities):
    return [finding.code for finding in reading.findings if not severities or finding.severity in severities]


def column(reading, name):
    return reading.frame[name].to_list()


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
    ("written", "day"),
    [
        ("01-OCT-26", "2026-10-01"),
        ("1-okt-26", "2026-10-01"),
        ("01-OCT-26 11.30.00.000000 PM", "2026-10-01"),
        ("2026-10-01 12:30 AM", "2026-10-01"),
        ("2026-W40-4", "2026-10-01"),
        ("1790812800", "2026-10-01"),
        ("1790895599", "2026-10-02"),
        ("1790812800123", "2026-10-01"),
    ],
)
def test_days_in_unusual_forms_are_read_and_said(written, day):
    reading = read(ward_csv(f"{written};N;A;1;1;0"), "okt.csv", WARDS)
    assert (column(reading, "dag"), codes(reading)) == ([day], ["STR-029"])
    assert reading.findings[0].places[0].value == written


@pytest.mark.parametrize(
    "written", ["32-OCT-26", "2026-10-01 13:30 PM", "2026-W54-1", "9790812800", "1-Oct-66", "01-Foo-26"]
)
def test_what_is_no_day_in_such_a_form_is_left_as_it_stands(written):
    reading = read(ward_csv(f"{written};N;A;1;1;0"), "okt.csv", WARDS)
    assert (column(reading, "dag"), codes(reading)) == ([written], [])


def test_days_with_the_month_first_are_read_where_no_other_order_gives_days():
    reading = read(ward_csv("10/13/2026 6:00:00 AM;N;A;1;1;0", "10/14/2026;N;A;1;1;0"), "okt.csv", WARDS)
    assert column(reading, "dag") == ["2026-10-13", "2026-10-14"]
    assert "STR-016" in codes(reading) and "STR-009" not in codes(reading)
    mixed = read(ward_csv("10/13/2026;N;A;1;1;0", "14/10/2026;N;A;1;1;0"), "okt.csv", WARDS)
    assert column(mixed, "dag") == ["10/13/2026", "2026-10-14"], "one of them is mistyped"
