"""Suspending and resuming a line from its page."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry.web.guards import access
from submission_portal.flows.queries import flow_item
from submission_portal.flows.stepping import Stepping
from submission_portal.flows.suspending import MAY_SUSPEND
from submission_portal.flows.views.blueprint import blueprint
from submission_portal.flows.views.reading import flow_page

STEPPING = Stepping(flow_item, flow_page)


@blueprint.post("/floden/<slug>/stoppa")
@access.roles(*MAY_SUSPEND)
def suspend(slug: str) -> Response | tuple[str, int]:
    """Suspend the line at once."""
    told = _("The line is suspended. Nothing is received until your side resumes it.")
    return STEPPING.suspend(slug, told, url_for("flows.show", slug=slug))


@blueprint.post("/floden/<slug>/oppna")
@access.roles(*MAY_SUSPEND)
def resume(slug: str) -> Response | tuple[str, int]:
    """Resume the line for the side that the reader decides for."""
    return STEPPING.resume(slug, _("Your side has resumed the line."), url_for("flows.show", slug=slug))
