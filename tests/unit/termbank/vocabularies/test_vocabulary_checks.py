"""Every check of a vocabulary: one that passes it, one that does not, and files that cannot be read."""

import codecs
import json

import pytest
from rdflib import Graph

from registry.findings import Severity
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.conditions import OF_OUR_OWN, Check, findings, in_circles
from termbank.vocabularies.examining import Examination, examined
from termbank.vocabularies.graphs import triples_in
from termbank.vocabularies.index import RDF_TYPE, SKOS, Literal, vocabulary_of
from termbank.vocabularies.quality import VOCABULARY_CHECKS, language_tags_are_valid
from termbank.vocabularies.rdf_files import UnreadableVocabularyError, triples_of

PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix iso-thes: <http://purl.org/iso25964/skos-thes#> .
@prefix : <https://example.se/> .
"""
SOUND = f"""{PREFIXES}
:scheme a skos:ConceptScheme ; skos:hasTopConcept :bed, :crowding .
:bed a skos:Concept ; skos:inScheme :scheme ; skos:topConceptOf :scheme ; skos:prefLabel "vårdplats"@sv ;
  skos:altLabel "säng"@sv ; skos:narrower :available ; skos:definition "plats för en patient"@sv ; skos:notation "1" .
:available a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel "disponibel vårdplats"@sv ; skos:broader :bed ;
  skos:related :crowding ; skos:note "med personal"@sv ; skos:exactMatch <https://elsewhere.example/1> .
:crowding a skos:Concept ; skos:inScheme :scheme ; skos:topConceptOf :scheme ; skos:prefLabel "överbeläggning"@sv ;
  skos:related :available ; skos:example "en patient utan plats"@sv .
