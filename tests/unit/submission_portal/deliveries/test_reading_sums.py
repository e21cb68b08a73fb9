"""Sum rows are held against the rows that they name, and columns are added up as their senders do."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import HEADINGS, csv_lines, plain_workbook, ward_csv
from tests.factories.delivery_files import WARDS as EXPECTED

NORTH = [f"2026-10-0{day};Norra;A;{beds};1;0" for day, beds in ((1, 20), (2, 24))]
SOUTH = [f"2026-10-0{day};Södra;B;{beds};1;0" for day, beds in ((1, 7), (2, 5))]


def differing(*rows):
    told = {finding.code: finding for finding in read(ward_csv(*rows), "okt.csv", EXPECTED).findings}
    return [place.value for place in told["FIL-012"].places] if "FIL-012" in told else []


def preview(data, name="okt.csv"):
    return read(data, name, EXPECTED).preview


@pytest.mark.parametrize(
    "sums",
    [
        ("Summa Norra;;;44;2;0", "Summa Södra;;;12;2;0", "Totalt;;;56;4;0"),
        (";Norra;Summa;44;2;0", ";Södra;Summa;12;2;0", "Summa;;;56;4;0"),
        (";Delsumma för Norra;;44;;", ";Delsumma: södra;;12;;", ";Samtliga;;56;;"),
        (";;Delsumma;44;;", ";;Delsumma;12;;", ";;Slutsumma;56;;"),
    ],
    ids=["by name", "beside its name", "in words", "by where they stand"],
)
def test_each_sum_is_held_against_its_own_rows(sums):
    first, second, every = sums
    assert differing(*NORTH, first, *SOUTH, second, every) == []
    wrong = second.replace("12", "13")
    (told,) = differing(*NORTH, first, *SOUTH, wrong, every)
    assert told.endswith("13 ≠ 12"), "and not the running total of the file, 56"
    (told,) = differing(*NORTH, first, *SOUTH, second, every.replace("56", "57"))
    assert told.endswith("57 ≠ 56")


def test_what_is_no_number_is_not_added_up():
    data = ward_csv(*NORTH, "Summa Norra;;;44;9;0")
    texts = tuple(replace(one, written=Written.AS_IS) if one.name == "belagda" else one for one in EXPECTED.columns)
    told = [[one.code for one in read(data, "okt.csv", each).findings] for each in (EXPECTED, Expected(texts))]
    assert ["FIL-012" in codes for codes in told] == [True, False]


def test_what_differs_says_which_sum_it_is():
    assert differing(*NORTH, ";Summa Norra;;45;2;0", *SOUTH) == ["Summa Norra: 45 ≠ 44"]
    assert differing(*NORTH, "2026-10-02;Norra;Summa;99;;") == ["2026-10-02, Norra, Summa: 99 ≠ 24"]


def test_sums_together_at_the_end_or_above_their_rows_are_held_against_the_rows_that_they_name():
    assert differing(*NORTH, *SOUTH, "Summa Norra;;;44;;", "Summa Södra;;;12;;", "Totalt;;;56;;") == []
    assert differing(*NORTH, *SOUTH, "Summa Norra;;;56;;") == ["Summa Norra: 56 ≠ 44"]
    assert differing("Summa Norra;;;44;;", *NORTH, "Summa Södra;;;12;;", *SOUTH) == []
    assert differing("Totalt;;;56;;", *NORTH, *SOUTH) == []


def test_the_sum_of_a_hospital_within_a_month_is_of_that_month():
    later = [row.replace("2026-10", "2026-11") for row in NORTH]
    assert differing(*NORTH, "Summa Norra;;;44;;", *later, "Summa Norra;;;44;;", "Totalt;;;88;;") == []


def test_sum_rows_are_named_by_what_they_sum():
    shown = preview(ward_csv(*NORTH, ";Norra;Summa;44;;", *SOUTH, "Totalt;;;56;;"))
    assert shown.sum_texts == ("Norra, Summa", "Totalt")


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 50)), min_size=1, max_size=20),
    st.integers(-1, 1),
    st.booleans(),
)
def test_a_named_sum_differs_where_its_rows_add_up_to_something_else(cells, off, at_the_end):
    rows = [f"2026-10-01;{place};{number};{beds};1;0" for number, (place, beds) in enumerate(cells)]
    place = cells[0][0]
    total = sum(beds for each, beds in cells if each == place)
    found = differing(
        *rows,
        f"Summa {place};;;{total + off};;",
        *(["Totalt;;;" + str(sum(beds for _, beds in cells)) + ";;"] * at_the_end),
    )
    assert found == ([f"Summa {place}: {total + off} ≠ {total}"] if off else [])


def test_columns_are_added_up_as_a_spreadsheet_does():
    rows = ("2026-10-01;N;A;12;11,5;0", "2026-10-02;N;A;stängd;;1", "2026-10-03;N;A;1 200;0,25;", "Summa;;;9;9;9")
    told = {
        total.element: (total.letter, total.figures, total.sum, total.mean) for total in preview(ward_csv(*rows)).totals
    }
    assert told == {
        "disponibla": ("D", 2, "1212", "606.00"),
        "belagda": ("E", 2, "11.75", "5.8750"),
        "overbelaggningar": ("F", 2, "1", "0.50"),
    }


def test_a_workbook_is_added_up_alike_and_columns_without_figures_are_left_out():
    rows = [HEADINGS, ["2026-10-01", "N", "A", 12, 11.5, None], ["2026-10-02", "N", "A", 13, 0.5, "stängd"]]
    assert [(total.letter, total.sum) for total in preview(plain_workbook(rows), "a.xlsx").totals] == [
        ("D", "25"),
        ("E", "12.0"),
    ]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_the_mean_is_the_sum_over_the_figures(numbers):
    (total, *_) = preview(ward_csv(*(f"2026-10-01;N;{at};{number};;" for at, number in enumerate(numbers)))).totals
    assert Decimal(total.sum) == sum(numbers) and total.figures == len(numbers)
    assert abs(Decimal(total.mean) * len(numbers) - sum(numbers)) <= Decimal("0.005") * len(numbers)


def test_no_sum_is_told_of_a_column_whose_sum_means_nothing():
    rate = ExpectedColumn("andel", ("Andel",), written=Written.DECIMAL, is_value=True)
    (told,) = read(
        csv_lines("Datum;Andel", "2026-10-01;3,5", "2026-10-02;4,5"), "a.csv", Expected((*EXPECTED.columns[:1], rate))
    ).preview.totals
    assert (told.element, told.sum, told.mean) == ("andel", None, "4.000")


def test_figures_in_a_column_of_texts_are_not_added_up():
    code = ExpectedColumn("nummer", ("Nummer",), is_value=True, is_additive=True)
    lines = csv_lines("Datum;Nummer", "2026-10-01;3", "2026-10-02;4")
    assert read(lines, "a.csv", Expected((*EXPECTED.columns[:1], code))).preview.totals == ()


def called_sums(*rows, name="okt.csv"):
    told = {finding.code: finding for finding in read(ward_csv(*rows), name, EXPECTED).findings}
    return [place.value for place in told["STR-028"].places] if "STR-028" in told else []


@pytest.mark.parametrize(
    "row",
    ["2026-10-01;N;Total ortopedi;24;2;0", "2026-10-01;N;Summa vård;24;2;0", "2026-10-01;N;Total ortopedi;44;2;0"],
    ids=["total", "summa", "one figure adds up"],
)
def test_a_ward_that_is_called_a_sum_is_read_in_and_asked_about(row):
    rows = ("2026-10-01;N;A;20;1;0", "2026-10-01;N;B;24;2;0", row)
    assert called_sums(*rows) == [row.rpartition(";")[0][:-5].replace(";", ", ")]
    assert preview(ward_csv(*rows)).data_rows == 3


@pytest.mark.parametrize(("is_required", "is_key"), [(False, False), (True, False), (False, True)])
def test_a_ward_that_is_called_a_sum_may_leave_what_it_need_not_say_empty(is_required, is_key):
    place = ExpectedColumn("plats", ("Plats",), is_required=is_required, is_key=is_key)
    lines = csv_lines(";".join((*HEADINGS, "Plats")), "2026-10-01;N;A;20;1;0;x", "2026-10-01;N;Total ortopedi;24;2;0;")
    told = read(lines, "okt.csv", Expected((*EXPECTED.columns, place)))
    assert "STR-028" in [finding.code for finding in told.findings]


@pytest.mark.parametrize(
    "row",
    [
        "2026-10-01;N;Total ortopedi;44;3;0",  # adds up
        "2026-10-01;N;Summa;45;2;0",  # nothing but a sum
        "2026-10-01;N;Totalt sjukhuset;45;2;0",
        "2026-10-01;N;Summa A;21;2;0",  # names a ward
        ";N;Total ortopedi;45;2;0",  # no day
        "Total ortopedi;N;C;45;2;0",  # no day either
        "2026-10-01;Total ortopedi;C;45;2;0",  # no hospital of the list
    ],
)
def test_what_can_be_nothing_but_a_sum_is_one(row):
    rows = ("2026-10-01;N;A;20;1;0", "2026-10-01;N;B;24;2;0", row)
    assert called_sums(*rows) == []
    assert preview(ward_csv(*rows)).data_rows == 2


def test_all_rows_under_one_name_are_judged_together():
    days = [f"2026-10-{day:02}" for day in range(1, 11)]
    rows = [f"{day};N;{ward};{beds};;" for day in days for ward, beds in (("A", 20), ("B", 4), ("Total vård", 24))]
    assert called_sums(*rows) == [] and preview(ward_csv(*rows)).data_rows == 20
    wrong = [row.replace(";24;", ";25;") if row.startswith("2026-10-03") else row for row in rows]
    assert called_sums(*wrong) == [] and differing(*wrong) == ["2026-10-03, N, Total vård: 25 ≠ 24"]
    other = [row.replace(";24;", ";25;") for row in rows]
    assert len(called_sums(*other)) == 10 and preview(ward_csv(*other)).data_rows == 30


def test_zeros_add_up_to_nothing():
    assert called_sums("2026-10-01;N;A;0;0;0", "2026-10-01;N;B;0;0;0", "2026-10-01;N;Total ortopedi;0;0;0")


def test_a_word_for_a_sum_in_a_column_that_is_not_read_in_takes_no_row_away():
    heading, rows = (
        "Nivå;Datum;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser",
        (
            "Totalt;2026-10-01;N;A;20;1",
            "Totalt;2026-10-01;N;B;24;2",
        ),
    )
    assert preview(csv_lines(heading, *rows)).data_rows == 2
    summed = preview(csv_lines(heading, *rows, "Summa;;;;44;3"))
    assert (summed.data_rows, summed.sum_texts) == (2, ("Summa",))


@pytest.mark.parametrize("name", ["S:a", "S:ma alla", "Tot", "tot.", "Grand Total", "Subtotal", "Sub-total"])
def test_abbreviated_and_english_sums_are_sums(name):
    found = preview(ward_csv(*NORTH, f"{name};;;44;2;0"))
    assert (found.data_rows, found.sum_rows) == (2, (4,))
    assert differing(*NORTH, f"{name};;;45;2;0") == [f"{name}: 45 ≠ 44"]


@pytest.mark.parametrize("name", ["Totte", "Subtotalen", "S:aa", "Tot 1"])
def test_what_only_begins_like_a_sum_is_none(name):
    assert preview(ward_csv(*NORTH, f"2026-10-03;Norra;{name};44;2;0")).data_rows == 3


def test_figures_without_any_name_are_a_sum_where_each_is_what_the_rows_add_up_to():
    assert preview(ward_csv(*NORTH, *SOUTH, ";;;56;4;0")).sum_texts == ("Σ",)
    by_hospital = preview(ward_csv(*NORTH, ";;;44;2;0", *SOUTH, ";;;12;2;0"))
    assert (by_hospital.data_rows, by_hospital.sum_rows) == (4, (4, 7))


@pytest.mark.parametrize("row", [";;;56;5;0", ";;;0;0;0", ";Norra;;56;4;0", "2026-10-03;;;56;4;0"])
def test_other_figures_without_a_whole_key_stay_rows(row):
    found = preview(ward_csv(*NORTH, *SOUTH, row))
    assert (found.data_rows, found.sum_rows) == (5, ())


@pytest.mark.parametrize("empty", ["", '"a ""b"""'], ids=["by columns", "row by row"])
def test_units_of_measure_under_the_header_are_a_note(empty):
    found = preview(ward_csv(";;;st;st;antal", *NORTH, f"Summa;{empty};;44;2;0"))
    assert (found.data_rows, found.note_rows, found.sum_rows) == (2, (2,), (5,))


