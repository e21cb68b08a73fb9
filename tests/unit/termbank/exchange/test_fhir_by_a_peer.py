"""Files for FHIR R4B as another library reads them (fhir.resources), and the invariants that its models do not check.

Invariants by their names in http://hl7.org/fhir/R4B/codesystem.html, valueset.html and conceptmap.html.
"""

import json
import re
from dataclasses import replace

import pytest
from fhir.resources.R4B.codesystem import CodeSystem
from fhir.resources.R4B.conceptmap import ConceptMap
from fhir.resources.R4B.valueset import ValueSet

from registry.findings import Text
from registry.formats import Options, format_named
from termbank.concepts.concept import Definition, Note, Term
from termbank.concepts.wordings import wordings_of
from termbank.formats import FORMATS
from tests.unit.termbank.exchange.exchange_sources import BARE, CONCEPTS, NAMELESS, ROOM, SCHEME, published, source

KINDS = {"fhir-codesystem": CodeSystem, "fhir-valueset": ValueSet, "fhir-conceptmap": ConceptMap}
ODD = replace(
    ROOM,
    terms=(Term("rum  med\ttvå\nrader", "sv"), Term("Ω", "el"), Term("室", "zh-Hant-x-a"), Term("utan språk")),
    definitions=(Definition("<b>en</b> & två\r\n«tre»", "sv"), Definition("x" * 5_000, "en")),
    notes=(Note(wordings_of(Text(" ", "n"))),),
)
SCHEMES = {
    "a full scheme": source(),
    "one without concepts": source({}),
    "odd texts": source({"rum": ODD, "7": NAMELESS}),
    "withdrawn ones": replace(source({"rum": ROOM}), gone=[replace(published("8", BARE), state="withdrawn", replaced_by="rum")]),
    "a title without Latin letters": source(scheme=replace(SCHEME, title=Text("Ωμέγα 1", ""), description=Text("", ""), licence="")),
    "a title that begins with a digit": source(scheme=replace(SCHEME, title=Text("9-dygn å/ä", "9 days"), base="https://v.example/ns#")),
}  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", KINDS)
def test_another_library_reads_the_same_as_was_written(name, scheme, language):
    data = format_named(FORMATS, name).content(SCHEMES[scheme], Options(language))
    told = json.loads(data)
    read = KINDS[name].model_validate_json(data)
    assert json.loads(read.model_dump_json()) == told
    assert re.fullmatch(r"[A-Z]([A-Za-z0-9_]){0,254}", told["name"]), (
        "csd-0, vsd-0, cmd-0: a name that programs can use"
    )
    assert told["url"] == told["url"].strip() and "|" not in told["url"] and told["version"] and told["status"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_code_system_keeps_its_invariants(scheme):
    told = json.loads(format_named(FORMATS, "fhir-codesystem").content(SCHEMES[scheme], Options("sv")))
    concepts = told.get("concept", [])
    codes = [one["code"] for one in concepts]
    assert len(set(codes)) == len(codes) == told["count"], "csd-1, and content is complete"
    assert all(re.fullmatch(r"[^\s]+(\s[^\s]+)*", code) for code in codes), "datatype code"
    declared = {one["code"]: one["type"] for one in told["property"]}
    for one in concepts:
        for said in one.get("property", []):
            (value,) = [key for key in said if key.startswith("value")]
            assert value == f"value{declared[said['code']].capitalize()}", "each property is declared, with its type"
            if said["code"] in ("parent", "partOf", "related", "replacedBy"):
                assert said["valueCode"] in codes, "what a property names is a code of the system"
        assert all(each.get("value", "").strip() for each in one.get("designation", []))


def test_a_concept_map_keeps_its_invariants():
    told = json.loads(format_named(FORMATS, "fhir-conceptmap").content(SCHEMES["a full scheme"], Options("sv")))
    targets = [each for group in told["group"] for one in group["element"] for each in one["target"]]
    assert len(targets) == 3
    for one in targets:
        assert one.get("comment") or one["equivalence"] not in ("narrower", "inexact"), "cmd-1"
    assert len(CONCEPTS) == len(
        json.loads(format_named(FORMATS, "fhir-codesystem").content(source(), Options("sv")))["concept"]
    )
