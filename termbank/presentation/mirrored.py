"""What a concept corresponds to elsewhere: as it says itself, and as the concepts of editions in force say of it."""

from dataclasses import dataclass

from flask import current_app, url_for
from sqlalchemy.orm import Session

from registry.findings import Language
from registry.i18n import read
from termbank.bank.queries.term_banks import TermBank
from termbank.concepts.concept import Concept, is_web_address
from termbank.editions import content
from termbank.editions import queries as editions
from termbank.editions.queries import InEdition
from termbank.exchange.names import Names
from termbank.notions import MAPPINGS, RELATION_TEXTS, RelationKind
from termbank.presentation.editions import name_of
from termbank.presentation.texts import concept_url

_TURNED = {RelationKind.BROAD: RelationKind.NARROW, RelationKind.NARROW: RelationKind.BROAD}


@dataclass(frozen=True, slots=True)
class Corresponding:
    """A concept elsewhere: in which way it corresponds, what it is called, and where it is. ``url`` is empty without a page."""

    kind: str
    name: str
    url: str
    language: str = ""
    edition: str = ""
    """The edition that it is in, where that is mirrored here."""
    is_stated_there: bool = False
    """Whether it is the edition that says so."""


def mappings(
    session: Session, bank: TermBank, concept: Concept, item_id: str, language: Language
) -> list[Corresponding]:
    """What the concept corresponds to; four statements at most, however large the editions are."""
    related = concept.related_by(*MAPPINGS)
    known = editions.found_as(session, {one.target.iri for one in related if one.target.iri})
    rows = []
    for relation in related:
        kind, iri, key = read(RELATION_TEXTS[relation.kind]), relation.target.iri, relation.key
        if iri in known:
            rows.append(_mirrored(kind, known[iri], language))
        elif key in bank.concepts:
            rows.append(Corresponding(kind, bank.concepts[key].title.in_language(language), concept_url(key)))
        else:
            rows.append(Corresponding(kind, iri or key, iri if is_web_address(iri) else ""))
    named = {relation.target.iri for relation in related}
    own = str(Names(str(current_app.config["BASE_ADDRESS"])).concept(item_id, _base(bank, concept)))
    for told, there in editions.mapped_to(session, own):
        if there.resource.iri not in named:
            turned = RELATION_TEXTS[_TURNED.get(told, told)]
            rows.append(_mirrored(read(turned), there, language, is_stated_there=True))
    return rows


def _base(bank: TermBank, concept: Concept) -> str:
    scheme = bank.scheme_named(concept.scheme.key)
    return scheme.base if scheme else ""


def _mirrored(kind: str, there: InEdition, language: Language, *, is_stated_there: bool = False) -> Corresponding:
    name, spoken = name_of(there.resource, language)
    version = there.version
    url = url_for("termbank.edition_resource", slug=version.item.slug, number=version.number, iri=there.resource.iri)
    title = content.title(version.content).in_language(language)
    return Corresponding(kind, name, url, spoken, title, is_stated_there)
