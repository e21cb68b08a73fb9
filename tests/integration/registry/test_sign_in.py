"""Signing in and out: what a person sees, and what an attacker does not get."""

from datetime import timedelta

import pytest

from registry.db import db, transaction
from registry.identity import services
from registry.identity.actors import SYSTEM, Role
from registry.identity.tables import Person, SignIn
from tests.conftest import NOW, PASSWORD
from tests.factories.at_once import at_once


@pytest.fixture
def officer(actor):
    return actor("officer", (Role.DATA_OFFICER, "25"), (Role.QUALITY_REVIEWER, "nationell-uppfoljning"))


def _try(client, password, **query):
    return client.post("/logga-in", data={"login": "officer", "password": password}, query_string=query)


def test_a_person_signs_in_and_sees_their_roles(client, officer):
    assert _try(client, PASSWORD).location == "/uppgifter/"
    page = client.get("/uppgifter/").text
    assert "uppgiftslämnare (Region Norrbotten)" in page
    assert "kvalitetsgranskare (Nationell uppföljning)" in page


def test_a_wrong_password_and_an_unknown_user_look_the_same(client, officer):
    wrong = _try(client, "not it")
    unknown = client.post("/logga-in", data={"login": "nobody", "password": "not it"})
    assert wrong.status_code == unknown.status_code == 401
    assert "Inloggningen stämmer inte" in wrong.text
    assert "Inloggningen stämmer inte" in unknown.text


def test_too_many_attempts_are_stopped_even_with_the_right_password(client, officer):
    for _ in range(services.LIMIT):
        _try(client, "not it")
    answer = _try(client, PASSWORD)
    assert answer.status_code == 429
    assert "För många försök" in answer.text


def test_signing_out_in_one_tab_ends_the_other(app, client, officer):
    _try(client, PASSWORD)
    other_tab = app.test_client()
    other_tab.set_cookie("registry", client.get_cookie("registry").value)
    assert other_tab.get("/uppgifter/").status_code == 200
    client.post("/logga-ut")
    answer = other_tab.get("/uppgifter/")
    assert answer.status_code == 302
    assert answer.location.startswith("/logga-in")
    assert "ended=1" in answer.location


def test_closing_an_account_ends_its_sign_ins(client, officer):
    _try(client, PASSWORD)
    with transaction() as session:
        services.disable_person(session, SYSTEM, NOW, person=session.get_one(Person, officer.person_id))
    assert client.get("/uppgifter/").status_code == 302
    assert _try(client, PASSWORD).status_code == 401


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_host_after_signing_in(client, officer, target):
    assert _try(client, PASSWORD, next=target).location == "/uppgifter/"


def test_a_page_that_needed_signing_in_is_reached_afterwards(client, officer):
    assert client.get("/konto/").location == "/logga-in?next=/konto/"
    assert _try(client, PASSWORD, next="/konto/").location == "/konto/"


def test_the_token_is_kept_as_a_hash_only(client, officer):
    _try(client, PASSWORD)
    with client.session_transaction() as cookie:
        token = cookie["sign_in"]
    kept = db.session.query(SignIn.token_hash).scalar()
    assert token not in kept
    assert kept == services.token_hash(token)


def test_a_changed_password_ends_every_sign_in(client, officer):
    _try(client, PASSWORD)
    new = "another password for tests"
    answer = client.post("/konto/", data={"current": PASSWORD, "new": new, "again": new})
    assert answer.location == "/logga-in"
    assert client.get("/uppgifter/").status_code == 302
    assert _try(client, new).status_code == 302


def test_a_form_without_its_token_changes_nothing(app, officer):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = app.test_client().post("/logga-in", data={"login": "officer", "password": PASSWORD})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert "Formuläret var för gammalt" in answer.text


def test_an_administrator_makes_a_person_who_can_sign_in(app, actor, signed_in, organisations):
    client = signed_in(actor("admin", (Role.ADMINISTRATOR, "forvaltare")))
    data = {"login": "newcomer", "name": "N. N.", "role": "data_officer", "organisation": organisations["25"].id}
    page = client.post("/administration/personer", data=data, follow_redirects=True).text
    password = page.split("med lösenordet ")[1].split(". Det")[0]
    answer = app.test_client().post("/logga-in", data={"login": "newcomer", "password": password})
    assert answer.location == "/uppgifter/"


def test_others_are_kept_from_the_administration(signed_in, officer):
    assert signed_in(officer).get("/administration/").status_code == 403


def test_an_erased_name_is_gone_and_the_log_still_holds(actor, signed_in, officer, client):
    admin = signed_in(actor("admin", (Role.ADMINISTRATOR, "forvaltare")))
    page = admin.post(f"/administration/personer/{officer.person_id}/radera-namn", follow_redirects=True)
    assert "Namnet är raderat" in page.text
    assert db.session.get_one(Person, officer.person_id).named is None


def test_attempts_at_the_same_moment_are_counted_each_for_itself(any_app, actor):
    actor("officer", (Role.DATA_OFFICER, "25"))
    lasts = timedelta(hours=1)

    def guess(session):
        outcome = services.sign_in(session, NOW, login="officer", password="not it", address="10.0.0.1", lasts=lasts)
        return outcome.code

    ended = at_once(any_app, *[guess] * (services.LIMIT + 4))
    assert ended.count("SIGN-001") == services.LIMIT
    assert ended.count("SIGN-002") == 4
