"""Layouts of exports: what is recognised, what is asked, and what the answers make of a file's rows."""

from dataclasses import replace

import pytest

from registry.findings import Severity
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.layouts.answering import ABSENT, OTHER, SAME, Answers, faults_of, layout_of
from submission_portal.deliveries.reading.layouts.content import ColumnAnswer, Layout, NoLayout
from submission_portal.deliveries.reading.layouts.files import layout_file, read_layout_file
from submission_portal.deliveries.reading.layouts.patterns import pattern_of
from submission_portal.deliveries.reading.layouts.questions import Mapped
from submission_portal.deliveries.reading.near_codes import near_codes
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import csv_lines, plain_workbook, workbook_of

PLACES = {"norra sjukhuset": "n", "n": "n", "södra sjukhuset": "s", "s": "s"}
MONTHS = Expected(
    (
        ExpectedColumn("manad", ("Månad",), "Månad", Written.PERIOD, "month"),
        ExpectedColumn("sjukhus", ("Sjukhus",), "Sjukhus", codes=PLACES, is_closed=True),
        ExpectedColumn("beds", ("Disponibla", "DVP"), "Disponibla", Written.DECIMAL, is_key=False, is_value=True,
                       is_additive=True),
        ExpectedColumn("used", ("Belagda",), "Belagda", Written.DECIMAL, is_key=False, is_value=True, is_additive=True),
    )
)  # fmt: skip
WEEKS = Expected((ExpectedColumn("vecka", ("Period",), "Vecka", Written.PERIOD, "week"), *MONTHS.columns[1:3]))
CODES = {"sjukhus": frozenset({"n", "s"})}
KEYS = frozenset({"manad", "sjukhus"})


def of(reading, *severities):
    return [one.code for one in reading.findings if one.severity in severities]


def asked(reading):
    return of(reading, Severity.ERROR, Severity.QUESTION)


def rows(reading, *names):
    return reading.frame.select(*names).rows()


def answered(reading, before=None, **answers):
    made = Answers(**answers)
    assert faults_of(reading.mapped, made, CODES, KEYS) == []
    return layout_of(reading.mapped, made, before or Layout(), CODES)


def test_a_heading_that_is_not_known_is_asked_about_with_what_it_holds():
    reading = read(
        csv_lines("Månad;Sjukhus;DVP;Patienter", "2026-01;n;12;7", "2026-01;s;9;", "2026-01;s;9;11"), "a.csv", MONTHS
    )
    assert asked(reading) == ["STR-024"] and reading.mapped.count == 1
    [one] = reading.mapped.columns
    assert (one.pattern, one.heading, one.letters, one.near, one.others) == (
        "patienter",
        "Patienter",
        ("D",),
        (),
        ("used",),
    )
    assert (one.samples, one.lowest, one.highest, one.filled, one.empty) == (("7", "11"), "7", "11", 2, 1)
    assert reading.mapped.first_rows[0] == (1, ("Månad", "Sjukhus", "DVP", "Patienter"))


def test_an_answer_is_kept_for_whatever_order_and_header_row_comes_next():
    first = read(csv_lines("Månad;Sjukhus;DVP;Patienter", "2026-01;n;12;7"), "a.csv", MONTHS)
    layout = answered(first, columns={"patienter": "used"})
    later = csv_lines("Uttag ur systemet", "", "PATIENTER;Sjukhus;Månad;DVP", "8;n;2026-02;13")
    reading = read(later, "b.csv", MONTHS, layouts=(layout,))
    assert asked(reading) == [] and reading.mapped.layout == layout.content_hash
    assert rows(reading, "__row", "manad", "used") == [(4, "2026-02", "8")]
    assert reading.letters["used"] == "A"


