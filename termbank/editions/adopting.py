"""A concept of an edition → a concept of our own, as a draft: what has a place is put there, the rest stays as statements. Pure.

The draft names where it comes from twice: by an exact mapping to the mirrored concept, and as what it was read from. Nothing
else follows from a mirrored concept: it bears no terms here, and no word of a definition leads to it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.content import shapes
from registry.provenance import Provenance
from termbank.concepts.concept import (
    Concept,
    Definition,
    Foreign,
    Notation,
    Note,
    Relation,
    Source,
    Target,
    Term,
    is_web_address,
)
from termbank.concepts.schema import MOST_STATEMENTS, MOST_TERMS
from termbank.concepts.wordings import Wording, plain, tag
from termbank.editions.content import Edition
from termbank.editions.rows import ALTERNATIVE, DEFINITION, HIDDEN, NOTATION, NOTES, PREFERRED
from termbank.editions.triples import MAPPED, predicate_of
from termbank.notions import MAPPINGS, Origin, RelationKind, TermStatus

MOST_LENGTH = 5_000
MOST_OF_A_KIND = 100
_STATUS = {PREFERRED: TermStatus.PREFERRED, ALTERNATIVE: TermStatus.ADMITTED, HIDDEN: TermStatus.HIDDEN}
_KIND = dict(zip(MAPPED, MAPPINGS, strict=True))


@dataclass(frozen=True, slots=True)
class SaidText:
    """A text of the concept: a label, definition, note or notation, by its kind (`termbank.editions.rows`)."""

    kind: str
    text: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A concept as its edition has it. ``relations`` are (kind, IRI); ``statements`` (predicate, object as N-Triples)."""

    iri: str
    texts: Sequence[SaidText] = ()
    relations: Sequence[tuple[str, str]] = ()
    statements: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Adopted:
    """The draft's concept, and how many statements had no place in it."""

    concept: Concept
    left: int


def adopt(one: Mirrored, edition: Edition, scheme: str) -> Adopted:
    """The mirrored concept as one of the scheme with this key."""
    terms = _terms(one.texts)
    definitions = tuple(
        Definition(plain(said.text), _tag(said.language), edition.source[:MOST_LENGTH], _address(edition.url))
        for said in _of(one.texts, DEFINITION)
    )
    notes = tuple(_note(said) for said in _of(one.texts, *NOTES) if said.kind != "example")
    examples = tuple(_note(said) for said in _of(one.texts, "example"))
    notations = tuple(dict.fromkeys(Notation(plain(said.text), said.datatype) for said in _of(one.texts, NOTATION)))
    mapped = _mappings(one)
    relations = tuple(Relation(_KIND[kind], Target(iri=iri)) for kind, iri in mapped)
    exact = (Relation(RelationKind.EXACT, Target(iri=one.iri)),) if is_web_address(one.iri) else ()
    statements = _statements(one, {*mapped})
    kept_texts = (terms[:MOST_TERMS], *(some[:MOST_OF_A_KIND] for some in (definitions, notes, examples, notations)))
    concept = Concept(
        scheme=Target(key=scheme),
        origin=Origin.PROPOSAL,
        rendering=False,
        provenance=Provenance.REPRODUCED,
        terms=terms[:MOST_TERMS],
        definitions=definitions[:MOST_OF_A_KIND],
        notes=notes[:MOST_OF_A_KIND],
        examples=examples[:MOST_OF_A_KIND],
        notations=notations[:MOST_OF_A_KIND],
        relations=(*exact, *relations),
        sources=(_source(edition),),
        foreign=Foreign(one.iri, statements[:MOST_STATEMENTS]),
    )
    had = len(one.texts) + len(one.relations) + len(one.statements)
    kept = sum(map(len, kept_texts)) + len(relations) + min(len(statements), MOST_STATEMENTS)
    return Adopted(concept, max(0, had - kept))


def _of(texts: Iterable[SaidText], *kinds: str) -> list[SaidText]:
    """The texts of these kinds that a concept has room for."""
    return [one for one in texts if one.kind in kinds and 0 < len(plain(one.text)) <= MOST_LENGTH]


def _terms(texts: Iterable[SaidText]) -> tuple[Term, ...]:
    """The labels as terms: one is preferred in each language, and further ones admitted; no term is said twice."""
    found: dict[tuple[str, str], Term] = {}
    named: set[str] = set()
    for said in sorted(_of(texts, *_STATUS), key=lambda said: list(_STATUS).index(said.kind)):
        text, language, status = plain(said.text), _tag(said.language), _STATUS[said.kind]
        if status is TermStatus.PREFERRED and language in named:
            status = TermStatus.ADMITTED
        if status is TermStatus.PREFERRED:
            named.add(language)
        found.setdefault((text, language), Term(text, language, status))
    return tuple(found.values())


def _note(said: SaidText) -> Note:
    return Note((Wording(plain(said.text), _tag(said.language)),))


def _tag(language: str) -> str:
    """The language tag as it is written here; none where it has not the form of one."""
    return tag(language) if re.fullmatch(shapes.LANGUAGE_TAG, language) else ""


def _address(url: str) -> str:
    return url if is_web_address(url) else ""


def _source(edition: Edition) -> Source:
    title = edition.title.sv or edition.title.en
    return Source(
        ", ".join(part for part in (title, edition.source) if part)[:MOST_LENGTH], _address(edition.url), edition.date
    )


def _mappings(one: Mirrored) -> list[tuple[str, str]]:
    """Its mappings to concepts elsewhere, each once; the one to itself is not among them."""
    found = [(kind, iri) for kind, iri in one.relations if kind in _KIND and is_web_address(iri) and iri != one.iri]
    return list(dict.fromkeys(found))


def _statements(one: Mirrored, mapped: set[tuple[str, str]]) -> tuple[str, ...]:
    """What else is said of it, in lines of N-Triples; what has not the form of one is left."""
    related = [(predicate_of(kind), f"<{iri}>") for kind, iri in one.relations if (kind, iri) not in mapped]
    lines = {f"<{one.iri}> <{predicate}> {said} ." for predicate, said in (*related, *one.statements)}
    return tuple(
        sorted(line for line in lines if len(line) <= MOST_LENGTH and re.fullmatch(shapes.N_TRIPLES_LINE, line))
    )
