"""Files that break the rules of their format: what, where, and in whose language."""

import pytest

from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.rdf_files import UnreadableVocabularyError, triples_of

TURTLE = b"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
RDF_XML = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="http://a.example/1"><skos:prefLabel>ett</skos:prefLabel></skos:Concept>
<skos:Concept rdf:about="http://a.example/2"><skos:prefLabel>tv\xc3\xa5</skos:prefLabel></skos:Concept>
</rdf:RDF>
"""


def fault(data, name):
    with pytest.raises(UnreadableVocabularyError) as raised:
        list(triples_of(data, name))
    return raised.value.finding


@pytest.mark.parametrize("name, data, line, said", [
    ("a.ttl", TURTLE + b"<http://a.example/1> skos:prefLabel \"a", 2, "filen tar slut mitt i"),
    ("a.ttl", TURTLE + b"<http://a.example/1> sko:prefLabel \"a\" .", 2, "ett prefix används som filen inte säger vad det står för"),
    ("a.ttl", TURTLE + b"<http://a.example/1> skos:prefLabel \"\xe5\" .", 2, "ett tecken är inte UTF-8"),
    ("a.nt", b"<http://a.example/1> <http://a.example/p> \"x\"", 1, "punkten efter en utsaga saknas"),
    ("a.rdf", RDF_XML.replace(b"ett<", b"a & b<"), 2, "ett tecken får inte stå där"),
    ("a.rdf", RDF_XML.replace(b"ett<", b"a&nbsp;b<"), 2, "en entitet (&…;) används som filen inte förklarar"),
    ("a.rdf", RDF_XML.replace(b"</rdf:RDF>", b"<dct:title/></rdf:RDF>"), 4, "ett prefix används"),
    ("a.jsonld", b"{\"@id\": \"http://a.example/1\",\n \"@type\": \"http://a.example/T\",}", 2, "ett kommatecken står fel"),
    ("a.jsonld", b"{\"@graph\": [\n{\"@id\": \"http://a.example/1\"}", 2, "filen tar slut mitt i"),
])  # fmt: skip
def test_a_fault_is_said_in_the_language_of_the_reader_with_line_and_column(name, data, line, said):
    found = fault(data, name)
    assert found.places[0].row == line
    body = FINDINGS.read(found, "sv").body
    assert body.startswith(f"Felet är på rad {line}: {said}") and "kolumn " in body and "läsprogrammet säger: " in body


def test_a_fault_without_a_line_is_said_in_the_language_of_the_reader_too():
    found = fault(b'{"@id": 5}', "a.jsonld")
    assert found.places == ()
    assert "ett nyckelord i JSON-LD har ett värde som det inte kan ha" in FINDINGS.read(found, "sv").body


def test_wherever_rdf_xml_is_cut_off_it_is_refused():
    first, whole = RDF_XML.index(b"<skos:Concept"), len(RDF_XML.rstrip())
    for end in range(first, whole):
        assert fault(RDF_XML[:end], "a.rdf").code == "VOC-102"
    assert len(list(triples_of(RDF_XML[:whole], "a.rdf"))) == 4
