"""A concept: what is meant, in words. The canonical content ``concept/2``, its reading and its outline.

A concept has terms in Swedish and English, a definition (or none, when none has been seen), notes, known problems of
interpretation, and relations to other concepts of its scheme. Concepts name each other by slug, which never changes;
which version of another concept a text rested on is said by the version that rests on it.

An official wording enters as a rendering in the registry's own words and says so (``rendering``); what somebody wants
instead is another version whose ``origin`` is a proposal.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.findings import Finding, Place, Text
from registry.items.outlines import Mention, OutlineRow
from registry.provenance import Provenance
from registry.swedish import words
from termbank.concept_schema import SCHEMA, Origin
from termbank.finding_texts.all import FINDINGS

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
SLUG_LENGTH = 80
TERM_LENGTH = 120
TEXT_LENGTH = 2_000
LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the concept is called in one language."""

    preferred: str
    synonyms: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        return tuple(term for term in (self.preferred, *self.synonyms, *self.deprecated) if term)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, or a known problem of interpretation, with where it was read (``source``, ``url`` may be empty)."""

    text: Text
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Contested:
    """A relation that is applied differently in different places: counted in here, and out there."""

    concept: str
    text: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a wording was read. ``date`` is what the source says of itself (``2004``, ``2024-03``), or empty."""

    title: str
    url: str
    date: str
    status: Text
    verification: Text


