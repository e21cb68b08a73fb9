"""Accounts: somebody can always administer, what cannot be undone is asked first, and roles fit where they are held."""

import pytest

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.events import Event
from registry.identity import services
from registry.identity.tables import Organisation, Person
from tests.conftest import NOW
from tests.factories.at_once import at_once
from tests.pages import read


@pytest.fixture
def admin(actor):
    return actor("admin", (Role.ADMINISTRATOR, "forvaltare"))


def _close(who) -> None:
    with transaction() as session:
        services.disable_person(session, SYSTEM, NOW, person=session.get_one(Person, who.person_id))


def _take_role(who, organisations, role=Role.ADMINISTRATOR) -> None:
    with transaction() as session:
        organisation = session.get_one(Organisation, organisations["forvaltare"].id)
        person = session.get_one(Person, who.person_id)
        services.take_role(session, SYSTEM, NOW, person=person, organisation=organisation, role=role)


@pytest.fixture
def both(any_app, organisations, actor):
    """On SQLite and on PostgreSQL: the rule locks rows."""
    return organisations, actor


def test_the_last_open_administrator_is_neither_closed_nor_stripped_of_the_role(both):
    organisations, actor = both
    only = actor("admin", (Role.ADMINISTRATOR, "forvaltare"))
    other = actor("second", (Role.ADMINISTRATOR, "forvaltare"), (Role.MODELLER, "forvaltare"))
    _close(other)
    for act in (lambda: _close(only), lambda: _take_role(only, organisations)):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.finding.code == "USER-006"
    assert db.session.get_one(Person, only.person_id).disabled_at is None
    _take_role(other, organisations)  # a closed account administers nothing, and takes nothing away


def test_one_of_two_administrators_may_go(both):
    _, actor = both
    first = actor("admin", (Role.ADMINISTRATOR, "forvaltare"))
    actor("second", (Role.ADMINISTRATOR, "forvaltare"))
    _close(first)
    assert db.session.get_one(Person, first.person_id).disabled_at is not None


@pytest.mark.parametrize(("one", "other"), [("close", "close"), ("take", "take"), ("close", "take")])
def test_two_administrators_who_put_each_other_out_at_once_leave_one(any_app, both, one, other):
    organisations, actor = both
    first = actor("first", (Role.ADMINISTRATOR, "forvaltare"))
    second = actor("second", (Role.ADMINISTRATOR, "forvaltare"))
    place = organisations["forvaltare"].id

    def putting_out(how, by, whom):
        def act(session):
            person = session.get_one(Person, whom.person_id)
            if how == "close":
                services.disable_person(session, by, NOW, person=person)
            else:
                organisation = session.get_one(Organisation, place)
                services.take_role(session, by, NOW, person=person, organisation=organisation, role=Role.ADMINISTRATOR)

        return act

    ended = at_once(any_app, putting_out(one, first, second), putting_out(other, second, first))
    assert sorted(ended, key=str) == [None, "USER-006"]


def test_an_administrator_is_told_why_their_own_account_stays_open(signed_in, admin):
    client = signed_in(admin)
    address = f"/administration/personer/{admin.person_id}/stang"
    asked = read(client.get(address))
    assert "Detta är ditt eget konto" in asked.text
    page = read(client.post(address), 409)
    assert "Någon måste kunna administrera" in page.text and "Ge rollen till någon annan först" in page.text
    assert client.get("/administration/").status_code == 200


def test_the_role_of_the_last_administrator_is_not_taken_on_the_page_either(signed_in, admin, organisations):
    data = {"role": "administrator", "organisation": organisations["forvaltare"].id}
    page = read(signed_in(admin).post(f"/administration/personer/{admin.person_id}/roller/ta-bort", data=data), 409)
    assert "Någon måste kunna administrera" in page.text


def test_the_command_says_the_same(app, admin):
    result = app.test_cli_runner().invoke(args=["users", "close", "admin"])
    assert result.exit_code == 1
    assert "USER-006" in result.output


def test_closing_and_erasing_are_asked_on_a_page_of_their_own(signed_in, admin, actor):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    client, address = signed_in(admin), f"/administration/personer/{person.person_id}"
    assert {f"{address}/stang", f"{address}/radera-namn"} <= set(read(client.get(address)).links)
    assert "Stäng kontot officer?" in read(client.get(f"{address}/stang")).text
    assert "Detta kan inte ångras" in read(client.get(f"{address}/radera-namn")).text
    assert db.session.get_one(Person, person.person_id).named is not None


def test_a_closed_account_is_reopened_and_the_log_tells(signed_in, admin, actor):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    client, address = signed_in(admin), f"/administration/personer/{person.person_id}"
    client.post(f"{address}/stang")
    assert client.post(f"{address}/oppna").status_code == 302
    db.session.expire_all()
    assert db.session.get_one(Person, person.person_id).disabled_at is None
    told = db.session.query(Event.type).filter(Event.subject == f"person:{person.person_id}").order_by(Event.number)
    assert [row.type for row in told][-2:] == ["PersonDisabled", "PersonReopened"]


