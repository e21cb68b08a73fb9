"""The follow-up's tests begin with the starter's models and measures published."""

import pytest

from tests.factories.released_figures import World


@pytest.fixture
def world(organisations) -> World:
    return World.load(organisations)


@pytest.fixture
def norrbotten(app, world) -> World:
    """Two releases of the region that began to count technical beds in another way: 799 and 746."""
    world.norrbotten()
    return world
