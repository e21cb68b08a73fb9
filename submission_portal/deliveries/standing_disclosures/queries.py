"""Reading standing disclosure decisions: those of a line and of a region, which of them covers a day, and who decided them."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.locks import Hold, holding
from registry.paging import Page, page_of
from submission_portal.deliveries.tables import Delivery, Disclosure, StandingDisclosure

READERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER, Role.REGION_ADMINISTRATOR)
"""Who reads a region's standing decisions: its own people."""
ENDS_SOON = timedelta(days=30)
SHOWN = 20
"""So many are reminded of at once, and so many deliveries are shown."""


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on `StandingDisclosure` for what ``actor`` may see."""
    if actor.is_system:
        return StandingDisclosure.id.is_not(None)
    return StandingDisclosure.organisation_id.in_(actor.organisations(*READERS))


def decision_for(session: Session, actor: Actor, decision_id: str) -> StandingDisclosure:
    """The decision, where ``actor`` may see it. Raises `NotFound`."""
    wanted = select(StandingDisclosure).where(StandingDisclosure.id == decision_id, visible(actor))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound("standing disclosure")
    return found


def list_decisions(
    session: Session, actor: Actor, *, page: int = 1, per_page: int = 25, line_item_id: str | None = None
) -> Page[StandingDisclosure]:
    """The decisions that ``actor`` may see, the newest first; two statements."""
    wanted = [visible(actor)]
    if line_item_id is not None:
        wanted.append(StandingDisclosure.line_item_id == line_item_id)
    newest = select(StandingDisclosure).where(*wanted)
    return page_of(
        session, newest.order_by(StandingDisclosure.decided_at.desc(), StandingDisclosure.id), page, per_page
    )


def gone_under(session: Session, decision: StandingDisclosure) -> Page[Delivery]:
    """The deliveries that were sent under a decision: the latest, and how many there are."""
    sent = select(Delivery).join(Disclosure, Disclosure.delivery_id == Delivery.id)
    under = sent.where(Disclosure.standing_disclosure_id == decision.id, Delivery.number.is_not(None))
    return page_of(session, under.order_by(Delivery.sent_at.desc(), Delivery.id), 1, SHOWN)


def covering(on: date) -> ColumnElement[bool]:
    """The condition for the decisions whose own days the day is of; what they rest on is judged apart (`resting`)."""
    return and_(
        StandingDisclosure.withdrawn_at.is_(None),
        StandingDisclosure.valid_from <= on,
        StandingDisclosure.valid_to >= on,
    )


def decision_of_line(session: Session, line_item_id: str, on: date, *, hold: bool = False) -> StandingDisclosure | None:
    """The line's decision that covers the day, or else its newest, which says why nothing goes under it; ``None`` where it has
    none. ``hold``: nobody withdraws it until the transaction ends."""
    query = (
        select(StandingDisclosure)
        .where(StandingDisclosure.line_item_id == line_item_id)
        .order_by(covering(on).desc(), StandingDisclosure.decided_at.desc(), StandingDisclosure.id)
        .limit(1)
    )
    found = session.scalar(query)
    if found is None or not hold:
        return found
    return session.scalar(holding(select(StandingDisclosure).where(StandingDisclosure.id == found.id), Hold.UNCHANGED))


def decisions_of_lines(session: Session, line_item_ids: Collection[str], on: date) -> dict[str, StandingDisclosure]:
    """By line its decision that covers the day, of the lines that have one."""
    query = select(StandingDisclosure).where(StandingDisclosure.line_item_id.in_(line_item_ids), covering(on))
    order = (StandingDisclosure.decided_at, StandingDisclosure.id.desc())
    return {one.line_item_id: one for one in session.scalars(query.order_by(*order))}


def overlapping(session: Session, line_item_id: str, first: date, last: date) -> StandingDisclosure | None:
    """A decision of the line that was not withdrawn and has some of these days."""
    return session.scalar(
        select(StandingDisclosure)
        .where(
            StandingDisclosure.line_item_id == line_item_id,
            StandingDisclosure.withdrawn_at.is_(None),
            StandingDisclosure.valid_from <= last,
            StandingDisclosure.valid_to >= first,
        )
        .order_by(StandingDisclosure.valid_from)
        .limit(1)
    )


def decides_standing(session: Session, person_id: str | None, organisation_id: str, on: date | None = None) -> bool:
    """Whether a person has taken a standing decision of the organisation that lasts on the day, today by default, or is to come:
    then they do not administer the machine clients whose deliveries it lets through."""
    lasting = (
        StandingDisclosure.organisation_id == organisation_id,
        StandingDisclosure.person_id == person_id,
        StandingDisclosure.withdrawn_at.is_(None),
        StandingDisclosure.valid_to >= (on or clock.today()),
    )
    return session.scalar(select(StandingDisclosure.id).where(*lasting).limit(1)) is not None


def ending_soon(session: Session, organisation_ids: Collection[str], on: date) -> list[StandingDisclosure]:
    """Decisions that cover the day and end within thirty days, and that none of their line follows; at most one of each line."""
    soon = select(StandingDisclosure).where(
        StandingDisclosure.organisation_id.in_(organisation_ids),
        covering(on),
        StandingDisclosure.valid_to <= on + ENDS_SOON,
    )
    after = select(StandingDisclosure.line_item_id).where(
        StandingDisclosure.withdrawn_at.is_(None), StandingDisclosure.valid_from > on
    )
    wanted = soon.where(StandingDisclosure.line_item_id.not_in(after)).order_by(StandingDisclosure.valid_to)
    return list(session.scalars(wanted.limit(SHOWN)))
