"""What each step in a delivery's life does: lock the row, move it to its next state, record the event."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor
from registry.errors import Refused
from registry.findings import Finding, Text
from registry.locks import Hold, holding
from submission_portal.deliveries.assessment.remaining import Remaining, remaining
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import NEXT_STEPS, STATE_LABELS, DeliveryAct, DeliveryState, after
from submission_portal.deliveries.queries import PREPARES, line_of
from submission_portal.deliveries.tables import Delivery

MOST_TOLD = 5
"""So many of the findings that are left are told by name."""


def lock(session: Session, actor: Actor, delivery: Delivery, revision: int | None = None) -> None:
    """Hold the row, and see that the actor may prepare it and has seen its latest revision.

    Raises `NotFound` for others' deliveries, `Forbidden` without the role, `Refused` where it was changed or sent.
    """
    actor.require(*PREPARES, organisation_id=delivery.organisation_id)
    hold(session, delivery)
    refuse_outdated(delivery, revision)
    if not delivery.is_working:
        raise Refused(not_now(delivery))


def hold(session: Session, delivery: Delivery) -> None:
    """Lock the row until the transaction ends, and read it and what hangs on it as it is now.

    What it corrects or replaces is locked before it, from the first delivery on, so that whatever happens to one of them
    waits for what happens to another. Raises `Refused` where it corrects something else than a moment ago.
    """
    line = line_of(session, delivery.id)
    for identifier in reversed(line):
        session.scalars(holding(select(Delivery).where(Delivery.id == identifier), Hold.CHANGING, of=Delivery)).one()
    if (delivery.corrects_delivery_id or "") != "".join(line[1:2]):
        raise Refused(FINDINGS.found("DEL-001"))


def move(delivery: Delivery, act: DeliveryAct) -> None:
    """Take the delivery one step on its way, or raise `Refused` where there is none."""
    state = after(DeliveryState(delivery.state), act)
    if state is None:
        raise Refused(not_now(delivery))
    delivery.state = state


def refuse_outdated(delivery: Delivery, revision: int | None) -> None:
    """See that the revision which somebody has seen, if it is said, is the latest. Raises `Refused`."""
    if revision is not None and revision != delivery.revision:
        raise Refused(FINDINGS.found("DEL-001"))


def not_now(delivery: Delivery) -> Finding:
    """Why a step is not possible in the state that the delivery is in, and what is: what remains is told by name."""
    state = DeliveryState(delivery.state)
    if state is DeliveryState.CHECKING:
        return FINDINGS.found("DEL-011")
    left = remaining(delivery.assessment, delivery.explanations) if state is DeliveryState.DRAFT else []
    if left:
        return something_remains(left)
    return FINDINGS.found("DEL-086", {"state": STATE_LABELS[state], "next": NEXT_STEPS[state]})


def something_remains(left: Sequence[Remaining]) -> Finding:
    """That a delivery cannot go on before what is left has been mended, answered or explained."""
    counts = Counter(_title(one.finding) for one in left)
    told = [
        Text(f"{title.sv} ({count})", f"{title.en} ({count})") if count > 1 else title
        for title, count in counts.most_common(MOST_TOLD)
    ]
    if more := len(counts) - len(told):
        told.append(Text(f"och {more} till", f"and {more} more"))
    return FINDINGS.found(
        "DEL-004", {"what": Text("; ".join(one.sv for one in told), "; ".join(one.en for one in told))}
    )


def _title(finding: Finding) -> Text:
    if finding.code not in FINDINGS:  # of an earlier version
        return Text(finding.code, finding.code)
    sv, en = (FINDINGS.read(finding, language).title for language in ("sv", "en"))
    return Text(f"{sv}, {finding.code}", f"{en}, {finding.code}")


def record(
    session: Session, actor: Actor, now: datetime, delivery: Delivery, type_: str, **data: str | int | None
) -> None:
    """Record an event about the delivery; ``data`` without a value is left out."""
    events.record(
        session,
        type_,
        actor=actor,
        now=now,
        subject=f"delivery:{delivery.id}",
        organisation_id=delivery.organisation_id,
        data={name: value for name, value in data.items() if value is not None},
    )
