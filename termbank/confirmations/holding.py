"""Which wordings a statement is said of: the version that it was made on, those that its region has confirmed it for, and those that
mean the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from termbank.applications.meanings import Meanings, WordingVersion
from termbank.bank.queries.meanings import meanings_of
from termbank.bank.queries.statements import Stated
from termbank.confirmations.tables import StatementConfirmation


@dataclass(frozen=True)
class Holding:
    """What some statements are said of."""

    meanings: Mapping[str, Meanings] = field(default_factory=dict)
    """By key of the concept."""
    confirmed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Hashes of the wordings that a statement was confirmed for, by the id of its version."""

    def of(self, concept: str) -> Meanings:
        return self.meanings.get(concept, Meanings())

    def holds(self, stated: Stated, wording: str) -> bool:
        """Whether a statement is said of the wording with this hash."""
        return self.of(stated.application.concept).of(wording) in self.meant(stated)

    def meant(self, stated: Stated) -> frozenset[str]:
        """The meanings that a statement is said of (`Meanings.of`)."""
        known = self.of(stated.application.concept)
        return frozenset(map(known.of, self.wordings(stated)))

    def wordings(self, stated: Stated) -> Sequence[str]:
        """The hashes of the wordings that a statement was made on and confirmed for, the first one first."""
        return (stated.application.concept_version, *sorted(self.confirmed.get(stated.version.id, ())))

    def numbers(self, stated: Stated) -> list[int]:
        """The versions of the wording that a statement was made on and confirmed for."""
        known = self.of(stated.application.concept)
        return sorted({number for one in self.wordings(stated) if (number := known.number(one)) is not None})

    def on(self, concept: str, day: date) -> WordingVersion | None:
        """The version of a concept's wording that applied on a day."""
        return self.of(concept).on(day)


def holding(session: Session, stated: Iterable[Stated]) -> Holding:
    """What these statements are said of; two statements of SQL."""
    stated = list(stated)
    if not stated:
        return Holding()
    rows = session.execute(
        select(StatementConfirmation.version_id, StatementConfirmation.concept_hash).where(
            StatementConfirmation.version_id.in_([one.version.id for one in stated]),
            StatementConfirmation.concept_hash != "",
        )
    )
    confirmed: dict[str, set[str]] = {}
    for version_id, wording in rows:
        confirmed.setdefault(version_id, set()).add(wording)
    return Holding(
        meanings_of(session, (one.application.concept for one in stated)),
        {version_id: frozenset(hashes) for version_id, hashes in confirmed.items()},
    )
