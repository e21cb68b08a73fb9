"""What a delivery may be used for: named by the decision to disclose it, and judged once more when it is sent."""

from datetime import UTC, datetime

import pytest

from registry import references
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.items.tables import Item, Version
from registry.starter import RECIPIENT
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses import naming
from submission_portal.deliveries.uses.named import uses_of
from submission_portal.flows import suspending
from submission_portal.receiving import services as receiving
from submission_portal.review import services as review
from submission_portal.review.tables import DeliveryOutcome
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv, one_row_csv
from tests.factories.named_uses import approve_use, version_of, withdraw_use
from tests.pages import read


@pytest.fixture
def carried(world) -> str:
    """The use that was approved with the flow, before lines and uses were told apart."""
    return f"flow:{world.item_id}"


@pytest.fixture
def queues(world) -> str:
    """A second use of the line, by the same recipient."""
    return approve_use(line_of(world))


def line_of(world) -> Version:
    return db.session.query(Version).filter_by(item_id=world.item_id).one()


def stated(world, delivery_id: str) -> dict[str, str]:
    """Why each named use has ended, by reference; empty for one that stands."""
    return {one.row.use_ref: one.row.ended_because for one in uses_of(db.session, world.delivery(delivery_id))}


def refused(act, *args, **more) -> str:
    with pytest.raises(Refused) as refusal:
        act(*args, **more)
    db.session.rollback()
    return refusal.value.finding.code


def send_at(world, delivery_id: str, now: datetime) -> None:
    with transaction() as session:
        receiving.send(session, world.officer, now, session.get_one(Delivery, delivery_id))


def test_a_decision_that_names_nothing_else_is_for_all_that_may_be_named(world, carried, queues):
    delivery_id = world.sent()
    assert stated(world, delivery_id) == {carried: "", queues: ""}
    body = world.delivery(delivery_id).receipt.body
    assert {one["use"] for one in body["uses"]} == {carried, queues}
    edges = references.edges_from(db.session, f"delivery:{delivery_id}")
    used_for = {one.to_ref for one in edges if one.role == naming.USED_FOR}
    assert used_for == {version_of(queues).ref}, "what is carried over is the line's own version"


def test_the_officer_names_some_of_them_and_only_those_are_received(world, carried, queues):
    delivery_id = world.start()
    world.disclose(delivery_id, uses=[queues])
    world.send(delivery_id)
    assert stated(world, delivery_id) == {queues: ""}
    assert [one["use"] for one in world.delivery(delivery_id).receipt.body["uses"]] == [queues]


@pytest.mark.parametrize(("uses", "code"), [([], "DEL-021"), (["use:" + "0" * 32], "DEL-022")])
def test_a_decision_names_at_least_one_use_and_only_those_of_the_line(world, carried, uses, code):
    delivery_id = world.start()
    assert refused(world.disclose, delivery_id, uses=uses) == code
    assert world.delivery(delivery_id).state == DeliveryState.CHECKED


def test_what_is_open_to_everybody_without_a_decision_is_named_by_nobody(world, carried):
    delivery_id = world.start()
    assert refused(world.disclose, delivery_id, uses=[f"public:{world.item_id}"]) == "DEL-022"


def test_a_use_that_is_taken_back_before_sending_falls_away_and_the_others_are_received(world, carried, queues):
    delivery_id = world.start()
    world.disclose(delivery_id)
    withdraw_use(queues)
    world.send(delivery_id)
    assert stated(world, delivery_id) == {carried: "", queues: "withdrawn"}
    assert [one["use"] for one in world.delivery(delivery_id).receipt.body["uses"]] == [carried]


def test_where_nothing_that_was_named_is_in_force_nothing_is_sent_and_the_region_decides_again(world, carried, queues):
    delivery_id = world.start()
    world.disclose(delivery_id, uses=[queues])
    withdraw_use(queues)
    assert refused(world.send, delivery_id) == "DEL-023"
    assert world.delivery(delivery_id).number is None
    world.disclose(delivery_id, uses=[carried])
    world.send(delivery_id)
    assert stated(world, delivery_id) == {carried: "", queues: "withdrawn"}
    assert [one.is_granted for one in world.delivery(delivery_id).disclosures] == [True, True]


def stop_use(world, use: str, by=None, act=suspending.suspend) -> None:
    with transaction() as session:
        act(session, by or world.discloser, NOW, session.get_one(Item, use.removeprefix("use:")), reason="Oklart.")


def test_a_delivery_whose_every_use_is_suspended_waits_and_is_sent_as_it_is_when_one_is_resumed(
    world, queues, actor, signed_in
):
    delivery_id = world.start()
    world.disclose(delivery_id, uses=[queues])
    stop_use(world, queues)
    assert refused(world.send, delivery_id) == "USE-110"
    page = read(signed_in(world.officer).get(f"/leveranser/{delivery_id}/"))
    assert "Varje användning är stoppad tills vidare" in page.text and "Uppföljning av köer" in page.text
    new = f"/leveranser/ny/{world.flow.slug}/"  # another delivery may be for the line's other use
    assert "Varje användning är stoppad" not in read(signed_in(world.officer).get(new)).text
    stop_use(world, queues, actor("utlamnare-2", (Role.DISCLOSING_OFFICER, "25")), suspending.resume)
    world.send(delivery_id)
    assert world.delivery(delivery_id).state == DeliveryState.RELEASED


def test_a_delivery_goes_on_for_the_uses_that_are_not_suspended(world, carried, queues):
    delivery_id = world.start()
    world.disclose(delivery_id)
    stop_use(world, queues)
    world.send(delivery_id)
    assert stated(world, delivery_id) == {carried: "", queues: ""}


