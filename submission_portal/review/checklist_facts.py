"""What the reviewer's checklist is computed from, read of a delivery and of what was approved before it."""

from collections.abc import Collection

import polars as pl
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry import clock, references
from registry.actors import Actor
from registry.finding_catalogue import AnswerKind, Scope, Stage
from registry.findings import Finding, Severity
from submission_portal.deliveries.assessment.gap import unanswered
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.standing_disclosures.resting import why_over
from submission_portal.deliveries.tables import Delivery
from submission_portal.receiving.foreseen import foreseen_of
from submission_portal.receiving.services import unreleased
from submission_portal.review import queries
from submission_portal.review.checklist import Facts, Total, by_rule, totals
from submission_portal.review.earlier import Earlier, last_approved, rows_as_they_stand, rows_of_earlier


def facts_of(session: Session, actor: Actor, delivery: Delivery, loaded: LoadedModel) -> Facts:
    """Everything that the list needs; a fixed number of statements, and the rows of what is compared."""
    earlier = last_approved(session, delivery)
    keyed = delivery.assessment.keyed
    warnings = [(finding.code, key) for key, finding in keyed if finding.severity is Severity.WARNING]
    of_law = [finding for _key, finding in keyed if FINDINGS.stored(finding).stage is Stage.LAW]
    gaps, foreseen = delivery.assessment.gaps, foreseen_of(session, actor, delivery)
    made, applied = delivery.disclosure, _applied(session, delivery, earlier)
    standing = made.standing_disclosure if made else None
    first = unreleased(session, delivery)
    requests = queries.requests_of(session, delivery.id)
    in_review = delivery.state == DeliveryState.IN_REVIEW
    return Facts(
        open_points=len(queries.open_points(session, [delivery.id]).get(delivery.id, [])),
        open_question=in_review and any(one.answered_at is None for one in requests),
        explained=by_rule(warnings, delivery.cited, delivery.explanations),
        small_numbers=sum(one.count for one in of_law if FINDINGS.stored(one).scope is Scope.CELL),
        is_standing=standing is not None,
        conditions_met=sum(one.is_met for one in made.judged) if made else 0,
        conditions_unmet=sum(not one.is_met for one in made.judged) if made else 0,
        standing_is_over=standing is not None and why_over(session, standing, clock.today()) is not None,
        is_disclosed=made is not None and made.is_granted,
        **_layout(delivery, earlier),
        gaps_unanswered=len(unanswered(gaps, delivery.gap_answers)),
        gaps=len(gaps),
        unit_warnings=sum(_is_about_units(one) for _key, one in keyed),
        totals=_totals(session, delivery, loaded, earlier),
        applications=len(applied[0]),
        application_missing=any(FINDINGS.stored(one).scope is Scope.DELIVERY for one in of_law),
        application_changed=earlier is not None and applied[0] != applied[1],
        corrects=delivery.corrects_delivery_id is not None,
        corrects_unreleased=(first.number or "") if first else "",
        changed_figures=_changed_figures(delivery, foreseen.total if foreseen else None),
    )


def _changed_figures(delivery: Delivery, foreseen: int | None) -> int | None:
    return foreseen if delivery.corrects_delivery_id else 0


def _is_about_units(finding: Finding) -> bool:
    entry = FINDINGS.stored(finding)
    return entry.scope is Scope.UNIT and entry.answer is not AnswerKind.CLOSED_NOT_REPORTED_OR_ENDED


def _layout(delivery: Delivery, earlier: Earlier | None) -> dict[str, bool]:
    version = delivery.layout_version
    before = {one.layout_version_id for one in earlier.deliveries} if earlier else set()
    changed = earlier is not None and delivery.layout_version_id not in before
    return {
        "layout_changed": changed,
        "layout_broken": changed and version is not None and version.break_kind is not None,
    }


def _applied(session: Session, delivery: Delivery, earlier: Earlier | None) -> tuple[Collection[str], Collection[str]]:
    """The statements of application that the sending pinned, of the delivery and of what was approved before it; one statement."""
    mine, before = f"delivery:{delivery.id}", [f"delivery:{one.id}" for one in earlier.deliveries] if earlier else []
    edges = [one for one in references.edges_from(session, mine, *before) if one.role == "applied"]
    return (
        {one.to_ref for one in edges if one.from_ref == mine},
        {one.to_ref for one in edges if one.from_ref != mine},
    )


def _totals(
    session: Session, delivery: Delivery, loaded: LoadedModel, earlier: Earlier | None
) -> tuple[Total, ...] | None:
    if earlier is None:
        return None
    key = loaded.model.key
    before = rows_of_earlier(session, earlier, key, but=delivery)
    now = rows_as_they_stand(session, delivery, key)
    if before is None or now is None or not _has_period(loaded, before, now):
        return None
    return totals(loaded, before, now)


def _has_period(loaded: LoadedModel, *frames: pl.DataFrame) -> bool:
    return all(loaded.model.period_element in one.columns for one in frames)
