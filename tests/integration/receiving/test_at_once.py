"""Two people, two tabs, one moment: what the database settles between them, on SQLite and on PostgreSQL."""

from registry.actors import Actor
from registry.db import db
from submission_portal.deliveries import services
from submission_portal.deliveries.tables import Delivery
from submission_portal.forwarding.tables import Release
from submission_portal.receiving import services as receiving
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.deliveries import beds_csv


def sender(actor: Actor, delivery_id: str):
    return lambda session: receiving.send(session, actor, NOW, session.get_one(Delivery, delivery_id)).number


def test_one_delivery_sent_in_two_tabs_is_received_once(any_app, world):
    delivery_id = world.start()
    world.disclose(delivery_id)
    assert at_once(any_app, *[sender(world.officer, delivery_id)] * 2) == ["L-2026-0001"] * 2
    db.session.rollback()
    assert db.session.query(Release).count() == 1


def test_different_deliveries_sent_at_once_get_numbers_without_gaps(any_app, world):
    deliveries = [world.start(beds_csv(day=f"2026-0{month}-01")) for month in (3, 4, 5)]
    for delivery_id in deliveries:
        world.disclose(delivery_id)
    numbers = at_once(any_app, *[sender(world.officer, delivery_id) for delivery_id in deliveries])
    assert sorted(numbers) == ["L-2026-0001", "L-2026-0002", "L-2026-0003"]


def test_two_deliveries_for_one_period_sent_at_once_leave_one(any_app, world):
    deliveries = [world.start(), world.start(beds_csv({"Kalix sjukhus": 60}))]
    for delivery_id in deliveries:
        world.disclose(delivery_id)
    outcome = at_once(any_app, *[sender(world.officer, delivery_id) for delivery_id in deliveries])
    assert sorted(outcome) == ["DEL-002", "L-2026-0001"]


def test_two_decisions_at_once_leave_one(any_app, world, actor, organisations):
    from registry.actors import Role
    from tests.factories.legal_answers import example_answers

    second = actor("utlamnare-2", (Role.DISCLOSING_OFFICER, "25"))
    delivery_id = world.start()

    def decider(who):
        def act(session):
            answers = example_answers(counts_persons=False)
            delivery = session.get_one(Delivery, delivery_id)
            services.disclose(session, who, NOW, delivery, answers=answers, registry_number="1", reason="Ja.")
            return "decided"

        return act

    assert sorted(at_once(any_app, decider(world.discloser), decider(second))) == ["DEL-086", "decided"]


def test_answering_in_two_tabs_tells_the_second(any_app, world):
    delivery_id = world.start()
    revision = world.delivery(delivery_id).revision

    def saver(text):
        def act(session):
            delivery = session.get_one(Delivery, delivery_id)
            services.save(session, world.officer, NOW, delivery, explanations={"HIS-002": text}, revision=revision)
            return "kept"

        return act

    assert sorted(at_once(any_app, saver("a"), saver("b"))) == ["DEL-001", "kept"]


def test_sending_while_it_is_withdrawn_does_one_of_the_two(any_app, world):
    delivery_id = world.start()
    world.disclose(delivery_id)
    revision = world.delivery(delivery_id).revision

    def withdrawer(session):
        delivery = session.get_one(Delivery, delivery_id)
        receiving.withdraw(session, world.officer, NOW, delivery, revision=revision)
        return "withdrawn"

    outcome = set(at_once(any_app, sender(world.officer, delivery_id), withdrawer))
    assert outcome in ({"L-2026-0001", "DEL-007"}, {"withdrawn", "DEL-086"})
