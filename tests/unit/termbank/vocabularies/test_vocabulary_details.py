"""What each check of a vocabulary tells: which concept, how many, in which words; and files on either side of their bounds."""

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from termbank.vocabularies import rdf_files
from termbank.vocabularies.examining import examined
from termbank.vocabularies.graphs import triples_in
from termbank.vocabularies.index import SKOS, Vocabulary, vocabulary_of
from termbank.vocabularies.quality import a_language_is_common
from termbank.vocabularies.rdf_files import UnreadableVocabularyError, format_of, refuse_growing_entities, triples_of
from tests.unit.termbank.vocabularies.test_vocabulary_checks import PREFIXES, SOUND


def told(turtle: str, code: str) -> list[tuple[str, dict]]:
    """The concepts that a check tells, by the ends of their addresses, with what it says of them."""
    examination = examined(turtle.encode(), "a.ttl", most=9)
    assert examination.unreadable is None, examination.unreadable
    [one] = [outcome for outcome in examination.outcomes if outcome.code == code]
    assert one.count == len(one.findings)
    return [
        (
            finding.places[0].value.rpartition("/")[2],
            {name: said for name, said in finding.params.items() if name != "concept"},
        )
        for finding in one.findings
    ]


@pytest.mark.parametrize(
    ("turtle", "code", "expected"),
    [
        (':scheme a skos:Concept .', "SKOS-S9", [("scheme", {})]),
        (':bed skos:hiddenLabel "säng"@sv, "vårdplats"@sv .', "SKOS-S13",
         [("bed", {"label": "vårdplats"}), ("bed", {"label": "säng"})]),
        (':bed skos:prefLabel "plats"@sv, "a"@en, "b"@fi, "c"@fi, "d"@fi .', "SKOS-S14",
         [("bed", {"language": "fi", "number": 3}), ("bed", {"language": "sv", "number": 2})]),
        (":crowding skos:related :bed .", "SKOS-S27", []),
        (":bed a skos:Collection . :scheme a skos:Collection .", "SKOS-S37", [("bed", {}), ("scheme", {})]),
        (":available skos:relatedMatch <https://elsewhere.example/1> .", "SKOS-S46",
         [("available", {"other": "https://elsewhere.example/1", "relation": "relatedMatch"})]),
        (':bed skos:scopeNote "utan", "språk" .', "VOC-001", [("bed", {})]),
        (':bed skos:scopeNote "a"@svenskaspraket, "b"@svenskaspraket .', "VOC-002", [("bed", {"language": "svenskaspraket"})]),
        (':bed skos:prefLabel "bed"@en, "sänky"@fi .', "VOC-003",
         [("available", {"languages": "en, fi"}), ("crowding", {"languages": "en, fi"})]),
        (':bed skos:prefLabel "bed" .', "VOC-003", []),
        (':alone a skos:Concept ; skos:prefLabel "bed"@en ; skos:related :bed .', "VOC-004", [("bed", {"languages": "en, sv"})]),
        (':crowding skos:altLabel "Vårdplats"@sv .', "VOC-007", [("bed", {"label": "vårdplats", "other": "överbeläggning"})]),
        (':bed skos:altLabel "säng"@sv, "Säng"@sv .', "VOC-007", []),
        (':crowding skos:altLabel "Vårdplats"@sv .', "SKOS-HOMONYM", []),
        (':other a skos:Concept ; skos:prefLabel "Vårdplats"@sv .', "SKOS-HOMONYM", [("bed", {"language": "sv", "number": 2})]),
        (':alone a skos:Concept ; skos:prefLabel "ensam"@sv .', "VOC-008", [("alone", {})]),
        (':alone a skos:Concept ; skos:prefLabel "ensam"@sv ; skos:exactMatch <https://e.example/> .', "VOC-008", []),
        (':alone a skos:Concept ; skos:prefLabel "ensam"@sv ; skos:related :alone .', "VOC-008", [("alone", {})]),
        (":a a skos:Concept ; skos:related :b . :b a skos:Concept .", "VOC-009", [("b", {"number": 2})]),
        (":a a skos:Concept ; skos:related :out . :b a skos:Concept ; skos:related :out, :c . :c a skos:Concept .", "VOC-009",
         [("c", {"number": 2})]),
        (":a a skos:Concept ; skos:related :b, :bed . :b a skos:Concept ; skos:related :crowding .", "VOC-009", []),
        (":technical a skos:Concept ; skos:broader :available, :bed .", "VOC-010", [("technical", {"other": "vårdplats"})]),
        (":occupied a skos:Concept ; skos:broader :bed ; skos:related :available .", "VOC-011",
         [("available", {"other": "https://example.se/occupied"})]),
        (":available skos:related :available .", "VOC-011", []),
        (":available skos:broaderTransitive :crowding, :bed .", "VOC-012", [("available", {"other": "överbeläggning"})]),
        (":other a skos:ConceptScheme . :another a skos:ConceptScheme .", "VOC-013", [("another", {}), ("other", {})]),
        (":bed skos:related :crowding .", "VOC-015", [("bed", {"relation": "related", "other": "överbeläggning"})]),
        (":crowding skos:narrower :deep . :deep a skos:Concept ; skos:broader :crowding .", "VOC-015", []),
        (":bed skos:broadestOfAll :crowding .", "VOC-016", [("bed", {"name": f"{SKOS}broadestOfAll"})]),
        (':bed skos:altLabel " "@sv, ""@sv .', "VOC-018", [("bed", {})]),
        (':bed skos:altLabel "vård\\u0007pl\\u200Bats\\u0007"@sv .', "VOC-019", [("bed", {"codes": "U+0007, U+200B"})]),
        (':bed skos:altLabel "vård\\u00A0plats"@sv .', "VOC-019", []),
        (':bed skos:altLabel "v\\uFFFDrd"@sv, "\\u202Edrav"@sv .', "VOC-019", [("bed", {"codes": "U+FFFD"}), ("bed", {"codes": "U+202E"})]),
        (':bed skos:altLabel "ma\\u0301le"@sv, "می\\u200Cخواهم"@sv, "\\u05E9\\u200F!"@sv .', "VOC-019", []),
        (":bed skos:related :bed ; skos:exactMatch :bed .", "VOC-020",
         [("bed", {"relation": "related"}), ("bed", {"relation": "exactMatch"})]),
        (':crowding skos:notation "1" . :available skos:notation "1" .', "VOC-021", [("available", {"notation": "1", "number": 3})]),
        (":available skos:related :elsewhere .", "SKOS-DANGLING", [("available", {"other": "https://example.se/elsewhere"})]),
    ],
)  # fmt: skip
def test_a_check_tells_which_and_how(turtle, code, expected):
    assert told(f"{SOUND}{turtle}", code) == expected


