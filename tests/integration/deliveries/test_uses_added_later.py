"""A use that is approved after deliveries were made: what it covers of them, what it takes over, and what it leaves."""

from datetime import date

import pytest
from sqlalchemy import select

from registry.db import db, transaction
from registry.errors import Refused
from registry.items.tables import Decision, Version
from submission_portal.deliveries.tables import Delivery, DeliveryUse
from submission_portal.deliveries.uses.later import past_of, take_over_today
from submission_portal.deliveries.uses.named import uses_of
from submission_portal.flows.uses.content import read
from submission_portal.receiving import services as receiving
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.deliveries import beds_csv
from tests.factories.named_uses import approve_use, put_in_force, take_back, version_of, withdraw_use
from tests.factories.uses import UseWorld
from tests.pages import read as read_page

JANUARY, MARCH = "2026-01-01", "2026-03-01"


@pytest.fixture
def carried(world) -> str:
    return f"flow:{world.item_id}"


def line_of(world) -> Version:
    return db.session.query(Version).filter_by(item_id=world.item_id).one()


def stated(world, delivery_id: str) -> dict[str, str]:
    db.session.rollback()
    return {one.row.use_ref: one.row.ended_because for one in uses_of(db.session, world.delivery(delivery_id))}


def test_what_it_covers_of_the_past_is_on_record_with_the_regions_acceptance(world, carried):
    january, march = world.sent(beds_csv(day=JANUARY)), world.sent(beds_csv(day=MARCH))
    queues = approve_use(line_of(world), covers_from="2026-02-01")
    assert stated(world, january) == {carried: ""}
    assert stated(world, march) == {carried: "", queues: ""}
    row = db.session.scalar(select(DeliveryUse).where(DeliveryUse.use_ref == queues))
    acceptance = db.session.query(Decision).filter_by(version_id=version_of(queues).id, aspect="acceptance").one()
    assert (row.decision_id, row.disclosure_id) == (acceptance.id, None)


def test_the_officer_reads_how_many_deliveries_and_which_periods_it_would_cover(world):
    for day in (JANUARY, MARCH, "2026-05-01"):
        world.sent(beds_csv(day=day))
    queues = approve_use(line_of(world), covers_from=MARCH)
    past = past_of(db.session, read(version_of(queues).content))
    assert (past.count, past.first, past.last) == (2, date(2026, 3, 1), date(2026, 5, 1))


def test_a_use_that_says_nothing_of_the_past_covers_nothing_of_it(world, carried):
    before = world.sent(beds_csv(day=JANUARY))
    queues = approve_use(line_of(world))
    after = world.sent(beds_csv(day=MARCH))
    assert (stated(world, before), stated(world, after)) == ({carried: ""}, {carried: "", queues: ""})
    assert past_of(db.session, read(version_of(queues).content)).count == 0


def test_what_is_decided_and_on_its_way_is_covered_too_and_a_draft_is_not(world, carried):
    draft, disclosed = world.start(beds_csv(day=JANUARY)), world.start(beds_csv(day=MARCH))
    world.disclose(disclosed)
    queues = approve_use(line_of(world), covers_from=JANUARY)
    assert (stated(world, draft), stated(world, disclosed)) == ({}, {carried: "", queues: ""})


def test_one_that_succeeds_what_was_carried_over_takes_its_deliveries_over(world, carried):
    january = world.sent(beds_csv(day=JANUARY))
    own = approve_use(line_of(world), succeeds=carried)
    march = world.sent(beds_csv(day=MARCH))
    assert stated(world, january) == {own: "", carried: "succeeded"}
    assert stated(world, march) == {own: ""}


def test_it_takes_over_from_its_first_day_and_not_before(world, carried):
    january = world.sent(beds_csv(day=JANUARY))
    own = approve_use(line_of(world), succeeds=carried, valid_from="2026-11-05")
    for day, expected in (
        (4, {carried: ""}),
        (5, {own: "", carried: "succeeded"}),
        (6, {own: "", carried: "succeeded"}),
    ):
        with by_hand() as session:
            take_over_today(session, NOW.replace(day=day))
        assert stated(world, january) == expected


