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
    return tasks + _asked_of_region(session, actor)


def asked_of_region(session: Session, actor: Actor, reference: str) -> list[Task]:
    """What the recipient has asked the reader's region about one delivery (``delivery:…``), for its page."""
    kind, _colon, identifier = reference.partition(":")
    return _asked_of_region(session, actor, identifier) if kind == "delivery" else []


def _asked_of_region(session: Session, actor: Actor, only: str | None = None) -> list[Task]:
    """Questions to the region and points that it has not answered; ``only``: the id of the delivery that they are about."""
    if not actor.has_role(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER):
        return []
    tasks, status = [], ("warn", _("To be answered"))
    for request, delivery in queries.requests_to(session, actor, only):
        url = url_for("review.delivery", reference=delivery.number)
        text = _("The recipient asks about the delivery.")
        tasks.append(Task("mine", "delivery", str(delivery.number), url, text, status, request.asked_at))
    for delivery, since, count in queries.points_to(session, actor, only):
        url = url_for("review.delivery", reference=delivery.number, _anchor="punkter")
        text = ngettext(
            "Returned for completion: one point to answer.",
            "Returned for completion: %(num)d points to answer.",
            count,
        )
        tasks.append(Task("mine", "delivery", str(delivery.number), url, text, status, since))
    return tasks