def test_of_several_layouts_the_one_with_most_of_its_headings_there_is_taken():
    one = Layout((ColumnAnswer("plats", "sjukhus"), ColumnAnswer("antal", "beds")))
    other = Layout((ColumnAnswer("plats", "sjukhus"), ColumnAnswer("antal", "used"), ColumnAnswer("vpl", "beds")))
    data = csv_lines("Månad;Plats;Antal;Vpl", "2026-01;n;7;12")
    assert read(data, "a.csv", MONTHS, layouts=(one, other)).mapped.layout == other.content_hash
    assert (
        read(
            csv_lines("Månad;Sjukhus;Disponibla;Belagda", "2026-01;n;1;1"), "a.csv", MONTHS, layouts=(one,)
        ).mapped.layout
        is None
    )


def test_a_partial_match_asks_only_the_rest():
    layout = Layout((ColumnAnswer("plats", "sjukhus"), ColumnAnswer("vpl", "beds"), ColumnAnswer("inne", "used")))
    reading = read(csv_lines("Månad;Plats;Vpl;Patienter", "2026-01;n;12;7"), "a.csv", MONTHS, layouts=(layout,))
    assert [one.pattern for one in reading.mapped.columns] == ["patienter"]
    assert {name for _at, _pattern, name in reading.mapped.patterns} == {"manad", "sjukhus", "beds", ""}


def test_not_in_the_export_is_an_empty_column_and_no_question():
    first = read(csv_lines("Månad;Sjukhus;DVP;Telefon 2", "2026-01;n;12;7"), "a.csv", MONTHS)
    layout = answered(first, columns={"telefon 2": ABSENT})
    assert (layout.absent, layout.by_heading["telefon 2"].element) == (("used",), "")
    reading = read(csv_lines("Månad;Sjukhus;DVP;Telefon 2", "2026-02;n;12;7"), "a.csv", MONTHS, layouts=(layout,))
    assert asked(reading) == [] and rows(reading, "beds", "used") == [("12", None)]
    assert of(reading, Severity.INFO) == ["STR-041"] and reading.mapped.absent == ("used",)


def test_what_the_export_gets_later_is_read_though_it_was_said_not_to_be_there():
    layout = Layout((ColumnAnswer("dvp", "beds"),), absent=("used",))
    reading = read(csv_lines("Månad;Sjukhus;DVP;Belagda", "2026-02;n;12;7"), "a.csv", MONTHS, layouts=(layout,))
    assert rows(reading, "used") == [("7",)] and reading.mapped.absent == ()


def test_a_new_column_is_one_note_of_drift():
    layout = Layout((ColumnAnswer("dvp", "beds"), ColumnAnswer("bel", "used"), ColumnAnswer("fax")))
    reading = read(
        csv_lines("Månad;Sjukhus;DVP;Bel;Fax;Kommentar", "2026-02;n;12;7;1;x"), "a.csv", MONTHS, layouts=(layout,)
    )
    assert [(one.code, one.places[0].column) for one in reading.findings] == [("STR-040", "F")]


def test_a_name_that_is_near_one_code_is_asked_and_then_read_as_it():
    first = read(csv_lines("Månad;Sjukhus;DVP;Belagda", "2026-01;Norra;12;7", "2026-02;Norra;12;7"), "a.csv", MONTHS)
    assert asked(first) == ["STR-038"]
    [one] = first.mapped.values
    assert (one.text, one.count, one.letter, one.row, one.near) == ("Norra", 2, "B", 2, ("n",))
    layout = answered(first, values={("sjukhus", "Norra"): "n"})
    reading = read(csv_lines("Månad;Sjukhus;DVP;Belagda", "2026-03;NORRA;12;7"), "a.csv", MONTHS, layouts=(layout,))
    assert rows(reading, "sjukhus", "__written_sjukhus") == [("n", "NORRA")]


def test_near_codes_are_the_senders_own():
    column = ExpectedColumn("s", (), codes={**PLACES, "norra kliniken": "k"}, own=frozenset({"n", "s"}))
    assert near_codes(column, "Norra") == ("n",)
    assert near_codes(ExpectedColumn("s", (), codes=column.codes), "Norra") == ("k", "n")
    assert near_codes(column, "no") == () and near_codes(column, "Södra sjukuset") == ("s",)


