"""Reading decisions on compilations: what they open, which stand, and what has been decided before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from submission_portal.flows.audiences import Audience
from submission_portal.followup.compilations.closing import Opening
from submission_portal.followup.compilations.tables import CompilationDecision


@dataclass(frozen=True, slots=True)
class Openings:
    """What decisions in force open of the figures that some measures tell, whichever recipient's: (recipient, measure, audience, what)."""

    named: tuple[tuple[str, str, Audience, Opening], ...]

    def to(self, audience: Audience, organisation_id: str, measure_slug: str) -> frozenset[Opening]:
        """What is open in a recipient's tables of a measure to an audience: what is open to everybody is open to its own people."""
        return frozenset(
            what
            for whose, slug, named, what in self.named
            if (whose, slug) == (organisation_id, measure_slug) and named in (audience, Audience.PUBLIC)
        )

    @property
    def known(self) -> tuple[frozenset[Opening], ...]:
        """What each audience may have put together, of all recipients' tables under all names: the public, and each recipient's people."""
        public = frozenset(what for *_, named, what in self.named if named is Audience.PUBLIC)
        own: dict[str, set[Opening]] = {}
        for whose, _, named, what in self.named:
            if named is Audience.RECIPIENT:
                own.setdefault(whose, set()).add(what)
        return (public, *(public | own[one] for one in sorted(own)))


def openings_of(session: Session, measure_slugs: Collection[str], today: date) -> Openings:
    """What decisions in force open of some measures; one statement."""
    found = [one for one in standing_on(session, measure_slugs) if one.opens(today)]
    return Openings(
        tuple((one.organisation_id, one.measure_slug, Audience(one.audience), one.opening) for one in found)
    )


def standing_of(session: Session, organisation_id: str, measure_slug: str) -> Sequence[CompilationDecision]:
    """The decisions that stand on the views of a recipient's measure, those that have run out among them."""
    query = select(CompilationDecision).where(
        CompilationDecision.organisation_id == organisation_id,
        CompilationDecision.measure_slug == measure_slug,
        CompilationDecision.ended_at.is_(None),
    )
    return session.scalars(query.order_by(CompilationDecision.decided_at, CompilationDecision.id)).all()


def standing_on(session: Session, measure_slugs: Collection[str]) -> Sequence[CompilationDecision]:
    """The decisions that stand on views of some measures, of whichever recipient."""
    query = select(CompilationDecision).where(
        CompilationDecision.measure_slug.in_(measure_slugs), CompilationDecision.ended_at.is_(None)
    )
    return session.scalars(query.order_by(CompilationDecision.decided_at, CompilationDecision.id)).all()


def decided_before(session: Session, organisation_id: str, measure_slug: str) -> Sequence[CompilationDecision]:
    """The decisions on views of a recipient's measure that have ended, the newest first."""
    query = select(CompilationDecision).where(
        CompilationDecision.organisation_id == organisation_id,
        CompilationDecision.measure_slug == measure_slug,
        CompilationDecision.ended_at.is_not(None),
    )
    return session.scalars(query.order_by(CompilationDecision.decided_at.desc(), CompilationDecision.id)).all()
