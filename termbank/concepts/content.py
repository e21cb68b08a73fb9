"""Reading a concept: kept content in any schema as a `Concept`, and content from outside with what must be mended. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from registry.findings import Finding, Place
from registry.provenance import Provenance
from termbank.concepts.concept import (
    SLUG,
    TERM_LENGTH,
    TEXT_LENGTH,
    Concept,
    Definition,
    Foreign,
    Link,
    Notation,
    Note,
    Relation,
    Source,
    Target,
    Term,
    is_web_address,
)
from termbank.concepts.schema import SCHEMA
from termbank.concepts.wordings import plain, read_wordings, tag, text_of
from termbank.finding_texts.all import FINDINGS
from termbank.notions import HIERARCHICAL, Origin, RelationKind, TermStatus


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
    foreign = content.get("foreign")
    return Concept(
        scheme=_target(content.get("scheme") or {}),
        origin=Origin(content["origin"]),
        rendering=bool(content["rendering"]),
        provenance=Provenance(content["provenance"]),
        terms=tuple(dict.fromkeys(_term(one) for one in content.get("terms", ()) if plain(one["text"]))),
        definitions=tuple(_definition(one) for one in content.get("definitions", ()) if plain(one["text"])),
        notes=_notes(content.get("notes", ())),
        examples=_notes(content.get("examples", ())),
        problems=_notes(content.get("problems", ())),
        relations=tuple(_relation(one) for one in content.get("relations", ())),
        sources=tuple(_source(one) for one in content.get("sources", ())),
        subject_field=read_wordings(content.get("subject_field", ())),
        notations=tuple(
            Notation(plain(one["text"]), plain(one.get("datatype", ""))) for one in content.get("notations", ())
        ),
        concerns_persons=content.get("concerns_persons"),
        foreign=Foreign(plain(foreign["iri"]), tuple(sorted(set(foreign.get("statements", ()))))) if foreign else None,
        item=content.get("item", ""),
    )


def _term(value: Mapping[str, Any]) -> Term:
    return Term(
        plain(value["text"]),
        tag(value.get("language", "")),
        TermStatus(value["status"]),
        plain(value.get("source", "")),
        plain(value.get("grammar", "")),
        bool(value.get("abbreviation")),
        value.get("homograph"),
    )


def _definition(value: Mapping[str, Any]) -> Definition:
    return Definition(
        plain(value["text"]),
        tag(value.get("language", "")),
        plain(value.get("source", "")),
        plain(value.get("url", "")),
        tuple(Link(plain(one["words"]), _target(one["target"])) for one in value.get("links", ())),
    )


def _notes(values: Iterable[Mapping[str, Any]]) -> tuple[Note, ...]:
    read = (
        Note(read_wordings(one["texts"]), plain(one.get("source", "")), plain(one.get("url", ""))) for one in values
    )
    return tuple(note for note in read if note.texts)


def _source(value: Mapping[str, Any]) -> Source:
    return Source(
        plain(value.get("title", "")),
        plain(value.get("url", "")),
        plain(value.get("date", "")),
        read_wordings(value.get("status", ())),
        read_wordings(value.get("verification", ())),
        tag(value.get("language", "")),
    )


def _relation(value: Mapping[str, Any]) -> Relation:
    return Relation(
        RelationKind(value["kind"]),
        _target(value["target"]),
        read_wordings(value.get("label", ())),
        read_wordings(value.get("texts", ())),
        plain(value.get("source", "")),
    )


def _target(value: Mapping[str, Any]) -> Target:
    return Target(value.get("item", ""), plain(value.get("key", "")), plain(value.get("iri", "")))


def _findings(concept: Concept) -> list[Finding]:
    found: list[Finding] = []

    def add(code: str, field: str, **params: str | int) -> None:
        found.append(FINDINGS.found(code, {"field": field, **params}, (Place(field=field),)))

    if not concept.scheme.item and not SLUG.match(concept.scheme.key):
        add("TERM-002", "scheme")
    if not concept.terms:
        add("TERM-003", "term_sv")
    for term in concept.terms:
        if len(term.text) > TERM_LENGTH:
            add("TERM-004", f"term_{term.language}", most=TERM_LENGTH)
    _one_sided(concept, add)
    texts = [(f"definition_{one.language}", one.text) for one in concept.definitions]
    for field, notes in _remarks(concept):
        texts += [(field, said.text) for note in notes for said in note.texts]
    for field in dict.fromkeys(field for field, text in texts if len(text) > TEXT_LENGTH):
        add("TERM-004", field, most=TEXT_LENGTH)
    for field, relations in _by_field(concept):
        named = [relation.target.as_content().popitem() for relation in relations if relation.target.as_content()]
        for name, value in named:
            if name == "key" and not SLUG.match(value):
                add("TERM-007", field, slug=value)
            if name == "iri" and not is_web_address(value):
                add("TERM-009", field)
        if len(set(named)) < len(named):
            add("TERM-008", field)
    urls = [note.url for _, notes in _remarks(concept) for note in notes]
    urls += [source.url for source in concept.sources] + [one.url for one in concept.definitions]
    if any(url and not is_web_address(url) for url in urls):
        add("TERM-009", "source_url")
    if concept.origin is Origin.OFFICIAL and not concept.sources:
        add("TERM-010", "source_title")
    if concept.origin is Origin.PROPOSAL and concept.rendering:
        add("TERM-015", "rendering")
    return found


def _one_sided(concept: Concept, add: Any) -> None:
    """What is said in one of the interface's languages and not in the other."""
    definition = text_of(concept.definitions)
    if bool(definition.sv) != bool(definition.en):
        add("TERM-005", "definition_en" if definition.sv else "definition_sv")
    for field, notes in _remarks(concept):
        if any(bool(note.text.sv) != bool(note.text.en) for note in notes):
            add("TERM-006", field)


def _remarks(concept: Concept) -> tuple[tuple[str, tuple[Note, ...]], ...]:
    return ("notes", concept.notes), ("examples", concept.examples), ("problems", concept.problems)


def _by_field(concept: Concept) -> list[tuple[str, tuple[Relation, ...]]]:
    """The relations, by the field of the form that they are written in."""
    mapped = [(kind.value, concept.related_by(kind)) for kind in RelationKind if kind not in _WRITTEN]
    return [
        ("broader", concept.related_by(*HIERARCHICAL)),
        ("related", concept.related_by(RelationKind.ASSOCIATIVE)),
        ("contested", concept.contested),
        *mapped,
    ]


_WRITTEN = (*HIERARCHICAL, RelationKind.ASSOCIATIVE, RelationKind.CONTESTED)
