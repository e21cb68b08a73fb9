"""Signing in and out: what a person sees, and what an attacker does not get."""

import pytest

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.identity import passwords, services
from registry.identity.tables import KnownBrowser, Person, SignIn
from tests.conftest import NOW, PASSWORD
from tests.pages import read


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


def test_signing_in_begins_a_session_of_its_own(client, officer):
    client.get("/logga-in")
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    _try(client, PASSWORD)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_signing_out_everywhere_ends_every_sign_in_and_forgets_the_browsers(app, client, officer):
    _try(client, PASSWORD)
    elsewhere = app.test_client()
    _try(elsewhere, PASSWORD)
    assert "känner igen 2 webbläsare" in read(client.get("/konto/")).text
    assert client.post("/konto/logga-ut-overallt").location == "/logga-in"
    assert client.get("/uppgifter/").status_code == elsewhere.get("/uppgifter/").status_code == 302
    assert db.session.query(KnownBrowser).count() == 0


def test_the_browser_in_which_a_password_was_changed_stays_known(client, officer):
    _try(client, PASSWORD)
    new = "another password for tests"
    client.post("/konto/", data={"current": PASSWORD, "new": new, "again": new})
    assert db.session.query(KnownBrowser).count() == 1


def test_a_password_that_was_hashed_before_it_was_composed_still_fits(client, actor):
    accented = "pass\u0065\u0301 par tout"  # as some keyboards write é: a letter and a mark
    person = actor("officer", (Role.DATA_OFFICER, "25"))
    with transaction() as session:
        services.set_password(
            session,
            SYSTEM,
            NOW,
            person=session.get_one(Person, person.person_id),
            password_hash=passwords.HASHER.hash(accented),
        )
    assert _try(client, accented).status_code == 302


def test_a_form_without_its_token_changes_nothing(app, officer):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = app.test_client().post("/logga-in", data={"login": "officer", "password": PASSWORD})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert "Formuläret var för gammalt" in answer.text


def test_others_are_kept_from_the_administration(signed_in, officer):
    assert signed_in(officer).get("/administration/").status_code == 403


def test_an_erased_name_is_gone_and_the_log_still_holds(actor, signed_in, officer, client):
    admin = signed_in(actor("admin", (Role.ADMINISTRATOR, "forvaltare")))
    page = admin.post(f"/administration/personer/{officer.person_id}/radera-namn", follow_redirects=True)
    assert "Namnet är raderat" in page.text
    assert db.session.get_one(Person, officer.person_id).named is None
