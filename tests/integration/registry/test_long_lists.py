"""What people, remarks and tasks there are, page by page."""

import pytest

from registry.actors import SYSTEM, Role
from registry.db import transaction
from registry.identity import services as identity
from registry.items import services
from registry.items.lifecycle import Change
from registry.items.tables import Version
from tests.conftest import NOW, PASSWORD
from tests.integration.registry.test_items import _draft, _submit, world
from tests.pages import read
from tests.statements import counted

__all__ = ["world"]


@pytest.fixture
def administrator(actor, signed_in):
    admin = actor("administrator", (Role.ADMINISTRATOR, "forvaltare"))
    with transaction() as session:
        for number in range(44):
            identity.create_person(session, SYSTEM, NOW, login=f"person-{number:02}", name=f"Åsa {number:02}_")
    return signed_in(admin)


def _author(app):
    client = app.test_client()
    assert client.post("/logga-in", data={"login": "author", "password": PASSWORD}).status_code == 302
    return client


def _logins(page):
    return [one.text for one in page.find("//tbody//a[starts-with(@href, '/administration/personer/')]")]


def test_people_are_listed_twenty_at_a_time_for_the_same_number_of_statements(administrator):
    pages, costs = [], []
    for number in (1, 2, 3):
        with counted() as statements:
            pages.append(read(administrator.get(f"/administration/?sida={number}")))
        costs.append(len(statements))
    told = [login for page in pages for login in _logins(page)]
    assert told == ["administrator", *(f"person-{number:02}" for number in range(44))]
    assert [len(_logins(page)) for page in pages] == [20, 20, 5]
    assert len(set(costs)) == 1


@pytest.mark.parametrize(("sought", "found"), [("PERSON-1", 10), ("åsa 2", 10), ("02_", 1), ("%", 0), ("ingen", 0)])
def test_a_person_is_found_by_part_of_the_user_name_or_the_name(administrator, sought, found):
    page = read(administrator.get("/administration/", query_string={"q": sought}))
    assert len(_logins(page)) == found
    assert ("Ingen hittades" in page.text) == (found == 0)


def test_the_pages_of_a_search_keep_what_was_sought(administrator):
    page = read(administrator.get("/administration/?q=person"))
    assert "/administration/?q=person&sida=3" in page.links
    assert len(_logins(read(administrator.get("/administration/?q=person&sida=3")))) == 4


def test_the_last_twenty_remarks_are_beside_the_version_and_all_of_them_a_link_away(any_app, world):
    version_id = _draft(world)
    _submit(world, version_id, Change.NEW)
    with transaction() as session:
        version = session.get_one(Version, version_id)
        for number in range(1, 46):
            services.comment(session, world["author"], NOW, version, text=f"Anmärkning {number:02}.")
    client = _author(any_app)
    beside = read(client.get(f"/granskning/version/{version_id}"))
    assert beside.text.count("Anmärkning") == 20
    [link] = [one for one in beside.find("//a") if one.text == "Kommentarer: visa alla 45"]
    told = ""
    for number in (1, 2, 3):
        told += read(client.get(f"{link.get('href')}?sida={number}")).text
    assert all(told.count(f"Anmärkning {number:02}.") == 1 for number in range(1, 46))


def test_remarks_on_what_one_may_not_see_are_not_found(any_app, world):
    version_id = _draft(world)
    assert any_app.test_client().get(f"/granskning/version/{version_id}/kommentarer/").status_code == 404


def test_tasks_beyond_the_first_twenty_have_a_page_of_their_own(any_app, world):
    for number in range(23):
        _draft(world, f"slug-{number}", name=f"name {number}")
    client = _author(any_app)
    page = read(client.get("/uppgifter/"))
    assert "23 saker väntar på dig." in page.text
    assert len(page.find("//section[@aria-labelledby='mine']//ul[@class='tasks']/li")) == 20
    assert "/uppgifter/mine" in page.links
    assert len(read(client.get("/uppgifter/mine?sida=2")).find("//ul[@class='tasks']/li")) == 3
    read(client.get("/uppgifter/done"))
    assert client.get("/uppgifter/annat").status_code == 404
