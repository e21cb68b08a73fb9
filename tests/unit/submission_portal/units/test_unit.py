"""What a unit is called, and from when to when it exists."""

from datetime import date

import pytest

from information_models.starter.loading import starter_model
from submission_portal.units.unit import RegisteredUnit, doubled_names, exists_between, names_of, naming_element

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
MONTHLY = starter_model("manadsuppgifter-per-sjukhus")


def ward(value, hospital="65016", **settings):
    return RegisteredUnit({"sjukhus": hospital, "avdelning": value}, **settings)


def test_a_name_is_about_the_ward_or_where_there_is_none_about_the_hospital():
    assert [naming_element(one).name for one in (DAILY, MONTHLY)] == ["avdelning", "sjukhus"]


def test_a_unit_has_no_key_in_a_model_that_tells_units_apart_otherwise():
    assert ward("K1").key(["sjukhus", "avdelning"]) == ("65016", "K1")
    assert ward("K1").key(["sjukhus"]) is None
    assert ward("K1").key(["sjukhus", "avdelning", "vardform"]) is None


@pytest.mark.parametrize(
    ("life", "is_there"),
    [
        ((None, None), True),
        ((date(2026, 3, 31), None), True),
        ((date(2026, 4, 1), None), False),
        ((None, date(2026, 3, 1)), True),
        ((None, date(2026, 2, 28)), False),
    ],
)
def test_a_unit_exists_in_a_month_that_its_life_touches(life, is_there):
    assert exists_between(life, date(2026, 3, 1), date(2026, 3, 31)) is is_there


def test_names_mean_the_ward_whatever_their_case_and_spaces():
    found = names_of(DAILY, [ward("K1", name="Kirurgi 1", aliases=("Kir  1", "avd. 1"))])
    assert found == {"k1": "K1", "kirurgi 1": "K1", "kir 1": "K1", "avd. 1": "K1"}


def test_a_name_of_wards_with_different_values_means_none_of_them():
    units = [ward("K1", aliases=("Avd 1",)), ward("M1", hospital="65013", aliases=("avd 1", "Med"))]
    assert names_of(DAILY, units) == {"k1": "K1", "m1": "M1", "med": "M1"}


def test_two_wards_of_a_hospital_cannot_share_a_name_and_wards_of_two_hospitals_can():
    first = ward("K1", aliases=("Avd 1",))
    assert doubled_names(DAILY, [first, ward("M1", name="avd 1")]) == ["Avd 1"]
    assert doubled_names(DAILY, [first, ward("K2", aliases=("k1",))]) == ["K1"]
    assert doubled_names(DAILY, [first, ward("M1", hospital="65013", name="avd 1")]) == []
    assert doubled_names(DAILY, [first]) == []


def test_forms_of_care_of_one_hospital_share_its_name():
    units = [
        RegisteredUnit({"sjukhus": "65016", "vardform": form}, name="Länssjukhuset")
        for form in ("somatisk", "psykiatrisk")
    ]
    assert doubled_names(MONTHLY, units) == []
    assert names_of(MONTHLY, units) == {"65016": "65016", "länssjukhuset": "65016"}
