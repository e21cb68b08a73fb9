"""Which rows a file lacks: within a unit's own periods, and beside what is usual."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.findings import Text
from registry.period import Period, PeriodKind
from submission_portal.deliveries.assessment import filled_rows, gaps, seen_units
from submission_portal.deliveries.assessment import gap as gap_answers
from submission_portal.deliveries.assessment.gap import Gap
from submission_portal.deliveries.assessment.usual import Delivered, units_of, usual_of

pytestmark = pytest.mark.usefixtures("either_way")

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
MONTHLY = starter_model("manadsuppgifter-per-sjukhus")
OCTOBER = [f"2026-10-{day:02}" for day in range(1, 32)]


def find_gaps(loaded, frame, *known):
    return gaps.find_gaps(loaded, TypedRows.of(frame), *known)


def filled(loaded, frame, found, answers, *known):
    return filled_rows.filled(loaded, TypedRows.of(frame), found, answers, *known).frame


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
    return usual_of([Delivered(units_of(DAILY, frame), period=period, **settings)])


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

    years = usual_of([Delivered(units_of(MONTHLY, monthly(["2025-01"])), period="2025")])
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
    added = filled(DAILY, frame, found, words, usual("Kirurgi")).filter(pl.col("__row") == 0)
    assert added.select("avdelning", "dag", "disponibla__status", "__region").rows() == [
        *(("Kirurgi", OCTOBER[day - 1], "closed", "25") for day in (1, 8, 15, 22, 29)),
        ("Medicin", "2026-10-22", "not_reported", "25"),
    ]
    assert added["disponibla"].null_count() == added.height
    assert filled(DAILY, frame, found, {"*": "ended"}).equals(frame)


def test_what_has_ended_is_not_expected_until_it_comes_again():
    gap = Gap(("65016", "Kirurgi"), "2026-09-01", "2026-09-30", 30, Text("", ""), reaches_end=True)
    here = [units_of(DAILY, rows(OCTOBER[:1], ward=ward)) for ward in ("Medicin", "Kirurgi")]
    ended = Delivered(here[0], (gap,), {"*": "ended"}, "2026-09")
    assert usual_of([Delivered(here[1], period="2026-08"), ended]).known == {("65016", "Medicin")}
    assert usual_of([ended, Delivered(here[1], period="2026-10")]).known == {("65016", "Medicin"), ("65016", "Kirurgi")}
    assert usual_of([]) is None


def test_a_model_without_units_lacks_the_first_days_of_its_month_too():
    model = replace(DAILY, model=replace(DAILY.model, key=("dag",)))
    known = usual_of([Delivered(units_of(model, rows(OCTOBER)), period="2026-09")])
    [gap] = find_gaps(model, rows(OCTOBER[4:]), known)
    assert (gap.unit, gap.first, gap.last) == ((), "2026-10-01", "2026-10-04")


def test_a_unit_that_is_new_lacks_nothing_before_its_first_day():
    file = pl.concat([rows(OCTOBER), rows(OCTOBER[4:], ward="Ny")])
    assert not find_gaps(DAILY, file, usual("Medicin"))


def test_the_answer_to_a_units_last_gap_is_offered():
    gap = Gap(("65016", "Kirurgi"), "2026-09-01", "2026-09-30", 30, Text("", ""))
    known = usual("Kirurgi", "Medicin", gaps=(gap,), answers={gap.key: "not_reported"})
    found = find_gaps(DAILY, rows(OCTOBER), known)
    assert [each.offered for each in found] == ["not_reported"]
    assert gap_answers.said_of_gaps(found, {}, {"*": "as_before"}) == {found[0].key: "not_reported"}
    [weekends] = find_gaps(
        DAILY, rows(WEEKDAYS, ward="Kirurgi"), usual("Kirurgi", gaps=(gap,), answers={gap.key: "not_reported"})
    )
    assert (weekends.weekdays, weekends.offered) == ((6, 7), "not_reported")


def test_answers_are_taken_back_and_those_about_nothing_are_not_kept():
    [gap] = find_gaps(DAILY, rows([OCTOBER[0], OCTOBER[2]]))
    kept = gap_answers.said_of_gaps([gap], {}, {gap.key: "closed", "elsewhere": "closed", "*": "nonsense"})
    assert kept == {gap.key: "closed"}
    assert gap_answers.said_of_gaps([gap], kept, {gap.key: ""}) == {}
    assert gap_answers.said_of_gaps([gap], kept, {"*": "as_before"}) == kept
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
    whole = filled(DAILY, file, find_gaps(DAILY, file, expected), {"*": "closed"}, expected)
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
    answers = {ended.key: gap_answers.ENDED, within[0].key: gap_answers.CLOSED}
    kept = gap_answers.in_order_of_keeping((*within, ended, late), answers)
    assert kept == (ended, within[1], late, within[2], within[0])


def test_an_answer_in_another_word_is_told():
    assert gap_answers.unknown_gap_answer({"*": "closed", "within": "", "beside": "as_before"}) is None
    assert gap_answers.unknown_gap_answer({"*": "close"}).params == {"word": "close"}


WEEKDAYS = [day for day in OCTOBER if date.fromisoformat(day).isoweekday() < 6]


def test_the_weekends_of_a_ward_are_one_question_and_other_days_ask_for_themselves():
    file = pl.concat([rows(OCTOBER), rows([day for day in WEEKDAYS if day != "2026-10-13"], ward="Dagvård")])
    weekends, other = find_gaps(DAILY, file)
    assert (weekends.unit[1], weekends.weekdays, weekends.count, weekends.is_within) == ("Dagvård", (6, 7), 8, True)
    assert weekends.periods == Text(
        "lördagar och söndagar 3–25 oktober 2026", "Saturdays and Sundays 3–25 October 2026"
    )
    assert (other.first, other.count, weekends.answers) == ("2026-10-13", 1, ("closed", "not_reported"))
    added = filled(DAILY, file, (other, weekends), {weekends.key: "closed"}).filter(pl.col("__row") == 0)
    assert added["dag"].to_list() == [day for day in OCTOBER if day not in WEEKDAYS][:8]
    assert Gap.from_dict(weekends.as_dict()) == weekends


def test_the_kept_answer_holds_for_later_weekends_and_is_offered_next_time():
    [first] = find_gaps(DAILY, rows(WEEKDAYS[:16], ward="Dagvård"))
    [later] = find_gaps(DAILY, rows(WEEKDAYS, ward="Dagvård"))
    assert first.count < later.count and later.answered({first.key: "closed"}) == "closed"
    known = usual("Dagvård", gaps=(first,), answers={first.key: "closed"})
    [asked] = find_gaps(DAILY, rows(WEEKDAYS, ward="Dagvård"), known)
    assert (asked.offered, asked.count, asked.last) == ("closed", 9, "2026-10-31")
    week = [day.replace("-10-", "-11-") for day in OCTOBER[1:6]]
    [asked] = find_gaps(
        DAILY,
        pl.concat([rows([f"2026-11-{day:02}" for day in range(2, 9)]), rows(week, ward="Dagvård")]),
        usual("Dagvård", "Medicin", period="", gaps=(first,), answers={first.key: "closed"}),
    )
    assert (asked.weekdays, asked.offered, asked.count) == ((6, 7), "closed", 2)


def test_a_ward_that_has_a_saturday_again_is_asked_about_day_by_day():
    [first] = find_gaps(DAILY, rows(WEEKDAYS, ward="Dagvård"))
    known = usual("Dagvård", period="", gaps=(first,), answers={first.key: "closed"})
    found = find_gaps(DAILY, rows([*OCTOBER[:3], *OCTOBER[4:9]], ward="Dagvård"), known)
    assert [(gap.weekdays, gap.first) for gap in found] == [((), "2026-10-04")]


@pytest.mark.parametrize(
    ("times", "odd", "is_pattern"), [(3, None, True), (2, None, False), (3, 2, False), (3, 0, False)]
)
def test_three_deliveries_of_a_week_that_are_alike_make_a_pattern(times, odd, is_pattern):
    def week(number):
        return [date.fromordinal(date(2026, 9, 28).toordinal() + 7 * number + day).isoformat() for day in range(7)]

    delivered = []
    for number in range(times):
        saturday, sunday = week(number)[5:]
        first, count = (sunday, 1) if number == odd else (saturday, 2)
        gap = Gap(("65016", "Dagvård"), first, sunday, count, Text("", ""), reaches_end=True)
        units = units_of(DAILY, pl.concat([rows(week(number)), rows(week(number)[:5], ward="Dagvård")]))
        delivered.append(Delivered(units, (gap,), {gap.key: "closed"}, ""))
    [gap] = find_gaps(DAILY, pl.concat([rows(week(4)), rows(week(4)[:5], ward="Dagvård")]), usual_of(delivered))
    assert (gap.weekdays, gap.offered, gap.count) == ((6, 7) if is_pattern else (), "closed", 2)


def test_answers_given_weekend_by_weekend_hold_where_they_are_alike():
    [gap] = find_gaps(DAILY, rows(WEEKDAYS, ward="Dagvård"))
    ends = [("03", "04"), ("10", "11"), ("17", "18"), ("24", "25")]
    answers = {f"65016/Dagv%C3%A5rd 2026-10-{first}--2026-10-{last}": "closed" for first, last in ends}
    assert gap.answered(answers) == "closed"
    assert gap.answered({**answers, "65016/Dagv%C3%A5rd 2026-10-10--2026-10-11": "not_reported"}) == ""


@pytest.mark.parametrize("days", [[1, 30], [1, 8, 15, 22, 29, 30], [*range(1, 8), 31]])
def test_days_that_are_missing_without_a_pattern_are_asked_about_as_they_are(days):
    assert not any(gap.weekdays for gap in find_gaps(DAILY, rows([OCTOBER[day - 1] for day in days])))


def test_shifts_have_weekdays_too():
    shifts = [f"{day}/{shift}" for day in WEEKDAYS for shift in ("fm", "em", "natt")]
    [gap] = find_gaps(DAILY, rows(shifts, ward="Dagvård"))
    assert (gap.weekdays, gap.count, gap.first) == ((6, 7), 24, "2026-10-03/fm")


@pytest.mark.parametrize("bits", [0, 1, 40])
def test_units_are_told_apart_alike_however_many_values_their_elements_have(monkeypatch, bits):
    monkeypatch.setattr(seen_units, "MOST_BITS", bits)
    wards = {"A": [1, 2, 5], "B": [1, 5], "": [2, 3], "C": [1, 2, 3, 4, 5]}
    frame = pl.concat([rows([OCTOBER[day - 1] for day in days], ward=ward or None) for ward, days in wards.items()])
    other = frame.filter(pl.col("avdelning") == "A").with_columns(sjukhus=pl.lit("65014")).head(2)
    found = find_gaps(DAILY, pl.concat([frame, other.with_columns(dag=pl.Series(["2026-10-01", "2026-10-03"]))]))
    assert [(gap.unit, gap.first[-2:], gap.last[-2:]) for gap in found] == [
        (("65014", "A"), "02", "02"), (("65016", "A"), "03", "04"), (("65016", "B"), "02", "04"),
    ]  # fmt: skip