def test_a_vocabulary_without_concepts_lacks_no_language():
    empty = vocabulary_of(triples_of(f"{PREFIXES}:scheme a skos:ConceptScheme .".encode(), "a.ttl"))
    assert list(a_language_is_common(empty)) == []


def test_the_largest_part_is_the_vocabulary_and_the_others_are_told_the_largest_first():
    parts = "".join(
        f":{part}{at} a skos:Concept ; skos:related :{part}{at + 1} . :{part}{at + 1} a skos:Concept .\n"
        for part, size in (("a", 2), ("b", 5), ("c", 3))
        for at in range(size)
    )
    assert told(PREFIXES + parts, "VOC-009") == [("c1", {"number": 4}), ("a1", {"number": 3})]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.rdf", b"", ox.RdfFormat.RDF_XML),
        ("a.owl", b"", ox.RdfFormat.RDF_XML),
        ("a.xml", b"", ox.RdfFormat.RDF_XML),
        ("a.NT", b"", ox.RdfFormat.N_TRIPLES),
        ("a.json", b"", ox.RdfFormat.JSON_LD),
        ("a", b"\xef\xbb\xbf\n<?XML", ox.RdfFormat.RDF_XML),
        ("a", b"<!DOCTYPE", ox.RdfFormat.RDF_XML),
        ("a", b" [", ox.RdfFormat.JSON_LD),
        ("a", b"{", ox.RdfFormat.JSON_LD),
        ("a", b"PREFIX ", ox.RdfFormat.TURTLE),
        ("a", b"# a remark", ox.RdfFormat.TURTLE),
        ("a", b"_:a", ox.RdfFormat.TURTLE),
        ("a", b"dag;antal", None),
    ],
)
def test_a_file_is_known_by_its_name_or_its_beginning(name, data, kind):
    assert format_of(name, data) == kind


