"""Deliveries through the interface for machines: example 4 of the agreement, the roads of a file, and what a machine may not."""

import base64
import gzip
import hashlib
import json

import pytest
import time_machine
from sqlalchemy import func, select

from registry.actors import Role, Scope
from registry.api import principals
from registry.api.rates import Buckets
from registry.db import db, transaction
from registry.events import Event
from registry.identity.client_tables import Client
from registry.identity.clients import services as clients
from submission_portal.deliveries.checking import kept_reading
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving.api import receiving_files
from tests.conftest import NOW
from tests.factories.deliveries import DAILY, DeliveryWorld
from tests.factories.machine_clients import registered_client
from tests.snapshots import remembered
from tests.statements import counted

API = "/api/v1"
JSON = {"Content-Type": "application/json"}


class Machine:
    """A client of a region at the interface."""

    def __init__(self, browser, administrator, organisation, *scopes):
        self.browser, self.administrator = browser, administrator
        self.known = registered_client(administrator, organisation, *scopes)
        self.headers = self.known.headers(browser)

    def ask(self, method, address, **options):
        headers = {**self.headers, **options.pop("headers", {})}
        db.session.rollback()
        return self.browser.open(API + address, method=method, headers=headers, **options)

    def deliver(self, world, data, *, key=None, media_type="text/csv", query="", headers=()):
        sent = {"Content-Type": media_type, **dict(headers), **({"Idempotency-Key": key} if key else {})}
        return self.ask("POST", f"/lines/{world.flow.slug}/deliveries{query}", data=data, headers=sent)

    def act(self, delivery, act, *, method="POST", **content):
        address = f"/deliveries/{delivery['id']}"
        tag = self.ask("GET", address).headers["ETag"]
        options = {"json": content} if content else {}
        return self.ask(method, f"{address}/{act}", headers={"If-Match": tag}, **options)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(principals, "BUCKETS", Buckets())
    with time_machine.travel(NOW, tick=True):
        yield


def machine_of(code, app, organisations, actor, *scopes):
    administrator = actor(f"ra{code}", (Role.REGION_ADMINISTRATOR, code))
    return Machine(app.test_client(), administrator, organisations[code], *scopes)


@pytest.fixture
def world(organisations, actor):
    """A line of daily figures in which one day has been accepted, so that wards A to D are known."""
    world = DeliveryWorld.load(organisations, actor, DAILY)
    remembered("a day of wards", lambda: world.sent(wards_csv(2, 2, 2, 2, day="2026-10-29")))
    return world


def wards_csv(*crowded, day="2026-10-30"):
    head = "Dag;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;Överbeläggningar;Utlokaliserade patienter"
    rows = [f"{day};Kalix sjukhus;{chr(65 + at)};{20 + at};15;{count};10" for at, count in enumerate(crowded)]
    return "\r\n".join([head, *rows, ""]).encode()


@pytest.fixture
def machine(app, world, organisations, actor):
    return machine_of("25", app, organisations, actor)


@pytest.fixture
def other(app, world, organisations, actor):
    return machine_of("12", app, organisations, actor)


def deliveries():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Delivery).where(Delivery.number.is_(None)))


def records(*crowded, day="2026-10-30", **more):
    return [
        {"dag": day, "sjukhus": "65014", "avdelning": chr(65 + at), "disponibla": 20 + at, "belagda": 15, "overbelaggningar": count, "utlokaliserade": 10, **more}
        for at, count in enumerate(crowded)
    ]  # fmt: skip


def cells(delivery):
    return sorted((one["code"], one["key"], one["count"]) for one in delivery["findings"])


def test_a_key_makes_one_delivery_however_often_it_is_sent(machine, world, monkeypatch):
    a, b = wards_csv(0, 2, 0, 0), wards_csv(0, 3, 0, 0)
    first = machine.deliver(world, a, key="k1")
    assert first.status_code == 201 and "Idempotency-Replayed" not in first.headers
    again = machine.deliver(world, a, key="k1")
    assert (again.status_code, again.headers["Idempotency-Replayed"], again.data) == (201, "true", first.data)
    assert again.headers["Location"] == first.headers["Location"]
    assert machine.deliver(world, b, key="k1").status_code == 422
    same = machine.deliver(world, a, key="k2")
    assert (same.status_code, same.headers["Location"]) == (200, first.headers["Location"])
    assert deliveries() == 1
    shown = machine.ask("GET", first.headers["Location"].removeprefix(API))
    assert shown.status_code == 200 and shown.json["id"] == first.json["id"]

    running = []
    read = receiving_files.services.read_for

    def meanwhile(*given, **how):
        if not running:
            running.append(None)
            running[0] = machine.deliver(world, b, key="k3")
        return read(*given, **how)

    monkeypatch.setattr(receiving_files.services, "read_for", meanwhile)
    assert machine.deliver(world, b, key="k3").status_code == 201
    assert running[0].status_code == 409 and int(running[0].headers["Retry-After"]) > 0


