"""A ground has an end: warned about ahead of time, refused after it."""

from datetime import date, timedelta

import pytest

from legal_checks.data_protection import WARN_AHEAD, GroundStanding, LegalGround, check_ground
from registry.findings import Severity, Text

GROUND = LegalGround(Text("Uppdraget", "The assignment"), "S2023/00001", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (GROUND.valid_to - WARN_AHEAD - timedelta(days=1), GroundStanding.VALID),
        (GROUND.valid_to - WARN_AHEAD, GroundStanding.ENDS_SOON),
        (GROUND.valid_to, GroundStanding.ENDS_SOON),
        (GROUND.valid_to + timedelta(days=1), GroundStanding.ENDED),
    ],
)
def test_a_ground_is_valid_through_its_last_day(on, standing):
    assert GROUND.standing(on) is standing


def test_a_valid_ground_has_nothing_to_say():
    assert check_ground(GROUND, date(2026, 1, 1)) == ()


def test_a_ground_that_ends_soon_warns_with_the_days_left():
    (finding,) = check_ground(GROUND, date(2026, 12, 1))
    assert (finding.code, finding.severity, finding.params["days"]) == ("DAT-002", Severity.WARNING, 30)


def test_a_ground_that_has_ended_is_an_error():
    (finding,) = check_ground(GROUND, date(2027, 1, 1))
    assert (finding.code, finding.severity, finding.params["valid_to"]) == ("DAT-001", Severity.ERROR, "2026-12-31")
