"""Joining, pausing, resuming and leaving: which step follows on which, and the days on which a region is away."""

from datetime import date

import pytest

from submission_portal.flows.timetables.participation import Part, Step, Taken, absences, after, part_after, part_on
from submission_portal.flows.timetables.timetable import Absence

DECEMBER, FEBRUARY, MAY = date(2026, 12, 1), date(2027, 2, 1), date(2027, 5, 1)
PAUSED = [Taken(Step.PAUSE, DECEMBER), Taken(Step.RESUME, FEBRUARY)]


def test_who_has_said_nothing_takes_part():
    assert part_after([]) is Part.TAKES_PART and absences([]) == ()


def test_a_pause_lasts_from_its_first_day_to_the_day_before_it_is_resumed():
    assert [part_on(PAUSED, day) for day in (date(2026, 11, 30), DECEMBER, date(2027, 1, 31), FEBRUARY)] == [
        Part.TAKES_PART, Part.PAUSED, Part.PAUSED, Part.TAKES_PART,
    ]  # fmt: skip
    assert absences(PAUSED) == (Absence(DECEMBER, date(2027, 1, 31)),)


def test_who_leaves_while_paused_is_away_from_the_pause_on_until_they_join_again():
    steps = [Taken(Step.PAUSE, DECEMBER), Taken(Step.LEAVE, FEBRUARY)]
    assert absences(steps) == (Absence(DECEMBER),)
    assert absences([*steps, Taken(Step.JOIN, MAY)]) == (Absence(DECEMBER, date(2027, 4, 30)),)
    assert part_after(steps) is Part.LEFT


def test_what_is_undone_from_the_same_day_never_was():
    assert absences([Taken(Step.LEAVE, MAY), Taken(Step.JOIN, MAY)]) == ()


@pytest.mark.parametrize(
    ("part", "step"),
    [
        (Part.TAKES_PART, Step.RESUME), (Part.PAUSED, Step.PAUSE), (Part.PAUSED, Step.JOIN),
        (Part.LEFT, Step.LEAVE), (Part.LEFT, Step.PAUSE), (Part.LEFT, Step.RESUME),
    ],
)  # fmt: skip
def test_a_step_that_does_not_follow_leads_nowhere(part, step):
    assert after(part, step) is None


def test_a_step_that_does_not_follow_is_passed_over():
    assert part_after([Taken(Step.RESUME, DECEMBER), Taken(Step.PAUSE, DECEMBER)]) is Part.PAUSED
