"""What is sent in the place of a delivery that is still in review."""

import pytest

from registry.db import db, transaction
from registry.errors import Refused
from submission_portal.deliveries.tables import Delivery
from submission_portal.forwarding.queries import amendments, release_of
from submission_portal.review import services
from submission_portal.review.tables import DeliveryOutcome
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv


def decide(world, delivery_id, outcome=DeliveryOutcome.RELEASE):
    with transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        services.decide_delivery(session, world.flows.quality, NOW, delivery, outcome=outcome, reason="Läst.")


def sent_instead(world, of: str, kind: str) -> str:
    mended = beds_csv({"Kalix sjukhus": 58}, day="2026-04-01")
    delivery = world.start(mended, file_name="april2.csv", corrects=of, correction_kind=kind)
    world.disclose(delivery)
    world.send(delivery)
    return delivery


def test_what_is_replaced_before_it_was_read_never_counts(app, world, in_review):
    """Nothing in the replacement had to be read: it is released at once, and the first cannot be released after it."""
    second = sent_instead(world, in_review, "replacement")
    first = world.delivery(in_review)
    assert (world.delivery(second).state, first.state) == ("released", "withdrawn")
    assert world.delivery(second).number in first.ended_reason
    with pytest.raises(Refused):
        decide(world, in_review)
    assert release_of(db.session, in_review) is None


def test_a_correction_of_what_is_in_review_is_released_after_it(app, world, in_review, signed_in):
    """Released before it, its rows would lose against the ones that they correct."""
    second = sent_instead(world, in_review, "correction")
    assert world.delivery(second).state == "in_review"
    with pytest.raises(Refused) as refused:
        decide(world, second)
    assert refused.value.finding.code == "DEL-083"
    number = world.delivery(in_review).number
    assert refused.value.finding.params["number"] == number
    page = signed_in(world.flows.quality).get(f"/granskning/leverans/{world.delivery(second).number}/").text
    assert f"{number}, som den rättar, är inte frisläppt" in page
    decide(world, in_review)
    decide(world, second)
    amended, amending = release_of(db.session, in_review), release_of(db.session, second)
    assert list(amendments(db.session, [amending]).items()) == [(amending.id, amended.id)]


def test_a_correction_of_what_is_not_accepted_is_not_released(app, world, in_review):
    second = sent_instead(world, in_review, "correction")
    decide(world, in_review, DeliveryOutcome.REFUSE)
    with pytest.raises(Refused):
        decide(world, second)
    decide(world, second, DeliveryOutcome.REFUSE)
    assert world.delivery(second).state == "refused"
