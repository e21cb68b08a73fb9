"""Deliveries in parts, on both databases: several files of a period are one delivery, and each is judged by its rows."""

from datetime import date

import pytest
from sqlalchemy import update

from registry.db import db, transaction
from registry.errors import Refused
from registry.findings import Severity
from registry.items.lifecycle import Outcome
from registry.items.tables import Version
from submission_portal.deliveries import services
from submission_portal.deliveries.assessment.remaining import findings_of
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows import services as flows
from submission_portal.flows.channels import Channel
from submission_portal.forwarding.queries import release_of
from submission_portal.receiving import services as receiving
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.deliveries import DeliveryWorld, beds_csv

KALIX, PITEA, SUNDERBY = "Kalix sjukhus", "Piteå sjukhus", "Sunderby sjukhus"


def part_csv(*rows: tuple[str, int], day: str = "2026-03-01") -> bytes:
    lines = ["Dag;Sjukhus;Fastställda vårdplatser", *(f"{day};{name};{count}" for name, count in rows), ""]
    return "\r\n".join(lines).encode()


@pytest.fixture
def divided(world) -> DeliveryWorld:
    """A line that is delivered in two parts."""
    world.divide(KALIX, PITEA)
    return world


def found(world, delivery_id) -> dict:
    """What has to be mended, answered or explained, by code."""
    said = findings_of(world.delivery(delivery_id).assessment)
    return {one.code: one for _key, one in said if one.severity is not Severity.INFO}


def made_whole(world) -> None:
    """The line was divided long ago, and is delivered whole from today."""
    of_line = update(Version).where(Version.item_id == world.item_id)
    db.session.execute(of_line.where(Version.number == 2).values(valid_from=date(2026, 1, 2)))
    db.session.execute(of_line.where(Version.number == 1).values(valid_to=date(2026, 1, 1)))
    db.session.commit()
    world.divide()


def refusal(call, *arguments, **settings) -> str:
    with pytest.raises(Refused) as caught:
        call(*arguments, **settings)
    return caught.value.finding.code


def test_the_parts_of_a_period_are_one_delivery_and_no_conflict(any_app, divided):
    first, second = divided.sent(part_csv((KALIX, 59))), divided.sent(part_csv((PITEA, 172)))
    deliveries = [divided.delivery(one) for one in (first, second)]
    assert {one.state for one in deliveries} == {DeliveryState.RELEASED}
    assert len({one.number for one in deliveries}) == len({one.part for one in deliveries}) == 2
    assert {one.corrects_delivery_id for one in deliveries} == {None}
    assert all(release_of(db.session, one) for one in (first, second))


def test_the_same_part_twice_is_asked_about_as_a_whole_period_is(any_app, divided):
    divided.sent(part_csv((PITEA, 172)))
    divided.sent(part_csv((KALIX, 59)))
    again = found(divided, divided.start(part_csv((KALIX, 60)), file_name="igen.csv"))
    assert "Kalix sjukhus" in again["DEL-002"].params["standing"].sv
    assert "L-2026-0002" in again["DEL-002"].params["standing"].sv, "and not the other part"


def test_a_file_of_several_parts_is_refused_with_the_parts_and_their_rows(any_app, divided):
    delivery_id = divided.start(part_csv((KALIX, 59), (PITEA, 172)))
    several = found(divided, delivery_id)["DEL-031"]
    assert several.params["found"].sv == "Kalix sjukhus, Piteå sjukhus"
    assert [(place.row, place.column) for place in several.places] == [(2, "B"), (3, "B")]
    assert divided.delivery(delivery_id).state == DeliveryState.DRAFT
    divided.read_again(delivery_id, part_csv((KALIX, 59)))
    assert divided.delivery(delivery_id).state == DeliveryState.CHECKED, "divided, it goes on"


def test_a_part_that_the_line_does_not_name_is_refused_with_those_that_it_has(any_app, divided):
    finding = found(divided, divided.start(part_csv((SUNDERBY, 432))))["DEL-032"]
    assert (finding.params["found"].sv, finding.params["parts"].sv) == (SUNDERBY, f"{KALIX}, {PITEA}")


def test_what_was_said_of_the_part_is_held_against_the_rows(any_app, divided):
    kalix = divided.delivery(divided.sent(part_csv((KALIX, 59)))).part
    finding = found(divided, divided.start(part_csv((PITEA, 172)), stated_part=kalix))["DEL-033"]
    assert (finding.params["expected"].sv, finding.params["found"].sv) == (KALIX, PITEA)
    assert finding.places[0].row == 2
    right = divided.start(part_csv((KALIX, 61), day="2026-03-02"), stated_part=kalix)
    assert divided.delivery(right).part == kalix and not found(divided, right)