@pytest.mark.parametrize(("row", "left"), [("note", []), ("sum", [])])
def test_rows_that_do_not_belong_are_left_out(row, left):
    lines = csv_lines("Månad;Sjukhus;DVP;Belagda", "2026-01;n;12;7", "2026-01;Egen regi;12;7")
    first = read(lines, "a.csv", MONTHS)
    layout = answered(first, values={("sjukhus", "Egen regi"): row})
    reading = read(lines, "a.csv", MONTHS, layouts=(layout,))
    assert asked(reading) == left and rows(reading, "sjukhus") == [("n",)]
    assert (reading.preview.sum_rows, reading.preview.note_rows) == (((3,), ()) if row == "sum" else ((), (3,)))


def test_months_across_become_rows_that_lead_back_to_their_cells():
    data = csv_lines("Sjukhus;jan-26;feb-26;mar-26", "n;1,5;2;", "s;;4;", "Summa;1,5;6;")
    first = read(data, "a.csv", MONTHS)
    [one] = first.mapped.columns
    assert (one.pattern, one.letters, one.is_required) == ("{period}", ("B", "C", "D"), True)
    layout = answered(first, columns={"{period}": "beds"}, elements={"used": ABSENT})
    reading = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert rows(reading, "__row", "manad", "sjukhus", "beds", "used") == [
        (2, "2026-01", "n", "1.5", None),
        (3, "2026-01", "s", None, None),
        (100_002, "2026-02", "n", "2", None),
        (100_003, "2026-02", "s", "4", None),
    ]
    assert reading.mapped.across == {"beds": ("B", "C"), "manad": ("B", "C")}
    assert [(one.letter, one.sum) for one in reading.preview.totals] == [("B", "1.5"), ("C", "6")]
    wrong = read(csv_lines("Sjukhus;jan-26;feb-26", "n;1;2", "s;1;4", "Summa;2;7"), "a.csv", MONTHS, layouts=(layout,))
    [differs] = [one for one in wrong.findings if one.code == "FIL-012"]
    assert [(place.row, place.column, place.field) for place in differs.places] == [(4, "C", "beds")]


def test_headings_in_two_rows_are_read_together():
    table = [
        ["", "Disponibla", "", "Belagda", ""],
        ["Sjukhus", "jan-26", "feb-26", "jan-26", "feb-26"],
        ["n", 1, 2, 3, 4],
    ]
    reading = read(plain_workbook(table), "a.xlsx", MONTHS)
    assert asked(reading) == []
    assert rows(reading, "manad", "beds", "used") == [("2026-01", "1", "3"), ("2026-02", "2", "4")]


@pytest.mark.parametrize(
    "table",
    [
        [["Sjukhus", "jan-26", "", "feb-26", ""], ["", "DVP", "Belagda", "DVP", "Belagda"], ["n", 1, 3, 2, 4]],
        [["Sjukhus", "DVP", "", "Belagda", ""], ["", "jan-26", "feb-26", "jan-26", "feb-26"], ["n", 1, 2, 3, 4]],
    ],
)
def test_headings_that_stand_in_the_upper_of_two_rows_are_read(table):
    reading = read(plain_workbook(table), "a.xlsx", MONTHS)
    assert asked(reading) == [] and reading.preview.header_row == 2
    assert rows(reading, "sjukhus", "manad", "beds", "used") == [
        ("n", "2026-01", "1", "3"),
        ("n", "2026-02", "2", "4"),
    ]


def test_a_hospital_that_is_called_as_its_region_is_asked_about_and_is_no_sum():
    expected = Expected(MONTHS.columns, sum_names=frozenset({"norra"}))
    data = csv_lines("Månad;Sjukhus;DVP;Belagda", "2026-01;Norra;12;7", "2026-01;s;9;5", "Norra;;21;12")
    first = read(data, "a.csv", expected)
    assert asked(first) == ["STR-038"] and first.preview.sum_rows == (4,)
    assert [(one.text, one.count, one.near) for one in first.mapped.values] == [("Norra", 1, ("n",))]
    layout = answered(first, values={("sjukhus", "Norra"): "n"})
    assert rows(read(data, "a.csv", expected, layouts=(layout,)), "sjukhus") == [("n",), ("s",)]
    aside = answered(first, values={("sjukhus", "Norra"): "sum"})
    assert read(data, "a.csv", expected, layouts=(aside,)).preview.sum_rows == (2, 4)
    total = csv_lines("Månad;Sjukhus;DVP;Belagda", "2026-01;n;12;7", "2026-01;s;9;5", "2026-01;Norra;21;12")
    assert read(total, "a.csv", expected).preview.sum_rows == (4,) and asked(read(total, "a.csv", expected)) == []


