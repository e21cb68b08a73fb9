"""What an author names in a form: the concepts by what was written, and those that bear the words of the definitions.

Only these are read, so that the form costs the same however many concepts there are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.items import queries as items
from registry.items.tables import Item, Version
from termbank.bank import neighbours
from termbank.bank.numbers import numbers_of
from termbank.bank.projection import spelled
from termbank.bank.queries import term_banks
from termbank.bank.queries.versions import open_versions
from termbank.bank.search.tokens import whole
from termbank.bank.tables import ConceptNumber, TermRow
from termbank.concepts.concept import TO_BE_USED, Concept
from termbank.definitions.linking import Linker
from termbank.forms.naming import ConceptNames, number_in
from termbank.notions import CONCEPT

MOST_NAMED = 1_000


@dataclass(frozen=True, slots=True)
class Named:
    """The names of concepts, both ways, and the linker of those that bear words of the definitions."""

    names: ConceptNames
    linker: Linker


def named(
    session: Session,
    actor: Actor,
    before: Concept | None,
    written: Iterable[str],
    definitions: Iterable[tuple[str, str]] = (),
) -> Named:
    """What may be named: published concepts, and those that the actor sees being written.

    ``written`` are terms, terms with a number, numbers and keys; ``definitions`` are (language, text).
    """
    texts = list(dict.fromkeys(text.strip() for text in written if text.strip()))[:MOST_NAMED]
    keys = {*texts, *(target.key for target in before.targets if target.key)} if before else set(texts)
    bearing = neighbours.bearers(session, spelled(definitions))
    found = {version.id: version for version in (*bearing, *_called(session, texts, keys))}
    titles = {term_banks.concept_of(version).title.sv for version in found.values()}
    found |= {version.id: version for version in _called(session, titles, ())}
    concepts = {
        **{slug: term_banks.concept_of(version) for slug, version in open_versions(session, actor).items()},
        **_standing(found.values()),
    }
    return Named(ConceptNames(concepts, numbers_of(session, concepts)), Linker(_standing(bearing)))


def _called(session: Session, texts: Collection[str], keys: Collection[str]) -> list[Version]:
    """Concepts in force or coming that have such a term to be used, such a number or such a key; one statement."""
    terms = select(TermRow.item_id).where(
        TermRow.whole.in_({whole(text) for text in texts}), TermRow.status.in_([one.value for one in TO_BE_USED])
    )
    with_number = {number for text in texts if (number := number_in(text)) is not None}
    numbers = select(ConceptNumber.item_id).where(ConceptNumber.number.in_(with_number))
    is_named: list[Any] = [Item.id.in_(terms), Item.id.in_(numbers), Item.slug.in_(keys)]
    query = select(Version).join(Item).where(Item.kind == CONCEPT, items.not_ended(), or_(*is_named))
    return list(session.scalars(query.order_by(Item.slug, Version.number).limit(MOST_NAMED)))


def _standing(versions: Iterable[Version]) -> dict[str, Concept]:
    """The concepts by key: in force, or else the first that is coming."""
    found: dict[str, Concept] = {}
    for version in sorted(versions, key=lambda one: one.number):
        found.setdefault(version.item.slug, term_banks.concept_of(version))
    return found
