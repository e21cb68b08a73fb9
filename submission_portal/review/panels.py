"""Review on the start page: what waits for the recipient's reviewers, and what they ask the region."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.plugin import Task
from submission_portal.flows.pages import organisation_names
from submission_portal.review import pages, queries


def panel(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """Deliveries and tables to decide (flows come with the administered items), and questions to the region."""
    tasks = []
    if actor.has_role(Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER):
        for one in pages.queue(session, actor, organisation_names(session)):
            if one.knot != "flow":
                group = "mine" if one.is_mine else "others"
                text = f"{one.source}. {one.text}" if one.source else one.text
                tasks.append(Task(group, "decision", one.title, one.url, text, one.status, one.since))
    if actor.has_role(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER):
        for request, delivery in queries.requests_to(session, actor):
            url = url_for("review.delivery", reference=delivery.number)
            text = _("The recipient asks about the delivery.")
            tasks.append(
                Task(
                    "mine", "delivery", str(delivery.number), url, text, ("warn", _("To be answered")), request.asked_at
                )
            )
        for delivery, since, count in queries.points_to(session, actor):
            url = url_for("review.delivery", reference=delivery.number, _anchor="punkter")
            text = ngettext(
                "Returned for completion: one point to answer.",
                "Returned for completion: %(num)d points to answer.",
                count,
            )
            status = ("warn", _("To be answered"))
            tasks.append(Task("mine", "delivery", str(delivery.number), url, text, status, since))
    return tasks