def test_names_in_other_words_may_be_the_codes_that_have_no_column():
    data = csv_lines("Månad;Klinik;Anm;DVP;Belagda", "2026-01;NSJ;;12;7", "2026-02;SSJ;;9;5")
    first = read(data, "a.csv", MONTHS)
    assert [(one.heading, one.choices) for one in first.mapped.columns] == [("Klinik", ("sjukhus",))]
    assert [one.element for one in first.mapped.elements] == ["sjukhus"]  # or the same on every row
    layout = answered(first, columns={"klinik": "sjukhus"})
    second = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert [(one.text, one.near) for one in second.mapped.values] == [("NSJ", ()), ("SSJ", ())]


def test_year_and_the_name_of_a_month_are_one_period():
    data = csv_lines("År;Månad;Sjukhus;DVP;Belagda", "2026;mars;n;12;7", "2026;Okt.;n;12;7")
    first = read(data, "a.csv", MONTHS)
    assert [one.part for one in first.mapped.columns] == ["year", "month"]
    layout = answered(first, columns={"år": "manad", "månad": "manad"})
    assert rows(read(data, "a.csv", MONTHS, layouts=(layout,)), "manad") == [("2026-03",), ("2026-10",)]


def test_hospitals_across_by_half_their_names_are_asked_about_as_names():
    data = csv_lines("Månad;Norra;Södra;Totalt", "2026-01;1;2;3")
    first = read(data, "a.csv", MONTHS)
    assert [(one.text, one.letter, one.row, one.near) for one in first.mapped.values] == [
        ("Norra", "B", 1, ("n",)),
        ("Södra", "C", 1, ("s",)),
    ]
    assert asked(first)[:2] == ["STR-036", "STR-024"]
    assert not first.mapped.elements, "what the columns count is asked when it is known that they are hospitals"
    names = {("sjukhus", "Norra"): "n", ("sjukhus", "Södra"): "s"}
    layout = answered(first, columns={"totalt": OTHER}, values=names)
    second = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert next((one.pattern, one.letters) for one in second.mapped.columns) == ("{sjukhus}", ("B", "C"))
    layout = layout_of(
        second.mapped, Answers({"{sjukhus}": "beds", "totalt": OTHER}, {"used": ABSENT}), layout, CODES
    )  # fmt: skip
    reading = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert asked(reading) == [] and rows(reading, "sjukhus", "beds") == [("n", "1"), ("s", "2")]


UNKNOWN = csv_lines("Uttag 7", "a;b;c;d", "2026-01;n;12;7", "2026-02;s;9;5")


def test_a_heading_row_that_somebody_chose_is_found_again_in_whatever_row_it_is():
    first = read(UNKNOWN, "a.csv", MONTHS)
    assert asked(first) == ["STR-001"] and first.mapped.first_rows[1] == (2, ("a", "b", "c", "d"))
    chosen = read(UNKNOWN, "a.csv", MONTHS, header=2)
    assert chosen.mapped.header == 2 and [one.heading for one in chosen.mapped.columns] == ["a", "b", "c", "d"]
    layout = answered(chosen, columns={"a": "manad", "b": "sjukhus", "c": "beds", "d": "used"})
    assert layout.header == 2
    for data in (UNKNOWN, csv_lines("x;y", "Uttag 8", "", "d;c;b;a", "5;9;s;2026-02", "7;12;n;2026-01")):
        reading = read(data, "a.csv", MONTHS, layouts=(layout,))
        assert asked(reading) == [] and sorted(rows(reading, "manad", "sjukhus", "beds", "used")) == [
            ("2026-01", "n", "12", "7"),
            ("2026-02", "s", "9", "5"),
        ]
    other = read(csv_lines("Månad;Sjukhus;DVP;Belagda", "2026-01;n;1;1"), "a.csv", MONTHS, layouts=(layout,))
    assert asked(other) == [] and other.preview.header_row == 1
    beyond = read(UNKNOWN, "a.csv", MONTHS, header=60)
    assert beyond.preview.header_row == 4 and beyond.table is None


