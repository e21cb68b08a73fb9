"""How definitions are written: each piece of advice, given and not given."""

from dataclasses import replace

import pytest

from registry.findings import Severity, Text
from termbank.concepts import Terms
from termbank.wording import CHECKS, check
from tests.factories.concepts import concept

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


def defined(sv, en="hospital bed that a principal has decided on", **parts):
    return replace(GOOD, definition=Text(sv, en), **parts)


def test_a_good_definition_gets_no_remark():
    assert codes(GOOD) == []


def test_no_definition_is_said_and_stops_nothing():
    found = check("x", replace(GOOD, definition=None), OTHERS)
    assert [(finding.code, finding.severity) for finding in found] == [("WORD-01", Severity.INFO)]


@pytest.mark.parametrize("text", ["vårdplats som är en fastställd vårdplats", "fastställda vårdplatser hos huvudman"])
def test_the_own_term_in_any_form_stops_the_definition(text):
    found = check("x", defined(text), OTHERS)
    assert ("WORD-02", Severity.ERROR) in [(finding.code, finding.severity) for finding in found]


def test_the_own_synonym_counts_as_the_own_term():
    synonym = replace(GOOD, terms={"sv": Terms("fastställd vårdplats", ("budgetplats",)), "en": GOOD.terms["en"]})
    assert "WORD-02" in codes(replace(synonym, definition=Text("vårdplats, också kallad budgetplats", "hospital bed")))


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
    assert "WORD-04" in codes(defined(text))


def test_english_articles_are_english_ones():
    assert "WORD-04" in codes(defined(GOOD.definition.sv, "a hospital bed that is decided on"))
    assert "WORD-04" not in codes(defined(GOOD.definition.sv, "en hospital bed"))


@pytest.mark.parametrize("text", ["Vårdplats som beslutats", "vårdplats som beslutats.", "vårdplats. Den är beslutad"])
def test_more_than_a_phrase_is_remarked_on(text):
    assert "WORD-05" in codes(defined(text))


def test_an_abbreviation_first_is_no_capital_letter():
    assert "WORD-05" not in codes(defined("MVO där vårdplats finns"))


def test_a_long_definition_is_remarked_on():
    assert "WORD-06" in codes(defined("vårdplats " + "som beslutats " * 20))
    assert "WORD-06" not in codes(defined("vårdplats " + "som beslutats " * 19))


def test_a_definition_that_says_what_it_is_not_is_remarked_on():
    assert "WORD-07" in codes(defined("inte disponibel plats"))
    assert "WORD-07" not in codes(defined("vårdplats som huvudman ännu inte har stängt"))


def test_a_definition_that_begins_elsewhere_than_the_broader_concept_is_said():
    assert "WORD-08" in codes(defined("beslut om antal"))
    assert "WORD-08" not in codes(defined("beslut om antal", broader=()))


def test_a_missing_english_term_is_remarked_on():
    assert "WORD-09" in codes(replace(GOOD, terms={"sv": GOOD.terms["sv"], "en": Terms("")}))


def test_a_deprecated_term_in_a_definition_is_remarked_on():
    found = [
        finding for finding in check("x", defined("vårdplats i lasarettsvård"), OTHERS) if finding.code == "WORD-10"
    ]
    assert [finding.params["preferred"] for finding in found] == ["sluten vård"]


def test_every_check_cites_its_clause():
    assert len({one.code for one in CHECKS}) == len(CHECKS) == 10
    assert all(one.citation.startswith("ISO 704:2009") and one.run.__doc__ for one in CHECKS)
