"""Uses on the start page: what is open to everybody without a decision is a task of both sides."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.hands import Side
from registry.plugin import Task
from submission_portal.flows.agreeing.register import taken_over
from submission_portal.flows.agreeing.services import AUTHORS
from submission_portal.flows.queries import published_flows
from submission_portal.flows.uses import standing
from submission_portal.flows.uses.queries import uses_of_lines


def undecided_publications(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for those who propose uses for either side, however many lines are published without a decision; three statements."""
    disclosers = actor.organisations(*AUTHORS[Side.DISCLOSER])
    recipients = actor.organisations(*AUTHORS[Side.RECIPIENT])
    if not disclosers and not recipients:
        return []
    found = uses_of_lines(session, [one.item_id for one in published_flows(session)])
    undecided = [
        one.use
        for uses in found.values()
        for one in uses
        if one.is_to_be_decided
        and one.ref not in taken_over(uses)
        and (one.use.discloser in disclosers or one.use.recipient in recipients)
        and standing.refusal(one, clock.today(now)) is None
    ]
    if not undecided:
        return []
    title = ngettext(
        "What one line delivers is open to everybody without a decision",
        "What %(num)d lines deliver is open to everybody without a decision",
        len(undecided),
    )
    text = _("Open since before publishing was decided on. Propose a use that takes its place; both sides decide.")
    status = ("warn", _("Carried over, to be decided"))
    first = min(one.sunset for one in undecided)
    return [Task("mine", "flow", title, url_for("uses.index") + "#overtaget", text, status, first)]