@dataclass(frozen=True, slots=True)
class Concept:
    """One version of a concept, read from its content."""

    scheme: str
    origin: Origin
    rendering: bool
    provenance: Provenance
    terms: Mapping[str, Terms]
    definition: Text | None
    notes: tuple[Note, ...] = ()
    problems: tuple[Note, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    contested: tuple[Contested, ...] = ()
    source: Source | None = None
    concerns_persons: bool | None = None
    """Whether what is counted under the concept are persons; ``None`` where nobody has said."""

    @property
    def title(self) -> Text:
        """The preferred terms; the Swedish one stands in where there is no English."""
        swedish = self.terms["sv"].preferred
        return Text(swedish, self.terms["en"].preferred or swedish)

    def as_content(self) -> dict[str, Any]:
        """The canonical content; ``read(concept.as_content())`` gives the same concept back."""
        return {
            "content_schema": SCHEMA.name,
            "scheme": self.scheme,
            "origin": self.origin.value,
            "rendering": self.rendering,
            "provenance": self.provenance.value,
            "terms": {
                language: {
                    "preferred": terms.preferred,
                    "synonyms": list(terms.synonyms),
                    "deprecated": list(terms.deprecated),
                }
                for language, terms in self.terms.items()
            },
            "definition": self.definition.as_dict() if self.definition else None,
            "notes": [_note(note) for note in self.notes],
            "problems": [_note(note) for note in self.problems],
            "broader": list(self.broader),
            "related": list(self.related),
            "contested": [
                {"concept": other.concept, **other.text.as_dict(), "source": other.source} for other in self.contested
            ],
            "source": {
                "title": self.source.title,
                "url": self.source.url,
                "date": self.source.date,
                "status": self.source.status.as_dict(),
                "verification": self.source.verification.as_dict(),
            }
            if self.source
            else None,
            "concerns_persons": self.concerns_persons,
        }


def parse(content: Any) -> tuple[Concept | None, tuple[Finding, ...]]:
    """Content from outside as a concept, with everything that has to be mended.

    The concept is ``None`` only where the content does not fit its schema; otherwise what could be read is there
    together with the findings, so that a form can show both.
    """
    if faults := SCHEMA.faults(content):
        return None, faults
    concept = read(content)
    return concept, tuple(_findings(concept))


def read(content: Mapping[str, Any]) -> Concept:
    """Content that was kept, in whichever schema. Raises ``KeyError`` or ``ValueError`` where it is no concept."""
    content = SCHEMA.lift(content)
    terms = content["terms"]
    definition = content.get("definition")
    source = content.get("source")
    return Concept(
        scheme=_text(content["scheme"]),
        origin=Origin(content["origin"]),
        rendering=bool(content["rendering"]),
        provenance=Provenance(content.get("provenance", Provenance.OWN)),
        terms={language: _read_terms(terms.get(language) or {"preferred": ""}) for language in LANGUAGES},
        definition=_read_text(definition) if definition else None,
        notes=tuple(_read_note(note) for note in content.get("notes", ())),
        problems=tuple(_read_note(note) for note in content.get("problems", ())),
        broader=tuple(_text(slug) for slug in content.get("broader", ())),
        related=tuple(_text(slug) for slug in content.get("related", ())),
        contested=tuple(
            Contested(_text(other["concept"]), _read_text(other), _text(other.get("source") or ""))
            for other in content.get("contested", ())
        ),
        source=_read_source(source) if source else None,
        concerns_persons=content["concerns_persons"],
    )


def title(content: Mapping[str, Any]) -> Text:
    """The preferred terms of kept content."""
    return read(content).title


def outline(content: Mapping[str, Any]) -> list[OutlineRow]:
    """The content as labelled texts in reading order: what a structural and word diff compares."""
    concept = read(content)
    rows: list[OutlineRow] = []
    for language, name in (("sv", Text("svenska", "Swedish")), ("en", Text("engelska", "English"))):
        terms = concept.terms[language]
        rows.append((Text(f"Term ({name.sv})", f"Term ({name.en})"), terms.preferred))
        rows += [(Text(f"Synonym ({name.sv})", f"Synonym ({name.en})"), term) for term in terms.synonyms]
        rows += [(Text(f"Avrådd term ({name.sv})", f"Deprecated term ({name.en})"), term) for term in terms.deprecated]
    rows.append((Text("Definition", "Definition"), concept.definition or Text("Ingen definition", "No definition")))
    rows += [(Text("Anmärkning", "Note"), _cited(note)) for note in concept.notes]
    rows += [(Text("Tolkningsproblem", "Interpretation problem"), _cited(note)) for note in concept.problems]
    rows += [(Text("Överordnat begrepp", "Broader concept"), Mention("concept", slug)) for slug in concept.broader]
    rows += [(Text("Relaterat begrepp", "Related concept"), Mention("concept", slug)) for slug in concept.related]
    rows += [
        (Text("Tillämpas olika", "Applied differently"), Mention("concept", other.concept, about=other.text))
        for other in concept.contested
    ]
    rows.append((Text("Ursprung", "Origin"), ORIGIN_TEXTS[concept.origin]))
    if concept.rendering:
        rows.append((Text("Ordalydelse", "Wording"), RENDERING_TEXT))
    if concept.concerns_persons is not None:
        rows.append((Text("Rör personer", "Concerns persons"), YES_NO[concept.concerns_persons]))
    if concept.provenance is Provenance.MADE_UP:
        rows.append((Text("Uppgiftens art", "Kind of fact"), MADE_UP_TEXT))
    if concept.source:
        rows.append((Text("Källa", "Source"), " ".join(filter(None, (concept.source.title, concept.source.date)))))
        rows.append((Text("Status i källan", "Status in the source"), concept.source.status))
    return rows


ORIGIN_TEXTS = {
    Origin.OFFICIAL: Text("Ordalydelse i källan", "Wording of the source"),
    Origin.PROPOSAL: Text("Förslag", "Proposal"),
}
YES_NO = {True: Text("Ja", "Yes"), False: Text("Nej", "No")}
RENDERING_TEXT = Text("Återgiven i registrets egna ord", "Rendered in the registry's own words")
MADE_UP_TEXT = Text(
    "Exempel på förslag, påhittat av registret för demonstration",
    "Example of a proposal, made up by the registry for demonstration",
)


def slug_of(term: str) -> str:
    """A readable key in ASCII for a new concept.

    >>> slug_of("Överbelagd patient (dygn)")
    'overbelagd-patient-dygn'
    """
    plain = {"å": "a", "ä": "a", "ö": "o", "æ": "a", "ø": "o", "ü": "u", "ß": "ss"}
    spelled = ("".join(plain.get(letter, letter) for letter in word) for word in words(term))
    return "-".join(word for word in spelled if word.isascii())[:SLUG_LENGTH].strip("-")


def _findings(concept: Concept) -> list[Finding]:
    found: list[Finding] = []

    def add(code: str, field: str, **params: str | int) -> None:
        found.append(FINDINGS.found(code, {"field": field, **params}, (Place(field=field),)))

    if not SLUG.match(concept.scheme):
        add("TERM-002", "scheme")
    if not concept.terms["sv"].preferred:
        add("TERM-003", "term_sv")
    for language in LANGUAGES:
        for term in concept.terms[language].all():
            if len(term) > TERM_LENGTH:
                add("TERM-004", f"term_{language}", most=TERM_LENGTH)
    if concept.definition and not (concept.definition.sv and concept.definition.en):
        add("TERM-005", "definition_en" if concept.definition.sv else "definition_sv")
    texts = [("definition_sv", concept.definition)] if concept.definition else []
    texts += [("notes", note.text) for note in concept.notes] + [("problems", note.text) for note in concept.problems]
    for field, text in texts:
        if max(len(text.sv), len(text.en)) > TEXT_LENGTH:
            add("TERM-004", field, most=TEXT_LENGTH)
    for field, notes in (("notes", concept.notes), ("problems", concept.problems)):
        if any(not (note.text.sv and note.text.en) for note in notes):
            add("TERM-006", field)
    for field, slugs in (
        ("broader", concept.broader),
        ("related", concept.related),
        ("contested", tuple(other.concept for other in concept.contested)),
    ):
        for slug in slugs:
            if not SLUG.match(slug):
                add("TERM-007", field, slug=slug)
        if len(set(slugs)) < len(slugs):
            add("TERM-008", field)
    urls = [note.url for note in (*concept.notes, *concept.problems)]
    urls += [concept.source.url] if concept.source else []
    if any(url and not is_web_address(url) for url in urls):
        add("TERM-009", "source_url")
    if concept.origin is Origin.OFFICIAL and concept.source is None:
        add("TERM-010", "source_title")
    return found


def is_web_address(url: str) -> bool:
    """Whether ``url`` is an address that may stand as a link: http or https, and no blanks or controls.

    >>> is_web_address("https://example.se/a?b=1"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    return bool(re.fullmatch(r"https?://[^\s<>\"{}|\\^`\x00-\x1f]+", url))


def _note(note: Note) -> dict[str, str]:
    return {**note.text.as_dict(), "source": note.source, "url": note.url}


def _cited(note: Note) -> Text:
    if not note.source:
        return note.text
    return Text(f"{note.text.sv} ({note.source})", f"{note.text.en} ({note.source})")


def plain(text: str) -> str:
    """``text`` without outer blanks and without control characters, which no XML file may hold.

    >>> plain(" vård\\x0bplats ")
    'vårdplats'
    """
    return _CONTROL.sub("", text).strip()


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return plain(value)


def _read_text(value: Mapping[str, Any]) -> Text:
    return Text(_text(value.get("sv") or ""), _text(value.get("en") or ""))


def _read_note(value: Mapping[str, Any]) -> Note:
    return Note(_read_text(value), _text(value.get("source") or ""), _text(value.get("url") or ""))


def _read_terms(value: Mapping[str, Any]) -> Terms:
    def several(values: Sequence[Any]) -> tuple[str, ...]:
        return tuple(text for text in (_text(item) for item in values) if text)

    return Terms(
        _text(value.get("preferred") or ""), several(value.get("synonyms", ())), several(value.get("deprecated", ()))
    )


def _read_source(value: Mapping[str, Any]) -> Source:
    empty: dict[str, str] = {}
    return Source(
        _text(value["title"]),
        _text(value.get("url") or ""),
        _text(value.get("date") or ""),
        _read_text(value.get("status") or empty),
        _read_text(value.get("verification") or empty),
    )