def test_what_is_in_review_is_not_released_while_its_every_use_is_suspended(world, queues, signed_in):
    delivery_id = in_review(world, [queues])
    reviewer = signed_in(world.flows.quality)
    page = f"/granskning/leverans/{world.delivery(delivery_id).number}/"
    assert "Varje användning är stoppad" not in read(reviewer.get(page)).text
    stop_use(world, queues)
    assert "Varje användning är stoppad tills vidare" in read(reviewer.get(page)).text
    with pytest.raises(Refused) as refusal, transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        review.decide_delivery(
            session, world.flows.quality, NOW, delivery, outcome=DeliveryOutcome.RELEASE, reason="Ja."
        )
    assert refusal.value.finding.code == "USE-110"


def in_review(world, uses: list[str]) -> str:
    """A delivery with an explained warning, sent for some uses."""
    world.sent()
    delivery_id = world.start(beds_csv({"Kalix sjukhus": 20}, day="2026-04-01"), file_name="april.csv")
    keys = [key for key, finding in world.delivery(delivery_id).assessment.keyed if finding.severity == "warning"]
    world.save(delivery_id, explanations=dict.fromkeys(keys, "En avdelning är stängd för ombyggnad."))
    world.disclose(delivery_id, uses=uses)
    world.send(delivery_id)
    assert world.delivery(delivery_id).state == DeliveryState.IN_REVIEW
    return delivery_id


def test_a_decision_that_stands_is_not_taken_again(world, carried):
    delivery_id = world.start()
    world.disclose(delivery_id)
    world.disclose(delivery_id)
    assert len(world.delivery(delivery_id).disclosures) == 1


def test_a_use_whose_ground_ends_at_midnight_is_judged_by_the_swedish_day(world, carried):
    ground = {"title": {"sv": "Uppdrag", "en": "Assignment"}, "reference": "S2026/2", "valid_to": "2026-11-02"}
    tonight = approve_use(line_of(world), "i-kvall", legal_ground=ground)
    before, after = world.start(), world.start(beds_csv(day="2026-02-01"))
    for one in (before, after):
        world.disclose(one, uses=[tonight, carried])
    send_at(world, before, datetime(2026, 11, 2, 22, 59, 59, tzinfo=UTC))
    send_at(world, after, datetime(2026, 11, 2, 23, 0, tzinfo=UTC))
    assert stated(world, before) == {carried: "", tonight: ""}
    assert stated(world, after) == {carried: "", tonight: "ended"}


def test_a_delivery_for_that_use_alone_is_not_sent_after_midnight(world):
    ground = {"title": {"sv": "Uppdrag", "en": "Assignment"}, "reference": "S2026/2", "valid_to": "2026-11-02"}
    tonight = approve_use(line_of(world), "i-kvall", legal_ground=ground)
    delivery_id = world.start()
    world.disclose(delivery_id, uses=[tonight])
    assert refused(send_at, world, delivery_id, datetime(2026, 11, 2, 23, 0, tzinfo=UTC)) == "DEL-023"


def test_a_correction_is_for_what_it_corrects_unless_something_else_is_said(world, carried, queues):
    first = world.start()
    world.disclose(first, uses=[queues])
    world.send(first)
    correction = world.start(
        one_row_csv("Kalix sjukhus", 60), corrects=first, correction_kind=CorrectionKind.CORRECTION
    )
    world.disclose(correction)
    assert stated(world, correction) == {queues: ""}


def test_what_a_later_decision_on_the_delivery_leaves_out_ends(world, carried, queues):
    delivery_id = world.start()
    world.disclose(delivery_id)
    world.read_again(delivery_id, beds_csv({"Kalix sjukhus": 60}))
    world.disclose(delivery_id, uses=[carried])
    assert stated(world, delivery_id) == {carried: "", queues: "not_named"}


def test_the_page_ticks_the_only_use_and_after_that_what_the_line_was_last_disclosed_for(world, signed_in, carried):
    first = world.start()
    page = signed_in(world.discloser).get(f"/leveranser/{first}/utlamnande/").text
    assert page.count('name="uses"') == page.count(" checked form=") == 1
    world.disclose(first)
    queues = approve_use(line_of(world))
    second = world.start(beds_csv(day="2026-02-01"))
    page = signed_in(world.discloser).get(f"/leveranser/{second}/utlamnande/").text
    assert page.count('name="uses"') == 2 and page.count(" checked form=") == 1
    ticked = page[page.index(f'value="{carried}"') :]
    assert ticked.index(" checked") < ticked.index(">")
    assert f'value="{queues}"' in page and "S2026/1 (påhittat)" in page


def test_the_pages_say_for_what_it_was_received_and_what_fell_away(world, signed_in, carried, queues):
    delivery_id = world.start()
    world.disclose(delivery_id)
    withdraw_use(queues)
    world.send(delivery_id)
    page = read(signed_in(world.officer).get("/leveranser/L-2026-0001/kvittens/"))
    assert "Uppföljning av köer" in page.text and "återtagen" in page.text


def test_the_delivery_says_that_the_region_decides_again(world, signed_in, queues):
    delivery_id = world.start()
    world.disclose(delivery_id, uses=[queues])
    withdraw_use(queues)
    officer, discloser = signed_in(world.officer), signed_in(world.discloser)
    assert "Regionen beslutar på nytt" in read(officer.get(f"/leveranser/{delivery_id}/")).text
    assert 'name="uses"' in discloser.get(f"/leveranser/{delivery_id}/utlamnande/").text


def test_the_recipient_of_the_line_is_who_its_receipt_names(world, organisations, carried):
    delivery_id = world.sent()
    assert world.delivery(delivery_id).recipient_id == organisations[RECIPIENT].id
    assert uses_of(db.session, world.delivery(delivery_id))[0].row.since == NOW
