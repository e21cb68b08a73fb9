"""What the reading is told of an element: everything that decides how its column is found and its cells are read."""

from dataclasses import replace
from decimal import Decimal

import pytest

from information_models.definitions import ElementType, Role
from information_models.starter.loading import starter_model
from registry.findings import Text
from registry.period import PeriodKind
from submission_portal.deliveries.reading.expected import Written
from submission_portal.deliveries.reading.expected_columns import expected_column

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
WARD = DAILY.model.element("avdelning")
BEDS = DAILY.model.element("disponibla")


def column(element, language="sv", **changes):
    return expected_column(DAILY, replace(element, **changes), language)


@pytest.mark.parametrize(
    ("element_type", "kinds", "written", "kind"),
    [
        (ElementType.INTEGER, (), Written.INTEGER, None),
        (ElementType.DECIMAL, (), Written.DECIMAL, None),
        (ElementType.DATE, (), Written.DAY, None),
        (ElementType.TEXT, (), Written.AS_IS, None),
        (ElementType.PERIOD, (PeriodKind.DAY,), Written.DAY, "day"),
        (ElementType.PERIOD, (PeriodKind.MONTH,), Written.PERIOD, "month"),
        (ElementType.PERIOD, (PeriodKind.DAY, PeriodKind.MONTH), Written.PERIOD, None),
    ],
)
def test_cells_are_written_as_the_type_says(element_type, kinds, written, kind):
    made = column(WARD, type=element_type, period_kinds=kinds)
    assert (made.written, made.period_kind) == (written, kind)


def test_a_column_of_codes_knows_them_by_name():
    made = expected_column(DAILY, DAILY.model.element("sjukhus"))
    assert (made.written, made.code_of("Sunderby sjukhus"), made.code_of("Nowhere")) == (Written.AS_IS, "65016", None)
    assert column(WARD).codes == {}


@pytest.mark.parametrize(
    ("changes", "is_value", "is_additive"),
    [
        ({"role": Role.VALUE, "additive": True}, True, True),
        ({"role": Role.VALUE, "additive": False}, True, False),
        ({"role": Role.ATTRIBUTE, "additive": True}, False, False),
        ({"role": Role.DIMENSION, "additive": True}, False, False),
    ],
)
def test_only_values_are_summed(changes, is_value, is_additive):
    made = column(BEDS, **changes)
    assert (made.is_value, made.is_additive) == (is_value, is_additive)


@pytest.mark.parametrize(
    ("maximum", "largest"), [(None, None), (Decimal(0), 0), (Decimal(500), 500), (Decimal("99.9"), 99)]
)
def test_the_largest_number_is_whole(maximum, largest):
    assert column(BEDS, maximum=maximum, decimals=1).largest == largest


def test_a_column_has_its_names_and_place():
    made = column(BEDS, label=Text("Platser", "Beds"), decimals=2)
    assert (made.name, made.label, made.decimals, made.is_key) == ("disponibla", "Platser", 2, False)
    assert len(set(made.headings)) == len(made.headings) > 1 and {"Platser", "Beds", "disponibla"} <= set(made.headings)
    assert column(BEDS, "en", label=Text("Platser", "Beds")).label == "Beds"
    assert expected_column(DAILY, WARD).is_key
    assert [column(WARD, required=required).is_required for required in (True, False)] == [True, False]
