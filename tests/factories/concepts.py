"""Concepts and statements to test with, in as few words as possible."""

from dataclasses import replace
from datetime import date
from typing import Any

from registry.findings import Text
from registry.provenance import Provenance
from termbank.applications.statement import Answer, Answered, Application, Decision
from termbank.concepts.concept import Concept, Definition, Note, Relation, Source, Target, Term
from termbank.concepts.wordings import text_of, wordings_of
from termbank.notions import Origin, RelationKind, TermStatus

SOURCE = Source(
    "A source",
    "https://example.se/",
    "2012",
    wordings_of(Text("Rekommenderad", "Recommended")),
    wordings_of(Text("Läst", "Read")),
)


def concept(sv, en="", *, definition=None, definition_en=None, **parts) -> Concept:
    """A concept called ``sv``; ``definition`` is Swedish, and stands in for the English.

    Other concepts are named by key: ``broader``, ``related`` and ``contested`` (pairs of a key and a text).
    """
    parts.setdefault("scheme", "vardplatser")
    parts.setdefault("origin", Origin.OFFICIAL)
    parts.setdefault("rendering", bool(definition))
    parts.setdefault("provenance", Provenance.REPRODUCED)
    source = parts.pop("source", SOURCE)
    synonyms, deprecated = parts.pop("synonyms", ()), parts.pop("deprecated", ())
    terms = parts.pop("terms", None) or (
        *worded(en or f"{sv} in English", "en"),
        *worded(sv, "sv"),
        *(Term(text, "sv", TermStatus.ADMITTED) for text in synonyms if text),
        *(Term(text, "sv", TermStatus.DEPRECATED) for text in deprecated if text),
    )
    return Concept(
        scheme=Target(key=parts.pop("scheme")),
        terms=terms,
        definitions=defined(definition, definition_en or definition),
        relations=related(**{name: parts.pop(name, ()) for name in ("broader", "related", "contested")}),
        sources=(source,) if source else (),
        **parts,
    )


def in_own_words(one: Concept, **parts) -> Concept:
    """A published concept with other words: the writer's own, which its source does not vouch for."""
    return replace(one, origin=Origin.PROPOSAL, rendering=False, sources=(), **parts)


def worded(text, language) -> tuple[Term, ...]:
    return (Term(text, language),) if text else ()


def defined(sv, en=None) -> tuple[Definition, ...]:
    """Definitions in both languages, in the order of their tags."""
    return tuple(Definition(text, tag) for tag, text in (("en", en), ("sv", sv)) if text)


def related(*, broader=(), related=(), contested=()) -> tuple[Relation, ...]:
    """Relations to concepts by key, of the kinds that an older content had."""
    return (
        *(Relation(RelationKind.BROADER_UNKNOWN, Target(key=key)) for key in broader),
        *(Relation(RelationKind.ASSOCIATIVE, Target(key=key)) for key in related),
        *contested,
    )


def contested(key, text, source="") -> Relation:
    return Relation(RelationKind.CONTESTED, Target(key=key), texts=wordings_of(text), source=source)


def note(sv, en="", source="", url="") -> Note:
    return Note(wordings_of(Text(sv, en or sv)), source, url)


def older(concept: Concept, name: str = "concept/2") -> dict[str, Any]:
    """A concept as it was written before ``concept/3``, as far as that could say it."""

    def said(texts):
        return text_of(texts).as_dict()

    source = concept.source
    content = {
        "content_schema": name,
        "scheme": concept.scheme.key,
        "origin": concept.origin.value,
        "rendering": concept.rendering,
        "provenance": concept.provenance.value,
        "concerns_persons": concept.concerns_persons,
        "terms": {
            language: {
                "preferred": concept.preferred(language),
                "synonyms": list(concept.labels(language, TermStatus.ADMITTED)),
                "deprecated": list(concept.labels(language, TermStatus.DEPRECATED)),
            }
            for language in ("sv", "en")
        },
        "definition": said(concept.definitions) if concept.definitions else None,
        "notes": [{**one.text.as_dict(), "source": one.source, "url": one.url} for one in concept.notes],
        "problems": [{**one.text.as_dict(), "source": one.source, "url": one.url} for one in concept.problems],
        "broader": list(concept.broader),
        "related": list(concept.related),
        "contested": [{"concept": one.key, **one.text.as_dict(), "source": one.source} for one in concept.contested],
        "source": {
            "title": source.title,
            "url": source.url,
            "date": source.date,
            "status": said(source.status),
            "verification": said(source.verification),
        }
        if source
        else None,
    }
    if name == "concept/1":
        del content["concerns_persons"]
    return content


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
