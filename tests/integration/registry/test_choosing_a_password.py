"""A password is its owner's alone: chosen with a link that an administrator is shown once, and hard to guess."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.identity import password_links, passwords
from registry.identity.tables import PasswordLink, Person
from tests.conftest import NOW, PASSWORD
from tests.factories.at_once import at_once
from tests.pages import read

CHOSEN = "fyra ord utan samband"
LINK = re.compile(r"http://localhost/valj-losenord#([\w-]{20,})")


@pytest.fixture
def admin(actor, signed_in):
    return signed_in(actor("admin", (Role.ADMINISTRATOR, "forvaltare")))


@pytest.fixture
def created(admin, organisations):
    """The answer to an administrator who has just made an account."""
    data = {
        "login": "newcomer",
        "name": "Nina Nilsson",
        "role": "modeller",
        "organisation": organisations["forvaltare"].id,
    }
    return admin.post("/administration/personer", data=data)


def _code(answer) -> str:
    assert answer.status_code == 200, answer.text
    return LINK.search(answer.text)[1]


def _choose(client, code, new=CHOSEN, again=None):
    return client.post("/valj-losenord", data={"code": code, "new": new, "again": again or new})


def _signs_in(app, login, password) -> bool:
    return app.test_client().post("/logga-in", data={"login": login, "password": password}).status_code == 302


def test_a_new_person_chooses_a_password_with_the_link_and_is_signed_in(app, client, created):
    code = _code(created)
    asked = read(client.post("/valj-losenord", data={"code": code}))
    assert "För kontot newcomer" in asked.text
    assert client.get("/uppgifter/").status_code == 302  # the link alone signs nobody in
    assert _choose(client, code).location == "/uppgifter/"
    assert "Ditt lösenord är valt och du är inloggad" in read(client.get("/uppgifter/")).text
    assert _signs_in(app, "newcomer", CHOSEN)


def test_the_link_is_shown_once_and_lies_in_no_cookie_no_log_and_no_address(admin, created, capsys):
    code, page = _code(created), read(created)
    assert created.headers["Cache-Control"] == "no-store"
    assert code not in str(created.headers)
    assert code not in capsys.readouterr().err
    assert "Länken, som bara visas nu" in page.text
    person = db.session.scalar(select(Person).where(Person.login == "newcomer"))
    assert code not in admin.get(f"/administration/personer/{person.id}").text
    assert code not in db.session.scalar(select(PasswordLink.code_hash))
    for answer in (admin.get("/valj-losenord"), admin.post("/valj-losenord", data={"code": code})):
        assert code not in str(answer.headers)


def test_nobody_signs_in_before_a_password_is_chosen(app, created):
    assert not _signs_in(app, "newcomer", "")
    assert not _signs_in(app, "newcomer", "anything at all")


def test_a_link_works_once(app, client, created):
    code = _code(created)
    _choose(client, code)
    again = _choose(app.test_client(), code, "ett annat val av lösenord")
    assert "Länken fungerar inte" in read(again, 410).text
    assert _signs_in(app, "newcomer", CHOSEN)


def test_two_who_use_a_link_at_once_do_not_both_choose(any_app, actor):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    with transaction() as session:
        code = password_links.make(session, SYSTEM, NOW, person=session.get_one(Person, person.person_id))

    def choosing(chosen):
        return lambda session: password_links.use(session, NOW, code=code, password_hash=chosen) and chosen

    ended = at_once(any_app, choosing("one"), choosing("other"))
    assert sorted(ended)[0] == "SIGN-003" and len(set(ended)) == 2
    db.session.rollback()
    assert db.session.get_one(Person, person.person_id).password_hash in ended


def test_a_link_ends_after_three_days(client, created):
    code, made = _code(created), db.session.scalar(select(PasswordLink.created_at))
    with time_machine.travel(made + timedelta(days=3), tick=False):
        assert "Länken fungerar inte" in read(_choose(client, code), 410).text
    with time_machine.travel(made + timedelta(days=2, hours=23), tick=False):
        assert _choose(client, code).status_code == 302


def test_a_forgotten_password_goes_on_until_another_is_chosen_and_then_everything_begun_with_it_ends(
    app, admin, actor, client
):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    elsewhere = app.test_client()
    elsewhere.post("/logga-in", data={"login": "officer", "password": PASSWORD})
    code = _code(admin.post(f"/administration/personer/{person.person_id}/losenord"))
    assert _signs_in(app, "officer", PASSWORD)
    _choose(client, code)
    assert elsewhere.get("/uppgifter/").status_code == 302
    assert not _signs_in(app, "officer", PASSWORD)
    assert _signs_in(app, "officer", CHOSEN)


def test_a_password_that_somebody_else_may_know_ends_at_once(app, admin, client, actor):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    elsewhere = app.test_client()
    elsewhere.post("/logga-in", data={"login": "officer", "password": PASSWORD})
    code = _code(admin.post(f"/administration/personer/{person.person_id}/losenord", data={"at_once": "1"}))
    assert elsewhere.get("/uppgifter/").status_code == 302
    assert not _signs_in(app, "officer", PASSWORD)
    assert _choose(client, code).status_code == 302


def test_a_newer_link_replaces_the_older(admin, client, actor):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    older, newer = (_code(admin.post(f"/administration/personer/{person.person_id}/losenord")) for _ in range(2))
    assert _choose(client, older).status_code == 410
    assert _choose(client, newer).status_code == 302


def test_a_closed_account_gets_no_link_and_an_old_one_does_not_open_it(admin, client, actor):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    address = f"/administration/personer/{person.person_id}"
    code = _code(admin.post(f"{address}/losenord"))
    admin.post(f"{address}/stang")
    assert "Kontot är stängt" in read(admin.post(f"{address}/losenord"), 409).text
    assert _choose(client, code).status_code == 410


def test_whoever_pastes_the_whole_link_gets_on_as_well(client, created):
    link = LINK.search(created.text)[0]
    assert "För kontot newcomer" in read(client.post("/valj-losenord", data={"code": f" {link} "})).text


@pytest.mark.parametrize("code", ["", "x" * 32, "å#ä", "#"])
def test_a_code_that_is_none_is_told_so(client, code):
    answer = client.post("/valj-losenord", data={"code": code, "new": CHOSEN, "again": CHOSEN})
    page = read(answer, 410 if code else 422)
    assert ("Länken fungerar inte" if code else "Skriv koden") in page.text


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("kort", "minst 12 tecken"),
        ("å" * 5 + "x" * 196, "högst 200 tecken"),
        ("Sommaren2026!", "lätt att gissa"),
        ("newcomer12345", "lätt att gissa"),
        ("NinaNilsson26", "lätt att gissa"),
        ("RegionNorrbotten!", "lätt att gissa"),
        ("Vårdplatsregistret1", "lätt att gissa"),
        ("123456789012", "lätt att gissa"),
    ],
)
def test_what_a_guesser_would_try_first_is_refused_on_the_field(client, created, new, said):
    page = read(_choose(client, _code(created), new), 422)
    assert said in page.text or "Lösenordet består mest av vanliga ord" in page.text
    assert page.find("//div[@role='alert']//a[@href='#new']")
    assert new not in page.text


def test_two_that_differ_are_not_taken(client, created):
    page = read(_choose(client, _code(created), CHOSEN, "fyra andra ord här"), 422)
    assert page.find("//div[@role='alert']//a[@href='#again']")


def test_ones_own_new_password_meets_the_same_rules(actor, signed_in):
    client = signed_in(actor("officer", (Role.DATA_OFFICER, "25")))
    data = {"current": PASSWORD, "new": "Lösenord2026", "again": "Lösenord2026"}
    assert "Lösenordet består mest av vanliga ord" in read(client.post("/konto/", data=data), 422).text


@pytest.mark.parametrize("length", [12, 200])
def test_any_other_password_of_a_fitting_length_is_taken_whatever_signs_it_has(client, created, length):
    new = (
        "grå tistlar över moln 7 ☂ "[:11].ljust(11, "q") + "ö"
        if length == 12
        else "hjortron i mörkret " * 10 + "slut nu då"
    )
    assert len(new) == length
    assert _choose(client, _code(created), new).status_code == 302


def test_a_passphrase_is_not_shown_again_when_the_sign_in_ended(actor, signed_in, app):
    client = signed_in(actor("officer", (Role.DATA_OFFICER, "25")))
    client.post("/konto/logga-ut-overallt")
    with client.session_transaction() as cookie:
        cookie["sign_in"] = "ended"
    data = {"current": PASSWORD, "new": CHOSEN, "again": CHOSEN, "text": "a sentence that is shown"}
    answer = client.post("/konto/", data=data, headers={"Origin": "http://localhost"})
    assert answer.status_code == 401
    assert "a sentence that is shown" in answer.text
    assert CHOSEN not in answer.text and PASSWORD not in answer.text


def test_the_command_makes_a_person_and_shows_a_link(app, organisations, client):
    run = app.test_cli_runner().invoke
    result = run(args=["users", "create", "Ada", "--name", "Ada L", "--role", "administrator@steward:forvaltare"])
    assert result.exit_code == 0
    assert "works once and lasts for 72 hours" in result.output
    code = result.output.strip().rpartition("#")[2]
    assert f"{app.config['BASE_ADDRESS']}valj-losenord#{code}" in result.output
    assert _choose(client, code).status_code == 302
    assert _signs_in(app, "ada", CHOSEN)
    again = run(args=["users", "link", "ada"])
    assert _choose(client, again.output.strip().rpartition("#")[2], "helt andra ord den här gången").status_code == 302


def test_the_command_takes_a_password_that_is_given_and_refuses_a_common_one(app, organisations):
    run = app.test_cli_runner().invoke
    made = ["users", "create", "ada", "--name", "Ada", "--role", "administrator@steward:forvaltare", "--password"]
    refused = run(args=[*made, "password1234"])
    assert (refused.exit_code, "USER-009" in refused.output) == (1, True)
    assert run(args=[*made, CHOSEN]).exit_code == 0
    assert _signs_in(app, "ada", CHOSEN)


def test_the_log_says_that_a_link_was_made_and_by_whom(admin, created):
    page = read(admin.get("/administration/logg"))
    assert "En länk för att välja lösenord gjordes" in page.text


def test_a_hash_that_is_none_fits_no_password():
    assert not passwords.matches(passwords.NONE, "")
    assert not passwords.matches(passwords.NONE, passwords.NONE)
