"""The published wordings of some concepts, as far as it matters whether figures on them may be set beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.items.lifecycle import Change
from registry.items.tables import Item, Version
from termbank.notions import CONCEPT


@dataclass(frozen=True, slots=True)
class Wording:
    """A concept version as far as breaks go."""

    concept: str
    version_hash: str
    number: int
    change: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class Wordings:
    """Wordings by hash."""

    by_hash: Mapping[str, Wording]

    def changed_meaning(self, before: str, after: str) -> bool:
        """Whether any version after ``before`` up to ``after`` changed the meaning; unknown versions are taken to have."""
        earlier, later = self.by_hash.get(before), self.by_hash.get(after)
        if earlier is None or later is None or earlier.concept != later.concept:
            return True
        low, high = sorted((earlier.number, later.number))
        return any(
            one.concept == later.concept and low < one.number <= high and one.change != Change.EDITORIAL
            for one in self.by_hash.values()
        )

    def valid_from(self, version_hash: str) -> date | None:
        """The first day of a wording; ``None`` where it is not here."""
        wording = self.by_hash.get(version_hash)
        return wording.valid_from if wording else None


def wordings_of(session: Session, concepts: Iterable[str]) -> Wordings:
    """Every wording of these concepts (keys) that is or was published. One statement."""
    rows = session.execute(
        select(Item.slug, Version.content_hash, Version.number, Version.change, Version.valid_from)
        .join(Version, Version.item_id == Item.id)
        .where(Item.kind == CONCEPT, Item.slug.in_(sorted(concepts)), Version.published_at.is_not(None))
    )
    found = (Wording(slug, hash_, number, str(change or Change.NEW), day) for slug, hash_, number, change, day in rows)
    return Wordings({one.version_hash: one for one in found})
