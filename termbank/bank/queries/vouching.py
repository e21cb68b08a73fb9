"""What vouches for the words of a concept, held against its published versions."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.findings import Finding
from registry.items.lifecycle import State
from registry.items.tables import Version
from termbank.bank.neighbours import AT_ONCE
from termbank.bank.queries.term_banks import concept_of
from termbank.concepts.concept import Concept
from termbank.concepts.vouching import Earlier, unvouched


def of_version(session: Session, version: Version) -> list[Finding]:
    """What is said of the sources of a version that is not published yet, and was said of other words."""
    return findings(concept_of(version), earlier_versions(session, [version.item_id]).get(version.item_id, ()))


def earlier_versions(session: Session, item_ids: Sequence[str]) -> dict[str, list[Version]]:
    """The published versions of concepts, by id of the concept, the newest first."""
    found: dict[str, list[Version]] = {}
    for start in range(0, len(item_ids), AT_ONCE):
        of_some = Version.item_id.in_(item_ids[start : start + AT_ONCE])
        published = select(Version).where(of_some, Version.published_at.is_not(None)).order_by(Version.number.desc())
        for version in session.scalars(published):
            found.setdefault(version.item_id, []).append(version)
    return found


def findings(concept: Concept, earlier: Sequence[Version]) -> list[Finding]:
    """What vouches for other words than these. A version is begun from the one that is published and not superseded."""
    said = [Earlier(version.number, concept_of(version)) for version in earlier]
    standing = [one.concept for one, version in zip(said, earlier, strict=True) if version.state == State.PUBLISHED]
    return unvouched(concept, said, standing[0] if standing else None)
