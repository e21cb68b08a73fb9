"""The sender's cells: quoted as they stood, asked about once, answered, and shown in a corner of the sheet."""

from dataclasses import replace

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from registry.findings import Finding, Place, Severity
from submission_portal.deliveries.assessment import cells
from submission_portal.deliveries.assessment.answers import answered, is_row, unknown_answer
from submission_portal.deliveries.assessment.cells import Said
from submission_portal.deliveries.assessment.corners import corner
from submission_portal.deliveries.finding_texts.all import FINDINGS

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
MONTHLY = starter_model("manadsuppgifter-per-sjukhus")


def of_rows(**columns):
    size = len(next(iter(columns.values())))
    return pl.DataFrame({"__row": list(range(2, size + 2)), **columns}, schema_overrides={"__row": pl.Int64})


def test_a_cell_is_quoted_as_it_stood_where_that_is_known():
    rows = of_rows(belagda=["1", "2", None], __written_belagda=["1,0", None, None], disponibla=["5", "6", "7"])
    assert cells.as_written(rows, "belagda").to_list() == ["1,0", "2", None]
    assert cells.as_written(rows, "disponibla").to_list() == ["5", "6", "7"]
    places = (
        Place(row=2, field="belagda", value="1"),
        Place(row=2, field="belagda", value="other"),
        Place(row=3, field="belagda", value="2"),
        Place(row=None, field="belagda", value="1"),
        Place(row=2, field="belagda"),
        Place(row=2, field="disponibla", value="5"),
        Place(row=2, value="1"),
        Place(row=9, field="belagda", value="1"),
    )
    [quoted] = cells.quoting([Finding("ROW-002", Severity.ERROR, places=places)], rows)
    assert [place.value for place in quoted.places] == ["1,0", "other", "2", "1", None, "5", "1", "1"]
    assert [replace(place, value=None) for place in quoted.places] == [replace(place, value=None) for place in places]


def test_cells_that_a_formula_left_empty_are_not_asked_about():
    rows = of_rows(belagda=[None, None, "1"], __formulas=["belagda disponibla", None, None])
    empty = FINDINGS.found(
        "ROW-004", {"element": "belagda"}, [Place(row=2, field="belagda"), Place(row=3, field="belagda")]
    )
    other = FINDINGS.found("ROW-002", {"element": "belagda"}, [Place(row=2, field="belagda")])
    [asked, kept] = cells.asked_once([empty, other], rows)
    assert [place.row for place in asked.places] == [3]
    assert kept is other
    alone = replace(empty, places=(Place(row=2, field="belagda"), Place(row=2, field="disponibla")))
    assert cells.asked_once([alone], rows) == []
    assert cells.asked_once([alone], rows.drop("__formulas")) == [alone]


def told_once(cells_of_ward, code="ROW-001", element="avdelning"):
    finding = FINDINGS.found(code, {"element": element}, [Place(row=3, field=element)])
    [told] = cells.written_once(DAILY, [finding], of_rows(avdelning=cells_of_ward, dag=cells_of_ward))
    assert (told.params, told.places) == (finding.params, finding.places)
    return told.code


def test_a_name_that_stands_once_above_its_rows_is_told_as_that():
    assert told_once(["A", None, "B", None]) == "STR-017"
    assert told_once(["A", None, "A", None]) == "ROW-001", "not once"
    assert told_once([None, "A", None, "B"]) == "ROW-001", "not above its rows"
    assert told_once(["A", None], code="ROW-004") == "ROW-004", "a question, not an error"
    assert told_once(["A", None], code="ROW-002") == "ROW-002", "not about empty cells"
    assert told_once(["A", None], element="dag") == "ROW-001", "the period"
    assert told_once(["A", None], element="unheard") == "ROW-001"


ANSWERS = {"disponibla": {"*": "closed"}}


def test_only_empty_cells_of_values_are_answered():
    rows = of_rows(disponibla=["1", None, "–", "x"], avdelning=["A", None, "B", "C"])
    assert answered(DAILY, rows, ANSWERS)["disponibla"].to_list() == ["1", "stängd", "stängd", "x"]
    single = {"disponibla": {"*": "not_reported", "3": "zero", "4": "wrong", "2": "zero", "x": "zero"}}
    assert answered(DAILY, rows, single)["disponibla"].to_list() == ["1", "0", "ej rapporterat", "x"]
    only = {"disponibla": {"3": "zero"}}
    assert answered(DAILY, rows, only)["disponibla"].to_list() == ["1", "0", "–", "x"]
    for nothing in ({"avdelning": {"*": "closed"}}, {"unheard": {"*": "closed"}}, {"disponibla": {"*": "wrong"}}, {}):
        assert answered(DAILY, rows, nothing).equals(rows)


