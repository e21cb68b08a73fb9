"""Each integrity condition: a scheme that keeps it, and one that breaks it."""

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from registry.findings import Severity
from termbank.integrity import CHECKS, check

SOUND = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.se/> .
:scheme a skos:ConceptScheme ; skos:hasTopConcept :bed .
:bed a skos:Concept ; skos:inScheme :scheme ; skos:topConceptOf :scheme ; skos:prefLabel "vårdplats"@sv, "bed"@en ; skos:altLabel "säng"@sv ; skos:narrower :available .
:available a skos:Concept ; skos:inScheme :scheme ; skos:prefLabel "disponibel vårdplats"@sv ; skos:broader :bed ; skos:related :crowding .
:crowding a skos:Concept ; skos:inScheme :scheme ; skos:topConceptOf :scheme ; skos:prefLabel "överbeläggning"@sv ; skos:related :available .
"""
BROKEN = {
    "SKOS-S9": ':scheme a skos:Concept ; skos:prefLabel "systemet"@sv ; skos:topConceptOf :scheme .',
    "SKOS-S13": ':bed skos:hiddenLabel "säng"@sv .',
    "SKOS-S14": ':bed skos:prefLabel "plats"@sv .',
    "SKOS-S27": ":available skos:related :bed .",
    "SKOS-CYCLE": ":bed skos:broader :available .",
    "SKOS-DANGLING": ":available skos:related :elsewhere .",
    "SKOS-HOMONYM": ':other a skos:Concept ; skos:prefLabel "Vårdplats"@sv ; skos:topConceptOf :scheme .',
    "SKOS-UNLABELLED": ':nameless a skos:Concept ; skos:prefLabel "only English"@en ; skos:topConceptOf :scheme .',
    "SKOS-TOP": ":available skos:topConceptOf :scheme .",
}


def scheme(*more: str) -> Graph:
    return Graph().parse(data="\n".join((SOUND, *more)), format="turtle")


def test_a_sound_scheme_passes_every_check():
    assert check(scheme()) == []


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_condition_is_found_under_its_own_code(code):
    assert code in {finding.code for finding in check(scheme(BROKEN[code]))}


def test_every_check_has_a_broken_example_and_cites_its_condition():
    assert {one.code for one in CHECKS} == set(BROKEN)
    for one in CHECKS:
        assert one.citation
        assert one.run.__doc__


def test_the_same_word_in_two_languages_is_no_clash():
    assert check(scheme(':bed skos:altLabel "vårdplats"@en .')) == []


def test_related_to_a_concept_two_levels_up_is_found():
    deeper = ':technical a skos:Concept ; skos:prefLabel "teknisk"@sv ; skos:broader :available ; skos:related :bed .'
    found = check(scheme(deeper))
    assert [(finding.code, finding.params["concept"], finding.params["other"]) for finding in found] == [
        ("SKOS-S27", "teknisk", "vårdplats")
    ]


def test_narrower_read_backwards_makes_a_cycle_too():
    assert "SKOS-CYCLE" in {finding.code for finding in check(scheme(":available skos:narrower :bed ."))}


def test_a_cycle_does_not_hang_the_checks():
    many = Graph()
    nodes = [URIRef(f"https://example.se/{number}") for number in range(200)]
    for node, above in zip(nodes, [*nodes[1:], nodes[0]], strict=True):
        many.add((node, RDF.type, SKOS.Concept))
        many.add((node, SKOS.prefLabel, Literal(str(node), "sv")))
        many.add((node, SKOS.broader, above))
    assert sum(finding.code == "SKOS-CYCLE" for finding in check(many)) == 200


def test_only_what_makes_the_scheme_wrong_is_an_error():
    severities = {
        code: next(f for f in check(scheme(text)) if f.code == code).severity for code, text in BROKEN.items()
    }
    assert severities["SKOS-HOMONYM"] is Severity.WARNING
    assert severities["SKOS-S27"] is Severity.ERROR


def test_the_checks_only_find_and_never_mend():
    triples = scheme(*BROKEN.values())
    before = set(triples)
    check(triples)
    assert set(triples) == before
