"""Suspending and resuming a use from its page."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry.web.guards import access
from submission_portal.flows.agreeing.views.blueprint import blueprint
from submission_portal.flows.agreeing.views.reading import use_item, use_page
from submission_portal.flows.stepping import Stepping
from submission_portal.flows.suspending import MAY_SUSPEND

STEPPING = Stepping(use_item, use_page)


@blueprint.post("/anvandningar/<slug>/stoppa")
@access.roles(*MAY_SUSPEND)
def suspend(slug: str) -> Response | tuple[str, int]:
    """Suspend the use at once."""
    told = _("The use is suspended. Nothing new reaches the recipient for it until your side resumes it.")
    return STEPPING.suspend(slug, told, url_for("uses.show", slug=slug))


@blueprint.post("/anvandningar/<slug>/oppna")
@access.roles(*MAY_SUSPEND)
def resume(slug: str) -> Response | tuple[str, int]:
    """Resume the use for the side that the reader decides for."""
    return STEPPING.resume(slug, _("Your side has resumed the use."), url_for("uses.show", slug=slug))
