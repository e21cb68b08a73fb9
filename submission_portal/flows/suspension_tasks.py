"""Suspended lines and uses among the tasks of both sides."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.hands import Side
from registry.i18n import read
from registry.items.queries import kind_named, titled, visible
from registry.items.tables import Item, Version
from registry.plugin import Task
from submission_portal.flows.queries import APPROVED
from submission_portal.flows.suspending import SUSPEND
from submission_portal.flows.tables import FlowSuspension


def suspension_tasks(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for each suspension that lasts in a flow that the actor is a party to, or administers; two statements."""
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
    return [_task(actor, suspension, version) for suspension, version in newest.values()]


def _task(actor: Actor, suspension: FlowSuspension, version: Version) -> Task:
    side = Side(suspension.side)
    decides = actor.may_decide(*SUSPEND[side], organisation_id=suspension.organisation_id)
    is_mine = decides and actor.person_id != suspension.suspended_by
    text = _("Suspended by %(side)s. Nothing is received until that side resumes it.", side=read(side.label))
    return Task(
        "mine" if is_mine else "others",
        "flow",
        read(titled(version)),
        kind_named(version.item.kind).url(version.item),
        text,
        ("stop", _("Waits for you to resume it") if is_mine else _("Suspended")),
        suspension.suspended_at,
    )
