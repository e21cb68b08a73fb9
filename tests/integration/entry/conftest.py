"""A flow in force and its region's people."""

import pytest

from tests.factories.deliveries import DAILY, DeliveryWorld


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)


@pytest.fixture
def wards(organisations, actor) -> DeliveryWorld:
    """A line of wards and days."""
    return DeliveryWorld.load(organisations, actor, DAILY)
