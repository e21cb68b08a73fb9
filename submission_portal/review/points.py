"""Numbered points that a reviewer writes about a delivery, returning it to the region for completion, and what the region answers.

A delivery that is returned stays received and in review: nothing of it is changed. Mending is a correction, which answers points by
naming them. Nothing is approved with an open point: the row of `DeliveryReview` says so to the database too.

Events: ``ReviewPointWritten``, ``ReviewPointTakenBack``, ``DeliveryReturned``, ``ReviewPointAnswered``, ``ReviewPointReopened``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from information_models.queries import load_model
from registry import events, hands
from registry.actors import SYSTEM, Actor, Role
from registry.db import insert_or_ignore
from registry.errors import Refused
from registry.events import Happening
from registry.locks import holding
from submission_portal.deliveries.lifecycle import STANDING, CorrectionKind, DeliveryState
from submission_portal.deliveries.queries import has_rows, root_of, rows_of
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.transitions import hold, record
from submission_portal.flows.acts import line
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts
from submission_portal.review.anchors import key_of_row, rows_with_key
from submission_portal.review.finding_texts import FINDINGS
from submission_portal.review.judging import refuse_unfit, require_reviewer, require_words
from submission_portal.review.tables import DeliveryReview, ReviewPoint

MOST_POINTS = 200
"""So many points a delivery has at most: who has more to say refuses it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a point is about: a finding by its key, an element, a row of the sender's file; nothing of it: the whole delivery."""

    finding: str = ""
    element: str = ""
    row: int | None = None


def write(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, text: str, anchor: Anchor
) -> ReviewPoint:
    """Write a point, which only the recipient's reviewers read until the delivery is returned.

    Raises `Forbidden` without the role at the recipient, `Refused` for who may not decide on the delivery, without words, and of a
    finding, an element or a row that the delivery does not have (REV-009).
    """
    require_reviewer(actor, delivery)
    hold(session, delivery)
    now = events.not_before(session, now)
    refuse_unfit(session, actor, delivery, now)
    text = require_words(text)
    key = _key_at(session, delivery, anchor)
    review = _held_review(session, delivery)
    if review.last_point >= MOST_POINTS:
        raise Refused(FINDINGS.found("REV-010", {"most": MOST_POINTS}))
    try:
        with session.begin_nested():
            review.last_point += 1
            review.open_points += 1
    except IntegrityError as error:
        raise Refused(FINDINGS.found("REV-001")) from error
    point = ReviewPoint(
        delivery_id=delivery.id,
        organisation_id=delivery.recipient_id,
        discloser_id=delivery.organisation_id,
        number=review.last_point,
        finding=anchor.finding,
        element=anchor.element,
        row=anchor.row,
        row_key=key,
        text=text,
        written_by=actor.person_id,
        written_at=now,
    )
    session.add(point)
    session.flush()
    record(session, actor, now, delivery, "ReviewPointWritten", point=point.id, number=point.number)
    return point


def take_back(session: Session, actor: Actor, now: datetime, delivery: Delivery, number: int) -> None:
    """Ask for it no more. The region, where it has read the point, reads that too."""
    require_reviewer(actor, delivery)
    hold(session, delivery)
    refuse_unfit(session, actor, delivery, events.not_before(session, now))
    point = _open_point(session, delivery, number)
    point.taken_back_at, point.taken_back_by = now, actor.person_id
    _close(session, delivery)
    record(session, actor, now, delivery, "ReviewPointTakenBack", point=point.id, number=point.number)


def return_for_completion(session: Session, actor: Actor, now: datetime, delivery: Delivery) -> list[ReviewPoint]:
    """Let the region read the points that it has not read, and ask it to answer them. The delivery stays received.

    Raises `Refused` where there is no such point (REV-011).
    """
    require_reviewer(actor, delivery)
    hold(session, delivery)
    now = events.not_before(session, now)
    refuse_unfit(session, actor, delivery, now)
    unread = [one for one in _open_points(session, delivery) if one.returned_at is None]
    if not unread:
        raise Refused(FINDINGS.found("REV-011"))
    for one in unread:
        one.returned_at = now
    session.flush()
    record(session, actor, now, delivery, "DeliveryReturned", points=len(unread))
    return unread


