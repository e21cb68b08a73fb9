"""Exports of other kinds: bare days and months across, a measure on each row, no heading row. All figures are made up."""

from dataclasses import replace

import pytest

from registry.findings import Severity
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.layouts.answering import Answers, faults_of, layout_of
from submission_portal.deliveries.reading.layouts.content import NO_HEADINGS, ColumnAnswer, Layout, NoLayout
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import csv_lines

PLACES = {"norra": "n", "n": "n", "södra": "s", "s": "s"}
VALUES = (
    ExpectedColumn("beds", ("Disponibla", "DVP"), "Disponibla", Written.DECIMAL, is_key=False, is_value=True,
                   is_additive=True),
    ExpectedColumn("used", ("Belagda",), "Belagda", Written.DECIMAL, is_key=False, is_value=True, is_additive=True),
)  # fmt: skip
PLACE = ExpectedColumn("sjukhus", ("Sjukhus",), "Sjukhus", codes=PLACES, is_closed=True)
MONTHS = Expected((ExpectedColumn("manad", ("Månad",), "Månad", Written.PERIOD, "month"), PLACE, *VALUES))
DAYS = Expected((ExpectedColumn("dag", ("Dag",), "Dag", Written.DAY, "day"), PLACE, VALUES[0]))
BEDS = Expected((*MONTHS.columns[:2], VALUES[0]))
CODES = {"sjukhus": frozenset({"n", "s"})}


def of(reading, *severities):
    return [one.code for one in reading.findings if one.severity in severities]


def asked(reading):
    return of(reading, Severity.ERROR, Severity.QUESTION)


def rows(reading, *names):
    return reading.frame.select(*names).rows()


def answered(reading, before=None, keys=("manad", "sjukhus"), **answers):
    made = Answers(**answers)
    assert faults_of(reading.mapped, made, CODES, frozenset(keys)) == []
    return layout_of(reading.mapped, made, before or Layout(), CODES)


def month_sheet(title, days=30, header="Sjukhus", last="7"):
    figures = ";".join("5" for _ in range(days - 1))
    names = ";".join(map(str, range(1, days + 1)))
    return csv_lines(title, f"{header};{names}", f"n;{figures};{last}", f"s;{figures};")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Disponibla vårdplatser mars 2026", "a.csv"),
        ("2026-03", "a.csv"),
        ("Mars månad, år 2026", "a.csv"),
        ("Disponibla", "vpl_202603.csv"),
        ("Disponibla i mars", "vårdplatser 2026.csv"),
    ],
)
def test_day_numbers_across_are_days_of_the_month_that_is_told_elsewhere(title, name):
    first = read(month_sheet(title), name, DAYS)
    assert "STR-037" in asked(first) and [one.pattern for one in first.mapped.columns] == ["{period}"]
    layout = answered(first, keys=("dag", "sjukhus"), columns={"{period}": "beds"})
    reading = read(month_sheet(title), name, DAYS, layouts=(layout,))
    assert asked(reading) == [] and "STR-044" in of(reading, Severity.INFO)
    assert rows(reading, "dag", "sjukhus", "beds")[0] == ("2026-03-01", "n", "5")
    assert rows(reading, "dag", "beds")[-2:] == [("2026-03-30", "7"), ("2026-03-30", None)]
    later = read(month_sheet("Disponibla april -26"), "b.csv", DAYS, layouts=(layout,))
    assert asked(later) == [] and rows(later, "dag")[0] == ("2026-04-01",)


def test_a_day_that_the_month_does_not_have_is_found_where_it_has_values_only():
    layout = Layout((ColumnAnswer("{period}", "beds"),))
    filled = read(month_sheet("april 2026", days=31), "a.csv", DAYS, layouts=(layout,))
    [found] = [one for one in filled.findings if one.code == "STR-045"]
    assert found.params["day"] == 31 and [(one.row, one.column) for one in found.places] == [(3, "AF")]
    empty = read(month_sheet("april 2026", days=31, last=""), "a.csv", DAYS, layouts=(layout,))
    assert asked(empty) == [] and rows(empty, "dag")[-1] == ("2026-04-30",)