def test_figures_that_are_counted_in_something_else_are_asked_about_and_multiplied():
    data = csv_lines(
        "Månad;Sjukhus;DVP (tusental);Belagda", "2026-01;n;0,2002;7", "2026-01;s;0,1;stängd", "Summa;;0,3002;7"
    )
    first = read(data, "a.csv", MONTHS)
    assert asked(first) == ["STR-042"]
    [one] = first.mapped.factors
    assert (one.element, one.heading, one.letter, one.samples) == ("beds", "DVP (tusental)", "C", one.samples)
    assert set(one.samples) == {"0,2002", "0,1"}
    wrong = [
        faults_of(first.mapped, Answers(factors=each), CODES, KEYS)[0].finding.code for each in ({}, {one.pattern: "7"})
    ]
    assert wrong == ["LAY-001", "LAY-003"]
    layout = answered(first, factors={one.pattern: "1000"})
    reading = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert asked(reading) == [] and rows(reading, "beds", "__written_beds") == [("200.2", "0,2002"), ("100", "0,1")]
    assert [(total.element, total.sum) for total in reading.preview.totals] == [("beds", "300.2"), ("used", "7")]
    counts = csv_lines("Månad;Sjukhus;DVP;Belagda", "2026-01;n;12;7")
    other = read(counts, "a.csv", MONTHS, layouts=(layout,))
    assert asked(other) == ["STR-050"], "another heading of an element that was multiplied is asked about"
    [question] = other.mapped.factors
    assert (question.heading, question.earlier, question.earlier_factor) == ("DVP", "dvp (tusental)", "1000")
    both = answered(other, layout, factors={"dvp": "1"})
    assert rows(read(counts, "a.csv", MONTHS, layouts=(both,)), "beds") == [("12",)]
    plain = answered(first, factors={one.pattern: "1"})
    assert rows(read(data, "a.csv", MONTHS, layouts=(plain,)), "beds") == [("0.2002",), ("0.1",)]


def test_what_is_the_same_on_every_row_of_one_sheet_is_asked_again_of_another_with_the_same_headings():
    head = ["Månad", "DVP", "Belagda"]
    data = workbook_of({"Norra okt 2026": [head, ["2026-10", 1, 1]], "Södra okt 2026": [head, ["2026-10", 2, 2]]})
    first = read(data, "a.xlsx", MONTHS, sheet="Norra okt 2026")
    layout = answered(first, elements={"sjukhus": "n"})
    assert layout.sheet == "norra {period}"
    again = read(data, "a.xlsx", MONTHS, sheet="Norra okt 2026", layouts=(layout,))
    assert asked(again) == [] and rows(again, "sjukhus", "beds") == [("n", "1")]
    other = read(data, "a.xlsx", MONTHS, sheet="Södra okt 2026", layouts=(layout,))
    assert [one.element for one in other.mapped.elements] == ["sjukhus"] and other.mapped.layout is None
    of_one = Layout((ColumnAnswer("dvp", "beds"),), constants={"sjukhus": "n"})  # answered before there were two sheets
    assert read(data, "a.xlsx", MONTHS, sheet="Södra okt 2026", layouts=(of_one,)).mapped.is_asking


def test_a_column_per_hospital_becomes_rows():
    data = csv_lines("Månad;Norra sjukhuset;Södra sjukhuset", "2026-01;1;2")
    first = read(data, "a.csv", MONTHS)
    [one] = first.mapped.columns
    assert one.pattern == "{sjukhus}"
    layout = answered(first, columns={"{sjukhus}": "beds"}, elements={"used": ABSENT})
    reading = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert rows(reading, "manad", "sjukhus", "beds") == [("2026-01", "n", "1"), ("2026-01", "s", "2")]


