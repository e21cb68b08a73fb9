"""The concept schemes that are published, and those that ship."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from registry.items import queries as items
from registry.items.tables import Version
from termbank.concepts import schemes as scheme_content
from termbank.concepts.schemes import SHIPPED, Scheme
from termbank.notions import SCHEME


def schemes(session: Session) -> list[Scheme]:
    """The published schemes by key, then those that ship and are not loaded yet."""
    return with_shipped(items.standing_versions(session, SCHEME))


def with_shipped(versions: Iterable[Version]) -> list[Scheme]:
    found = {version.item_id: scheme_of(version) for version in reversed(list(versions))}
    there = {one.slug for one in found.values()}
    return [*reversed(found.values()), *(one for one in SHIPPED if one.slug not in there)]


def scheme_named(session: Session, slug: str) -> Scheme | None:
    """The published scheme with this key."""
    return next((one for one in schemes(session) if one.slug == slug), None)


def scheme_of(version: Version) -> Scheme:
    """The version's content as a scheme, with the key and id of its item."""
    return scheme_content.read(version.content, version.item.slug, version.item_id)


def scheme_keys(session: Session) -> dict[str, str]:
    """The keys of the published schemes by the ids of their items; one statement."""
    return {version.item_id: version.item.slug for version in items.standing_versions(session, SCHEME)}
