"""TBX from elsewhere: versions 2 and 3, styles DCA and DCT, whole and broken. The files are made up."""

import pytest

from registry.findings import Severity
from termbank.concepts.concept import Definition, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording
from termbank.exchange.reading.tbx import DEEPEST, is_tbx, read
from termbank.exchange.records import Reading
from termbank.notions import RelationKind, TermStatus

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
        '<term>a</term><termNote type="termType">fullForm</termNote><termNote type="usage">acronym</termNote>'
        '<termNote type="usage">synonym</termNote>',
    )
    reading = read(told.encode(), "a.tbx")
    assert reading.records[0].concept.terms == (Term("a", "sv"),) and reading.account.lost == {
        "termType": 1,
        "usage": 2,
    }


def whole(inner: str, before: str = "") -> Reading:
    """What is read of an entry with this in it; everything read is accounted for."""
    reading = read(
        f'<tbx>{before}<text><body><conceptEntry id="a">{inner}</conceptEntry></body></text></tbx>'.encode(), "a.tbx"
    )
    assert reading.unreadable is None and reading.account.adds_up and reading.account.own == 0
    return reading


def section(inner: str, language: str = 'xml:lang="sv"') -> str:
    return f"<langSec {language}>{inner}</langSec>"


def term(inner: str = "", text: str = "a") -> str:
    return f"<termSec><term>{text}</term>{inner}</termSec>"


def sums(reading: Reading) -> tuple[int, dict[str, int]]:
    """What was kept, and what was lost."""
    return reading.account.kept, reading.account.lost


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
    assert broken.params["fault"] == "mismatched tag"
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


def test_markup_is_part_of_a_text_and_what_is_within_it_otherwise_is_not():
    one = whole(section(term() + "<note>be <hi>gladly <ph>here</ph></hi> or <x>not</x>\n there</note>")).records[0]
    assert one.concept.notes == (Note((Wording("be gladly here or there", "sv"),)),)
    assert one.concept.terms == (Term("a", "sv"),)


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


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>', {"status": TermStatus.DEPRECATED}),
        ('<termNote type="normativeAuthorization">admittedTerm</termNote>', {"status": TermStatus.ADMITTED}),
        ('<termNote type="termType">initialism</termNote>', {"abbreviation": True}),
        ('<termNote type="partOfSpeech">noun</termNote>', {"grammar": "noun"}),
        ('<termNote type="grammaticalGender">neuter</termNote>', {"grammar": "neuter"}),
        ('<termNote type="grammaticalNumber">plural</termNote>', {"grammar": "plural"}),
        ('<admin type="source">B</admin>', {"source": "B"}),
    ],
)
def test_what_is_said_of_a_term_is_part_of_it(said, told):
    reading = whole(section(f"<termSec>{said}<term>a</term></termSec>"))
    assert reading.records[0].concept.terms == (Term("a", "sv", **told),) and sums(reading) == (2, {})
    grouped = whole(section(f"<ntig><termGrp><term>a</term><termNoteGrp>{said}</termNoteGrp></termGrp></ntig>"))
    assert grouped.records == reading.records and sums(grouped) == (2, {})


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ('<termNote type="administrativeStatus">good</termNote>', "administrativeStatus"),
        ('<termNote type="usage">deprecatedTerm-admn-sts</termNote>', "usage"),
        ('<termNote type="partOfSpeech"> </termNote>', "partOfSpeech"),
        ('<admin type="source"/>', "source"),
        ("<x>noun</x>", "x"),
    ],
)
def test_what_has_no_place_in_a_term_is_lost_by_its_category(said, lost):
    reading = whole(section(term(said)))
    assert reading.records[0].concept.terms == (Term("a", "sv"),) and sums(reading) == (1, {lost: 1})


def test_grammar_is_gathered_and_the_first_source_is_the_term_s():
    grammar = '<termNote type="partOfSpeech">noun</termNote><termNote type="grammaticalGender">neuter</termNote>'
    reading = whole(section(term(grammar + '<admin type="source">B</admin><admin type="source">C</admin>')))
    assert reading.records[0].concept.terms == (Term("a", "sv", source="B", grammar="noun, neuter"),)
    assert sums(reading) == (4, {"source": 1})


def test_the_first_term_of_a_language_without_a_status_is_preferred():
    deprecated = '<termNote type="administrativeStatus">deprecated</termNote>'
    told = section(term(deprecated, "x") + term("", "a") + term("", "b")) + section(term(), 'xml:lang="en"')
    assert [(one.text, one.language, one.status.value) for one in whole(told).records[0].concept.terms] == [
        ("x", "sv", "deprecated"), ("a", "sv", "preferred"), ("b", "sv", "admitted"), ("a", "en", "preferred"),
    ]  # fmt: skip


