"""The same persons in tables of days and months, wards and hospitals, rates and counts. Every figure is made up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from information_models.same_counts import By, Over, SameCount
from registry.period import Period
from submission_portal.followup.figures import Figure, Status, figure_key
from submission_portal.followup.linked_counts import CountedFigures, Linking, link

FEBRUARY = [(date(2026, 2, 1) + timedelta(days=at)).isoformat() for at in range(28)]
SMALL = FEBRUARY[10]
DIMENSIONS = ("sjukhus", "avdelning")


def figure(period: str, value, *place: str, region: str = "25", status: Status = Status.OBSERVED) -> Figure:
    key = figure_key(region, period, DIMENSIONS, place)
    number = None if value is None else Decimal(str(value))
    return Figure(key, region, place, Period.parse(period), number, status, 1, None, (), ())


def counted(name: str, counts, hidden=(), small=(), kinds=("sjukhus", "avdelning"), **said) -> CountedFigures:
    known = frozenset(one.key for one in counts) - set(hidden) - set(small)
    return CountedFigures(name, f"model-{name}", "patients", kinds, counts, known, frozenset(small), **said)


def days(small: int = 2, other: int = 6, **said) -> CountedFigures:
    figures = [figure(day, small if day == SMALL else other, "a") for day in FEBRUARY]
    return counted("days", figures, small={one.key for one in figures if str(one.period) == SMALL}, **said)


def month(value, *place: str, step: str = "0.01", **said) -> CountedFigures:
    return counted("months", [figure("2026-02", value, *(place or ("a",)))], step=Decimal(step), **said)


TOTAL = 27 * 6 + 2
MEAN = round(Decimal(TOTAL) / 28, 2)
KEY = figure_key("25", "2026-02", DIMENSIONS, ("a",))
SMALL_KEY = figure_key("25", SMALL, DIMENSIONS, ("a",))


def shown(one: CountedFigures) -> frozenset[str]:
    return one.known


@pytest.mark.parametrize("value", [MEAN, TOTAL])
def test_a_month_is_hidden_where_its_sum_or_its_mean_gives_the_day(value):
    of_month = month(value)
    assert link(of_month, [days()], shown(of_month)) == Linking(hidden=(KEY,))


def test_a_mean_that_is_rounded_widely_gives_nothing():
    of_month = month(round(MEAN, 0), step="1")
    assert link(of_month, [days()], shown(of_month)) == Linking()


def test_another_day_is_hidden_where_the_month_was_first():
    of_days = days()
    found = link(of_days, [month(TOTAL)], shown(of_days))
    assert len(found.hidden) == 1 and found.hidden[0] != SMALL_KEY and not found.exposed


def test_what_is_out_already_is_told():
    of_days = days()
    found = link(of_days, [month(TOTAL)], ())
    assert (found.hidden, [one.code for one in found.findings]) == ((), ["FOL-048"])
    assert found.findings[0].places[0].key == (("figure", SMALL_KEY),)


def test_who_runs_out_of_time_is_told_what_is_exposed():
    of_month = month(TOTAL)
    found = link(of_month, [days()], shown(of_month), lambda: False)
    assert [one.code for one in found.findings] == ["FOL-047"]
    of_days = days()
    assert link(of_days, [month(TOTAL)], shown(of_days), lambda: False).exposed == ((SMALL_KEY, 2.0, 2.0),)


def test_a_month_that_is_neither_sum_nor_mean_is_named_as_apart():
    of_month = month(300)
    assert link(of_month, [days()], shown(of_month)) == Linking(apart=("days",))
    whole = days()
    nothing_hidden = CountedFigures(
        "days",
        "m",
        "patients",
        whole.kinds,
        whole.counts,
        frozenset(SMALL_KEY) | whole.known | {SMALL_KEY},
        frozenset(),
    )
    assert link(of_month, [nothing_hidden], shown(of_month)) == Linking()


def test_what_is_declared_is_taken_as_it_is_said():
    as_mean = SameCount("model-days", "patients", Over.PERIOD, By.MEAN, decimals=0)
    of_month = month(MEAN, declared=(as_mean,))
    assert link(of_month, [days()], shown(of_month)) == Linking(), "rounded to whole patients, as it says"
    as_sum = SameCount("model-days", "patients", Over.PERIOD, By.SUM, decimals=2)
    of_month = month(MEAN, declared=(as_sum,))
    assert link(of_month, [days()], shown(of_month)).apart == ("days",)


def test_a_month_with_a_day_that_nobody_has_counted_is_no_sum():
    whole = days()
    some = CountedFigures("days", "m", "patients", whole.kinds, whole.counts[1:], whole.known, whole.small)
    of_month = month(TOTAL)
    assert link(of_month, [some], shown(of_month)) == Linking()


def test_one_table_of_days_and_months_is_held_against_itself():
    both = days()
    whole = figure("2026-02", TOTAL, "a")
    own = CountedFigures(
        "days", "m", "patients", both.kinds, [*both.counts, whole], both.known | {whole.key}, both.small
    )
    assert link(own, [], shown(own)).hidden
    assert link(both, [], shown(both)) == Linking()


def test_wards_of_one_model_are_sums_of_hospitals_in_another():
    wards = counted(
        "wards", [figure(SMALL, 3, "a", "m"), figure(SMALL, 9, "a", "k"), figure(SMALL, 12, "a")],
        small={figure_key("25", SMALL, DIMENSIONS, ("a", "m"))}, hidden={figure_key("25", SMALL, DIMENSIONS, ("a",))},
    )  # fmt: skip
    hospitals = counted("hospitals", [figure(SMALL, 12, "a")], kinds=("sjukhus",))
    assert link(hospitals, [wards], shown(hospitals)).hidden == (figure_key("25", SMALL, DIMENSIONS, ("a",)),)
    otherwise = counted("hospitals", [figure(SMALL, 12, "a")], kinds=("vardenhet",))
    assert link(otherwise, [wards], shown(otherwise)) == Linking(), "codes of another list are other places"


def test_a_closed_ward_is_no_count_and_one_that_has_not_reported_leaves_no_sum():
    for status, hides in ((Status.CLOSED, True), (Status.NOT_REPORTED, False)):
        wards = counted(
            "wards",
            [figure(SMALL, 3, "a", "m"), figure(SMALL, None, "a", "k", status=status), figure(SMALL, 3, "a")],
            small={figure_key("25", SMALL, DIMENSIONS, ("a", "m"))},
            hidden={figure_key("25", SMALL, DIMENSIONS, ("a",))},
        )
        hospitals = counted("hospitals", [figure(SMALL, 3, "a")], kinds=("sjukhus",))
        assert bool(link(hospitals, [wards], shown(hospitals)).hidden) is hides


def test_regions_are_summed_to_the_country_where_a_measure_does_so():
    regions = [figure(SMALL, 3, region="25"), figure(SMALL, 9, region="24"), figure(SMALL, 5, region="99")]
    country = figure(SMALL, 12, region="00")
    key = figure_key("25", SMALL, DIMENSIONS, ())
    other = counted("regions", regions, small={key}, is_summed=False)
    own = counted(
        "country", [*regions, country], hidden={key}, sums_regions=True, is_counted=lambda one: one.region != "99"
    )
    assert set(link(own, [other], shown(own)).hidden) & {country.key, figure_key("24", SMALL, DIMENSIONS, ())}


def test_the_same_figure_that_two_models_count_otherwise_is_named_and_of_one_model_left_to_others():
    of_month = month(MEAN)
    other = counted("others", [figure("2026-02", 99, "a")])
    assert link(of_month, [other], shown(of_month)).apart == ("others",)
    same_model = CountedFigures(
        "others", of_month.model, "patients", other.kinds, other.counts, other.known, frozenset()
    )
    assert link(of_month, [same_model], shown(of_month)) == Linking()


def test_a_published_rate_tells_the_days_it_is_made_of_and_a_count_of_its_own_period():
    of_days = days()
    rate = counted("rates", [figure("2026-02", "48.9", "a")], step=Decimal("0.1"), are_rates=True)
    assert link(of_days, [rate], shown(of_days)).hidden
    rough = counted("rates", [figure("2026-02", "4", "a")], step=Decimal("1"), are_rates=True)
    assert link(of_days, [rough], shown(of_days)) == Linking()
    small = figure("2026-02", 3, "a")
    months = counted(
        "months",
        [small, figure("2026-02", 9, "b"), figure("2026-02", 12)],
        small={small.key},
        hidden={figure_key("25", "2026-02", DIMENSIONS, ("b",))},
    )
    assert [one.code for one in link(months, [rate], shown(months)).findings] == ["FOL-048"]


def test_shifts_are_joined_with_nothing():
    shifts = counted("shifts", [figure(f"{SMALL}/{one}", 2, "a") for one in ("fm", "em", "natt")])
    of_days = days()
    assert link(of_days, [shifts], shown(of_days)) == Linking()
