"""The small numbers that a delivery would hand over, by element and place, under the rule of each use."""

import polars as pl
import pytest

from registry.findings import Text
from submission_portal.deliveries.assessment.handed_over import UseRule, handed_over
from tests.factories.assessments import DAILY, assessed, day

FIVE = UseRule(Text("Uppföljning", "Follow-up"), 5)
ZEROS = UseRule(Text("Öppna data", "Open data"), 10, zeros_are_small=True)


def rows(*values: float | None) -> pl.DataFrame:
    wards = ["Medicin", "Medicin", "Kirurgi", "Kirurgi", "Kirurgi"][: len(values)]
    return pl.DataFrame({"sjukhus": ["65010"] * len(values), "avdelning": wards, "utlokaliserade": list(values)})


def test_each_use_counts_by_its_own_rule():
    (element,) = handed_over(DAILY, rows(4, 5, 0, 9, None), [FIVE, ZEROS]).elements
    assert (element.element, element.values, element.found) == ("utlokaliserade", 4, (1, 4))


@pytest.mark.parametrize(("value", "found"), [(0, (0, 1)), (0.1, (1, 1)), (4.9, (1, 1)), (5, (0, 1)), (10, (0, 0))])
def test_the_ends_of_the_rules(value, found):
    (element,) = handed_over(DAILY, rows(value), [FIVE, ZEROS]).elements
    assert element.found == found


def test_places_with_most_come_first_and_those_without_are_left_out():
    found = handed_over(DAILY, rows(9, 9, 1, 2, 3), [FIVE])
    (place,) = found.elements[0].places
    assert (place.codes, place.values, place.found) == (("65010", "Kirurgi"), 3, (3,))
    assert "Kirurgi" in place.place.sv
    assert found.found == (3,)


def test_beds_are_no_persons():
    found = handed_over(DAILY, assessed(day(1, beds=3, occupied=3, outplaced=2)).frame, [FIVE])
    assert "disponibla" not in [one.element for one in found.elements]
    assert {one.element: one.found for one in found.elements}["utlokaliserade"] == (1,)


def test_without_a_rule_nothing_is_small():
    assert UseRule(Text("", ""), 0).words.en == "nothing counts as small"
    assert handed_over(DAILY, rows(1, 2), [UseRule(Text("", ""), 0)]).found == (0,)
