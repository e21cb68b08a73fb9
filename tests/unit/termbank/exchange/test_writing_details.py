"""What is written for other tools, to the letter: order, marks, what stands in for what is missing, what is counted."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pyoxigraph as ox
import pytest
from openpyxl import load_workbook
from rdflib import RDF, SKOS, XSD, Graph, Literal, URIRef

from registry.findings import Text
from registry.formats import DEFAULTS, Options, format_named
from termbank.concepts.concept import Definition, Foreign, Link, Notation, Note, Relation, Source, Target, Term
from termbank.concepts.kept_statements import literal
from termbank.concepts.wordings import Wording
from termbank.exchange import skos
from termbank.exchange.skos_losses import losses
from termbank.exchange.writing import rdf, skos_xl
from termbank.exchange.writing.sheets import columns_of, harmless, languages_of
from termbank.formats import FORMATS
from termbank.notions import RelationKind, TermStatus
from tests.unit.termbank.exchange.exchange_sources import BARE, BASE, BED, CONCEPTS, ID, ROOM, SCHEME, published, source

TBX = "{urn:iso:std:iso:30042:ed-2}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INTEGER = URIRef("http://www.w3.org/2001/XMLSchema#integer")
A, B = URIRef("https://a.example/a"), URIRef("https://a.example/b")
TRIPLES = [
    (B, SKOS.note, Literal("ö", "sv")), (B, SKOS.note, Literal("a", "sv")), (B, SKOS.note, Literal("z", "en")),
    (B, SKOS.note, Literal("1", datatype=INTEGER)), (B, SKOS.altLabel, Literal("z", "sv")),
    (A, URIRef("https://other.example/p"), Literal("\r<&")), (A, URIRef("https://e.example/q"), Literal("z")),
    (B, SKOS.exactMatch, URIRef("https://e.example/x")),
]  # fmt: skip


def graph(*triples) -> Graph:
    made = Graph()
    made.bind("ex", "https://e.example/")
    for one in triples or TRIPLES:
        made.add(one)
    return made


def written(name, told=None, language="sv") -> bytes:
    return format_named(FORMATS, name).content(told or source(), Options(language))


def lost(name, told) -> dict[str, int]:
    return {one.code: one.params["number"] for one in format_named(FORMATS, name).losses(told, DEFAULTS)}


def test_rdf_xml_is_in_order_with_a_prefix_for_each_namespace():
    text = rdf.rdf_xml(graph()).decode()
    assert text.splitlines() == [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:skos="{SKOS}" xmlns:ex="https://e.example/" xmlns:ns2="https://other.example/">',
        '  <rdf:Description rdf:about="https://a.example/a">',
        "    <ex:q>z</ex:q>",
        "    <ns2:p>&#13;&lt;&amp;</ns2:p>",
        "  </rdf:Description>",
        '  <rdf:Description rdf:about="https://a.example/b">',
        '    <skos:altLabel xml:lang="sv">z</skos:altLabel>',
        '    <skos:exactMatch rdf:resource="https://e.example/x"/>',
        f'    <skos:note rdf:datatype="{INTEGER}">1</skos:note>',
        '    <skos:note xml:lang="sv">a</skos:note>',
        '    <skos:note xml:lang="en">z</skos:note>',
        '    <skos:note xml:lang="sv">ö</skos:note>',
        "  </rdf:Description>",
        "</rdf:RDF>",
    ]  # fmt: skip


def test_json_ld_is_in_order_with_one_blank_for_each_step():
    text = rdf.json_ld(graph(), BASE).decode()
    told = json.loads(text)
    assert [list(node) for node in told["@graph"]] == [
        ["@id", "https://e.example/q", "https://other.example/p"], ["@id", "skos:altLabel", "skos:exactMatch", "skos:note"],
    ]  # fmt: skip
    notes = [one if isinstance(one, int) else one["@value"] for one in told["@graph"][1]["skos:note"]]
    assert notes == [1, "z", "a", "ö"] and told["@context"]["vpr"] == f"{BASE}termbank/ns#"
    assert text.splitlines()[1] == ' "@context": {' and "ö" in text and text.endswith("}\n")
    one = json.loads(rdf.json_ld(graph((A, SKOS.note, Literal("x", "sv"))), BASE))
    assert one["@id"] == str(A) and one["skos:note"] == {"@language": "sv", "@value": "x"}


@pytest.mark.parametrize("name", ["turtle", "n_triples", "rdf_xml"])
def test_the_order_in_which_triples_were_made_is_not_seen(name):
    write = getattr(rdf, name)
    assert write(graph()) == write(graph(*reversed(TRIPLES)))


def test_turtle_has_the_prefixes_of_its_graph():
    assert b"@prefix ex: <https://e.example/> ." in rdf.turtle(graph())
    assert b"@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> ." in rdf.turtle(skos_xl.graph(source()))


def test_a_label_has_a_short_name_that_stays_and_a_language_only_where_it_has_one():
    name = skos_xl.label_of(A, Term("säng", "sv"))
    assert name == URIRef(f"{A}#term-f3451eed26f32d19")
    triples = skos_xl.graph(source({"sang": BED}))
    forms = set(triples.objects(None, skos_xl.XL.literalForm))
    assert Literal("B1") in forms and Literal("säng", "sv") in forms


def test_withdrawn_concepts_have_labels_too():
    gone = replace(source({"rum": ROOM}), gone=[published("8", BARE)])
    assert Literal("lakan", "sv") in set(skos_xl.graph(gone).objects(None, skos_xl.XL.literalForm))


def rows(told):
    text = written("csv", told).decode("utf-8-sig")
    heads, *found = csv.reader(io.StringIO(text), delimiter=";")
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_the_workbook_is_laid_out_for_those_who_fill_it_in():
    book = load_workbook(io.BytesIO(written("xlsx")))
    sheet, guide = book.worksheets
    heads = [cell.value for cell in sheet[1]]
    dimensions = {
        place: round(one.width - 0.7)
        for one in sheet.column_dimensions.values()
        for place in range(one.min, one.max + 1)
    }
    wide = [place for place, head in enumerate(heads, 1) if head.startswith(("Definition", "Anm", "Exempel", "Tolk"))]
    assert len(wide) >= 5 and all(dimensions[place] == 50 for place in wide)
    assert [dimensions[heads.index(one) + 1] for one in ("Nyckel", "Term (sv)", "Version", "IRI")] == [14, 26, 14, 26]
    top, cell = sheet["A1"], sheet["A2"]
    assert (top.font.bold, top.border.bottom.style, top.alignment.wrap_text, top.number_format) == (
        True,
        "thin",
        True,
        "General",
    )
    assert (cell.font.bold, cell.border.bottom.style, cell.alignment.wrap_text, cell.number_format) == (
        False,
        None,
        True,
        "@",
    )
    assert sheet["A2"].number_format == sheet["A5"].number_format == "@"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(heads)).column_letter}5"
    assert (sheet.freeze_panes, book.properties.title) == ("C2", "Sängar")
    assert (book.properties.created.year, book.properties.created.month, book.properties.created.day) == (2000, 1, 1)
    assert round(guide.column_dimensions["A"].width - 0.7) == 110 and guide["A1"].alignment.wrap_text
    assert guide.column_dimensions["A"].max == guide.max_column == 1
    assert guide["A1"].value == "En rad är ett begrepp." and guide.max_row == 7


def test_a_workbook_without_concepts_has_a_row_to_filter():
    sheet = load_workbook(io.BytesIO(written("xlsx", source({})))).worksheets[0]
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}2"


@pytest.mark.parametrize(("length", "kept"), [(32_767, 32_767), (32_768, 32_767)])
def test_a_cell_of_a_workbook_holds_what_excel_lets_it(length, kept):
    long = source({"rum": replace(ROOM, definitions=(Definition("x" * length, "sv"),))})
    values = [cell.value for cell in load_workbook(io.BytesIO(written("xlsx", long))).worksheets[0][2]]
    assert max(len(str(one)) for one in values) == kept


def test_columns_are_there_for_the_scheme_s_languages_and_for_what_is_said_in_others():
    assert languages_of(source()) == ["sv", "en", "fi", ""]
    heads = [one.heading("sv") for one in columns_of(source())]
    assert "Definition (fi)" not in heads and "Term (fi)" in heads and "Anmärkningar (en)" in heads
    assert [one.heading("sv") for one in columns_of(source({}))].count("Notationer") == 0
    finnish = replace(ROOM, notes=(Note((Wording("huone", "fi"),)),))
    assert languages_of(source({"rum": finnish})) == ["sv", "en", "fi"]


def test_a_cell_names_another_concept_by_key_and_term_or_by_its_address():
    relations = (
        Relation(RelationKind.GENERIC, Target(key="rum")),
        Relation(RelationKind.PARTITIVE, Target(key="7")),
        Relation(RelationKind.ASSOCIATIVE, Target(key="nobody")),
        Relation(RelationKind.EXACT, Target(iri="https://w.example/1")),
    )
    row = rows(source({"rum": ROOM, "8": replace(BARE, relations=relations)}, known={"7": ID["7"]}))[1]
    assert [row[one] for one in ("Överordnat (generiskt)", "Överordnat (partitivt)", "Relaterat", "Samma begrepp")] == [
        "rum rum", f"{BASE}termbank/id/concept/{ID['7']}", "", "https://w.example/1",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["=1", "+", "-x", "@", "\t", "\r", "'"])
def test_the_first_letter_alone_is_looked_at(cell):
    assert harmless(cell) == f"'{cell}" and harmless(f"a{cell}") == f"a{cell}" and harmless("") == ""


LINK = Link("möbel", Target(key="7", item=ID["7"]))


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"definitions": (Definition("a", "sv", "Boken"),)}, "SHEET-002"),
        ({"definitions": (Definition("a", "sv", url="https://b.example/"),)}, "SHEET-002"),
        ({"definitions": (Definition("möbel", "sv", links=(LINK,)),)}, "SHEET-002"),
        ({"notes": (Note((Wording("a", "sv"),), "Boken"),)}, "SHEET-003"),
        ({"examples": (Note((Wording("a", "sv"),), "", "https://b.example/"),)}, "SHEET-003"),
        ({"problems": (Note((Wording("a", "sv"),), "Boken"),)}, "SHEET-003"),
        ({"relations": (Relation(RelationKind.CONTESTED, Target(key="8")),)}, "SHEET-005"),
        ({"relations": (Relation(RelationKind.GENERIC, Target(key="nobody")),)}, "SHEET-005"),
        ({"notations": (Notation("1", "https://d.example/"),)}, "SHEET-009"),
    ],
)
def test_the_table_counts_each_thing_that_it_has_no_column_for(parts, code):
    assert lost("csv", source({"8": replace(BARE, **parts)})) == {code: 1}
    bare = {
        "definitions": (Definition("a", "sv"),),
        "notes": (Note((Wording("a", "sv"),)),),
        "notations": (Notation("1"),),
    }
    assert lost("csv", source({"8": replace(BARE, **bare)})) == {}


@pytest.mark.parametrize(
    ("languages", "asked", "main"),
    [(("sv", "en"), "en", "en"), (("fi", "de"), "sv", "fi"), ((), "en", "en"), ((), "sv", "sv"), (("en",), "sv", "en")],
)
def test_tbx_is_in_the_asked_language_where_the_scheme_has_it(languages, asked, main):
    told = source({"rum": ROOM}, scheme=replace(SCHEME, languages=languages))
    text = written("tbx", told, asked)
    assert Xml.fromstring(text).get(LANG) == main and b"\n <tbxHeader>\n  <fileDesc>" in text


def entry(**parts):
    return Xml.fromstring(written("tbx", source({"rum": replace(ROOM, **parts)}))).find(f".//{TBX}conceptEntry")


@pytest.mark.parametrize(
    ("source_", "url", "said"),
    [("Boken", "", "Boken"), ("", "https://b.example/", "https://b.example/"), ("", "", None)],
)
def test_tbx_cites_a_definition_and_a_note_by_what_there_is(source_, url, said):
    found = entry(
        definitions=(Definition("a", "sv", source_, url),), notes=(Note((Wording("n", "sv"),), source_, url),)
    )
    assert [one.text for one in found.iter(f"{TBX}admin")] == ([said] if said else [])
    assert [one.text for one in found.iter(f"{TBX}note")] == [f"n ({said})" if said else "n"]


def test_tbx_has_subject_fields_and_counts_texts_without_a_term_in_their_language():
    found = entry(subject_field=(Wording("möbler", "sv"),))
    assert [(one.get("type"), one.text) for one in found.findall(f"{TBX}descrip")] == [("subjectField", "möbler")]
    elsewhere = replace(
        ROOM, notes=(Note((Wording("a", "fi"), Wording("b", "sv"))),), definitions=(Definition("c", "de"),)
    )
    assert lost("tbx", source({"rum": elsewhere})) == {"TBX-011": 2}


@pytest.mark.parametrize(
    ("term", "counts"),
    [
        (Term("x", "sv", TermStatus.HIDDEN, homograph=1), {"TBX-002": 1}),
        (Term("x", "sv", TermStatus.HIDDEN, grammar="reflexivt"), {"TBX-002": 1}),
        (Term("x", "sv", TermStatus.ADMITTED, homograph=0), {"TBX-003": 1}),
        (Term("x", "sv", TermStatus.ADMITTED, grammar="noun"), {}),
        (Term("x", "sv", TermStatus.ADMITTED), {}),
    ],
)
def test_tbx_counts_a_term_once(term, counts):
    assert lost("tbx", source({"rum": replace(ROOM, terms=(*ROOM.terms, term))})) == counts


def resource(name="fhir-codesystem", concepts=None, **scheme):
    return json.loads(written(name, source(concepts, scheme=replace(SCHEME, **scheme))))


def test_fhir_says_in_each_file_what_it_is_and_in_which_version():
    told = resource()
    assert (told["caseSensitive"], told["experimental"], len(told["version"])) == (True, False, 16)
    assert resource("fhir-valueset")["immutable"] is False
    assert (told["copyright"], told["description"], told["id"]) == ("https://l.example/cc0", "Om sängar", "sangar")
    text = written("fhir-codesystem").decode()
    assert text.splitlines()[1].startswith(' "resourceType"') and "säng" in text and text.endswith("}\n")
    assert "copyright" not in resource(licence="") and "description" not in resource(description=Text("", ""))
    assert resource(title=Text("", ""))["title"] == "sangar"
    empty = resource(concepts={})
    assert "concept" not in empty and "hierarchyMeaning" not in empty and empty["count"] == 0


@pytest.mark.parametrize(
    ("slug", "name", "id_"),
    [("a-bra-ord", "ABraOrd", "a-bra-ord"), ("9-dygn", "S9Dygn", "9-dygn"), ("x" * 65, "X" + "x" * 64, "x" * 64)],
)
def test_fhir_makes_names_of_keys(slug, name, id_):
    told = resource(slug=slug)
    assert (told["name"], told["id"]) == (name, id_)


def code(concept, here=None, **more):
    told = {**(here or {}), "8": concept}
    export = source(told)
    return json.loads(written("fhir-codesystem", replace(export, concepts=[*export.concepts[:-1], replace(export.concepts[-1], **more)])))["concept"][-1]  # fmt: skip


def test_a_code_has_what_its_concept_has_and_no_empty_fields():
    assert code(replace(BARE, terms=())) == {
        "code": "8", "display": "8", "property": [{"code": "status", "valueCode": "active"}],
    }  # fmt: skip
    retired = [{"code": "status", "valueCode": "retired"}, {"code": "inactive", "valueBoolean": True}]
    assert code(BARE, state="withdrawn")["property"] == retired
    untagged = code(replace(BARE, terms=(Term("B1"),)))
    assert untagged["designation"][0]["value"] == "B1" and "language" not in untagged["designation"][0]
    hidden = code(replace(BARE, terms=(Term("x", "sv", TermStatus.HIDDEN),)))
    assert "designation" not in hidden
    away = (Relation(RelationKind.GENERIC, Target(key="7")), Relation(RelationKind.ASSOCIATIVE, Target(key="7")))
    assert len(code(replace(BARE, relations=away))["property"]) == 1
    assert len(code(replace(BARE, relations=away), {"7": CONCEPTS["7"]})["property"]) == 3


def test_a_mapping_leads_to_an_address_or_to_a_concept_that_may_be_pointed_at():
    def mapped(*targets, **more):
        relations = tuple(Relation(RelationKind.EXACT, one) for one in targets)
        told = source(
            {"rum": ROOM, "8": replace(BARE, relations=relations), "7": replace(BARE, relations=relations)}, **more
        )
        groups = json.loads(written("fhir-conceptmap", told)).get("group", [])
        found = [
            (each["code"], target["code"]) for one in groups for each in one["element"] for target in each["target"]
        ]
        return found, lost("fhir-conceptmap", told)

    assert mapped(Target(key="nobody"), Target(iri="urn:x:1")) == ([], {"FHIR-008": 3, "FHIR-009": 4})
    assert mapped(Target(key="sang"), known={"sang": ID["sang"]}) == ([("7", "sang"), ("8", "sang")], {"FHIR-008": 3})
    assert mapped(Target(item=ID["rum"]))[0] == [("7", "rum"), ("8", "rum")]
    assert mapped(Target(iri="https://w.example/1"))[0] == [("7", "1"), ("8", "1")]


@pytest.mark.parametrize(
    ("parts", "counts"),
    [
        ({"definitions": (Definition("a", "sv"), Definition("b", "en"))}, {"FHIR-002": 1}),
        ({"definitions": (Definition("a", "sv"),)}, {}),
        ({"terms": (Term("a", "sv", TermStatus.ADMITTED),)}, {}),
        ({"terms": (Term("a", "sv", TermStatus.HIDDEN),)}, {"FHIR-003": 1}),
        ({"terms": (Term("a", "sv", source="SAOB"),)}, {"FHIR-003": 1}),
        ({"relations": (Relation(RelationKind.GENERIC, Target(key="rum")),)}, {}),
        ({"relations": (Relation(RelationKind.ASSOCIATIVE, Target(key="rum")),)}, {}),
        ({"relations": (Relation(RelationKind.ASSOCIATIVE, Target(key="nobody")),)}, {"FHIR-004": 1}),
        ({"relations": (Relation(RelationKind.CONTESTED, Target(key="rum")),)}, {"FHIR-004": 1}),
        ({"sources": (Source("a"), Source("b")), "foreign": Foreign("urn:x:1", ("x",))}, {"FHIR-005": 3}),
    ],
)
def test_a_code_system_counts_each_thing_that_it_has_no_place_for(parts, counts):
    plain = replace(BARE, terms=(Term("lakan", "sv"),))
    assert lost("fhir-codesystem", source({"rum": ROOM, "8": replace(plain, **parts)})) == counts


@pytest.mark.parametrize(
    "text", ["007", "7", "-0", "+1", "1", "TRUE", "true", "1.", "1e0", "bad", "1234567890123456", "INF"]
)
@pytest.mark.parametrize("datatype", ["boolean", "integer", "decimal", "double", "date"])
def test_a_literal_keeps_its_text_in_each_syntax(datatype, text):
    said = literal(text, datatype=f"{XSD}{datatype}")
    made = graph((A, B, said))
    written = {
        "ttl": rdf.turtle(made),
        "rdf": rdf.rdf_xml(made),
        "jsonld": rdf.json_ld(made, BASE),
        "nt": rdf.n_triples(made),
    }
    for ending, data in written.items():
        (quad,) = ox.parse(data, format=ox.RdfFormat.from_extension(ending))
        assert (quad.object.value, quad.object.datatype.value) == (text, f"{XSD}{datatype}"), ending


def test_an_address_that_no_strict_reader_takes_is_left_out_and_counted():
    """Earlier releases kept such statements."""
    kept = '<https://v.example/a> <https://v.example/b> "x" .'
    foreign = Foreign("https://v.example/a", (kept, kept.replace("/b", "/{b}"), kept.replace("/a", "/%")))
    relations = (
        Relation(RelationKind.EXACT, Target(iri="https://w.example/%")),
        Relation(RelationKind.CLOSE, Target(iri="urn:a")),
    )
    notations = Notation("1", "urn:code"), Notation("2", "no IRI")
    one = replace(ROOM, foreign=foreign, relations=relations, notations=notations)
    told = source({"rum": one})
    for each in (told, source({"rum": ROOM}, gone=told.concepts)):
        assert {finding.code: finding.params for finding in losses(each)}["SKOS-009"] == {"number": 5}
    made = skos.graph(told)
    assert len(list(ox.parse(rdf.n_triples(made), format=ox.RdfFormat.N_TRIPLES))) == len(made)
    assert (URIRef("https://v.example/a"), URIRef("https://v.example/b"), Literal("x")) in made


@pytest.mark.parametrize(
    ("predicate", "text", "can_be_said"),
    [
        ("https://v.example/a1", "x", True), ("https://v.example/1", "x", False), ("https://v.example/ö-b.c", "x", True),
        ("https://v.example/", "x", False), ("urn:x:a", "x", True), ("https://v.example/a", "\x07", False),
        ("https://v.example/a", "\uffff", False), ("https://v.example/a", "\t", True),
    ],
)  # fmt: skip
def test_xml_says_what_ends_in_a_name_and_has_no_character_that_it_forbids(predicate, text, can_be_said):
    assert rdf.in_xml(URIRef(predicate), Literal(text)) is can_be_said
    assert (
        len(Graph().parse(data=rdf.rdf_xml(graph((A, URIRef(predicate), Literal(text)))), format="xml")) == can_be_said
    )
