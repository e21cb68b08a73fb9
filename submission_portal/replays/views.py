"""Asking for a replay of a proposed version."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import transaction
from registry.errors import NotFound
from registry.items.tables import Version
from registry.web.guards import access, current_actor
from submission_portal.replays import replaying

blueprint = Blueprint("replays", __name__, template_folder="templates")


@blueprint.post("/granskning/version/<version_id>/prova")
@access.roles(Role.MODELLER)
def replay(version_id: str) -> Response:
    """Have a proposed version tried on what was delivered."""
    with transaction() as session:
        version = session.get(Version, version_id)
        if version is None:
            raise NotFound("version")
        replaying.ask(session, current_actor(), clock.now(), version)
    return redirect(url_for("items.review", version_id=version_id, _anchor="levererat"))