@pytest.mark.parametrize(("title", "candidates"), [("Disponibla", ()), ("2025 och 2026, mars", ("2025-03", "2026-03"))])
def test_a_title_with_no_year_or_two_is_a_question_that_is_answered_for_the_file(title, candidates):
    layout = Layout((ColumnAnswer("{period}", "beds"),))
    first = read(month_sheet(title), "a.csv", DAYS, layouts=(layout,))
    assert asked(first) == ["STR-043"] and first.table is None
    [one] = first.mapped.times
    assert (one.need, one.headings[:2], one.candidates) == ("month", ("1", "2"), candidates)
    told = read(month_sheet(title), "a.csv", DAYS, layouts=(layout,), time="2026-03")
    assert asked(told) == [] and rows(told, "dag")[0] == ("2026-03-01",) and told.mapped.time == "2026-03"


def test_bare_months_take_their_year_from_the_title_the_sheet_or_the_file():
    layout = Layout((ColumnAnswer("{period}", "beds"),))
    data = csv_lines("Sjukhus;jan;feb;mar", "n;1;2;3", "Summa;1;2;3")
    reading = read(data, "disponibla 2026.csv", BEDS, layouts=(layout,))
    assert rows(reading, "manad", "beds") == [("2026-01", "1"), ("2026-02", "2"), ("2026-03", "3")]
    assert reading.preview.sum_rows == (3,)
    assert asked(read(data, "disponibla.csv", BEDS, layouts=(layout,))) == ["STR-043"]


def test_a_year_above_each_month_is_that_months():
    data = csv_lines(";2025;;2026;", "Sjukhus;nov;dec;jan;feb", "n;1;2;3;4")
    reading = read(data, "a.csv", BEDS, layouts=(Layout((ColumnAnswer("{period}", "beds"),)),))
    assert [each for (each,) in rows(reading, "manad")] == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_months_beside_measures_are_columns_of_them():
    data = csv_lines("2026", "Sjukhus;DVP jan;Belagda jan;DVP feb;Belagda feb", "n;1;2;3;4")
    reading = read(data, "a.csv", MONTHS)
    assert asked(reading) == []
    assert rows(reading, "manad", "beds", "used") == [("2026-01", "1", "2"), ("2026-02", "3", "4")]


MEASURES = ("Sjukhus;Mått;jan-26;feb-26", "n;Disponibla;101,5;99,0", "n;Belagda;90;91", "s;Belagda;7;8")


def test_measures_on_rows_become_columns():
    reading = read(csv_lines(*MEASURES), "a.csv", MONTHS)
    assert asked(reading) == [] and of(reading, Severity.INFO) == ["STR-048"]
    assert rows(reading, "manad", "sjukhus", "beds", "used") == [
        ("2026-01", "n", "101.5", "90"), ("2026-01", "s", None, "7"),
        ("2026-02", "n", "99.0", "91"), ("2026-02", "s", None, "8"),
    ]  # fmt: skip


def test_each_cell_of_a_measure_is_shown_where_the_sender_has_it():
    reading = read(csv_lines(*MEASURES, "s;Disponibla;9;"), "a.csv", MONTHS)
    cells = reading.mapped.cells
    told = rows(reading, "__row", "sjukhus", "beds", "used")
    assert told[1] == (4, "s", "9", "7")
    assert cells.cell(told[1][0], "beds") == (5, "C") and cells.cell(told[1][0], "used") == (4, "C")
    assert cells.cell(told[2][0], "used") == (3, "D")
    assert all(cells.row(*cells.cell(row, "beds")[:1], "beds", cells.cell(row, "beds")[1]) == row for row, *_ in told)
    assert [one.letter for one in reading.preview.columns] == ["A", "B", "C", "D"]
    assert [one.how for one in reading.preview.columns][1:] == ["measures", "values", "values"]


