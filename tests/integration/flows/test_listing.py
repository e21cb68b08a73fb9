"""The list of flows, as the database orders and counts it."""

from registry.db import db
from submission_portal.flows import queries
from tests.factories.flows import BEDS, DAILY, FlowWorld


def test_flows_are_listed_by_model_with_all_that_each_model_has(any_app, organisations, actor):
    world = FlowWorld.load(organisations, actor)
    for model in (BEDS, DAILY, BEDS):
        world.approve(model)
    places = {world.discloser: 0}
    listed = queries.list_of_flows(db.session, "", 1, places)
    assert [version.content["model"] for version in listed.page.rows] == [DAILY, BEDS, BEDS]
    slugs = [version.item.slug for version in listed.page.rows]
    assert slugs[1:] == sorted(slugs[1:]) and listed.totals == {DAILY: 1, BEDS: 2}
    assert (listed.disclosers, listed.chosen) == ({world.discloser}, "")
    assert queries.list_of_flows(db.session, world.recipient, 1, places) == listed
    own = queries.list_of_flows(db.session, world.discloser, 1, places)
    assert own.chosen == world.discloser and own.page.total == 3
