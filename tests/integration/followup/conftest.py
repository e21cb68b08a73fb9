"""The follow-up's tests begin with the starter's models and measures published."""

from datetime import date

import pytest

from tests.factories.released_figures import ESTABLISHED_AFTER, ESTABLISHED_BEFORE, World, established, run_worker

ESTABLISHED = "faststallda-vardplatser-per-sjukhus"


@pytest.fixture
def world(organisations) -> World:
    return World.load(organisations)


@pytest.fixture
def norrbotten(app, world) -> World:
    """Two releases of the region that began to count technical beds in another way: 799 and 746."""
    world.release(
        "25", ESTABLISHED, established("2018-02-28", ESTABLISHED_BEFORE), "2018-02-28", provenance="reproduced"
    )
    world.release(
        "25", ESTABLISHED, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01", provenance="reproduced"
    )
    world.state_application("faststalld-vardplats", "25", 1, technical="yes", first=None, last=date(2018, 2, 28))
    world.state_application("faststalld-vardplats", "25", 2, technical="no", first=date(2018, 3, 1), last=None)
    run_worker()
    return world
