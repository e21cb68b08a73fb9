"""The lines of the demonstration, as they are proposed."""

from datetime import date

from submission_portal.demonstration.flows import DAILY
from submission_portal.flows.channels import Channel
from submission_portal.flows.content import read


def test_they_take_deliveries_by_every_road():
    content = DAILY.line(discloser="a" * 32, recipient="b" * 32, model_version="c" * 64, today=date(2026, 11, 2))
    assert set(read(content).channels) == set(Channel)