def test_a_term_without_a_text_is_lost_with_what_is_said_of_it_but_not_what_is_said_of_the_concept():
    said = '<admin type="source">B</admin><termNote type="usage">x</termNote><note>n</note>'
    reading = whole(section(term(said, " ") + "\n<termSec/>", 'xml:lang="und"'))
    assert sums(reading) == (1, {"term": 2, "usage": 1}) and reading.records[0].concept.terms == ()
    assert reading.records[0].concept.notes == (Note((Wording("n"),)),)
    assert [(one.code, one.params.get("language"), one.params["line"]) for one in reading.records[0].findings] == [
        ("IMPORT-009", "und", 1), ("IMPORT-009", "und", 2), ("IMPORT-008", None, 1),
    ]  # fmt: skip
    (swedish, _) = whole(section("<termSec/>")).records[0].findings
    assert swedish.params["language"] == "sv"


@pytest.mark.parametrize(
    ("number", "codes", "lost"), [(500, [], {}), (501, ["IMPORT-003"], {"term": 2}), (502, ["IMPORT-003"], {"term": 4})]
)
def test_terms_beyond_the_most_are_lost_with_one_finding(number, codes, lost):
    reading = whole(section("".join(term('<admin type="source">B</admin>', f"t{each}") for each in range(number))))
    (record,) = reading.records
    assert [one.code for one in record.findings] == codes and sums(reading) == (1_000, lost)
    assert all(one.params["most"] == 500 for one in record.findings) and len(record.concept.terms) == 500


@pytest.mark.parametrize(
    ("said", "part", "value"),
    [
        ('<descrip type="definition">x</descrip>', "definitions", (Definition("x", "sv"),)),
        ('<descrip type="definition" xml:lang="en">x</descrip>', "definitions", (Definition("x", "en"),)),
        ('<admin type="note">x</admin>', "notes", (Note((Wording("x", "sv"),)),)),
        ('<note type="other">x</note>', "notes", (Note((Wording("x", "sv"),)),)),
        ('<descrip type="subjectField">x</descrip>', "subject_field", (Wording("x", "sv"),)),
        (
            '<ref type="crossReference" target="#b">x</ref>',
            "relations",
            (Relation(RelationKind.ASSOCIATIVE, Target(iri="b")),),
        ),
    ],
)
def test_what_is_said_of_a_concept_is_read_at_each_level(said, part, value):
    for inner in (said + section(term()), section(said + term()), f"<descripGrp>{said}</descripGrp>" + section(term())):
        reading = whole(inner)
        assert getattr(reading.records[0].concept, part) == value and sums(reading) == (2, {})


@pytest.mark.parametrize(
    "said",
    [
        '<x type="definition"/>', '<x type="note"> </x>', '<x type="subjectField"/>', '<x type="crossReference">b</x>', '<x type="other">b</x>',
        '<x type="other" target="b"/>', '<x type="externalCrossReference" target="https://r.se/"/>', '<x type="externalCrossReference"/>',
        '<x type="source">B</x>',
    ],
)  # fmt: skip
def test_what_has_no_place_in_a_concept_is_lost_by_its_category(said):
    reading = whole(said + section(term()))
    assert sums(reading) == (1, {said.split('"')[1]: 1}) and reading.records[0].also == ()
    assert (reading.records[0].concept.notes, reading.records[0].concept.relations) == ((), ())


def test_a_source_is_of_the_definition_before_it_in_its_group():
    definition, source = '<descrip type="definition">{}</descrip>', '<admin type="source">B</admin>'
    group = "<descripGrp>{}</descripGrp>".format
    x, y = map(definition.format, "xy")

    def told(inner: str) -> tuple[list[str], int]:
        reading = whole(inner + section(term()))
        return [one.source for one in reading.records[0].concept.definitions], reading.account.lost.get("source", 0)

    assert told(group(x + source)) == (["B"], 0)
    assert told(group(x + y + source)) == (["", "B"], 0)
    assert told(group(x) + group(source)) == ([""], 1)
    assert told(group(source + x)) == ([""], 1)
    assert told(group(x + '<admin type="source"/>')) == ([""], 1)
    assert told(group(x + '<admin type="other">B</admin>')) == ([""], 0)


def of_entry(inside: str, root: str = "xml:lang='en'", back: str = "") -> Reading:
    text = f"<martif {root}><text><body><termEntry id='1'>{inside}</termEntry></body>{back}</text></martif>"
    reading = read(text.encode(), "a.tbx")
    assert reading.unreadable is None and reading.account.adds_up
    return reading


