"""What FHIR R4B and TBX-Basic demand of a file, held against files with everything that a concept can have.

The shapes are those of https://hl7.org/fhir/R4B/codesystem.html, valueset.html and conceptmap.html, of the elements that are written;
the rules of TBX-Basic are those that its published Schematron asserts, and its data categories.
"""

import json
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from jsonschema import Draft202012Validator

from registry.formats import Options, format_named
from termbank.concepts.concept import Definition, Note, Term
from termbank.concepts.wordings import Wording
from termbank.formats import FORMATS
from termbank.notions import TermStatus
from tests.unit.termbank.exchange.exchange_sources import BARE, BED, CONCEPTS, NAMELESS, SCHEME, published, source

GONE = [replace(published("gone", BARE, 2), state="withdrawn", replaced_by="rum")]
ODD = replace(
    BED,
    terms=(*BED.terms, Term("نقالة", "ar"), Term("a\nb", "sv", TermStatus.ADMITTED, grammar="properNoun")),
    definitions=(*BED.definitions, Definition("en rad\ntill", "sv")),
    notes=(*BED.notes, Note((Wording("x", "de"),))),
    subject_field=(Wording("möbler", "sv"), Wording("furniture", "en")),
)
SOURCES = {
    "everything": source(),
    "withdrawn": replace(source({**CONCEPTS, "sang": ODD}), gone=GONE),
    "nothing": source({}),
    "nameless": source({"rum": NAMELESS}),
    "scheme alone": source({}, scheme=replace(SCHEME, slug="9-dygn", base="https://b.example/", languages=())),
}

STRING = {"type": "string", "pattern": r"\S", "maxLength": 1_048_576}
CODE = {"type": "string", "pattern": r"^[^\s]+(\s[^\s]+)*$"}
URI = {"type": "string", "pattern": r"^\S+$"}
BOOLEAN = {"type": "boolean"}


def shape(required: str, **properties: object) -> dict:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
        "minProperties": 1,
    }


def many(one: object) -> dict:
    return {"type": "array", "items": one, "minItems": 1}


CANONICAL = {
    "id": {"type": "string", "pattern": r"^[A-Za-z0-9.-]{1,64}$"}, "language": CODE, "url": URI, "version": STRING,
    "name": {"type": "string", "pattern": "^[A-Z][A-Za-z0-9_]{0,254}$"}, "title": STRING, "experimental": BOOLEAN,
    "status": {"enum": ["draft", "active", "retired", "unknown"]}, "description": STRING, "copyright": STRING,
}  # fmt: skip
VALUES = {"code": CODE, "string": STRING, "boolean": BOOLEAN}
PROPERTY = shape("code", code=CODE, **{f"value{kind.title()}": of for kind, of in VALUES.items()}) | {
    "minProperties": 2,
    "maxProperties": 2,
}
DESIGNATION = shape("value", language=CODE, value=STRING, use=shape("", system=URI, code=CODE))
TARGET = shape(
    "equivalence", code=CODE, comment=STRING,
    equivalence={"enum": ["relatedto", "equivalent", "equal", "wider", "subsumes", "narrower", "specializes", "inexact", "unmatched", "disjoint"]},
)  # fmt: skip
SHAPES = {
    "CodeSystem": shape(
        "resourceType status content", resourceType={"const": "CodeSystem"}, **CANONICAL, caseSensitive=BOOLEAN, valueSet=URI,
        hierarchyMeaning={"enum": ["grouped-by", "is-a", "part-of", "classified-with"]},
        content={"enum": ["not-present", "example", "fragment", "complete", "supplement"]}, count={"type": "integer", "minimum": 0},
        property=many(shape("code type", code=CODE, uri=URI, description=STRING, type={"enum": [*VALUES, "Coding", "integer", "dateTime", "decimal"]})),
        concept=many(shape("code", code=CODE, display=STRING, definition=STRING, designation=many(DESIGNATION), property=many(PROPERTY))),
    ),
    "ValueSet": shape(
        "resourceType status", resourceType={"const": "ValueSet"}, **CANONICAL, immutable=BOOLEAN,
        compose=shape("include", inactive=BOOLEAN, include=many(shape("system", system=URI, version=STRING))),
    ),
    "ConceptMap": shape(
        "resourceType status", resourceType={"const": "ConceptMap"}, **CANONICAL, sourceUri=URI,
        group=many(shape("element", source=URI, sourceVersion=STRING, target=URI, element=many(shape("", code=CODE, display=STRING, target=many(TARGET))))),
    ),
}  # fmt: skip
DEFINED = {
    f"http://hl7.org/fhir/concept-properties#{one}"
    for one in ("inactive", "deprecated", "notSelectable", "parent", "child")
}


