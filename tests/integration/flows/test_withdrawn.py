"""What a flow rests on is withdrawn: deliveries go on, and both sides are told before and after."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.events import Event
from registry.items import queries as items
from registry.items import services as item_services
from registry.items import withdrawing
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.items.tables import Version, Withdrawal
from registry.starter import STEWARD
from submission_portal.flows import pages, queries, services
from submission_portal.flows.panels import panel
from submission_portal.flows.standing import Consequence
from submission_portal.flows.tables import FlowStanding
from submission_portal.flows.uses.queries import refusal
from tests.conftest import NOW
from tests.factories.flows import DAILY, FlowWorld

TODAY = date(2026, 11, 2)
WORDING = ("concept", "faststalld-vardplats")


@pytest.fixture
def world(any_app, organisations, actor) -> FlowWorld:
    """On SQLite and on PostgreSQL."""
    return FlowWorld.load(organisations, actor)


@pytest.fixture
def stewards(world, actor):
    """Two people who may each propose and decide on wordings and models."""
    roles = ((Role.TERMINOLOGIST, STEWARD), (Role.MODELLER, STEWARD))
    return actor("forvaltare-1", *roles), actor("forvaltare-2", *roles)


def _propose(who, kind, slug) -> str:
    with transaction() as session:
        version = items.current_by_slug(session, kind, slug)
        return withdrawing.propose(session, who, NOW, version, reason="Den läses på två sätt.").id


def _withdraw(stewards, kind, slug) -> Version:
    entry_id = _propose(stewards[0], kind, slug)
    with transaction() as session:
        entry = session.get_one(Withdrawal, entry_id)
        withdrawing.decide(session, stewards[1], NOW, entry, is_granted=True, reason="Granskat.")
        version_id = entry.version_id
    db.session.expire_all()
    return db.session.get_one(Version, version_id)


def _standing(version_id: str, on: date = TODAY) -> queries.Standing:
    db.session.expire_all()
    version = db.session.get_one(Version, version_id)
    return queries.standing_of(db.session, [version], on)[version_id]


def _tasks(app, who):
    with app.test_request_context():
        return panel(db.session, who, NOW)


@pytest.mark.parametrize("what", [WORDING, ("model", None), ("code_list", "sjukhus")])
def test_whatever_a_flow_rests_on_its_withdrawal_asks_to_reconfirm_and_deliveries_go_on(world, stewards, what):
    version_id = world.approve()
    kind, slug = what[0], what[1] or world.model().item.slug
    bound = db.session.get_one(Version, version_id).content
    withdrawn = _withdraw(stewards, kind, slug)
    standing = _standing(version_id)
    (row,) = standing.rows
    assert (row.consequence, row.superseded_hash) == (Consequence.RECONFIRM, withdrawn.content_hash)
    assert (row.is_withdrawal, row.applies_from) == (True, TODAY)
    assert (standing.must_reconfirm, [one.code for one in standing.notices]) == (True, ["FLOW-109"])
    assert standing.version.content == bound, "what is approved is still what was approved"
    assert refusal(db.session, standing.version, standing.sunset) is None, "until the sunset"
    assert refusal(db.session, standing.version, standing.sunset + timedelta(days=1)) is not None
    told = db.session.scalars(select(Event).where(Event.type == "FlowAskedToReconfirm")).one()
    assert told.person_id == stewards[1].person_id
    assert told.data["withdrawn"] == withdrawn.content_hash


def test_the_withdrawal_of_what_the_flow_does_not_rest_on_leaves_it_alone(world, stewards):
    version_id = world.approve()
    _withdraw(stewards, "model", DAILY)
    _withdraw(stewards, "concept", "utskrivningsklar-patient")
    assert _standing(version_id).rows == ()


def test_both_sides_are_told_while_the_withdrawal_is_only_proposed(any_app, world, stewards, actor):
    world.approve()
    elsewhere = actor("elsewhere", (Role.DATA_OFFICER, "24"))
    _propose(stewards[0], *WORDING)
    for party in (world.norrbotten, world.quality, world.legal):
        (task,) = _tasks(any_app, party)
        assert task.url.endswith("/atertagande/")
        assert "En linje där ni är part" in task.text
    assert _tasks(any_app, elsewhere) == []


def test_both_sides_have_a_task_once_it_is_withdrawn(any_app, world, stewards):
    world.approve()
    _withdraw(stewards, *WORDING)
    (region,) = _tasks(any_app, world.norrbotten)
    assert "är återtaget" in region.text
    for reviewer in (world.quality, world.legal):
        (task,) = _tasks(any_app, reviewer)
        assert task.title == "En linje vilar på något som är återtaget"


def test_the_record_says_by_whom_when_and_why(any_app, world, stewards):
    version_id = world.approve()
    _withdraw(stewards, *WORDING)
    rows = _standing(version_id).rows
    with any_app.test_request_context():
        (one,) = pages.on_record(db.session, world.norrbotten, rows)
    assert one.withdrawal is not None
    assert one.withdrawal.reason == "Den läses på två sätt."
    assert (one.withdrawal.when, one.withdrawal.person.sv) == (NOW, "forvaltare-2")
    assert one.comparison is None


def test_a_new_version_of_the_flow_settles_it(world, stewards):
    first = world.approve()
    _withdraw(stewards, "model", world.model().item.slug)
    item = db.session.get_one(Version, first).item
    with transaction() as session:
        content = world.line_content(DAILY)
        second = services.propose_successor(
            session, world.norrbotten, NOW, item=session.merge(item), content=content, reason="Flyttar."
        )
        services.submit(session, world.norrbotten, NOW, second)
        second_id = second.id
    world.decide(second_id, "quality")
    assert _standing(second_id).notices == ()
    assert db.session.scalars(select(FlowStanding)).one().settled_at is not None


def test_an_editorial_successor_after_the_withdrawal_does_not_take_the_question_away(world, stewards):
    version_id = world.approve()
    withdrawn = _withdraw(stewards, *WORDING)
    with transaction() as session:
        item = session.get_one(Version, withdrawn.id).item
        content = {**withdrawn.content, "notes": []}
        draft = item_services.draft_successor(session, SYSTEM, NOW, item=item, content=content, reason="Prov.")
        publish_loaded(session, NOW, draft, change=Change.EDITORIAL, valid_from=date(2026, 11, 3), reason="Prov.")
    assert _standing(version_id).must_reconfirm


def test_a_withdrawn_model_cannot_be_bound_by_a_new_flow(world, stewards):
    content = world.line_content()
    _withdraw(stewards, "model", world.model().item.slug)
    with transaction() as session:
        version = services.propose(session, world.norrbotten, NOW, content=content, reason="Behovet är nytt.")
        found = services.check_against_register(session, pages.flow_of(version))
    assert [one.code for one in found] == ["FLOW-011"]


def test_a_region_still_withdraws_its_own_flow_alone_and_the_record_says_so(world):
    version_id = world.approve()
    with transaction() as session:
        version = session.get_one(Version, version_id)
        withdrawing.withdraw(session, world.norrbotten, NOW, version, reason="Uppdraget är slut.")
    (entry,) = items.withdrawals_of(db.session, db.session.get_one(Version, version_id))
    assert (entry.reason, entry.proposed_by, entry.decided_by) == (
        "Uppdraget är slut.",
        world.norrbotten.person_id,
        None,
    )
    assert db.session.get_one(Version, version_id).reason == "Behovet är nytt."
