"""A concept's title, and its content as labelled texts in reading order: what a structural and word diff compares. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from registry.findings import Text
from registry.items.outlines import Mention, OutlineRow, Word
from registry.provenance import Provenance
from termbank.concepts.concept import LANGUAGES, Concept, Definition, Note, Relation, Target, Term
from termbank.concepts.content import read
from termbank.notions import RELATION_TEXTS, STATUS_TEXTS, Origin, TermStatus

ORIGIN_TEXTS = {
    Origin.OFFICIAL: Word("Ordalydelse i källan", "Wording of the source"),
    Origin.PROPOSAL: Word("Förslag", "Proposal"),
}
YES_NO = {True: Word("Ja", "Yes"), False: Word("Nej", "No")}
RENDERING_TEXT = Word("Återgiven i registrets egna ord", "Rendered in the registry's own words")
MADE_UP_TEXT = Word(
    "Exempel på förslag, påhittat av registret för demonstration",
    "Example of a proposal, made up by the registry for demonstration",
)
NO_DEFINITION = Text("Definition saknas", "No definition")
_OWN_STATUSES = {
    TermStatus.PREFERRED: Text("Term", "Term"),
    TermStatus.ADMITTED: Text("Synonym", "Synonym"),
    TermStatus.DEPRECATED: Text("Avrådd term", "Deprecated term"),
    TermStatus.HIDDEN: STATUS_TEXTS[TermStatus.HIDDEN],
}
_LANGUAGE_NAMES = {"sv": Text("svenska", "Swedish"), "en": Text("engelska", "English")}


def title(content: Mapping[str, Any]) -> Text:
    """What kept content is called."""
    return read(content).title


def outline(content: Mapping[str, Any]) -> list[OutlineRow]:
    """Every text of the content, labelled."""
    concept = read(content)
    rows = [
        *_wordings(concept),
        *_remarks(concept),
        *(_relation_row(relation) for relation in concept.relations),
        *_facts(concept),
    ]
    return [row for row in rows if row[1] not in ("", Text("", ""))]


def _wordings(concept: Concept) -> Iterator[OutlineRow]:
    for language in concept.languages:
        for status, label in _OWN_STATUSES.items():
            for term in concept.terms:
                if (term.language, term.status) == (language, status):
                    yield _in(label, language), _described(term)
    said = Text(_joined(concept, "sv"), _joined(concept, "en"))
    yield Text("Definition", "Definition"), said if said.sv or said.en else NO_DEFINITION
    for one in concept.definitions:
        if one.language not in LANGUAGES:
            yield _in(Text("Definition", "Definition"), one.language), one.text
        if one.source:
            yield _in(Text("Definitionens källa", "Source of the definition"), one.language), one.source
        for link in one.links:
            label = _in(Text("Vald betydelse", "Chosen sense"), one.language)
            yield label, _mention(link.target, Text(f"”{link.words}”", f"“{link.words}”"))


def _joined(concept: Concept, language: str) -> str:
    said: list[Definition] = [one for one in concept.definitions if one.language == language]
    return " / ".join(one.text for one in said)


def _remarks(concept: Concept) -> Iterator[OutlineRow]:
    for label, notes in (
        (Text("Anmärkning", "Note"), concept.notes),
        (Text("Exempel", "Example"), concept.examples),
        (Text("Tolkningsproblem", "Interpretation problem"), concept.problems),
    ):
        for note in notes:
            yield label, _cited(note)


def _relation_row(relation: Relation) -> OutlineRow:
    about = relation.text if relation.texts else relation.label_text if relation.label else None
    target = relation.target
    return RELATION_TEXTS[relation.kind], target.iri or _mention(target, about)


def _facts(concept: Concept) -> Iterator[OutlineRow]:
    for one in concept.subject_field:
        yield _in(Text("Ämnesområde", "Subject field"), one.language), one.text
    for notation in concept.notations:
        yield Text("Notation", "Notation"), notation.text
    if concept.scheme.item or concept.scheme.key:
        yield Text("Begreppssystem", "Concept scheme"), _mention(concept.scheme, None, kind="scheme")
    yield Text("Ursprung", "Origin"), ORIGIN_TEXTS[concept.origin]
    if concept.rendering:
        yield Text("Ordalydelse", "Wording"), RENDERING_TEXT
    if concept.concerns_persons is not None:
        yield Text("Rör personer", "Concerns persons"), YES_NO[concept.concerns_persons]
    if concept.provenance is Provenance.MADE_UP:
        yield Text("Uppgiftens art", "Kind of fact"), MADE_UP_TEXT
    for source in concept.sources:
        yield Text("Källa", "Source"), " ".join(filter(None, (source.title, source.date)))
        yield Text("Källans adress", "Address of the source"), source.url
        yield Text("Status i källan", "Status in the source"), source.status_text
        yield Text("Hur källan lästes", "How the source was read"), source.verification_text
    if concept.foreign:
        yield Text("IRI på annat håll", "IRI elsewhere"), concept.foreign.iri
        yield from ((Text("Utsaga", "Statement"), line) for line in concept.foreign.statements)


def _described(term: Term) -> str:
    """A term with what is said of it beside its text.

    >>> _described(Term("rad", "sv", homograph=2, grammar="plural: rader"))
    'rad (2; plural: rader)'
    """
    number = str(term.homograph) if term.homograph else ""
    about = "; ".join(filter(None, (number, term.grammar, "abbr." if term.abbreviation else "", term.source)))
    return f"{term.text} ({about})" if about else term.text


def _mention(target: Target, about: Text | None, kind: str = "concept") -> Mention:
    return Mention(kind, target.key, about=about, item=target.item or None)


def _in(label: Text, language: str) -> Text:
    """A label with its language: by name where the interface has one, otherwise by tag."""
    name = _LANGUAGE_NAMES.get(language, Text(language, language))
    if not name.sv:
        return Text(f"{label.sv} (utan språk)", f"{label.en} (no language)")
    return Text(f"{label.sv} ({name.sv})", f"{label.en} ({name.en})")


def _cited(note: Note) -> Text:
    said = note.text
    other = next((one.text for one in note.texts if one.language not in LANGUAGES), "")
    said = said if said.sv or said.en else Text(other, other)
    source = f" ({note.source})" if note.source else ""
    return Text(f"{said.sv}{source}", f"{said.en}{source}")
