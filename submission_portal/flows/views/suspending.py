"""Suspending and resuming a flow from its page."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.items.tables import Item
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.flows import queries, suspending
from submission_portal.flows.forms import SuspensionForm
from submission_portal.flows.tables import FlowSuspension
from submission_portal.flows.views.blueprint import blueprint
from submission_portal.flows.views.reading import flow_page

Step = Callable[[Session, Actor, datetime, Item, str], FlowSuspension]
MAY_SUSPEND = (
    Role.DISCLOSING_OFFICER, Role.REGION_ADMINISTRATOR, Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR,
)  # fmt: skip


@blueprint.post("/floden/<slug>/stoppa")
@access.roles(*MAY_SUSPEND)
def suspend(slug: str) -> Response | tuple[str, int]:
    """Suspend the flow at once."""
    return _take(
        slug,
        lambda session, actor, now, item, reason: suspending.suspend(session, actor, now, item, reason=reason),
        _("The flow is suspended. Nothing is received until your side resumes it."),
    )


@blueprint.post("/floden/<slug>/oppna")
@access.roles(*MAY_SUSPEND)
def resume(slug: str) -> Response | tuple[str, int]:
    """Resume the flow for the side that the reader decides for."""
    return _take(
        slug,
        lambda session, actor, now, item, reason: suspending.resume(session, actor, now, item, reason=reason),
        _("Your side has resumed the flow."),
    )


def _take(slug: str, step: Step, told: str) -> Response | tuple[str, int]:
    form = SuspensionForm()
    if not form.validate_on_submit():
        return flow_page(queries.flow_item(db.session, slug), suspension_form=form), 422
    try:
        with transaction() as session:
            step(session, current_actor(), clock.now(), queries.flow_item(session, slug), form.reason.data or "")
    except Refused as refused:
        item = queries.flow_item(db.session, slug)
        return flow_page(item, suspension_form=form, stopped=readable(refused.finding)), 409
    flash(told, "ok")
    return redirect(url_for("flows.show", slug=slug))
