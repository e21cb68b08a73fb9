"""What a concept looks like when it is written: ``concept/3``. Pure; ADR 32 says what is hashed and why."""

from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import ContentSchema
from registry.findings import Text
from registry.provenance import Provenance
from termbank.concepts.earlier import EARLIER
from termbank.finding_texts.all import FINDINGS
from termbank.notions import Origin, RelationKind, TermStatus

MOST_TERMS = 500
MOST_STATEMENTS = 200
LANGUAGE = {"type": "string", "pattern": shapes.LANGUAGE_TAG, "maxLength": 80}
TEXTS = shapes.list_of(shapes.record({"text": shapes.STRING}, {"language": LANGUAGE}), least=1, most=100)
TARGET = {
    **shapes.record({}, {"item": {"type": "string", "pattern": shapes.ITEM_ID}, "key": shapes.STRING, "iri": shapes.STRING}),
    "minProperties": 1,
    "maxProperties": 1,
}  # fmt: skip
"""An item here, by its id; its key, which becomes the id before anything is kept; or a concept elsewhere, by its IRI."""
_OF_ITEM = {**TARGET, "properties": {name: TARGET["properties"][name] for name in ("item", "key")}}
_NOTES = shapes.list_of(
    shapes.record({"texts": TEXTS}, {"source": shapes.STRING, "url": shapes.STRING}), least=1, most=200
)
_TERM = shapes.record(
    {"text": shapes.STRING, "status": shapes.one_of(TermStatus)},
    {
        "language": LANGUAGE,
        "source": shapes.STRING,
        "grammar": shapes.STRING,
        "abbreviation": {"const": True},
        "homograph": {"type": "integer", "minimum": 1},
    },
)
_DEFINITION = shapes.record(
    {"text": shapes.STRING},
    {
        "language": LANGUAGE,
        "source": shapes.STRING,
        "url": shapes.STRING,
        "links": shapes.list_of(shapes.record({"words": shapes.STRING, "target": _OF_ITEM}), least=1, most=200),
    },
)
_SOURCE = shapes.record(
    {},
    {
        **dict.fromkeys(("title", "url", "date"), shapes.STRING),
        "language": LANGUAGE,
        "status": TEXTS,
        "verification": TEXTS,
    },
)
_RELATION = shapes.record(
    {"kind": shapes.one_of(RelationKind), "target": TARGET},
    {"label": TEXTS, "texts": TEXTS, "source": shapes.STRING},
)
_FOREIGN = shapes.record(
    {"iri": shapes.STRING},
    {"statements": shapes.list_of({**shapes.STRING, "pattern": shapes.N_TRIPLES_LINE}, least=1, most=MOST_STATEMENTS)},
)

SCHEMA = ContentSchema(
    "concept/3",
    shapes.record(
        {
            "content_schema": {"const": "concept/3"},
            "origin": shapes.one_of(Origin),
            "rendering": shapes.BOOLEAN,
            "provenance": shapes.one_of(Provenance),
        },
        {
            "item": {"type": "string", "pattern": shapes.ITEM_ID},
            "scheme": _OF_ITEM,
            "terms": shapes.list_of(_TERM, least=1, most=MOST_TERMS),
            "definitions": shapes.list_of(_DEFINITION, least=1, most=100),
            "notes": _NOTES,
            "examples": _NOTES,
            "problems": _NOTES,
            "sources": shapes.list_of(_SOURCE, least=1, most=100),
            "subject_field": TEXTS,
            "notations": shapes.list_of(
                shapes.record({"text": shapes.STRING}, {"datatype": shapes.STRING}), least=1, most=100
            ),
            "relations": shapes.list_of(_RELATION, least=1, most=1_000),
            "concerns_persons": shapes.BOOLEAN,
            "foreign": _FOREIGN,
        },
    ),
    FINDINGS["TERM-001"],
    Words(
        fields={
            "abbreviation": Text("förkortning", "abbreviation"),
            "broader": Text("överordnade begrepp", "broader concepts"),
            "concept": Text("begrepp", "concept"),
            "concerns_persons": Text("rör personer", "concerns persons"),
            "contested": Text("tillämpas olika", "applied differently"),
            "date": Text("datum", "date"),
            "definition": Text("definition", "definition"),
            "definitions": Text("definitioner", "definitions"),
            "deprecated": Text("avrådda termer", "deprecated terms"),
            "examples": Text("exempel", "examples"),
            "foreign": Text("uppgifter från annat håll", "foreign statements"),
            "grammar": Text("grammatik", "grammar"),
            "homograph": Text("homografnummer", "homograph number"),
            "iri": Text("IRI", "IRI"),
            "item": Text("id", "id"),
            "kind": Text("slag", "kind"),
            "label": Text("etikett", "label"),
            "language": Text("språk", "language"),
            "links": Text("valda betydelser", "chosen senses"),
            "notations": Text("notationer", "notations"),
            "notes": Text("anmärkningar", "notes"),
            "origin": Text("ursprung", "origin"),
            "preferred": Text("term", "term"),
            "problems": Text("tolkningsproblem", "interpretation problems"),
            "related": Text("relaterade begrepp", "related concepts"),
            "relations": Text("relationer", "relations"),
            "rendering": Text("återgiven i egna ord", "rendered in our own words"),
            "scheme": Text("begreppssystem", "concept scheme"),
            "sources": Text("källor", "sources"),
            "statements": Text("utsagor", "statements"),
            "status": Text("status", "status"),
            "subject_field": Text("ämnesområde", "subject field"),
            "synonyms": Text("synonymer", "synonyms"),
            "target": Text("begrepp", "concept"),
            "terms": Text("termer", "terms"),
            "texts": Text("texter", "texts"),
            "verification": Text("hur källan lästes", "how the source was read"),
            "words": Text("ord", "words"),
        },
        rows={
            "contested": (Text("Tillämpas olika", "Applied differently"), "concept"),
            "definitions": (Text("Definition", "Definition"), "language"),
            "examples": (Text("Exempel", "Example"), ""),
            "notes": (Text("Anmärkning", "Note"), ""),
            "problems": (Text("Tolkningsproblem", "Interpretation problem"), ""),
            "relations": (Text("Relation", "Relation"), "kind"),
            "sources": (Text("Källa", "Source"), "title"),
            "terms": (Text("Term", "Term"), "text"),
        },
    ),
    earlier=EARLIER,
)
"""A concept as it is written. An empty field is left out, so that one meaning has one form."""