def test_measures_with_one_column_of_values_are_read_with_the_period_that_has_a_column():
    data = csv_lines("Sjukhus;Månad;Variabel;Värde", "n;2026-01;Disponibla;3", "n;2026-01;Belagda;2")
    reading = read(data, "a.csv", MONTHS)
    assert asked(reading) == [] and rows(reading, "manad", "beds", "used") == [("2026-01", "3", "2")]
    assert reading.mapped.cells.cell(2, "used") == (3, None) and reading.letters["used"] == "D"


def test_a_measure_that_is_no_element_is_asked_about_as_a_heading_is_and_read_the_next_month():
    data = csv_lines("Sjukhus;Mått;jan-26;feb-26", "n;Disponibla;3;4", "n;Inneliggande;2;5")
    first = read(data, "a.csv", MONTHS)
    [one] = first.mapped.columns
    assert (one.heading, one.letters, one.samples, one.choices) == ("Inneliggande", ("C", "D"), ("2", "5"), ("used",))
    [finding] = [each for each in first.findings if each.code == "STR-037"]
    assert [(place.row, place.column) for place in finding.places] == [(3, "B"), (3, "B")]
    layout = answered(first, columns={one.pattern: "used"})
    later = csv_lines("Uttag", "Mått;Sjukhus;mar-26", "Inneliggande;n;8", "Disponibla;n;9", "Inneliggande;s;1")
    reading = read(later, "b.csv", MONTHS, layouts=(layout,))
    assert asked(reading) == [] and rows(reading, "sjukhus", "beds", "used") == [("n", "9", "8"), ("s", None, "1")]


def test_a_measure_twice_for_one_place_and_a_value_without_measure_are_found():
    data = csv_lines("Sjukhus;Mått;jan-26;feb-26", "n;Disponibla;3;4", "n;Belagda;2;5", "n;Disponibla;1;1", "s;;1;1")
    reading = read(data, "a.csv", MONTHS)
    found = {one.code: [place.row for place in one.places] for one in reading.findings}
    assert found["STR-046"] == [2, 4] and found["STR-047"] == [5] and reading.table is None


def test_a_place_written_once_for_its_measures_is_asked_about():
    data = csv_lines(
        "Sjukhus;Mått;jan-26;feb-26", "n;Disponibla;3;4", ";Belagda;2;5", "s;Disponibla;1;1", ";Belagda;6;7"
    )
    first = read(data, "a.csv", MONTHS)
    assert asked(first) == ["STR-039"] and [(one.letter, one.empty, one.row) for one in first.mapped.fills] == [
        ("A", 2, 3)
    ]
    layout = answered(first, fills={"sjukhus": "same"})
    reading = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert asked(reading) == [] and rows(reading, "sjukhus", "used")[:2] == [("n", "2"), ("s", "6")]


def test_measures_and_day_numbers_together():
    days = ";".join(map(str, range(1, 31)))
    data = csv_lines("April 2026", f"Sjukhus;Mått;{days}", "n;Disponibla" + ";4" * 30, "n;Fax" + ";1" * 30)
    reading = read(data, "a.csv", DAYS)
    assert asked(reading) == [] and len(rows(reading, "dag")) == 30
    assert rows(reading, "dag", "beds")[29] == ("2026-04-30", "4")


HEADLESS = ("2026-01;n;12;7", "2026-01;s;9;5")


def test_a_file_without_headings_is_read_by_its_letters_once_somebody_says_so():
    none = read(csv_lines(*HEADLESS), "a.csv", MONTHS)
    assert asked(none) == ["STR-001"]
    first = read(csv_lines(*HEADLESS), "a.csv", MONTHS, header=NO_HEADINGS)
    assert [one.heading for one in first.mapped.columns] == ["A", "B", "C", "D"]
    assert first.mapped.headless == ("period", "text", "number", "number")
    told = {"a": "manad", "b": "sjukhus", "c": "beds", "d": "used"}
    layout = answered(first, columns=told)
    assert layout.as_dict()["content_schema"] == "layout/3" and Layout.from_dict(layout.as_dict()) == layout
    reading = read(csv_lines("2026-02;s;13;8", "2026-02;n;1;2"), "b.csv", MONTHS, layouts=(layout,))
    assert asked(reading) == [] and reading.mapped.layout == layout.content_hash
    assert rows(reading, "__row", "manad", "sjukhus", "beds", "used") == [
        (1, "2026-02", "s", "13", "8"),
        (2, "2026-02", "n", "1", "2"),
    ]
    [noted] = [one for one in reading.findings if one.code == "STR-049"]
    assert noted.params["read"] == "A = Månad; B = Sjukhus; C = Disponibla; D = Belagda."


