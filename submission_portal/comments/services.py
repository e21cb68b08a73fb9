"""Commenting on a delivery. Event: ``DeliveryCommented``."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor, Role
from registry.errors import Forbidden, Refused
from registry.events import Happening
from registry.messages.telling import holders
from registry.paging import Page, page_of
from submission_portal.comments.finding_texts import FINDINGS, LONGEST
from submission_portal.comments.tables import DeliveryComment
from submission_portal.deliveries.queries import REVIEWERS
from submission_portal.deliveries.tables import Delivery
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts

OFFICERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


def comment(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, *, text: str, about: str = ""
) -> DeliveryComment:
    """Say something to the other side about a delivery that the actor sees in full (`delivery_for`), or about a finding by its key.

    Raises `Forbidden` for who belongs to neither side, `Refused` for a delivery that was never sent, a finding that it does not
    have, and a text that is empty, too long or holds an identity number.
    """
    organisation_id = side_of(actor, delivery)
    if organisation_id is None:
        raise Forbidden("comment")
    if delivery.number is None:
        raise Refused(FINDINGS.found("TALK-002"))
    if about and about not in {key for key, _finding in delivery.assessment.keyed}:
        raise Refused(FINDINGS.found("TALK-003"))
    if not 1 <= len(text.strip()) <= LONGEST:
        raise Refused(FINDINGS.found("TALK-001", {"most": LONGEST}))
    refuse_unfit_texts(text)
    made = DeliveryComment(
        delivery_id=delivery.id, organisation_id=organisation_id, about=about, text=text.strip(),
        person_id=actor.person_id, written_at=events.not_before(session, now),
    )  # fmt: skip
    session.add(made)
    session.flush()
    events.record(
        session, "DeliveryCommented", actor=actor, now=now, subject=f"delivery:{delivery.id}",
        organisation_id=organisation_id, data={"comment": made.id},
    )  # fmt: skip
    return made


def side_of(actor: Actor, delivery: Delivery) -> str | None:
    """The organisation that the actor speaks for: the region, or the recipient whose reviewer they are."""
    if not actor.counts_as_person:
        return None
    if actor.has_role(*OFFICERS, organisation_id=delivery.organisation_id):
        return delivery.organisation_id
    return delivery.recipient_id if actor.has_role(*REVIEWERS, organisation_id=delivery.recipient_id) else None


def comments_on(session: Session, delivery: Delivery, number: int) -> Page[DeliveryComment]:
    """A page of what was said about a delivery, the newest first."""
    said = select(DeliveryComment).where(DeliveryComment.delivery_id == delivery.id)
    return page_of(session, said.order_by(DeliveryComment.written_at.desc(), DeliveryComment.id), number)


def both_sides(session: Session, happening: Happening) -> list[str]:
    """Whom to tell of a comment: the region's officers, and the recipient's reviewers."""
    delivery = session.get_one(Delivery, happening.subject.removeprefix("delivery:"))
    return [*the_region(session, happening), *holders(session, delivery.recipient_id, *REVIEWERS)]


def the_region(session: Session, happening: Happening) -> list[str]:
    """Whom to tell of what the recipient did with a delivery: the region's officers."""
    delivery = session.get_one(Delivery, happening.subject.removeprefix("delivery:"))
    return holders(session, delivery.organisation_id, *OFFICERS)


def the_reviewers(session: Session, happening: Happening) -> list[str]:
    """Whom to tell of what the region did with a delivery: the recipient's reviewers."""
    delivery = session.get_one(Delivery, happening.subject.removeprefix("delivery:"))
    return holders(session, delivery.recipient_id, Role.QUALITY_REVIEWER) if delivery.number else []
