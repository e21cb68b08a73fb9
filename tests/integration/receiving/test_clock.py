"""A clock that was set back gives no receipt that is older than the one before, and begins no old year anew."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.auditing import chain as log_chain
from registry.db import db, transaction
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving import services as receiving
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv

NEW_YEAR = datetime(2027, 1, 1, 0, 5, tzinfo=UTC)


@pytest.fixture
def send(world):
    """Deliver a day's beds at a moment of the clock."""
    days = iter(range(1, 29))

    def sent(moment: datetime) -> Delivery:
        delivery_id = world.start(beds_csv(day=f"2026-03-{next(days):02d}"))
        world.disclose(delivery_id)
        with transaction() as session:
            receiving.send(session, world.officer, moment, session.get_one(Delivery, delivery_id))
        return world.delivery(delivery_id)

    return sent


def test_receipts_never_run_backwards(any_app, send):
    later = NOW + timedelta(hours=5)
    found = [send(moment) for moment in (later, NOW, later - timedelta(seconds=1), later + timedelta(hours=1))]
    received = [delivery.receipt.received_at for delivery in found]
    assert received == [later, later, later, later + timedelta(hours=1)]
    assert [delivery.sent_at for delivery in found] == received
    assert [delivery.receipt.body["received_at"][:19] for delivery in found] == [
        moment.isoformat()[:19] for moment in received
    ]
    assert log_chain.verify(db.session).is_intact


def test_a_year_that_was_begun_goes_on(any_app, send):
    numbers = [
        send(moment).number for moment in (NOW, NEW_YEAR, NOW + timedelta(days=1), NEW_YEAR - timedelta(hours=2))
    ]
    assert numbers == ["L-2026-0001", "L-2027-0001", "L-2027-0002", "L-2027-0003"]
