"""A period that is delivered in parts becomes the figures of one: a sum once every part is there, and never a smaller one before."""

import pytest

from information_models.starter.load import load_measures
from registry.actors import SYSTEM
from registry.db import db, transaction
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.figures import Status
from submission_portal.followup.queries import figure_of
from submission_portal.followup.versions import newest_of_regions
from submission_portal.receiving import services as receiving
from tests.conftest import NOW
from tests.factories.deliveries import BED_COUNTS, BED_HOSPITALS, DeliveryWorld
from tests.factories.released_figures import run_worker
from tests.shown import as_shown

MEASURE = "faststallda-vardplatser"


def part_csv(name: str, count: int) -> bytes:
    return f"Dag;Sjukhus;Fastställda vårdplatser\r\n2026-03-01;{name};{count}\r\n".encode()


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    world = DeliveryWorld.load(organisations, actor)
    with transaction() as session:
        load_measures(session, SYSTEM, NOW)
    world.divide(*BED_HOSPITALS)
    return world


def figure(world: DeliveryWorld):
    """The region's whole, in its own figures."""
    run_worker()
    db.session.expire_all()
    own = newest_of_regions(db.session, MEASURE)[world.flow.organisation_id]
    return figure_of(as_shown(own), "25/2026-03-01")


def test_a_sum_waits_for_every_part_and_is_of_all_of_them(any_app, world):
    *first, last = zip(BED_HOSPITALS, BED_COUNTS, strict=True)
    for part in first:
        world.sent(part_csv(*part))
    so_far = figure(world)
    assert (so_far.value, so_far.status, so_far.delivered, so_far.expected) == (None, Status.INCOMPLETE, 4, 5)
    whole = world.sent(part_csv(*last))
    told = figure(world)
    assert (told.value, told.status, told.delivered) == (sum(BED_COUNTS), Status.OBSERVED, 5)
    assert len(told.releases) == 5, "each part has a release of its own, and the figure leads to all"
    assert world.delivery(whole).number == "L-2026-0005"


def test_a_part_that_is_withdrawn_leaves_the_others(any_app, world):
    sent = [world.sent(part_csv(*part)) for part in zip(BED_HOSPITALS, BED_COUNTS, strict=True)]
    assert figure(world).value == sum(BED_COUNTS)
    with transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, sent[1]), reason="Fel fil.")
    left = figure(world)
    assert (left.value, left.delivered) == (None, 4)
