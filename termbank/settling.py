"""What a concept names, as it is kept: its own item, and others by their ids, which only the register knows.

Content that comes in may name other concepts and its scheme by their keys. What is written before ``concept/3`` stays as it
is written: its hash is in receipts, lockfiles and statements.
"""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.content.schemas import KEY
from registry.findings import Finding, Place
from registry.items.outlines import Content
from registry.items.tables import Item
from termbank.concept_content import read
from termbank.concept_schema import SCHEMA
from termbank.concepts import Concept
from termbank.finding_texts.all import FINDINGS
from termbank.notions import CONCEPT, SCHEME


def settle_concept(session: Session, item: Item, content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """Content of a concept as it is kept with ``item``, and what keeps it from being kept."""
    if content[KEY] != SCHEMA.name:
        return content, ()
    concept = read(content)
    others = _keys_by_id(session, CONCEPT, [(one.item, one.key) for one in concept.targets])
    schemes = _keys_by_id(session, SCHEME, [(concept.scheme.item, concept.scheme.key)])
    settled = concept.settled(item.id, _turned(others), _turned(schemes))
    return settled.as_content(), tuple(_unknown(concept, settled, item, others.keys(), schemes.keys()))


def keys_by_id(session: Session, item_ids: Iterable[str]) -> dict[str, str]:
    """The keys of concepts by the ids of their items, whatever has become of them; one statement."""
    return _keys_by_id(session, CONCEPT, [(item_id, "") for item_id in item_ids])


def _keys_by_id(session: Session, kind: str, named: Iterable[tuple[str, str]]) -> dict[str, str]:
    pairs = list(named)
    ids = sorted({item_id for item_id, _ in pairs if item_id})
    keys = sorted({key for item_id, key in pairs if key and not item_id})
    if not ids and not keys:
        return {}
    rows = session.execute(
        select(Item.id, Item.slug).where(Item.kind == kind, or_(Item.id.in_(ids), Item.slug.in_(keys)))
    )
    return dict(rows.all())


def _unknown(
    written: Concept, settled: Concept, item: Item, others: Iterable[str], schemes: Iterable[str]
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