def test_year_and_week_in_two_columns_are_one_period():
    data = csv_lines("År;Vecka;Sjukhus;DVP", "2026;9;n;1", "2026;10;n;2", "2026;;s;2")
    first = read(data, "a.csv", WEEKS)
    assert [(one.pattern, one.part, one.choices) for one in first.mapped.columns] == [
        ("år", "year", ("vecka",)),
        ("vecka", "week", ("vecka",)),
    ]
    assert asked(first) == ["STR-037", "STR-037"]
    layout = Layout(
        (ColumnAnswer("år", "vecka", "year"), ColumnAnswer("vecka", "vecka", "week"), ColumnAnswer("dvp", "beds"))
    )
    reading = read(data, "a.csv", WEEKS, layouts=(layout,))
    assert rows(reading, "vecka") == [("2026-W09",), ("2026-W10",), ("2026",)]


def test_a_name_on_the_first_row_of_a_group_alone_counts_for_the_group():
    data = csv_lines(
        "Månad;Sjukhus;DVP;Belagda", "2026-01;n;1;1", "2026-02;;1;1", "2026-03;;1;1", "2026-01;s;2;2", "2026-02;;2;2"
    )
    first = read(data, "a.csv", MONTHS)
    [one] = first.mapped.fills
    assert (one.element, one.letter, one.empty, one.row, asked(first)) == ("sjukhus", "B", 3, 3, ["STR-039"])
    layout = answered(first, fills={"sjukhus": SAME})
    reading = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert [name for (name,) in rows(reading, "sjukhus")] == ["n", "n", "n", "s", "s"]


def test_cells_that_may_be_empty_are_not_asked_about():
    wards = ExpectedColumn("avdelning", ("Avdelning",), "Avdelning", is_required=False)
    reading = read(
        csv_lines("Månad;Sjukhus;Avdelning;DVP;Belagda", "2026-01;n;A;1;1", "2026-01;n;;1;1", "2026-02;s;B;1;1"),
        "a.csv",
        Expected((*MONTHS.columns, wards)),
    )
    assert not reading.mapped.is_asking and asked(reading) == []
    assert rows(reading, "avdelning") == [("A",), (None,), ("B",)]


def test_what_is_the_same_on_every_row_needs_no_column():
    first = read(csv_lines("Månad;DVP;Belagda", "2026-01;1;1"), "a.csv", MONTHS)
    assert [(one.element, one.may_be_absent, one.may_be_constant) for one in first.mapped.elements] == [
        ("sjukhus", False, True)
    ]
    layout = answered(first, elements={"sjukhus": "s"})
    reading = read(csv_lines("Månad;DVP;Belagda", "2026-01;1;1"), "a.csv", MONTHS, layouts=(layout,))
    assert rows(reading, "sjukhus") == [("s",)]


def test_a_period_that_is_nowhere_cannot_be_answered_and_is_an_error():
    assert "STR-004" in of(read(csv_lines("Sjukhus;DVP;Belagda", "n;1;1"), "a.csv", MONTHS), Severity.ERROR)


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({}, ["LAY-001"]),
        ({"columns": {"patienter": "beds"}}, ["LAY-003"]),
        ({"columns": {"patienter": OTHER}}, []),
        ({"columns": {"patienter": "used"}}, []),
    ],
)
def test_faults_of_answers(answers, codes):
    mapped = read(csv_lines("Månad;Sjukhus;DVP;Patienter", "2026-01;n;12;7"), "a.csv", MONTHS).mapped
    assert [one.finding.code for one in faults_of(mapped, Answers(**answers), CODES, KEYS)] == codes


def test_what_tells_rows_apart_cannot_be_said_not_to_be_there():
    mapped = read(csv_lines("Månad;Ort;DVP;Belagda", "2026-01;Norra;12;7"), "a.csv", MONTHS).mapped
    [one] = mapped.columns
    assert one.choices == ("sjukhus",)
    [fault] = faults_of(mapped, Answers({"ort": ABSENT}), CODES, KEYS)
    assert (fault.about, fault.finding.code) == ("column:ort", "LAY-006")


