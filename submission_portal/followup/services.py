"""Declaring a change of source, and taking that back."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from legal_checks.personal_data import has_number
from registry import events
from registry.actors import Actor, Role
from registry.directions import misdirection_in
from registry.errors import Invalid
from registry.identity.tables import Organisation
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.tables import SourceChange
from submission_portal.forwarding.services import ask_for_tables

NOTE_MISSING = "FOL-013"
IDENTITY_NUMBER = "FOL-014"
LONGEST_NOTE = 500


def declare_source_change(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    organisation: Organisation,
    measure_slug: str,
    model_slug: str,
    changed_on: date,
    note: Mapping[str, str],
) -> SourceChange:
    """A region says that its figures come from another system, or are measured another way, from a day on.

    Raises ``Forbidden`` for others than the region's data officer, ``Invalid`` without words, or where they hold a
    personal identity number.
    """
    actor.require(Role.DATA_OFFICER, organisation_id=organisation.id, is_known=True)
    words = {language: note.get(language, "").strip()[:LONGEST_NOTE] for language in ("sv", "en")}
    if not words["sv"]:
        raise Invalid([FINDINGS.found(NOTE_MISSING)])
    if any(has_number(text) for text in words.values()):
        raise Invalid([FINDINGS.found(IDENTITY_NUMBER)])
    if (turned := next(filter(None, map(misdirection_in, words.values())), None)) is not None:
        raise Invalid([turned])
    change = SourceChange(
        organisation_id=organisation.id,
        measure_slug=measure_slug,
        changed_on=changed_on,
        note_sv=words["sv"],
        note_en=words["en"] or words["sv"],
        declared_by=actor.person_id or "",
        declared_at=now,
    )
    session.add(change)
    session.flush()
    events.record(
        session,
        "SourceChangeDeclared",
        actor=actor,
        now=now,
        subject=f"source-change:{change.id}",
        organisation_id=organisation.id,
        data={"measure": measure_slug, "on": changed_on.isoformat()},
    )
    ask_for_tables(session, now, model_slug)
    return change


def withdraw_source_change(
    session: Session, actor: Actor, now: datetime, *, change: SourceChange, model_slug: str
) -> None:
    """Take back a declaration that was wrong. It stays on record."""
    actor.require(Role.DATA_OFFICER, organisation_id=change.organisation_id, is_known=True)
    if change.withdrawn_at is not None:
        return
    change.withdrawn_at = now
    events.record(
        session,
        "SourceChangeWithdrawn",
        actor=actor,
        now=now,
        subject=f"source-change:{change.id}",
        organisation_id=change.organisation_id,
        data={"measure": change.measure_slug},
    )
    ask_for_tables(session, now, model_slug)
