"""Units, layouts, standing decisions and last days, read by machines of two regions and by anybody."""

from datetime import date
from hashlib import sha256

import pytest
import time_machine
from sqlalchemy import select

from registry.actors import Role, Scope
from registry.api import principals
from registry.api.rates import Buckets
from registry.db import db, transaction
from registry.events import Event
from registry.items.tables import Item
from registry.period import PeriodKind
from registry.signing.queries import key_ring
from submission_portal.deliveries.flow_files.content import FlowFile
from submission_portal.deliveries.flow_files.sealing import opened
from submission_portal.deliveries.layouts.services import keep_layout
from submission_portal.deliveries.reading.layouts.content import ColumnAnswer, Layout
from submission_portal.deliveries.standing_disclosures import deciding
from submission_portal.deliveries.tables import StandingDisclosure
from submission_portal.flows.content import read
from submission_portal.flows.timetables import agreeing
from submission_portal.flows.timetables.due_days import Formula, Unit
from submission_portal.units import services as units
from submission_portal.units.lines import kept_line, line_of
from submission_portal.units.unit import RegisteredUnit
from tests.conftest import NOW
from tests.factories.machine_clients import registered_client
from tests.factories.standing_disclosures import StandingWorld


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(principals, "BUCKETS", Buckets())
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def standing(organisations, actor):
    return StandingWorld.load(organisations, actor)


@pytest.fixture
def world(standing):
    return standing.deliveries


@pytest.fixture
def asks(world, organisations, actor, client):
    administrators = {}

    def make(code, *scopes):
        if code not in administrators:
            administrators[code] = actor(f"ra{code}", (Role.REGION_ADMINISTRATOR, code))
        headers = registered_client(administrators[code], organisations[code], *scopes).headers(client)
        return lambda address: client.get(f"/api/v1{address}", headers=headers)

    return make


def keep_units(world):
    with transaction() as session:
        kept = kept_line(session, *line_of(session, world.flow.slug))
        found = [RegisteredUnit({"sjukhus": "65014", "avdelning": ward}, f"Avd {ward}") for ward in "AB"]
        units.add(session, world.officer, NOW, kept, found)


def test_a_region_reads_its_units_and_whether_they_are_confirmed(world, asks):
    own, address = asks("25"), f"/lines/{world.flow.slug}/units"
    assert own(address).json["items"] == []
    keep_units(world)
    first, second = own(address).json["items"]
    assert (first["values"], first["name"]) == ({"sjukhus": "65014", "avdelning": "A"}, "Avd A")
    assert (second["aliases"], second["opened"], second["closed"], second["confirmed_at"]) == ([], None, None, None)
    with transaction() as session:
        units.confirm(session, world.officer, NOW, kept_line(session, *line_of(session, world.flow.slug)))
    assert own(f"{address}?limit=1").json["items"][0]["confirmed_at"] == "2026-11-02T08:00:00Z"


def test_a_region_reads_its_layouts(world, asks):
    with transaction() as session:
        item = session.get_one(Item, world.item_id)
        model = read(world.approved.content).model_version
        layout = Layout(columns=(ColumnAnswer("ÖB", "overbelaggningar"),))
        keep_layout(session, world.officer, NOW, item, layout, model_version=model, source="Export")
    own = asks("25")
    (row,) = own(f"/lines/{world.flow.slug}/layouts").json["items"]
    assert (row["line"], row["source"], row["number"]) == (world.flow.slug, "Export", 1)
    shown = own(f"/layouts/{row['id']}").json
    assert shown | row == shown
    assert shown["layout"]["columns"][0]["element"] == "overbelaggningar"
    assert asks("12")(f"/layouts/{row['id']}").status_code == 404


def test_a_region_reads_its_standing_decisions_and_whether_one_is_in_force(standing, world, asks):
    identifier = standing.decide()
    own, address = asks("25"), f"/lines/{world.flow.slug}/standing-disclosures"
    (row,) = own(address).json["items"]
    assert (row["id"], row["is_in_force"], row["stopped_by"]) == (identifier, True, None)
    assert row["conditions"]["small_numbers"] and set(row["uses"][0]) == {"use", "version"}
    with transaction() as session:
        found = session.get_one(StandingDisclosure, identifier)
        deciding.withdraw(session, world.discloser, NOW, found, reason="Ny export.")
    (row,) = own(address).json["items"]
    assert (row["is_in_force"], row["stopped_by"]) == (False, "DIS-010") and row["withdrawn_at"] is not None


@pytest.mark.parametrize("what", ["units", "layouts", "standing-disclosures"])
def test_others_find_nothing_and_the_scope_is_needed(world, asks, client, what):
    address = f"/lines/{world.flow.slug}/{what}"
    assert asks("12")(address).status_code == 404
    assert asks("25", Scope.SEND_DELIVERIES)(address).status_code == 403
    assert client.get(f"/api/v1{address}").status_code == 401


def test_anybody_reads_last_days_of_a_year_and_of_a_line(world, client):
    assert client.get("/api/v1/due-dates").json["items"] == []
    formula = Formula(PeriodKind.MONTH, 10, Unit.WORKING_DAYS, is_once=True)
    with transaction() as session:
        item = session.get_one(Item, world.item_id)
        agreeing.propose_rule(
            session, world.officer, NOW, item, first=date(2026, 11, 1), formula=formula, reason="Som avtalat."
        )
    with transaction() as session:
        agreeing.agree(session, world.flows.quality, NOW, session.get_one(Item, world.item_id))
    db.session.rollback()
    year = client.get(f"/api/v1/due-dates?year=2027&line={world.flow.slug}&limit=2").json
    first = year["items"][0]
    assert (first["period"], first["due"], first["state"]) == ("2026-12", "2027-01-18", "running")
    assert (first["first"], first["last"], first["delivered_at"]) == ("2026-12-01", "2026-12-31", None)
    assert first["discloser"]["code"] == "25" and year["total"] == 12
    assert client.get("/api/v1/due-dates").json["items"][0]["period"] == "2026-11"
    assert client.get("/api/v1/due-dates?line=ingen").json["total"] == 0
    for wrong in ("1999", "2101", "x"):
        assert client.get(f"/api/v1/due-dates?year={wrong}").status_code == 400
    assert db.session.scalar(select(Item.slug).where(Item.id == world.item_id)) == first["line"]


def test_a_flow_file_is_for_the_regions_own_machines_and_each_is_on_record(world, asks):
    address = f"/lines/{world.flow.slug}/flow-file"
    answer = asks("25", Scope.PREPARE_DELIVERIES)(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    file = opened(answer.data, key_ring(db.session))
    assert isinstance(file, FlowFile) and file.slug == world.flow.slug
    assert asks("12")(address).status_code == 404
    assert asks("25", Scope.READ_DELIVERIES)(address).status_code == 403
    db.session.rollback()
    told = list(db.session.scalars(select(Event).where(Event.type == "FlowFileMade")))
    assert [one.data["sha256"] for one in told] == [sha256(answer.data).hexdigest()]