@pytest.mark.parametrize(
    "lines",
    [
        ("2026-02;s;13", "2026-02;n;1"),
        ("s;2026-02;13;8", "n;2026-02;1;2"),
        ("När;Var;Hur;Vad", "2026-02;n;1;2"),
    ],
)
def test_a_file_of_another_shape_is_not_taken_for_it(lines):
    layout = Layout(
        (
            ColumnAnswer("a", "manad"),
            ColumnAnswer("b", "sjukhus"),
            ColumnAnswer("c", "beds"),
            ColumnAnswer("d", "used"),
        ),
        headless=("period", "text", "number", "number"),
    )
    assert asked(read(csv_lines(*lines), "a.csv", MONTHS, layouts=(layout,))) == ["STR-001"]
    twice = replace(layout, factors={"c": "1000"})
    assert asked(read(csv_lines(*HEADLESS), "a.csv", MONTHS, layouts=(layout, twice))) == ["STR-001"]


def test_a_file_with_headings_is_not_read_by_letters():
    layout = Layout((ColumnAnswer("a", "used"),), headless=("period", "text", "number", "number"))
    reading = read(csv_lines("Månad;Sjukhus;DVP;A", *HEADLESS), "a.csv", MONTHS, layouts=(layout,))
    assert reading.mapped.layout is None and [one.pattern for one in reading.mapped.columns] == ["a"]


@pytest.mark.parametrize("broken", [{"headless": ["other"]}, {"measures": 1}, {"content_schema": "layout/2"}])
def test_a_layout_of_the_latest_form_is_strict(broken):
    told = {**Layout(measures="typ", headless=("text",)).as_dict(), **broken}
    with pytest.raises(NoLayout):
        Layout.from_dict(told)


def test_a_column_that_only_its_reader_knows_to_name_the_measures_may_be_said_to():
    data = csv_lines("Sjukhus;Typ;jan-26;feb-26", "n;Vpl;3;4", "n;Inne;2;5", "s;Vpl;1;1", "s;Inne;0;1")
    first = read(data, "a.csv", MONTHS)
    [typ] = [one for one in first.mapped.columns if one.heading == "Typ"]
    assert typ.may_be_measures
    layout = answered(first, columns={"typ": "-measures"})
    assert layout.measures == "typ" and layout.as_dict()["content_schema"] == "layout/3"
    second = read(data, "a.csv", MONTHS, layouts=(layout,))
    assert [one.heading for one in second.mapped.columns] == ["Vpl", "Inne"]
    whole = answered(second, layout, columns={"vpl {period}": "beds", "inne {period}": "used"})
    reading = read(data, "a.csv", MONTHS, layouts=(whole,))
    assert asked(reading) == [] and rows(reading, "manad", "sjukhus", "beds", "used")[0] == ("2026-01", "n", "3", "2")


def test_a_mean_beside_the_months_and_a_note_do_not_part_the_measures_of_a_place():
    data = csv_lines(
        "2026 (påhittade siffror)", "Sjukhus;Mått;jan;feb;Medel;Nr",
        "n;Disponibla;100;101;100,5;1", "n;Belagda;4;5;4,5;2", "s;Disponibla;20;21;20,5;3", "s;Belagda;0;1;0,5;4",
    )  # fmt: skip
    reading = read(data, "a.csv", MONTHS)
    assert asked(reading) == [] and len(rows(reading, "manad")) == 4
    assert rows(reading, "manad", "sjukhus", "beds", "used")[0] == ("2026-01", "n", "100", "4")
    unknown = read(data.replace(b"Belagda", b"Inne"), "a.csv", MONTHS)
    assert [one.heading for one in unknown.mapped.columns if one.heading == "Medel"] == []