"""


def concept(name: str, label: str, *more: str) -> str:
    """A concept with all that a sound one has."""
    said = f':{name} a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel "{label}"@sv ; skos:note "n"@sv .'
    return " ".join([said, *more])


def both(one: str, relation: str, other: str) -> str:
    """A relation said from both ends."""
    back = {"broader": "narrower"}.get(relation, relation)
    return f":{one} skos:{relation} :{other} . :{other} skos:{back} :{one} ."


CIRCLE = both("a", "broader", "b") + both("b", "broader", "a") + both("a", "related", "crowding")
BELOW = both("a", "broader", "available")
BROKEN = {
    "SKOS-S9": ':scheme a skos:Concept ; skos:prefLabel "systemet"@sv ; skos:note "n"@sv ; skos:topConceptOf :scheme .'
    + both("scheme", "related", "bed"),
    "SKOS-S13": ':bed skos:hiddenLabel "säng"@sv .',
    "SKOS-S14": ':bed skos:prefLabel "plats"@sv .',
    "SKOS-S27": both("available", "related", "bed"),
    "SKOS-S37": ":bed a skos:Collection .",
    "SKOS-S46": ":available skos:broadMatch <https://elsewhere.example/1> .",
    "SKOS-CYCLE": concept("a", "ett", concept("b", "två"), CIRCLE),
    "SKOS-DANGLING": both("available", "related", "elsewhere"),
    "SKOS-HOMONYM": concept(
        "other", "Vårdplats", ":other skos:topConceptOf :scheme .", both("other", "related", "crowding")
    ),
    "SKOS-UNLABELLED": ':nameless a skos:Concept ; skos:prefLabel "only English"@en ; skos:topConceptOf :scheme .',
    "SKOS-TOP": ":available skos:topConceptOf :scheme .",
    "VOC-001": ':bed skos:scopeNote "utan språk" .',
    "VOC-002": ':bed skos:scopeNote "svenska"@svenskaspraket .',
    "VOC-003": ':bed skos:prefLabel "bed"@en .',
    "VOC-004": ':alone a skos:Concept ; skos:prefLabel "bed"@en ; skos:note "n"@en .' + both("alone", "related", "bed"),
    "VOC-005": ':quiet a skos:Concept ; skos:prefLabel "tyst"@sv .' + both("quiet", "related", "bed"),
    "VOC-006": ':nameless a skos:Concept ; skos:note "n"@sv .' + both("nameless", "related", "bed"),
    "VOC-007": ':crowding skos:altLabel "Vårdplats"@sv .',
    "VOC-008": concept("alone", "ensam"),
    "VOC-009": concept("a", "ett", concept("b", "två"), both("a", "related", "b")),
    "VOC-010": concept("a", "ett", BELOW, both("a", "broader", "bed")),
    "VOC-011": concept("a", "ett", both("a", "broader", "bed"), both("a", "related", "available")),
    "VOC-012": ":available skos:broaderTransitive :crowding .",
    "VOC-013": ":other a skos:ConceptScheme .",
    "VOC-014": concept("a", "ett", ":a skos:topConceptOf :scheme .", BELOW),
    "VOC-015": ":bed skos:related :crowding .",
    "VOC-016": ":bed skos:broadestOfAll :crowding .",
    "VOC-017": ":bed skos:closeMatch :crowding .",
    "VOC-018": ':bed skos:altLabel " "@sv .',
    "VOC-019": ':bed skos:altLabel "vård\\u0007plats"@sv .',
    "VOC-020": ":bed skos:related :bed .",
    "VOC-021": ':crowding skos:notation "1" .',
}
FOLLOWS = {"VOC-004": {"VOC-003"}}
"""What a fault is besides, whatever one writes: without a common language each concept lacks one."""
OWN = tuple(check.code for check in OF_OUR_OWN)
ALL = {check.code for check in (*OF_OUR_OWN, *VOCABULARY_CHECKS)}


def counted(turtle: str) -> dict[str, int]:
    examination = examined(turtle.encode(), "a.ttl", most=5)
    assert examination.unreadable is None, examination.unreadable
    return {one.code: one.count for one in examination.outcomes if one.count}


def scheme(*more: str) -> Graph:
    return Graph().parse(data="\n".join((SOUND, *more)), format="turtle")


def found(graph: Graph) -> list:
    return findings(vocabulary_of(triples_in(graph)))


def test_a_sound_vocabulary_passes_every_check():
    assert counted(SOUND) == {}
    assert found(scheme()) == []


def test_every_check_has_a_broken_example_and_cites_its_source():
    assert set(BROKEN) == ALL
    for check in (*OF_OUR_OWN, *VOCABULARY_CHECKS):
        assert FINDINGS[check.code].source
        assert check.run.__doc__


@pytest.mark.parametrize("code", sorted({check.code for check in VOCABULARY_CHECKS}))
def test_what_is_broken_is_found_in_a_file_under_its_own_code_and_no_other(code):
    assert counted(f"{SOUND}{BROKEN[code]}").keys() == {code, *FOLLOWS.get(code, ())}


@pytest.mark.parametrize("code", OWN)
def test_what_is_broken_is_found_in_a_scheme_of_our_own(code):
    if code != "SKOS-S46":  # our own schemes are written without mappings, and rdflib reads them as well
        assert code in {finding.code for finding in found(scheme(BROKEN[code]))}


def test_a_finding_says_which_concept_and_where():
    [one] = [each for each in examined(f"{SOUND}{BROKEN['VOC-017']}".encode(), "a.ttl", most=5).outcomes if each.count]
    [finding] = one.findings
    assert (one.code, finding.places[0].value) == ("VOC-017", "https://example.se/bed")
    assert FINDINGS.read(finding, "sv").body == (
        "vårdplats är mappat (closeMatch) till överbeläggning i samma begreppssystem."
    )


@pytest.mark.parametrize(
    ("turtle", "code"),
    [
        (":nameless a skos:Concept ; skos:related :bed .", "VOC-003"),
        (':crowding skos:altLabel "vårdplats"@sv .', "SKOS-HOMONYM"),
        (':bed xl:prefLabel [ xl:literalForm "vårdplats"@sv ] .', "SKOS-S14"),
        (":bed xl:prefLabel [] .", "SKOS-S14"),
        (":bed a :Thing .", "VOC-016"),
        (":nameless a skos:Concept ; skos:related :bed .", "VOC-004"),
        (':bed skos:changeNote "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .', "VOC-001"),
        *(
            (f':bed skos:scopeNote "x"@{tag} .', "VOC-002")
            for tag in ("sv-SE", "zh-Hant-TW", "x-own", "fin", "se", "mul", "i-sami")
        ),
        (
            ":bed skos:relatedMatch <https://e.example/9> . :crowding skos:broadMatch <https://e.example/9> .",
            "SKOS-S27",
        ),
        (':bed a "Concept" .', "VOC-016"),
        (":bed a skos:prefLabel .", "VOC-016"),
        (":alone a skos:Concept ; skos:related :alone .", "VOC-009"),
        (':crowding skos:altLabel "överbeläggning"@sv .', "VOC-007"),
        (":below a skos:Concept ; skos:broader :available .", "VOC-010"),
        (':far a skos:Concept ; skos:prefLabel "fjärran"@sv ; skos:broaderTransitive :bed .', "VOC-008"),
        (':near a skos:Concept ; skos:prefLabel "nära"@sv ; skos:related :bed .', "VOC-008"),
        (':far a skos:Concept ; skos:prefLabel "fjärran"@sv ; skos:broaderTransitive :bed .', "VOC-009"),
        (":only skos:topConceptOf :other . :other a skos:ConceptScheme ; skos:hasTopConcept :only .", "VOC-013"),
    ],
)
def test_what_only_resembles_a_fault_is_none(turtle, code):
    assert code not in counted(f"{SOUND}{turtle}")


@pytest.mark.parametrize("tag", ["swedish", "jp", "s", "sv-", "abcd", "cz-CZ", "1a"])
def test_a_language_that_has_no_such_tag_is_told(tag):
    triples = [("urn:a", f"{SKOS}prefLabel", Literal("x", tag)), ("urn:a", RDF_TYPE, f"{SKOS}Concept")]
    assert [
        one.params["language"] for one in findings(vocabulary_of(triples), [Check("VOC-002", language_tags_are_valid)])
    ] == [tag]


@pytest.mark.parametrize(
    "way",
    [":bed skos:broadMatch {0}", "{0} skos:broadMatch :bed", ":bed skos:narrowMatch {0}", "{0} skos:narrowMatch :bed"],
)
def test_a_mapping_is_no_relation_to_what_is_broader_too(way):
    other = "<https://e.example/9>"
    assert counted(f"{SOUND} :bed skos:relatedMatch {other} . {way.format(other)} .")["SKOS-S27"] == 1


def test_errors_are_told_from_what_is_only_worth_mending():
    assert [
        examined(data.encode(), "a.ttl", most=5).has_errors
        for data in (SOUND, f"{SOUND}{BROKEN['VOC-001']}", f"{SOUND}{BROKEN['SKOS-S27']}", "not turtle at all")
    ] == [False, False, True, True]


def test_a_concept_that_is_mapped_to_itself_is_told():
    assert counted(f"{SOUND}:bed skos:exactMatch :bed .")["VOC-020"] == 1


def test_a_class_that_skos_does_not_have_is_told():
    assert counted(f"{SOUND}:bed a skos:Konzept .") == {"VOC-016": 1}


def test_a_concept_is_called_by_its_swedish_name_before_its_english_one_and_that_before_any_other():
    labels = ['"a"@fi', '"b"@en', '"c"@sv', '"d"@de']
    named = [
        vocabulary_of(triples_in(scheme(*(f":new a skos:Concept ; skos:prefLabel {label} ." for label in some)))).names[
            "https://example.se/new"
        ]
        for some in (labels, labels[:2], labels[1:2] + labels[3:], [labels[0], labels[3]])
    ]
    assert named == ["c", "b", "b", "d"]


def test_a_top_concept_is_in_its_scheme():
    tops = ":one a skos:Concept ; skos:topConceptOf :own ; skos:closeMatch :two . :two a skos:Concept ; skos:topConceptOf :own ."
    assert counted(f"{SOUND}{tops}")["VOC-017"] == 1


def test_all_are_counted_and_the_first_are_told():
    many = "".join(f':n{number} a skos:Concept ; skos:prefLabel "n{number}"@sv .\n' for number in range(30))
    outcomes = {one.code: one for one in examined(f"{SOUND}{many}".encode(), "a.ttl", most=7).outcomes}
    assert (outcomes["VOC-008"].count, len(outcomes["VOC-008"].findings)) == (30, 7)


def test_labels_of_skos_xl_and_relations_of_iso_25964_count():
    text = f"""{PREFIXES}
    :a a skos:Concept ; xl:prefLabel [ xl:literalForm "ett"@sv ] ; iso-thes:broaderGeneric :b ; skos:note "x"@sv .
    :b a skos:Concept ; skos:prefLabel "ett"@sv ; iso-thes:narrowerPartitive :a ; skos:note "x"@sv .
    """
    assert counted(text) == {"SKOS-HOMONYM": 1}


def test_the_same_word_in_two_languages_is_no_clash():
    assert found(scheme(':bed skos:altLabel "vårdplats"@en .')) == []


def test_related_to_a_concept_two_levels_up_is_found():
    deeper = ':technical a skos:Concept ; skos:prefLabel "teknisk"@sv ; skos:broader :available ; skos:related :bed .'
    told = [(finding.code, finding.params["concept"], finding.params["other"]) for finding in found(scheme(deeper))]
    assert told == [("SKOS-S27", "teknisk", "vårdplats")]


def test_narrower_read_backwards_makes_a_cycle_too():
    assert "SKOS-CYCLE" in {finding.code for finding in found(scheme(":available skos:narrower :bed ."))}


@pytest.mark.parametrize(
    ("edges", "circular"),
    [
        ("ab bc", ""),
        ("ab ba", "ab"),
        ("ab bc ca cd", "abc"),
        ("aa", "a"),
        ("ab bc cb cd de ed", "bcde"),
        ("ab ac bd cd", ""),
    ],
)
def test_a_concept_is_in_a_circle_where_a_way_up_leads_back(edges, circular):
    broader = "".join(f":{one} skos:broader :{other} .\n" for one, other in edges.split())
    concepts = "".join(f":{one} a skos:Concept .\n" for one in "abcde")
    vocabulary = vocabulary_of(triples_of(f"{PREFIXES}{concepts}{broader}".encode(), "a.ttl"))
    assert "".join(sorted(one[-1] for one in in_circles(vocabulary))) == circular
    assert {one for one in vocabulary.concepts if one in vocabulary.above(one)} == set(in_circles(vocabulary))


def test_a_circle_of_thousands_does_not_end_in_recursion():
    text = "".join(f":{n} a skos:Concept ; skos:broader :{(n + 1) % 5000} .\n" for n in range(5000))
    assert counted(PREFIXES + text)["SKOS-CYCLE"] == 5000


def test_only_what_breaks_skos_is_an_error():
    errors = {check.code for check in VOCABULARY_CHECKS if FINDINGS[check.code].severity is Severity.ERROR}
    assert errors == {
        "SKOS-S9",
        "SKOS-S13",
        "SKOS-S14",
        "SKOS-S27",
        "SKOS-S37",
        "SKOS-S46",
        "SKOS-CYCLE",
        "SKOS-DANGLING",
        "VOC-002",
    }


@pytest.mark.parametrize("kind", ["turtle", "xml", "nt", "json-ld"])
def test_every_kind_of_file_is_read_alike_by_its_name_and_by_how_it_begins(kind):
    graph = scheme(BROKEN["VOC-017"])
    data = graph.serialize(format=kind, encoding="utf-8")
    named = {"turtle": "a.TTL", "xml": "a.rdf", "nt": "a.nt", "json-ld": "a.jsonld"}[kind]
    for name in (named, "a"):
        examination = examined(data, name, most=5)
        assert {one.code: one.count for one in examination.outcomes if one.count} == {"VOC-017": 1}
        assert examination.counts == {"triples": len(graph), "schemes": 1, "concepts": 3, "collections": 0}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_an_xml_file_may_be_written_in_another_encoding(encoding):
    text = scheme().serialize(format="xml").replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    data = text.encode(encoding)
    assert examined(data, "a.rdf", most=5).counts["concepts"] == 3


DOCTYPE = """<?xml version="1.0"?><!-- a note --><!DOCTYPE rdf:RDF {}>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="https://example.se/a"><skos:prefLabel xml:lang="sv">{}</skos:prefLabel></skos:Concept></rdf:RDF>"""


@pytest.mark.parametrize(
    ("doctype", "text", "code"),
    [
        ('[<!ENTITY skos "http://www.w3.org/2004/02/skos/core#">]', "a", None),
        ("SYSTEM 'http://127.0.0.1:9/a.dtd'", "a", None),
        ('[<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]', "&b;", "VOC-103"),
        ("[<!ENTITY a SYSTEM 'file:///etc/passwd'>]", "&a;", "VOC-103"),
        ("[<!ENTITY % p 'x'> %p;]", "a", "VOC-103"),
        (f'[<!ENTITY a "{"a" * 501}">]', "&a;", "VOC-103"),
        (f'[<!ENTITY a "{"a" * 500}">]', "&a;" * 30_000, "VOC-103"),
    ],
    ids=["short", "outside subset", "nested", "external", "parameter", "long", "many"],
)
def test_entities_that_can_grow_are_refused_before_anything_is_read(doctype, text, code):
    told = examined(DOCTYPE.format(doctype, text).encode(), "a.rdf", most=5)
    assert (told.unreadable.code if told.unreadable else None) == code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.7", "VOC-101"),
        ("a.ttl", b":a :b :c .", "VOC-102"),
        ("a.ttl", b'<http://a.example/> <http://b.example/> "a"@sv .\n<http://a.example/> <b', "VOC-102"),
        ("a.rdf", b"<rdf:RDF", "VOC-102"),
        ("a.rdf", b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'\n/></x>", "VOC-102"),
        (
            "a.rdf",
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a rdf:ID="1"/></rdf:RDF>',
            "VOC-109",
        ),
        ("a.xml", b"<?xml version='1.0'?><!-- a --><mtf><conceptGrp/></mtf>", "VOC-108"),
        ("a.xml", b"<?xml version='1.0'?><martif type='TBX'/>", "VOC-110"),
        ("a.xml", b"<t:tbx xmlns:t='urn:iso:std:iso:30042:ed-2'/>", "VOC-110"),
        ("a.json", b'{"resourceType": "CodeSystem"}', "VOC-101"),
        ("a.rdf", codecs.BOM_UTF16_LE + b"<", "VOC-104"),
        ("a.rdf", b"<?xml version='1.0' encoding='klingon'?><a/>", "VOC-104"),
        ("a.jsonld", json.dumps({"@context": "http://127.0.0.1:9/c", "@id": "http://a.example/"}).encode(), "VOC-105"),
        ("a.nt", b"<http://a.example/> <http://b.example/> <http://c.example/> .", "VOC-106"),
        ("a.ttl", b"", "VOC-106"),
    ],
)
def test_what_is_no_vocabulary_is_told_with_the_line(name, data, code):
    unreadable = examined(data, name, most=5).unreadable
    assert unreadable.code == code
    if code == "VOC-102" and b"\n" in data:
        assert unreadable.places[0].row == 2


def test_an_examination_is_the_same_after_it_has_been_sent():
    examination = examined(f"{SOUND}{BROKEN['VOC-017']}".encode(), "a.ttl", most=5)
    assert Examination.from_dict(json.loads(json.dumps(examination.as_dict()))) == examination
    unreadable = examined(b"", "a.pdf", most=5)
    assert Examination.from_dict(unreadable.as_dict()) == unreadable
    for strange in ({"code": "TERM-999"}, {"code": "VOC-017", "count": "many"}):
        with pytest.raises((KeyError, ValueError, TypeError)):
            Examination.from_dict({"counts": {}, "unreadable": None, "outcomes": [strange]})


def test_a_file_that_breaks_off_is_no_vocabulary_at_all():
    with pytest.raises(UnreadableVocabularyError):
        list(triples_of(SOUND.encode()[:-20], "a.ttl"))


def test_mappings_clash_in_either_direction_and_not_with_others():
    mapped = "skos:exactMatch" + " :b . :b a skos:Concept . "
    assert counted(f"{PREFIXES}:a a skos:Concept ; {mapped} :b skos:narrowMatch :a .")["SKOS-S46"] == 1
    assert counted(f"{PREFIXES}:a a skos:Concept ; {mapped} :a skos:narrowMatch :b .")["SKOS-S46"] == 1
    assert "SKOS-S46" not in counted(f"{PREFIXES}:a a skos:Concept ; {mapped} :a skos:narrowMatch :c .")


def test_homographs_are_told_once_under_the_first_of_them():
    text = "".join(f':{one} a skos:Concept ; skos:prefLabel "rad"@sv .\n' for one in "cab")
    text += ':d a skos:Concept ; skos:prefLabel "led"@sv .\n'
    outcomes = {one.code: one for one in examined(f"{PREFIXES}{text}".encode(), "a.ttl", most=5).outcomes}
    [finding] = outcomes["SKOS-HOMONYM"].findings
    assert (finding.places[0].value, finding.params["number"]) == ("https://example.se/a", 3)


@pytest.mark.parametrize("first", ["0", "250", "499"])
def test_what_is_above_is_found_along_long_ways_by_several_and_round_in_circles(first):
    """A way of 500 that ends in a concept with two above it, one of which leads back to the way's beginning."""
    steps = [(str(one), "skos", str(one + 1)) for one in range(499)] + [("499", "", "a"), ("499", "", "b")]
    lines = "".join(f":{one} skos:broader :{other} . " for one, _, other in steps)
    base = "https://example.se/"
    for back in ("", ":b skos:broader :0 . "):
        vocabulary = vocabulary_of(triples_of(f"{PREFIXES}{lines}{back}".encode(), "a.ttl"))
        vocabulary.above(f"{base}{first}")
        wanted = {str(one) for one in range(0 if back else int(first) + 1, 500)} | {"a", "b"}
        assert {one.removeprefix(base) for one in vocabulary.above(f"{base}{first}")} == wanted
        assert (f"{base}0" in vocabulary.above(f"{base}0")) is bool(back)
