"""What follows for deliveries that are there already when a use of their line is approved, or taken back.

A use that is approved covers the deliveries before it that it states, since the region's officer accepted that. One that succeeds
what was carried over takes that one's deliveries over from its first day, so that nothing is lost and nothing counts twice. One
that is taken back covers nothing any more. The line, or the use, is held by whoever decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from registry import clock
from registry.items.lifecycle import Outcome
from registry.items.tables import Item, Version
from submission_portal.deliveries.lifecycle import STANDING, DeliveryState
from submission_portal.deliveries.tables import Delivery, DeliveryUse
from submission_portal.deliveries.uses.endings import Ending
from submission_portal.deliveries.uses.naming import end, link, new_row
from submission_portal.flows.uses.content import Use
from submission_portal.flows.uses.queries import APPROVED, KIND, of_version, uses_of_line
from submission_portal.flows.uses.standing import CARRIED, CARRIED_PUBLIC, StandingUse

ACCEPTANCE = "acceptance"
"""The aspect of the region's decision on a use."""
COVERED = (*STANDING, DeliveryState.DISCLOSED)
"""States of the deliveries that a use may cover: received, or decided to be disclosed and on their way."""


@dataclass(frozen=True, slots=True)
class Past:
    """The deliveries before a use that it would cover."""

    count: int
    first: date | None
    last: date | None


def past_of(session: Session, use: Use) -> Past:
    """What a use covers of what has been delivered; one statement."""
    query = select(func.count(), func.min(Delivery.period_first), func.max(Delivery.period_last))
    count, first, last = session.execute(query.where(_covered(use))).one()
    return Past(count, first, last)


def follow_approval(session: Session, now: datetime, version: Version) -> None:
    """A version of a use is approved by both sides."""
    cover_past(session, now, version)
    take_over(session, now, version)


def follow_withdrawal(session: Session, now: datetime, version: Version) -> None:
    """A version of a use is taken back: what was delivered for it may not be used for it any more. One that is taken back before
    its first day leaves the one before it in force."""
    made, on = of_version(version), clock.today(now)
    if any(one.ref == made.ref and one.is_withdrawn for one in uses_of_line(session, made.line_item_id, on)):
        for row in _standing_rows(session, DeliveryUse.use_ref == made.ref):
            end(row, now, Ending.WITHDRAWN)
    session.flush()


def cover_past(session: Session, now: datetime, version: Version) -> None:
    """Put on record that an approved use covers the deliveries before it that it states."""
    use = of_version(version)
    found = session.scalars(select(Delivery).where(_covered(use.use)).order_by(Delivery.id)).all()
    _add(session, now, use, found, _accepted_by(version))


def take_over(session: Session, now: datetime, version: Version) -> None:
    """Let an approved use take the place of what it succeeds, from its first day. Doing it again changes nothing."""
    use = of_version(version)
    kind, _, line = use.use.succeeds.partition(":")
    if kind not in (CARRIED, CARRIED_PUBLIC) or line != use.line_item_id or use.first_day > clock.today(now):
        return
    rows = _standing_rows(session, DeliveryUse.use_ref.in_(_refs_of_recipient(session, line)))
    ids = {row.delivery_id for row in rows}
    deliveries = session.scalars(select(Delivery).where(Delivery.id.in_(ids)).order_by(Delivery.id)).all()
    _add(session, now, use, deliveries, _accepted_by(version))
    for row in rows:
        if row.use_ref == use.use.succeeds:
            end(row, now, Ending.SUCCEEDED)
    session.flush()


def take_over_today(session: Session, now: datetime) -> None:
    """Let the uses whose first day has come take over what they succeed."""
    for version in session.scalars(
        select(Version).join(Item).where(Item.kind == KIND, Version.state.in_(APPROVED)).order_by(Version.published_at)
    ).all():
        take_over(session, now, version)


def _covered(use: Use) -> ColumnElement[bool]:
    """The condition for the deliveries before a use that it covers; none where it says nothing of them."""
    first = use.covers_from or date.max
    return and_(Delivery.flow_item_id == use.line, Delivery.state.in_(COVERED), Delivery.period_first >= first)


def _refs_of_recipient(session: Session, line: str) -> list[str]:
    """The use that was carried over for a line's recipient, and those that have succeeded it: everybody's follows them."""
    carried = f"{CARRIED}:{line}"
    return [carried, *(one.ref for one in uses_of_line(session, line) if one.use.succeeds == carried)]


def _standing_rows(session: Session, condition: ColumnElement[bool]) -> Sequence[DeliveryUse]:
    return session.scalars(select(DeliveryUse).where(condition, DeliveryUse.ended_at.is_(None))).all()


def _accepted_by(version: Version) -> str | None:
    """The region's decision on a version of a use."""
    given = [one for one in version.decisions if one.aspect == ACCEPTANCE and one.outcome == Outcome.APPROVE]
    return max(given, key=lambda one: one.decided_at).id if given else None


def _add(
    session: Session, now: datetime, use: StandingUse, deliveries: Sequence[Delivery], decision_id: str | None
) -> None:
    """Put deliveries on record for a use, with the decision that covers them; those that are named already stay as they are."""
    there = {row.delivery_id: row for row in session.scalars(select(DeliveryUse).where(DeliveryUse.use_ref == use.ref))}
    for one in deliveries:
        row = there.get(one.id) or new_row(one, use.ref)
        if one.id in there and row.ended_at is None:
            continue
        row.use_version_hash, row.disclosure_id, row.decision_id = use.version_hash, None, decision_id
        row.since, row.ended_at, row.ended_because = now, None, ""
        session.add(row)
        link(session, now, one.id, use)
    session.flush()