def answer(
    session: Session,
    actor: Actor,
    now: datetime,
    delivery: Delivery,
    number: int,
    *,
    text: str = "",
    mended_by: Delivery | None = None,
) -> ReviewPoint:
    """Answer a point for the region: with words, or with a correction that mends it, or both.

    Raises `NotFound` for other regions, `Refused` where the point is not open or was not returned, without either, and for a
    correction that was not received for this delivery, does not stand, came before the point (REV-013), or has nothing at the point's
    row (REV-014).
    """
    actor.require(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    now = events.not_before(session, now)
    point = _open_point(session, delivery, number)
    if point.returned_at is None or delivery.state != DeliveryState.IN_REVIEW:
        raise Refused(FINDINGS.found("REV-012"))
    hands.require(session, actor, hands.Side.DISCLOSER, line(delivery.flow_item_id))
    if mended_by is None:
        text = require_words(text)
    else:
        refuse_unfit_texts(text)
        _refuse_unmended(session, delivery, point, mended_by)
    point.answer, point.mended_by_id = text.strip(), mended_by.id if mended_by else None
    point.answered_by, point.answered_at = actor.person_id, now
    _close(session, delivery)
    record(
        session, actor, now, delivery, "ReviewPointAnswered",
        point=point.id, number=point.number, correction=mended_by.id if mended_by else None,
    )  # fmt: skip
    return point


def mending(session: Session, delivery: Delivery) -> list[Delivery]:
    """The received corrections of single rows of a delivery that stand, the latest first: what can mend its points."""
    query = select(Delivery).where(
        Delivery.flow_item_id == delivery.flow_item_id,
        Delivery.number.is_not(None),
        Delivery.correction_kind == CorrectionKind.CORRECTION,
        Delivery.state.in_(STANDING),
        Delivery.period_first <= delivery.period_last,
        Delivery.period_last >= delivery.period_first,
    )
    found = session.scalars(query.order_by(Delivery.sent_at.desc(), Delivery.id))
    return [one for one in found if one.id != delivery.id and root_of(session, one).id == root_of(session, delivery).id]


def approve(session: Session, delivery: Delivery) -> None:
    """Note that the delivery is approved. Raises `Refused` with an open point (REV-008); the database refuses it too."""
    review = _held_review(session, delivery)
    if review.open_points:
        raise Refused(FINDINGS.found("REV-008", {"count": review.open_points}))
    try:
        with session.begin_nested():
            review.is_approved = True
    except IntegrityError as error:
        raise Refused(FINDINGS.found("REV-008", {"count": 1})) from error


def reopen(session: Session, happening: Happening) -> None:
    """A correction that is withdrawn or refused mends nothing any more: its points are open again, while their delivery is in review."""
    ended = happening.subject.removeprefix("delivery:")
    points = session.scalars(select(ReviewPoint).where(ReviewPoint.mended_by_id == ended)).all()
    for point in points:
        delivery = session.get_one(Delivery, point.delivery_id)
        if delivery.state != DeliveryState.IN_REVIEW:
            continue
        point.answered_at = point.answered_by = point.mended_by_id = None
        point.answer = ""
        review = _held_review(session, delivery)
        review.open_points += 1
        session.flush()
        record(
            session, SYSTEM, happening.recorded_at, delivery, "ReviewPointReopened", point=point.id, number=point.number
        )


def _held_review(session: Session, delivery: Delivery) -> DeliveryReview:
    """The row of the delivery's review, made where there is none, held until the transaction ends."""
    insert_or_ignore(
        session, DeliveryReview, delivery_id=delivery.id, organisation_id=delivery.recipient_id,
        discloser_id=delivery.organisation_id, last_point=0, open_points=0, is_approved=False,
    )  # fmt: skip
    query = select(DeliveryReview).where(DeliveryReview.delivery_id == delivery.id)
    return session.scalars(holding(query)).one()


def _close(session: Session, delivery: Delivery) -> None:
    _held_review(session, delivery).open_points -= 1
    session.flush()


def _open_points(session: Session, delivery: Delivery) -> Sequence[ReviewPoint]:
    query = select(ReviewPoint).where(ReviewPoint.delivery_id == delivery.id).order_by(ReviewPoint.number)
    return [one for one in session.scalars(holding(query)) if one.is_open]


def _open_point(session: Session, delivery: Delivery, number: int) -> ReviewPoint:
    point = next((one for one in _open_points(session, delivery) if one.number == number), None)
    if point is None:
        raise Refused(FINDINGS.found("REV-012"))
    return point


def _key_at(session: Session, delivery: Delivery, anchor: Anchor) -> dict[str, str] | None:
    """The key of the row that a point is about. Raises `Refused` of what the delivery does not have."""
    loaded = load_model(session, delivery.model_version_hash)
    if anchor.finding and anchor.finding not in {key for key, _finding in delivery.assessment.keyed}:
        raise Refused(FINDINGS.found("REV-009"))
    if anchor.element and anchor.element not in loaded.model.by_name:
        raise Refused(FINDINGS.found("REV-009"))
    if anchor.row is None:
        return None
    rows = rows_of(session, delivery) if has_rows(delivery) else None
    key = None if rows is None else key_of_row(rows, loaded.model.key, anchor.row)
    if key is None:
        raise Refused(FINDINGS.found("REV-009"))
    return key


def _refuse_unmended(session: Session, delivery: Delivery, point: ReviewPoint, correction: Delivery) -> None:
    is_later = correction.sent_at is not None and correction.sent_at >= point.written_at
    if correction.id not in {one.id for one in mending(session, delivery)} or not is_later:
        raise Refused(FINDINGS.found("REV-013"))
    if point.row_key and not rows_with_key(rows_of(session, correction), point.row_key).height:
        raise Refused(FINDINGS.found("REV-014"))
