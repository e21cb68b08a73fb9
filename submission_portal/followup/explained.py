"""What regions explained of the rows that a figure is made of, beside the figure, for who reads those rows anyway.

An explanation is a region's own prose, and may name a number that a table hides. It is therefore shown only to who sees the delivery in
full: the region's officers, and the recipient's reviewers (ADR 66).
Beside a figure that is hidden from the reader, or closed to them, nothing is said: not even that something was explained.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from registry.actors import Actor
from registry.finding_catalogue import ReadableFinding
from registry.findings import Severity
from registry.period import Period
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.pages.findings import read_finding
from submission_portal.deliveries.queries import visible
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.forwarding.tables import Release

MOST = 20
"""So many are shown beside a figure; the delivery has all of its own."""
UNTOLD = (Status.HIDDEN, Status.NEEDS_DECISION)
_PARTS = 4


@dataclass(frozen=True, slots=True)
class ExplainedFinding:
    """A warning about rows of a figure, and what the region said to it."""

    title: str
    text: str
    number: str
    url: str


def explained_of(session: Session, actor: Actor, measure: PlannedMeasure, figure: Figure) -> list[ExplainedFinding]:
    """The explanations that concern rows of a figure, of deliveries that the actor sees in full; none of a figure that is hidden."""
    if figure.status in UNTOLD or not figure.releases or actor.person_id is None:
        return []
    query = (
        select(Delivery)
        .join(Release, Release.delivery_id == Delivery.id)
        .where(Release.id.in_(figure.releases), visible(actor))
        .order_by(Delivery.sent_at.desc(), Delivery.id)
        .limit(MOST)
    )
    found = []
    for delivery in session.scalars(query):
        loaded = load_model(session, delivery.model_version_hash)
        for key, finding in delivery.assessment.keyed:
            text = delivery.explanations.get(key, "").strip()
            about = delivery.assessment.about.get(key, ())
            if finding.severity is Severity.WARNING and text and concerns(loaded, about, measure, figure):
                found.append(_shown(delivery, read_finding(finding), text))
    return found[:MOST]


def concerns(loaded: LoadedModel, about: Sequence[str], measure: PlannedMeasure, figure: Figure) -> bool:
    """Whether something that a finding is about (`assessment.identity`) is among the rows of a figure. What names no unit, element or
    period is about all of them; of what is only kept as a hash nobody can tell, and it concerns no figure."""
    return any(_is_in(loaded, one.split("|"), measure, figure) for one in about)


def _is_in(loaded: LoadedModel, parts: Sequence[str], measure: PlannedMeasure, figure: Figure) -> bool:
    if len(parts) != _PARTS:
        return False
    _rule, element, unit, period = parts
    return (
        (not element or element in elements_of(measure))
        and (not period or _is_within(period, figure.period))
        and (not unit or _is_at(loaded, unit, measure, figure))
    )


def elements_of(measure: PlannedMeasure) -> frozenset[str]:
    """The elements that a measure is computed of."""
    return frozenset(filter(None, (measure.measure.element, measure.measure.denominator)))


def _is_within(period: str, of: Period) -> bool:
    try:
        found = Period.parse(period)
    except ValueError:
        return False
    return of.first <= found.first and found.last <= of.last


def _is_at(loaded: LoadedModel, unit: str, measure: PlannedMeasure, figure: Figure) -> bool:
    names, codes = unit_elements(loaded), unit.split("/")
    if len(names) != len(codes):  # a name with a stroke in it: nobody can tell which is which
        return False
    known = dict(zip(names, codes, strict=True))
    wanted = {
        **{name: code or "" for name, code in (measure.measure.where or {}).items()},
        **dict(zip(measure.plan.dimensions, figure.place, strict=False)),
    }
    return all(known.get(name, code) == code for name, code in wanted.items())


def _shown(delivery: Delivery, finding: ReadableFinding, text: str) -> ExplainedFinding:
    number = str(delivery.number)
    return ExplainedFinding(finding.title, text, number, url_for("deliveries.show", reference=number))
