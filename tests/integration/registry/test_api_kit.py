"""The kit that every resource for machines is built on, tried with a resource of its own: who asks, what is asked, what is kept."""

import base64
import hashlib
from threading import Event, Thread

import marshmallow as ma
import pytest
from sqlalchemy import func, select

import wsgi
from registry.actors import SYSTEM, Role, Scope
from registry.api import principals
from registry.api.fields import DecimalText, Moment
from registry.api.paging import PageArguments, page_answer, page_schema
from registry.api.principals import Anyone
from registry.api.rates import Buckets
from registry.api.resources import Resources, require_match, tagged
from registry.api.tables import KeptAnswer
from registry.columns import Base
from registry.db import db, transaction
from registry.errors import NotFound
from registry.findings import Text
from registry.identity import services
from registry.identity.queries import actor_of, organisation_by_code
from registry.paging import page_of_sequence
from registry.plugin import Plugin
from registry.starter import load_organisations
from registry.web.app import create_app
from tests.conftest import NOW, Browser
from tests.factories.machine_clients import registered_client
from tests.snapshots import empty

trial = Resources("trial", __name__, description=Text("Ett försök.", "A trial."))
MADE: list[dict] = []
HELD, GO = Event(), Event()


class ThingSchema(ma.Schema):
    """A thing."""

    amount = DecimalText(required=True, metadata={"description": "How much."})
    at = Moment(metadata={"description": "When."})


class RowSchema(ma.Schema):
    """A row."""

    number = ma.fields.Integer(metadata={"description": "Which."})


@trial.get("/trial/rows", needs=Anyone.PUBLIC)
@trial.arguments(PageArguments, location="query")
@trial.response(200, page_schema(RowSchema))
def trial_rows(asked):
    """Rows.

    Five of them.
    """
    rows = [{"number": number} for number in range(1, 6)]
    return page_answer(page_of_sequence(rows, asked["page"], asked["limit"]), asked)


@trial.post("/trial/things", needs=Scope.SEND_DELIVERIES, idempotent=True)
@trial.arguments(ThingSchema, example={"amount": "1.5"})
@trial.response(201, ThingSchema)
def make_thing(thing):
    """Make a thing.

    Once for each key.
    """
    if thing["amount"] == 13:
        raise NotFound("thing")
    if thing["amount"] == 99:
        HELD.set()
        assert GO.wait(30)
    MADE.append(thing)
    return thing, 201, {"Location": f"/api/v1/trial/things/{len(MADE)}"}


@trial.put("/trial/things/<int:number>", needs=Scope.SEND_DELIVERIES, changes_version=True)
@trial.arguments(ThingSchema)
@trial.response(200, ThingSchema)
def change_thing(thing, number):
    """Change a thing.

    Its version is number 7.
    """
    require_match("v7")
    return tagged(thing, "v8")


@pytest.fixture(scope="module")
def trial_app(tmp_path_factory):
    app = create_app(
        (*wsgi.PLUGINS, Plugin("trial", resources=(trial,))),
        {"INSTANCE": tmp_path_factory.mktemp("trial"), "DATABASE_URL": "", "WTF_CSRF_ENABLED": True},
    )
    app.test_client_class = Browser
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


@pytest.fixture
def kalmar(trial_app, monkeypatch):
    """A browser and the headers of a client of Kalmar with every scope, on a fresh database."""
    monkeypatch.setattr(principals, "BUCKETS", Buckets())
    MADE.clear()
    with trial_app.app_context():
        with transaction() as session:
            load_organisations(session, SYSTEM, NOW)
        region = organisation_by_code(db.session, "08")
        with transaction() as session:
            person = services.create_person(session, SYSTEM, NOW, login="admin", name="admin")
            services.hold_role(session, SYSTEM, NOW, person=person, organisation=region, role=Role.REGION_ADMINISTRATOR)
            session.refresh(person, ["memberships"])
            administrator = actor_of(person)
        browser = trial_app.test_client()
        yield browser, registered_client(administrator, region).headers(browser)
        db.session.rollback()
        db.session.close()
        empty()


