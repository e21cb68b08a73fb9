"""A gap as a value, what answers say of it, what is usual, and the rows that an answer makes."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.findings import Place, Text
from registry.period import Period, PeriodKind
from submission_portal.deliveries.assessment import filled_rows, gaps
from submission_portal.deliveries.assessment.gap import AS_BEFORE, BESIDE, WITHIN, Gap, said_of_gaps, unanswered
from submission_portal.deliveries.assessment.usual import Delivered, Usual, kind_of_span, units_of, usual_of

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
YEARLY = starter_model("disponibla-vardplatser-per-region-ar")
A, B, C = ("65016", "A"), ("65016", "B"), ("65016", "C")


def find_gaps(loaded, frame, *known):
    return gaps.find_gaps(loaded, TypedRows.of(frame), *known)


def filled(loaded, frame, found, answers, *known):
    return filled_rows.filled(loaded, TypedRows.of(frame), found, answers, *known).frame


def gap(unit=A, first="2026-10-02", last="2026-10-04", count=3, **more):
    return Gap(unit, first, last, count, Text("Å", "A"), **more)


@pytest.mark.parametrize(
    ("first", "last", "sv", "en"),
    [
        ("2026-10", "2026-10", "oktober 2026", "October 2026"),
        ("2026-10-01", "2026-10-31", "oktober 2026", "October 2026"),
        ("2026-09", "2026-10", "september–oktober 2026", "September–October 2026"),
        ("2026-10-01/natt", "2026-10-01/natt", Period.parse("2026-10-01/natt").label("sv"), Period.parse("2026-10-01/natt").label("en")),
    ],
)  # fmt: skip
def test_the_periods_of_a_gap_in_words(first, last, sv, en):
    assert gap(first=first, last=last).periods == Text(sv, en)


def test_shifts_are_told_from_one_to_another():
    one, other = Period.parse("2026-10-01/natt"), Period.parse("2026-10-03/fm")
    assert gap(first=str(one), last=str(other)).periods == Text(
        f"{one.label('sv')} – {other.label('sv')}", f"{one.label('en')} – {other.label('en')}"
    )


def test_a_gap_is_a_value_with_a_key_a_kind_and_answers():
    within, end = gap(is_within=True), gap(reaches_end=True, offered="closed")
    assert (within.key, within.group, within.answers) == (
        "65016/A 2026-10-02--2026-10-04",
        WITHIN,
        ("closed", "not_reported"),
    )
    assert (end.group, end.answers) == (BESIDE, ("closed", "not_reported", "ended"))
    assert gap(unit=()).key == "2026-10-02--2026-10-04"
    periods = within.periods
    assert within.place == Place(label=Text(f"Å: {periods.sv}", f"A: {periods.en}"), key=(("gap", within.key),))
    assert Gap((), "2026", "2026", 1, Text("", "")).place.label == Text("2026", "2026")
    for one in (within, end):
        assert Gap.from_dict(one.as_dict()) == one


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, ""),
        ({"*": "closed"}, "closed"),
        ({"within": "closed"}, "closed"),
        ({"beside": "closed"}, ""),
        ({"*": "closed", "within": "not_reported"}, "not_reported"),
        ({"within": "closed", "65016/A 2026-10-02--2026-10-04": "not_reported"}, "not_reported"),
        ({"65016/A 2026-10-02--2026-10-04": "", "within": "closed"}, "closed"),
        ({"65016/A 2026-10-02--2026-10-04": "ended"}, ""),
        ({"*": "wrong"}, ""),
    ],
)
def test_the_nearest_answer_counts_where_the_gap_takes_it(answers, said):
    one = gap(is_within=True)
    assert one.answered(answers) == said
    assert unanswered([one], answers) == (() if said else (one,))


def test_answers_are_taken_over_taken_back_and_offered():
    one, other = gap(offered="closed"), gap(unit=B, is_within=True, offered="")
    assert said_of_gaps([one], {}, {one.key: "closed", "unheard": "closed", "*": "wrong"}) == {one.key: "closed"}
    assert said_of_gaps([one], {one.key: "closed"}, {one.key: ""}) == {}
    assert said_of_gaps([one], {"*": "closed"}, {}) == {"*": "closed"}
    assert said_of_gaps([one, other], {}, {"*": AS_BEFORE}) == {one.key: "closed"}
    assert said_of_gaps([one, other], {}, {WITHIN: AS_BEFORE}) == {}
    assert said_of_gaps([one, other], {}, {BESIDE: AS_BEFORE}) == {one.key: "closed"}
    assert said_of_gaps([one], {one.key: "not_reported"}, {BESIDE: AS_BEFORE}) == {one.key: "not_reported"}


def frame(*cells, **columns):
    """Rows of (ward, day); the hospital is 65016 of region 25."""
    whens = [Period.parse(day) for _, day in cells]
    return pl.DataFrame(
        {
            "dag": [str(when) for when in whens], "dag__first": [when.first for when in whens], "dag__last": [when.last for when in whens],
            "sjukhus": ["65016"] * len(cells), "avdelning": [ward for ward, _ in cells], "__region": ["25"] * len(cells),
            "disponibla": [20] * len(cells), "disponibla__status": ["observed"] * len(cells), "__row": list(range(2, len(cells) + 2)),
            "__sheet": [None] * len(cells),
        },
        schema_overrides={"avdelning": pl.String, "__sheet": pl.String},
    ).with_columns(**columns)  # fmt: skip


def days(ward, *numbers):
    return [(ward, f"2026-10-{number:02d}") for number in numbers]


def units(*wards):
    return units_of(DAILY, frame(*(one for ward in wards for one in days(ward, 1))))


def test_the_units_of_rows_are_each_there_once():
    found = units_of(DAILY, frame(*days("A", 1, 2), *days(None, 1), *days("B", 1)))
    assert found.rows() == [("65016", "A", "25"), ("65016", "", "25"), ("65016", "B", "25")]
    assert units_of(DAILY, frame(*days("A", 1)).drop("avdelning")) is None
    assert units_of(DAILY, frame(*days("A", 1)).drop("__region")).rows() == [("65016", "A", None)]


def test_what_is_usual_follows_from_the_latest_deliveries():
    assert usual_of([]) is None
    ends = gap(unit=B, reaches_end=True)
    first = Delivered(units("A", "B"), (ends,), {ends.key: "ended"}, "2026-08")
    found = usual_of([first])
    assert (found.known, found.offered, found.fills) == ({A}, {B: "ended"}, PeriodKind.MONTH)
    back = usual_of([first, Delivered(units("B", "C"), (gap(unit=C),), {"*": "closed"}, "2026-09")])
    assert (back.known, back.offered) == ({A, B, C}, {B: "ended", C: "closed"})
    again = usual_of([Delivered(units("B")), first])
    assert (again.known, again.fills) == ({A}, None)
    assert usual_of([Delivered(units("A"), period="2026-08"), Delivered(units("A"), period="2026")]).fills is None
    assert usual_of([Delivered(units("A"), period="2026-08-01/2026-08-09")]).fills is None
    unsaid = usual_of([Delivered(units("A"), (ends,), {})])
    assert unsaid.offered == {}


def test_the_latest_region_of_a_unit_counts():
    moved = units("A").with_columns(__region=pl.lit("12"))
    assert usual_of([Delivered(units("A")), Delivered(moved)]).units["__region"].to_list() == ["12"]


def spans(found):
    return [
        (one.unit[-1] if one.unit else "", one.first, one.last, one.count, one.is_within, one.reaches_end)
        for one in found
    ]


def test_gaps_come_by_unit_and_time_with_what_they_are():
    cells = [*days("B", 1, 3, 5), *days("A", 2, 5)]
    assert spans(find_gaps(DAILY, frame(*cells))) == [
        ("A", "2026-10-03", "2026-10-04", 2, True, False),
        ("B", "2026-10-02", "2026-10-02", 1, True, False),
        ("B", "2026-10-04", "2026-10-04", 1, True, False),
    ]
    known = Usual(units("A", "B", "C"), {C: "closed"})
    beside = find_gaps(DAILY, frame(*cells, *days("D", 3)), known)
    assert [one for one in spans(beside) if not one[4]] == [
        ("A", "2026-10-01", "2026-10-01", 1, False, False),
        ("C", "2026-10-01", "2026-10-05", 5, False, True),
    ]
    assert {one.unit[-1]: one.offered for one in beside} == {"A": "", "B": "", "C": "closed"}
    late = find_gaps(DAILY, frame(*days("A", 1, 2), *days("B", 1, 2, 3)), Usual(units("A")))
    assert spans(late) == [("A", "2026-10-03", "2026-10-03", 1, False, True)]
    assert find_gaps(DAILY, frame(*days("A", 1, 2)).drop("avdelning")) == ()


def test_periods_of_two_kinds_are_looked_at_each_by_itself():
    cells = [("A", "2026-10-01"), ("A", "2026-10-03"), ("A", "2026-08"), ("A", "2026-10")]
    assert [(one.first, one.last) for one in find_gaps(DAILY, frame(*cells), Usual(units("A", "B")))] == [
        ("2026-09", "2026-09"), ("2026-10-02", "2026-10-02"),
    ]  # fmt: skip


def test_a_file_of_a_model_without_units_has_the_gaps_of_all():
    plain = pl.DataFrame({"ar": ["2020", "2023"], "region": ["25", "25"]})
    found = find_gaps(YEARLY, plain)
    assert [(one.unit, one.first, one.last, one.count) for one in found] == [(("25",), "2021", "2022", 2)]


def test_an_answer_makes_a_row_for_each_period_of_its_gap():
    rows = frame(*days("A", 1, 4), *days("B", 1, 4))
    one, other = find_gaps(DAILY, rows)
    made = filled(DAILY, rows, (one, other), {one.key: "closed", other.key: "not_reported"})
    added = made.filter(pl.col("__row") == 0)
    assert added.select("avdelning", "dag", "disponibla", "disponibla__status", "__region").rows() == [
        ("A", "2026-10-02", None, "closed", "25"), ("A", "2026-10-03", None, "closed", "25"),
        ("B", "2026-10-02", None, "not_reported", "25"), ("B", "2026-10-03", None, "not_reported", "25"),
    ]  # fmt: skip
    assert added["dag__first"].to_list()[0] == added["dag__last"].to_list()[0] == date(2026, 10, 2)
    assert (made.columns, made.schema, made.head(4).equals(rows)) == (rows.columns, rows.schema, True)
    assert filled(DAILY, rows, (one, other), {}) is rows
    gone = gap(unit=C, reaches_end=True)
    assert filled(DAILY, rows, (gone,), {gone.key: "ended"}) is rows


def test_a_row_for_a_unit_that_is_not_in_the_file_has_the_region_that_it_usually_has():
    rows = frame(*days("A", 1))
    missing = gap(unit=C, first="2026-10-01", last="2026-10-01", count=1)
    made = filled(DAILY, rows, (missing,), {"*": "closed"}, Usual(units("C").with_columns(__region=pl.lit("12"))))
    assert made["__region"].to_list() == ["25", "12"]
    assert filled(DAILY, rows, (missing,), {"*": "closed"})["__region"].to_list() == ["25", None]
    blank = gap(unit=("65016", ""), first="2026-10-02", last="2026-10-02", count=1)
    assert filled(DAILY, rows, (blank,), {"*": "closed"})["avdelning"].to_list() == ["A", None]


def test_the_rows_of_a_gap_keep_the_rhythm_of_the_file():
    rows = frame(*days("A", 1, 8, 29), *days("B", 1, 8, 15, 22, 29))
    [one] = find_gaps(DAILY, rows)
    assert (one.first, one.last, one.count) == ("2026-10-15", "2026-10-22", 2)
    assert filled(DAILY, rows, (one,), {"*": "closed"}).filter(pl.col("__row") == 0)["dag"].to_list() == [
        "2026-10-15",
        "2026-10-22",
    ]


@pytest.mark.parametrize(
    ("periods", "fills", "today", "expected"),
    [
        (["2026-10-01", "2026-10-02"], None, None, (2, "2026-10-02")),
        (["2026-10-03"], PeriodKind.MONTH, None, (31, "2026-10-31")),
        (["2026-10-03"], PeriodKind.MONTH, date(2026, 10, 5), (4, "2026-10-04")),
        (["2026-10-03"], PeriodKind.MONTH, date(2026, 10, 1), (3, "2026-10-03")),
        (["2026-10-03", "2026-11-01"], PeriodKind.MONTH, None, (30, "2026-11-01")),
        (["2026-10-31"], PeriodKind.MONTH, None, (31, "2026-10-31")),
        (["2026-10-30", "2026-11-01"], PeriodKind.MONTH, None, (3, "2026-11-01")),
        (["2026-10-03"], PeriodKind.YEAR, None, (365, "2026-12-31")),
        (["2026-03", "2026-05"], PeriodKind.MONTH, None, (3, "2026-05")),
        (["2026-03"], PeriodKind.YEAR, None, (12, "2026-12")),
        (["2026-03"], PeriodKind.MONTH, None, (1, "2026-03")),
        (["2026-03"], PeriodKind.WEEK, None, (1, "2026-03")),
        (["2026-W10"], PeriodKind.YEAR, None, (1, "2026-W10")),
        (["2026-10-02/natt"], PeriodKind.MONTH, None, (93, "2026-10-31/natt")),
        (["1926-01-01", "2026-01-01"], None, None, (2, "2026-01-01")),
        (["2026-10-01", "2026-10-03", "2026-10-05"], None, None, (5, "2026-10-05")),
        (["2026-10-01", "2026-10-03", "2026-10-05", "2026-10-07"], PeriodKind.MONTH, None, (4, "2026-10-07")),
        (["2026-10-01", "2026-10-03", "2026-10-05", "2026-10-08"], None, None, (4, "2026-10-08")),
        (["2026-10-01", "2026-10-03", "2026-10-05", "2026-10-06"], None, None, (6, "2026-10-06")),
    ],
)  # fmt: skip
def test_what_is_expected_runs_in_the_rhythm_of_the_file(periods, fills, today, expected):
    run = gaps._run([Period.parse(one) for one in periods], fills, today)
    assert (len(run), str(run[-1])) == expected


def weekends(word, *, unit=A, month=9, missing=(6, 7), count=1):
    """A delivery of a month, with a gap of each of those weekdays in its first weeks, and what was said of all."""
    first = date(2026, month, 1)
    sought = [first.replace(day=day) for day in range(1, 15) if first.replace(day=day).isoweekday() in missing]
    said = tuple(gap(unit=unit, first=str(day), last=str(day), count=count) for day in sought)
    return Delivered(units(unit[-1]), said, {"*": word} if word else {}, period=f"2026-{month:02d}")


def closings(*delivered):
    return {unit[-1]: (one.weekdays, one.word) for unit, one in usual_of(delivered).closings.items()}


CLOSED, SUNDAYS = {"word": "closed"}, {"word": "closed", "missing": (7,)}
NOT_REPORTED = {"word": "not_reported"}


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([CLOSED] * 3, {"A": ((6, 7), "closed")}),
        ([CLOSED] * 4, {"A": ((6, 7), "closed")}),
        ([CLOSED] * 2, {}),
        ([CLOSED, CLOSED, NOT_REPORTED], {}),
        ([CLOSED, NOT_REPORTED, CLOSED], {}),
        ([CLOSED, CLOSED, SUNDAYS], {}),
        ([CLOSED, CLOSED, {**CLOSED, "unit": B}], {}),
        ([{"word": ""}] * 3, {}),
        ([{**CLOSED, "missing": (5, 6, 7)}] * 3, {"A": ((5, 6, 7), "closed")}),
        ([{**CLOSED, "missing": (4, 5, 6, 7)}] * 3, {}),
    ],
    ids=[
        "three alike", "four alike", "two", "the last otherwise", "one between otherwise", "other days",
        "another unit", "unanswered", "three days", "four days",
    ],
)  # fmt: skip
def test_gaps_of_single_days_make_a_pattern_where_three_deliveries_have_the_same(months, expected):
    assert closings(*(weekends(**said, month=month) for month, said in enumerate(months, start=6))) == expected


def test_a_pattern_that_was_asked_about_counts_by_itself_and_before_what_single_days_say():
    asked = gap(first="2026-09-05", last="2026-09-27", count=8, weekdays=(6, 7))
    one = Delivered(units("A", "B"), (asked,), {asked.key: "closed"}, period="2026-09")
    assert closings(one) == {"A": ((6, 7), "closed")}
    assert closings(one, Delivered(units("A"), (asked,), {}, period="2026-10")) == {"A": ((6, 7), "closed")}
    later = Delivered(units("A"), (asked,), {"*": "not_reported"}, period="2026-10")
    assert closings(one, later) == {"A": ((6, 7), "not_reported")}
    singly = [weekends("closed", unit=B, month=month) for month in (7, 8)]
    both = Delivered(units("A", "B"), (asked, *weekends("closed", unit=B).gaps), {"*": "closed"}, period="2026-09")
    assert closings(*singly, both) == {"A": ((6, 7), "closed"), "B": ((6, 7), "closed")}
    assert usual_of([one]).offered == {}, "what was said of weekdays is offered for those"


def test_longer_gaps_are_no_pattern():
    def long(count, month):
        return Delivered(
            units("A"),
            (gap(first=f"2026-{month:02d}-05", last=f"2026-{month:02d}-{4 + count:02d}", count=count),),
            {"*": "closed"},
            f"2026-{month:02d}",
        )

    assert [len(closings(*(long(count, month) for month in (3, 3, 3)))) for count in (3, 4)] == [1, 0]


def test_what_a_span_is_called_by_is_a_kind_of_period_or_none():
    assert [kind_of_span(name) for name in ("2026-09", "2026", "2026-09-01/2026-09-09", "")] == [
        PeriodKind.MONTH, PeriodKind.YEAR, None, None,
    ]  # fmt: skip


def test_a_model_that_tells_no_units_apart_has_one_unit_of_its_region():
    alone = replace(DAILY, model=replace(DAILY.model, key=("dag",)))
    found = units_of(alone, frame(*days("A", 1, 2), *days("B", 1)))
    assert (found.columns, found.rows()) == (["__region"], [("25",)])
    usual = usual_of([Delivered(found, period="2026-09"), Delivered(found, period="2026-10")])
    assert usual.units.rows() == [("25",)] and usual.known == {()}


@pytest.mark.parametrize(("days_apart", "expected"), [(14_640, 14_641), (14_641, 2)])
def test_periods_are_filled_in_between_within_forty_years(days_apart, expected):
    first = date(1986, 1, 1)
    ends = [Period.parse(day.isoformat()) for day in (first, date.fromordinal(first.toordinal() + days_apart))]
    assert len(gaps._run(ends, None, None)) == expected


def test_a_gap_of_months_that_are_not_evenly_apart_is_told_month_by_month():
    def monthly(hospital, *months):
        return pl.DataFrame(
            {
                "manad": [f"2026-{month:02d}" for month in months],
                "sjukhus": hospital,
                "vardform": "somatisk",
                "__region": "25",
            }
        )

    model = starter_model("manadsuppgifter-per-sjukhus")
    second = pl.concat([monthly("65016", 1, 3, 5, 7), monthly("65014", 1, 7)])
    assert [(one.first, one.last, one.count) for one in find_gaps(model, second)] == [
        ("2026-03", "2026-03", 1), ("2026-05", "2026-05", 1),
    ]  # fmt: skip
    every = pl.concat([monthly("65016", 1, 2, 3, 4), monthly("65014", 1, 4)])
    assert [(one.first, one.last, one.count) for one in find_gaps(model, every)] == [("2026-02", "2026-03", 2)]
