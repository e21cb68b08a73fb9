"""Suspended lines and uses among the tasks of both sides."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.hands import Side
from registry.i18n import read
from registry.items.queries import kind_named, titled, versions_by_hash, visible
from registry.items.tables import Item, Version
from registry.plugin import Task
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.queries import APPROVED
from submission_portal.flows.suspending import SUSPEND
from submission_portal.flows.tables import FlowSuspension
from submission_portal.flows.uses.content import read as read_use
from submission_portal.flows.uses.standing import USE


def suspension_tasks(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for each suspension that lasts in a flow that the actor is a party to, or administers; three statements."""
    own = actor.organisations()
    if not own:
        return []
    parties = or_(Version.organisation_id.in_(own), Version.deciding_organisation_id.in_(own))
    if actor.has_role(Role.ADMINISTRATOR):
        parties = visible(actor)
    rows = session.execute(
        select(FlowSuspension, Version)
        .join(Item, Item.id == FlowSuspension.item_id)
        .join(Version, Version.item_id == Item.id)
        .where(FlowSuspension.resumed_at.is_(None), Version.state.in_(APPROVED), parties)
        .order_by(FlowSuspension.suspended_at, Version.number)
    )
    newest = {suspension.id: (suspension, version) for suspension, version in rows}
    used = [read_use(version.content).line_version for _, version in newest.values() if version.item.kind == USE]
    lines = versions_by_hash(session, used) if used else {}
    return [_task(actor, suspension, version, lines) for suspension, version in newest.values()]


def _task(actor: Actor, suspension: FlowSuspension, version: Version, lines: Mapping[str, Version]) -> Task:
    side = Side(suspension.side)
    decides = actor.may_decide(*SUSPEND[side], organisation_id=suspension.organisation_id)
    is_mine = decides and actor.person_id != suspension.suspended_by
    name, by = read(titled(version)), read(side.label)
    text = _("Suspended by %(side)s. Nothing is received until that side resumes it.", side=by)
    if version.item.kind == USE:
        text = _("Suspended by %(side)s. Nothing new reaches the recipient until that side resumes it.", side=by)
        if (line := lines.get(read_use(version.content).line_version)) is not None:
            name = _("%(use)s of the line %(line)s", use=name, line=read(kind_named(LINE).title(line.content)))
    return Task(
        "mine" if is_mine else "others",
        "flow",
        name,
        kind_named(version.item.kind).url(version.item),
        text,
        ("stop", _("Waits for you to resume it") if is_mine else _("Suspended")),
        suspension.suspended_at,
    )
