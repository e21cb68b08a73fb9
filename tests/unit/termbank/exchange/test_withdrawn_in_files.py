"""Concepts that were withdrawn, in the files for other term banks, for terminologists and for FHIR: there, and told from the others."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest

from registry.formats import Options, format_named
from termbank.concepts.concept import Definition, Relation, Source, Target, Term
from termbank.concepts.wordings import Wording
from termbank.exchange.planning import Fate, Known, plan
from termbank.exchange.reading.files import read_file
from termbank.formats import FORMATS
from termbank.notions import RelationKind, TermStatus
from tests.unit.termbank.exchange.exchange_sources import BARE, BASE, FURNITURE, ID, NAMELESS, ROOM, published, source

TBX, LANG = "{urn:iso:std:iso:30042:ed-2}", "{http://www.w3.org/XML/1998/namespace}lang"
OWN = (f"{BASE}termbank/",)
COT = replace(
    BARE,
    terms=(Term("spjälsäng", "sv"), Term("cot", "en"), Term("bäddsäng", "sv", TermStatus.DEPRECATED)),
    definitions=(Definition("liten säng", "sv"),),
    relations=(Relation(RelationKind.GENERIC, Target(key="7", item=ID["7"])),),
)
BUNK = replace(BARE, terms=(Term("britsen", "sv"),))


def gone(slug, concept, replaced_by=""):
    return replace(published(slug, concept, 3), state="withdrawn", replaced_by=replaced_by)


SOURCE = replace(
    source({"rum": ROOM, "7": FURNITURE}),
    gone=[gone("sang", COT, "7"), gone("8", BUNK)],
)


def written(name, told=SOURCE, language="sv") -> bytes:
    return format_named(FORMATS, name).content(told, Options(language))


def lost(name, told=SOURCE) -> dict[str, int]:
    return {one.code: one.params["number"] for one in format_named(FORMATS, name).losses(told, Options("sv"))}


def test_tbx_has_no_preferred_term_of_a_withdrawn_concept_and_leads_to_what_is_used():
    entries = {one.get("id"): one for one in Xml.fromstring(written("tbx")).iter(f"{TBX}conceptEntry")}
    assert list(entries) == ["rum", "c7", "sang", "c8"]

    def statuses(entry) -> set[str]:
        return {one.text for one in entry.iter(f"{TBX}termNote") if one.get("type") == "administrativeStatus"}

    assert statuses(entries["sang"]) == {"supersededTerm-admn-sts"} and statuses(entries["c8"]) == {
        "deprecatedTerm-admn-sts"
    }
    note, successor = entries["sang"][0], entries["sang"][1]
    assert note.text == "Begreppet används inte längre. Använd i stället: =möbel." and note.get(LANG) == "sv"
    assert (successor.tag, successor.get("type"), successor.get("target")) == (f"{TBX}ref", "crossReference", "c7")
    assert entries["c8"][0].text == "Begreppet används inte längre."
    english = Xml.fromstring(written("tbx", language="en"))
    assert [one.text for one in english.iter(f"{TBX}note")] == [
        "The concept is no longer used. Use instead: furniture.", "The concept is no longer used.",
    ]  # fmt: skip
    assert lost("tbx")["TBX-012"] == 2
    nameless = replace(SOURCE, gone=[gone("8", NAMELESS)])
    assert lost("tbx", nameless) == {"TBX-001": 1}
    elsewhere = replace(SOURCE, gone=[gone("8", BUNK, "away")])
    assert 'target="caway"' not in written("tbx", elsewhere).decode() and b"no longer" in written(
        "tbx", elsewhere, "en"
    )


def test_a_subject_field_says_its_language_where_it_is_not_the_file_s():
    fields = Wording("möbler", "sv"), Wording("furniture", "en"), Wording("x")
    data = written("tbx", source({"7": replace(FURNITURE, subject_field=fields)}))
    (record,) = read_file(data, "a.tbx", ()).records
    assert record.concept.subject_field == fields
    told = [one.get(LANG) for one in Xml.fromstring(data).iter(f"{TBX}descrip") if one.get("type") == "subjectField"]
    assert told == [None, "en", "und"]
    english = replace(FURNITURE, subject_field=fields, terms=(Term("furniture", "en"),))
    (record,) = read_file(written("tbx", source({"7": english})), "a.tbx", ()).records
    assert record.concept.subject_field == fields


def test_a_table_says_what_is_withdrawn_and_by_what_it_is_replaced():
    rows = list(csv.DictReader(io.StringIO(written("csv").decode("utf-8-sig")), delimiter=";"))
    told = [(one["Nyckel"], one["Term (sv)"], one["Status"], one["Ersatt av"]) for one in rows]
    assert told == [
        ("rum", "rum", "", ""), ("7", "'=möbel", "", ""),
        ("sang", "spjälsäng", "Återkallat", "7 =möbel"), ("8", "britsen", "Återkallat", ""),
    ]  # fmt: skip
    assert (
        "Withdrawn" in written("csv", language="en").decode()
        and "Replaced by" in written("csv", language="en").decode()
    )
    assert "Status" not in written("csv", source({"rum": ROOM})).decode()


def test_a_code_system_has_withdrawn_codes_as_inactive_with_what_is_used():
    system = json.loads(written("fhir-codesystem"))
    codes = {one["code"]: {each["code"]: each for each in one["property"]} for one in system["concept"]}
    assert list(codes) == ["rum", "7", "sang", "8"] and system["count"] == 4
    assert codes["sang"]["status"]["valueCode"] == "retired" and codes["sang"]["inactive"]["valueBoolean"] is True
    assert codes["sang"]["replacedBy"]["valueCode"] == "7" and codes["sang"]["parent"]["valueCode"] == "7"
    assert "replacedBy" not in codes["8"] and "inactive" not in codes["rum"]
    assert {"inactive", "replacedBy"} <= {one["code"] for one in system["property"]}
    plain = json.loads(written("fhir-codesystem", source({"rum": ROOM, "7": FURNITURE})))
    assert (
        not {"inactive", "replacedBy"} & {one["code"] for one in plain["property"]}
        and plain["version"] != system["version"]
    )
    other = replace(SOURCE, gone=[gone("sang", COT, "rum"), gone("8", BUNK)])
    assert json.loads(written("fhir-codesystem", other))["version"] != system["version"]


def test_a_value_set_and_a_map_leave_withdrawn_codes_out_and_say_so():
    assert json.loads(written("fhir-valueset"))["compose"]["inactive"] is False
    assert "inactive" not in json.loads(written("fhir-valueset", source({"rum": ROOM})))["compose"]
    assert lost("fhir-valueset") == {"FHIR-007": 2, "FHIR-010": 2} and lost("fhir-conceptmap") == {
        "FHIR-008": 2,
        "FHIR-010": 2,
    }


def planned(name, change=lambda text: text):
    one = format_named(FORMATS, name)
    data = one.content(SOURCE, Options("sv"))
    if one.is_text:
        data = change(data.decode()).encode()
    return plan(read_file(data, one.file_name("a"), OWN), Known(SOURCE, OWN), source=Source("a"))


@pytest.mark.parametrize("name", ["turtle", "rdfxml", "skosxl-jsonld", "tbx", "xlsx", "csv"])
def test_a_file_with_withdrawn_concepts_comes_back_unchanged(name):
    done = planned(name)
    assert {one.title.sv: one.fate for one in done.concepts} == {"rum": Fate.SAME, "=möbel": Fate.SAME}
    assert done.account.adds_up and done.account.own and not {"refused", "nowhere"} & done.account.lost.keys()
    assert not any(one.findings for one in done.concepts)


def test_a_withdrawn_concept_that_is_said_to_be_used_is_refused():
    done = planned("csv", lambda text: text.replace("Återkallat", ""))
    assert {one.name: [each.code for each in one.findings] for one in done.of(Fate.REFUSED)} == {
        "sang": ["IMPORT-017"], "8": ["IMPORT-017"],
    }  # fmt: skip
    done = planned("tbx", lambda text: text.replace("supersededTerm", "admittedTerm"))
    assert [one.name for one in done.of(Fate.REFUSED)] == ["sang"]


def test_a_table_that_says_that_a_concept_is_withdrawn_withdraws_nothing_and_says_so():
    heads, first, *rest = written("csv").decode("utf-8-sig").splitlines()
    told = first.split(";")
    told[heads.split(";").index("Status")] = "Withdrawn"
    done = planned("csv", lambda _: "\r\n".join([heads, ";".join(told), *rest]))
    (room,) = [one for one in done.concepts if one.title.sv == "rum"]
    assert room.fate is Fate.SAME and [one.code for one in room.findings] == ["IMPORT-029"]


def test_a_relation_may_lead_to_a_withdrawn_concept():
    done = planned(
        "tbx",
        lambda text: text.replace(
            '<conceptEntry id="rum">', '<conceptEntry id="rum"><ref type="crossReference" target="sang">x</ref>'
        ),
    )
    (room,) = done.of(Fate.CHANGED)
    assert room.after.relations == (Relation(RelationKind.ASSOCIATIVE, Target(item=ID["sang"])),)


def test_cells_that_a_workbook_cuts_off_are_counted():
    for length, number in ((32_767, {}), (32_768, {"SHEET-010": 1})):
        told = source({"rum": replace(ROOM, definitions=(Definition("x" * length, "sv"),))})
        assert lost("xlsx", told) == number and lost("csv", told) == {}
