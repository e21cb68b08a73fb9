"""Names of the items that an outline mentions: a reviewer reads terms and titles, and can follow them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.findings import Text
from registry.items import queries
from registry.items.outlines import Mention, Named, OutlineRow
from registry.items.tables import Item, Version


def names_of(session: Session, actor: Actor, rows: Iterable[OutlineRow]) -> Mapping[Mention, Named]:
    """What the mentions in ``rows`` are called, as far as ``actor`` may see them; two statements, however many.

    An item is called what its version in force calls it, and one that is not in force yet what its newest does.
    """
    mentions = {value for _, value in rows if isinstance(value, Mention)}
    if not mentions:
        return {}
    keys = {(one.kind, one.slug) for one in mentions if not one.item}
    ids = {one.item for one in mentions if one.item}
    found = session.scalars(
        select(Version)
        .join(Item)
        .where(or_(tuple_(Item.kind, Item.slug).in_(keys), Item.id.in_(ids)), queries.visible(actor))
        .order_by(Version.number)
    )
    today, chosen = clock.today(), dict[object, Version]()
    for version in found:
        for key in ((version.item.kind, version.item.slug), version.item_id):
            if key not in chosen or not chosen[key].is_in_force(today):
                chosen[key] = version
    bound = queries.versions_by_hash(session, sorted({one.version for one in mentions if one.version}))
    found_as = {one: chosen.get(one.item or (one.kind, one.slug)) for one in mentions}
    return {one: _named(version, bound.get(one.version or "")) for one, version in found_as.items() if version}


def _named(version: Version, bound: Version | None) -> Named:
    kind = queries.kind_named(version.item.kind)
    title = kind.title(version.content)
    if bound is not None and bound.item_id == version.item_id:
        title = Text(f"{title.sv}, version {bound.number}", f"{title.en}, version {bound.number}")
    return Named(title, kind.url(version.item))
