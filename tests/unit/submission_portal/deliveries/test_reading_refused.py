"""Text files of which nothing is kept: of another kind, too large, with identity numbers, or made to be slow to read."""

import pytest

from registry.findings import Place, Severity
from submission_portal.deliveries.reading.file_kinds import ADVICE, KIND_WORDS, unreadable_kind
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS, TEXTS
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED
from submission_portal.deliveries.reading.limits import Limits
from submission_portal.deliveries.reading.needs import AFTER_COLUMNS, AFTER_FILE, AFTER_HEADER
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines, ward_csv


def codes(reading, *severities):
    return [finding.code for finding in reading.findings if not severities or finding.severity in severities]


def errors(reading):
    return codes(reading, Severity.ERROR)


def told(reading):
    return FINDINGS.read(reading.findings[0], "en").body


def test_every_kind_of_file_that_cannot_be_read_has_its_name_and_its_advice():
    assert set(KIND_WORDS) == set(ADVICE)
    for kind in KIND_WORDS:
        params = unreadable_kind(kind)
        assert params["what"].sv and params["advice"].en
    picture = unreadable_kind("picture")
    assert (picture["what"].sv, "Excel" in picture["advice"].sv) == ("en bild", False)


def test_a_single_line_without_end_is_told():
    for data in (b"x" * 10_000_000, ward_csv("2026-10-01;N;" + "A" * 200_000 + ";1;1;0")):
        assert errors(read(data, "okt.csv", WARDS)) == ["FIL-023"]


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
    assert "content in 20 rows and 6 columns: 120 cells. A file may have at most 10" in told(rows)
    odd = read(many.replace(b"A", b'"A\nB"', 1), "okt.csv", WARDS, limits=Limits(odd_rows=10))
    assert "content in 20 rows and 6 columns" in told(odd)
    wide = read(ward_csv("2026-10-01" + ";1" * 300), "okt.csv", WARDS)
    assert "at least 2 rows and 301 columns" in told(wide) and wide.findings[0].places == (Place(row=2),)
    assert errors(read(many, "okt.csv", WARDS, limits=Limits(file_bytes=10))) == ["FIL-002"]
    large = read(b"a;b\n" * 500_001, "okt.csv", WARDS, limits=Limits(file_bytes=2_000_000))
    assert [(each.code, each.params["megabytes"]) for each in large.findings] == [("FIL-002", 2)]


def odd_rows(count: int) -> bytes:
    """Rows that have to be read one by one: a line break stands in a cell of the last."""
    return ward_csv(*["2026-10-01;N;A;1;1;0"] * (count - 1), '2026-10-01;N;"A\nB";1;1;0')


@pytest.mark.parametrize(
    ("rows", "limits", "code"),
    [
        (10, Limits(odd_rows=10), None), (11, Limits(odd_rows=10), "FIL-017"), (10, Limits(rows=10, odd_rows=20), None),
        (11, Limits(rows=10, odd_rows=20), "FIL-017"), (8 + HEADER_SEARCHED, Limits(odd_rows=10), "FIL-017"),
        (9 + HEADER_SEARCHED, Limits(odd_rows=10), "FIL-035"),
        (10, Limits(odd_bytes=len(odd_rows(10))), None), (10, Limits(odd_bytes=len(odd_rows(10)) - 1), "FIL-035"),
    ],
)  # fmt: skip
def test_what_has_to_be_read_row_by_row_has_limits_of_its_own(rows, limits, code):
    reading = read(odd_rows(rows), "okt.csv", WARDS, limits=limits)
    assert [found for found in errors(reading) if found.startswith("FIL")] == ([code] if code else [])


def test_a_file_that_is_too_long_to_be_read_row_by_row_says_why_and_where():
    long = ward_csv(*["2026-10-01;N;A;1;1;0"] * 100, "2026-10-01;N", "2026-10-01;N;A;1;1;0")
    [found] = read(long, "okt.csv", WARDS, limits=Limits(odd_rows=10, odd_bytes=3_000_000)).findings
    assert (found.code, found.places, found.params["rows"], found.params["megabytes"]) == (
        "FIL-035", (Place(row=102),), 10, 3,
    )  # fmt: skip
    [found] = read(odd_rows(100), "okt.csv", WARDS, limits=Limits(odd_rows=10)).findings
    assert (found.code, found.params["megabytes"]) == ("FIL-035", 60)


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

    started = time.process_time()
    reading = read(csv_lines(f"a{cell}b;" * 5, ";".join(HEADINGS), *[f"{cell};N;A;{cell};1;0"] * 30), "okt.csv", WARDS)
    assert time.process_time() - started < 10
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
