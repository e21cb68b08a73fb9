"""Columns are judged as a whole: identity numbers are found however they hide, and what is something else is let through.

The corpus is in `tests.factories.identity_numbers` and `innocent_columns`; nobody has any of its numbers.
"""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_checks.check_digits import has_right_check_digit
from legal_checks.number_columns import Certainty, judge_column, judge_name
from legal_checks.number_forms import NumberKind
from tests.factories.identity_numbers import BORN, check_digit, columns_of_persons, persons, ten_digits, twelve_digits
from tests.factories.innocent_columns import innocent_columns

PERSONS, INNOCENTS = columns_of_persons(), innocent_columns()
MOST_FALSE_ALARMS = 0.01


def certainty(heading, *cells):
    return judge_column(heading, cells).certainty


def test_the_corpus_misses_nobody_and_alarms_at_one_column_of_a_hundred_at_most(record_property):
    missed = [each.name for each in PERSONS if certainty(each.heading, *each.cells) is Certainty.INNOCENT]
    alarms = {
        each.name: verdict.value
        for each in INNOCENTS
        if (verdict := certainty(each.heading, *each.cells)) is not Certainty.INNOCENT
    }
    rates = f"missed {len(missed)} of {len(PERSONS)}; false alarms {len(alarms)} of {len(INNOCENTS)}: {alarms}"
    record_property("rates", rates)
    print(rates)
    assert len(PERSONS) >= 100 and len(INNOCENTS) >= 150
    assert not missed, rates
    assert len(alarms) <= MOST_FALSE_ALARMS * len(INNOCENTS), rates


@pytest.mark.parametrize("heading", ["Dag", "", "Kolumn"])
def test_measuring_times_are_no_persons_and_hide_none(heading):
    times = [f"202610{day:02d}0600" for day in range(1, 32)]
    assert certainty(heading, *times) is Certainty.INNOCENT
    verdict = judge_column(heading, [*times, twelve_digits(BORN)])
    assert verdict.certainty is Certainty.CERTAIN and list(verdict.certain) == [twelve_digits(BORN)]


def test_one_time_of_day_without_a_heading_is_asked_about_and_with_one_is_not():
    (right,) = (time for time in (f"202610{day:02d}0600" for day in range(1, 10)) if certainty("", time) != "innocent")
    assert certainty("", right) is Certainty.DOUBTFUL
    assert certainty("Mättidpunkt", right) is Certainty.INNOCENT


@pytest.mark.parametrize(
    "form", ["%Y%m%d-%H%M", "%Y%m%d%H%M", "%Y-%m-%d-%H%M", "%y%m%d-%H%M", "%y%m%d %H%M", "%y%m%d%H%M"]
)
def test_the_moment_of_an_export_in_its_name_is_never_refused(form):
    moments = [datetime(2026, 10, day, hour, 7) for day in range(1, 32) for hour in range(24)]  # noqa: DTZ001 (as written)
    found = [certainty("", f"vardplatser_{moment:{form}}.csv") for moment in moments]
    assert Certainty.CERTAIN not in found and Certainty.DOUBTFUL in found
    assert certainty("", *(f"{moment:{form}}" for moment in moments[:3])) is not Certainty.CERTAIN
    assert certainty("", f"{ten_digits(BORN)[:6]}-{ten_digits(BORN)[6:]}.csv") is Certainty.CERTAIN


def test_a_wrong_check_digit_counts_where_the_heading_says_identity():
    wrong = "370314-9871"
    assert certainty("", wrong) is Certainty.INNOCENT
    assert certainty("Personnummer", wrong) is Certainty.CERTAIN
    assert certainty("Pnr", wrong) is Certainty.DOUBTFUL, "a product has a number as well"
    assert certainty("", f"pnr: {wrong}") is Certainty.DOUBTFUL


