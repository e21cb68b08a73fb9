"""What a scheme's concepts have been called in files: the bases of their names, and what changing one breaks (ADR 42)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from registry.findings import Finding, Place, Text
from registry.items import queries as items
from registry.items.tables import Item, Version
from termbank.bank.tables import ConceptSearch
from termbank.concepts import schemes
from termbank.finding_texts.all import FINDINGS
from termbank.notions import SCHEME


def earlier_bases(session: Session, item_id: str, base: str) -> tuple[str, ...]:
    """The bases that names of the scheme's concepts have begun with before ``base``, the first first; empty for those of the
    instance. One statement."""
    published = select(Version).where(Version.item_id == item_id, Version.published_at.is_not(None))
    had = [schemes.read(one.content).base for one in session.scalars(published.order_by(Version.number))]
    return tuple(one for one in dict.fromkeys(had) if one != base)


def bases_had(session: Session) -> Mapping[str, tuple[str, ...]]:
    """Every base that names of a scheme's concepts have begun with, by the item of the scheme; empty for those of the instance.
    One statement."""
    published = (
        select(Version)
        .join(Item, Item.id == Version.item_id)
        .where(Item.kind == SCHEME, Version.published_at.is_not(None))
        .order_by(Version.item_id, Version.number)
    )
    found: dict[str, dict[str, None]] = {}
    for version in session.scalars(published):
        found.setdefault(version.item_id, {})[schemes.read(version.content).base] = None
    return {item_id: tuple(had) for item_id, had in found.items()}


def renaming(session: Session, version: Version) -> Sequence[Finding]:
    """What a version of a scheme that is not published yet breaks: a warning where concepts get other names. Two statements."""
    before = items.standing_version(session, version.item)
    if before is None or before.id == version.id:
        return ()
    old, new = (schemes.read(one.content).base for one in (before, version))
    if old == new:
        return ()
    number = session.scalar(
        select(func.count(ConceptSearch.item_id.distinct()))
        .join(Version, Version.id == ConceptSearch.version_id)
        .where(
            or_(ConceptSearch.scheme_id == version.item_id, ConceptSearch.scheme_key == version.item.slug),
            items.not_ended(),
        )
    )
    own = "/termbank/id/concept/"
    params: dict[str, str | int | Text] = {"number": number or 0, "old": f"{old or own}…", "new": f"{new or own}…"}
    return (FINDINGS.found("SCHEME-006", params, (Place(field="base"),)),)
