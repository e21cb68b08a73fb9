"""The frame that every page stands in, the components, the pages about the registry, and the error pages."""

import re

import pytest

from registry.actors import SYSTEM, Role
from registry.db import transaction
from registry.identity import services
from registry.identity.tables import Person
from tests.conftest import NOW
from tests.pages import read

PUBLIC = ("/", "/patterns", "/om/", "/om/kallor", "/om/tillganglighet", "/om/sakerhet", "/logga-in")
AIHW = "Australian Institute of Health and Welfare (AIHW)."


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_sound_in_both_languages(client, path, language):
    client.set_cookie("language", language)
    page = read(client.get(path))
    assert page.tree.get("lang") == language


@pytest.mark.parametrize("path", PUBLIC)
def test_no_english_is_left_on_a_swedish_page(client, path):
    swedish = read(client.get(path)).text
    client.set_cookie("language", "en")
    english = read(client.get(path)).text
    sentence = r"[A-ZÅÄÖ][^.!?]{25,}[.!?]"
    shared = set(re.findall(sentence, swedish)) & set(re.findall(sentence, english)) - {AIHW}
    assert not shared


def test_a_page_that_does_not_exist_says_so_calmly(client):
    page = read(client.get("/finns-inte"), 404)
    assert page.heading == "Sidan finns inte"


def test_the_stylesheet_may_be_kept_for_ever_because_its_address_changes_with_it(client):
    href = re.search(r'<link rel="stylesheet" href="([^"]+)"', client.get("/").text)[1]
    answer = client.get(href)
    assert answer.status_code == 200 and answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/static/registry-000000000000.css").status_code == 404


def test_pages_run_under_a_policy_that_allows_nothing_inline(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy


def test_the_language_switch_leads_back_to_the_same_page(client):
    page = client.get("/om/kallor?a=1").text
    href = re.search(r'href="(/sprak/en[^"]+)"', page)[1].replace("&amp;", "&")
    answer = client.get(href)
    assert answer.headers["Location"] == "/om/kallor?a=1"
    assert 'lang="en"' in client.get("/om/kallor").text


def test_fields_carry_their_hints_and_errors(client):
    page = read(client.get("/patterns"))
    wrong = page.find("//input[@id='wrong-term']")[0]
    assert wrong.get("aria-invalid") == "true"
    described = wrong.get("aria-describedby").split()
    words = [page.find(f"//*[@id='{name}']")[0].xpath("string()").strip() for name in described]
    assert words[0] == "Som regionen skriver den."
    assert words[1].endswith("Skriv en term.")


def test_the_error_summary_leads_to_each_field(client):
    page = read(client.get("/patterns"))
    links = [link.get("href") for link in page.find("//div[@role='alert']//a")]
    assert links == ["#wrong-term", "#wrong-meaning-0"]


def test_every_component_is_shown_on_the_page_of_components(app):
    """A macro that the page of components does not use is a component that nobody has looked at."""
    ui = app.jinja_env.globals["ui"]
    ui._find_macros()
    shown = "".join(
        app.jinja_env.loader.get_source(app.jinja_env, name)[0]
        for name in app.jinja_env.list_templates()
        if name == "layout.html" or name.startswith(("patterns/", "components/"))
    )
    used = re.sub(r"\{#.*?#\}", "", shown, flags=re.DOTALL)
    assert not [name for name in ui._file_of if f"ui.{name}(" not in used]


def test_translated_texts_are_escaped_like_any_other(client):
    """Lazy translations call themselves markup; a comparison sign in a hint must still be written as text."""
    assert "0 &lt; " in client.get("/patterns").text


@pytest.mark.parametrize(
    "path",
    [
        "/modeller/x/version/99999999999999999999/",
        "/floden/x/version/99999999999999999999/",
        "/uppfoljning/x/versioner/99999999999999999999",
        "/uppfoljning/x/tabell.json?version=99999999999999999999",
    ],
)
def test_a_number_longer_than_any_column_leads_nowhere(client, path):
    assert read(client.get(path), 404).heading == "Sidan finns inte"


@pytest.mark.parametrize("path", ["/leveranser/%00/", "/termbank/?q=%00", "/spar/%00", "/leveranser/?flode=a%00b"])
def test_a_zero_byte_is_refused_on_every_database(any_app, path):
    assert any_app.test_client().get(path).status_code == 400


def test_a_zero_byte_in_a_field_is_refused(any_app):
    answer = any_app.test_client().post("/logga-in", data={"login": "a\x00b", "password": "x"})
    assert answer.status_code == 400


@pytest.mark.parametrize(("origin", "is_shown"), [("http://localhost", True), ("http://elsewhere.example", False)])
def test_what_was_written_is_shown_again_when_the_sign_in_ended_in_another_tab(app, actor, signed_in, origin, is_shown):
    person = actor("writer", (Role.TERMINOLOGIST, "forvaltare"))
    client = signed_in(person)
    with transaction() as session:
        services.set_password(
            session, SYSTEM, NOW, person=session.get_one(Person, person.person_id), password_hash="another's"
        )
    fields = {"text": "Det här tog en timme <b>att</b> skriva.", "new_password": "my own secret"}
    answer = client.post("/granskning/version/none/kommentera", data=fields, headers={"Origin": origin})
    assert ("Det här tog en timme &lt;b&gt;att" in answer.text) is is_shown
    assert "my own secret" not in answer.text
    if is_shown:
        assert read(answer, 401).heading == "Formuläret var för gammalt"
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_not_found_among_static_files_is_kept_in_no_cache_either(actor, signed_in):
    client = signed_in(actor("writer", (Role.TERMINOLOGIST, "forvaltare")))
    answer = client.get("/static/none.css")
    assert (answer.status_code, answer.headers["Cache-Control"], answer.headers["Vary"]) == (404, "no-store", "Cookie")


def test_a_browser_that_shows_a_file_finds_the_icon(client):
    answer = client.get("/favicon.ico", follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
