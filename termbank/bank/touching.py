"""Which concepts a change of others touches, and by which way: they name one of them, or use its term in their definition."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.findings import Text
from registry.items import queries as items
from registry.items.kinds import MOST_TOUCHED, Touched
from registry.items.tables import Item, Version
from termbank.bank.neighbours import concept_of
from termbank.bank.tables import DefinitionUse, RelationRow
from termbank.notions import RELATION_TEXTS, RelationKind


def touched(session: Session, item_ids: Sequence[str]) -> list[Touched]:
    """Concepts in force or coming that lead to one of ``item_ids``, but for these themselves; at most one more than
    `MOST_TOUCHED`. Three statements."""
    ids = sorted(item_ids)
    named = (
        select(Version, RelationRow.target_id, RelationRow.kind)
        .join(RelationRow, RelationRow.version_id == Version.id)
        .where(RelationRow.target_id.in_(ids), Version.item_id.not_in(ids), items.not_ended())
        .order_by(Version.item_id, RelationRow.position)
        .limit(MOST_TOUCHED + 1)
    )
    used = (
        select(Version, DefinitionUse.item_id)
        .join(DefinitionUse, DefinitionUse.version_id == Version.id)
        .where(DefinitionUse.item_id.in_(ids), Version.item_id.not_in(ids), items.not_ended())
        .order_by(Version.item_id)
        .distinct()
        .limit(MOST_TOUCHED + 1)
    )
    ways = [
        (version, target, _related(RelationKind(kind))) for version, target, kind in session.execute(named) if target
    ]
    ways += [(version, target, IN_DEFINITION) for version, target in session.execute(used)]
    terms = _terms(session, {target for _version, target, _way in ways})
    found = {
        (version.item_id, target, way): Touched(version.item, concept_of(version).title, _to(way, terms[target]))
        for version, target, way in ways
    }
    return sorted(found.values(), key=lambda one: one.name.sv)[: MOST_TOUCHED + 1]


IN_DEFINITION = Text("definitionen använder", "its definition uses")


def _related(kind: RelationKind) -> Text:
    label = RELATION_TEXTS[kind]
    return Text(f"{label.sv.lower()}:", f"{label.en.lower()}:")


def _to(way: Text, term: Text) -> Text:
    return Text(f"{way.sv} {term.sv}", f"{way.en} {term.en}")


def _terms(session: Session, item_ids: set[str]) -> dict[str, Text]:
    """What the concepts are called now, or were last."""
    query = (
        select(Version)
        .join(Item)
        .where(Version.item_id.in_(sorted(item_ids)), Version.published_at.is_not(None))
        .order_by(Version.number)
    )
    return {version.item_id: concept_of(version).title for version in session.scalars(query)}
