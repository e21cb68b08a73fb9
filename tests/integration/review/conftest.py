"""A delivery with an explained warning, in review at the recipient."""

import pytest

from tests.factories.deliveries import DeliveryWorld, beds_csv
from tests.snapshots import remembered


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)


@pytest.fixture
def in_review(world) -> str:
    """Kalix goes from 59 to 20 beds, and the region says why; gives back the delivery's id."""

    def build() -> str:
        world.sent()
        delivery_id = world.start(beds_csv({"Kalix sjukhus": 20}, day="2026-04-01"), file_name="april.csv")
        keys = [key for key, finding in world.delivery(delivery_id).assessment.keyed if finding.severity == "warning"]
        world.save(delivery_id, explanations=dict.fromkeys(keys, "En avdelning är stängd för ombyggnad."))
        world.disclose(delivery_id)
        world.send(delivery_id)
        assert world.delivery(delivery_id).state == "in_review"
        return delivery_id

    return remembered("delivery in review", build)
