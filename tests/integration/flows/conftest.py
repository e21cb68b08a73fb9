"""The flows' tests begin with the starter's models published and people on both sides."""

import pytest

from tests.factories.flows import FlowWorld


@pytest.fixture
def world(organisations, actor) -> FlowWorld:
    return FlowWorld.load(organisations, actor)
