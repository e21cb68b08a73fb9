"""What whoever decides on a wording is to know of the consultations on it: that one is going on, or what came of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.findings import Finding, Text
from registry.items.tables import Version
from termbank.consultations import queries
from termbank.consultations.tables import Consultation, ConsultationState, ConsultationText
from termbank.consultations.tally import Part, Position
from termbank.finding_texts.all import FINDINGS

MOST = 5
"""Consultations that are told of one wording, the newest."""


def on_concept(session: Session, actor: Actor, item_id: str, most: int = MOST) -> list[Consultation]:
    """The newest consultations on a concept that an actor may know of."""
    asked = select(ConsultationText.consultation_id).where(ConsultationText.item_id == item_id)
    query = select(Consultation).where(Consultation.id.in_(asked), queries.visible(actor))
    return list(
        session.scalars(queries.whole(query.order_by(Consultation.created_at.desc(), Consultation.id).limit(most)))
    )


def consulted(session: Session, version: Version) -> Sequence[Finding]:
    """Of each consultation on a version that is not published: until when it goes on, or how many said what."""
    asked = select(ConsultationText.consultation_id).where(ConsultationText.version_id == version.id)
    query = select(Consultation).where(Consultation.id.in_(asked), Consultation.state != ConsultationState.DRAFT)
    rows = session.scalars(queries.whole(query.order_by(Consultation.created_at.desc(), Consultation.id).limit(MOST)))
    return [replace(_notice(one, version), refs=(f"consultation:{one.id}",)) for one in rows]


def _notice(one: Consultation, version: Version) -> Finding:
    said: dict[str, str | int | Text] = {"title": one.title, "number": one.registry_number}
    if one.state != ConsultationState.SETTLED and clock.today() <= one.hidden_until:
        return FINDINGS.found("CONS-021", {**said, "day": one.hidden_until.isoformat()})
    counted = queries.tally_of(one)
    texts = [text for text in one.texts if text.version_id == version.id and not text.question]
    positions: Counter[Position] = Counter()
    for text in texts:
        part = Part.DEFINITION if Part.DEFINITION in text.texts else Part.TERM
        positions.update(counted.by_part.get((text.number, part), {}))
    is_changed = any(text.version_hash != version.content_hash for text in texts)
    return FINDINGS.found(
        "CONS-020",
        {
            **said, "asked": counted.addressed, "answered": counted.answered, "supports": positions[Position.SUPPORTS],
            "with_change": positions[Position.SUPPORTS_WITH_CHANGE], "opposes": positions[Position.OPPOSES],
            "abstains": positions[Position.ABSTAINS], "changed": CHANGED if is_changed else UNCHANGED,
        },
    )  # fmt: skip


CHANGED = Text("Versionen har ändrats sedan den skickades ut.", "The version has been changed since it was sent out.")
UNCHANGED = Text("Versionen är som den skickades ut.", "The version is as it was sent out.")
