"""Moving a draft to a version that was published after it was begun: three columns, and a new version of the three.

The draft stays readable as it was. What only one of the two changed is taken; where both changed the same, a person chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.db import insert_or_ignore
from registry.items import queries as items
from registry.items.change_sets.parts import hold_set
from registry.items.lifecycle import Act
from registry.items.merging import Merge, Side, merged
from registry.items.outlines import Content
from registry.items.steps import add_version, as_today, hold, move, record, refused, require_author
from registry.items.tables import ChangeSet, Contribution, Version


@dataclass(frozen=True, slots=True)
class ThreeWays:
    """What a draft was begun from, what has been published since, and the draft; with the three as one."""

    base: Version | None
    theirs: Version
    mine: Version
    merge: Merge
    contents: tuple[Content, Content, Content]
    """What the three say, as content of today."""

    def choosing(self, path: str, side: Side) -> Content:
        """The three as one, were this side chosen for one place that both changed."""
        content: Content = merged(*self.contents, {path: side}).content
        return content


def three_ways(session: Session, version: Version, chosen: Mapping[str, Side] | None = None) -> ThreeWays | None:
    """The three of a version that was overtaken; ``None`` for one that was not."""
    theirs = items.overtaken_by(session, version)
    if theirs is None or not version.is_open:
        return None
    base = session.scalar(
        select(Version)
        .where(
            Version.item_id == version.item_id,
            Version.content_hash == version.base_hash,
            Version.published_at.is_not(None),
        )
        .order_by(Version.number.desc())
        .limit(1)
    )
    kind = items.kind_named(version.item.kind)

    def said(one: Version | None) -> Content:
        return as_today(session, version.item, kind, one.content) if one else {}

    contents = said(base), said(theirs), said(version)
    return ThreeWays(base, theirs, version, merged(*contents, chosen or {}), contents)


def rebase(
    session: Session,
    actor: Actor,
    now: datetime,
    version: Version,
    *,
    onto: str,
    chosen: Mapping[str, Side],
) -> Version:
    """The draft begun anew from the version with the hash ``onto``: a new version in its place, alone or in its change set.

    Whoever contributed to the draft has contributed to it. A version that is in review by itself comes out of it. Raises
    `Refused` where ``onto`` is no longer what is published, and in a set that is in review; `Invalid` where the three together
    are no content of their kind.
    """
    kind = items.kind_named(version.item.kind)
    require_author(kind, actor, version.organisation_id)
    change_set = session.get(ChangeSet, version.change_set_id) if version.change_set_id else None
    if change_set is not None and not hold_set(session, change_set).is_being_written:
        raise refused("SET-003")
    hold(session, version)
    found = three_ways(session, version, chosen)
    if found is None:
        raise refused("ITEM-009")
    if found.theirs.content_hash != onto:
        raise refused("SET-007")
    change = version.change
    move(version, Act.WITHDRAW)
    version.ended_at = now
    session.flush()
    made = add_version(
        session, actor, now, version.item, kind, found.merge.content, version.reason, version.change_set_id
    )
    made.change = change
    for person in session.scalars(select(Contribution.person_id).where(Contribution.version_id == version.id)).all():
        insert_or_ignore(session, Contribution, version_id=made.id, person_id=person, since=now)
    session.flush()
    record(
        session, actor, now, made, "VersionRebased",
        number=made.number, before=version.content_hash, base=onto, change_set=version.change_set_id,
    )  # fmt: skip
    return made
