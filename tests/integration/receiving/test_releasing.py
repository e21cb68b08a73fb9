"""Releasing moves the delivery and what it replaces, in the act itself and whoever asks for it."""

import pytest
from sqlalchemy import func, select

import wsgi
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.errors import Refused
from registry.events import Event
from registry.plugin import House
from submission_portal.deliveries.tables import Delivery
from submission_portal.forwarding.tables import Release
from submission_portal.receiving import services as receiving
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv


def release(delivery_id):
    with transaction() as session:
        return receiving.release(session, SYSTEM, NOW, session.get_one(Delivery, delivery_id)).id


def test_no_event_moves_a_delivery():
    handled = House(wsgi.PLUGINS).event_handlers
    told = {handler.__module__ for handler in handled["DeliveryReleased"]}
    tells = {"registry.messages.telling", "submission_portal.webhooks.noticing"}
    assert told == tells, "both sides, and the region's systems, are told; nothing else follows from it"
    modules = {handler.__module__ for handlers in handled.values() for handler in handlers}
    assert not {module for module in modules if "deliveries" in module or "receiving" in module}


def test_a_delivery_that_is_released_takes_the_place_of_what_it_replaces(any_app, world):
    first = world.sent()
    correction = world.sent(
        beds_csv({"Kalix sjukhus": 58}), file_name="r.csv", corrects=first, correction_kind="correction"
    )
    assert world.delivery(first).state == world.delivery(correction).state == "released"
    second = world.start(
        beds_csv({"Kalix sjukhus": 57}), file_name="ny.csv", corrects=first, correction_kind="replacement"
    )
    keys = [key for key, finding in world.delivery(second).assessment.keyed if finding.severity == "warning"]
    world.save(second, explanations=dict.fromkeys(keys, "Räknat om."))
    world.disclose(second)
    world.send(second)
    if world.delivery(second).state == "in_review":
        release(second)
    assert [world.delivery(one).state for one in (first, correction, second)] == ["replaced", "replaced", "released"]


def test_releasing_twice_changes_nothing(any_app, world):
    sent = world.sent()
    before = world.delivery(sent).changed_at
    again = release(sent)
    assert db.session.scalars(select(Release.id)).all() == [again]
    assert (world.delivery(sent).state, world.delivery(sent).changed_at) == ("released", before)
    assert db.session.scalar(select(func.count()).where(Event.type == "DeliveryReleased")) == 1


def test_a_delivery_that_was_not_sent_is_not_released(any_app, world):
    draft = world.start()
    world.disclose(draft)
    with pytest.raises(Refused):
        release(draft)
    assert world.delivery(draft).state == "disclosed"
    assert db.session.scalars(select(Release)).all() == []
