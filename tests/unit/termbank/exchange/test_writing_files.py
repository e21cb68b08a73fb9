"""What is written for other tools, read with somebody else's reader; and what is left out, which is said and counted."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from openpyxl import load_workbook
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS

from registry.findings import Text
from registry.formats import DEFAULTS, Options, format_named
from termbank.concepts.concept import Definition, Relation, Target, Term
from termbank.exchange.names import Names
from termbank.exchange.sheet_columns import Column, Part, column_of, divided, joined, row_order
from termbank.exchange.writing.fhir import parted
from termbank.exchange.writing.sheets import columns_of, harmless
from termbank.exchange.writing.skos_xl import XL, label_of
from termbank.exchange.writing.tbx import entry_id
from termbank.formats import FORMATS
from termbank.notions import RelationKind, TermStatus
from tests.unit.termbank.exchange.exchange_sources import (
    BARE,
    BASE,
    BED,
    CONCEPTS,
    FURNITURE,
    ID,
    NAMELESS,
    ROOM,
    SCHEME,
    source,
)

NODE = {slug: URIRef(f"{BASE}termbank/id/concept/{item}") for slug, item in ID.items()}
TBX = "{urn:iso:std:iso:30042:ed-2}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def written(name, told=None, language="sv") -> bytes:
    return format_named(FORMATS, name).content(told or source(), Options(language))


def lost(name, told=None) -> dict[str, int]:
    found = format_named(FORMATS, name).losses(told or source(), DEFAULTS)
    return {one.code: one.params["number"] for one in found if "number" in one.params}


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_the_same_scheme_gives_the_same_bytes_and_an_empty_one_gives_a_file(one):
    assert one.content(source(), DEFAULTS) == one.content(source(), DEFAULTS)
    bare = replace(SCHEME, languages=(), title=Text("", ""), description=Text("", ""), licence="")
    assert one.content(source({}, scheme=bare), DEFAULTS)
    assert one.losses(source({}), DEFAULTS) == ()


@pytest.mark.parametrize("prefix", ["", "skosxl-"])
def test_the_four_syntaxes_hold_the_same_triples(prefix):
    kinds = {"turtle": "turtle", "rdfxml": "xml", "jsonld": "json-ld", "ntriples": "nt"}
    graphs = [Graph().parse(data=written(prefix + name), format=kind) for name, kind in kinds.items()]
    assert len(graphs[0]) > 60
    assert all(isomorphic(graphs[0], one) for one in graphs[1:])


def test_n_triples_are_in_the_order_of_their_lines():
    lines = written("ntriples").splitlines()
    assert lines == sorted(lines) and b"" not in lines


def test_a_carriage_return_survives_in_rdf_xml():
    odd = source({"rum": replace(ROOM, definitions=(Definition("a\rb", "sv"),))})
    back = Graph().parse(data=written("rdfxml", odd), format="xml")
    assert Literal("a\rb", "sv") in set(back.objects(NODE["rum"], SKOS.definition))


def test_each_term_is_a_label_of_its_own_with_what_is_said_of_it():
    triples = Graph().parse(data=written("skosxl-turtle"), format="turtle")
    bed, own = NODE["sang"], Names(BASE).vocabulary
    forms = {
        str(kind).rpartition("#")[2]: {str(form) for node in triples.objects(bed, kind) for form in triples.objects(node, XL.literalForm)}
        for kind in (XL.prefLabel, XL.altLabel, XL.hiddenLabel)
    }  # fmt: skip
    assert forms == {"prefLabel": {"säng", "bed", "sänky", "B1"}, "altLabel": {"VS"}, "hiddenLabel": {"bädd", "sång"}}
    swedish, short = (label_of(bed, term) for term in BED.terms[1:3])
    assert (swedish, RDF.type, XL.Label) in triples and (swedish, DCTERMS.source, Literal("SAOB")) in triples
    assert (swedish, own.grammar, Literal("noun")) in triples and (swedish, own.homograph, None) not in triples
    assert (short, own.isAbbreviation, Literal(True)) in triples and (short, own.homograph, Literal(2)) in triples
    assert (label_of(bed, BED.terms[3]), own.termStatus, Literal("deprecated")) in triples
    assert (label_of(bed, BED.terms[4]), own.termStatus, None) not in triples
    assert (own.grammar, RDF.type, RDF.Property) in triples
    assert Literal("säng", "sv") in set(triples.objects(bed, SKOS.prefLabel)), "plain SKOS stands beside"
    plain = Graph().parse(data=written("turtle"), format="turtle")
    assert set(plain) < set(triples) and (own.grammar, None, None) not in plain


def test_a_label_has_the_name_that_its_words_give_it():
    names = {label_of(NODE["rum"], one) for one in (Term("a", "sv"), Term("a", "en"), Term("b", "sv"), Term("a"))}
    names |= {label_of(NODE["rum"], Term("a", "sv", status)) for status in TermStatus}
    names |= {label_of(NODE["rum"], Term("a", "sv", homograph=1)), label_of(NODE["8"], Term("a", "sv"))}
    assert len(names) == 9
    assert label_of(NODE["rum"], Term("a", "sv", source="x")) == label_of(NODE["rum"], Term("a", "sv"))


def test_what_plain_skos_says_nothing_of_is_counted_and_what_labels_hold_is_not():
    assert lost("turtle") == {"SKOS-006": 2, "SKOS-007": 1, "SKOS-008": 1}
    assert lost("skosxl-turtle") == {"SKOS-007": 1, "SKOS-008": 1}
    for term in (Term("a", source="x"), Term("a", grammar="x"), Term("a", abbreviation=True), Term("a", homograph=1)):
        assert lost("turtle", source({"rum": replace(ROOM, terms=(term,))})) == {"SKOS-006": 1}
    assert lost("turtle", source({"rum": ROOM})) == {}


def entries(told=None):
    root = Xml.fromstring(written("tbx", told))
    return root, {one.get("id"): one for one in root.iter(f"{TBX}conceptEntry")}


def test_tbx_has_an_entry_for_each_concept_with_a_term():
    root, found = entries()
    assert (root.get("type"), root.get("style"), root.get(LANG)) == ("TBX-Basic", "dca", "sv")
    assert list(found) == ["rum", "sang", "c7", "c8"]
    assert root.find(f".//{TBX}title").text == "Sängar"
    assert root.find(f".//{TBX}sourceDesc/{TBX}p").text == f"{BASE}termbank/id/scheme/sangar"
    assert list(entries(source({"rum": NAMELESS}))[1]) == []


def test_tbx_says_terms_in_their_languages_with_status_and_source():
    bed = entries()[1]["sang"]
    sections = {one.get(LANG): one for one in bed.iter(f"{TBX}langSec")}
    assert list(sections) == ["und", "en", "fi", "sv"]
    terms = {
        part.find(f"{TBX}term").text: {(one.get("type"), one.text) for one in part if one.get("type")}
        for part in sections["sv"].iter(f"{TBX}termSec")
    }
    preferred, admitted, deprecated = (
        (("administrativeStatus", f"{one}Term-admn-sts")) for one in ("preferred", "admitted", "deprecated")
    )
    assert terms == {
        "säng": {("partOfSpeech", "noun"), preferred, ("source", "SAOB")},
        "VS": {("termType", "abbreviation"), admitted},
        "bädd": {deprecated},
    }
    group = sections["sv"].find(f"{TBX}descripGrp")
    assert [(one.tag, one.get("type"), one.text) for one in group] == [
        (f"{TBX}descrip", "definition", "möbel att ligga i"), (f"{TBX}admin", "source", "Möbelboken, https://m.example/"),
    ]  # fmt: skip
    assert [one.text for one in sections["sv"].findall(f"{TBX}note")] == ["Med madrass.", "Rad ett\nrad två (Boken)"]
    assert [one.text for one in sections["en"].findall(f"{TBX}note")] == ["With a mattress."]
    assert [len(one) for one in sections["en"].iter(f"{TBX}descripGrp")] == [1]


def test_tbx_refers_to_entries_in_the_file_and_to_addresses_outside():
    bed = entries()[1]["sang"]
    assert [(one.get("target"), one.text) for one in bed.iter(f"{TBX}ref")] == [
        ("c7", "7"),
        ("rum", "rum"),
        ("c8", "8"),
    ]
    outside = [one.get("target") for one in bed.iter(f"{TBX}xref")]
    assert outside == ["https://w.example/ns#b", "https://w.example/ns#c", "https://x.example/n", str(NODE["sang"])]
    alone = entries(source({"sang": BED}, known={"7": ID["7"]}))[1]["sang"]
    assert str(NODE["7"]) in [one.get("target") for one in alone.iter(f"{TBX}xref")] and alone.find(f"{TBX}ref") is None


def test_tbx_counts_what_it_leaves_out():
    assert lost("tbx") == {
        "TBX-002": 1, "TBX-003": 1, "TBX-004": 6, "TBX-005": 1, "TBX-006": 2, "TBX-007": 2, "TBX-008": 1, "TBX-009": 1,
    }  # fmt: skip
    assert lost("tbx", source({"8": NAMELESS, "rum": ROOM})) == {"TBX-001": 1}
    assert lost("tbx", source({"rum": replace(ROOM, terms=(Term("x", "sv", TermStatus.HIDDEN),))})) == {"TBX-001": 1}
    finnish = replace(BARE, definitions=(Definition("x", "fi"), Definition("y", "sv")))
    assert lost("tbx", source({"8": finnish})) == {"TBX-011": 1}
    odd = replace(
        BARE,
        relations=(Relation(RelationKind.EXACT, Target(iri="urn:x:1")), Relation(RelationKind.EXACT, Target(key="7"))),
    )
    assert lost("tbx", source({"8": odd})) == {"TBX-005": 2}
    terms = (Term("a", "sv", grammar="verb"), Term("b", "sv", grammar="reflexivt"), Term("c", "sv", homograph=1))
    assert lost("tbx", source({"8": replace(BARE, terms=terms)})) == {"TBX-003": 2}


def test_an_entry_s_id_is_a_name_of_xml():
    assert (entry_id("9-dygn"), entry_id("sang")) == ("c9-dygn", "sang")


def rows(told=None, language="sv"):
    text = written("csv", told, language).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_row_is_a_concept_and_a_column_a_part_of_it_in_a_language():
    heads, *told = rows()
    table = {row[0]: dict(zip(heads, row, strict=True)) for row in told}
    assert heads[:4] == ["Nyckel", "Term (sv)", "Synonymer (sv)", "Avrådda termer (sv)"]
    assert (
        heads[-2:] == ["Version", "IRI"]
        and "Exempel (en)" not in heads
        and "Term (fi)" in heads
        and "Term (?)" in heads
    )
    bed = table["sang"]
    assert (bed["Term (sv)"], bed["Synonymer (sv)"], bed["Dolda sökformer (sv)"]) == ("säng", "VS", "sång")
    assert bed["Definition (sv)"] == "möbel att ligga i" and bed["Ämnesområde (sv)"] == "möbler"
    assert (bed["Anmärkningar (sv)"], bed["Anmärkningar (en)"]) == ("Med madrass.\nRad ett¶rad två", "With a mattress.")
    assert (bed["Överordnat (generiskt)"], bed["Överordnat (partitivt)"], bed["Relaterat"]) == (
        "7 =möbel",
        "rum rum",
        "8 lakan",
    )
    assert (bed["Samma begrepp"] == "https://w.example/ns#b" and bed["Notationer"] == "77\nB.1") or bed[
        "Notationer"
    ] == "B.1\n77"
    assert bed["IRI"] == str(NODE["sang"]) and bed["Version"] == "1"
    assert table["7"]["Term (sv)"] == "'=möbel", "no spreadsheet takes it for a formula"


def test_the_workbook_has_the_same_table_and_says_how_to_fill_it_in():
    book = load_workbook(io.BytesIO(written("xlsx")))
    assert book.sheetnames == ["Begrepp", "Så här"]
    told = [["" if cell is None else str(cell) for cell in row] for row in book["Begrepp"].iter_rows(values_only=True)]
    assert told == [[cell.removeprefix("'") if cell.startswith("'=") else cell for cell in row] for row in rows()]
    assert book["Begrepp"]["B4"].data_type == "s" and book["Begrepp"].freeze_panes == "C2"
    assert load_workbook(io.BytesIO(written("xlsx", language="en"))).sheetnames == ["Concepts", "How to"]
    assert rows(language="en")[0][:2] == ["Key", "Term (sv)"]


def test_a_note_without_a_text_in_a_language_keeps_its_line():
    notes = (CONCEPTS["sang"].notes[1], CONCEPTS["sang"].notes[0])
    heads, row = rows(source({"rum": replace(ROOM, notes=notes)}))
    assert row[heads.index("Anmärkningar (en)")] == "\nWith a mattress."


def test_the_table_counts_what_it_has_no_column_for():
    assert lost("csv") == {
        "SHEET-001": 2, "SHEET-002": 1, "SHEET-003": 1, "SHEET-004": 1, "SHEET-005": 1, "SHEET-006": 1, "SHEET-007": 1, "SHEET-009": 1,
    }  # fmt: skip
    assert lost("xlsx") == lost("csv")
    assert lost("csv", source({"7": FURNITURE})) == {}
    outside = replace(BARE, relations=(Relation(RelationKind.GENERIC, Target(key="rum")),))
    assert lost("csv", source({"8": outside})) == {"SHEET-005": 1}
    assert lost("csv", source({"8": outside}, known={"rum": ID["rum"]})) == {}


def test_headings_are_read_in_either_language():
    for column in columns_of(source()):
        for language in ("sv", "en"):
            assert column_of(column.heading(language)) == column
    assert column_of("TERM (SV-fi)") == Column(Part.PREFERRED, "sv-FI")
    assert [column_of(one) for one in ("Term", "Nyckel (sv)", "Relaterat (sv)", "Term ()", "")] == [None] * 5


def test_columns_are_ordered_as_they_are_read():
    mixed = [Column(Part.VERSION), Column(Part.IRI), Column(Part.GENERIC), Column(Part.DEFINITION, "en"), Column(Part.PREFERRED, "fi"),
             Column(Part.PREFERRED, "en"), Column(Part.PREFERRED, "sv"), Column(Part.KEY)]  # fmt: skip
    assert [one.heading("en") for one in row_order(mixed, ["sv", "en"])] == [
        "Key", "Term (sv)", "Term (en)", "Definition (en)", "Term (fi)", "Broader (generic)", "Version", "IRI",
    ]  # fmt: skip


@pytest.mark.parametrize("values", [[], ["a"], ["a", "b"], ["", "b"], ["a\nb", "c"], ["a", "", "c"]])
def test_values_come_back_from_a_cell(values):
    assert divided(joined(values)) == values


def test_only_what_a_spreadsheet_would_compute_is_marked():
    assert [harmless(one) for one in ("", "+1", "-1", "@a", "\ta", "\ra", "a=b")] == [
        "", "'+1", "'-1", "'@a", "'\ta", "'\ra", "a=b",
    ]  # fmt: skip


def test_a_code_system_has_codes_terms_definitions_and_what_is_above():
    told = json.loads(written("fhir-codesystem"))
    assert (told["resourceType"], told["content"], told["status"], told["count"]) == (
        "CodeSystem",
        "complete",
        "active",
        4,
    )
    assert (
        told["url"] == f"{BASE}termbank/id/scheme/sangar" and told["valueSet"] == f"{BASE}termbank/sangar.valueset.json"
    )
    assert told["hierarchyMeaning"] == "grouped-by" and told["name"] == "Sangar" and told["title"] == "Sängar"
    bed = next(one for one in told["concept"] if one["code"] == "sang")
    assert (bed["display"], bed["definition"]) == ("säng", "möbel att ligga i")
    assert {(one["code"], one.get("valueCode") or one.get("valueString")) for one in bed["property"]} == {
        ("parent", "7"), ("partOf", "rum"), ("related", "8"), ("notation", "B.1"), ("notation", "77"), ("status", "active"),
    }  # fmt: skip
    assert {
        "language": "fi",
        "use": {"system": "http://terminology.hl7.org/CodeSystem/designation-usage", "code": "display"},
        "value": "sänky",
    } in bed["designation"]
    assert {"language": "sv", "value": "VS"} in bed["designation"] and "sång" not in str(bed)
    english = json.loads(written("fhir-codesystem", language="en"))
    assert english["language"] == "en" and english["concept"][1]["display"] == "bed"


@pytest.mark.parametrize(
    ("kinds", "meaning"),
    [
        ([RelationKind.GENERIC], "is-a"),
        ([RelationKind.PARTITIVE], "part-of"),
        ([RelationKind.BROADER_UNKNOWN], "grouped-by"),
        ([], None),
    ],
)
def test_a_code_system_says_what_its_hierarchy_means(kinds, meaning):
    one = replace(BARE, relations=tuple(Relation(kind, Target(key="rum")) for kind in kinds))
    assert json.loads(written("fhir-codesystem", source({"rum": ROOM, "8": one}))).get("hierarchyMeaning") == meaning


def test_a_value_set_is_of_the_same_version_as_its_codes_say_and_a_change_changes_it():
    told, other = json.loads(written("fhir-valueset")), json.loads(written("fhir-valueset", source({"rum": ROOM})))
    assert told["compose"]["include"] == [{"system": f"{BASE}termbank/id/scheme/sangar", "version": told["version"]}]
    assert told["version"] != other["version"] and told["version"] == json.loads(written("fhir-codesystem"))["version"]


def test_a_concept_map_says_how_the_target_compares_with_ours():
    told = json.loads(written("fhir-conceptmap"))
    groups = {one["target"]: one["element"] for one in told["group"]}
    assert list(groups) == ["https://w.example/ns#", "https://x.example/"]
    assert groups["https://w.example/ns#"] == [
        {"code": "sang", "display": "säng", "target": [
            {"code": "b", "equivalence": "equivalent"}, {"code": "c", "equivalence": "inexact", "comment": "skos:closeMatch"},
        ]}
    ]  # fmt: skip
    assert groups["https://x.example/"][0]["target"] == [
        {"code": "n", "equivalence": "narrower", "comment": "skos:narrowMatch"}
    ]
    here = replace(
        BARE,
        relations=(
            Relation(RelationKind.BROAD, Target(item=ID["rum"])),
            Relation(RelationKind.RELATED, Target(key="rum")),
        ),
    )
    own = json.loads(written("fhir-conceptmap", source({"rum": ROOM, "8": here})))["group"]
    assert own[0]["target"] == own[0]["source"] == f"{BASE}termbank/id/scheme/sangar"
    assert [one["equivalence"] for one in own[0]["element"][0]["target"]] == ["wider", "relatedto"]
    assert "group" not in json.loads(written("fhir-conceptmap", source({"rum": ROOM})))


def test_fhir_counts_what_it_leaves_out():
    assert lost("fhir-codesystem") == {"FHIR-001": 4, "FHIR-002": 1, "FHIR-003": 5, "FHIR-004": 4, "FHIR-005": 2}
    assert lost("fhir-valueset") == {"FHIR-007": 4} and lost("fhir-conceptmap") == {"FHIR-008": 4}
    urn = replace(BARE, relations=(Relation(RelationKind.EXACT, Target(iri="urn:x:1")),))
    assert lost("fhir-conceptmap", source({"8": urn})) == {"FHIR-008": 1, "FHIR-009": 1}
    assert lost("fhir-codesystem", source({"rum": ROOM})) == {}


def test_an_iri_is_parted_where_its_name_begins():
    assert parted("https://a.example/v/#") == ("https://a.example/v/#", "https://a.example/v/#")
    assert parted("https://a.example/v") == ("https://a.example/", "v")