def test_a_page_says_how_many_there_are_and_one_after_the_last_is_empty(kalmar):
    browser, _headers = kalmar
    told = browser.get("/api/v1/trial/rows?page=2&limit=2")
    assert told.json == {"items": [{"number": 3}, {"number": 4}], "page": 2, "limit": 2, "pages": 3, "total": 5}
    assert 'page=3&limit=2>; rel="next"' in told.headers["Link"]
    assert browser.get("/api/v1/trial/rows?page=9&limit=2").json["items"] == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("x=1", "API-002"),
        ("page=1&page=2", "API-003"),
        ("page=0", "API-004"),
        ("page=1_0", "API-004"),
        ("limit=201", "API-004"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named_in_the_language_that_is_asked_for(kalmar, query, code):
    browser, _headers = kalmar
    for language, word in (("sv", "Den ska vara"), ("en", "Must be")):
        told = browser.get(f"/api/v1/trial/rows?{query}", headers={"Accept-Language": language})
        assert told.status_code == 400
        assert told.content_type == "application/problem+json"
        assert told.headers["Content-Language"] == language
        assert {"type", "title", "status", "detail", "instance"} <= set(told.json)
        assert told.json["type"].endswith(f"/api/#{code.lower()}")
        assert told.json["findings"][0]["code"] == code
        assert told.json["findings"][0]["places"][0]["field"] in query
        if query in ("page=0", "limit=201"):
            assert word in told.json["detail"]


def test_what_was_read_already_is_not_sent_again(kalmar):
    browser, _headers = kalmar
    tag = browser.get("/api/v1/trial/rows").headers["ETag"]
    again = browser.get("/api/v1/trial/rows", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_change_is_of_the_version_that_was_read(kalmar):
    browser, headers = kalmar
    for tag, status in ((None, 428), ('"v6"', 412), ('"v7"', 200)):
        sent = headers | ({"If-Match": tag} if tag else {})
        assert browser.put("/api/v1/trial/things/1", json={"amount": "1"}, headers=sent).status_code == status


def test_a_cookie_is_nobody_and_no_cookie_is_given(kalmar):
    browser, headers = kalmar
    with browser.session_transaction() as cookies:
        cookies["sign_in"] = "something"
    refused = browser.post("/api/v1/trial/things", json={"amount": "1"})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="registry"'
    taken = browser.post("/api/v1/trial/things", json={"amount": "1"}, headers=headers)
    assert taken.status_code == 201
    assert "Set-Cookie" not in taken.headers


def test_numbers_are_texts_and_moments_are_utc(kalmar):
    browser, headers = kalmar
    sent = {"amount": "100.125", "at": "2027-01-18T23:59:59+01:00"}
    told = browser.post("/api/v1/trial/things", json=sent, headers=headers)
    assert told.json == {"amount": "100.125", "at": "2027-01-18T22:59:59Z"}
    for wrong in ({"amount": "1", "at": "2027-01-18T23:59:59"}, {"amount": "1e3"}, {"amount": None}, {"more": "1"}, []):
        refused = browser.post("/api/v1/trial/things", json=wrong, headers=headers)
        assert refused.status_code == 422, wrong
    assert len(MADE) == 1


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'{"amount": "1"', "application/json", 400),
        (b'{"amount": "1", "amount": "2"}', "application/json", 400),
        (b'{"amount": NaN}', "application/json", 400),
        (b'{"amount": "\xff"}', "application/json", 400),
        (b'{"amount": "\\ud800"}', "application/json", 400),
        (b'{"amount": "1", "note": [{"a\\u0000": 1}]}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"amount": "1"}', "text/plain", 415),
        (b"", "application/json", 400),
    ],
)
def test_content_that_is_no_json_is_refused_whole(kalmar, content, kind, status):
    browser, headers = kalmar
    told = browser.post("/api/v1/trial/things", data=content, content_type=kind, headers=headers)
    assert (told.status_code, told.content_type) == (status, "application/problem+json"), told.text
    assert MADE == []


def test_content_that_is_packed_is_not_taken_for_what_it_is_not(kalmar):
    browser, headers = kalmar
    for coding, status in (("gzip", 415), ("br", 415), ("gzip, br", 415), ("identity", 201)):
        sent = headers | {"Content-Encoding": coding}
        told = browser.post("/api/v1/trial/things", json={"amount": "1"}, headers=sent)
        assert told.status_code == status, coding
        if status == 415:
            assert told.json["findings"][0]["code"] == "API-026" and told.headers["Accept-Encoding"] == "identity"
    assert len(MADE) == 1


