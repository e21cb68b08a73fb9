"""Confirming statements: one act for all that are ticked.

Event: ``StatementsConfirmed``.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import Actor, Role
from registry.errors import Refused
from termbank.confirmations.queries import to_confirm
from termbank.confirmations.tables import StatementConfirmation
from termbank.finding_texts.all import FINDINGS

MAY_CONFIRM = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


def confirm(session: Session, actor: Actor, now: datetime, *, organisation_id: str, stamps: Collection[str]) -> int:
    """Say that statements of a region still hold. Gives their number.

    ``stamps`` (`ToConfirm.stamp`) are of the statements as whoever confirms saw them. Raises `Refused` where none is given, and where
    one has changed since, or its wording or questions have: then nothing is confirmed.
    """
    actor.require_decider(*MAY_CONFIRM, organisation_id=organisation_id, is_known=True)
    if not stamps:
        raise Refused(FINDINGS.found("APPL-014", {}))
    there = {one.stamp: one for one in to_confirm(session, organisation_id, clock.today(now))}
    if set(stamps) - there.keys():
        raise Refused(FINDINGS.found("APPL-013", {}))
    chosen = [one for stamp, one in there.items() if stamp in set(stamps)]
    session.add_all(
        StatementConfirmation(
            organisation_id=organisation_id, version_id=one.version.id, concept_hash=one.concept_hash,
            question_set_hash=one.question_set_hash, person_id=str(actor.person_id), confirmed_at=now,
        )
        for one in chosen
    )  # fmt: skip
    session.flush()
    events.record(
        session, "StatementsConfirmed", actor=actor, now=now, subject=f"organisation:{organisation_id}", organisation_id=organisation_id,
        data={"versions": sorted(one.version.id for one in chosen)},
    )  # fmt: skip
    return len(chosen)
