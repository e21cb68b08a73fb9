"""What a concept names, as it is kept: its own item, and others by their ids, which only the register knows.

Content that comes in may name other concepts and its scheme by their keys. What is written before ``concept/3`` stays as it
is written: its hash is in receipts, lockfiles and statements.
"""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.content.schemas import KEY
from registry.findings import Finding, Place
from registry.items.outlines import Content
from registry.items.tables import Item
from termbank.concepts.concept import Concept
from termbank.concepts.content import read
from termbank.concepts.schema import SCHEMA
from termbank.finding_texts.all import FINDINGS
from termbank.notions import CONCEPT, SCHEME

AT_ONCE = 500
"""Ids or keys in one statement."""


def settle_concepts(
    session: Session, written: Sequence[tuple[Item, Content]]
) -> list[tuple[Content, tuple[Finding, ...]]]:
    """Contents of concepts as they are kept with their items, and what keeps each from being kept."""
    read_ones = [read(content) if content[KEY] == SCHEMA.name else None for _, content in written]
    concepts = [concept for concept in read_ones if concept is not None]
    others = _keys_by_id(session, CONCEPT, [(to.item, to.key) for one in concepts for to in one.targets])
    schemes = _keys_by_id(session, SCHEME, [(one.scheme.item, one.scheme.key) for one in concepts])
    there = {*others, *(item.id for item, _ in written)}  # new ones may name each other before they are kept
    ids, schemes_by_key = _turned(others), _turned(schemes)
    found: list[tuple[Content, tuple[Finding, ...]]] = []
    for (item, content), concept in zip(written, read_ones, strict=True):
        if concept is None:
            found.append((content, ()))
            continue
        settled = concept.settled(item.id, ids, schemes_by_key)
        unknown = tuple(_unknown(concept, settled, item, there, schemes.keys()))
        found.append((settled.as_content(), unknown))
    return found


def keys_by_id(session: Session, item_ids: Iterable[str]) -> dict[str, str]:
    """The keys of concepts by the ids of their items, whatever has become of them; one statement."""
    return _keys_by_id(session, CONCEPT, [(item_id, "") for item_id in item_ids])


def _keys_by_id(session: Session, kind: str, named: Iterable[tuple[str, str]]) -> dict[str, str]:
    pairs = set(named)
    ids = sorted({item_id for item_id, _ in pairs if item_id})
    keys = sorted({key for item_id, key in pairs if key and not item_id})
    found: dict[str, str] = {}
    for column, values in ((Item.id, ids), (Item.slug, keys)):
        for start in range(0, len(values), AT_ONCE):
            some = column.in_(values[start : start + AT_ONCE])
            found |= dict(session.execute(select(Item.id, Item.slug).where(Item.kind == kind, some)).all())
    return found


def _unknown(
    written: Concept, settled: Concept, item: Item, others: Collection[str], schemes: Collection[str]
) -> Iterable[Finding]:
    if written.item not in ("", item.id):
        yield FINDINGS.found("TERM-013", {"item": written.item}, (Place(field="item"),))
    for target in dict.fromkeys(settled.targets):
        if not target.iri and target.item not in others:
            named = target.key or target.item
            yield FINDINGS.found("TERM-011", {"slug": named}, (Place(field="relations"),))
    scheme = settled.scheme
    if (scheme.item or scheme.key) and scheme.item not in schemes:
        yield FINDINGS.found("TERM-014", {"scheme": scheme.key or scheme.item}, (Place(field="scheme"),))


def _turned(keys: dict[str, str]) -> dict[str, str]:
    return {key: item_id for item_id, key in keys.items()}