def test_a_number_that_tells_the_rows_apart_is_part_of_what_they_are_about():
    data = csv_lines("Kod;Mått;jan-26;feb-26", "1;Disponibla;3;4", "1;Belagda;2;5", "2;Disponibla;1;1", "2;Belagda;6;7")
    reading = read(data, "a.csv", MONTHS, header=1)
    assert "STR-046" not in of(reading, Severity.ERROR) and reading.preview.data_rows == 2


@pytest.mark.parametrize(
    ("model", "lines", "name", "first"),
    [
        (DAYS, [f"{day};n;{day}" for day in range(1, 32)], "maj 2026.csv", ("2026-05-01", "1")),
        (BEDS, ["jan;n;12", "feb;n;13", "Summa;;25"], "2026.csv", ("2026-01", "12")),
        (BEDS, ["1;n;12", "2;n;13"], "2026.csv", ("2026-01", "12")),
    ],
)
def test_bare_days_and_months_in_the_column_of_periods_are_completed_too(model, lines, name, first):
    period = model.columns[0]
    data = csv_lines(f"{period.label};Sjukhus;Disponibla", *lines)
    reading = read(data, name, model)
    assert asked(reading) == [] and "STR-044" in of(reading, Severity.INFO)
    assert rows(reading, period.name, "beds")[0] == first
    assert rows(reading, f"__written_{period.name}")[0] == (lines[0].split(";")[0],)
    assert asked(read(data, "a.csv", model)) == ["STR-043"]


def test_places_across_under_months_without_a_year():
    data = csv_lines("Månad;Norra;Södra", "jan;100;200", "feb;101;201")
    first = read(data, "disponibla 2026.csv", BEDS)
    assert [one.pattern for one in first.mapped.columns] == ["{sjukhus}"]
    layout = answered(first, columns={"{sjukhus}": "beds"})
    reading = read(data, "disponibla 2026.csv", BEDS, layouts=(layout,))
    assert asked(reading) == []
    assert set(rows(reading, "manad", "beds")) == {
        ("2026-01", "100"), ("2026-01", "200"), ("2026-02", "101"), ("2026-02", "201"),
    }  # fmt: skip


def test_one_heading_in_common_does_not_make_an_export_like_another():
    layout = Layout((ColumnAnswer("sjukhus", "sjukhus"), ColumnAnswer("{period}", "beds")), absent=("used",))
    reading = read(csv_lines(*MEASURES), "a.csv", MONTHS, layouts=(layout,))
    assert reading.mapped.layout is None


def test_a_column_of_its_own_beside_columns_across_of_the_same_element_is_not_read():
    layout = Layout((ColumnAnswer("vpl", "beds"), ColumnAnswer("{period}", "beds")))
    reading = read(csv_lines("Sjukhus;Vpl;jan-26;feb-26", "n;9;1;2"), "a.csv", BEDS, layouts=(layout,))
    assert [(one.heading, one.element) for one in reading.preview.columns][1] == ("Vpl", None)


@pytest.mark.parametrize(
    "lines",
    [
        ("Sjukhus;Mått;jan-26;feb-26", "n;Disponibla;3;4", "s;DVP;1;2", "n;Belagda;1;1"),
        ("Sjukhus;Mått;Månad;Värde", "n;Disponibla;2026-01;3", "s;DVP;2026-01;1"),
        ("Sjukhus;DVP jan-26;Disponibla jan-26;DVP feb-26", "n;3;4;5"),
    ],
)
def test_two_names_of_one_element_are_found_and_neither_is_lost(lines):
    assert "STR-003" in asked(read(csv_lines(*lines), "a.csv", MONTHS))
