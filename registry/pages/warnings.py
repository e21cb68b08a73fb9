"""What is said of a version before it is decided, with links to what it names: a consultation, for instance."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from registry import references
from registry.actors import Actor
from registry.finding_catalogue import ReadableFinding
from registry.i18n import read
from registry.items.kinds import ItemKind
from registry.items.tables import Version
from registry.web.problems import readable


def warned(
    session: Session, actor: Actor, versions: Iterable[tuple[ItemKind, Version]]
) -> dict[str, list[ReadableFinding]]:
    """By the id of each version what its kind warns of (`ItemKind.warns`), for those kinds that do. Links lead where the
    actor has a page; what they lead to is looked up for all versions together."""
    found = {version.id: kind.warns(session, version) for kind, version in versions if kind.warns}
    known = references.describe(session, actor, (ref for some in found.values() for one in some for ref in one.refs))
    links = {ref: (read(told.label), told.url) for ref, told in known.items() if told.url}
    return {
        version_id: [replace(readable(one), links=[links[ref] for ref in one.refs if ref in links]) for one in some]
        for version_id, some in found.items()
    }
