"""What every act in a consultation does: hold it as it is now, refuse by a finding, and record what happened."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.errors import Refused
from registry.locks import Hold, holding
from termbank.consultations import queries
from termbank.consultations.tables import Consultation, ConsultationState
from termbank.finding_texts.all import FINDINGS


def held(session: Session, one: Consultation, state: ConsultationState) -> Consultation:
    """The consultation as it is now, nobody else's to change until this transaction ends. Raises `Refused` in another state."""
    query = queries.whole(select(Consultation).where(Consultation.id == one.id))
    held = session.scalars(holding(query, Hold.CHANGING, of=Consultation)).one_or_none()
    if held is None or held.state != state:
        raise refused("CONS-001")
    return held


def refused(code: str, **params: str | int) -> Refused:
    return Refused(FINDINGS.found(code, params))


def record(
    session: Session, actor: Actor, now: datetime, one: Consultation, type_: str, *,
    organisation_id: str | None = None, **data: object,
) -> None:  # fmt: skip
    events.record(
        session, type_, actor=actor, now=now, subject=f"consultation:{one.id}",
        organisation_id=organisation_id or one.organisation_id, data=data,
    )  # fmt: skip