def test_a_file_that_was_read_in_for_the_wrong_part_may_be_read_in_for_the_right_one(any_app, divided):
    kalix = divided.delivery(divided.sent(part_csv((KALIX, 59)))).part
    data = part_csv((PITEA, 172))
    wrong = divided.start(data, stated_part=kalix)
    assert divided.start(data) == wrong
    assert divided.delivery(wrong).state == DeliveryState.CHECKED


def test_a_correction_is_of_a_part(any_app, divided):
    kalix, pitea = divided.sent(part_csv((KALIX, 59))), divided.sent(part_csv((PITEA, 172)))
    settings = {"corrects": kalix, "correction_kind": CorrectionKind.CORRECTION}
    other = found(divided, divided.start(part_csv((PITEA, 170)), **settings))["DEL-034"]
    assert (other.params["expected"].sv, other.params["found"].sv) == (KALIX, PITEA)
    corrected = divided.start(part_csv((KALIX, 60)), file_name="rattad.csv", **settings)
    divided.disclose(corrected)
    divided.send(corrected)
    assert divided.delivery(corrected).part == divided.delivery(kalix).part
    assert divided.delivery(pitea).state == DeliveryState.RELEASED


def test_a_replacement_of_a_part_leaves_the_others_as_they_are(any_app, divided):
    kalix, pitea = divided.sent(part_csv((KALIX, 59))), divided.sent(part_csv((PITEA, 172)))
    new = divided.sent(
        part_csv((KALIX, 60)), file_name="ny.csv", corrects=kalix, correction_kind=CorrectionKind.REPLACEMENT
    )
    states = [divided.delivery(one).state for one in (kalix, pitea, new)]
    assert states == [DeliveryState.REPLACED, DeliveryState.RELEASED, DeliveryState.RELEASED]


def test_a_part_is_compared_with_the_same_part_and_no_other_hospital_is_missed(any_app, divided):
    for count, day in enumerate(("2026-03-01", "2026-03-02")):
        divided.sent(part_csv((KALIX, 58 + count), day=day))
        divided.sent(part_csv((PITEA, 172 + count), day=day))
    third = divided.start(part_csv((KALIX, 120), day="2026-03-03"))
    assert set(found(divided, third)) == {"HIS-002"}, "a large change, from Kalix's own figure"
    assert [(one.before, one.now) for one in divided.delivery(third).assessment.changes] == [("59", "120")]


def test_a_part_is_compared_with_its_rows_of_what_was_delivered_whole(any_app, world):
    world.sent(beds_csv())
    world.divide(KALIX, PITEA)
    delivery_id = world.start(part_csv((KALIX, 120), day="2026-03-02"))
    assert set(found(world, delivery_id)) == {"HIS-002"}


def test_a_whole_period_is_compared_with_all_parts_of_the_one_before(any_app, divided):
    divided.sent(part_csv((KALIX, 59)))
    divided.sent(part_csv((PITEA, 172)))
    made_whole(divided)
    delivery_id = divided.start(part_csv((KALIX, 120), day="2026-03-02"))
    said = found(divided, delivery_id)
    assert "HIS-002" in said
    assert "Piteå sjukhus" in str([place.label for code in said for place in said[code].places]), "it is missed"


def test_a_line_is_divided_while_a_delivery_is_on_its_way(any_app, world):
    """What is prepared is not sent under a version that was in force before, and goes on once it is read in anew."""
    data = part_csv((KALIX, 59), (PITEA, 172))
    prepared = world.start(data)
    world.disclose(prepared)
    world.divide(KALIX, PITEA)
    assert refusal(world.send, prepared) == "FLOW-103"
    assert world.delivery(prepared).state == DeliveryState.DISCLOSED, "nothing is lost"
    assert world.start(data) == prepared, "nor there twice"
    assert "DEL-031" in found(world, prepared), "it is checked against the version in force now"
    world.read_again(prepared, part_csv((KALIX, 59)))
    world.disclose(prepared)
    assert world.send(prepared) == "L-2026-0001"