def test_what_has_no_address_is_named_as_in_the_file():
    text = b'_:x <http://e.example/p> _:y . << _:x <http://e.example/p> _:y >> <http://e.example/q> "a" .'
    first = next(iter(triples_of(text.split(b" << ")[0], "a.nt")))
    assert [part[:2] for part in (first[0], first[2])] == ["_:", "_:"] and first[0] != first[2]
    assert [rdf_files.resource_of(one) for one in (ox.BlankNode("b"), ox.NamedNode("urn:x:a"))] == ["_:b", "urn:x:a"]


def test_a_fault_is_told_in_short_and_with_its_line_where_that_is_known():
    found = rdf_files._fault(SyntaxError("x" * 300), b"{")
    assert (found.code, found.places) == ("VOC-109", ())
    assert found.params["fault"].sv == f"filen följer inte formatets regler (läsprogrammet säger: {'x' * 200})."
    found = rdf_files._fault(SyntaxError("x" * 300, ("a", 7, 3, "")), b"{")
    assert (found.code, found.params["line"], found.places[0].row) == ("VOC-102", 7, 7)
    assert found.params["fault"].en.endswith(f"(column 3; the parser says: {'x' * 200}).")
    found = rdf_files._fault(SyntaxError("x"), b"\xef\xbb\xbf <a>\n</b>")
    assert (found.code, found.params["line"]) == ("VOC-102", 2)
    assert found.params["fault"].sv.startswith("en sluttagg passar inte till det element som är öppet (kolumn 3; ")
    assert rdf_files._fault(SyntaxError("x"), b"<a/>").params["fault"].en.endswith("(the parser says: x).")
    assert rdf_files._fault(SyntaxError("no remote context here"), b"").code == "VOC-105"


@pytest.mark.parametrize("declared", ["utf-8", "UTF-8", "utf8", "US-ASCII", "ascii"])
def test_what_is_said_to_be_utf_8_is_read_as_it_is(declared):
    data = f'<?xml version="1.0" encoding="{declared}"?><a/>'.encode() + b"\xff"
    assert rdf_files.in_utf_8(data) == data
    assert rdf_files.in_utf_8(b"<a/>\xff") == b"<a/>\xff"


def test_an_encoding_is_declared_in_the_first_two_hundred_bytes():
    ends = '<?xml version="1.0"{} encoding="iso-8859-1"'
    spaces = 200 - len(ends.format(""))
    for more, is_seen in ((0, True), (1, False)):
        data = (ends.format(" " * (spaces + more)) + "?><a>å</a>").encode("latin-1")
        assert (rdf_files.in_utf_8(data) != data) is is_seen


def test_an_encoding_that_nobody_knows_is_told_in_short():
    with pytest.raises(UnreadableVocabularyError) as unreadable:
        rdf_files.in_utf_8(f'<?xml version="1.0" encoding="{"k" * 50}"?><a/>'.encode())
    assert unreadable.value.finding.params["encoding"] == "k" * 40


def entities(length: int, times: int, name: str = "a") -> bytes:
    return f'<!DOCTYPE r [<!ENTITY {name} "{"x" * length}">]><r>{f"&{name};" * times}</r>'.encode()


