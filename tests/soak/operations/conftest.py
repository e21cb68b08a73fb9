"""The long tests of operations begin with a flow in force, a region's people, and an instance elsewhere to restore into."""

import pytest

from tests.factories.deliveries import DeliveryWorld
from tests.factories.elsewhere import elsewhere, instance, stamped

__all__ = ["elsewhere", "instance", "stamped"]


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor, valid_from="2014-01-01")