def test_numbers_that_lost_zeros_are_found_by_their_heading_or_by_their_number():
    lost = [ten_digits(*each).lstrip("0") for each in persons(20, first=2000, last=2009)]
    assert certainty("Personnummer", lost[0]) is Certainty.CERTAIN
    assert certainty("", *lost) is not Certainty.INNOCENT
    assert certainty("", lost[0]) is Certainty.INNOCENT, "one number of nine digits says nothing"


def test_a_column_of_persons_of_whom_some_are_miswritten_is_certain():
    numbers = [ten_digits(*each) for each in persons(20)]
    wrong = [number[:9] + str((int(number[9]) + 1) % 10) for number in numbers[:6]]
    verdict = judge_column("", [*wrong, *numbers[6:]])
    assert set(verdict.certain) == set(numbers[6:]) and not verdict.doubtful


@pytest.mark.parametrize("written", [ten_digits, twelve_digits])
@pytest.mark.parametrize("dash", ["", "-"])
def test_birth_dates_of_a_generation_are_asked_about_though_every_check_digit_is_wrong(written, dash):
    def changed(first, last=2024):
        numbers = [written(born, number) for born, number in persons(30, first=first, last=last)]
        return [f"{each[:-4]}{dash}{each[-4:-1]}{(int(each[-1]) + 1) % 10}" for each in numbers]

    people, orders = changed(1925), changed(2010)
    verdict = judge_column("", people)
    assert verdict.certainty is Certainty.DOUBTFUL and set(verdict.doubtful) == set(people)
    assert certainty("", *orders) is Certainty.INNOCENT
    assert certainty("", *people, *(each.replace("1", "9") for each in people)) is Certainty.INNOCENT
    assert certainty("", *people[:4]) is Certainty.INNOCENT


def test_what_is_right_by_chance_is_left_alone():
    serials = [f"8112180{number:03d}" for number in range(300)]
    assert certainty("", *serials) is Certainty.INNOCENT
    assert sum(number == number[:9] + check_digit(number[:9]) for number in serials) == 30


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (twelve_digits(BORN), NumberKind.PERSONAL_IDENTITY),
        (twelve_digits(BORN, coordination=True), NumberKind.COORDINATION),
        ("991981000010", NumberKind.RESERVE),
        ("19810829M071", NumberKind.RESERVE),
        ("198108320014", NumberKind.RESERVE),
    ],
)
def test_the_verdict_says_which_number_it_looks_like(cell, kind):
    assert judge_column("", [cell]).certain == {cell: kind}


@given(st.lists(st.dates(date(1900, 1, 1), date(2024, 1, 1)), min_size=1, max_size=40, unique=True), st.randoms())
def test_whole_columns_of_persons_are_always_certain_in_whatever_order(days, draw):
    numbers = [ten_digits(day, 980 + day.day % 10) for day in days]
    draw.shuffle(numbers)
    if len(numbers) > 1 or not numbers[0].startswith("07"):
        assert set(judge_column("", numbers).certain) == set(numbers)


@pytest.mark.parametrize("name", ["uttag_20261102-0815.csv", "uttag 202611020815.csv"])
def test_the_moment_when_a_file_was_made_is_a_question_in_its_name(name):
    assert judge_name(name).certainty is Certainty.DOUBTFUL


@pytest.mark.parametrize(
    "name", ["19121212-1212.csv", "121212-1212.csv", "20261102-0815 811218-9876.csv", "20121212-2392.csv"]
)
def test_a_number_in_a_files_name_that_is_no_moment_is_certain(name):
    assert judge_name(name).certainty is Certainty.CERTAIN


@pytest.mark.parametrize("heading", ["Skapad", "Uttag", "Senast ändrad", "Körning", "Exporterad", "Updated"])
def test_one_moment_under_a_heading_that_says_when_something_was_done_is_innocent(heading):
    moment = next(f"20261102{clock:04}" for clock in range(800, 860) if has_right_check_digit(f"261102{clock:04}"))
    assert certainty(heading, moment) is Certainty.INNOCENT
    assert certainty("Kolumn", moment) is Certainty.DOUBTFUL
    assert certainty(heading, moment, twelve_digits(BORN)) is Certainty.CERTAIN
