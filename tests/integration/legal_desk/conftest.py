"""A table version with a small number in it, waiting for the recipient's legal reviewer. All figures are made up."""

import pytest

from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.identity.services import create_organisation
from registry.identity.tables import Organisation
from submission_portal.followup.queries import latest_version
from submission_portal.followup.tables import TableVersion
from tests.factories.released_figures import NOW, World, outplaced, run_worker

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
    with transaction() as session:
        create_organisation(
            session, SYSTEM, NOW, kind="region", code="99", name_sv="Exempelregionen", name_en="Example Region"
        )
    world.organisations["99"] = db.session.query(Organisation).filter_by(code="99").one()
    return world


@pytest.fixture
def table(world) -> TableVersion:
    world.release("99", MODEL, outplaced(DAY, WARDS), DAY, provenance="made_up")
    run_worker()
    found = latest_version(db.session, MEASURE)
    assert found is not None
    return found