def test_what_was_sent_before_the_line_was_divided_stands_as_the_whole_period(any_app, world):
    whole = world.sent(beds_csv())
    world.divide(KALIX, PITEA)
    assert (world.delivery(whole).part, world.delivery(whole).state) == ("", DeliveryState.RELEASED)
    part = world.start(part_csv((KALIX, 60)))
    question = found(world, part)["DEL-036"]
    assert "L-2026-0001" in question.params["standing"].sv
    with transaction() as session:
        services.choose_correction(
            session, world.officer, NOW, session.get_one(Delivery, part),
            corrects=session.get_one(Delivery, whole), kind=CorrectionKind.CORRECTION,
        )  # fmt: skip
    assert not {"DEL-031", "DEL-032", "DEL-036"} & set(found(world, part)), "it corrects rows of the whole"
    world.disclose(part)
    assert world.send(part) == "L-2026-0002"
    assert world.delivery(part).part == ""


def test_a_whole_file_may_replace_a_whole_period_of_a_line_that_is_divided_since(any_app, world):
    whole = world.sent(beds_csv())
    world.divide(KALIX, PITEA)
    again = world.start(beds_csv({KALIX: 60}), file_name="ny.csv")
    assert {"DEL-002", "DEL-031"} <= set(found(world, again))
    with transaction() as session:
        services.choose_correction(
            session, world.officer, NOW, session.get_one(Delivery, again),
            corrects=session.get_one(Delivery, whole), kind=CorrectionKind.REPLACEMENT,
        )  # fmt: skip
    assert not {"DEL-002", "DEL-031"} & set(found(world, again))


def test_a_whole_period_does_not_stand_beside_its_parts(any_app, divided):
    divided.sent(part_csv((KALIX, 59)))
    made_whole(divided)
    finding = found(divided, divided.start(beds_csv()))["DEL-037"]
    assert "Kalix" in finding.params["standing"].sv


def sending(world, delivery_id):
    return lambda session: receiving.send(session, world.officer, NOW, session.get_one(Delivery, delivery_id)).number


def ready(world, data) -> str:
    delivery_id = world.start(data)
    world.disclose(delivery_id)
    return delivery_id


def test_two_files_of_one_part_that_are_sent_at_once_leave_one(any_app, divided):
    drafts = [ready(divided, part_csv((KALIX, count))) for count in (59, 60)]
    ended = at_once(any_app, *(sending(divided, one) for one in drafts))
    assert sorted(ended) == ["DEL-002", "L-2026-0001"]


def test_two_parts_that_are_sent_at_once_are_both_received(any_app, divided):
    drafts = [ready(divided, part_csv((name, 59))) for name in (KALIX, PITEA)]
    ended = at_once(any_app, *(sending(divided, one) for one in drafts))
    assert sorted(ended) == ["L-2026-0001", "L-2026-0002"]


def test_a_line_that_is_divided_the_moment_a_delivery_is_sent_ends_as_one_after_the_other(any_app, world):
    whole = ready(world, beds_csv())
    version_id = world.flows.submit_line(
        item_slug=world.flow.slug, parts={"element": "sjukhus", "codes": [KALIX, PITEA]}
    )

    def divide(session) -> str:
        version = session.get_one(Version, version_id)
        flows.decide(
            session, world.flows.quality, NOW, version, aspect=flows.QUALITY, outcome=Outcome.APPROVE, reason="Ja."
        )
        return "divided"

    sent, divided = at_once(any_app, sending(world, whole), divide)
    assert (sent in ("L-2026-0001", "FLOW-103"), divided) == (True, "divided")
    db.session.rollback()
    part = found(world, world.start(part_csv((KALIX, 60))))
    assert ("DEL-036" in part) is (sent != "FLOW-103"), "a part stands beside nothing, or asks about the whole"


def test_the_whole_is_not_sent_beside_a_part(any_app, world):
    whole = world.start(beds_csv())
    world.disclose(whole)
    world.divide(KALIX, PITEA)
    world.sent(part_csv((KALIX, 60)))
    assert refusal(world.send, whole) == "FLOW-103"


def test_a_channel_that_the_line_does_not_take_is_refused_with_those_that_it_takes(any_app, world):
    world.divide(channels=["api"])
    with pytest.raises(Refused) as caught:
        world.start()
    finding = caught.value.finding
    assert (finding.code, finding.params["channels"].sv) == ("FLOW-117", "maskin till maskin")
    assert db.session.query(Delivery).count() == 0
    assert world.delivery(world.start(channel=Channel.API)).channel == Channel.API


def test_a_file_that_somebody_read_in_came_as_a_file(any_app, world):
    assert world.delivery(world.start()).channel == Channel.FILE
