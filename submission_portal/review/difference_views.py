"""The page of a delivery row by row beside what was approved or reviewed before. Reviewers read every row of what was sent."""

from flask import render_template, request

from information_models.queries import load_model
from registry.db import db
from registry.i18n import read
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from submission_portal.deliveries.part_names import part_name, period_label
from submission_portal.flows.pages import name_of, organisation_names
from submission_portal.review.delivery_page import received
from submission_portal.review.difference_pages import APPROVED, MINE, shown_differences
from submission_portal.review.views import READERS, blueprint


@blueprint.get("/granskning/leverans/<reference>/skillnader/")
@access.roles(*READERS)
def differences(reference: str) -> str:
    """What differs, row by row: since the last approved delivery of the line, or since the reader's own last review."""
    session, actor = db.session, current_actor()
    delivery = received(session, actor, reference)
    loaded = load_model(session, delivery.model_version_hash)
    against = MINE if request.args.get("mot") == MINE else APPROVED
    return render_template(
        "review/differences.html",
        delivery=delivery,
        period=period_label(delivery, part_name(session, delivery)),
        source=read(name_of(organisation_names(session), delivery.organisation_id)),
        against=against,
        choices=(APPROVED, MINE),
        shown=shown_differences(session, actor, delivery, loaded, against, page_asked_for()),
    )