def test_a_small_delivery_asks_the_database_little(machine, world):
    """Of a line with a delivery before; 85 until what was asked again was asked once, 60 until rows were sealed."""
    machine.deliver(world, wards_csv(3, 2, 2, 2), key="first")
    with counted() as statements:
        assert machine.deliver(world, wards_csv(4, 2, 2, 2), key="second").status_code == 201
    assert len(statements) <= 66, "\n".join(statements)
    assert sum(one.startswith("UPDATE delivery") for one in statements) == 1


def test_who_may_not_gets_one_clear_answer(app, machine, other, world, organisations, actor):
    made = machine.deliver(world, wards_csv(0, 2, 0, 0))
    address = made.headers["Location"].removeprefix(API)
    assert other.ask("GET", address).status_code == 404
    assert other.deliver(world, wards_csv(0, 2, 0, 0)).status_code == 404
    assert other.ask("GET", "/deliveries").json["total"] == 0
    reader = Machine(app.test_client(), machine.administrator, organisations["25"], Scope.READ_DELIVERIES)
    refused = reader.deliver(world, wards_csv(0, 2, 0, 0))
    assert (refused.status_code, refused.json["error"]) == (403, "insufficient_scope")
    assert 'error="insufficient_scope"' in refused.headers["WWW-Authenticate"]
    assert reader.ask("GET", address).status_code == 200
    with transaction() as session:
        clients.revoke_client(
            session, machine.administrator, NOW, client=session.get_one(Client, machine.known.client_id)
        )
    ended = machine.ask("GET", address)
    assert (ended.status_code, ended.json["error"]) == (401, "invalid_token")


def test_content_that_is_not_what_was_sent_is_not_taken(machine, world):
    data = wards_csv(0, 2, 0, 0)
    right, wrong = (base64.b64encode(hashlib.sha256(each).digest()).decode() for each in (data, b"other"))
    refused = machine.deliver(world, data, headers={"Content-Digest": f"sha-256=:{wrong}:"})
    assert refused.status_code == 400 and deliveries() == 0
    assert machine.deliver(world, data, headers={"Content-Digest": f"sha-256=:{right}:"}).status_code == 201


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b'[{"dag": NaN}]', "application/json", "FIL-040"),
        (b'[{"dag": 1, "dag": 2}]', "application/json", "FIL-041"),
        (b'[{"dag": 1', "application/json", "FIL-038"),
        (b"dag;sjukhus", "application/json", "FIL-003"),
        (b"null", "application/json", "FIL-039"),
        (b"%PDF-1.7", "application/octet-stream", "FIL-004"),
        (b"", "text/csv", "FIL-001"),
        (json.dumps(records(1, avdelning="811218-9876")).encode(), "application/json", "PER-001"),
    ],
)
def test_what_cannot_be_read_is_400_and_nothing_is_kept(machine, world, data, media_type, code):
    refused = machine.deliver(world, data, media_type=media_type)
    assert refused.status_code == 400, refused.text
    assert [one["code"] for one in refused.json["findings"]] == [code]
    assert deliveries() == 0
    db.session.rollback()
    last = db.session.scalar(select(Event.type).order_by(Event.number.desc()).limit(1))
    assert (last == "IdentityNumbersRefused") is (code == "PER-001")


def test_a_text_that_no_database_keeps_is_not_taken(machine, world):
    """Half a surrogate pair was a fault of ours, and the character zero one on PostgreSQL."""
    delivery = machine.deliver(world, wards_csv(0, 2, 0, 0)).json
    for text in (r"a\u0000b", r"a\uD800b"):
        for method, act, content in (
            ("POST", "withdrawal", f'{{"reason": "{text}"}}'),
            ("PUT", "answers", f'{{"cells": {{"{text}": {{"5": "not_reported"}}}}}}'),
        ):
            tag = machine.ask("GET", f"/deliveries/{delivery['id']}").headers["ETag"]
            headers = {**JSON, "If-Match": tag}
            told = machine.ask(method, f"/deliveries/{delivery['id']}/{act}", data=content, headers=headers)
            assert (told.status_code, told.json["findings"][0]["code"]) == (400, "API-019"), told.text
    assert machine.ask("GET", f"/deliveries/{delivery['id']}").json["state"] == delivery["state"]


