"""Who decides about a delivery with something to read in it, and what becomes of it."""

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry import clock
from registry.actors import Actor, Held, Person, Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.events import Event
from registry.paging import page_of_sequence
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.trace_nodes import decision_node
from submission_portal.forwarding.queries import release_of
from submission_portal.forwarding.tables import Release
from submission_portal.receiving import services as receiving
from submission_portal.review import queries, services
from submission_portal.review.tables import CompletionRequest, DeliveryDecision, DeliveryOutcome
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld
from tests.factories.machine_clients import client_with_roles_of


@pytest.fixture
def world(any_app, organisations, actor) -> DeliveryWorld:
    """On SQLite and on PostgreSQL: what holds here is held by the database as well."""
    return DeliveryWorld.load(organisations, actor)


def _decide(actor, delivery_id, outcome=DeliveryOutcome.RELEASE, reason="Förklaringen räcker."):
    with transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        return services.decide_delivery(session, actor, NOW, delivery, outcome=outcome, reason=reason).id


def test_a_released_delivery_goes_on_and_says_who_decided(world, in_review):
    _decide(world.flows.quality, in_review)
    assert world.delivery(in_review).state == "released"
    assert release_of(db.session, in_review) is not None
    decision = queries.decision_of(db.session, in_review)
    assert (decision.person_id, decision.reason) == (world.flows.quality.person_id, "Förklaringen räcker.")


def test_a_refused_delivery_is_never_released(world, in_review):
    _decide(world.flows.quality, in_review, DeliveryOutcome.REFUSE, "Siffran stämmer inte med beslutet.")
    assert world.delivery(in_review).state == "refused"
    assert release_of(db.session, in_review) is None


def test_a_delivery_cannot_be_approved_by_its_sender(world, in_review):
    sender = Person(world.officer.person_id, world.flows.quality.memberships)
    with pytest.raises(Refused) as refusal:
        _decide(sender, in_review)
    assert refusal.value.finding.code == "REV-002"


def test_a_delivery_cannot_be_approved_by_who_decided_for_the_region(world, in_review):
    discloser = Person(world.discloser.person_id, world.flows.quality.memberships)
    with pytest.raises(Refused) as refusal:
        _decide(discloser, in_review)
    assert refusal.value.finding.code == "REV-002"


def test_somebody_who_belongs_to_the_region_does_not_decide(world, in_review, actor):
    both = actor("both", (Role.QUALITY_REVIEWER, RECIPIENT), (Role.TERMINOLOGIST, "25"))
    with pytest.raises(Refused) as refusal:
        _decide(both, in_review)
    assert refusal.value.finding.code == "REV-003"


def test_a_legal_reviewer_does_not_decide_about_quality(world, in_review):
    with pytest.raises(Forbidden):
        _decide(world.flows.legal, in_review)


def test_a_reviewer_elsewhere_does_not_decide(world, in_review, actor):
    elsewhere = actor("elsewhere", (Role.QUALITY_REVIEWER, "12"))
    with pytest.raises(Forbidden):
        _decide(elsewhere, in_review)


@pytest.mark.parametrize("column", ["person_id", "organisation_id"])
def test_the_database_itself_forbids_deciding_on_ones_own(world, in_review, column):
    delivery = world.delivery(in_review)
    row = {
        "delivery_id": delivery.id,
        "organisation_id": delivery.recipient_id,
        "discloser_id": delivery.organisation_id,
        "person_id": "f" * 32,
        "prepared_by": delivery.prepared_by,
        "sent_by": delivery.sent_by,
        "outcome": "release",
        "reason": "Genväg.",
        "decided_at": NOW,
    }
    row[column] = delivery.sent_by if column == "person_id" else delivery.organisation_id
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(DeliveryDecision(**row))


