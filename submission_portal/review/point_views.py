"""Points on the page of a delivery: written, taken back, returned to the region, and answered by it."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from information_models.queries import load_model
from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.web.guards import access, current_actor
from submission_portal.deliveries.pages.view import view_of
from submission_portal.deliveries.tables import Delivery
from submission_portal.review import points
from submission_portal.review.delivery_page import REGION, Forms, delivery_page, received
from submission_portal.review.point_pages import anchor_of, answer_form, point_form
from submission_portal.review.views import blueprint

PAGE = "/granskning/leverans/<reference>"
AT = "punkter"


@blueprint.post(f"{PAGE}/punkter")
@access.roles(Role.QUALITY_REVIEWER)
def write_point(reference: str) -> Response | tuple[str, int]:
    """Write a point. What was written comes back with the page, whatever stops it."""
    session, actor = db.session, current_actor()
    found = received(session, actor, reference)
    loaded = load_model(session, found.model_version_hash)
    form = point_form(found, loaded, view_of(found, loaded), is_sent=True)
    if not form.validate_on_submit():
        return delivery_page(found, Forms(point=form)), 422
    try:
        with transaction() as writing:
            held = received(writing, actor, reference)
            points.write(writing, actor, clock.now(), held, text=form.text.data or "", anchor=anchor_of(form))
    except Refused as refusal:
        found = received(db.session, actor, reference)
        return delivery_page(found, Forms(point=form), refusal=refusal.finding, kept=form.text.data), 409
    flash(_("The point is written. The region reads it when you return the delivery."), "ok")
    return _back(reference)


@blueprint.post(f"{PAGE}/punkter/<int:number>/aterta")
@access.roles(Role.QUALITY_REVIEWER)
def take_back_point(reference: str, number: int) -> Response | tuple[str, int]:
    """Ask for it no more."""
    try:
        with transaction() as session:
            points.take_back(
                session, current_actor(), clock.now(), received(session, current_actor(), reference), number
            )
    except Refused as refusal:
        return delivery_page(received(db.session, current_actor(), reference), refusal=refusal.finding), 409
    flash(_("The point is taken back."), "ok")
    return _back(reference)


@blueprint.post(f"{PAGE}/aterlamna")
@access.roles(Role.QUALITY_REVIEWER)
def return_delivery(reference: str) -> Response | tuple[str, int]:
    """Return the delivery to the region for completion, with the points that it has not read."""
    try:
        with transaction() as session:
            found = received(session, current_actor(), reference)
            count = len(points.return_for_completion(session, current_actor(), clock.now(), found))
    except Refused as refusal:
        return delivery_page(received(db.session, current_actor(), reference), refusal=refusal.finding), 409
    flash(
        ngettext(
            "The delivery is returned with one point. It stays received, and in review.",
            "The delivery is returned with %(num)d points. It stays received, and in review.",
            count,
        ),
        "ok",
    )
    return _back(reference)


@blueprint.post(f"{PAGE}/punkter/<int:number>/svara")
@access.roles(*REGION)
def answer_point(reference: str, number: int) -> Response | tuple[str, int]:
    """The region's answer to a point: words, a correction that mends it, or both."""
    actor = current_actor()
    found = received(db.session, actor, reference)
    form = answer_form(db.session, found, number, is_sent=True)
    if not form.validate_on_submit():
        return delivery_page(found, Forms(answer=form, answered=number)), 422
    try:
        with transaction() as session:
            held = received(session, actor, reference)
            correction = session.get(Delivery, form.correction.data) if form.correction.data else None
            points.answer(session, actor, clock.now(), held, number, text=form.text.data or "", mended_by=correction)
    except Refused as refusal:
        found = received(db.session, actor, reference)
        shown = Forms(answer=form, answered=number)
        return delivery_page(found, shown, refusal=refusal.finding, kept=form.text.data), 409
    flash(_("The point is answered, and the reviewers are told."), "ok")
    return _back(reference)


def _back(reference: str) -> Response:
    return redirect(url_for("review.delivery", reference=reference, _anchor=AT))
