"""The conditions of a standing disclosure decision: what is counted, and what is no set of conditions."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from registry.findings import Text
from submission_portal.deliveries.assessment.conditions import (
    Condition,
    Conditions,
    Facts,
    Judged,
    Judgement,
    Small,
    SmallNumbers,
    judge,
    new_units,
    persons,
    problems,
    small_numbers,
    unmet,
)

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
LEVEL = ("dag", "sjukhus", "avdelning")
TODAY = date(2026, 11, 2)


def rows(*crowded, day=date(2026, 10, 30), hospital="25001"):
    return pl.DataFrame(
        {
            "dag": [day.isoformat()] * len(crowded),
            "dag__last": [day] * len(crowded),
            "sjukhus": [hospital] * len(crowded),
            "avdelning": [chr(65 + at) for at in range(len(crowded))],
            "overbelaggningar": crowded,
        },
        schema_overrides={"overbelaggningar": pl.Float64},
    )


def crowding(rule=Small.AT_MOST, most=3, *, below=5, level=LEVEL):
    return SmallNumbers("overbelaggningar", level, below, rule, most, "Skyddas." if rule is Small.AS_PROTECTED else "")


def judged(own, *, known=None, small=(), latest_days=45, **facts):
    given = Facts(own, own, own if known is None else known, TODAY, **facts)
    return {one.condition: one for one in judge(Conditions(latest_days, tuple(small)), given, DAILY)}


@pytest.mark.parametrize(
    ("values", "found"),
    [((0, 2), 1), ((1, 2, 3, 4), 4), ((0, 5, 6), 0), ((4, 4.9, 5), 2), ((None, 1), 1), ((0.5,), 1), ((), 0)],
)
def test_small_is_above_zero_and_below_the_limit(values, found):
    assert small_numbers(crowding(), rows(*values), DAILY.model) == found


@pytest.mark.parametrize(
    ("rule", "most", "values", "limit", "is_met"),
    [
        (Small.NONE, 0, (0, 5), 0, True),
        (Small.NONE, 0, (1,), 0, False),
        (Small.NONE, 7, (1,), 0, False),
        (Small.AT_MOST, 3, (1, 2, 3), 3, True),
        (Small.AT_MOST, 3, (1, 2, 3, 4), 3, False),
        (Small.AS_PROTECTED, 0, (1, 2, 3, 4), None, True),
    ],
)
def test_so_many_small_numbers_as_the_rule_says(rule, most, values, limit, is_met):
    one = judged(rows(*values), small=[crowding(rule, most)])[Condition.SMALL_NUMBERS]
    assert (one.limit, one.found, one.is_met) == (limit, sum(0 < value < 5 for value in values), is_met)
    told = {name: value for name, value in one.as_dict().items() if name in ("condition", "limit", "found")}
    assert told == {"condition": "small_numbers", "limit": limit, "found": one.found}


def test_above_the_level_of_the_rows_values_are_added_up_and_empty_cells_are_none():
    hospitals = crowding(level=("dag", "sjukhus"))
    assert small_numbers(hospitals, rows(1, 2, None), DAILY.model) == 1
    assert small_numbers(hospitals, rows(2, 3), DAILY.model) == 0
    assert small_numbers(hospitals, rows(None, None), DAILY.model) == 0


def test_an_element_that_was_not_read_has_no_small_numbers():
    assert small_numbers(crowding(), rows(1).drop("overbelaggningar"), DAILY.model) == 0


@pytest.mark.parametrize(
    ("days", "latest", "found", "is_met"),
    [
        ((date(2026, 10, 30),), 3, 3, True),
        ((date(2026, 10, 30),), 2, 3, False),
        ((date(2026, 10, 30), date(2026, 1, 1)), 45, 305, False),
        ((TODAY,), 0, 0, True),
        ((date(2026, 10, 30), date(2026, 11, 3)), 45, -1, False),
    ],
)
def test_the_oldest_period_counts_and_one_that_has_not_ended_is_not_met(days, latest, found, is_met):
    own = pl.concat([rows(0, day=day) for day in days])
    one = judged(own, latest_days=latest)[Condition.NOT_LATER_THAN]
    assert (one.found, one.is_met) == (found, is_met)


def test_rows_without_a_period_are_not_in_time():
    assert not judged(rows())[Condition.NOT_LATER_THAN].is_met
    assert not judged(rows(1).drop("dag__last"), known=rows(1))[Condition.NOT_LATER_THAN].is_met


def test_units_are_new_where_no_earlier_delivery_has_them():
    own = rows(0, 0)
    assert new_units(DAILY, own, own) == []
    assert [one.sv for one in new_units(DAILY, own, rows(0))] == ["25001, B"]
    assert len(new_units(DAILY, own, None)) == 2
    one = judged(own, known=rows(0))[Condition.NEW_UNITS]
    assert (one.limit, one.found, one.is_met, one.names) == (0, 1, False, (Text("25001, B", "25001, B"),))


def test_a_code_that_says_no_unit_is_new_too():
    forms = starter_model("publicerade-kvoter")
    key = {"period": "2017-H1", "region": "25", "sjukhus": None, "vardform": "somatisk", "matt": "m", "varde": 1}
    known = pl.DataFrame([key])
    assert new_units(forms, known, known) == []
    assert len(new_units(forms, pl.DataFrame([key | {"vardform": "psykiatrisk"}]), known)) == 1


def test_a_warning_needs_an_explanation_that_somebody_has_stored():
    one = judged(rows(0), uncited=["HIS-004"])[Condition.WARNINGS]
    assert (one.found, one.is_met, one.names) == (1, False, (Text("HIS-004", "HIS-004"),))
    assert judged(rows(0))[Condition.WARNINGS].is_met


def content(**changes):
    small = [{"element": name, "level": list(LEVEL), "below": 5, "rule": "none"} for name in persons(DAILY.model)]
    return {"latest_days": 45, "small_numbers": small} | changes


def codes(given, model=DAILY.model):
    return [one.code for one in problems(given, model)]


def test_conditions_name_each_element_that_counts_persons_once():
    assert persons(DAILY.model) == ["belagda", "overbelaggningar", "utlokaliserade"]
    good = content()
    assert codes(good) == []
    assert codes(content(small_numbers=good["small_numbers"][1:])) == ["DIS-002"]
    assert codes(content(small_numbers=[*good["small_numbers"], good["small_numbers"][0]])) == ["DIS-002"]
    other = {**good["small_numbers"][0], "element": "disponibla"}
    assert codes(content(small_numbers=[*good["small_numbers"], other])) == ["DIS-003"]


def one_changed(**changes):
    first, *others = content()["small_numbers"]
    return content(small_numbers=[{**first, **changes}, *others])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (one_changed(level=["sjukhus"]), "DIS-004"),
        (one_changed(level=["dag", "disponibla"]), "DIS-004"),
        (one_changed(rule="as_protected"), "DIS-005"),
        (one_changed(rule="as_protected", ground="  "), "DIS-005"),
        (one_changed(rule="sometimes"), "DIS-001"),
        (one_changed(below=1), "DIS-001"),
        (one_changed(most=-1), "DIS-001"),
        (content(latest_days=-1), "DIS-001"),
        (content(latest_days="45"), "DIS-001"),
        (content(more=1), "DIS-001"),
        ([], "DIS-001"),
        (None, "DIS-001"),
    ],
)
def test_what_is_no_set_of_conditions_says_why(given, code):
    assert codes(given) == [code]


def test_what_cannot_be_added_up_is_counted_only_at_the_level_of_the_rows():
    rate = replace(DAILY.model.element("overbelaggningar"), additive=False)
    elements = tuple(rate if one.name == rate.name else one for one in DAILY.model.elements)
    model = replace(DAILY.model, elements=elements)
    first, crowded, last = content()["small_numbers"]
    coarser = {**crowded, "level": ["dag", "sjukhus"]}
    assert codes(content(), model) == codes(content(small_numbers=[first, coarser, last])) == []
    assert codes(content(small_numbers=[first, coarser, last]), model) == ["DIS-004"]


def test_what_is_kept_is_read_again_as_it_was():
    stated = Conditions.from_dict(one_changed(rule="as_protected", ground=" Skyddas. "))
    assert stated.small_numbers[0].ground == "Skyddas."
    assert Conditions.from_dict(stated.as_dict()) == stated
    values = judge(stated, Facts(rows(0), rows(0), None, TODAY, ["HIS-002"]), DAILY)
    judgement = Judgement("d" * 32, None, values)
    assert Judgement.from_dict(judgement.as_dict()) == judgement
    assert not judgement.covers
    assert [one.condition for one in unmet(values)] == [Condition.WARNINGS, Condition.NEW_UNITS]


def test_a_judgement_covers_where_nothing_objects_and_each_condition_is_met():
    met, missed = Judged(Condition.WARNINGS, 0, 0, True), Judged(Condition.WARNINGS, 0, 1, False)
    assert Judgement("d", None, (met,)).covers
    assert not Judgement("d", None, (met, missed)).covers
    assert not Judgement("d", None, ()).covers
