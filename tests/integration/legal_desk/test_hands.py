"""A table is made from releases of flows, and is decided about by nobody who has acted for a discloser in them."""

import pytest
from sqlalchemy import select

from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.hands import Hand, Side
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import record
from submission_portal.followup.acts import series
from submission_portal.followup.services import declare_source_change
from submission_portal.followup.tables import TableVersion
from submission_portal.forwarding.tables import Release
from submission_portal.legal_desk import services as legal_desk
from tests.conftest import NOW
from tests.factories.legal_answers import example_answers
from tests.factories.other_roles import moved, refusal
from tests.integration.legal_desk.conftest import MEASURE
from tests.pages import read

ANSWERS = example_answers(counts_persons=True)


@pytest.fixture
def reviewer(table, actor, organisations) -> Actor:
    """Who decided disclosure for the region, has left that role, and is the recipient's legal reviewer now."""
    person = actor("byter", (Role.DISCLOSING_OFFICER, "99"))
    with transaction() as session:
        delivery = session.scalars(select(Delivery).join(Release, Release.delivery_id == Delivery.id)).first()
        record(session, person, NOW, delivery, "DeliveryDisclosed", decision="b" * 32)
    return moved(organisations, person, Role.LEGAL_REVIEWER, RECIPIENT)


@pytest.mark.parametrize("outcome", [legal_desk.PUBLISH, legal_desk.REFUSE])
def test_whoever_decided_disclosure_does_not_decide_about_the_table(table, reviewer, outcome):
    def decide(session):
        found = session.get_one(TableVersion, table.id)
        legal_desk.decide_table(session, reviewer, NOW, found, outcome=outcome, reason="Granskat.", answers=ANSWERS)

    assert refusal(decide) == "FOL-012"
    assert db.session.get_one(TableVersion, table.id).state == "awaiting_review"


def test_the_page_says_why_and_has_no_form(table, reviewer, signed_in):
    client = signed_in(reviewer)
    page = read(client.get(f"/granskning/tabell/{table.id}/"))
    assert "Du har handlat för en region vars uppgifter ligger i tabellen" in page.text
    assert "Låt en annan rättsgranskare besluta." in page.text
    assert not page.find("//form[contains(@action, '/besluta')]")
    data = {"outcome": "refuse", "reason": "Nej."}
    refused = read(client.post(f"/granskning/tabell/{table.id}/besluta", data=data), status=409)
    assert "Du har handlat för en region vars uppgifter ligger i tabellen" in refused.text
    assert "Väntar på andra" in read(client.get("/granskning/")).text


def test_whoever_declared_a_change_of_source_does_not_decide_about_the_measures_tables(
    table,
    actor,
    organisations,
):
    person = actor("anmäler", (Role.DATA_OFFICER, "25"))
    with transaction() as session:
        declare_source_change(
            session, person, NOW, organisation=organisations["25"], measure_slug=MEASURE, model_slug="m",
            changed_on=NOW.date(), note={"sv": "Nytt system."},
        )  # fmt: skip
    reviewer = moved(organisations, person, Role.LEGAL_REVIEWER, RECIPIENT)

    def decide(session):
        found = session.get_one(TableVersion, table.id)
        legal_desk.decide_table(session, reviewer, NOW, found, outcome="refuse", reason="Nej.")

    assert refusal(decide) == "FOL-012"


def test_who_decided_about_a_table_declares_no_change_of_source_in_it(table, actor, organisations):
    reviewer = actor("granskar", (Role.LEGAL_REVIEWER, RECIPIENT))
    with transaction() as session:
        found = session.get_one(TableVersion, table.id)
        legal_desk.decide_table(session, reviewer, NOW, found, outcome="refuse", reason="Nej.")
    hand = db.session.scalars(select(Hand).where(Hand.person_id == reviewer.person_id)).one()
    assert (hand.object, hand.side) == (series(MEASURE), Side.RECIPIENT)
    person = moved(organisations, reviewer, Role.DATA_OFFICER, "25")

    def declare(session):
        declare_source_change(
            session, person, NOW, organisation=organisations["25"], measure_slug=MEASURE, model_slug="m",
            changed_on=NOW.date(), note={"sv": "Nytt system."},
        )  # fmt: skip

    assert refusal(declare) == "HAND-001"
