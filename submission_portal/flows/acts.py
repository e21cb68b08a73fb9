"""For which side a person acts who does something with a version of a line or of a use.

The object is the line in both cases: whoever has acted for one side of a line acts for the other in none of its uses.
"""

from sqlalchemy.orm import Session

from registry.events import Happening
from registry.hands import Side, Stand
from registry.items.tables import Item, Version
from submission_portal.flows.carryover import KIND
from submission_portal.flows.parties import Parties, has_parties, parties_of
from submission_portal.flows.queries import approved_version
from submission_portal.flows.tables import FlowSuspension


def line(flow_item_id: str) -> str:
    """The reference of a line, whatever its version, as acts name it."""
    return f"{KIND}:{flow_item_id}"


def for_proposer(session: Session, happening: Happening) -> Stand | None:
    """Writing a version and sending it to be decided: for the side that proposes it. Other kinds have no two sides."""
    parties = _parties(session, happening)
    return None if parties is None else _stand(parties, parties.side_of(parties.proposer))


def for_withdrawer(session: Session, happening: Happening) -> Stand | None:
    """Withdrawing a version: for the side that the event names, or else for the one that proposed it."""
    parties = _parties(session, happening)
    if parties is None:
        return None
    return _stand(parties, parties.side_of(str(happening.data.get("by", parties.proposer))))


def for_decider(session: Session, happening: Happening) -> Stand | None:
    """Deciding on a version: for the side that the decision is required of."""
    parties = _parties(session, happening)
    return None if parties is None else _stand(parties, Side(str(happening.data["side"])))


def for_recipient(session: Session, happening: Happening) -> Stand:
    """Answering the control questions about a version."""
    return _stand(parties_of(_version(session, happening)), Side.RECIPIENT)


def on_suspension(session: Session, happening: Happening) -> Stand:
    """One side suspends a line or a use, or resumes it."""
    suspension = session.get_one(FlowSuspension, str(happening.data["suspension"]))
    version = approved_version(session, session.get_one(Item, suspension.item_id))
    about = parties_of(version).line if version is not None else suspension.item_id
    return Stand(line(about), Side(suspension.side), suspension.organisation_id)


ACTS = {
    "DraftCreated": for_proposer,
    "DraftRevised": for_proposer,
    "VersionSubmitted": for_proposer,
    "VersionWithdrawn": for_withdrawer,
    "FlowAssessed": for_recipient,
    "VersionDecided": for_decider,
    "FlowSuspended": on_suspension,
    "FlowResumed": on_suspension,
}


def _parties(session: Session, happening: Happening) -> Parties | None:
    """``None`` of a kind in which no two sides meet: thousands may be decided together, and nothing is read of them."""
    if not has_parties(str(happening.data.get("kind"))):
        return None
    return parties_of(_version(session, happening))


def _stand(parties: Parties, side: Side) -> Stand:
    return Stand(line(parties.line), side, parties.organisation(side))


def _version(session: Session, happening: Happening) -> Version:
    return session.get_one(Version, str(happening.data["version"]))
