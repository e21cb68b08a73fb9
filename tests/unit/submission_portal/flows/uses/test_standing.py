"""Where a use stands on a day, carried over or approved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.findings import Text
from registry.items.lifecycle import State
from submission_portal.flows import carried
from submission_portal.flows.audiences import Audience
from submission_portal.flows.standing import Validity
from submission_portal.flows.uses.content import read
from submission_portal.flows.uses.standing import (
    StandingUse,
    grounds,
    highest_threshold,
    purposes,
    refusal,
    stands_in_figures,
)
from tests.unit.submission_portal.flows.test_content import COMPLETE as FLOW
from tests.unit.submission_portal.flows.uses.test_content import COMPLETE, changed

LINE, DAY = "1" * 32, timedelta(days=1)
LAST = date(2026, 12, 31)


def standing(content=COMPLETE, *, state=State.PUBLISHED, first=date(2026, 1, 1), last=None, is_carried=False):
    return StandingUse("use:1", LINE, read(content), "c" * 64, Validity(state, first, last), is_carried)


@pytest.mark.parametrize(
    ("use", "day", "code"),
    [
        (standing(), date(2026, 1, 1), None),
        (standing(), date(2025, 12, 31), "USE-104"),
        (standing(first=date(2026, 3, 1)), date(2026, 2, 28), "USE-104"),
        (standing(first=None), date(2026, 1, 1), None),
        (standing(), LAST, None),
        (standing(), LAST + DAY, "DAT-001"),
        (standing(changed(legal_ground={"valid_to": "2027-01-01"})), LAST + DAY, "USE-105"),
        (standing(changed(legal_ground={"valid_to": "2026-06-30"})), date(2026, 6, 30), None),
        (standing(changed(legal_ground={"valid_to": "2026-06-30"})), date(2026, 7, 1), "DAT-001"),
        (standing(state=State.SUPERSEDED, last=date(2026, 5, 1)), date(2026, 5, 1), None),
        (standing(state=State.SUPERSEDED, last=date(2026, 5, 1)), date(2026, 5, 2), "USE-103"),
        (standing(state=State.WITHDRAWN), date(2026, 5, 1), "USE-102"),
        (standing(state=State.IN_REVIEW), date(2026, 5, 1), "USE-101"),
    ],
)
def test_a_delivery_is_disclosed_for_a_use_on_exactly_these_days(use, day, code):
    found = refusal(use, day)
    assert (found and found.code) == code


def test_what_was_delivered_stays_in_figures_until_its_retention_ends():
    use = standing()
    assert use.kept_until == date(2028, 12, 31)
    assert stands_in_figures(use, date(2028, 12, 31)) and not stands_in_figures(use, date(2029, 1, 1))
    at_once = standing(changed(retention={"months": 0}))
    assert stands_in_figures(at_once, LAST) and not stands_in_figures(at_once, LAST + DAY)


def test_withdrawing_takes_back_what_ending_leaves():
    assert not stands_in_figures(standing(state=State.WITHDRAWN), date(2026, 5, 1))
    lapsed_line = standing(carried.first_use(FLOW, LINE, "a" * 64), state=State.WITHDRAWN, is_carried=True)
    assert stands_in_figures(lapsed_line, date(2040, 1, 1)), "nobody took back what was carried over"
    assert refusal(lapsed_line, date(2026, 5, 1)).code == "USE-102"


def test_a_successor_that_begins_earlier_ends_a_use():
    assert standing(last=date(2026, 5, 1)).sunset == date(2026, 5, 1)
    assert standing(last=date(2027, 5, 1)).sunset == LAST


def test_one_document_from_before_is_read_as_a_line_and_two_uses():
    first, everybodys = carried.first_use(FLOW, LINE, "a" * 64), carried.public_use(FLOW, LINE, "a" * 64)
    assert read(first).audience is Audience.RECIPIENT and read(everybodys).audience is Audience.PUBLIC
    assert read(first).line_version == "a" * 64 and read(first).retention_months is None and read(first).needs == ()
    assert {**everybodys, "audience": "recipient"} == first
    assert standing(everybodys, is_carried=True).is_to_be_decided
    assert not standing(first, is_carried=True).is_to_be_decided
    assert not standing(changed(audience="public")).is_to_be_decided


def test_several_uses_are_told_together_and_the_strictest_counts():
    one = standing()
    other = standing(
        changed(
            policy={"threshold": 10},
            purpose={"sv": "Forskning", "en": "Research"},
            legal_ground={"title": {"sv": "Uppdrag", "en": "Assignment"}},
        )
    )
    assert highest_threshold([one, other]) == 10
    assert purposes([one, other, replace(one, ref="use:2")]) == Text("Uppföljning Forskning", "Follow-up Research")
    assert grounds([one, other]) == Text("Uppdrag", "Assignment")
