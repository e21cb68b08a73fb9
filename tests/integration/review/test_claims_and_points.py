"""Taking a delivery for review, returning it with numbered points, and what the database holds of both."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.events import Event
from registry.messages import telling
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving import services as receiving
from submission_portal.review import claims, points, queries, services
from submission_portal.review.points import Anchor
from submission_portal.review.tables import CLAIMED_FOR, DeliveryClaim, DeliveryOutcome, DeliveryReview
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.deliveries import one_row_csv

KALIX = Anchor("", "faststallda", 3)
"""Kalix' beds: the third line of the file."""


@pytest.fixture
def colleague(actor):
    return actor("kollega", (Role.QUALITY_REVIEWER, RECIPIENT))


def act(do, *given, now=NOW, **more):
    """Do something with a delivery in a transaction of its own: ``act(claims.claim, who, delivery_id)``."""
    who, delivery_id, *rest = given
    with transaction() as session:
        return do(session, who, now, session.get_one(Delivery, delivery_id), *rest, **more)


def refused(do, *given, **more) -> str:
    with pytest.raises(Refused) as refusal:
        act(do, *given, **more)
    return refusal.value.finding.code


def decide(who, delivery_id, outcome=DeliveryOutcome.RELEASE, now=NOW):
    return act(services.decide_delivery, who, delivery_id, now=now, outcome=outcome, reason="Förklaringen räcker.")


def written(world, delivery_id, anchor=KALIX, text="Stämmer 20 platser?") -> int:
    return act(points.write, world.flows.quality, delivery_id, text=text, anchor=anchor).number


def returned(world, delivery_id) -> None:
    act(points.return_for_completion, world.flows.quality, delivery_id)


def corrected(world, delivery_id, hospital="Kalix sjukhus", count=57) -> str:
    """A correction of one row, sent to the recipient."""
    correction = world.start(
        one_row_csv(hospital, count, day="2026-04-01"), corrects=delivery_id, correction_kind="correction"
    )
    keys = [key for key, finding in world.delivery(correction).assessment.keyed if finding.severity == "warning"]
    world.save(correction, explanations=dict.fromkeys(keys, "Rättat."))
    world.disclose(correction)
    world.send(correction)
    return correction


def test_a_claim_keeps_others_from_deciding_and_not_the_holder(world, in_review, colleague):
    act(claims.claim, colleague, in_review)
    assert (
        refused(services.decide_delivery, world.flows.quality, in_review, outcome=DeliveryOutcome.RELEASE, reason="Ja.")
        == "REV-007"
    )
    assert refused(claims.claim, world.flows.quality, in_review) == "REV-007"
    assert refused(points.write, world.flows.quality, in_review, text="Nej.", anchor=Anchor()) == "REV-007"
    decide(colleague, in_review)
    assert world.delivery(in_review).state == "released"
    assert queries.held_claims(db.session, [in_review], NOW) == {}


def test_a_claim_lapses_after_a_day_by_the_clock_and_is_taken_over(world, in_review, colleague):
    act(claims.claim, colleague, in_review)
    last = NOW + CLAIMED_FOR - timedelta(microseconds=1)
    assert refused(claims.claim, world.flows.quality, in_review, now=last) == "REV-007"
    act(claims.claim, world.flows.quality, in_review, now=NOW + CLAIMED_FOR)
    held = queries.held_claims(db.session, [in_review], NOW + CLAIMED_FOR)
    assert held[in_review].person_id == world.flows.quality.person_id
    assert refused(claims.claim, colleague, in_review, now=NOW + CLAIMED_FOR) == "REV-007"


def test_taking_it_again_does_not_prolong_it_and_the_holder_lets_go(world, in_review, colleague):
    act(claims.claim, colleague, in_review)
    act(claims.claim, colleague, in_review, now=NOW + timedelta(hours=20))
    assert queries.held_claims(db.session, [in_review], NOW)[in_review].lapses_at == NOW + CLAIMED_FOR
    act(claims.let_go, world.flows.quality, in_review)
    assert queries.held_claims(db.session, [in_review], NOW), "only the holder lets go"
    act(claims.let_go, colleague, in_review)
    decide(world.flows.quality, in_review)


def test_of_two_who_take_it_at_once_one_does(any_app, world, in_review, colleague):
    def taking(who):
        return lambda session: claims.claim(session, who, NOW, session.get_one(Delivery, in_review)).person_id

    outcome = at_once(any_app, taking(world.flows.quality), taking(colleague))
    assert outcome.count("REV-007") == 1
    db.session.rollback()
    assert len(db.session.scalars(select(DeliveryClaim)).all()) == 1


def test_the_database_itself_has_one_claim_in_force(any_app, world, in_review, colleague):
    act(claims.claim, colleague, in_review)
    first = db.session.scalars(select(DeliveryClaim)).one()
    row = {
        name: getattr(first, name) for name in ("organisation_id", "discloser_id", "role", "claimed_at", "lapses_at")
    }
    with pytest.raises(IntegrityError), by_hand() as session:
        session.add(DeliveryClaim(delivery_id=in_review, person_id=world.flows.quality.person_id, **row))


def test_who_may_not_decide_takes_nothing(world, in_review, organisations, actor):
    with pytest.raises(Forbidden):
        act(claims.claim, world.flows.legal, in_review)
    both = actor("both", (Role.QUALITY_REVIEWER, RECIPIENT), (Role.TERMINOLOGIST, "25"))
    assert refused(claims.claim, both, in_review) == "REV-003"


