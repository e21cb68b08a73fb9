"""Webhooks of a region: told of its deliveries by the worker, tried again, given up, sent again, and administered."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from standardwebhooks import Webhook as Verifier

from registry import jobs
from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.events import Event
from registry.identity.tables import Organisation
from registry.jobs import Job
from registry.messages import telling
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving import services as receiving
from submission_portal.webhooks import posting, queries, sending, services
from submission_portal.webhooks.services import JudgedUrl
from submission_portal.webhooks.signing import secret_of
from submission_portal.webhooks.tables import GIVEN_UP, SENT, WAITING, Webhook, WebhookMessage
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld, beds_csv
from tests.factories.receivers import HOST, PUBLIC, listening
from tests.pages import read

URL = f"https://{HOST}/in"


@pytest.fixture(autouse=True)
def travelled():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)


@pytest.fixture
def administrator(world, actor):
    return actor("ra", (Role.REGION_ADMINISTRATOR, "25"))


@pytest.fixture
def receiver(monkeypatch):
    with listening() as found:
        monkeypatch.setattr(posting, "NETWORK", found.network())
        yield found


@pytest.fixture
def webhook(administrator, organisations, receiver) -> Webhook:
    return made(administrator, organisations["25"])


def made(administrator, organisation, url=URL) -> Webhook:
    with transaction() as session:
        place = session.get_one(Organisation, organisation.id)
        identifier = services.create_webhook(session, administrator, NOW, organisation=place, judged=JudgedUrl(url)).id
    return again(identifier)


def again(webhook_id) -> Webhook:
    db.session.rollback()
    return db.session.get_one(Webhook, webhook_id)


def messages():
    db.session.rollback()
    return list(db.session.scalars(select(WebhookMessage).order_by(WebhookMessage.id)))


def told(receiver):
    return [json.loads(body) for _line, _headers, body in receiver.requests]


def act(administrator, webhook, what, **how):
    with transaction() as session:
        return what(session, administrator, NOW, webhook=session.get_one(Webhook, webhook.id), **how)


def count(kind):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Event).where(Event.type == kind))


def test_a_delivery_is_told_of_from_file_to_release(any_app, world, administrator, organisations, receiver, travelled):
    webhook = made(administrator, organisations["25"])
    delivery_id = world.sent()
    jobs.drain()
    seen = [one["data"] for one in told(receiver)]
    assert all(one["id"] == delivery_id for one in seen)
    assert sorted(one["state"] for one in seen) == ["checked", "disclosed", "released"]
    assert [one["type"] for one in told(receiver)] == [f"delivery.{one['state']}" for one in seen]
    secret = secret_of(any_app.secret_key, webhook.id, 1)
    for _line, headers, body in receiver.requests:
        assert re.fullmatch(r"msg_[0-9a-f]{32}", headers["webhook-id"])
        assert set(json.loads(body)) == {"type", "timestamp", "data"}
        Verifier(secret).verify(body, headers)
    assert {one.status for one in messages()} == {SENT} and again(webhook.id).last_sent_at is not None
    act(administrator, webhook, services.rotate_secret)
    with transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        receiving.withdraw(session, world.officer, NOW, delivery, reason="Fel dag.")
    jobs.drain()
    assert told(receiver)[-1]["data"]["state"] == "withdrawn"
    _line, headers, body = receiver.requests[-1]
    for number in (1, 2):
        Verifier(secret_of(any_app.secret_key, webhook.id, number)).verify(body, headers)


def test_the_same_state_is_told_once_and_other_regions_nothing(world, webhook, receiver, actor, organisations):
    skane = actor("ra12", (Role.REGION_ADMINISTRATOR, "12"))
    other = made(skane, organisations["12"])
    delivery_id = world.start(beds_csv({"Kalix sjukhus": ""}))
    world.save(delivery_id, answers={})
    jobs.drain()
    assert [one["data"]["state"] for one in told(receiver)] == ["stopped"]
    assert {one.webhook_id for one in messages()} == {webhook.id}
    with pytest.raises(NotFound):
        queries.webhook_seen_by(db.session, skane, webhook.id)
    assert [one.id for one in queries.page_of_webhooks(db.session, skane, 1).rows] == [other.id]


def test_a_replacement_is_told_of_with_what_it_replaces(world, webhook, receiver):
    first = world.sent()
    changed = beds_csv({"Kalix sjukhus": 60})
    second = world.start(changed, "ny.csv", corrects=first, correction_kind="replacement")
    world.disclose(second)
    world.send(second)
    assert world.delivery(first).state == "replaced"
    jobs.drain()
    states = {(one["data"]["id"], one["data"]["state"]) for one in told(receiver)}
    assert {(first, "released"), (second, "released"), (first, "replaced")} <= states


def test_a_receiver_that_fails_rests_and_gets_the_same_message_later(world, webhook, receiver, travelled):
    receiver.answer = b"HTTP/1.1 500 No\r\n\r\n"
    world.start(beds_csv({"Kalix sjukhus": ""}))
    jobs.drain()
    assert len(receiver.requests) == 1
    assert again(webhook.id).failing_since is not None and messages()[0].answer == "500"
    world.start(beds_csv({"Kalix sjukhus": ""}, day="2026-03-02"))
    jobs.drain()
    assert len(receiver.requests) == 1, "while it rests nothing is tried"
    receiver.answer = b"HTTP/1.1 200 OK\r\n\r\n"
    travelled.shift(sending.RESTS[0] + timedelta(seconds=5))
    jobs.drain()
    ids = [headers["webhook-id"] for _line, headers, _body in receiver.requests]
    assert len(ids) == 3 and len(set(ids)) == 2 and ids[0] in ids[1:]
    found = again(webhook.id)
    assert (found.failing_since, found.failures, found.rests_until) == (None, 0, None)


def test_what_is_not_taken_for_three_days_is_given_up_said_once_and_may_be_sent_again(
    app, world, webhook, receiver, travelled, administrator, signed_in
):
    receiver.answer = b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n"
    for day in ("2026-03-01", "2026-03-02"):
        world.start(beds_csv({"Kalix sjukhus": ""}, day=day))
    for _ in range(20):
        jobs.drain()
        travelled.shift(timedelta(hours=13))
    assert {(one.status, one.answer) for one in messages()} == {(GIVEN_UP, "302")}
    assert 6 < len(receiver.requests) < 20
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == services.SEND, Job.state == "waiting")) == 0  # fmt: skip
    assert count("WebhookGaveUp") == 1
    assert [one.type for one in telling.inbox(db.session, administrator, 1).rows] == ["WebhookGaveUp"]
    browser = signed_in(administrator)
    page = read(browser.get(f"/administration/webhookar/{webhook.id}"))
    assert "Når inte fram" in page.text and "omdirigeringar följs inte" in page.text and "Uppgivet" in page.text
    assert f"/administration/webhookar/{webhook.id}" in browser.get("/meddelanden/").text
    receiver.answer = b"HTTP/1.1 200 OK\r\n\r\n"
    sent = browser.post(f"/administration/webhookar/{webhook.id}/skicka-igen", follow_redirects=True)
    assert "2 meddelanden skickas på nytt" in sent.text
    jobs.drain()
    assert {one.status for one in messages()} == {SENT} and count("WebhookSentAgain") == 1


def test_a_receiver_that_is_gone_is_turned_off_and_its_administrator_told(world, webhook, receiver, administrator):
    receiver.answer = b"HTTP/1.1 410 Gone\r\n\r\n"
    world.start(beds_csv({"Kalix sjukhus": ""}))
    jobs.drain()
    assert again(webhook.id).turned_off_at is not None and count("WebhookTurnedOff") == 1
    assert [one.type for one in telling.inbox(db.session, administrator, 1).rows] == ["WebhookTurnedOff"]
    with pytest.raises(Refused) as refused:
        act(administrator, webhook, services.send_again)
    assert refused.value.finding.code == "HOOK-006"
    act(administrator, webhook, services.turn_on)
    receiver.answer = b"HTTP/1.1 200 OK\r\n\r\n"
    assert act(administrator, webhook, services.send_again, message_id=messages()[0].id) == 1
    jobs.drain()
    assert messages()[0].status == SENT


def test_nothing_is_sent_to_what_is_off_or_withdrawn_even_where_it_waited(world, webhook, receiver, administrator):
    world.start(beds_csv({"Kalix sjukhus": ""}))
    act(administrator, webhook, services.turn_off)
    world.start(beds_csv({"Kalix sjukhus": ""}, day="2026-03-02"))
    jobs.drain()
    assert not receiver.requests and [one.status for one in messages()] == [GIVEN_UP]
    act(administrator, webhook, services.withdraw)
    world.start(beds_csv({"Kalix sjukhus": ""}, day="2026-03-03"))
    for what in (services.rotate_secret, services.turn_on, services.withdraw, services.send_again):
        with pytest.raises(Refused) as refused:
            act(administrator, webhook, what)
        assert refused.value.finding.code == "HOOK-005"
    assert len(messages()) == 1 and count("WebhookWithdrawn") == 1


def test_a_name_that_leads_inside_later_gets_nothing(world, webhook, receiver):
    receiver.addresses = ("127.0.0.1",)
    world.start(beds_csv({"Kalix sjukhus": ""}))
    jobs.drain()
    assert not receiver.connected and messages()[0].answer == posting.PRIVATE and messages()[0].status == WAITING


def test_what_was_sent_is_forgotten_after_a_month(world, webhook, receiver, travelled):
    world.start(beds_csv({"Kalix sjukhus": ""}))
    jobs.drain()
    travelled.shift(sending.KEPT - timedelta(minutes=5))
    sending.forget(None)
    assert len(messages()) == 1
    travelled.shift(timedelta(minutes=10))
    sending.forget(None)
    assert messages() == []


def test_only_a_regions_administrator_makes_its_webhooks_and_five_at_most(world, administrator, actor, organisations):
    for person, code in (
        (SYSTEM, "25"), (world.officer, "25"), (administrator, "12"), (actor("adm", (Role.ADMINISTRATOR, "forvaltare")), "25"),
    ):  # fmt: skip
        with pytest.raises((Forbidden, Refused)):
            made(person, organisations[code])
    for number in range(services.MOST):
        made(administrator, organisations["25"], f"{URL}/{number}")
    with pytest.raises(Refused) as refused:
        made(administrator, organisations["25"])
    assert refused.value.finding.code == "HOOK-004" and count("WebhookCreated") == services.MOST


@pytest.mark.parametrize(
    ("url", "addresses", "code"),
    [
        ("http://hooks.example.se/", (PUBLIC,), "HOOK-001"),
        (URL, ("10.0.0.1",), "HOOK-002"),
        (URL, (PUBLIC, "::1"), "HOOK-002"),
        (URL, (), "HOOK-003"),
    ],
)
def test_an_address_that_will_not_do_is_refused_before_anything_is_kept(app, receiver, url, addresses, code):
    receiver.addresses = addresses
    with pytest.raises(Invalid) as invalid:
        services.judge(url)
    assert [one.code for one in invalid.value.findings] == [code]


def test_an_administrator_makes_one_in_the_page_and_sees_its_secret_once(
    app, world, administrator, actor, receiver, signed_in
):
    browser = signed_in(administrator)
    assert "/administration/webhookar/" in browser.get("/administration/klienter/").text
    systems = signed_in(actor("drift", (Role.ADMINISTRATOR, "forvaltare"))).get("/administration/klienter/")
    assert systems.status_code == 200 and "/administration/webhookar/" not in systems.text, (
        "a link that would be refused"
    )
    form = {"organisation": administrator_region(administrator), "url": "https://10.0.0.1/"}
    receiver.addresses = ("10.0.0.1",)
    refused = browser.post("/administration/webhookar/", data=form)
    assert "privat, lokal eller reserverad" in read(refused, 422).text
    receiver.addresses = (PUBLIC,)
    answer = browser.post("/administration/webhookar/", data=form | {"url": URL})
    assert answer.headers["Cache-Control"] == "no-store"
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]{44}", read(answer).text)
    (webhook,) = db.session.scalars(select(Webhook)).unique()
    assert secret == secret_of(app.secret_key, webhook.id, 1)
    page = f"/administration/webhookar/{webhook.id}"
    for address in ("/administration/webhookar/", page, f"{page}/ta-bort"):
        assert "whsec_" not in read(browser.get(address)).text
    rotated = browser.post(f"{page}/hemlighet")
    assert secret not in rotated.text and "whsec_" in rotated.text
    for act_, status in (("av", "Avstängd"), ("pa", "På"), ("ta-bort", "Borttagen")):
        assert status in read(browser.post(f"{page}/{act_}", follow_redirects=True)).text
    assert browser.post(f"{page}/av").status_code == 409


def administrator_region(administrator):
    return next(iter(administrator.memberships)).organisation_id


def test_its_page_says_what_happened_in_words(world, webhook, receiver, administrator, signed_in):
    """It had the names for machines alone."""
    world.start(beds_csv({"Piteå sjukhus": ""}))
    world.sent()
    jobs.drain()
    text = read(signed_in(administrator).get(f"/administration/webhookar/{webhook.id}")).text
    for words, code in (("Något återstår i den", "stopped"), ("Frisläppt", "released")):
        assert words in text and f"delivery.{code}" in text


def test_the_commands_do_what_the_pages_do(app, world, administrator, receiver):
    def run(*arguments):
        result = app.test_cli_runner().invoke(args=["webhooks", *arguments, "--as", "ra"])
        db.session.rollback()
        return result

    created = run("create", "region:25", URL, "--json")
    assert created.exit_code == 0, created.output
    identifier = json.loads(created.stdout)["id"]
    assert json.loads(created.stdout)["secret"].startswith("whsec_")
    assert json.loads(run("rotate", identifier, "--json").stdout)["secret"] != json.loads(created.stdout)["secret"]
    assert run("turn-off", identifier).exit_code == run("turn-on", identifier).exit_code == 0
    (row,) = json.loads(run("list", "--json").stdout)
    assert (row["id"], row["state"], row["organisation"], row["waiting"]) == (identifier, "on", "region:25", 0)
    assert "again: 0" in run("send-again", identifier).output
    assert run("withdraw", identifier).exit_code == 0
    assert "withdrawn" in run("list").output
    refused = run("create", "region:25", "https://10.0.0.1/")
    assert refused.exit_code == 0  # the receiver's network says that it is public
    assert run("rotate", "none").exit_code == 2
    assert run("create", "region:25", "http://a.se/").exit_code == 1
