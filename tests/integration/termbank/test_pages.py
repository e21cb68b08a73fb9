"""The term bank's pages, read as strictly as a browser should and as closely as a person would."""

import pytest

from registry.db import db
from registry.items import queries as items
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
ESTABLISHED = "/termbank/begrepp/faststalld-vardplats/"
OWN = "/termbank/begrepp/6-faststalld-vardplats/"
"""Where the former leads."""
COMPARE = "/termbank/jamfor-tillampningar?vanster=faststalld-vardplats.25.1&hoger=faststalld-vardplats.25.2"
PAGES = (
    "/termbank/", "/termbank/?ordning=hierarki", "/termbank/?q=plats", "/termbank/?q=finns+inte", "/termbank/?visa=forslag",
    "/termbank/begrepp/6-faststalld-vardplats/", f"{ESTABLISHED}version/2/", "/termbank/begrepp/1-belagd-vardplats/", "/termbank/begrepp/33-vardplats/",
    "/termbank/system/vardplatser/",
    "/termbank/tillampningar/", "/termbank/tillampningar/faststalld-vardplats.25.1/", COMPARE, "/termbank/ns",
)  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_sound_for_anybody_in_both_languages(client, language):
    client.set_cookie("language", language)
    for url in PAGES:
        assert read(client.get(url)).tree.get("lang") == language, url


def test_a_page_costs_a_bounded_number_of_statements(client, statements_counted):
    for url in PAGES:
        client.get(url)
        with statements_counted() as counted:
            client.get(url)
        assert len(counted) <= 24, url


def test_the_wording_is_read_with_its_terms_as_links(client):
    page = read(client.get(ESTABLISHED, follow_redirects=True))
    assert page.heading == "fastställd vårdplats"
    assert "vårdplats i sluten vård som en huvudman har fattat beslut om" in page.text
    linked = {link.text: link.get("href") for link in page.find("//p[@class='definition']/a")}
    assert linked == {
        "vårdplats": "/termbank/begrepp/33-vardplats/", "sluten vård": "/termbank/begrepp/22-sluten-vard/", "huvudman": "/termbank/begrepp/8-huvudman/",
    }  # fmt: skip


def test_the_page_says_that_the_wording_is_a_rendering_and_of_what(client):
    text = read(client.get(ESTABLISHED, follow_redirects=True)).text
    assert "återgivning av Socialstyrelsens termbank" in text
    assert "Återgiven i registrets egna ord" in text
    assert "Rekommenderad term" in text


def test_both_applications_stand_side_by_side_with_the_decision(client):
    page = read(client.get(ESTABLISHED, follow_redirects=True))
    for expected in (
        "Till och med 28 februari 2018", "Från 1 mars 2018", "Ja, 53 på fem sjukhus", "Ja, utom sommar, storhelg och särskilda beslut",
        "dnr 3754-2017", "Återgivet ur publicerad källa.", "En regions tillämpning av den är redovisad.", "20 regioners är det inte.",
    ):  # fmt: skip
        assert expected in page.text
    assert page.find("//div[@class='answers']/div[@class='cause']"), "the break carries the diamond"


def test_the_change_of_application_stands_in_the_history_between_the_versions(client):
    text = read(client.get(ESTABLISHED, follow_redirects=True)).text
    history = text[text.index("Historik") :]
    assert history.index("Version 2") < history.index("Norrbotten ändrade sin tillämpning") < history.index("Version 1")
    assert "Ordalydelsen ändrades inte" in history


def test_the_proposal_is_shown_as_a_word_diff_and_marked_as_made_up(client):
    page = read(client.get(ESTABLISHED, follow_redirects=True))
    text = page.text
    assert "Förslag, inte beslutat" in text
    assert "Påhittat exempel" in text
    assert "Tillagt:" in text
    assert "Borttaget:" in text
    assert page.find("//ins")


def test_a_proposal_has_a_page_of_its_own_that_says_what_it_is_not(client):
    page = read(client.get(f"{ESTABLISHED}version/2/"))
    assert "Förslag, gäller inte" in page.text
    assert "påhittat av registret för demonstration" in page.text
    assert OWN in page.links


def test_a_concept_without_a_definition_says_so(client):
    assert "Definition saknas" in read(client.get("/termbank/begrepp/belagd-vardplats/", follow_redirects=True)).text


