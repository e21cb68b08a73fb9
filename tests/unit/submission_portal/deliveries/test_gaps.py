"""Which rows a file lacks: within a unit's own periods, and beside what is usual."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from information_models.starter.loading import starter_model
from registry.findings import Text
from registry.period import Period, PeriodKind
from submission_portal.deliveries.assessment import gaps
from submission_portal.deliveries.assessment.gaps import Delivered, Gap, find_gaps, usual_of

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
MONTHLY = starter_model("manadsuppgifter-per-sjukhus")
OCTOBER = [f"2026-10-{day:02}" for day in range(1, 32)]


def rows(days, *, ward="Medicin"):
    return pl.DataFrame(
        {
            "dag": days,
            "dag__first": [Period.parse(day).first for day in days],
            "dag__last": [Period.parse(day).last for day in days],
            "sjukhus": "65016",
            "avdelning": ward,
            "__region": "25",
            "disponibla": 20,
            "disponibla__status": "observed",
            "__row": range(2, len(days) + 2),
            "__sheet": pl.Series([None] * len(days), dtype=pl.String),
        }
    )


def usual(*wards, period="2026-09", **settings):
    frame = pl.concat([rows(OCTOBER[:1], ward=ward) for ward in wards])
    return usual_of([Delivered(gaps.units_of(DAILY, frame), period=period, **settings)])


def spans(found):
    return [(gap.unit[-1], gap.first[-2:], gap.last[-2:], gap.count) for gap in found]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], []),
        ([1], []),
        ([1, 2, 3], []),
        ([1, 30], [("02", "29", 28)]),
        ([1, 3, 4, 7], [("02", "02", 1), ("05", "06", 2)]),
        ([7, 14, 21, 28], []),
        ([7, 21, 28], [("08", "20", 13), ("22", "27", 6)]),
        ([1, 8, 15, 29], [("22", "22", 1)]),
        ([1, 3, 6, 10], []),
    ],
    ids=["none", "one", "whole", "two ends", "two gaps", "weekly", "too few for a rhythm", "a week", "no rhythm"],
)
def test_between_its_own_first_and_last_a_unit_is_expected(days, expected):
    found = find_gaps(DAILY, rows([OCTOBER[day - 1] for day in days]))
    assert [(gap.first[-2:], gap.last[-2:], gap.count) for gap in found] == expected
    assert all(gap.is_within and gap.answers == ("closed", "not_reported") for gap in found)


def test_a_unit_is_not_expected_before_its_first_row_unless_it_is_usual():
    frame = pl.concat([rows(OCTOBER[:9]), rows(OCTOBER[3:7], ward="Kirurgi")])
    assert find_gaps(DAILY, frame) == ()
    found = find_gaps(DAILY, frame, usual("Kirurgi", period="2026-10-01/2026-10-09"))
    assert spans(found) == [("Kirurgi", "01", "03", 3), ("Kirurgi", "08", "09", 2)]
    assert [gap.answers[-1] for gap in found] == ["not_reported", "ended"]
    assert not any(gap.is_within for gap in found)


def test_a_usual_unit_that_is_not_there_is_missing_for_the_whole_period():
    found = find_gaps(DAILY, rows(OCTOBER), usual("Medicin", "Kirurgi"))
    assert spans(found) == [("Kirurgi", "01", "31", 31)]
    assert found[0].periods.sv == "oktober 2026"
    assert found[0].place.label.en.endswith("Kirurgi: October 2026")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (None, [("Medicin", "26", "31", 6)]),
        (date(2026, 10, 29), [("Medicin", "26", "28", 3)]),
        (date(2026, 10, 26), []),
    ],
)
def test_where_deliveries_fill_months_the_days_of_this_one_do_too(today, expected):
    assert spans(find_gaps(DAILY, rows(OCTOBER[:25]), usual("Medicin"), today)) == expected
    assert find_gaps(DAILY, rows(OCTOBER[:25]), usual("Medicin", period="2026-09-01/2026-09-25"), today) == ()


def test_months_may_fill_a_year_and_no_more():
    def monthly(months):
        return pl.DataFrame({"manad": months, "sjukhus": "65016", "vardform": "somatisk", "__region": "25"})

    years = usual_of([Delivered(gaps.units_of(MONTHLY, monthly(["2025-01"])), period="2025")])
    assert years.fills is PeriodKind.YEAR
    found = find_gaps(MONTHLY, monthly(["2026-01", "2026-02"]), years)
    assert [(gap.first, gap.last, gap.count) for gap in found] == [("2026-03", "2026-12", 10)]
    assert find_gaps(MONTHLY, monthly(["2026-12", "2027-01"]), years) == ()


def test_a_mistyped_century_is_not_filled_with_gaps():
    assert find_gaps(DAILY, rows(["1926-10-01", "2026-10-01"])) == ()


def test_an_answer_makes_rows_for_the_periods_of_its_gap_and_no_others():
    frame = rows([OCTOBER[0], OCTOBER[7], OCTOBER[14], OCTOBER[28]])
    found = find_gaps(DAILY, frame, usual("Kirurgi", period=""))
    words = {found[0].key: "closed", found[1].key: "not_reported", "*": "ended"}
    assert [gap.unit[1] for gap in found] == ["Kirurgi", "Medicin"]
    added = gaps.filled(DAILY, frame, found, words, usual("Kirurgi")).filter(pl.col("__row") == 0)
    assert added.select("avdelning", "dag", "disponibla__status", "__region").rows() == [
        *(("Kirurgi", OCTOBER[day - 1], "closed", "25") for day in (1, 8, 15, 22, 29)),
        ("Medicin", "2026-10-22", "not_reported", "25"),
    ]
    assert added["disponibla"].null_count() == added.height
    assert gaps.filled(DAILY, frame, found, {"*": "ended"}).equals(frame)


def test_what_has_ended_is_not_expected_until_it_comes_again():
    gap = Gap(("65016", "Kirurgi"), "2026-09-01", "2026-09-30", 30, gaps.Text("", ""), reaches_end=True)
    here = [gaps.units_of(DAILY, rows(OCTOBER[:1], ward=ward)) for ward in ("Medicin", "Kirurgi")]
    ended = Delivered(here[0], (gap,), {"*": "ended"}, "2026-09")
    assert usual_of([Delivered(here[1], period="2026-08"), ended]).known == {("65016", "Medicin")}
    assert usual_of([ended, Delivered(here[1], period="2026-10")]).known == {("65016", "Medicin"), ("65016", "Kirurgi")}
    assert usual_of([]) is None


def test_the_answer_to_a_units_last_gap_is_offered():
    gap = Gap(("65016", "Kirurgi"), "2026-09-01", "2026-09-30", 30, gaps.Text("", ""))
    known = usual("Kirurgi", "Medicin", gaps=(gap,), answers={gap.key: "not_reported"})
    found = find_gaps(DAILY, rows(OCTOBER), known)
    assert [each.offered for each in found] == ["not_reported"]
    assert gaps.said_of_gaps(found, {}, {"*": "as_before"}) == {found[0].key: "not_reported"}


def test_answers_are_taken_back_and_those_about_nothing_are_not_kept():
    [gap] = find_gaps(DAILY, rows([OCTOBER[0], OCTOBER[2]]))
    kept = gaps.said_of_gaps([gap], {}, {gap.key: "closed", "elsewhere": "closed", "*": "nonsense"})
    assert kept == {gap.key: "closed"}
    assert gaps.said_of_gaps([gap], kept, {gap.key: ""}) == {}
    assert gaps.said_of_gaps([gap], kept, {"*": "as_before"}) == kept
    assert gap.answered({"*": "ended"}) == "", "a unit that comes back has not ended"
    assert Gap.from_dict(gap.as_dict()) == gap


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, 60), min_size=1), st.sets(st.integers(0, 60)))
def test_with_every_gap_filled_there_is_none(first, second):
    day = date(2026, 1, 1).toordinal()

    def frame(ward, numbers):
        return rows([date.fromordinal(day + number).isoformat() for number in sorted(numbers)], ward=ward)

    file = pl.concat([frame("Medicin", first), *([frame("Kirurgi", second)] if second else [])])
    expected = usual("Medicin", "Kirurgi", period="")
    whole = gaps.filled(DAILY, file, find_gaps(DAILY, file, expected), {"*": "closed"}, expected)
    assert find_gaps(DAILY, whole, expected) == ()
    assert whole.filter(pl.col("__row") > 0).equals(file)
    assert not whole.select("dag", "avdelning").is_duplicated().any()


@given(st.lists(st.lists(st.text(max_size=4), min_size=2, max_size=2).map(tuple), min_size=2, max_size=2, unique=True))
def test_no_two_units_share_a_key_and_every_key_is_ascii(units):
    first, second = (Gap(unit, "2026-01-01", "2026-01-01", 1, Text("", "")).key for unit in units)
    assert first != second and first.isascii() and second.isascii()


def test_where_gaps_are_more_than_can_be_kept_some_of_each_kind_that_is_asked_are_kept():
    within = [
        Gap(("a",), f"2026-01-{day:02}", f"2026-01-{day:02}", 1, Text("", ""), is_within=True) for day in (1, 3, 5)
    ]
    ended, late = (Gap((name,), "2026-01-01", "2026-01-31", 31, Text("", ""), reaches_end=True) for name in "xy")
    answers = {ended.key: gaps.ENDED, within[0].key: gaps.CLOSED}
    kept = gaps.in_order_of_keeping((*within, ended, late), answers)
    assert kept == (ended, within[1], late, within[2], within[0])


def test_an_answer_in_another_word_is_told():
    assert gaps.unknown_gap_answer({"*": "closed", "within": "", "beside": "as_before"}) is None
    assert gaps.unknown_gap_answer({"*": "close"}).params == {"word": "close"}
