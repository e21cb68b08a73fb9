"""Forwarding's tests begin with the starter's models and measures published."""

import pytest

from tests.factories.released_figures import World


@pytest.fixture
def world(organisations) -> World:
    return World.load(organisations)