def test_an_answer_about_a_column_that_is_not_there_changes_nothing():
    rows = of_rows(avdelning=["A"])
    assert answered(DAILY, rows, ANSWERS) is rows


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"disponibla": {"*": "closed", "17": "zero"}, "dag": {"*": "day_first"}}, None),
        ({"disponibla": {"x": "closed"}}, ("closed", "disponibla", "x")),
        ({"disponibla": {"17": "day_first"}}, ("day_first", "disponibla", "17")),
        ({"disponibla": {"17": "wrong"}}, ("wrong", "disponibla", "17")),
        ({"unheard": {"*": "closed"}}, ("closed", "unheard", "*")),
        ({"disponibla": {"*": "w" * 101}}, ("w" * 100, "disponibla", "*")),
        ({"disponibla": {}}, None),
    ],
)
def test_an_answer_that_is_none_is_told(given, shown):
    found = unknown_answer(given, ["disponibla", "dag"])
    told = found and tuple(found.params[name] for name in ("word", "element", "row"))
    assert (found and found.code, told) == (("DEL-013", shown) if shown else (None, None))


@pytest.mark.parametrize(
    ("text", "expected"), [("1", True), ("1" * 7, True), ("1" * 8, False), ("", False), ("1a", False), ("-1", False)]
)
def test_a_row_has_a_number_of_at_most_seven_digits(text, expected):
    assert is_row(text) is expected


def test_what_was_said_of_empty_cells_is_counted_whole_and_listed_in_part():
    rows = of_rows(disponibla=["1", None, None, None], belagda=["1", "1", "1", "1"])
    after = answered(DAILY, rows, ANSWERS)
    said = {**ANSWERS, "belagda": {"*": "closed"}, "unheard": {"*": "closed"}}
    assert cells.said_of(rows, after, said, 2) == (Said("disponibla", 3, ((3, "stängd"), (4, "stängd"))),)
    assert cells.said_of(rows, after, said, 9)[0].cells == ((3, "stängd"), (4, "stängd"), (5, "stängd"))
    stored = Said("disponibla", 3, ((3, "stängd"),)).as_dict()
    assert stored == {"element": "disponibla", "count": 3, "cells": [[3, "stängd"]]}
    assert Said.from_dict(stored) == Said("disponibla", 3, ((3, "stängd"),))


def ask_dates(element="dag"):
    return next(
        FINDINGS.found(entry.code, {"element": element}, [Place(column="A"), Place(row=2, field=element)])
        for entry in FINDINGS
        if entry.answer.value == "date-order"
    )


def test_dates_are_read_in_the_order_that_the_sender_says():
    rows = of_rows(dag=["01/02/2026", "2026-02-03"], __written_dag=["01/02/2026", None])
    other = FINDINGS.found("ROW-002", {"element": "belagda"}, [Place(row=2, field="belagda")])
    for order, code, day in (("day_first", "STR-009", "2026-02-01"), ("month_first", "STR-016", "2026-01-02")):
        read, left = cells.with_dates_answered(DAILY, rows, [other, ask_dates()], {"dag": {"*": order}})
        assert [one.code for one in left] == ["ROW-002", code]
        assert (left[1].params, left[1].places) == (ask_dates().params, ask_dates().places)
        assert read["dag"].to_list() == [day, "2026-02-03"]


@pytest.mark.parametrize(
    "answers", [{}, {"dag": {}}, {"dag": {"2": "day_first"}}, {"dag": {"*": "closed"}}, {"sjukhus": {"*": "day_first"}}]
)
def test_dates_without_an_answer_are_still_asked_about(answers):
    rows = of_rows(dag=["01/02/2026"], __written_dag=["01/02/2026"])
    read, left = cells.with_dates_answered(DAILY, rows, [ask_dates()], answers)
    assert left == [ask_dates()] and read is rows


