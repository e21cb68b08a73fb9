"""A machine client reads its organisation's lines and uses, and nobody else's."""

import pytest

from registry.actors import Role, Scope
from tests.factories.flows import FlowWorld
from tests.factories.machine_clients import registered_client


@pytest.fixture
def world(app, organisations, actor):
    return FlowWorld.load(organisations, actor)


@pytest.fixture
def asks(world, organisations, actor, client):
    """Answers to a client of a region (by code) with some scopes."""

    def make(code: str, *scopes: Scope):
        administrator = actor(f"administrator-{code}", (Role.REGION_ADMINISTRATOR, code))
        headers = registered_client(administrator, organisations[code], *scopes).headers(client)
        return lambda address: client.get(f"/api/v1{address}", headers=headers)

    return make


def test_a_region_reads_its_own_lines_with_their_uses(world, asks):
    world.approve()
    norrbotten = asks("25")
    listed = norrbotten("/lines").json
    assert listed["total"] == 1
    line = listed["items"][0]
    assert (line["discloser"]["code"], line["recipient"]["kind"]) == ("25", "recipient")
    assert line["channels"] and line["model"] == "faststallda-vardplatser-per-sjukhus"
    assert norrbotten(f"/lines/{line['id']}").json == line
    schema = norrbotten(line["model_schema"].removeprefix("/api/v1"))
    assert schema.json["x-model-hash"] == line["model_version"]
    uses = norrbotten(f"/lines/{line['id']}/uses").json["items"]
    assert uses and all(one["sunset"] == "2027-12-31" for one in uses)


def test_another_regions_line_is_not_found(world, asks):
    world.approve()
    line = asks("25")("/lines").json["items"][0]["id"]
    kalmar = asks("08")
    assert kalmar("/lines").json["items"] == []
    for address in (f"/lines/{line}", f"/lines/{line}/uses"):
        answer = kalmar(address)
        assert (answer.status_code, answer.json["findings"][0]["code"]) == (404, "API-001")


def test_lines_need_the_scope_and_concepts_need_none(world, asks, client):
    world.approve()
    sender = asks("25", Scope.SEND_DELIVERIES)
    refused = sender("/lines")
    assert (refused.status_code, refused.json["error"], refused.json["scope"]) == (
        403, "insufficient_scope", "read_deliveries",
    )  # fmt: skip
    assert 'scope="read_deliveries"' in refused.headers["WWW-Authenticate"]
    assert sender("/concepts").status_code == 200
    assert client.get("/api/v1/lines").status_code == 401


def test_published_models_are_read_with_the_schema_of_a_delivery(world, client):
    model = client.get("/api/v1/models/faststallda-vardplatser-per-sjukhus").json
    assert model["content"]["slug"] == model["id"]
    schema = client.get(f"/api/v1/models/{model['id']}/versions/{model['number']}/schema")
    assert schema.content_type == "application/schema+json"
    assert schema.json["x-model-hash"] == model["content_hash"] and schema.json["$id"].endswith(model["content_hash"])
    hospitals = {one["const"]: one["title"] for one in schema.json["$defs"]["list-sjukhus"]["oneOf"]}
    assert hospitals["65014"] == "Kalix sjukhus" and schema.json["examples"]
    assert client.get(f"/api/v1/models/{model['id']}/versions/99").status_code == 404
    assert client.get("/api/v1/code-lists?limit=1").json["total"] > 1


def test_a_draft_is_nothing_to_a_machine(world, asks):
    world.propose_line()
    assert asks("25")("/lines").json["items"] == []
