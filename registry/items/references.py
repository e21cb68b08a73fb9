"""Versions as references: what they are called, which of them a reader may know of, and how they are counted."""

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.dependants import Kind, Listing, Rows
from registry.findings import Text
from registry.items import queries
from registry.items.tables import Item, Version
from registry.references import Described


def describe_versions(session: Session, actor: Actor, hashes: list[str]) -> dict[str, Described]:
    """Versions labelled by their kind and linked to their item's page. Where several have the same content, the first."""
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(Version.content_hash.in_(hashes), queries.may_be_named(actor))
        .order_by(Version.number.desc())
    )
    described: dict[str, Described] = {}
    for version in rows:
        kind = queries.kind_named(version.item.kind)
        title = kind.title(version.content)
        label = Text(f"{title.sv}, version {version.number}", f"{title.en}, version {version.number}")
        described[version.content_hash] = Described(kind.label, label, kind.url(version.item), kind.knot)
    return described


def _rows(actor: Actor) -> Rows:
    return (
        select(
            Version.content_hash.label("id"),
            func.min(Item.kind).label("kind"),
            func.max(Version.submitted_at).label("at"),
        )
        .join(Item, Item.id == Version.item_id)
        .where(queries.may_be_named(actor))
        .group_by(Version.content_hash)
    )


def _kinds() -> dict[str, Kind]:
    kinds = current_app.extensions["registry"].item_kinds
    return {name: Kind(kind.label, kind.knot) for name, kind in kinds.items()}


LISTING = Listing(_rows, _kinds)