def test_a_file_may_come_packed_with_gzip_and_in_no_other_way(machine, world):
    data = wards_csv(0, 2, 0, 0)
    for coding, status in (("br", 415), ("gzip, gzip", 415), ("gzip", 201)):
        assert machine.deliver(world, gzip.compress(data), headers={"Content-Encoding": coding}).status_code == status
    assert deliveries() == 1
    members = gzip.compress(data[:99]) + gzip.compress(data[99:])
    joined = machine.deliver(world, members, media_type="application/gzip", query="?format=csv")
    assert (joined.status_code, joined.json["rows"], joined.json["state"]) == (201, 4, "checked"), joined.text


def test_the_same_content_by_each_road_has_the_same_findings(machine, world):
    bad = records(0, 2, overbelaggningar=None, disponibla=2.125)
    as_csv = "dag;sjukhus;avdelning;disponibla;belagda;overbelaggningar;utlokaliserade\n" + "".join(
        f"2026-10-30;65014;{ward};2,125;15;;10\n" for ward in "AB"
    )
    roads = (
        (as_csv.encode(), "text/csv", ""),
        (json.dumps(bad).encode(), "application/json", ""),
        ("\n".join(map(json.dumps, bad)).encode(), "application/x-ndjson", ""),
        (gzip.compress(json.dumps(bad).encode()), "application/gzip", "?format=json"),
        (json.dumps(bad).encode(), "application/octet-stream", "?format=json&file_name=dag.json"),
    )
    made = [machine.deliver(world, data, media_type=media_type, query=query) for data, media_type, query in roads]
    assert [one.status_code for one in made] == [201, 201, 201, 201, 200], [one.text for one in made]
    assert {one.json["state"] for one in made} == {"stopped"}
    assert all(cells(one.json) == cells(made[0].json) for one in made) and cells(made[0].json)
    by_csv, by_json = made[0].json, made[1].json
    (table,) = [one for one in by_csv["findings"] if one["key"] == "ROW-002.disponibla"]
    (tree,) = [one for one in by_json["findings"] if one["key"] == "ROW-002.disponibla"]
    assert (table["places"][0]["row"], table["places"][0]["column"]) == (2, "D")
    assert tree["places"][0] == {"field": "disponibla", "value": tree["places"][0]["value"], "pointer": "/0/disponibla"}
    assert table["needs"] == tree["needs"] == "mend"


def test_empty_cells_are_answered_by_the_machine_and_the_receipt_is_the_same_however_often_it_is_sent(machine, world):
    data = json.dumps(records(0, 2, 0, None)).encode()
    delivery = machine.deliver(world, data, media_type="application/json", query="?sender_reference=run-1").json
    assert (delivery["state"], delivery["sender_reference"]) == ("stopped", "run-1")
    (question,) = [one for one in delivery["findings"] if one["needs"] == "answer"]
    assert question["places"][0]["pointer"] == "/3/overbelaggningar"
    wrong = machine.act(delivery, "answers", method="PUT", cells={"overbelaggningar": {"5": "maybe"}})
    assert (wrong.status_code, wrong.json["findings"][0]["code"]) == (409, "DEL-013")
    elsewhere = machine.act(delivery, "answers", method="PUT", cells={"overbelaggningar": {"/3/belagda": "closed"}})
    assert (elsewhere.status_code, elsewhere.json["findings"][0]["code"]) == (409, "DEL-013")
    gap = machine.act(delivery, "answers", method="PUT", gaps={"no such": "closed"})
    assert (gap.status_code, gap.json["findings"][0]["code"]) == (409, "DEL-084")
    at = question["places"][0]["pointer"]
    answered = machine.act(delivery, "answers", method="PUT", cells={"overbelaggningar": {at: "not_reported"}})
    assert (answered.status_code, answered.json["state"]) == (200, "checked"), answered.text
    none_yet = machine.ask("GET", f"/deliveries/{delivery['id']}/receipt")
    assert (none_yet.status_code, none_yet.json["findings"][0]["code"]) == (404, "DEL-085")
    world.disclose(delivery["id"])
    receipt = machine.act(delivery, "send")
    assert receipt.status_code == 200 and receipt.json["number"].startswith("L-2026-")
    again = machine.ask("POST", f"/deliveries/{delivery['id']}/send")
    assert again.json == receipt.json == machine.ask("GET", f"/deliveries/{delivery['id']}/receipt").json
    found = machine.ask("GET", "/deliveries?sender_reference=run-1").json
    assert [one["number"] for one in found["items"]] == [receipt.json["number"]]
    assert machine.ask("GET", f"/deliveries?number={receipt.json['number']}&line={world.flow.slug}").json["total"] == 1