def test_a_digest_is_looked_at(kalmar):
    browser, headers = kalmar
    content = b'{"amount": "1"}'
    right = base64.b64encode(hashlib.sha256(content).digest()).decode()
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    for header, status in (
        (f"sha-256=:{right}:", 201),
        (f"md5=:AAAA:, sha-256=:{right}:", 201),
        (f"sha-256=:{wrong}:", 400),
        ("sha-256=abc", 400),
    ):
        sent = headers | {"Content-Digest": header}
        told = browser.post("/api/v1/trial/things", data=content, content_type="application/json", headers=sent)
        assert told.status_code == status, header
    assert len(MADE) == 2


def test_a_request_with_a_key_is_carried_out_once(kalmar):
    browser, headers = kalmar
    keyed = headers | {"Idempotency-Key": "k1"}
    first = browser.post("/api/v1/trial/things", json={"amount": "1"}, headers=keyed)
    again = browser.post("/api/v1/trial/things", json={"amount": "1"}, headers=keyed)
    assert (first.status_code, again.status_code) == (201, 201)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (again.data, again.headers["Location"]) == (first.data, first.headers["Location"])
    other = browser.post("/api/v1/trial/things", json={"amount": "2"}, headers=keyed)
    assert (other.status_code, other.json["findings"][0]["code"]) == (422, "API-009")
    assert len(MADE) == 1
    bad = browser.post("/api/v1/trial/things", json={"amount": "1"}, headers=headers | {"Idempotency-Key": "å" * 3})
    assert bad.status_code == 400


def test_what_was_refused_with_a_key_is_refused_again_without_being_tried(kalmar):
    browser, headers = kalmar
    keyed = headers | {"Idempotency-Key": "k2"}
    first = browser.post("/api/v1/trial/things", json={"amount": "13"}, headers=keyed)
    again = browser.post("/api/v1/trial/things", json={"amount": "13"}, headers=keyed)
    assert (first.status_code, again.status_code) == (404, 404)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content_type == "application/problem+json"


def test_a_key_whose_request_is_under_way_waits(kalmar, trial_app):
    _browser, headers = kalmar
    HELD.clear(), GO.clear()
    keyed, answers = headers | {"Idempotency-Key": "k3"}, []

    def send() -> None:
        with trial_app.app_context():
            answers.append(
                trial_app.test_client().post("/api/v1/trial/things", json={"amount": "99"}, headers=keyed).status_code
            )

    first = Thread(target=send)
    first.start()
    try:
        assert HELD.wait(30)
        meanwhile = trial_app.test_client().post("/api/v1/trial/things", json={"amount": "99"}, headers=keyed)
    finally:
        GO.set()
        first.join()
    assert (meanwhile.status_code, meanwhile.json["findings"][0]["code"]) == (409, "API-010")
    assert int(meanwhile.headers["Retry-After"]) > 0
    assert answers == [201]
    assert db.session.scalar(select(func.count()).select_from(KeptAnswer).where(KeptAnswer.status == 201)) == 1


def test_a_fault_of_ours_is_not_kept(kalmar, trial_app, monkeypatch):
    browser, headers = kalmar
    keyed = headers | {"Idempotency-Key": "k4"}
    monkeypatch.setattr("tests.integration.registry.test_api_kit.MADE", None, raising=False)
    broken = browser.post("/api/v1/trial/things", json={"amount": "1"}, headers=keyed)
    monkeypatch.undo()
    assert (broken.status_code, broken.json["findings"][0]["code"]) == (500, "API-022")
    MADE.clear()
    assert browser.post("/api/v1/trial/things", json={"amount": "1"}, headers=keyed).status_code == 201


def test_too_many_requests_are_told_when_to_come_again(kalmar, trial_app, monkeypatch):
    browser, headers = kalmar
    monkeypatch.setitem(trial_app.config, "API_RATE", 3)
    answers = [browser.get("/api/v1/client", headers=headers) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit"].startswith('"process";r=2')
    assert int(answers[3].headers["Retry-After"]) >= 1


def test_what_is_not_there_is_a_problem_and_not_a_page(kalmar):
    browser, headers = kalmar
    for method, address, status in (
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/trial/rows", 405),
        ("GET", "/api/v1/trial/rows?page=%00", 400),
    ):
        told = browser.open(address, method=method, headers=headers | {"Accept": "text/html"})
        assert (told.status_code, told.content_type) == (status, "application/problem+json")
    assert "GET" in browser.delete("/api/v1/trial/rows").headers["Allow"]
