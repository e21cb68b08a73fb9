"""A region answers that its figures are not comparable, before that goes out or after.

Event: ``ComparabilityAnswered``.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.errors import Refused
from registry.items import steps
from registry.locks import hold_name
from termbank.comparing.queries import MAY_ANSWER, to_answer
from termbank.comparing.tables import ComparabilityAnswer
from termbank.finding_texts.all import FINDINGS


def answer(
    session: Session, actor: Actor, now: datetime, *, organisation_id: str, keys: Collection[str], text: str
) -> int:
    """Answer differences of a region (`ToAnswer.key`) with one text. Gives their number.

    Raises `Refused` where nothing is chosen or said, and where one of them is not there to be answered any more.
    """
    actor.require_decider(*MAY_ANSWER, organisation_id=organisation_id, is_known=True)
    if not keys or not text.strip():
        raise Refused(FINDINGS.found("COMP-001", {}))
    steps.require_fit_text(actor, text)
    hold_name(session, f"comparability:{organisation_id}")
    there = {one.key: one for one in to_answer(session, organisation_id)}
    if set(keys) - there.keys():
        raise Refused(FINDINGS.found("COMP-002", {}))
    chosen = [one for key, one in there.items() if key in set(keys)]
    session.add_all(
        ComparabilityAnswer(
            organisation_id=organisation_id, version_id=one.own.version.id, other_version_id=one.other.version.id,
            text=text.strip(), person_id=str(actor.person_id), answered_at=now,
        )
        for one in chosen
    )  # fmt: skip
    session.flush()
    events.record(
        session, "ComparabilityAnswered", actor=actor, now=now, subject=f"organisation:{organisation_id}", organisation_id=organisation_id,
        data={"versions": sorted({one.own.version.id for one in chosen}), "differences": len(chosen)},
    )  # fmt: skip
    return len(chosen)
