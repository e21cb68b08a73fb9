"""The page of a region's kept explanations, where they are ended."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from information_models.queries import load_model
from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from submission_portal.deliveries.explanations import keeping, queries
from submission_portal.deliveries.pages.kept_explanations import listed
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.views.blueprint import blueprint


@blueprint.get("/leveranser/forklaringar/")
@access.roles(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
def kept_explanations() -> str:
    """What the reader's regions have kept, with what it was kept for."""
    session, actor = db.session, current_actor()
    page = queries.list_kept(session, actor, page_asked_for())
    hashes = {one: session.get_one(Delivery, one).model_version_hash for one in {row.delivery_id for row in page.rows}}
    models = {one: load_model(session, one) for one in set(hashes.values())}
    return render_template(
        "deliveries/kept_explanations.html",
        page=listed(page, {delivery: models[one] for delivery, one in hashes.items()}),
        may_end=actor.has_role(Role.DATA_OFFICER),
    )


@blueprint.post("/leveranser/forklaringar/<identifier>/avsluta")
@access.roles(Role.DATA_OFFICER)
def end_explanation(identifier: str) -> Answer:
    """Offer it no more."""
    with transaction() as session:
        keeping.end(session, current_actor(), clock.now(), queries.kept_for(session, current_actor(), identifier))
    flash(_("It is not offered any more. Deliveries that used it keep their text."), "ok")
    return redirect(url_for("deliveries.kept_explanations"))