def test_an_answer_about_dates_needs_no_rows_and_changes_no_other_question():
    answers = {"dag": {"*": "day_first"}, "unheard": {"*": "day_first"}, "belagda": {"*": "day_first"}}
    read, left = cells.with_dates_answered(DAILY, None, [ask_dates()], answers)
    assert (read, [one.code for one in left]) == (None, ["STR-009"])
    plain = of_rows(dag=["2026-02-03"])
    assert cells.with_dates_answered(DAILY, plain, [ask_dates()], answers)[0] is plain
    assert [one.code for one in cells.with_dates_answered(DAILY, plain, [ask_dates("unheard")], answers)[1]] == [
        "STR-009"
    ]
    asked = FINDINGS.found("ROW-004", {"element": "belagda"}, [Place(row=2, field="belagda")])
    assert cells.with_dates_answered(DAILY, plain, [asked], answers)[1] == [asked]
    nowhere = replace(ask_dates(), places=())
    assert cells.with_dates_answered(DAILY, plain, [nowhere], answers)[1] == [nowhere]


LETTERS = dict(zip("abcdefgh", ("A", "B", "C", "D", "E", "F", "G", "AA"), strict=True))


def sheet(size=9, missing=()):
    rows = [number for number in range(2, size + 2) if number not in missing]
    columns = {name: [f"{name}{number}" for number in rows] for name in LETTERS}
    return pl.DataFrame({"__row": rows, "__sheet": ["Blad"] * len(rows), **columns})


def shown(*places, rows=None, letters=LETTERS):
    return corner(sheet() if rows is None else rows, letters, Finding("ROW-002", Severity.ERROR, places=places))


def test_a_corner_has_a_row_on_either_side_and_the_first_six_columns():
    found = shown(Place(row=5, field="b"))
    assert (found.sheet, found.letters, found.hits) == ("Blad", ("A", "B", "C", "D", "E", "F"), ("B5",))
    assert [number for number, _ in found.rows] == [4, 5, 6]
    assert found.rows[0][1] == ("a4", "b4", "c4", "d4", "e4", "f4")


def test_a_corner_at_the_ends_of_the_sheet_has_what_there_is():
    assert [number for number, _ in shown(Place(row=2, field="a")).rows] == [2, 3]
    assert [number for number, _ in shown(Place(row=10, field="a")).rows] == [9, 10]


def test_a_corner_has_the_column_that_was_hit_wherever_it_is():
    found = shown(Place(row=5, field="h"))
    assert (found.letters, found.hits) == (("A", "B", "C", "D", "E", "AA"), ("AA5",))
    assert shown(Place(row=5, column="AA")).hits == ("AA5",)
    assert shown(Place(row=5, column="ZZ")).hits == ()
    assert shown(Place(row=5, field="unheard", column="B")).hits == ("B5",)
    assert shown(Place(row=5)).hits == () and shown(Place(row=5), Place(row=6, field="a")).hits == ("A6",)


def test_a_corner_shows_the_first_four_places_that_have_a_row():
    places = [Place(field="a"), *(Place(row=number, field="a") for number in (2, 4, 6, 8, 10))]
    found = shown(*places)
    assert found.hits == ("A2", "A4", "A6", "A8")
    assert [number for number, _ in found.rows] == [2, 3, 4, 5, 6, 7, 8, 9]


def test_rows_that_were_not_read_are_not_shown():
    rows = sheet(missing=(5,))
    assert shown(Place(row=5, field="a"), rows=rows) is None
    assert [number for number, _ in shown(Place(row=5, field="a"), Place(row=2, field="a"), rows=rows).rows] == [2, 3]
    assert shown(Place(row=11, field="a")) is None
    assert shown(Place(field="a")) is None
    assert shown(Place(row=5, field="a"), letters={}) is None


def test_an_empty_cell_is_shown_empty():
    rows = sheet().with_columns(pl.lit(None, pl.String).alias("a"))
    assert [row[0] for _, row in shown(Place(row=2, field="a"), rows=rows).rows] == ["", ""]


def test_dates_of_a_model_of_months_are_read_as_months():
    rows = of_rows(manad=["01/02/2026"], __written_manad=["01/02/2026"])
    read, _ = cells.with_dates_answered(MONTHLY, rows, [ask_dates("manad")], {"manad": {"*": "day_first"}})
    assert read["manad"].to_list() == ["2026-02"]


NO_DAY = "ROW-007"
SERIAL, SHORT, CLOCK = "46296", "26-10-01", "06:30"


