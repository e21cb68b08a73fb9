"""TBX from elsewhere, as a file: versions 2 and 3, styles DCA and DCT, whole and broken. The files are made up."""

import pytest

from registry.findings import Severity
from termbank.concepts.concept import Definition, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording
from termbank.exchange.reading.tbx import DEEPEST, is_tbx, read
from termbank.notions import RelationKind, TermStatus
from tests.unit.termbank.exchange.tbx_readings import entry, of_entry, section, sums, term, unreadable, whole

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


def test_the_same_id_twice_is_told_and_the_first_is_read():
    twice = entry().replace(
        "</body>",
        '<conceptEntry id="a"><langSec xml:lang="sv"><termSec><term>b</term></termSec></langSec></conceptEntry></body>',
    )
    reading = read(twice.encode(), "a.tbx")
    assert [term.text for one in reading.records for term in one.concept.terms] == ["a"]
    assert [one.code for one in reading.findings] == ["IMPORT-007"] and reading.account.adds_up


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


def test_other_encodings_are_read():
    told = '<?xml version="1.0" encoding="ISO-8859-1"?>' + entry("<note>å</note>")
    assert read(told.encode("latin-1"), "a.tbx").records[0].concept.notes == (Note((Wording("å", "sv"),)),)
    assert read(("<?xml version='1.0' encoding='UTF-16'?>" + entry()).encode("utf-16"), "a.tbx").records[0].name == "a"


@pytest.mark.parametrize("root", [b"<martif", b"<tbx", b"<TBX", "<tbx".encode("utf-16-be"), b"<t:tbx"])
def test_a_file_looks_like_tbx_by_its_first_element(root):
    prolog = "\ufeff<?xml version='1.0'?><!-- <martif> --><!DOCTYPE martif SYSTEM 'x' [<!ENTITY a '<tbx'>]>\n"
    assert is_tbx(root) and is_tbx(prolog.encode() + root) and is_tbx(prolog.encode("utf-16-le") + root)
    most = b" " * (1_000_000 - len(root))
    assert is_tbx(most + root) and not is_tbx(b" " + most + root)


@pytest.mark.parametrize("text", [b"<rdf:RDF><martif", b"<!-- <tbx", b"<tbxHeader>", b"tbx", b"<?xml <tbx"])
def test_a_file_is_no_tbx_by_what_stands_further_down(text):
    assert not is_tbx(text)


def test_the_root_is_what_makes_a_file_tbx():
    assert read(entry().replace("tbx>", "TBX>").encode(), "a.tbx").unreadable is None
    assert unreadable(f"<html>{entry()}</html>") == "IMPORT-002"


def test_faults_are_told_with_their_lines():
    broken = read(b"<tbx>\n</b>", "a.tbx").unreadable
    assert (broken.code, broken.params["line"], broken.places[0].row) == ("VOC-102", 2, 2)
    assert broken.params["fault"].en.startswith("an end tag does not match the element that is open (column 3; ")
    deep = read(b"<tbx>\n" + b"<a>" * DEEPEST, "a.tbx").unreadable
    assert (deep.code, deep.params) == ("IMPORT-004", {"line": 2, "most": 60})


def test_elements_may_be_so_deep_and_no_deeper():
    assert unreadable("<tbx>" + "<a>" * (DEEPEST - 1) + "</a>" * (DEEPEST - 1) + "</tbx>") == "IMPORT-005"


def test_a_file_with_findings_alone_is_told_of():
    reading = read(f'<!DOCTYPE tbx SYSTEM "x.dtd"><tbx>\n&{"o" * 90};</tbx>'.encode(), "a.tbx")
    (one,) = reading.findings
    assert (one.code, one.params, one.places[0].row) == ("IMPORT-006", {"name": "o" * 80, "line": 2}, 2)
    assert reading.unreadable is None and reading.records == ()


def test_what_a_dtd_asks_for_outside_is_not_told_as_a_text():
    reading = read(("<!DOCTYPE tbx [ %outside; ]>" + entry()).encode(), "a.tbx")
    assert reading.findings == () and len(reading.records) == 1


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("<title> Beds\n</title><p>x</p>", "Beds"),
        (f"<title>{'x' * 201}</title>", "x" * 200),
        ("<title>Be<b/>ds</title>", "Beds"),
        ("<title><hi>x</hi></title>", ""),
        ("<p>x</p>", ""),
    ],
)
def test_the_title_is_in_the_header(header, title):
    assert whole(section(term("<title>not this</title>")), f"<tbxHeader>{header}</tbxHeader>").title == title


def test_each_id_after_the_first_is_told_and_what_it_says_is_lost():
    long = "i" * 201
    again = f'<conceptEntry id="{long}">' + section(term() + "<note>n</note>") + "</conceptEntry>\n"
    reading = read(f"<tbx><text><body>{again * 3}</body></text></tbx>".encode(), "a.tbx")
    assert [(one.code, one.params["line"], one.places[0].row) for one in reading.findings] == [
        ("IMPORT-007", 2, 2), ("IMPORT-007", 3, 3),
    ]  # fmt: skip
    assert {one.params["name"] for one in reading.findings} == {"i" * 200} and sums(reading) == (2, {"id": 4})


def test_an_entry_without_a_term_is_found_by_the_beginning_of_its_name():
    reading = read(f'<tbx><termEntry id="{"i" * 201}"/>\n<termEntry id=""/></tbx>'.encode(), "a.tbx")
    assert [(one.name, one.row, one.kept) for one in reading.records] == [("i" * 201, 1, 0), ("line 2", 2, 0)]
    assert [one.findings[0].params["name"] for one in reading.records] == ["i" * 200, "line 2"]
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ('xml:lang="sv_SE"', "sv-SE"),
        ('lang="sv"', "sv"),
        ('lang="fi" xml:lang="sv"', "sv"),
        ('xml:lang="und"', ""),
        ("", ""),
    ],
)
def test_a_section_says_its_language(written, language):
    one = whole(
        "<note>n</note>"
        + section(term() + '<note>m</note><note xml:lang="en">o</note>', written)
        + section("", 'lang="de"')
    )
    assert one.records[0].concept.terms == (Term("a", language),)
    assert [note.texts[0].language for note in one.records[0].concept.notes] == [language, language, "en"]


def test_without_sections_a_text_has_no_language():
    assert whole("<note>n</note>").records[0].concept.notes == (Note((Wording("n"),)),)


def test_what_stands_behind_the_entries_is_lost_by_name():
    back = "<back><refObjectList type='bibl'><refObject id='b'><item type='title'>A book</item><item/></refObject></refObjectList></back>"
    assert of_entry("<langSet xml:lang='en'><tig><term>a</term></tig></langSet>", back=back).account.lost == {"back": 1}


def test_an_entry_without_an_id_is_told():
    section = "<langSet xml:lang='en'><tig><term>a</term></tig></langSet>"
    reading = of_entry(f"{section}</termEntry>\n<termEntry>{section}")
    assert [[(one.code, one.params) for one in each.findings] for each in reading.records] == [
        [],
        [("IMPORT-033", {"line": 2})],
    ]