def test_the_region_completes_in_words_and_the_figures_stay(world, in_review):
    figures = world.delivery(in_review).content_hash
    with transaction() as session:
        delivery = session.get_one(Delivery, in_review)
        services.ask_for_completion(session, world.flows.quality, NOW, delivery, question="När öppnar avdelningen?")
    with pytest.raises(Refused) as refusal, transaction() as session:
        delivery = session.get_one(Delivery, in_review)
        services.ask_for_completion(session, world.flows.quality, NOW, delivery, question="Och sedan?")
    assert refusal.value.finding.code == "REV-005"
    with transaction() as session:
        services.complete(session, world.officer, NOW, session.get_one(Delivery, in_review), answer="I september.")
    (request,) = queries.requests_of(db.session, in_review)
    assert (request.question, request.answer) == ("När öppnar avdelningen?", "I september.")
    assert world.delivery(in_review).content_hash == figures
    _decide(world.flows.quality, in_review)


def test_another_region_cannot_answer(world, in_review):
    with transaction() as session:
        delivery = session.get_one(Delivery, in_review)
        services.ask_for_completion(session, world.flows.quality, NOW, delivery, question="När öppnar avdelningen?")
    with pytest.raises(NotFound), transaction() as session:
        services.complete(session, world.other, NOW, session.get_one(Delivery, in_review), answer="Vet inte.")
    assert db.session.scalars(select(CompletionRequest)).one().answered_at is None


def test_a_reason_with_an_identity_number_is_not_kept(world, in_review):
    with pytest.raises(Refused) as refusal:
        _decide(world.flows.quality, in_review, reason="Gäller patienten 811218-9876.")
    assert refusal.value.finding.code == "TXT-001"
    assert queries.decision_of(db.session, in_review) is None


def test_two_who_decide_at_the_same_moment_leave_one_decision(any_app, world, in_review, actor):
    other = actor("other", (Role.QUALITY_REVIEWER, RECIPIENT))
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def decide(who: Actor, outcome: DeliveryOutcome) -> None:
        with any_app.app_context():
            start.wait()
            try:
                _decide(who, in_review, outcome)
                outcomes.append("decided")
            except Refused as refusal:
                outcomes.append(refusal.finding.code)
            finally:
                db.session.close()

    threads = [
        threading.Thread(target=decide, args=(world.flows.quality, DeliveryOutcome.RELEASE)),
        threading.Thread(target=decide, args=(other, DeliveryOutcome.REFUSE)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["REV-001", "decided"]
    db.session.rollback()
    assert len(db.session.scalars(select(DeliveryDecision)).all()) == 1


def test_every_step_leaves_an_event(world, in_review):
    _decide(world.flows.quality, in_review)
    types = set(db.session.scalars(select(Event.type).where(Event.subject == f"delivery:{in_review}")))
    assert {"DeliveryPutToReview", "DeliveryDecided", "DeliveryReleased"} <= types


def test_a_withdrawn_delivery_is_no_longer_in_the_queue(world, in_review):

    assert [one.id for one in queries.deliveries_in_review(db.session, world.flows.quality)] == [in_review]
    with transaction() as session:
        receiving.withdraw(session, world.officer, NOW, session.get_one(Delivery, in_review), reason="Fel fil.")
    assert queries.deliveries_in_review(db.session, world.flows.quality) == []
    with pytest.raises(Refused) as refusal:
        _decide(world.flows.quality, in_review)
    assert refusal.value.finding.code == "REV-001"


def test_reviewers_see_only_what_goes_to_their_own_organisation(world, in_review, organisations):
    elsewhere = Person("e" * 32, frozenset({Held(organisations["12"].id, Role.QUALITY_REVIEWER)}))
    assert queries.deliveries_in_review(db.session, elsewhere) == []
    assert queries.flows_in_review(db.session, elsewhere) == []


def test_a_machine_client_does_not_decide_about_a_delivery(world, in_review):
    with pytest.raises(Forbidden):
        _decide(client_with_roles_of(world.flows.quality), in_review)
    assert world.delivery(in_review).state == "in_review"


def test_a_trace_says_when_the_recipient_reviewed_the_delivery(world, in_review):
    _decide(world.flows.quality, in_review)
    straight = db.session.scalars(select(Delivery).where(Delivery.id != in_review)).one()

    def facts(delivery):
        behind = Release.delivery_id == delivery.id
        node = decision_node(db.session, behind, page_of_sequence([delivery], 1), page_of_sequence([], 1), None)
        return {name.en: value for name, value in node.facts}

    assert facts(world.delivery(in_review))["Review"] == clock.local(NOW).date()
    assert "Review" not in facts(straight)
