"""What happens to flows when something that they rest on gets a successor, or is withdrawn.

Listens to ``VersionPublished`` and ``VersionWithdrawn``, in their transaction. An editorial successor is carried over: an event and an edge, and
nobody is asked. A change of meaning sets the flow to reconfirm from the successor's first day, and a
withdrawal from the day it was decided. None of them touches what the flow is bound to: it moves by a
new version of the flow, with new decisions.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from registry import clock, dependants, events, references
from registry.actors import Actor
from registry.events import Happening
from registry.items.lifecycle import Change, State
from registry.items.queries import not_ended
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
    elif superseded and "change_set" not in happening.data:
        _affect(session, happening, session.get_one(Version, str(happening.data["version"])))


def on_set_published(session: Session, happening: Happening) -> None:
    """The same of what was published together: of those versions that something rests on an earlier version of."""
    earlier = aliased(Version)
    rests = select(references.Edge.from_ref).where(references.Edge.to_ref == "version:" + earlier.content_hash)
    is_rested_on = select(earlier.id).where(
        earlier.item_id == Version.item_id, earlier.state == State.SUPERSEDED, rests.exists()
    )
    of_set = Version.change_set_id == str(happening.data["change_set"]), Version.state == State.PUBLISHED
    for successor in session.scalars(select(Version).where(*of_set, is_rested_on.exists()).order_by(Version.id)).all():
        _affect(session, happening, successor)


def on_version_withdrawn(session: Session, happening: Happening) -> None:
    """Ask every flow that rests on what was withdrawn to reconfirm. What was never in force has nothing on it."""
    if happening.data.get("kind") == KIND or happening.data.get("was") != State.PUBLISHED:
        return
    withdrawn = happening.subject.removeprefix("version:")
    spared = _let_go(session, happening, withdrawn) if happening.data.get("reinstates") else set()
    for flow in resting_on(session, withdrawn, clock.today(happening.recorded_at)):
        if flow.id in spared:
            continue
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


def _let_go(session: Session, happening: Happening, withdrawn: str) -> set[str]:
    """What was coming never came: whoever was told of it has nothing left to reconfirm. Gives back their version ids."""
    rows = session.scalars(
        select(FlowStanding).where(FlowStanding.successor_hash == withdrawn, FlowStanding.settled_at.is_(None))
    ).all()
    for row in rows:
        row.settled_at = happening.recorded_at
    return {row.flow_version_id for row in rows}


def resting_on(session: Session, content_hash: str, on: date) -> list[Version]:
    """The flow versions in force or coming that rest on a version, directly or through what they rest on."""
    reached = dependants.versions_above([f"version:{content_hash}"])
    return list(
        session.scalars(
            select(Version)
            .join(Item)
            .where(Item.kind == KIND, not_ended(on), Version.content_hash.in_(reached))
            .order_by(Item.slug)
        )
    )


def _affect(session: Session, happening: Happening, successor: Version) -> None:
    """Tell the flows that rest on what is superseded, and on what that one superseded before: who has not moved yet is
    told of every step. A step is editorial to a flow where all steps since the version that it rests on are."""
    told: set[str] = set()
    changes = {str(successor.change)}
    for earlier in _earlier(session, successor):
        is_editorial = changes == {Change.EDITORIAL.value}
        flows = [
            flow
            for flow in resting_on(session, earlier.content_hash, clock.today(happening.recorded_at))
            if flow.id not in told
        ]
        told |= {flow.id for flow in flows}
        _put_on_record(session, happening, flows, successor, earlier.content_hash, is_editorial)
        changes.add(str(earlier.change))
    session.flush()


def _earlier(session: Session, successor: Version) -> list[Version]:
    """The versions before one that were in force or coming and are superseded, the newest first."""
    rows = session.scalars(
        select(Version)
        .where(
            Version.item_id == successor.item_id,
            Version.number < successor.number,
            Version.state == State.SUPERSEDED,
        )
        .order_by(Version.number.desc())
    )
    return list(rows)


def _put_on_record(
    session: Session,
    happening: Happening,
    flows: Sequence[Version],
    successor: Version,
    superseded: str,
    is_editorial: bool,
) -> None:
    consequence = Consequence.CARRIED_OVER if is_editorial else Consequence.RECONFIRM
    for flow in flows:
        known = select(FlowStanding.id).where(
            FlowStanding.flow_version_id == flow.id, FlowStanding.successor_hash == successor.content_hash
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
                successor_hash=successor.content_hash,
                applies_from=successor.valid_from,
                recorded_at=happening.recorded_at,
            )
        )
        if is_editorial:
            references.link(session, flow.ref, successor.ref, CARRIED_OVER, happening.recorded_at)
        type_ = "FlowCarriedOver" if is_editorial else "FlowAskedToReconfirm"
        _tell(session, happening, flow, type_, successor=successor.content_hash, superseded=superseded)


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