def terms(inside: str) -> dict[str, str]:
    """What each term is, by its text."""
    return {one.text: one.status.value for one in of_entry(inside).records[0].concept.terms}


def test_each_group_of_a_section_is_a_term():
    group = "<termGrp><term>{0}</term><termNote type='partOfSpeech'>{1}</termNote></termGrp>".format
    reading = of_entry(
        f"<langSet xml:lang='en'><ntig>{group('bed', 'noun')}{group('cot', 'verb')}<admin type='source'>B</admin></ntig></langSet>"
    )
    (record,) = reading.records
    told = Term("bed", "en", source="B", grammar="noun"), Term("cot", "en", TermStatus.ADMITTED, grammar="verb")
    assert record.concept.terms == told and (record.kept, reading.account.lost) == (5, {})


def test_a_second_word_in_one_term_is_lost_by_name():
    reading = of_entry("<langSet xml:lang='en'><tig><term> </term><term>bed</term><term>cot</term></tig></langSet>")
    assert [one.text for one in reading.records[0].concept.terms] == ["bed"] and reading.account.lost == {"term": 2}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "", ("preferred", "admitted")),
        ("", "preferredTerm-admn-sts", ("admitted", "preferred")),
        ("", "admittedTerm-admn-sts", ("preferred", "admitted")),
        ("deprecatedTerm-admn-sts", "", ("deprecated", "preferred")),
        ("preferredTerm-admn-sts", "", ("preferred", "admitted")),
    ],
)
def test_a_term_without_a_status_makes_room_for_the_one_that_is_said_to_be_preferred(first, second, expected):
    note = "<termNote type='administrativeStatus'>{}</termNote>".format
    tigs = "".join(
        f"<tig><term>{word}</term>{note(said) if said else ''}</tig>" for word, said in (("a", first), ("b", second))
    )
    assert tuple(terms(f"<langSet xml:lang='en'>{tigs}</langSet>").values()) == expected


@pytest.mark.parametrize(
    ("kind", "status"), [("entryTerm", "preferred"), ("synonym", "admitted"), ("phrase", "preferred")]
)
def test_version_2_says_the_status_by_the_kind_of_a_term(kind, status):
    tig = "<langSet xml:lang='en'><tig><term>a</term><termNote type='termType'>{}</termNote>{}</tig></langSet>".format
    assert terms(tig(kind, "")) == {"a": status}
    said = "<termNote type='administrativeStatus'>deprecatedTerm</termNote>"
    assert terms(tig(kind, said)) == {"a": "deprecated"}
    assert of_entry(tig(kind, "")).account.lost == ({"termType": 1} if kind == "phrase" else {})


@pytest.mark.parametrize(
    "source",
    ["<admin type='sourceIdentifier'>B</admin>", "<xref type='xSource' target='B'/>", "<admin type='source'>B</admin>"],
)
def test_a_source_is_said_in_three_ways(source):
    (record,) = of_entry(
        f"<langSet xml:lang='en'><descripGrp><descrip type='definition'>d</descrip>{source}</descripGrp><tig><term>a</term>{source}</tig></langSet>"
    ).records
    assert record.concept.definitions == (Definition("d", "en", "B"),) and record.concept.terms == (
        Term("a", "en", source="B"),
    )


@pytest.mark.parametrize(
    ("root", "language"),
    [("xml:lang='sv-SE'", "sv"), ("xml:lang='de'", "en-GB"), ("", "en-GB"), ("xml:lang='und'", "en-GB")],
)
def test_what_is_said_of_the_whole_concept_is_in_the_language_of_the_file(root, language):
    sections = "".join(f"<langSet xml:lang='{one}'><tig><term>a</term></tig></langSet>" for one in ("en-GB", "sv"))
    (record,) = of_entry(f"<descrip type='subjectField'>f</descrip>{sections}", root).records
    assert record.concept.subject_field == (Wording("f", language),)


def test_a_relation_may_be_said_from_above():
    section = "<langSet xml:lang='en'><tig><term>a</term></tig></langSet>"
    said = "<descrip type='subordinateConceptPartitive' target='{}'>x</descrip>".format
    both = f"{said('#2')}{said('3')}{section}</termEntry><termEntry id='2'><descrip type='superordinateConceptPartitive' target='1'/>{section}"
    reading = of_entry(both)
    assert [one.concept.relations for one in reading.records] == [
        (),
        (Relation(RelationKind.PARTITIVE, Target(iri="1")),),
    ]
    assert reading.account.lost == {"subordinateConceptPartitive": 1}
    assert [(one.kept, dict(one.leading)) for one in reading.records] == [(1, {}), (3, {"1": 2})]


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