def test_an_account_whose_name_is_erased_is_not_reopened(signed_in, admin, actor):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    client, address = signed_in(admin), f"/administration/personer/{person.person_id}"
    client.post(f"{address}/stang")
    client.post(f"{address}/radera-namn")
    assert "kan inte öppnas igen" in read(client.get(address)).text
    assert "Kontot kan inte öppnas igen" in read(client.post(f"{address}/oppna"), 409).text


@pytest.mark.parametrize(
    ("login", "name", "code"), [("ada b", "Ada", "USER-003"), ("ada", "  ", "USER-004"), (" ", "Ada", "USER-001")]
)
def test_an_account_needs_a_name_and_a_user_name_without_blanks(organisations, login, name, code):
    with pytest.raises(Invalid) as invalid, transaction() as session:
        services.create_person(session, SYSTEM, NOW, login=login, name=name)
    assert [finding.code for finding in invalid.value.findings] == [code]


@pytest.mark.parametrize("field", ["login", "name"])
def test_no_account_is_called_by_an_identity_number(signed_in, admin, organisations, field):
    data = {"login": "ada", "name": "Ada", "role": "modeller", "organisation": organisations["forvaltare"].id}
    page = read(signed_in(admin).post("/administration/personer", data=data | {field: "811218-9876"}), 422)
    assert "ser ut att innehålla ett personnummer" in page.text
    assert db.session.query(Person).count() == 1


@pytest.mark.parametrize(
    "place", ["terminologist@recipient:nationell-uppfoljning", "data_officer@recipient:nationell-uppfoljning"]
)
def test_a_role_that_means_nothing_where_it_is_held_is_refused_by_the_command(app, organisations, place):
    runner = app.test_cli_runner(env={"LC_ALL": "sv_SE.UTF-8"})
    result = runner.invoke(args=["users", "create", "ada", "--name", "Ada", "--role", place])
    assert result.exit_code == 1
    assert "betyder ingenting i" in result.output
    assert db.session.query(Person).count() == 0


def test_the_form_says_which_roles_there_are(signed_in, admin, organisations):
    data = {"login": "ada", "name": "Ada", "role": "recipient", "organisation": organisations["forvaltare"].id}
    page = read(signed_in(admin).post("/administration/personer", data=data), 422)
    assert "Rollen mottagare betyder ingenting i Registrets förvaltning. Där finns: terminolog," in page.text


def test_organisations_are_listed_with_their_names_apart(app, organisations):
    output = app.test_cli_runner().invoke(args=["users", "organisations"]).output
    assert "recipient:nationell-uppfoljning  Nationell uppföljning" in output


ADD = ["users", "add-recipient", "folkhalsa", "--name", "Folkhälsan", "--name-en", "Public Health"]


def test_a_recipient_is_added_and_its_people_get_their_roles(app, admin):
    run = app.test_cli_runner().invoke
    assert run(args=[*ADD, "--as", "admin"]).exit_code == 0
    assert "recipient:folkhalsa " in run(args=["users", "organisations"]).output
    give = ["users", "create", "granskare", "--name", "Granskare", "--role", "quality_reviewer@recipient:folkhalsa"]
    assert run(args=[*give, "--as", "admin"]).exit_code == 0
    event = db.session.query(Event).filter_by(type="OrganisationCreated").order_by(Event.number.desc()).first()
    assert (event.data, event.person_id) == ({"code": "folkhalsa", "kind": "recipient"}, admin.person_id)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({2: "nationell-uppfoljning"}, "USER-023"),
        ({2: "Folk hälsan"}, "USER-023"),
        ({2: "f"}, "USER-023"),
        ({4: " "}, "USER-024"),
        ({6: "x" * 201}, "USER-024"),
        ({4: "811218-9876"}, "TXT-001"),
    ],
)
def test_what_is_no_recipient_is_refused_and_nothing_is_added(app, admin, changes, code):
    before = db.session.query(Organisation).count()
    args = [changes.get(at, word) for at, word in enumerate(ADD)]
    result = app.test_cli_runner().invoke(args=[*args, "--as", "admin"])
    assert result.exit_code == 1 and code in result.stderr
    assert db.session.query(Organisation).count() == before


def test_only_a_central_administrator_adds_a_recipient(app, actor):
    actor("ra", (Role.REGION_ADMINISTRATOR, "25"))
    result = app.test_cli_runner().invoke(args=[*ADD, "--as", "ra"])
    assert result.exit_code != 0
    assert db.session.query(Organisation).filter_by(code="folkhalsa").count() == 0


def test_the_log_names_what_each_event_is_about(signed_in, admin, actor):
    person = actor("officer", (Role.RECIPIENT, "nationell-uppfoljning"))
    page = read(signed_in(admin).get("/administration/logg"))
    assert "Konto: officer" in page.text
    assert f"/administration/personer/{person.person_id}" in page.links
