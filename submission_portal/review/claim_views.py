"""Taking a delivery for review on its page, and letting it go."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.web.guards import access, current_actor
from submission_portal.review import claims
from submission_portal.review.delivery_page import delivery_page, received
from submission_portal.review.views import blueprint


@blueprint.post("/granskning/leverans/<reference>/ta")
@access.roles(Role.QUALITY_REVIEWER)
def take(reference: str) -> Response | tuple[str, int]:
    """Take the delivery for review."""
    try:
        with transaction() as session:
            claims.claim(session, current_actor(), clock.now(), received(session, current_actor(), reference))
    except Refused as refusal:
        return delivery_page(received(db.session, current_actor(), reference), refusal=refusal.finding), 409
    flash(_("You have taken the delivery for a day. Your colleagues see it."), "ok")
    return redirect(url_for("review.delivery", reference=reference))


@blueprint.post("/granskning/leverans/<reference>/slapp")
@access.roles(Role.QUALITY_REVIEWER)
def let_go(reference: str) -> Response:
    """Let it go."""
    with transaction() as session:
        claims.let_go(session, current_actor(), clock.now(), received(session, current_actor(), reference))
    flash(_("You have let the delivery go."), "ok")
    return redirect(url_for("review.delivery", reference=reference))
