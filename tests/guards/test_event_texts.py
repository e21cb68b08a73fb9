"""Guards over the event log: every type of event that the code records has a sentence in both languages."""

import ast
import re

import wsgi
from registry.plugin import House
from tests.guards.programs import modules

PACKAGES = ("registry", "termbank", "information_models", "submission_portal")
NOT_EVENTS = {
    "AnswersFormFor": "the name of a class",
    "ApplicationFormFor": "the beginning of a class's name",
    "CaseFormFor": "the name of a class",
    "ApplicationStatement": "a class of the vocabulary",
    "CodeSystem": "a resource of FHIR",
    "ConceptMap": "a resource of FHIR",
    "ConceptScheme": "a class of SKOS",
    "ConceptVersion": "a class of the vocabulary",
    "DatasetClause": "a part of a question, as rdflib calls it",
    "EncryptedPackage": "a stream of Office files that are locked by a password",
    "OpenDocument": "a kind of file",
    "OrderedCollection": "a class of SKOS",
    "RateLimit": "a header",
    "StandingDisclosureFormOfModel": "the name of a class",
    "ServiceGraphPattern": "a part of a question, as rdflib calls it",
    "ValueSet": "a resource of FHIR",
}


def _names_that_look_like_events() -> set[str]:
    """Every text in the code that is two or more words run together, but for those that name something defined there."""
    texts: set[str] = set()
    defined: set[str] = set()
    for place, tree in modules(*PACKAGES).items():
        if place.endswith("event_texts.py"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.ClassDef):
                defined.add(node.name)
    return {text for text in texts if re.fullmatch(r"([A-Z][a-z]+){2,}", text)} - defined - set(NOT_EVENTS)


def test_every_event_that_the_code_records_has_a_sentence_and_no_sentence_is_left_over():
    texts = House(wsgi.PLUGINS).event_texts
    assert set(texts) ^ _names_that_look_like_events() == set()


def test_the_sentences_are_whole_and_differ_between_the_languages():
    for name, text in House(wsgi.PLUGINS).event_texts.items():
        assert text.sv.endswith(".") and text.en.endswith("."), name
        assert text.sv != text.en, name
