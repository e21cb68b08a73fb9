"""What TBX says of a concept: definitions, notes, subject fields and relations, at each level. The files are made up."""

import pytest

from termbank.concepts.concept import Definition, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording
from termbank.exchange.reading.tbx import read
from termbank.notions import RelationKind
from tests.unit.termbank.exchange.tbx_readings import entry, of_entry, section, sums, term, whole


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


def test_only_references_to_this_register_are_names():
    refers = '<xref type="externalCrossReference" target="{}">x</xref>'
    told = entry(refers.format("https://r.se/termbank/id/concept/1") + refers.format("https://w.example/"))
    reading = read(told.encode(), "a.tbx", ("https://r.se/termbank/",))
    assert reading.records[0].also == ("https://r.se/termbank/id/concept/1",)
    assert reading.account.lost == {"externalCrossReference": 1}


def test_markup_is_part_of_a_text_and_what_is_within_it_otherwise_is_not():
    one = whole(section(term() + "<note>be <hi>gladly <ph>here</ph></hi> or <x>not</x>\n there</note>")).records[0]
    assert one.concept.notes == (Note((Wording("be gladly here or there", "sv"),)),)
    assert one.concept.terms == (Term("a", "sv"),)


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
