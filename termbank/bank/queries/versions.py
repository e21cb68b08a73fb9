"""Versions by how far they have come: being written, proposed, and those that were published last."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.references import Edge
from termbank.bank.queries.statements import published_statements
from termbank.notions import CONCEPT

MOST_PROPOSALS = 100
MOST_OPEN = 1_000
"""Concepts that are being written, of which a form knows: those that were changed last."""


def open_versions(session: Session, actor: Actor, most: int | None = MOST_OPEN) -> dict[str, Version]:
    """Concept versions being worked on that ``actor`` may see, by slug: proposals, and one's own drafts; those that were changed
    last. Where one is worked on both by itself and in a change set, the former."""
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(
            Item.kind == CONCEPT,
            items.is_open(),
            items.visible(actor),
        )
        .order_by(Version.change_set_id.is_(None).desc(), Version.changed_at.desc(), Version.id)
        .limit(most)
    )
    in_order = sorted(rows, key=lambda version: version.change_set_id is None)
    return {version.item.slug: version for version in in_order}


def changing_meaning(session: Session, organisations: Collection[str], *, is_reviewer: bool) -> list[Version]:
    """Proposals under review or decided that change the meaning of a concept which one of ``organisations`` applies or, for a
    reviewer, on which something rests; the newest `MOST_PROPOSALS`."""
    applied = {
        one.application.concept for one in published_statements(session) if one.version.organisation_id in organisations
    }
    query = (
        select(Version)
        .join(Item)
        .where(Item.kind == CONCEPT, Version.state.in_((State.IN_REVIEW, State.DECIDED)))
        .order_by(Version.submitted_at.desc(), Version.id)
        .limit(MOST_PROPOSALS)
    )
    found = [one for one in session.scalars(query) if one.changes_meaning]
    rested = _rested_on(session, found) if is_reviewer else set()
    return [one for one in found if one.item.slug in applied or one.item_id in rested]


def _rested_on(session: Session, proposals: Collection[Version]) -> set[str]:
    """The items of these proposals on a published version of which something rests; two statements."""
    rows = session.execute(
        select(Version.item_id, Version.content_hash).where(
            Version.item_id.in_([one.item_id for one in proposals]), Version.published_at.is_not(None)
        )
    )
    item_of = {f"version:{hash_}": item_id for item_id, hash_ in rows}
    targets = session.scalars(select(Edge.to_ref).where(Edge.to_ref.in_(sorted(item_of))).distinct())
    return {item_of[target] for target in targets}


def newest_published(session: Session, kinds: Collection[str], most: int) -> list[Version]:
    """The versions of some kinds that were published last, the newest first; withdrawn ones are left out."""
    query = (
        select(Version).join(Item).where(Item.kind.in_(kinds), Version.state.in_((State.PUBLISHED, State.SUPERSEDED)))
    )
    return list(session.scalars(query.order_by(Version.published_at.desc(), Version.id).limit(most)))
