"""Either side stops a flow at once; what is prepared waits; a second person of the side that stopped it opens it again."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Forbidden
from registry.events import Event
from registry.hands import Act, Side
from registry.items.tables import Item
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows import suspending
from submission_portal.flows.tables import FlowSuspension
from submission_portal.followup.suspended import suspended_meanwhile
from submission_portal.forwarding.tables import Release
from submission_portal.receiving import services as receiving
from submission_portal.review import services as review
from submission_portal.review.tables import DeliveryOutcome
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.factories.deliveries import DeliveryWorld, beds_csv
from tests.factories.other_roles import refusal
from tests.pages import read


@pytest.fixture
def world(any_app, organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)


@pytest.fixture
def second(world, actor) -> Actor:
    """Another disclosing officer of the region."""
    return actor("utlamnare-2", (Role.DISCLOSING_OFFICER, "25"))


def suspension(world, by, reason="Siffrorna är fel."):
    return lambda session: suspending.suspend(session, by, NOW, session.get_one(Item, world.item_id), reason=reason).id


def resumption(world, by, reason="Rättat."):
    return lambda session: suspending.resume(session, by, NOW, session.get_one(Item, world.item_id), reason=reason).id


def done(act):
    with transaction() as session:
        outcome = act(session)
    db.session.rollback()
    return outcome


def sending(world, delivery_id):
    return lambda session: receiving.send(session, world.officer, NOW, session.get_one(Delivery, delivery_id)).number


def ready(world) -> str:
    delivery_id = world.start()
    world.disclose(delivery_id)
    return delivery_id


def test_what_is_prepared_waits_and_is_sent_as_it_is_when_the_flow_is_open_again(world, second):
    prepared = ready(world)
    done(suspension(world, world.discloser))
    assert refusal(sending(world, prepared)) == "FLOW-111"
    assert world.delivery(prepared).state == "disclosed"
    world.start(beds_csv(day="2026-04-01"), file_name="april.csv")  # preparing goes on: nothing leaves the region
    done(resumption(world, second))
    assert done(sending(world, prepared)) == "L-2026-0001"


def test_what_was_delivered_stays_and_a_receipt_is_given_again(world):
    sent = world.sent()
    done(suspension(world, world.flows.legal))
    assert done(sending(world, sent)) == "L-2026-0001"
    assert db.session.scalars(select(Release)).one().withdrawn_at is None


def test_what_is_in_review_is_not_released_meanwhile_and_may_be_refused(world):
    world.sent()
    waiting = world.start(beds_csv({"Kalix sjukhus": 20}, day="2026-04-01"), file_name="april.csv")
    keys = [key for key, finding in world.delivery(waiting).assessment.keyed if finding.severity == "warning"]
    world.save(waiting, explanations=dict.fromkeys(keys, "En avdelning är stängd för ombyggnad."))
    world.disclose(waiting)
    world.send(waiting)
    done(suspension(world, world.discloser))

    def decide(outcome):
        def act(session):
            delivery = session.get_one(Delivery, waiting)
            review.decide_delivery(session, world.flows.quality, NOW, delivery, outcome=outcome, reason="Ja.")

        return act

    assert refusal(decide(DeliveryOutcome.RELEASE)) == "FLOW-111"
    assert world.delivery(waiting).state == "in_review"
    done(decide(DeliveryOutcome.REFUSE))


def test_two_suspensions_need_two_resumptions(world, second):
    prepared = ready(world)
    done(suspension(world, world.discloser))
    done(suspension(world, world.flows.legal))
    assert refusal(suspension(world, world.flows.quality)) == "FLOW-112"
    done(resumption(world, second))
    assert refusal(sending(world, prepared)) == "FLOW-111"
    assert refusal(resumption(world, second)) == "FLOW-113"
    done(resumption(world, world.flows.quality))
    assert done(sending(world, prepared)) == "L-2026-0001"


def test_whoever_suspended_does_not_resume_and_the_database_says_so_too(world):
    made = done(suspension(world, world.discloser))
    assert refusal(resumption(world, world.discloser)) == "FLOW-114"
    with pytest.raises(IntegrityError), transaction() as session:
        found = session.get_one(FlowSuspension, made)
        found.resumed_by, found.resumed_at = world.discloser.person_id, NOW
        session.flush()
    db.session.rollback()


def test_in_a_crisis_administrators_suspend_and_the_side_resumes(world, actor):
    central = actor("central", (Role.ADMINISTRATOR, "forvaltare"))
    own = actor("own", (Role.REGION_ADMINISTRATOR, "25"))
    done(suspension(world, central))
    done(suspension(world, own))
    sides = {one.side: one.organisation_id for one in db.session.scalars(select(FlowSuspension))}
    assert sides == {Side.DISCLOSER: world.flows.discloser, Side.RECIPIENT: world.flows.recipient}
    with pytest.raises(Forbidden), transaction() as session:
        resumption(world, central)(session)
    done(resumption(world, world.flows.legal))
    done(resumption(world, world.discloser))
    assert suspending.lasting(db.session, world.item_id) == []


@pytest.mark.parametrize(
    "role", [(Role.DATA_OFFICER, "25"), (Role.DISCLOSING_OFFICER, "12"), (Role.RECIPIENT, RECIPIENT)]
)
def test_others_suspend_nothing(world, actor, role):
    other = actor("annan", role)
    with pytest.raises(Forbidden), transaction() as session:
        suspension(world, other)(session)


@pytest.mark.parametrize(("reason", "code"), [("  ", "FLOW-115")])
def test_it_needs_reasons(world, reason, code):
    assert refusal(suspension(world, world.discloser, reason)) == code


def test_it_is_an_act_for_the_side_and_an_event_with_it(world):
    done(suspension(world, world.flows.legal))
    event = db.session.scalars(select(Event).where(Event.type == "FlowSuspended")).one()
    assert (event.data["side"], event.organisation_id) == ("recipient", world.flows.recipient)
    act = db.session.scalars(select(Act).where(Act.type == "FlowSuspended")).one()
    assert (act.side, act.person_id) == (Side.RECIPIENT, world.flows.legal.person_id)


def test_a_delivery_sent_and_a_flow_suspended_at_once_end_as_one_after_the_other(any_app, world):
    prepared = ready(world)
    ended = at_once(any_app, sending(world, prepared), suspension(world, world.discloser))
    assert ended[0] in ("L-2026-0001", "FLOW-111")
    db.session.rollback()
    suspended = db.session.scalars(select(FlowSuspension)).one()
    assert suspended.resumed_at is None
    assert world.delivery(prepared).state == ("released" if ended[0].startswith("L") else "disclosed")


def test_two_of_one_side_who_suspend_at_once_leave_one(any_app, world, second):
    ended = at_once(any_app, suspension(world, world.discloser), suspension(world, second))
    db.session.rollback()
    made = db.session.scalars(select(FlowSuspension)).one()
    assert sorted(ended) == sorted(["FLOW-112", made.id])


def test_two_who_resume_at_once_leave_one(any_app, world, second, actor):
    made = done(suspension(world, world.discloser))
    third = actor("utlamnare-3", (Role.DISCLOSING_OFFICER, "25"))
    assert sorted(at_once(any_app, resumption(world, second), resumption(world, third))) == sorted(["FLOW-113", made])


def test_a_table_that_is_composed_meanwhile_says_so(world):
    world.sent()
    releases = list(db.session.scalars(select(Release.id)))
    assert suspended_meanwhile(db.session, releases) == []
    done(suspension(world, world.discloser))
    (finding,) = suspended_meanwhile(db.session, releases)
    assert (finding.code, finding.params["day"]) == ("FOL-020", "2026-11-02")


class TestPages:
    @pytest.fixture
    def world(self, app, organisations, actor) -> DeliveryWorld:
        return DeliveryWorld.load(organisations, actor)

    def test_both_sides_see_it_among_their_tasks_and_on_the_flow(self, world, second, signed_in):
        prepared = ready(world)
        address = f"/floden/{world.flow.slug}/"
        client = signed_in(world.discloser)
        page = read(client.post(f"{address}stoppa", data={"reason": "Kalix är fel."}, follow_redirects=True))
        assert "Linjen är stoppad tills vidare" in page.text and "Kalix är fel." in page.text
        assert "Den som har stoppat linjen öppnar den inte" in page.text
        reviewer = signed_in(world.flows.legal)
        assert "Stoppat av utlämnaren" in read(reviewer.get("/uppgifter/")).text
        assert "Kalix är fel." in read(reviewer.get(address)).text
        officer = signed_in(world.officer)
        for page_of_officer in (f"/leveranser/{prepared}/", f"/leveranser/ny/{world.flow.slug}/"):
            assert "Linjen är stoppad tills vidare" in read(officer.get(page_of_officer)).text
        other = signed_in(second)
        assert "Väntar på att du öppnar det" in read(other.get("/uppgifter/")).text
        assert read(other.get(address)).find("//form[contains(@action, '/oppna')]")
        opened = read(other.post(f"{address}oppna", data={"reason": "Rättat."}, follow_redirects=True))
        assert (
            "Din sida har öppnat linjen igen." in opened.text and "Stoppat tidigare, de senaste gångerna" in opened.text
        )

    def test_the_public_reads_that_and_not_why(self, world, client):
        done(suspension(world, world.discloser))
        page = read(client.get(f"/floden/{world.flow.slug}/"))
        assert "Den stoppades av utlämnaren" in page.text and "Siffrorna är fel." not in page.text
        assert not page.find("//form[contains(@action, '/stoppa')]")
        assert "Linjen är stoppad tills vidare" in read(client.get("/floden/")).text

    def test_what_stops_it_is_said_on_the_page_and_the_text_comes_back(self, world, signed_in):
        address = f"/floden/{world.flow.slug}/stoppa"
        client = signed_in(world.discloser)
        assert "Skriv varför." in read(client.post(address, data={}), 422).text
        client.post(address, data={"reason": "Först."})
        page = read(client.post(address, data={"reason": "En gång till."}), 409)
        assert "Linjen är redan stoppad" in page.text
        assert signed_in(world.officer).post(address, data={"reason": "Nej."}).status_code == 403
        assert signed_in(world.other).post(address, data={"reason": "Nej."}).status_code == 403

    def test_commands_do_the_same(self, app, world, second, tmp_path):
        run, slug = app.test_cli_runner().invoke, world.flow.slug
        given = ["--reason", "Fel.", "--as"]
        ready(world)
        file = tmp_path / "platser.csv"
        file.write_bytes(beds_csv())
        assert run(args=["flows", "suspend", slug, *given, "utlamnare"]).exit_code == 0
        sent = run(args=["deliveries", "send", slug, str(file), "--as", "norrbotten"])
        assert sent.exit_code == 1 and "FLOW-111" in sent.output
        assert f"{slug}  suspended by: the discloser" in run(args=["flows", "list"]).output
        assert '"side": "discloser"' in run(args=["flows", "list", "--json"]).output
        assert "FLOW-114" in run(args=["flows", "resume", slug, *given, "utlamnare"]).output
        assert "is open again" in run(args=["flows", "resume", slug, *given, "utlamnare-2"]).output
        assert run(args=["flows", "suspend", "inget", *given, "utlamnare"]).exit_code == 2
