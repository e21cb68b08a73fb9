"""What happens to flows when something that they rest on gets a successor, or is withdrawn.

Listens to ``VersionPublished`` and ``VersionWithdrawn``, in their transaction. An editorial successor is carried over: an event and an edge, and
nobody is asked. A change of meaning sets the flow to reconfirm from the successor's first day, and a
withdrawal from the day it was decided. None of them touches what the flow is bound to: it moves by a
new version of the flow, with new decisions.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry import clock, events, references
from registry.events import Happening
from registry.identity.actors import Actor
from registry.items.kinds import Change, State
from registry.items.tables import Item, Version
from submission_portal.flows.standing import Consequence
from submission_portal.flows.tables import FlowStanding

KIND = "flow"
CARRIED_OVER = "carried-over"


def on_version_published(session: Session, happening: Happening) -> None:
    """Carry dependants over, ask them to reconfirm, or settle what a flow's new version answers."""
    superseded = happening.data.get("supersedes")
    if happening.data.get("kind") == KIND:
        _settle(session, happening)
    elif superseded:
        _affect(session, happening, str(superseded))


def on_version_withdrawn(session: Session, happening: Happening) -> None:
    """Ask every flow that rests on what was withdrawn to reconfirm. What was never in force has nothing on it."""
    if happening.data.get("kind") == KIND or happening.data.get("was") != State.PUBLISHED:
        return
    withdrawn = happening.subject.removeprefix("version:")
    for flow in resting_on(session, withdrawn):
        session.add(
            FlowStanding(
                flow_version_id=flow.id,
                item_id=flow.item_id,
                organisation_id=flow.organisation_id,
                consequence=Consequence.RECONFIRM,
                superseded_hash=withdrawn,
                successor_hash=None,
                applies_from=clock.today(happening.recorded_at),
                recorded_at=happening.recorded_at,
            )
        )
        _tell(session, happening, flow, "FlowAskedToReconfirm", withdrawn=withdrawn)
    session.flush()


def resting_on(session: Session, content_hash: str) -> list[Version]:
    """The published flow versions that rest on a version, directly or through what they rest on."""
    reached = [step.ref.removeprefix("version:") for step in references.upwards(session, f"version:{content_hash}")]
    return list(
        session.scalars(
            select(Version)
            .join(Item)
            .where(Item.kind == KIND, Version.state == State.PUBLISHED, Version.content_hash.in_(reached))
            .order_by(Item.slug)
        )
    )


def _affect(session: Session, happening: Happening, superseded: str) -> None:
    successor = happening.subject.removeprefix("version:")
    is_editorial = happening.data.get("change") == Change.EDITORIAL
    consequence = Consequence.CARRIED_OVER if is_editorial else Consequence.RECONFIRM
    first = happening.data.get("valid_from")
    for flow in resting_on(session, superseded):
        known = select(FlowStanding.id).where(
            FlowStanding.flow_version_id == flow.id, FlowStanding.successor_hash == successor
        )
        if session.scalar(known) is not None:
            continue
        session.add(
            FlowStanding(
                flow_version_id=flow.id,
                item_id=flow.item_id,
                organisation_id=flow.organisation_id,
                consequence=consequence,
                superseded_hash=superseded,
                successor_hash=successor,
                applies_from=date.fromisoformat(first) if first else None,
                recorded_at=happening.recorded_at,
            )
        )
        if is_editorial:
            references.link(session, flow.ref, f"version:{successor}", CARRIED_OVER, happening.recorded_at)
        type_ = "FlowCarriedOver" if is_editorial else "FlowAskedToReconfirm"
        _tell(session, happening, flow, type_, successor=successor, superseded=superseded)
    session.flush()


def _tell(session: Session, happening: Happening, flow: Version, type_: str, **data: str) -> None:
    events.record(
        session,
        type_,
        actor=_as_actor(happening),
        now=happening.recorded_at,
        subject=flow.ref,
        organisation_id=flow.organisation_id,
        data={"item": flow.item_id, **data},
    )


def _settle(session: Session, happening: Happening) -> None:
    """A new version of the flow was decided: whoever decided saw what had changed, and nothing is left to reconfirm."""
    session.execute(
        update(FlowStanding)
        .where(FlowStanding.item_id == str(happening.data["item"]), FlowStanding.settled_at.is_(None))
        .values(settled_at=happening.recorded_at, settled_by_hash=happening.subject.removeprefix("version:"))
    )


def standings(session: Session, version_ids: Sequence[str]) -> dict[str, list[FlowStanding]]:
    """What is on record about these flow versions and not settled, oldest first; one statement."""
    rows = session.scalars(
        select(FlowStanding)
        .where(FlowStanding.flow_version_id.in_(version_ids), FlowStanding.settled_at.is_(None))
        .order_by(FlowStanding.recorded_at)
    )
    found: dict[str, list[FlowStanding]] = {identifier: [] for identifier in version_ids}
    for row in rows:
        found[row.flow_version_id].append(row)
    return found


def _as_actor(happening: Happening) -> Actor:
    """Whoever published the successor or decided the withdrawal: their act is what set the flow's standing."""
    return Actor(happening.person_id)
