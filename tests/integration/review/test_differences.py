"""A delivery row by row beside what was approved, and beside what the reader reviewed last."""

from datetime import timedelta

import pytest

from registry.actors import Role
from registry.db import db, transaction
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.review import points
from submission_portal.review.earlier import last_approved, last_reviewed
from submission_portal.review.points import Anchor
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.deliveries import one_row_csv
from tests.pages import read

LATER = NOW + timedelta(minutes=5)


def differences(browser, world, delivery_id, against="godkand"):
    number = world.delivery(delivery_id).number
    return read(browser.get(f"/granskning/leverans/{number}/skillnader/?mot={against}"))


def correction_of(world, delivery_id, count=57) -> str:
    return world.start(
        one_row_csv("Kalix sjukhus", count, day="2026-04-01"), corrects=delivery_id, correction_kind="correction"
    )


def pointed(world, delivery_id) -> None:
    with transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        points.write(session, world.flows.quality, LATER, delivery, text="Vad?", anchor=Anchor())


def test_a_month_is_held_against_the_month_that_was_approved_before_it(world, in_review, signed_in):
    page = differences(signed_in(world.flows.quality), world, in_review)
    assert "L-2026-0001" in page.text and "ingen gemensam period" in page.text
    assert "Fastställda vårdplatser: 59 → 20" in page.text
    assert "Gällivare sjukhus" not in page.text, "what is the same is counted and not listed"
    assert any("rad=3" in one for one in page.links)


def test_who_has_reviewed_nothing_in_the_line_is_told_so(world, in_review, signed_in):
    page = differences(signed_in(world.flows.quality), world, in_review, "min")
    assert "inte granskat något" in page.text and not page.find("//table")


def test_what_came_since_ones_own_review_is_what_the_correction_changed(world, in_review, signed_in, actor):
    pointed(world, in_review)
    correction = correction_of(world, in_review)
    keys = [key for key, one in world.delivery(correction).assessment.keyed if one.severity == "warning"]
    world.save(correction, explanations=dict.fromkeys(keys, "Rättat."))
    world.disclose(correction)
    world.send(correction)
    with by_hand() as session:  # it came after the point
        session.get_one(Delivery, correction).sent_at = LATER + timedelta(minutes=1)
    reviewer = signed_in(world.flows.quality)
    for delivery_id in (in_review, correction):
        text = differences(reviewer, world, delivery_id, "min").text
        assert "Fastställda vårdplatser: 20 → 57" in text and "Ändrade rader: 1." in text
    colleague = actor("kollega", (Role.QUALITY_REVIEWER, RECIPIENT))
    assert last_reviewed(db.session, colleague, world.delivery(in_review)) is None


def test_another_line_and_what_is_not_approved_are_nothing_to_hold_it_against(world, in_review):
    assert last_approved(db.session, world.delivery(in_review)).deliveries[0].number == "L-2026-0001"
    first = last_approved(db.session, world.delivery(in_review)).deliveries[0]
    assert last_approved(db.session, first) is None


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_is_a_proper_page_in_both_languages(world, in_review, signed_in, language):
    for who in (world.flows.quality, world.flows.legal):
        browser = signed_in(who)
        browser.set_cookie("language", language)
        differences(browser, world, in_review)


def test_reviewers_read_every_row_already_and_the_region_has_no_such_page(world, in_review, signed_in):
    number = world.delivery(in_review).number
    for who in (world.flows.quality, world.flows.legal):
        assert b"Kalix sjukhus;20" in signed_in(who).get(f"/leveranser/{number}/original").data
    assert signed_in(world.officer).get(f"/granskning/leverans/{number}/skillnader/").status_code == 403