def looked_at(*days, element="dag", code=NO_DAY, loaded=DAILY, places=None):
    """The findings that are told of wrong days, each with its rows and what the cells look like."""
    rows = of_rows(**{element: list(days)})
    at = [Place(row=row, field=element, value=day) for row, day in zip(rows["__row"], days, strict=True)]
    finding = FINDINGS.found(code, {"element": element, "label": "x"}, at if places is None else places)
    told = cells.named_by_looks(loaded, [finding], rows)
    assert all(one.params["element"] == element and one.params["label"] == "x" for one in told)
    return [
        (one.code, one.params["looks"].en if "looks" in one.params else "", [place.row for place in one.places])
        for one in told
    ]


IS_SERIAL, IS_SHORT = "a serial day number of a spreadsheet", "a date with two digits for the year"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((SERIAL, "46297"), [("STR-030", IS_SERIAL, [2, 3])]),
        ((SERIAL, SHORT, "46297"), [("STR-030", IS_SERIAL, [2, 4]), ("STR-030", IS_SHORT, [3])]),
        ((SERIAL, "hej", None), [("STR-030", IS_SERIAL, [2]), (NO_DAY, "", [3, 4])]),
        (("hej", SHORT), [(NO_DAY, "", [2]), ("STR-030", IS_SHORT, [3])]),
        (("hej", "hå"), [(NO_DAY, "", [2, 3])]),
        ((None, None), [(NO_DAY, "", [2, 3])]),
    ],
)
def test_cells_that_are_no_periods_are_told_as_what_they_look_like(days, expected):
    assert looked_at(*days) == expected


def test_of_cells_that_look_alike_the_first_in_order_is_the_example():
    rows = of_rows(dag=["46297", SERIAL])
    finding = FINDINGS.found(NO_DAY, {"element": "dag"}, [Place(row=2, field="dag", value="46297")])
    [told] = cells.named_by_looks(DAILY, [finding], rows)
    assert told.params["why"].en.startswith(SERIAL)
    mixed = of_rows(dag=["46297", SERIAL, SHORT])
    places = [Place(row=row, field="dag", value=day) for row, day in ((2, "46297"), (3, SERIAL), (4, SHORT))]
    one, other = cells.named_by_looks(DAILY, [FINDINGS.found(NO_DAY, {"element": "dag"}, places)], mixed)
    assert one.params["why"].en.startswith(SERIAL) and SHORT in other.params["why"].en


def test_cells_that_are_periods_of_the_column_are_none_of_those_that_look_odd():
    """A period that is told for another reason is no day in another form."""
    assert looked_at(SERIAL, "2026-10-01", places=[Place(row=2, field="dag", value=SERIAL)]) == [
        ("STR-030", IS_SERIAL, [2])
    ]
    assert looked_at("2026-10", "2026-10-01") == [("STR-030", "a month", [2, 3])]
    assert looked_at("2026-W40", "2026-10", element="manad", loaded=MONTHLY) == [("STR-030", "a week", [2, 3])]


@pytest.mark.parametrize(("count", "is_looked_at"), [(2_000, True), (2_001, False)])
def test_of_very_many_wrong_cells_each_is_looked_at_only_where_all_are_alike(count, is_looked_at):
    many = [Place(row=2, field="dag", value=SERIAL)] * count
    assert looked_at(SERIAL, places=many)[0][0] == "STR-030"
    mixed = [*many[:-1], Place(row=3, field="dag", value=SHORT)]
    assert len(looked_at(SERIAL, SHORT, places=mixed)) == (2 if is_looked_at else 1)
    assert looked_at(SERIAL, SHORT, places=mixed)[0][0] == ("STR-030" if is_looked_at else NO_DAY)


def test_only_wrong_cells_of_periods_are_looked_at():
    assert looked_at(SERIAL, element="avdelning", code="ROW-011") == [("ROW-011", "", [2])], "a text"
    assert looked_at(SERIAL, code="ROW-001") == [("ROW-001", "", [2])], "an empty cell"
    finding = FINDINGS.found(NO_DAY, {"element": "dag"}, [Place(row=2, field="dag", value=SERIAL)])
    assert cells.named_by_looks(DAILY, [finding], of_rows(avdelning=["A"])) == [finding], "not in the file"
    unheard = FINDINGS.found(NO_DAY, {"element": "unheard"}, [Place(row=2, value=SERIAL)])
    assert cells.named_by_looks(DAILY, [unheard], of_rows(unheard=["A"])) == [unheard]
    warned = replace(finding, severity=Severity.WARNING)
    assert cells.named_by_looks(DAILY, [warned], of_rows(dag=[SERIAL])) == [warned]
