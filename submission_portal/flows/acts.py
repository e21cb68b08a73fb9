"""For which side a person acts who does something with a version of a flow."""

from sqlalchemy.orm import Session

from registry.events import Happening
from registry.hands import Side, Stand
from registry.items.tables import Version
from submission_portal.flows.carryover import KIND
from submission_portal.flows.content import read
from submission_portal.flows.tables import FlowSuspension


def line(flow_item_id: str) -> str:
    """The reference of a flow, whatever its version, as acts name it."""
    return f"{KIND}:{flow_item_id}"


def for_discloser(session: Session, happening: Happening) -> Stand | None:
    """Writing, sending to review and withdrawing a version of a flow; other kinds have no two sides."""
    if happening.data.get("kind") != KIND:
        return None
    version = _version(session, happening)
    return Stand(line(version.item_id), Side.DISCLOSER, version.organisation_id)


def for_recipient(session: Session, happening: Happening) -> Stand | None:
    """Answering the control questions about a version of a flow, and deciding on it."""
    if happening.data.get("kind", KIND) != KIND:  # thousands may be decided together: nothing is read of them
        return None
    version = _version(session, happening)
    if version.item.kind != KIND:
        return None
    return Stand(line(version.item_id), Side.RECIPIENT, read(version.content).recipient)


def on_suspension(session: Session, happening: Happening) -> Stand:
    """One side suspends the flow, or resumes it."""
    suspension = session.get_one(FlowSuspension, str(happening.data["suspension"]))
    return Stand(line(suspension.item_id), Side(suspension.side), suspension.organisation_id)


ACTS = {
    "DraftCreated": for_discloser,
    "DraftRevised": for_discloser,
    "VersionSubmitted": for_discloser,
    "VersionWithdrawn": for_discloser,
    "FlowAssessed": for_recipient,
    "VersionDecided": for_recipient,
    "FlowSuspended": on_suspension,
    "FlowResumed": on_suspension,
}


def _version(session: Session, happening: Happening) -> Version:
    return session.get_one(Version, str(happening.data["version"]))