def test_until_its_first_day_the_one_that_it_succeeds_is_named(world, carried):
    approve_use(line_of(world), succeeds=carried, valid_from="2026-11-05")
    assert stated(world, world.sent()) == {carried: ""}


def test_what_it_succeeds_does_not_come_back_when_it_is_taken_back(world, carried):
    january = world.sent(beds_csv(day=JANUARY))
    own = approve_use(line_of(world), succeeds=carried)
    withdraw_use(own)
    assert stated(world, january) == {own: "withdrawn", carried: "succeeded"}
    with pytest.raises(Refused) as refusal:
        world.start(beds_csv(day=MARCH))
    assert refusal.value.finding.code == "USE-102"


def test_everybodys_use_takes_over_what_followed_the_recipients_and_leaves_that(world, carried):
    january = world.sent(beds_csv(day=JANUARY))
    everybodys = approve_use(line_of(world), "for-alla", audience="public", succeeds=f"public:{world.item_id}")
    assert stated(world, january) == {carried: "", everybodys: ""}


def test_a_delivery_in_review_of_which_every_use_was_taken_back_is_not_released(world, carried):
    own = approve_use(line_of(world), succeeds=carried)
    waiting = world.start(beds_csv({"Kalix sjukhus": 590}, day=MARCH))
    world.disclose(waiting)
    world.send(waiting)
    with by_hand() as session:
        session.get_one(Delivery, waiting).state = "in_review"
        session.query(DeliveryUse).filter_by(delivery_id=waiting).update(
            {"ended_at": NOW, "ended_because": "withdrawn"}
        )
        session.execute(_forget_release(waiting))
    assert own
    with pytest.raises(Refused) as refusal, transaction() as session:
        receiving.release(session, world.flows.quality, NOW, session.get_one(Delivery, waiting))
    assert refusal.value.finding.code == "DEL-024"


def test_two_uses_approved_in_the_same_second_each_cover_the_past_once(any_app, world, carried):
    january = world.sent(beds_csv(day=JANUARY))
    line_id = line_of(world).id

    def approval(slug, **changes):
        def act(session):
            return put_in_force(session, session.get_one(Version, line_id), slug, **changes)

        return act

    uses = at_once(any_app, approval("ena", covers_from=JANUARY), approval("andra", covers_from=JANUARY))
    assert stated(world, january) == dict.fromkeys([carried, *uses], "")


def test_a_use_that_is_taken_back_while_its_delivery_is_sent_is_received_for_or_ended_and_never_lost(
    any_app, world, carried
):
    queues = approve_use(line_of(world))
    delivery_id = world.start(beds_csv(day=JANUARY))
    world.disclose(delivery_id)

    def send(session):
        return receiving.send(session, world.officer, NOW, session.get_one(Delivery, delivery_id)).number

    def withdraw(session):
        take_back(session, queues)
        return "withdrawn"

    assert at_once(any_app, send, withdraw) == ["L-2026-0001", "withdrawn"]
    assert stated(world, delivery_id) == {carried: "", queues: "withdrawn"}


def _forget_release(delivery_id: str):
    from sqlalchemy import delete

    from submission_portal.forwarding.tables import Release

    return delete(Release).where(Release.delivery_id == delivery_id)


def test_the_officer_accepts_on_the_page_that_tells_what_is_covered_and_then_it_is(world, signed_in, carried):
    january = world.sent(beds_csv(day=JANUARY))
    uses = UseWorld(world.flows, world.discloser)
    version_id = uses.submit(line_of(world), covers_from=JANUARY, succeeds=carried)
    version = db.session.get_one(Version, version_id)
    page = read_page(signed_in(world.discloser).get(f"/anvandningar/{version.item.slug}/version/1/"))
    assert "En leverans som redan finns skulle omfattas." in page.text
    assert "Perioder från 1 januari 2026 till 1 januari 2026." in page.text
    for aspect in ("quality", "legal", "acceptance"):
        assert stated(world, january) == {carried: ""}
        uses.decide(version_id, aspect)
    own = f"use:{db.session.get_one(Version, version_id).item_id}"
    assert stated(world, january) == {own: "", carried: "succeeded"}
