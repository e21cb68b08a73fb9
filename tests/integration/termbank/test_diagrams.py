"""Concept diagrams: around a concept and of a scheme; bounded, with a list that says the same, and as a file."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from registry import clock
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.i18n import show_date
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.starter import publish_loaded
from registry.items.withdrawing import take_out_of_use
from registry.starter import STEWARD, load_organisations
from termbank import services
from termbank.bank.queries import term_banks
from termbank.concepts.concept import Relation, Target
from termbank.concepts.schemes import SHIPPED
from termbank.diagrams import drawn_concepts
from termbank.notions import RelationKind
from termbank.starter.load import load_concepts
from tests.conftest import NOW
from tests.factories.concepts import concept
from tests.pages import read
from tests.snapshots import remembered

SVG = "{http://www.w3.org/2000/svg}"
GENERIC, PARTITIVE, ASSOCIATIVE = RelationKind.GENERIC, RelationKind.PARTITIVE, RelationKind.ASSOCIATIVE


@pytest.fixture
def publish(term_bank, organisations):
    """Publish a concept with relations to those that were published before, by name; gives its key."""
    keys: dict[str, str] = {}

    def make(name, *relations, **parts) -> str:
        with transaction() as session:
            named = tuple(Relation(kind, Target(item=item_of(session, keys[other]).id)) for kind, other in relations)
            version = services.draft_concept(
                session, SYSTEM, NOW, item=None, concept=replace(concept(name, **parts), relations=named),
                organisation_id=organisations[STEWARD].id, reason="",
            )  # fmt: skip
            publish_loaded(session, NOW, version, change=Change.NEW, valid_from=None)
            keys[name] = version.item.slug
        return keys[name]

    return make


def item_of(session, key):
    return items.item_by_slug(session, "concept", key)


def diagram(key) -> str:
    return f"/termbank/begrepp/{key}/diagram"


def boxes(page) -> set[str]:
    return {
        " ".join(link.xpath("*[local-name()='text'][contains(@class, 'term')]/text()"))
        for link in page.find("//*[local-name()='a'][contains(@class, 'node')]")
    }


def test_a_diagram_goes_as_far_as_is_asked_and_says_the_same_in_words(publish, client):
    publish("möbel", definition="föremål att ha i rum")
    bed = publish("säng", (GENERIC, "möbel"))
    publish("gavel", (PARTITIVE, "säng"), (ASSOCIATIVE, "möbel"))
    publish("skruv", (PARTITIVE, "gavel"))
    publish("mutter", (ASSOCIATIVE, "skruv"))
    address = diagram(bed)
    assert boxes(read(client.get(f"{address}?djup=1"))) == {"säng", "möbel", "gavel"}
    page = read(client.get(address))
    assert boxes(page) == {"säng", "möbel", "gavel", "skruv"} == boxes(read(client.get(f"{address}?djup=many")))
    assert "mutter" in boxes(read(client.get(f"{address}?djup=3")))
    for said in (
        "är ett slags möbel",
        "är en del av säng",
        "hör ihop med gavel",
        "föremål att ha i rum",
        "Definition saknas",
    ):
        assert said in page.text, said
    for meaning in ("ett slags (generisk relation)", "en del av (partitiv relation)", "hör ihop (associativ relation)"):
        assert meaning in page.text
    assert "på vilket sätt är inte angivet" not in page.text, "no line of that kind is drawn"
    on_concept = read(client.get(f"/termbank/begrepp/{bed}/", follow_redirects=True))
    assert boxes(on_concept) == {"säng", "möbel", "gavel"} and any(
        link.endswith("/diagram") for link in on_concept.links
    )
    client.set_cookie("language", "en")
    english = read(client.get(address))
    assert "säng in English" in boxes(english) and "is a kind of möbel in English" in english.text


def test_a_file_stands_alone_with_its_title_source_and_day(publish, client):
    publish("<säng> & stol", definition='det "där"')
    answer = client.get(diagram(publish("gavel", (PARTITIVE, "<säng> & stol"))) + ".svg")
    assert answer.mimetype == "image/svg+xml" and "attachment" in answer.headers["Content-Disposition"]
    svg = ElementTree.fromstring(answer.data)
    told = " ".join(one.text for one in svg.iter(f"{SVG}text"))
    assert (
        "Begreppsdiagram: gavel" in told
        and "Källa: Vårdplatser, http" in told
        and f"Ritat {show_date(clock.today())}." in told
    )
    links = [link.get("href") for link in svg.iter(f"{SVG}a")]
    assert len(links) == 2 and all(link.startswith("http") and "/termbank/begrepp/" in link for link in links)


def test_what_is_withdrawn_or_to_come_is_drawn_and_said(publish, client):
    furniture = publish("möbel")
    bed = publish("säng", (GENERIC, "möbel"))
    with transaction() as session:
        item = item_of(session, furniture)
        take_out_of_use(session, SYSTEM, NOW, items.current(session, item), reason="Prov.")
    page = read(client.get(diagram(bed)))
    assert boxes(page) == {"säng", "möbel"} and "(indraget)" in page.text
    assert boxes(read(client.get(diagram(furniture)))) == {"säng", "möbel"}


def test_circles_and_relations_to_itself_are_told(publish, client):
    egg = publish("ägg")
    hen = publish("höna", (GENERIC, "ägg"))
    with transaction() as session:
        item = item_of(session, egg)
        relations = (
            Relation(GENERIC, Target(item=item_of(session, hen).id)),
            Relation(ASSOCIATIVE, Target(item=item.id)),
        )
        new = replace(term_banks.concept_of(items.current(session, item)), relations=relations)
        version = services.draft_concept(
            session, SYSTEM, NOW, item=item, concept=new, organisation_id=item.organisation_id, reason=""
        )
        publish_loaded(session, NOW, version, change=Change.MEANING, valid_from=None)
    page = read(client.get(diagram(hen)))
    assert boxes(page) == {"ägg", "höna"}
    assert "är båda överordnade det andra" in page.text and "har en relation till sig självt" in page.text


def test_a_lone_concept_is_drawn_alone_and_a_draft_or_an_unknown_one_not_at_all(
    publish, terminologist, organisations, client
):
    page = read(client.get(diagram(publish("ensam"))))
    assert boxes(page) == {"ensam"}
    with transaction() as session:
        draft = services.draft_concept(
            session, terminologist, NOW, item=None, concept=concept("utkast"),
            organisation_id=organisations[STEWARD].id, reason="",
        )  # fmt: skip
        unseen = diagram(draft.item.slug)
    for address in (unseen, f"{unseen}.svg", diagram("okand"), "/termbank/system/okant/diagram", "/termbank/system/okant/diagram.svg"):  # fmt: skip
        read(client.get(address), 404)


def test_more_than_can_be_drawn_is_said_and_costs_no_more(publish, client, statements_counted, monkeypatch):
    monkeypatch.setattr(drawn_concepts, "MOST", 5)
    address = diagram(publish("topp"))
    publish("blad 1", (GENERIC, "topp"))
    publish("spets", (PARTITIVE, "blad 1"))
    with statements_counted() as few:
        assert len(boxes(read(client.get(address)))) == 3
    for number in range(2, 7):
        publish(f"blad {number}", (GENERIC, "topp"))
    with statements_counted() as many:
        page = read(client.get(address))
    assert boxes(page) == {"topp", "blad 1", "blad 2", "blad 3", "blad 4"} and len(many) <= len(few)
    assert "här är de 5 närmaste" in page.text and "2 till under" in page.text and "ett till under" in page.text


def test_a_scheme_is_drawn_from_its_top_in_levels_and_pages(publish, client, monkeypatch):
    monkeypatch.setattr(drawn_concepts, "TOPS", 2)
    page = read(client.get("/termbank/system/vardplatser/diagram?djup=1"))
    assert len(boxes(page)) == 2 and "1–2 av 4" in page.text and "till under" in page.text
    second = read(client.get("/termbank/system/vardplatser/diagram?djup=2&sida=2"))
    assert {"vårdkontakt", "vårdtillfälle"} & boxes(second) and not boxes(page) & boxes(second)
    assert "/termbank/system/vardplatser/diagram" in read(client.get("/termbank/system/vardplatser/")).links
    svg = client.get("/termbank/system/vardplatser/diagram.svg?djup=2&sida=2")
    assert "Sida 2 av 2." in svg.text and ElementTree.fromstring(svg.data) is not None


@pytest.fixture
def starter_concepts(any_app):
    """The starter's concepts, on both databases."""

    def build() -> None:
        with transaction() as session:
            load_organisations(session, SYSTEM, NOW)
            load_concepts(session, SYSTEM, NOW)

    remembered("concepts of the starter alone", build)


def test_what_is_drawn_is_read_in_the_same_order_on_both_databases(starter_concepts):
    found = drawn_concepts.around(db.session, item_of(db.session, "disponibel-vardplats"), 1, "sv")
    assert [one.title.sv for one in found.concepts.values()] == [
        "disponibel vårdplats", "vårdplats", "teknisk vårdplats", "belagd vårdplats", "beläggningsgrad",
        "fastställd vårdplats", "sluten vård", "överbeläggning",
    ]  # fmt: skip
    assert found.more_below == {"vardplats": 3} and not found.is_cut
    tops, drawn = drawn_concepts.of_scheme(db.session, SYSTEM, SHIPPED[0], 2, "sv", 1)
    assert [term.text for term in tops.rows] == ["patient", "utskrivning", "vårdkontakt", "vårdplats"]
    assert list(drawn.concepts)[4:6] == ["inneliggande-patient", "inskriven-patient"]
