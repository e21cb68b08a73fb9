"""How definitions are written: each piece of advice, given and not given."""

from dataclasses import replace

import pytest

from registry.findings import Severity
from termbank.concepts.concept import Link, Target
from termbank.definitions.wording import CHECKS, check
from tests.factories.concepts import concept, defined, worded

OTHERS = {
    "vardplats": concept(
        "vårdplats", "hospital bed", definition="plats på vårdenhet", definition_en="place in a care unit"
    ),
    "vardenhet": concept(
        "vårdenhet", "care unit", definition="enhet som ger vård", definition_en="unit that gives care"
    ),
    "slutenvard": concept("sluten vård", "in-patient care", deprecated=["lasarettsvård"]),
}
GOOD = concept(
    "fastställd vårdplats",
    "established bed",
    definition="vårdplats som huvudman beslutat om",
    definition_en="hospital bed that a principal has decided on",
    broader=("vardplats",),
)


def codes(one, others=OTHERS):
    return [finding.code for finding in check("faststalld-vardplats", one, others)]


def wording(sv, en="hospital bed that a principal has decided on", **parts):
    return replace(GOOD, definitions=defined(sv, en), **parts)


def test_a_good_definition_gets_no_remark():
    assert codes(GOOD) == []


def test_no_definition_is_said_and_stops_nothing():
    found = check("x", replace(GOOD, definitions=()), OTHERS)
    assert [(finding.code, finding.severity) for finding in found] == [("WORD-01", Severity.INFO)]


@pytest.mark.parametrize("text", ["vårdplats som är en fastställd vårdplats", "fastställda vårdplatser hos huvudman"])
def test_the_own_term_in_any_form_stops_the_definition(text):
    found = check("x", wording(text), OTHERS)
    assert ("WORD-02", Severity.ERROR) in [(finding.code, finding.severity) for finding in found]


def test_the_own_synonym_counts_as_the_own_term():
    synonym = concept("fastställd vårdplats", "established bed", synonyms=["budgetplats"])
    text = defined("vårdplats, också kallad budgetplats", "hospital bed")
    assert "WORD-02" in codes(replace(synonym, definitions=text))


def test_two_definitions_that_need_each_other_are_found_with_the_way_round():
    others = {
        **OTHERS,
        "vardplats": concept(
            "vårdplats", "hospital bed", definition="plats som inte är fastställd vårdplats", definition_en="a place"
        ),
    }
    found = [finding for finding in check("faststalld-vardplats", GOOD, others) if finding.code == "WORD-03"]
    assert [finding.params["circle"] for finding in found] == [
        "fastställd vårdplats → vårdplats → fastställd vårdplats"
    ]


def test_a_circle_that_does_not_pass_through_the_concept_is_not_its_fault():
    others = {
        "vardplats": concept("vårdplats", "hospital bed", definition="plats på vårdenhet", definition_en="place"),
        "vardenhet": concept("vårdenhet", "care unit", definition="enhet med vårdplats", definition_en="unit"),
    }
    assert "WORD-03" not in codes(GOOD, others)


@pytest.mark.parametrize("text", ["en vårdplats som huvudman beslutat", "Den vårdplats som huvudman beslutat"])
def test_an_article_first_is_remarked_on(text):
    assert "WORD-04" in codes(wording(text))


def test_english_articles_are_english_ones():
    assert "WORD-04" in codes(wording(GOOD.definition.sv, "a hospital bed that is decided on"))
    assert "WORD-04" not in codes(wording(GOOD.definition.sv, "en hospital bed"))


@pytest.mark.parametrize("text", ["Vårdplats som beslutats", "vårdplats som beslutats.", "vårdplats. Den är beslutad"])
def test_more_than_a_phrase_is_remarked_on(text):
    assert "WORD-05" in codes(wording(text))


def test_an_abbreviation_first_is_no_capital_letter():
    assert "WORD-05" not in codes(wording("MVO där vårdplats finns"))


def test_a_long_definition_is_remarked_on():
    assert "WORD-06" in codes(wording("vårdplats " + "som beslutats " * 20))
    assert "WORD-06" not in codes(wording("vårdplats " + "som beslutats " * 19))


def test_a_definition_that_says_what_it_is_not_is_remarked_on():
    assert "WORD-07" in codes(wording("inte disponibel plats"))
    assert "WORD-07" not in codes(wording("vårdplats som huvudman ännu inte har stängt"))


def test_a_definition_that_begins_elsewhere_than_the_broader_concept_is_said():
    assert "WORD-08" in codes(wording("beslut om antal"))
    assert "WORD-08" not in codes(wording("beslut om antal", relations=()))


def test_a_missing_english_term_is_remarked_on():
    assert "WORD-09" in codes(replace(GOOD, terms=worded("fastställd vårdplats", "sv")))


def test_a_deprecated_term_in_a_definition_is_remarked_on():
    found = [
        finding for finding in check("x", wording("vårdplats i lasarettsvård"), OTHERS) if finding.code == "WORD-10"
    ]
    assert [finding.params["preferred"] for finding in found] == ["sluten vård"]


def test_every_check_cites_its_clause():
    assert len({one.code for one in CHECKS}) == len(CHECKS) == 13
    assert all(one.citation.startswith("ISO 704:2009") and one.run.__doc__ for one in CHECKS)


TWO_ROWS = {"41": concept("rad", "row"), "42": concept("rad", "line"), **OTHERS}


def test_a_word_with_two_senses_is_remarked_on_until_one_is_chosen():
    place = concept("plats", "place", definition="vårdplats i en rad", definition_en="hospital bed in a row")
    found = [one for one in check("plats", place, TWO_ROWS) if one.code == "WORD-11"]
    assert [(one.params["words"], one.params["number"]) for one in found] == [("rad", 2)]
    chosen = replace(
        place,
        definitions=tuple(replace(one, links=(Link("rad", Target(key="42")),)) for one in place.definitions),
    )
    assert "WORD-11" not in [one.code for one in check("plats", chosen, TWO_ROWS)]


@pytest.mark.parametrize("text", ["se sluten vård", "jfr: vårdplats", "→ vårdplats"])
def test_a_reference_is_no_definition(text):
    assert "WORD-12" in codes(wording(text))
    assert "WORD-12" not in codes(wording("vårdplats som man ser"))


@pytest.mark.parametrize("text", ["inom tandvård: plats", "<om psykiatri> plats"])
def test_a_domain_first_belongs_in_the_subject_field(text):
    assert "WORD-13" in codes(wording(text))
    assert "WORD-13" not in codes(wording("plats inom tandvård"))
