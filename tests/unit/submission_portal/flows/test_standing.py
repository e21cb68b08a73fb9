"""Whether a flow takes deliveries on a day, and what its people should see coming."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.items.lifecycle import State
from submission_portal.flows.content import parse, read
from submission_portal.flows.standing import Validity, notices, refusal
from tests.unit.submission_portal.flows.test_content import COMPLETE, use_of

FLOW = read(parse(COMPLETE)[0])
PUBLISHED = Validity(State.PUBLISHED, date(2026, 1, 1))
DAY = date(2026, 6, 1)


def test_an_approved_flow_takes_deliveries_from_its_first_day_through_its_last():
    for day in (FLOW.valid_from, DAY, FLOW.valid_to):
        assert refusal(FLOW, PUBLISHED, day) is None


@pytest.mark.parametrize(
    ("validity", "day", "code"),
    [
        (Validity(State.DRAFT, None), DAY, "FLOW-101"),
        (Validity(State.IN_REVIEW, None), DAY, "FLOW-101"),
        (Validity(State.WITHDRAWN, None), DAY, "FLOW-102"),
        (Validity(State.REJECTED, None), DAY, "FLOW-110"),
        (Validity(State.SUPERSEDED, date(2026, 1, 1), date(2026, 5, 31)), DAY, "FLOW-103"),
        (PUBLISHED, date(2025, 12, 31), "FLOW-104"),
        (Validity(State.PUBLISHED, date(2026, 7, 1)), DAY, "FLOW-104"),
        (PUBLISHED, date(2027, 1, 1), "FLOW-105"),
    ],
)
def test_a_flow_says_why_it_takes_none(validity, day, code):
    assert refusal(FLOW, validity, day).code == code


def test_a_superseded_version_takes_deliveries_until_the_day_before_its_successor():
    assert refusal(FLOW, Validity(State.SUPERSEDED, date(2026, 1, 1), date(2026, 6, 1)), DAY) is None


def told(changes, on, withdrawn=(), grounds=()):
    return notices(FLOW, grounds, FLOW.valid_to, changes, on, withdrawn)


def test_a_line_that_ends_soon_says_so_where_no_ground_of_its_uses_does():
    ground = use_of(parse(COMPLETE)[0]).ground
    longer = replace(ground, valid_to=date(2030, 1, 1))
    assert [one.code for one in told([], date(2026, 12, 1), grounds=[longer])] == ["FLOW-106"]
    assert [one.code for one in told([], date(2026, 12, 1), grounds=[longer, ground])] == ["DAT-002"]


def test_the_grounds_end_is_warned_about_ninety_days_ahead():
    ground = use_of(parse(COMPLETE)[0]).ground
    assert told([], ground.valid_to - timedelta(days=91), grounds=[ground]) == ()
    (notice,) = told([], ground.valid_to - timedelta(days=90), grounds=[ground])
    assert (notice.code, notice.params["days"]) == ("DAT-002", 90)


def test_a_change_of_meaning_is_told_and_stops_nothing():
    for first in (None, DAY, date(2026, 1, 1)):
        (notice,) = told([first, date(2026, 9, 1)], DAY)
        assert (notice.code, notice.params["sunset"]) == ("FLOW-107", "2026-12-31")


def test_a_change_of_meaning_that_is_to_come_is_told_with_its_day():
    (notice,) = told([date(2026, 9, 1), date(2026, 8, 1)], DAY)
    assert (notice.code, notice.params["valid_from"]) == ("FLOW-108", "2026-08-01")


def test_a_withdrawal_is_told_from_its_day_and_stops_nothing():
    (notice,) = told([], DAY, [DAY, date(2026, 5, 1)])
    assert (notice.code, notice.params["withdrawn_on"], notice.params["sunset"]) == (
        "FLOW-109",
        "2026-05-01",
        "2026-12-31",
    )
    assert refusal(FLOW, PUBLISHED, DAY) is None
