"""What a concept looks like when it is written: ``concept/2``, and how a ``concept/1`` is read. Pure."""

from enum import StrEnum

from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import Content, ContentSchema, EarlierSchema
from registry.findings import Text
from registry.provenance import Provenance
from termbank.finding_texts.all import FINDINGS


class Origin(StrEnum):
    """Where a wording comes from."""

    OFFICIAL = "official"
    PROPOSAL = "proposal"


def _with_unknown_persons(content: Content) -> Content:
    """``concept/1`` did not say whether persons are counted; nor is it guessed from its words."""
    return {**content, "content_schema": "concept/2", "concerns_persons": None}


_TERMS = shapes.record(
    {"preferred": shapes.ANY_STRING},
    {"synonyms": shapes.list_of(shapes.ANY_STRING), "deprecated": shapes.list_of(shapes.ANY_STRING)},
)
_NOTES = shapes.list_of(shapes.record({}, dict.fromkeys(("sv", "en", "source", "url"), shapes.ANY_STRING)), most=200)
_SLUGS = shapes.list_of(shapes.ANY_STRING, most=200)


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


SCHEMA = ContentSchema(
    "concept/2",
    _shape("concept/2", concerns_persons={"type": ["boolean", "null"]}),
    FINDINGS["TERM-001"],
    Words(
        fields={
            "broader": Text("överordnade begrepp", "broader concepts"),
            "concept": Text("begrepp", "concept"),
            "concerns_persons": Text("rör personer", "concerns persons"),
            "contested": Text("tillämpas olika", "applied differently"),
            "date": Text("datum", "date"),
            "definition": Text("definition", "definition"),
            "deprecated": Text("avrådda termer", "deprecated terms"),
            "notes": Text("anmärkningar", "notes"),
            "origin": Text("ursprung", "origin"),
            "preferred": Text("term", "term"),
            "problems": Text("tolkningsproblem", "interpretation problems"),
            "related": Text("relaterade begrepp", "related concepts"),
            "rendering": Text("återgiven i egna ord", "rendered in our own words"),
            "scheme": Text("begreppssystem", "concept scheme"),
            "status": Text("status i källan", "status in the source"),
            "synonyms": Text("synonymer", "synonyms"),
            "terms": Text("termer", "terms"),
            "verification": Text("hur källan lästes", "how the source was read"),
        },
        rows={
            "notes": (Text("Anmärkning", "Note"), ""),
            "problems": (Text("Tolkningsproblem", "Interpretation problem"), ""),
            "contested": (Text("Tillämpas olika", "Applied differently"), "concept"),
        },
    ),
    earlier=(EarlierSchema("concept/1", _shape("concept/1"), _with_unknown_persons),),
)
"""A concept as it is written."""
