"""Nothing of a text file is lost in silence: cells that fit no heading, and quotation marks that take rows with them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from information_models.starter.loading import starter_model
from registry.findings import Severity
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.reader import read
from tests.factories import odd_exports as odd
from tests.factories.delivery_files import HEADINGS, WARDS, csv_lines, plain_workbook, ward_csv

MONTHLY = expected_of(starter_model("manadsuppgifter-per-sjukhus"))


def found(data, name="okt.csv", expected=WARDS):
    return {finding.code: finding for finding in read(data, name, expected).findings}


def rows_of(finding):
    return [place.row for place in finding.places]


def test_decimal_commas_in_a_comma_separated_file_are_an_error_at_each_row():
    told = found(odd.with_split_decimals([1, 3]))
    assert list(told) == ["STR-018"] and rows_of(told["STR-018"]) == [3, 5]
    assert FINDINGS.read(told["STR-018"], "en").body.endswith("The header has 6 cells. 2 rows have 7.")
    assert "semicolons" in FINDINGS.read(told["STR-018"], "en").mend
    assert "2026-10-02,Norra sjukhuset,Avd 2," in told["STR-018"].places[0].value


def test_the_monthly_file_that_was_read_as_four_and_nine_is_refused_row_by_row():
    heading = "Sjukhus,Månad,Vårdform,Disponibla,Överbeläggningar,Utlokaliserade"
    data = csv_lines(heading, "Halmstad,2024-01,somatisk,281,4,9,3,4,1", "Varberg,2024-01,somatisk,214,0,7,2,3,6")
    told = found(data, expected=MONTHLY)
    assert rows_of(told["STR-018"]) == [2, 3]
    assert read(data, "a.csv", MONTHLY).frame is None, "nobody knows what the cells are"


def test_split_decimals_are_noticed_under_a_header_that_was_filled_up_with_empty_cells():
    data = csv_lines(
        ",".join((*HEADINGS, "", "")),
        "2026-10-01,Norra sjukhuset,A,12,11,5,0,",
        "2026-10-02,Norra sjukhuset,A,12,11,0,,",
    )
    assert rows_of(found(data)["STR-018"]) == [2]


def test_cells_without_a_heading_are_an_error_at_their_row():
    told = found(odd.with_cells_too_many([0, 4]))
    assert list(told) == ["STR-019"] and rows_of(told["STR-019"]) == [2, 6]
    assert FINDINGS.read(told["STR-019"], "sv").title == "Rader har fler celler än rubriken"
    alone = found(odd.with_cells_too_many([2], delimiter=",", more=("enligt lista",)))
    assert FINDINGS.read(alone["STR-019"], "sv").title == "En rad har fler celler än rubriken"
    assert "STR-018" not in alone, "no two cells can be the halves of a number"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_only_commas_split_decimals(delimiter):
    assert set(found(odd.with_cells_too_many([0], delimiter=delimiter, more=("5",)))) == {"STR-019"}


@pytest.mark.parametrize("column", [0, 1, 2, 3])
def test_a_cell_that_was_left_out_is_an_error_at_its_row(column):
    told = found(odd.with_a_cell_left_out([3], column=column))
    assert rows_of(told["STR-020"]) == [5]


def test_empty_cells_at_the_end_may_be_absent_or_too_many():
    assert found(ward_csv("2026-10-01;Norra sjukhuset;A;1;1;0;;;", "2026-10-02;Norra sjukhuset;A;1;1;0")) == {}
    few = ward_csv(
        "2026-10-01;Norra sjukhuset;A;1;1;0", *(f"2026-10-{day};Norra sjukhuset;A;1;1" for day in (10, 11, 12))
    )
    assert found(few) == {}, "the last column is mostly empty, and may be"
    assert found(ward_csv("2026-10-01;Norra sjukhuset;A;1;1;0", "2026-10-02;Norra sjukhuset;A")) == {}, (
        "no figure that may have slipped"
    )


def test_a_part_of_the_key_that_most_rows_leave_empty_may_be_absent():
    expected = Expected((*WARDS.columns, ExpectedColumn("plats", ("Plats",), is_required=False)))
    rows = [
        "2026-10-01;Norra sjukhuset;A;1;1;0;x",
        "2026-10-02;Norra sjukhuset;A;1;1;0",
        "2026-10-03;Norra sjukhuset;A;1;1;0",
    ]
    reading = read(csv_lines(";".join((*HEADINGS, "Plats")), *rows), "okt.csv", expected)
    assert "STR-020" not in [one.code for one in reading.findings]


def test_titles_sums_and_notes_have_the_cells_that_they_like():
    data = csv_lines(
        "Region Exempel;utdrag;1;2;3;4;5;6",
        ";".join(HEADINGS),
        "2026-10-01;Norra sjukhuset;A;1;1;0",
        "Summa;;;1",
        "Källa: systemet",
    )
    assert set(found(data)) == {"FIL-011", "STR-013"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_row_that_was_not_divided_is_no_note(delimiter):
    row, other = "2026-10-01;n;Avd 1;12;11,5;0", "2026-10-02;n;Avd 1;12;11;0"
    undivided = f'"{other.replace(";", delimiter)}"'
    told = found(ward_csv(row, undivided, "Källa: regionen; 2026; preliminära tal; se nedan; sida 3; slut"))
    assert rows_of(told["STR-020"]) == [3]
    assert read(ward_csv(row, undivided), "okt.csv", WARDS).preview.data_rows == 1


def test_a_workbook_has_the_same_cells_in_each_row():
    rows = [
        HEADINGS,
        ["2026-10-01", "Norra sjukhuset", "A", 1, 1, 0, "obs"],
        ["2026-10-02", "Norra sjukhuset", "A", 1, 1],
    ]
    assert set(found(plain_workbook(rows), "a.xlsx")) == {"STR-010"}


@pytest.mark.parametrize("what", odd.STRAY_QUOTES)
def test_a_cell_that_took_line_breaks_with_it_is_shown_and_asked_about(what):
    make, lines, records = odd.STRAY_QUOTES[what]
    reading = read(make(), "okt.csv", WARDS)
    told = {finding.code: finding for finding in reading.findings}["STR-021"]
    assert told.severity is Severity.WARNING
    assert (told.params["lines"], told.params["records"]) == (lines, records)
    assert (reading.preview.lines, reading.preview.records) == (lines, records)
    assert [place.row for place in told.places] == [2]


def test_the_cell_is_shown_with_its_line_breaks():
    told = found(odd.STRAY_QUOTES["closed two rows later"][0]())["STR-021"]
    assert told.places[0].column == "G" and told.places[0].value.startswith("obs ↵ 2026-10-02;Norra sjukhuset;")


def test_a_heading_with_a_line_break_took_nothing_with_it():
    head = ";".join(HEADINGS).replace("Belagda vårdplatser", '"Belagda\nvårdplatser"')
    reading = read(csv_lines(head, "2026-10-01;Norra sjukhuset;A;1;1;0"), "okt.csv", WARDS)
    assert reading.findings == () and (reading.preview.lines, reading.preview.records) == (3, 2)


def test_a_quoted_delimiter_is_asked_about_where_it_makes_no_sense():
    assert found(csv_lines(",".join(HEADINGS), '2026-10-01,Norra sjukhuset,A,1,"11,5",0')) == {}, "a number"
    ward = found(csv_lines(",".join(HEADINGS), '2026-10-01,Norra sjukhuset,"A,B",1,11,0'))
    assert [(place.row, place.column, place.value) for place in ward["STR-021"].places] == [(2, "C", "A,B")]
    commented = ",".join((*HEADINGS, "Kommentar"))
    hospital = csv_lines(",".join(HEADINGS), '2026-10-01,"Capio Geriatrik, Nacka",A,1,11,0')
    assert found(hospital) == {}, "whether there is such a hospital is seen when rows are checked"
    assert "STR-021" not in found(csv_lines(commented, '2026-10-01,Norra sjukhuset,A,1,11,0,"Ja, enligt listan"'))
    assert "STR-021" in found(csv_lines(commented, '2026-10-01,Norra sjukhuset,A,1,11,0,"obs,24,20"'))


@pytest.mark.parametrize(
    "ghosts",
    [
        [(1_048_576, 1)],
        [(1_048_576, 16_384)],
        [(row, 3) for row in range(40, 1_000_000, 50_000)],
        [(2, column) for column in range(7, 600, 50)],
        [(33, 7), (900_000, 300), (1, 250)],
    ],
    ids=["the last row", "the last cell", "here and there below", "to the right", "everywhere"],
)
def test_formatted_cells_that_hold_nothing_are_no_rows_and_no_columns(ghosts):
    reading = read(odd.with_ghosts(*ghosts), "okt.xlsx", WARDS)
    assert {finding.code for finding in reading.findings} <= {"FIL-021"}
    assert (reading.preview.records, reading.preview.data_rows, reading.frame.height) == (32, 31, 31)
    assert [column.letter for column in reading.preview.columns] == list("ABCDEF")


@given(st.lists(st.sampled_from(["plain", "wide", "left out"]), min_size=3, max_size=12))
def test_each_row_that_does_not_fit_is_told_and_no_other(kinds):
    body = odd.rows(len(kinds))
    for row, kind in zip(body, kinds, strict=True):
        if kind == "wide":
            row.append("obs")
        elif kind == "left out":
            del row[2]
    told = found(odd.text(body))
    numbers = {kind: [at + 2 for at, each in enumerate(kinds) if each == kind] for kind in ("wide", "left out")}
    assert rows_of(told["STR-019"]) == numbers["wide"] if numbers["wide"] else "STR-019" not in told
    filled = len(kinds) - len(numbers["left out"])
    if numbers["left out"] and filled * 2 > len(kinds):
        assert rows_of(told["STR-020"]) == numbers["left out"]


@pytest.mark.parametrize(
    "path", sorted(Path("submission_portal/demonstration").rglob("*.csv")), ids=lambda path: path.name
)
def test_published_files_have_no_odd_rows(path):
    told = found(path.read_bytes(), path.name, MONTHLY)
    assert not {"STR-018", "STR-019", "STR-020", "STR-021"} & set(told)


@pytest.mark.parametrize(
    ("row", "is_odd"),
    [
        ("2026-10-02,Norra,A,20,18,0", True),
        ("Enhet;40", True),
        ("2026-10-02;Norra", True),
        ("2026-10-02;Norra;A", False),
        ("Källa: eget uttag", False),
    ],
)
def test_a_row_that_lacks_part_of_its_key_at_the_end_has_too_few_cells(row, is_odd):
    told = found(ward_csv("2026-10-01;Norra;A;20;18;0", row, "2026-10-03;Norra;A;20;18;0"))
    assert [one.row for one in told["STR-020"].places] == [3] if is_odd else "STR-020" not in told
