"""TBX from elsewhere: versions 2 and 3, styles DCA and DCT, whole and broken. The files are made up."""

import pytest

from registry.findings import Severity
from termbank.concepts import Definition, Note, Relation, Target, Term
from termbank.exchange.reading.tbx import DEEPEST, read
from termbank.exchange.records import Reading
from termbank.notions import RelationKind, TermStatus
from termbank.wordings import Wording

V2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en-US"><martifHeader><fileDesc><titleStmt><title>Beds</title></titleStmt>
<sourceDesc><p>Made up</p></sourceDesc></fileDesc></martifHeader><text><body>
<termEntry id="bed-1"><descrip type="subjectField">furniture</descrip><ref type="crossReference" target="room-1">room</ref>
 <langSet xml:lang="en_GB"><descripGrp><descrip type="definition">place to <hi>sleep</hi></descrip><admin type="source">A book</admin></descripGrp>
  <ntig><termGrp><term>bed</term><termNote type="partOfSpeech">noun</termNote><termNote type="administrativeStatus">preferred</termNote></termGrp></ntig>
  <tig><term>cot</term><descrip type="context">The cot is small.</descrip><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
  <tig><term></term></tig>
 </langSet>
 <langSet xml:lang="sv"><tig><term>säng</term><note>Finns i alla rum.</note></tig><tig><term>VS</term><termNote type="termType">acronym</termNote></tig></langSet>
