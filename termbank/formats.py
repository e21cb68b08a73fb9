"""The formats of a concept scheme: for tools that read SKOS, for other term banks, for terminologists and for FHIR servers.

Each gives the same bytes each time, and says what it leaves out. Pure.
"""

from registry.findings import Finding, Text
from registry.formats import Family, Format, Option, Options, counted_losses
from termbank.concepts.kept_statements import triples_of
from termbank.exchange import skos
from termbank.exchange.scheme_exports import SchemeExport
from termbank.exchange.skos_losses import losses, losses_with_labels
from termbank.exchange.writing import fhir, rdf, sheets, skos_xl, tbx
from termbank.finding_texts.all import FINDINGS


def turtle(source: SchemeExport, options: Options) -> bytes:
    return rdf.turtle(skos.graph(source))


def rdf_xml(source: SchemeExport, options: Options) -> bytes:
    return rdf.rdf_xml(skos.graph(source))


def json_ld(source: SchemeExport, options: Options) -> bytes:
    return rdf.json_ld(skos.graph(source), source.base)


def n_triples(source: SchemeExport, options: Options) -> bytes:
    return rdf.n_triples(skos.graph(source))


def xl_turtle(source: SchemeExport, options: Options) -> bytes:
    return rdf.turtle(skos_xl.graph(source))


def xl_rdf_xml(source: SchemeExport, options: Options) -> bytes:
    return rdf.rdf_xml(skos_xl.graph(source))


def xl_json_ld(source: SchemeExport, options: Options) -> bytes:
    return rdf.json_ld(skos_xl.graph(source), source.base)


def xl_n_triples(source: SchemeExport, options: Options) -> bytes:
    return rdf.n_triples(skos_xl.graph(source))


def _losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    return losses(source)


def _xl_losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    return losses_with_labels(source)


def _xml_losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    return (*losses(source), *_unsaid_in_xml(source))


def _xl_xml_losses(source: SchemeExport, options: Options) -> tuple[Finding, ...]:
    return (*losses_with_labels(source), *_unsaid_in_xml(source))


def _unsaid_in_xml(source: SchemeExport) -> tuple[Finding, ...]:
    """Statements of other vocabularies that RDF/XML cannot hold."""
    concepts = (one.concept for one in (*source.concepts, *source.gone))
    said = (triple for one in concepts if one.foreign for triple in triples_of(one.foreign.statements))
    unsaid = sum(not rdf.in_xml(predicate, value) for _, predicate, value in said)
    return counted_losses(FINDINGS, {"SKOS-010": unsaid})


def _same(name: str) -> Text:
    return Text(name, name)


NO_PURPOSE = Text("", "")
_TERMS = Text("varje term med källa och grammatik", "each term with its source and grammar")
_EDITED = Text("en rad per begrepp: redigera och läs in igen", "a row for each concept: edit it and import it again")
_BANKS = Text("för andra termbanker (ISO 30042)", "for other term banks (ISO 30042)")
_CODES = Text("koder, termer och definitioner", "codes, terms and definitions")
_ALL_CODES = Text("alla koder", "all codes")
_ELSEWHERE = Text("motsvarigheter på annat håll", "what corresponds elsewhere")
_PEOPLE = Text("För människor", "For people")
_TOOLS = Text("För termbanker och ontologiverktyg", "For term banks and ontology tools")
_SYSTEMS = Text("För vårdsystem (FHIR R4B)", "For health care systems (FHIR R4B)")
_TABLE = Family(Text("Tabell", "Table"), _PEOPLE, _EDITED, is_for_people=True)
_SKOS = Family(_same("SKOS"), _TOOLS)
_SKOS_XL = Family(_same("SKOS-XL"), _TOOLS, _TERMS)
_TBX = Family(_same("TBX-Basic"), _TOOLS, _BANKS)
_CODE_SYSTEM = Family(_same("CodeSystem"), _SYSTEMS, _CODES)
_VALUE_SET = Family(_same("ValueSet"), _SYSTEMS, _ALL_CODES)
_CONCEPT_MAP = Family(_same("ConceptMap"), _SYSTEMS, _ELSEWHERE)
_LANGUAGE = frozenset({Option.LANGUAGE})
_TURTLE, _RDF_XML, _JSON_LD, _N_TRIPLES = (
    "text/turtle",
    "application/rdf+xml",
    "application/ld+json",
    "application/n-triples",
)
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FHIR = "application/fhir+json"


FORMATS: tuple[Format[SchemeExport], ...] = (
    Format("turtle", _same("Turtle"), NO_PURPOSE, _TURTLE, "ttl", True, turtle, _losses, family=_SKOS),
    Format("rdfxml", _same("RDF/XML"), NO_PURPOSE, _RDF_XML, "rdf", True, rdf_xml, _xml_losses, family=_SKOS),
    Format("jsonld", _same("JSON-LD"), NO_PURPOSE, _JSON_LD, "jsonld", True, json_ld, _losses, family=_SKOS),
    Format("ntriples", _same("N-Triples"), NO_PURPOSE, _N_TRIPLES, "nt", True, n_triples, _losses, family=_SKOS),
    Format("skosxl-turtle", _same("SKOS-XL (Turtle)"), _TERMS, _TURTLE, "xl.ttl", True, xl_turtle, _xl_losses, family=_SKOS_XL, syntax=_same("Turtle")),
    Format("skosxl-rdfxml", _same("SKOS-XL (RDF/XML)"), _TERMS, _RDF_XML, "xl.rdf", True, xl_rdf_xml, _xl_xml_losses, family=_SKOS_XL, syntax=_same("RDF/XML")),
    Format("skosxl-jsonld", _same("SKOS-XL (JSON-LD)"), _TERMS, _JSON_LD, "xl.jsonld", True, xl_json_ld, _xl_losses, family=_SKOS_XL, syntax=_same("JSON-LD")),
    Format("skosxl-ntriples", _same("SKOS-XL (N-Triples)"), _TERMS, _N_TRIPLES, "xl.nt", True, xl_n_triples, _xl_losses, family=_SKOS_XL, syntax=_same("N-Triples")),
    Format(
        "tbx", _same("TBX-Basic"), _BANKS,
        "application/x-tbx+xml", "tbx", True, tbx.content, tbx.losses, _LANGUAGE, family=_TBX,
    ),
    Format("xlsx", _same("Excel"), _EDITED, _EXCEL, "xlsx", False, sheets.workbook, sheets.workbook_losses, _LANGUAGE, family=_TABLE),
    Format("csv", _same("CSV"), _EDITED, "text/csv", "csv", True, sheets.csv_file, sheets.losses, _LANGUAGE, family=_TABLE),
    Format(
        "fhir-codesystem", _same("FHIR CodeSystem"), Text("R4B: koder, termer och definitioner", "R4B: codes, terms and definitions"),
        _FHIR, "codesystem.json", True, fhir.code_system, fhir.code_system_losses, _LANGUAGE, family=_CODE_SYSTEM,
    ),
    Format(
        "fhir-valueset", _same("FHIR ValueSet"), Text("R4B: alla koder", "R4B: all codes"),
        _FHIR, "valueset.json", True, fhir.value_set, fhir.value_set_losses, _LANGUAGE, family=_VALUE_SET,
    ),
    Format(
        "fhir-conceptmap", _same("FHIR ConceptMap"), Text("R4B: motsvarigheter på annat håll", "R4B: what corresponds elsewhere"),
        _FHIR, "conceptmap.json", True, fhir.concept_map, fhir.concept_map_losses, _LANGUAGE, family=_CONCEPT_MAP,
    ),
)  # fmt: skip