def test_the_type_of_a_problem_leads_to_an_explanation(machine, world):
    told = machine.deliver(world, b'[{"dag": NaN}]', media_type="application/json").json
    anchor = told["type"].rpartition("#")[2]
    page = machine.browser.get("/api/", headers={"Accept-Language": "en"}).text
    assert anchor == "fil-040" and all(f'id="{one}"' in page for one in (anchor, "api-007", "del-040", "upl-003"))


def test_without_a_decision_a_machine_sends_nothing(machine, world):
    delivery = machine.deliver(world, wards_csv(0, 2, 0, 0)).json
    waits = machine.act(delivery, "send")
    assert (waits.status_code, waits.json["findings"][0]["code"]) == (409, "DEL-040")
    assert waits.json["waits_for"] == "disclosure"
    world.disclose(delivery["id"])
    assert machine.act(delivery, "send").status_code == 200


def test_a_change_names_the_version_that_it_is_of(machine, world):
    delivery = machine.deliver(world, wards_csv(0, 2, 0, 0)).json
    address = f"/deliveries/{delivery['id']}/file"
    other = wards_csv(0, 2, 0, 1)
    csv = {"Content-Type": "text/csv"}
    assert machine.ask("PUT", address, data=other, headers=csv).status_code == 428
    assert machine.ask("PUT", address, data=other, headers={**csv, "If-Match": '"old"'}).status_code == 412
    tag = machine.ask("GET", f"/deliveries/{delivery['id']}").headers["ETag"]
    put = machine.ask("PUT", address, data=other, headers={**csv, "If-Match": tag})
    assert put.status_code == 200 and put.json["file"]["sha256"] == hashlib.sha256(other).hexdigest()
    assert machine.ask("PUT", address, data=other, headers={**csv, "If-Match": tag}).status_code == 412


def test_what_was_received_is_corrected_replaced_and_withdrawn(machine, world):
    first = machine.deliver(world, wards_csv(0, 2, 0, 0)).json
    world.disclose(first["id"])
    number = machine.act(first, "send").json["number"]
    half = machine.deliver(world, wards_csv(0, 2, 0, 7), query=f"?corrects={number}")
    assert (half.status_code, half.json["findings"][0]["code"]) == (400, "DEL-014")
    new = machine.deliver(world, wards_csv(0, 2, 0, 7), query=f"?corrects={number}&correction_kind=replacement").json
    assert (new["corrects"], new["correction_kind"]) == (first["id"], "replacement")
    assert machine.act(first, "withdrawal", reason="").status_code == 409
    back = machine.act(first, "withdrawal", reason="Fel dag.")
    assert (back.status_code, back.json["state"]) == (200, "withdrawn")
    assert machine.act(new, "withdrawal", reason="").json["state"] == "withdrawn"


def test_many_rows_are_checked_in_the_background_unless_the_client_waits(machine, world, monkeypatch):
    monkeypatch.setattr(kept_reading, "AT_ONCE_ROWS", 3)
    made = machine.deliver(world, wards_csv(0, 2, 0, 0))
    assert (made.status_code, made.json["state"]) == (202, "checking")
    assert made.headers["Retry-After"] and made.headers["Location"].endswith(made.json["id"])
    assert machine.act(made.json, "send").json["findings"][0]["code"] == "DEL-011"
    waited = machine.deliver(world, wards_csv(0, 2, 0, 1), headers={"Prefer": "wait=1"})
    assert (waited.status_code, waited.headers["Preference-Applied"]) == (202, "wait=1")


def test_findings_come_in_pages_and_unknown_parameters_are_told(machine, world):
    delivery = machine.deliver(world, b"dag;sjukhus\n2026-10-30;65014\n").json
    page = machine.ask("GET", f"/deliveries/{delivery['id']}/findings?limit=1").json
    assert (page["total"], len(page["items"])) == (delivery["findings_total"], 1) and page["pages"] > 1
    assert machine.deliver(world, b"x", query="?rows=1").status_code == 400
    assert machine.deliver(world, b"x", media_type="image/png").status_code == 415
    assert machine.deliver(world, wards_csv(1), query="?sender_reference=811218-9876").status_code == 409