</termEntry>
<termEntry id="room-1"><langSet xml:lang="sv"><tig><term>rum</term><descripGrp><descrip type="definition">plats</descrip><admin type="source">B</admin></descripGrp></tig></langSet></termEntry>
<termEntry id="empty"><langSet xml:lang="sv"></langSet></termEntry>
<termEntry><langSet xml:lang="und"><tig><term>42</term></tig></langSet></termEntry>
</body></text></martif>"""
DCT = """<?xml version="1.0"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>Made up</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c1"><min:subjectField>beds</min:subjectField><basic:crossReference target="#c2">b</basic:crossReference>
<langSec xml:lang="sv"><basic:definition>plats</basic:definition><termSec><term>säng</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>
<min:partOfSpeech>noun</min:partOfSpeech><basic:source>SAOB</basic:source></termSec></langSec></conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="ar"><termSec><term>سرير</term></termSec></langSec></conceptEntry>
</body></text></tbx>"""


def test_version_2_is_read_with_its_groups():
    reading = read(V2.encode(), "a.tbx")
    assert [one.name for one in reading.records] == ["bed-1", "room-1", "empty", "line 15"] and reading.title == "Beds"
    bed = reading.records[0].concept
    assert bed.terms == (
        Term("bed", "en-GB", grammar="noun"), Term("cot", "en-GB", TermStatus.DEPRECATED), Term("säng", "sv"),
        Term("VS", "sv", TermStatus.ADMITTED, abbreviation=True),
    )  # fmt: skip
    assert bed.definitions == (Definition("place to sleep", "en-GB", "A book"),)
    assert bed.notes == (Note((Wording("Finns i alla rum.", "sv"),)),) and bed.subject_field == (
        Wording("furniture", "en-GB"),
    )
    assert bed.relations == (Relation(RelationKind.ASSOCIATIVE, Target(iri="room-1")),)
    assert reading.records[1].concept.definitions == (Definition("plats", "sv", "B"),)
    assert reading.records[3].concept.terms == (Term("42"),)
    assert reading.account.adds_up and reading.account.lost == {"context": 1, "term": 1}


def test_what_is_empty_is_found_with_its_line():
    records = read(V2.encode(), "a.tbx").records
    (empty,) = records[0].findings
    assert (empty.code, empty.params["line"], empty.severity) == ("IMPORT-009", 9, Severity.WARNING)
    (nameless,) = records[2].findings
    assert (nameless.code, nameless.params["name"], nameless.places[0].row) == ("IMPORT-008", "empty", 14)


def test_version_3_is_read_in_the_style_of_elements():
    reading = read(DCT.encode(), "a.tbx")
    one, other = (record.concept for record in reading.records)
    assert one.terms == (Term("säng", "sv", TermStatus.ADMITTED, source="SAOB", grammar="noun"),)
    assert one.definitions == (Definition("plats", "sv"),) and one.subject_field == (Wording("beds", "sv"),)
    assert one.relations == (Relation(RelationKind.ASSOCIATIVE, Target(iri="c2")),) and other.terms == (
        Term("سرير", "ar"),
    )
    assert reading.account.lost == {} and reading.account.adds_up and reading.kind == "tbx"


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("superordinateConceptGeneric", "generic"),
        ("broaderConceptPartitive", "partitive"),
        ("relatedConceptBroader", "broader_unknown"),
        ("relatedConcept", "associative"),
    ],
)
def test_kinds_of_relations_are_read_where_they_are_said(category, kind):
    entry = f'<conceptEntry id="a"><ref type="{category}" target="b"/><langSec xml:lang="sv"><termSec><term>a</term></termSec></langSec></conceptEntry>'
    (record,) = read(f"<tbx><text><body>{entry}</body></text></tbx>".encode(), "a.tbx").records
    assert [one.kind.value for one in record.concept.relations] == [kind]


def entry(inner="", name="a") -> str:
    return f'<tbx><text><body><conceptEntry id="{name}"><langSec xml:lang="sv"><termSec><term>a</term></termSec>{inner}</langSec></conceptEntry></body></text></tbx>'


def test_only_references_to_this_register_are_names():
    refers = '<xref type="externalCrossReference" target="{}">x</xref>'
    told = entry(refers.format("https://r.se/termbank/id/concept/1") + refers.format("https://w.example/"))
    reading = read(told.encode(), "a.tbx", ("https://r.se/termbank/",))
    assert reading.records[0].also == ("https://r.se/termbank/id/concept/1",)
    assert reading.account.lost == {"externalCrossReference": 1}


def test_the_same_id_twice_is_told_and_the_first_is_read():
    twice = entry().replace(
        "</body>",
        '<conceptEntry id="a"><langSec xml:lang="sv"><termSec><term>b</term></termSec></langSec></conceptEntry></body>',
    )
    reading = read(twice.encode(), "a.tbx")
    assert [term.text for one in reading.records for term in one.concept.terms] == ["a"]
    assert [one.code for one in reading.findings] == ["IMPORT-007"] and reading.account.adds_up


def unreadable(data) -> str:
    reading = read(data.encode() if isinstance(data, str) else data, "a.tbx")
    assert reading.records == () and isinstance(reading, Reading)
    return reading.unreadable.code


def test_hostile_files_are_refused_by_name():
    assert unreadable("<martif>") == "VOC-102" and unreadable("") == "VOC-102" and unreadable(b"\xff\xfe<") == "VOC-104"
    assert unreadable("<html/>") == "IMPORT-002" and unreadable("<tbx/>") == "IMPORT-005"
    lol = '<!DOCTYPE tbx [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
    assert unreadable(lol + entry("&b;")) == "VOC-103"
    assert unreadable('<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + entry("&a;")) == "VOC-103"
    assert unreadable(f'<!DOCTYPE tbx [<!ENTITY a "{"x" * 501}">]>' + entry("&a;")) == "VOC-103"
    assert unreadable("<tbx>" + "<a>" * DEEPEST + "</a>" * DEEPEST + "</tbx>") == "IMPORT-004"


def test_short_entities_of_its_own_are_read_and_those_of_a_dtd_are_told():
    short = f'<!DOCTYPE tbx [<!ENTITY a "{"x" * 500}">]>' + entry("<note>&a;</note>")
    assert len(read(short.encode(), "a.tbx").records[0].concept.notes[0].texts[0].text) == 500
    outside = '<!DOCTYPE martif SYSTEM "x.dtd">' + entry("<note>a&ouml;b</note>")
    reading = read(outside.encode(), "a.tbx")
    assert [one.code for one in reading.findings] == ["IMPORT-006"] and reading.findings[0].params["name"] == "ouml"


def test_a_concept_with_too_many_terms_is_found_once():
    many = "".join(f"<termSec><term>t{number}</term></termSec>" for number in range(600))
    reading = read(entry(many).encode(), "a.tbx")
    assert len(reading.records[0].concept.terms) == 500
    assert [one.code for one in reading.records[0].findings] == ["IMPORT-003"] and reading.account.adds_up


def test_other_encodings_are_read():
    told = '<?xml version="1.0" encoding="ISO-8859-1"?>' + entry("<note>å</note>")
    assert read(told.encode("latin-1"), "a.tbx").records[0].concept.notes == (Note((Wording("å", "sv"),)),)
    assert read(("<?xml version='1.0' encoding='UTF-16'?>" + entry()).encode("utf-16"), "a.tbx").records[0].name == "a"


def test_a_kind_of_term_that_is_no_abbreviation_is_lost_and_so_is_a_text_that_looks_like_one():
    told = entry().replace(
        "<term>a</term>",
        '<term>a</term><termNote type="termType">fullForm</termNote><termNote type="usage">acronym</termNote>',
    )
    reading = read(told.encode(), "a.tbx")
    assert reading.records[0].concept.terms == (Term("a", "sv"),) and reading.account.lost == {
        "termType": 1,
        "usage": 1,
    }
