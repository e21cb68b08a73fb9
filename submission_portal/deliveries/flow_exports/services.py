"""Handing out a line's flow file: gathered, signed with the instance's key, and told to the log, since it holds the region's figures."""

import hashlib
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from registry import events
from registry.actors import Actor, Role, Scope
from registry.items.tables import Version
from registry.signing.services import signer
from submission_portal.deliveries.flow_files.content import FlowFile
from submission_portal.deliveries.flow_files.sealing import sealed
from submission_portal.flows.acts import line

READERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
"""The region's own: who may read its earlier deliveries."""
FETCHES = Scope.PREPARE_DELIVERIES
"""What a machine of the region needs: that which prepares its deliveries checks them first."""


def hand_out(session: Session, actor: Actor, now: datetime, version: Version, file: FlowFile, instance: Path) -> bytes:
    """The bytes of a flow file that was gathered for the version of a line. Raises `Refused` (SIG-001) without a key."""
    actor.require(*READERS, FETCHES, organisation_id=version.organisation_id)
    key = signer(session, actor, now, instance)
    data = sealed(file, key)
    events.record(
        session,
        "FlowFileMade",
        actor=actor,
        now=now,
        subject=line(version.item_id),
        organisation_id=version.organisation_id,
        data={
            "version": version.content_hash,
            "sha256": hashlib.sha256(data).hexdigest(),
            "kid": key.kid,
            "deliveries": len(file.history.deliveries),
        },
    )
    return data