def test_a_layout_is_the_same_when_it_comes_back_from_a_file():
    layout = Layout(
        (ColumnAnswer("dvp", "beds"), ColumnAnswer("år", "manad", "year")), ("used",), {"sjukhus": "n"},
        {"sjukhus": {"väst": "n"}}, {"egen regi": "note"}, ("sjukhus",), {"manad": "day_first"},
    )  # fmt: skip
    assert (layout.as_dict()["content_schema"], len(layout.as_dict())) == ("layout/1", 8)
    later = replace(layout, factors={"dvp": "1000"}, header=4, sheet="somatik")
    assert Layout.from_dict(later.as_dict()) == later and later.as_dict()["content_schema"] == "layout/2"
    elements = frozenset({"beds", "manad", "used", "sjukhus"})
    text = layout_file(layout, model="vardplatser", source="Cosmic")
    assert read_layout_file(text.encode(), model="vardplatser", elements=elements) == (layout, "Cosmic")
    altered = text.replace('"code": "n"', '"code": "s"')
    other = read_layout_file(text.encode(), model="annan", elements=elements)
    lacking = read_layout_file(text.encode(), model="vardplatser", elements=elements - {"used"})
    found = [read_layout_file(altered.encode(), model="vardplatser", elements=elements), other, lacking]
    assert [one.code for one in found] == ["LAY-008", "LAY-009", "LAY-009"]
    assert Mapped.from_dict(Mapped().as_dict()) == Mapped()


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"a": 1, "a": 2}', b"[" * 100_000, b'{"model": 1}'])
def test_a_file_that_is_no_layout_is_told(data):
    assert read_layout_file(data, model="m", elements=frozenset()).code == "LAY-007"


@pytest.mark.parametrize(
    "change",
    [
        {"content_schema": "layout/3"},
        {"columns": [{"heading": "", "element": "", "part": ""}]},
        {"columns": [{"heading": "a", "element": "B", "part": ""}]},
        {"columns": [{"heading": "a", "element": "", "part": "year"}]},
        {"columns": [{"heading": "a", "element": "b", "part": ""}] * 2},
        {"absent": ["a", "a"]},
        {"constants": {"a": ""}},
        {"codes": {"a": [{"text": "x"}]}},
        {"aside": [{"text": "x", "row": "data"}]},
        {"date_orders": {"a": "year_first"}},
        {"filled_down": "a"},
        {"content_schema": "layout/2"},
        {"content_schema": "layout/2", "factors": [{"text": "a", "factor": "7"}], "header": 1, "sheet": ""},
        {"content_schema": "layout/2", "factors": [], "header": 61, "sheet": ""},
        {"content_schema": "layout/2", "factors": [], "header": True, "sheet": ""},
        {"content_schema": "layout/2", "factors": [], "header": 1, "sheet": 1},
        {"factors": [], "header": 0, "sheet": ""},
    ],
)
def test_content_that_is_no_layout_is_refused(change):
    with pytest.raises(NoLayout):
        Layout.from_dict({**Layout().as_dict(), **change})


def test_a_layout_carries_over_to_a_model_that_lost_an_element():
    layout = Layout((ColumnAnswer("dvp", "beds"), ColumnAnswer("b", "used"), ColumnAnswer("fax")), ("used",))
    left = layout.only(frozenset({"beds"}))
    assert left == Layout((ColumnAnswer("dvp", "beds"), ColumnAnswer("fax")))
    assert left.elements() == {"beds"}


@pytest.mark.parametrize(
    ("heading", "pattern", "period"),
    [
        ("Disponibla (jan 2026)", "disponibla {period}", "2026-01"),
        ("2026-02 DVP", "{period} dvp", "2026-02"),
        ("Inskr. 06", "inskr. 06", None),
        ("x" * 5000, "x" * 300, None),
    ],
)
def test_patterns_of_headings(heading, pattern, period):
    found = pattern_of(heading)
    assert (found.heading.replace(".", ""), found.period) == (pattern.replace(".", ""), period)