def written(name: str, told: str, language: str = "sv") -> bytes:
    return format_named(FORMATS, name).content(SOURCES[told], Options(language))


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("told", SOURCES)
def test_a_resource_of_fhir_has_the_shape_of_r4b(kind, told):
    for language in ("sv", "en"):
        resource = json.loads(written(f"fhir-{kind.lower()}", told, language))
        faults = [
            f"{one.json_path}: {one.message[:200]}" for one in Draft202012Validator(SHAPES[kind]).iter_errors(resource)
        ]
        assert faults == []


@pytest.mark.parametrize("told", SOURCES)
def test_a_code_system_declares_its_properties_and_has_each_code_once(told):
    system = json.loads(written("fhir-codesystem", told))
    codes = [one["code"] for one in system.get("concept", ())]
    assert len(set(codes)) == len(codes) == system["count"], "csd-1"
    types = {one["code"]: one["type"] for one in system["property"]}
    assert (
        len(types) == len(system["property"]) and {one["uri"] for one in system["property"] if "uri" in one} <= DEFINED
    )
    for one in system.get("concept", ()):
        for said in one["property"]:
            ((kind, value),) = ((name, value) for name, value in said.items() if name != "code")
            assert kind == f"value{types[said['code']].title()}" and (
                types[said["code"]] != "code" or value in (*codes, "active", "retired")
            )


@pytest.mark.parametrize("told", SOURCES)
def test_a_map_comments_what_is_not_the_same(told):
    for group in json.loads(written("fhir-conceptmap", told)).get("group", ()):
        for one in (target for element in group["element"] for target in element["target"]):
            assert one["equivalence"] not in ("narrower", "inexact") or one["comment"], "cmd-1"


NAMESPACE, LANG = "urn:iso:std:iso:30042:ed-2", "{http://www.w3.org/XML/1998/namespace}lang"
WITHIN = {
    "tbx": "tbxHeader text", "tbxHeader": "fileDesc", "fileDesc": "titleStmt sourceDesc", "titleStmt": "title", "sourceDesc": "p",
    "text": "body", "body": "conceptEntry", "conceptEntry": "descrip descripGrp ref xref note langSec",
    "langSec": "descrip descripGrp note termSec", "termSec": "term termNote admin", "descripGrp": "descrip admin",
}  # fmt: skip
CATEGORIES = {
    "descrip": {"subjectField", "definition"}, "admin": {"source"}, "ref": {"crossReference"}, "xref": {"externalCrossReference"},
    "termNote": {"administrativeStatus", "partOfSpeech", "termType"},
}  # fmt: skip
VALUES_OF = {
    "administrativeStatus": {f"{one}Term-admn-sts" for one in ("preferred", "admitted", "deprecated", "superseded")},
    "partOfSpeech": {"adjective", "noun", "other", "verb", "adverb"},
    "termType": {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
}


@pytest.mark.parametrize("told", SOURCES)
def test_a_file_of_tbx_keeps_the_rules_of_tbx_basic(told):
    root = Xml.fromstring(written("tbx", told))
    assert (root.get("type"), root.get("style"), bool(root.get(LANG))) == ("TBX-Basic", "dca", True)
    names = Counter(one.get("id") for one in root.iter() if one.get("id"))
    assert set(names.values()) <= {1}
    for above in root.iter():
        name = above.tag.removeprefix(f"{{{NAMESPACE}}}")
        below = [one.tag.removeprefix(f"{{{NAMESPACE}}}") for one in above]
        assert set(below) <= set(WITHIN.get(name, "").split()), name
        for one in above:
            category = one.get("type")
            local = one.tag.removeprefix(f"{{{NAMESPACE}}}")
            assert local not in CATEGORIES or category in CATEGORIES[local]
            assert category not in VALUES_OF or one.text in VALUES_OF[category]
            assert category != "subjectField" or name == "conceptEntry"
            assert category != "definition" or name == "descripGrp"
            assert local != "ref" or one.get("target") in names
        if name == "langSec":
            assert above.get(LANG) and "termSec" in below and "termSec" not in below[: below.index("termSec")]
        if name == "conceptEntry":
            assert "langSec" in below and below[below.index("langSec") :] == ["langSec"] * below.count("langSec")
        if name == "termSec":
            assert below[0] == "term" and below == sorted(below, key=["term", "termNote", "admin"].index)
