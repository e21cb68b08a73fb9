"""People who change roles between acts: what they have done for one side keeps them from acting for the other."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.actors import SYSTEM, Actor, Held, Person, Role
from registry.db import db, transaction
from registry.events import Event
from registry.hands import Act, Hand, Side
from registry.items import services as items
from registry.items.tables import Version
from registry.starter import RECIPIENT
from submission_portal.deliveries import services
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows import services as flows
from submission_portal.flows.acts import line
from submission_portal.review import services as review
from submission_portal.review.tables import DeliveryOutcome
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.deliveries import DeliveryWorld, beds_csv
from tests.factories.other_roles import moved, refusal
from tests.pages import read


@pytest.fixture
def both(any_app, organisations, actor) -> DeliveryWorld:
    """A flow in force, on SQLite and on PostgreSQL."""
    return DeliveryWorld.load(organisations, actor)


def acts_of(person: Actor) -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Act).where(Act.person_id == person.person_id).order_by(Act.number))
    return [(one.type, one.side) for one in rows]


def test_each_act_is_a_row_for_a_side_in_the_transaction_of_its_event(both):
    delivery_id = both.sent()
    assert acts_of(both.discloser) == [("DeliveryDisclosed", "discloser")]
    assert acts_of(both.flows.quality) == [("VersionDecided", "recipient")]
    assert acts_of(both.flows.legal) == [("FlowAssessed", "recipient"), ("VersionDecided", "recipient")]
    assert acts_of(both.officer) == [
        ("DraftCreated", "discloser"),
        ("VersionSubmitted", "discloser"),
        ("DeliveryStarted", "discloser"),
        ("DeliverySent", "discloser"),
    ]
    act = db.session.scalars(select(Act).where(Act.type == "DeliveryDisclosed")).one()
    assert (act.object, act.subject) == (line(both.item_id), f"delivery:{delivery_id}")
    assert act.organisation_id == both.flows.discloser


def test_the_registry_itself_has_no_hand(both):
    both.sent()
    assert db.session.scalars(select(Hand).where(Hand.person_id == SYSTEM.person_id)).all() == []


def test_whoever_disclosed_for_the_region_does_not_release_another_delivery_of_the_flow(both, organisations):
    waiting = in_review(both)
    reviewer = moved(organisations, both.flows.norrbotten, Role.QUALITY_REVIEWER, RECIPIENT)

    def decide(session):
        delivery = session.get_one(Delivery, waiting)
        review.decide_delivery(session, reviewer, NOW, delivery, outcome=DeliveryOutcome.RELEASE, reason="Ja.")

    assert refusal(decide) == "REV-002"
    assert both.delivery(waiting).state == "in_review"


def in_review(world: DeliveryWorld) -> str:
    world.sent()
    delivery_id = world.start(beds_csv({"Kalix sjukhus": 20}, day="2026-04-01"), file_name="april.csv")
    keys = [key for key, finding in world.delivery(delivery_id).assessment.keyed if finding.severity == "warning"]
    world.save(delivery_id, explanations=dict.fromkeys(keys, "En avdelning är stängd för ombyggnad."))
    world.disclose(delivery_id)
    world.send(delivery_id)
    return delivery_id


def test_whoever_proposed_a_flow_decides_for_the_recipient_on_no_later_version_of_it(both, organisations, actor):
    second = actor("norrbotten-2", (Role.DATA_OFFICER, "25"))
    with transaction() as session:
        content = both.flows.line_content(title={"sv": "Vårdplatser, Norrbotten", "en": "Beds, Norrbotten"})
        item = session.get_one(Version, versions_of(both)[0]).item
        version = flows.propose_successor(session, second, NOW, item=item, content=content, reason="Ny titel.")
        flows.submit(session, second, NOW, version)
        version_id = version.id
    reviewer = moved(organisations, both.flows.norrbotten, Role.QUALITY_REVIEWER, RECIPIENT)

    def through_flows(session):
        version = session.get_one(Version, version_id)
        flows.decide(session, reviewer, NOW, version, aspect=flows.QUALITY, outcome="approve", reason="Ja.")

    def through_items(session):
        version = session.get_one(Version, version_id)
        items.decide(session, reviewer, NOW, version, requirement=flows.QUALITY, outcome="approve", reason="Ja.")

    assert [refusal(through_flows), refusal(through_items)] == ["HAND-001", "HAND-001"]


def versions_of(world: DeliveryWorld) -> list[str]:
    return list(db.session.scalars(select(Version.id).where(Version.item_id == world.item_id)))


def test_a_reviewer_of_the_flow_who_goes_to_the_region_delivers_nothing_in_it(both, organisations):
    officer = moved(organisations, both.flows.quality, Role.DATA_OFFICER, "25")
    before = db.session.query(Event).count()

    def start(session):
        services.start(session, officer, NOW, flow_item=both.flow, file_name="a.csv", data=beds_csv())

    assert refusal(start) == "HAND-001"
    assert refusal(lambda session: services.open_version(session, officer, NOW, both.flow)) == "HAND-001"
    assert db.session.query(Delivery).count() == 0 and db.session.query(Event).count() == before


def test_the_database_allows_a_person_one_side_of_an_object(both):
    """Also where no service asks: the index holds it."""
    with pytest.raises(IntegrityError), transaction() as session:
        for side in Side:
            session.add(Hand(object="flow:x", person_id="p" * 32, side=side, since=NOW))
            session.flush()
    db.session.rollback()


def test_both_sides_taken_by_one_person_in_the_same_moment_leave_one(any_app, both, actor, organisations):
    """One person, in two roles, in two tabs. Neither act finds a hand before it."""
    delivery_id = in_review(both)
    who = actor("both", (Role.QUALITY_REVIEWER, RECIPIENT))
    as_region = Person(who.person_id, frozenset({Held(organisations["25"].id, Role.DATA_OFFICER)}))

    def ask(session):
        delivery = session.get_one(Delivery, delivery_id)
        return review.ask_for_completion(session, who, NOW, delivery, question="Varför?") and "asked"

    def start(session):
        flow = session.merge(both.flow)
        data = beds_csv(day="2026-05-01")
        return services.start(session, as_region, NOW, flow_item=flow, file_name="maj.csv", data=data) and "started"

    outcome = at_once(any_app, ask, start)
    assert outcome in (["asked", "HAND-001"], ["REV-002", "started"], ["HAND-001", "started"])
    db.session.rollback()
    assert db.session.query(Hand).filter_by(person_id=who.person_id).count() == 1


def test_the_upload_page_and_the_command_say_so_before_a_file_is_read(app, organisations, actor, signed_in, tmp_path):
    world = DeliveryWorld.load(organisations, actor)
    officer = moved(organisations, world.flows.quality, Role.DATA_OFFICER, "25")
    page = read(signed_in(officer).get(f"/leveranser/ny/{world.flow.slug}/"), 409)
    assert "Du har tidigare handlat för mottagaren här" in page.text
    file = tmp_path / "a.csv"
    file.write_bytes(beds_csv())
    result = app.test_cli_runner().invoke(args=["deliveries", "send", world.flow.slug, str(file), "--as", "quality"])
    assert result.exit_code == 1 and "HAND-001" in result.output
