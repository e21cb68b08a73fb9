"""A table version with a small number in it, waiting for the recipient's legal reviewer. All figures are made up."""

import pytest

from registry.db import db
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import latest_version
from tests.factories.released_figures import World, outplaced, run_worker

MODEL, MEASURE = "dagliga-vardplatser-per-avdelning", "utlokaliserade-patienter"
DAY = "2026-10-19"
WARDS = {
    ("exempel-norra", "Medicin"): 12,
    ("exempel-norra", "Kirurgi"): 3,
    ("exempel-norra", "Ortopedi"): 9,
    ("exempel-sodra", "Medicin"): 7,
    ("exempel-sodra", "Kirurgi"): 8,
    ("exempel-sodra", "Ortopedi"): None,
}


@pytest.fixture
def world(app, organisations) -> World:
    """The starter content, and the made-up region."""
    world = World.load(organisations)
    world.grown("example region", world.add_example_region)
    return world


@pytest.fixture
def table(world) -> TableVersion:
    def build() -> None:
        world.release("99", MODEL, outplaced(DAY, WARDS), DAY, provenance="made_up")
        run_worker()

    world.grown("a table at the legal desk", build)
    found = latest_version(db.session, MEASURE)
    assert found is not None
    return found
