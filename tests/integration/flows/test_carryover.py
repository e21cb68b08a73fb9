"""A newer version changes nothing by itself: editorial ones are carried over on record, changes of meaning ask."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from registry import references
from registry.actors import SYSTEM, SYSTEM_DECIDER
from registry.db import db, transaction
from registry.events import Event
from registry.items import queries as items
from registry.items import withdrawing
from registry.items.lifecycle import Change, State
from registry.items.tables import Version
from submission_portal.flows import queries, services
from submission_portal.flows.content import read as read_flow
from submission_portal.flows.standing import Consequence
from submission_portal.flows.tables import FlowStanding
from submission_portal.flows.uses.queries import refusal
from tests.conftest import NOW
from tests.factories.flows import FlowWorld, succeed

TODAY, LATER = date(2026, 11, 2), date(2026, 12, 24)


@pytest.fixture
def world(any_app, organisations, actor) -> FlowWorld:
    """On SQLite and on PostgreSQL: what holds here is held by the database as well."""
    return FlowWorld.load(organisations, actor)


def _standing(version_id: str, on: date = TODAY) -> queries.Standing:
    db.session.expire_all()
    version = db.session.get_one(Version, version_id)
    return queries.standing_of(db.session, [version], on)[version_id]


def _concept():
    return items.item_by_slug(db.session, "concept", "faststalld-vardplats")


def test_an_editorial_successor_is_carried_over_on_record_and_nobody_is_asked(world):
    version_id = world.approve()
    bound = db.session.get_one(Version, version_id).content
    successor = succeed(world.model().item, Change.EDITORIAL, description={"sv": "Rättad.", "en": "Corrected."})
    standing = _standing(version_id)
    assert [(row.consequence, row.successor_hash) for row in standing.rows] == [
        (Consequence.CARRIED_OVER, successor.content_hash)
    ]
    assert standing.notices == ()
    assert standing.refusal is None
    assert standing.version.content == bound, "what is approved is still what was approved"
    roles = {edge.role for edge in references.edges_to(db.session, successor.ref)}
    assert "carried-over" in roles
    assert "FlowCarriedOver" in set(db.session.scalars(select(Event.type)))


def test_a_change_of_meaning_asks_to_reconfirm_and_deliveries_go_on(world):
    version_id = world.approve()
    succeed(world.model().item, Change.WIDER, description={"sv": "Ändrad.", "en": "Changed."})
    before, standing = _standing(version_id), _standing(version_id, LATER)
    assert [row.applies_from for row in standing.rows] == [date(2026, 12, 1)]
    assert (before.must_reconfirm, [notice.code for notice in before.notices]) == (False, ["FLOW-108"])
    assert (standing.must_reconfirm, [notice.code for notice in standing.notices]) == (True, ["FLOW-107"])
    assert refusal(db.session, standing.version, LATER) is None, "under what was approved, until the sunset"


def test_a_changed_wording_reaches_the_flow_through_the_model(world):
    version_id = world.approve()
    content = items.current(db.session, _concept()).content
    notes = [*content["notes"], {"sv": "Prov.", "en": "Sample.", "source": "prov"}]
    succeed(_concept(), Change.MEANING, notes=notes)
    assert _standing(version_id, LATER).must_reconfirm


def test_a_change_of_meaning_after_an_editorial_one_still_reaches_the_flow(world):
    version_id = world.approve()
    succeed(world.model().item, Change.EDITORIAL, description={"sv": "Rättad.", "en": "Corrected."})
    succeed(world.model().item, Change.MEANING, date(2026, 12, 2), description={"sv": "Ändrad.", "en": "Changed."})
    assert [row.consequence for row in _standing(version_id).rows] == [Consequence.CARRIED_OVER, Consequence.RECONFIRM]


def test_what_the_flow_does_not_rest_on_leaves_it_alone(world):
    version_id = world.approve()
    succeed(items.item_by_slug(db.session, "concept", "utskrivningsklar-patient"), Change.MEANING, notes=[])
    assert _standing(version_id).rows == ()


@time_machine.travel(NOW, tick=True)
def test_moving_to_the_new_version_is_a_new_flow_version_with_new_decisions(world):
    first = world.approve()
    successor = succeed(world.model().item, Change.MEANING, description={"sv": "Ändrad.", "en": "Changed."})
    item = db.session.get_one(Version, first).item
    assert world.content()["model_version"] != successor.content_hash, "nobody chose what is not in force yet"
    content = world.line_content(model_version=successor.content_hash)
    with transaction() as session:
        second = services.propose_successor(
            session, world.norrbotten, NOW, item=session.merge(item), content=content, reason="Flyttar till ny version."
        )
        services.submit(session, world.norrbotten, NOW, second)
        second_id = second.id
    assert queries.approved_version(db.session, item).id == first, "the old one is in force until both have approved"
    world.decide(second_id, "quality")
    db.session.expire_all()
    assert db.session.get_one(Version, first).state == State.SUPERSEDED
    assert _standing(second_id).rows == ()
    settled = db.session.scalars(select(FlowStanding)).one()
    assert settled.settled_by_hash == db.session.get_one(Version, second_id).content_hash


def test_an_editorial_version_after_a_change_of_meaning_is_told_as_what_it_is_to_a_flow_that_has_not_moved(world):
    version_id = world.approve()
    concept = _concept()
    notes = [*items.current(db.session, concept).content["notes"], {"sv": "Prov.", "en": "Sample.", "source": "prov"}]
    succeed(concept, Change.NARROWER, notes=notes)
    succeed(concept, Change.EDITORIAL, date(2027, 1, 1), notes=notes[:-1])
    rows = _standing(version_id).rows
    assert [(row.consequence, row.applies_from) for row in rows] == [
        (Consequence.RECONFIRM, date(2026, 12, 1)),
        (Consequence.RECONFIRM, date(2027, 1, 1)),
    ]
    flow = db.session.get_one(Version, version_id)
    _, wordings = queries.bound_versions(db.session, read_flow(flow.content))
    [bound] = [one for one in wordings if one.version.item_id == concept.id]
    assert (bound.newer.number, bound.change) == (3, Change.NARROWER)


def test_what_was_coming_and_is_withdrawn_leaves_nothing_to_reconfirm(world):
    version_id = world.approve()
    successor = succeed(world.model().item, Change.MEANING, date(2030, 1, 1), description={"sv": "Ny.", "en": "New."})
    assert len(_standing(version_id).rows) == 1
    with transaction() as session:
        coming = session.get_one(Version, successor.id)
        entry = withdrawing.propose(session, SYSTEM, NOW, coming, reason="Förhastat.")
        withdrawing.decide(session, SYSTEM_DECIDER, NOW, entry, is_granted=True, reason="Ja.")
    assert _standing(version_id).rows == ()


def test_a_flow_binds_the_model_in_force_and_the_coming_one_only_where_somebody_chooses_it(world):
    successor = succeed(world.model().item, Change.MEANING, date(2030, 1, 1), description={"sv": "Ny.", "en": "New."})
    assert world.content()["model_version"] != successor.content_hash
    for chosen in (world.model().content_hash, successor.content_hash):
        flow = read_flow(world.content(model_version=chosen))
        assert services.check_against_register(db.session, flow) == []
