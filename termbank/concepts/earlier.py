"""How concepts were written before ``concept/3``, and what they say in its words. Pure.

A lift needs nothing but the content: it drops what is empty, keeps every order, and never guesses. ``broader`` did not
say whether the relation is generic or partitive, so it becomes *kind unknown*; other concepts and the scheme are named by
their keys, which the register resolves.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from registry.content import shapes
from registry.content.schemas import Content, EarlierSchema
from registry.provenance import Provenance
from termbank.concepts.wordings import plain, without_empty
from termbank.notions import Origin, RelationKind, TermStatus

_TERMS = shapes.record(
    {"preferred": shapes.ANY_STRING},
    {"synonyms": shapes.list_of(shapes.ANY_STRING), "deprecated": shapes.list_of(shapes.ANY_STRING)},
)
_NOTES = shapes.list_of(shapes.record({}, dict.fromkeys(("sv", "en", "source", "url"), shapes.ANY_STRING)), most=200)
_SLUGS = shapes.list_of(shapes.ANY_STRING, most=200)
_LANGUAGES = ("en", "sv")
"""In the order of their tags, which is that of ``concept/3``."""


def _shape(name: str, **added: shapes.Shape) -> shapes.Shape:
    return shapes.record(
        {
            "content_schema": {"const": name},
            "scheme": shapes.ANY_STRING,
            "origin": shapes.one_of(Origin),
            "rendering": shapes.BOOLEAN,
            "terms": shapes.record({"sv": _TERMS}, {"en": shapes.optional(_TERMS)}),
            **added,
        },
        {
            "provenance": shapes.one_of(Provenance),
            "definition": shapes.optional(shapes.TEXT_BEGUN),
            "notes": _NOTES,
            "problems": _NOTES,
            "broader": _SLUGS,
            "related": _SLUGS,
            "contested": shapes.list_of(
                shapes.record({"concept": shapes.ANY_STRING}, dict.fromkeys(("sv", "en", "source"), shapes.ANY_STRING)),
                most=200,
            ),
            "source": shapes.optional(
                shapes.record(
                    {"title": shapes.ANY_STRING},
                    {
                        "url": shapes.ANY_STRING,
                        "date": shapes.ANY_STRING,
                        "status": shapes.TEXT_BEGUN,
                        "verification": shapes.TEXT_BEGUN,
                    },
                )
            ),
        },
    )


def _with_unknown_persons(content: Content) -> Content:
    """``concept/1`` did not say whether persons are counted; nor is it guessed from its words."""
    return {**content, "content_schema": "concept/2", "concerns_persons": None}


def _with_objects(content: Content) -> Content:
    """``concept/2`` had terms by language and role, texts as pairs, and relations as lists of keys."""
    source = content.get("source")
    return {
        "content_schema": "concept/3",
        "origin": content["origin"],
        "rendering": content["rendering"],
        "provenance": content.get("provenance", Provenance.OWN.value),
        **without_empty(
            {
                "scheme": _target(content["scheme"]),
                "terms": list(_terms(content["terms"])),
                "definitions": _texts(content.get("definition") or {}),
                "notes": list(_notes(content.get("notes", ()))),
                "problems": list(_notes(content.get("problems", ()))),
                "relations": list(_relations(content)),
                "sources": [lifted] if source and (lifted := _source(source)) else [],
                "concerns_persons": content["concerns_persons"],
            }
        ),
    }


def _terms(terms: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for language in _LANGUAGES:
        said = terms.get(language) or {}
        for status, values in (
            (TermStatus.PREFERRED, [said.get("preferred") or ""]),
            (TermStatus.ADMITTED, said.get("synonyms", ())),
            (TermStatus.DEPRECATED, said.get("deprecated", ())),
        ):
            for text in dict.fromkeys(map(plain, values)):
                if text:
                    yield {"text": text, "language": language, "status": status.value}


def _texts(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    texts = ((language, plain(said.get(language) or "")) for language in _LANGUAGES)
    return [{"text": text, "language": language} for language, text in texts if text]


def _notes(notes: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for note in notes:
        if texts := _texts(note):
            source, url = (plain(note.get(name) or "") for name in ("source", "url"))
            yield without_empty({"texts": texts, "source": source, "url": url})


def _relations(content: Content) -> Iterable[dict[str, Any]]:
    for name, kind in (("broader", RelationKind.BROADER_UNKNOWN), ("related", RelationKind.ASSOCIATIVE)):
        for key in content.get(name, ()):
            if target := _target(key):
                yield {"kind": kind.value, "target": target}
    for other in content.get("contested", ()):
        if target := _target(other["concept"]):
            yield without_empty(
                {
                    "kind": RelationKind.CONTESTED.value,
                    "target": target,
                    "texts": _texts(other),
                    "source": plain(other.get("source") or ""),
                }
            )


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: plain(source.get(name) or "") for name in ("title", "url", "date")}
    said = {name: _texts(source.get(name) or {}) for name in ("status", "verification")}
    return without_empty({**named, **said})


def _target(key: str) -> dict[str, str] | None:
    return {"key": named} if (named := plain(key)) else None


EARLIER = (
    EarlierSchema("concept/1", _shape("concept/1"), _with_unknown_persons),
    EarlierSchema("concept/2", _shape("concept/2", concerns_persons={"type": ["boolean", "null"]}), _with_objects),
)
"""Oldest first."""