@pytest.mark.parametrize("row", [";;;st;1;antal", ";Norra;;st;st;st"])
def test_what_has_a_figure_or_part_of_a_key_under_the_header_is_a_row(row):
    assert preview(ward_csv(row, *NORTH)).note_rows == ()


def test_texts_without_a_key_among_the_rows_are_told_and_not_set_aside():
    assert preview(ward_csv(NORTH[0], ";;;st;st;antal", NORTH[1])).data_rows == 3


def test_nothing_is_taken_for_a_sum_where_most_rows_lack_their_key():
    assert preview(ward_csv(*NORTH, *[";;;44;2;0"] * 2)).data_rows == 2
    assert preview(ward_csv(*NORTH, *[";;;44;2;0"] * 3)).data_rows == 5


@pytest.mark.parametrize("odd", ["", '"a ""b"""'], ids=["by columns", "row by row"])
@pytest.mark.parametrize("name", ["Medelvärde", "Snitt", "Median", "Max", "Average"])
def test_a_mean_below_the_rows_is_read_as_a_note(name, odd):
    found = preview(ward_csv(*NORTH, f"{name};;;22;1;0", f"Summa;{odd};;44;2;0"))
    assert (found.data_rows, found.note_rows, found.sum_rows) == (2, (4,), (5,))


def test_a_ward_that_is_called_like_a_mean_is_a_row():
    found = preview(ward_csv(*NORTH, "2026-10-03;Norra;Min avdelning;22;1;0", "2026-10-03;Max;A;22;1;0"))
    assert (found.data_rows, found.note_rows) == (4, ())
