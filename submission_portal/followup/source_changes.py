"""Changes of source that a region has declared, and the measures that a changed answer about an export touches."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models import measures
from information_models.measures import Measure
from submission_portal.followup.plans import measures_of_model
from submission_portal.followup.tables import SourceChange

MOST_SHOWN = 50


def measures_touched(session: Session, model_slug: str, elements: Collection[str]) -> list[Measure]:
    """The published measures of a model whose figures come from some elements; all of them where one of those says what rows are
    about."""
    found = [measures.read(version.content) for version in measures_of_model(session, model_slug)]
    counted = {name for one in found for name in (one.element, one.denominator) if name}
    if not set(elements) <= counted:
        return found
    return [one for one in found if {one.element, one.denominator} & set(elements)]


def declared_of(session: Session, organisation_id: str, slugs: Sequence[str]) -> list[SourceChange]:
    """What a region has declared for some measures and not withdrawn, the latest first."""
    query = (
        select(SourceChange)
        .where(
            SourceChange.organisation_id == organisation_id,
            SourceChange.measure_slug.in_(slugs),
            SourceChange.withdrawn_at.is_(None),
        )
        .order_by(SourceChange.changed_on.desc(), SourceChange.declared_at.desc())
        .limit(MOST_SHOWN)
    )
    return list(session.scalars(query))
