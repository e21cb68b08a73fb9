"""The published versions of concepts as far as their meaning goes."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.items.lifecycle import Change, State
from registry.items.tables import Item, Version
from termbank.applications.meanings import Meanings, WordingVersion
from termbank.bank.neighbours import AT_ONCE
from termbank.notions import CONCEPT


def meanings_of(session: Session, concepts: Iterable[str]) -> dict[str, Meanings]:
    """By key of the concept; one statement for so many concepts at once, in which no content is read."""
    keys = sorted(set(concepts))
    found: dict[str, list[WordingVersion]] = {key: [] for key in keys}
    for start in range(0, len(keys), AT_ONCE):
        rows = session.execute(
            select(
                Item.slug, Version.content_hash, Version.number, Version.base_hash, Version.change, Version.state,
                Version.valid_from, Version.valid_to,
            )
            .join(Version, Version.item_id == Item.id)
            .where(Item.kind == CONCEPT, Item.slug.in_(keys[start : start + AT_ONCE]), Version.published_at.is_not(None))
            .order_by(Version.number)
        )  # fmt: skip
        for slug, content_hash, number, base_hash, change, state, first, last in rows:
            begins = first or date.min
            found[slug].append(
                WordingVersion(
                    content_hash, number, base_hash, change == Change.EDITORIAL, begins, _last(state, begins, last)
                )
            )
    return {key: Meanings(tuple(versions)) for key, versions in found.items()}


def _last(state: str, begins: date, valid_to: date | None) -> date:
    """The last day on which a version applies (`Version.is_in_force`)."""
    if state == State.PUBLISHED:
        return date.max
    if state == State.SUPERSEDED and valid_to is not None:
        return valid_to
    return begins - timedelta(days=1) if begins > date.min else date.min
