"""What is entered in a page: its steps, its cells, and the file that it makes."""

import pytest

from information_models.starter.loading import starter_model
from registry.period import Period, PeriodKind
from submission_portal.entry.sheet import (
    MOST_STEPS,
    CellKind,
    FilledRow,
    as_csv,
    as_kept,
    cell_kind,
    entered_elements,
    file_name,
    steps_of,
)

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
BEDS = DAILY.model.element("disponibla")


def row(day, ward, **cells):
    return FilledRow(Period.parse(day), {"sjukhus": "24010", "avdelning": ward}, cells)


@pytest.mark.parametrize(
    ("period", "kinds", "count", "last"),
    [
        ("2026-03", (PeriodKind.DAY,), 31, "2026-03-31"),
        ("2026-03-02", (PeriodKind.DAY,), 1, "2026-03-02"),
        ("2026-03", (PeriodKind.MONTH, PeriodKind.DAY), 1, "2026-03"),
        ("2026", (PeriodKind.MONTH,), 12, "2026-12"),
        ("2026-W10", (PeriodKind.DAY,), 7, "2026-03-08"),
    ],
)
def test_an_entry_has_a_step_for_each_period_of_its_rows(period, kinds, count, last):
    steps = steps_of(Period.parse(period), kinds)
    assert (len(steps), str(steps[-1])) == (count, last)
    assert count <= MOST_STEPS


@pytest.mark.parametrize(
    ("period", "kinds"),
    [("2026", (PeriodKind.DAY,)), ("2026-03-01", (PeriodKind.MONTH,)), ("2026-03", (PeriodKind.WEEK,))],
)
def test_a_period_that_rows_do_not_make_up_has_no_steps(period, kinds):
    with pytest.raises(ValueError, match="is not made up of"):
        steps_of(Period.parse(period), kinds)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", CellKind.WAITS),
        ("–", CellKind.WAITS),
        ("0", CellKind.FIGURE),
        ("101,5", CellKind.FIGURE),
        ("Stängd", CellKind.CLOSED),
        ("ej rapporterat", CellKind.NOT_REPORTED),
        ("arton", CellKind.UNREAD),
    ],
)
def test_a_cell_says_what_stands_in_it(text, kind):
    assert cell_kind(BEDS, text, {"disponibla": text, "belagda": "17"}) is kind
    assert kind.label.sv and kind.sign


def test_an_empty_cell_of_an_empty_row_waits_for_nothing():
    assert cell_kind(BEDS, "", {"disponibla": "", "belagda": " "}) is CellKind.EMPTY


def test_letters_stand_for_the_words_where_a_number_is_wanted():
    assert [as_kept(BEDS, text) for text in (" S ", "e", " 1  234 ")] == ["stängd", "ej rapporterat", "1 234"]
    assert as_kept(DAILY.model.element("avdelning"), "e") == "e"


def test_what_tells_rows_apart_is_not_entered():
    assert [one.name for one in entered_elements(DAILY)] == [
        "disponibla",
        "belagda",
        "overbelaggningar",
        "utlokaliserade",
    ]


def test_the_file_has_the_rows_in_order_with_the_models_columns():
    rows = [
        row("2026-03-02", "K1", disponibla="22"),
        row("2026-03-01", "K2", belagda="stängd"),
        row("2026-03-01", "K1", disponibla="1;5"),
        row("2026-03-03", "K1", disponibla=""),
    ]
    lines = as_csv(DAILY, rows).decode().split("\r\n")
    assert lines[0].count(";") == 6 and lines[-1] == ""
    assert lines[1:-1] == [
        '2026-03-01;24010;K1;"1;5";;;',
        "2026-03-01;24010;K2;;stängd;;",
        "2026-03-02;24010;K1;22;;;",
    ]
    assert as_csv(DAILY, rows) == as_csv(DAILY, rows[::-1])


def test_the_file_is_named_for_its_period():
    assert file_name("2026-03") == "inmatning-2026-03.csv"