def test_a_delivery_is_not_released_with_an_open_point_and_may_be_refused(world, in_review):
    assert written(world, in_review) == 1
    assert (
        refused(services.decide_delivery, world.flows.quality, in_review, outcome=DeliveryOutcome.RELEASE, reason="Ja.")
        == "REV-008"
    )
    assert world.delivery(in_review).state == "in_review"
    decide(world.flows.quality, in_review, DeliveryOutcome.REFUSE)
    assert world.delivery(in_review).state == "refused"


def test_the_region_reads_points_when_they_are_returned_and_answers_in_words(world, in_review):
    for text in ("Stämmer 20 platser?", "Vad är stängt?"):
        written(world, in_review, text=text)
    assert queries.points_of(db.session, in_review, returned=True) == []
    assert refused(points.answer, world.officer, in_review, 1, text="Ja.") == "REV-012"
    before = telling.unread(db.session, world.officer)
    returned(world, in_review)
    assert world.delivery(in_review).state == "in_review", "a return is a state of the review"
    assert telling.unread(db.session, world.officer) == before + 1
    assert refused(points.return_for_completion, world.flows.quality, in_review) == "REV-011"
    assert refused(points.answer, world.officer, in_review, 1, text=" ") == "REV-004"
    assert refused(points.answer, world.officer, in_review, 1, text="811218-9876") == "TXT-001"
    act(points.answer, world.officer, in_review, 1, text="Ja.")
    assert refused(points.answer, world.officer, in_review, 1, text="Jo.") == "REV-012"
    assert (
        refused(services.decide_delivery, world.flows.quality, in_review, outcome=DeliveryOutcome.RELEASE, reason="Ja.")
        == "REV-008"
    )
    act(points.take_back, world.flows.quality, in_review, 2)
    decide(world.flows.quality, in_review)


def test_a_correction_mends_a_point_at_its_row_and_no_other(world, in_review):
    written(world, in_review)
    returned(world, in_review)
    elsewhere = corrected(world, in_review, "Kiruna sjukhus", 34)
    at_row = corrected(world, in_review)
    assert refused(points.answer, world.officer, in_review, 1, mended_by=world.delivery(elsewhere)) == "REV-014"
    act(points.answer, world.officer, in_review, 1, mended_by=world.delivery(at_row))
    point = queries.points_of(db.session, in_review)[0]
    assert (point.mended_by_id, point.is_open, point.row_key["dag"]) == (at_row, False, "2026-04-01")
    decide(world.flows.quality, in_review)


def test_a_correction_that_is_withdrawn_opens_its_points_again(any_app, world, in_review):
    written(world, in_review)
    returned(world, in_review)
    correction = corrected(world, in_review)
    act(points.answer, world.officer, in_review, 1, mended_by=world.delivery(correction))
    act(receiving.withdraw, world.officer, correction, reason="Fel fil.")
    assert queries.points_of(db.session, in_review)[0].is_open
    assert (
        refused(services.decide_delivery, world.flows.quality, in_review, outcome=DeliveryOutcome.RELEASE, reason="Ja.")
        == "REV-008"
    )
    assert db.session.scalar(select(Event.type).where(Event.type == "ReviewPointReopened"))


def test_what_came_before_the_point_or_corrects_something_else_mends_nothing(world, in_review):
    before = corrected(world, in_review)
    act(points.write, world.flows.quality, in_review, now=NOW + timedelta(minutes=1), text="Nu?", anchor=KALIX)
    act(points.return_for_completion, world.flows.quality, in_review, now=NOW + timedelta(minutes=2))
    assert refused(points.answer, world.officer, in_review, 1, mended_by=world.delivery(before)) == "REV-013"
    first = db.session.scalars(select(Delivery).where(Delivery.number == "L-2026-0001")).one()
    assert refused(points.answer, world.officer, in_review, 1, mended_by=first) == "REV-013"


def test_another_region_neither_answers_nor_writes(world, in_review):
    written(world, in_review)
    returned(world, in_review)
    with pytest.raises(NotFound):
        act(points.answer, world.other, in_review, 1, text="Vet inte.")
    with pytest.raises(Forbidden):
        act(points.write, world.officer, in_review, text="Nej.", anchor=Anchor())


@pytest.mark.parametrize("anchor", [Anchor("ROW-999"), Anchor("", "antal"), Anchor("", "", 99)])
def test_a_point_about_what_is_not_there_is_refused(world, in_review, anchor):
    assert refused(points.write, world.flows.quality, in_review, text="Vad?", anchor=anchor) == "REV-009"
    assert db.session.get(DeliveryReview, in_review) is None


def test_approving_while_a_point_is_written_does_one_of_the_two(any_app, world, in_review, colleague):
    def approving(session):
        delivery = session.get_one(Delivery, in_review)
        services.decide_delivery(
            session, world.flows.quality, NOW, delivery, outcome=DeliveryOutcome.RELEASE, reason="Ja."
        )
        return "released"

    def writing(session):
        points.write(session, colleague, NOW, session.get_one(Delivery, in_review), text="Vänta.", anchor=Anchor())
        return "written"

    outcome = set(at_once(any_app, approving, writing))
    assert outcome in ({"released", "REV-001"}, {"REV-008", "written"})


def test_the_database_itself_refuses_an_approval_with_an_open_point_whichever_comes_last(any_app, world, in_review):
    written(world, in_review)
    changed = update(DeliveryReview).where(DeliveryReview.delivery_id == in_review)
    with pytest.raises(IntegrityError), by_hand() as session:
        session.execute(changed.values(is_approved=True))
    act(points.take_back, world.flows.quality, in_review, 1)
    decide(world.flows.quality, in_review)
    with pytest.raises(IntegrityError), by_hand() as session:
        session.execute(changed.values(open_points=1))
