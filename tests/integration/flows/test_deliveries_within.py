"""What a flow means for deliveries: none outside it, none after its ground has ended, and each bound to its version."""

from datetime import UTC, datetime

import pytest

from registry.db import db, transaction
from registry.errors import Refused
from registry.items.lifecycle import Change
from registry.items.tables import Item, Version
from submission_portal.deliveries import services as deliveries
from tests.factories.deliveries import beds_csv
from tests.factories.flows import succeed

AFTER = datetime(2027, 1, 2, 8, 0, tzinfo=UTC)


def _start(world, version_id, now):
    with transaction() as session:
        item = session.get_one(Item, session.get_one(Version, version_id).item_id)
        return deliveries.start(
            session, world.norrbotten, now, flow_item=item, file_name="platser.csv", data=beds_csv()
        ).flow_version_hash


def test_an_ended_ground_refuses_new_deliveries_and_says_so(world):
    ground = {**world.content()["legal_ground"], "valid_to": "2026-12-31"}
    version_id = world.approve(legal_ground=ground, valid_to="2027-12-31")
    with pytest.raises(Refused) as refusal:
        _start(world, version_id, AFTER)
    assert refusal.value.finding.code == "DAT-001"
    assert refusal.value.finding.params["valid_to"] == "2026-12-31"


def test_deliveries_go_on_under_what_was_approved_after_a_change_of_meaning(world):
    version_id = world.approve()
    succeed(world.model().item, Change.MEANING, description={"sv": "Ändrad.", "en": "Changed."})
    approved = db.session.get_one(Version, version_id).content_hash
    assert _start(world, version_id, AFTER) == approved


def test_a_flow_in_review_takes_no_deliveries(world):
    version_id = world.submit()
    with pytest.raises(Refused):
        _start(world, version_id, AFTER)
