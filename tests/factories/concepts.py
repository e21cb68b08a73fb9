"""Concepts and statements to test with, in as few words as possible."""

from datetime import date

from registry.findings import Text
from registry.provenance import Provenance
from termbank.applications import Answer, Answered, Application, Decision
from termbank.concept_schema import Origin
from termbank.concepts import Concept, Note, Source, Terms

SOURCE = Source("A source", "https://example.se/", "2012", Text("Rekommenderad", "Recommended"), Text("Läst", "Read"))


def concept(sv, en="", *, definition=None, definition_en=None, **parts) -> Concept:
    """A concept called ``sv``; ``definition`` is Swedish, and stands in for the English."""
    parts.setdefault("scheme", "vardplatser")
    parts.setdefault("origin", Origin.OFFICIAL)
    parts.setdefault("rendering", bool(definition))
    parts.setdefault("provenance", Provenance.REPRODUCED)
    parts.setdefault("source", SOURCE)
    synonyms, deprecated = parts.pop("synonyms", ()), parts.pop("deprecated", ())
    text = Text(definition, definition_en or definition) if definition else None
    return Concept(
        terms={"sv": Terms(sv, tuple(synonyms), tuple(deprecated)), "en": Terms(en or f"{sv} in English")},
        definition=text,
        **parts,
    )


def note(sv, en="", source="", url="") -> Note:
    return Note(Text(sv, en or sv), source, url)


def statement(
    answers, *, region="25", first=None, last=None, concept="faststalld-vardplats", wording="a" * 64
) -> Application:
    """A statement whose ``answers`` are {question: answer} or {question: (answer, words)}."""
    given = []
    for question, answer in answers.items():
        value, text = answer if isinstance(answer, tuple) else (answer, "")
        given.append(Answered(question, Answer(value), Text(text, text)))
    return Application(
        concept=concept,
        concept_version=wording,
        term=Text("fastställd vårdplats", "established bed"),
        region=region,
        valid_from=date.fromisoformat(first) if first else None,
        valid_to=date.fromisoformat(last) if last else None,
        answers=tuple(given),
        decision=Decision(
            Text("Regionfullmäktige", "Regional assembly"), None, "3754-2017", "https://example.se/beslut"
        ),
        provenance=Provenance.MADE_UP,
    )


ALL_YES = {"technical-beds-counted": "yes", "must-be-available": "yes", "decided-by-assembly": "yes"}
