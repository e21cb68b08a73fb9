"""A flow in force and its region's people."""

import pytest

from tests.factories.deliveries import DeliveryWorld


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)