@pytest.mark.parametrize(
    ("length", "times", "is_refused"),
    [(500, 1, False), (501, 1, True), (500, 20_000, False), (500, 20_001, True), (0, 9, False)],
)
def test_an_entity_may_be_short_and_add_so_much(length, times, is_refused):
    if is_refused:
        with pytest.raises(UnreadableVocabularyError) as unreadable:
            refuse_growing_entities(entities(length, times, "a" * 90))
        assert dict(unreadable.value.finding.params) == {"name": "a" * 80, "most": 500}
    else:
        refuse_growing_entities(entities(length, times))


def test_entities_add_up():
    two = '<!DOCTYPE r [<!ENTITY a "{0}"><!ENTITY b "{0}">]><r>{1}</r>'.format(
        "x" * 500, "&a;" * 10_001 + "&b;" * 10_000
    )
    with pytest.raises(UnreadableVocabularyError):
        refuse_growing_entities(two.encode())


def test_entities_are_looked_at_behind_a_prolog_of_any_length():
    nested = b'<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><r/>'
    for before in (b"<!-- " + b" " * 1_100_000 + b"-->", b"\n" * 1_100_000):
        with pytest.raises(UnreadableVocabularyError):
            refuse_growing_entities(before + nested)


@pytest.mark.parametrize(("letter", "times", "is_refused"), [("å", 500, False), ("å", 501, True)])
def test_an_entity_is_measured_in_letters_and_its_growth_in_bytes(letter, times, is_refused):
    declared = f'<!DOCTYPE r [<!ENTITY a "{letter * times}">]>'.encode()
    if is_refused:
        with pytest.raises(UnreadableVocabularyError):
            refuse_growing_entities(declared)
    else:
        refuse_growing_entities(declared + b"&a;" * 10_000)
        with pytest.raises(UnreadableVocabularyError):
            refuse_growing_entities(declared + b"&a;" * 10_001)


def test_only_the_declaration_of_a_file_loses_its_encoding():
    later = "<!-- <?xml version='1.0' encoding='utf-16'?> å -->"
    data = f"<?xml version='1.0' encoding='iso-8859-1'?>{later}<a/>".encode("latin-1")
    assert rdf_files.in_utf_8(data).decode() == f"<?xml version='1.0'?>{later}<a/>"


def test_a_vocabulary_holds_nothing_before_it_is_filled():
    assert (Vocabulary().triples, Vocabulary().languages, Vocabulary().names) == (0, frozenset(), {})


def test_the_triples_of_a_graph_come_by_subject_then_predicate_then_value():
    told = (("b", "p", "x"), ("a", "q", "x"), ("a", "p", "z"), ("a", "p", "y"), ("c", "a", "x"))
    graph = Graph()
    for triple in told:
        graph.add(tuple(URIRef(f"https://e.example/{part}") for part in triple))
    found = [tuple(part.rpartition("/")[2] for part in triple) for triple in triples_in(graph)]
    assert found == sorted(told)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("\n  <![CDATA[a <b> & c]]>\n ", "\n  a <b> & c\n "),
        ("a<![CDATA[ ]]>b", "a b"),
        ("a <!-- c --> b", "a  b"),
        ("a<?c d?> b", "a b"),
        ("a &amp; <!-- <![CDATA[ --> b", "a &  b"),
        ("<![CDATA[<!-- a -->]]>", "<!-- a -->"),
    ],
)
def test_a_text_of_xml_is_whole_whatever_parts_it(written, text):
    """As another library reads it."""
    data = f"""<?xml version="1.0"?><!-- a --><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://e.example/">
    <rdf:Description rdf:about="https://e.example/1"><e:p>{written}</e:p></rdf:Description></rdf:RDF>""".encode()
    ((_one, _what, value),) = triples_of(data, "a.rdf")
    assert value.text == text
    assert [str(one) for one in Graph().parse(data=data, format="xml").objects()] == [text]