def test_the_contradiction_of_the_technical_bed_is_drawn_and_said(client):
    page = read(client.get("/termbank/begrepp/teknisk-vardplats/", follow_redirects=True))
    assert page.find("//*[local-name()='path'][@class='rel contested']") and "Prickad: tillämpas olika" in page.text
    assert "Motsägelse" in page.text
    assert OWN in page.links


def test_the_facts_of_the_version_have_its_hash(client):
    current = items.current_by_slug(db.session, "concept", "faststalld-vardplats")
    assert current.content_hash in [
        code.get("title") for code in read(client.get(ESTABLISHED, follow_redirects=True)).find("//code[@class='hash']")
    ]


def test_the_list_is_in_swedish_order_under_its_letters(client):
    page = read(client.get("/termbank/"))
    letters = [heading.text for heading in page.find("//main//h2") if len(heading.text or "") == 1]
    assert letters == ["B", "D", "F", "H", "I", "M", "P", "S", "T", "U", "V", "Ö"]
    terms = [link.text for link in page.find("//ul[contains(@class,'rows')]//h3/a")]
    assert len(terms) == 35
    assert terms.index("vårdtillfälle") < terms.index("öppen vård")


def test_in_english_the_list_is_in_english(client):
    client.set_cookie("language", "en")
    page = read(client.get("/termbank/"))
    assert "established bed" in page.text
    assert read(client.get(ESTABLISHED, follow_redirects=True)).heading == "established bed"


def test_search_finds_in_swedish_and_english(client):
    for query, first in [
        ("överbeläggningar", "överbeläggning"),
        ("disponibla", "disponibel vårdplats"),
        ("MVO", "medicinskt verksamhetsområde"),
        ("overcrowding", "överbeläggning"),
    ]:
        page = read(client.get("/termbank/", query_string={"q": query}))
        assert page.find("//ul[contains(@class,'rows')]//h3/a")[0].text == first, query


def test_search_does_not_take_o_for_ö(client):
    text = read(client.get("/termbank/?q=overbelaggning")).text
    assert "begrepp för ”overbelaggning”" not in text
    assert "Menade du" in text
    assert "Inget hittades" in read(client.get("/termbank/?q=qqqqxxxx")).text


def test_a_query_is_shown_as_text_and_never_as_markup(client):
    answer = client.get("/termbank/", query_string={"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
    read(answer)


def test_the_list_is_filtered(client):
    for chosen, number in [("definierade", 16), ("utan-definition", 19), ("forslag", 5), ("tillampade", 1)]:
        page = read(client.get(f"/termbank/?visa={chosen}"))
        assert len(page.find("//ul[contains(@class,'rows')]//h3/a")) == number, chosen


def test_the_comparison_says_that_they_do_not_count_the_same_and_why(client):
    text = read(client.get(COMPARE)).text
    assert "Ett svar skiljer sig: de räknar inte samma sak" in text
    assert "Båda vilar på samma version av ordalydelsen." in text


def test_what_does_not_exist_is_a_clear_answer(client):
    for url in [
        "/termbank/begrepp/finns-inte/",
        f"{ESTABLISHED}version/9/",
        "/termbank/tillampningar/finns-inte/",
        "/termbank/jamfor-tillampningar",
        "/termbank/jamfor-tillampningar?vanster=faststalld-vardplats.25.1&hoger=x",
        "/termbank/annat.ttl",
        "/termbank/begrepp/finns-inte.ttl",
        "/termbank/id/concept/finns-inte",
        "/termbank/id/version/abc",
        "/termbank/id/scheme/annat",
    ]:
        assert client.get(url).status_code == 404, url


def test_the_public_is_asked_to_sign_in_before_writing(client):
    for url in [
        "/termbank/nytt",
        f"{ESTABLISHED}andra",
        f"{ESTABLISHED}tillampningar/ny",
        "/termbank/tillampningar/faststalld-vardplats.25.1/andra",
    ]:
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302, url
            assert "/logga-in" in answer.location


def test_a_proposal_is_compared_with_what_is_in_force_and_checked_before_everybodys_eyes(client):
    text = read(client.get("/termbank/begrepp/disponibel-vardplats/version/2/")).text
    assert "Jämfört med gällande ordalydelse" in text
    assert "disponibel vårdplats → teknisk vårdplats → disponibel vårdplats" in text
    assert "Definitionerna går i cirkel" in text
    in_force = read(client.get("/termbank/begrepp/disponibel-vardplats/", follow_redirects=True)).text
    assert "Definitionerna går i cirkel" not in in_force
