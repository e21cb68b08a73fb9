"""What is recorded where a file holds identity numbers, or may hold some: never a number, never the file or its name.

A file that certainly has identity numbers is refused and nothing of it is kept. That it was sent at all may be a personal
data breach, which the region's data protection officer judges (GDPR art. 33): the event says when, by whom, in which flow,
where in the file, how many of which kind. A file's name and content are recorded as keyed hashes (HMAC-SHA256 with the
instance's key), so that a copy at hand can be compared with what was refused, and nobody else learns anything.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_checks.number_forms import NumberKind
from registry import events
from registry.actors import Actor, Role
from registry.columns import new_id
from registry.errors import NotFound
from registry.events import Event
from registry.finding_catalogue import AnswerKind
from registry.findings import Finding
from registry.items.tables import Version
from submission_portal.deliveries.identity_numbers import CELLS
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.tables import Delivery

READERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


@dataclass(frozen=True, slots=True)
class IdentityRefusal:
    """A file that was refused, as the log has it."""

    identifier: str
    event_number: int
    recorded_at: datetime
    organisation_id: str
    person_id: str | None
    flow_version: str
    numbers: int
    """How many different ones."""
    kinds: Mapping[NumberKind, int]
    places: int
    parts: Mapping[str, int]
    """Part of the file (`CELLS`, or as places name them) → places in it."""
    file_name_hmac: str
    file_hmac: str
    file_size: int


def asks_for_answer(findings: tuple[Finding, ...]) -> bool:
    """Whether the file can be sent again with an answer: all that stops it is the question."""
    entries = [FINDINGS.of(finding) for finding in findings if finding.code in FINDINGS]
    return bool(entries) and all(entry.answer is AnswerKind.NOT_IDENTITY for entry in entries)


def is_recorded(findings: tuple[Finding, ...]) -> bool:
    """Whether a file that is refused for these leaves an event."""
    return any(_refusal_event(finding) for finding in findings)


def _refusal_event(finding: Finding) -> str:
    """The event of a finding that stops the file; an answered question stops none."""
    entry = FINDINGS.of(finding)
    return entry.event if entry.stops else ""


def keyed_hash(data: bytes | str) -> str:
    """The HMAC of a file or its name with the instance's key."""
    key = str(current_app.secret_key).encode()
    message = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def record_refusal(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    version: Version,
    reading: Reading,
    file_name: str,
    data: bytes,
) -> str | None:
    """Record that a file for a version of a flow was refused for identity numbers, and give the refusal's id; ``None`` where
    it was for nothing of the kind. In a transaction of its own: the one that would have kept the file does not come to pass.
    """
    for finding in reading.findings:
        if event := _refusal_event(finding):
            identifier = new_id()
            events.record(
                session,
                event,
                actor=actor,
                now=now,
                subject=f"refusal:{identifier}",
                organisation_id=version.organisation_id,
                data={
                    "flow": version.content_hash,
                    "file_name_hmac": keyed_hash(file_name),
                    "file_hmac": keyed_hash(data),
                    "file_size": len(data),
                    **_counted(finding),
                },
            )
            return identifier
    return None


def record_answer(session: Session, actor: Actor, now: datetime, delivery: Delivery, reading: Reading) -> None:
    """Record that the sender has said what it is that may be identity numbers; the reason stands with the delivery."""
    if reading.identity_answer is None:
        return
    for finding in reading.findings:
        if event := FINDINGS.of(finding).event:
            data = {"flow": delivery.flow_version_hash, "file": delivery.file_sha256, **_counted(finding)}
            events.record(
                session,
                event,
                actor=actor,
                now=now,
                subject=f"delivery:{delivery.id}",
                organisation_id=delivery.organisation_id,
                data=data,
            )


def _counted(finding: Finding) -> dict[str, Any]:
    """Counts, by kind of number and by part of the file."""
    parts = Counter(place.field or CELLS for place in finding.places)
    kinds = {kind.value: finding.params[kind.value] for kind in NumberKind if finding.params.get(kind.value)}
    return {
        "numbers": finding.params["numbers"],
        "kinds": kinds,
        "places": len(finding.places),
        "parts": dict(sorted(parts.items())),
    }


def refusal_for(session: Session, actor: Actor, identifier: str) -> IdentityRefusal:
    """The refusal, for officers of the organisation whose file it was. Raises `NotFound` for everybody else."""
    event = session.scalar(select(Event).where(Event.subject == f"refusal:{identifier}").order_by(Event.number))
    if event is None or event.organisation_id is None:
        raise NotFound("refusal")
    if not actor.may(*READERS, organisation_id=event.organisation_id):
        raise NotFound("refusal")
    told = event.data
    return IdentityRefusal(
        identifier,
        event.number,
        event.recorded_at,
        event.organisation_id,
        event.person_id,
        told["flow"],
        told["numbers"],
        {NumberKind(kind): count for kind, count in told["kinds"].items()},
        told["places"],
        told["parts"],
        told["file_name_hmac"],
        told["file_hmac"],
        told["file_size"],
    )
