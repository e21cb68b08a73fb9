"""The reviewers' queue, and the page on which a delivery with something to read in it is decided."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.identity import queries as identity
from registry.paging import page_of_sequence
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.revalidation import revalidate
from submission_portal.flows.pages import flow_of, organisation_names
from submission_portal.review import pages, queries, services
from submission_portal.review.delivery_page import REGION, Forms, delivery_page, received
from submission_portal.review.forms import ASK, CompletionForm, DeliveryDecisionForm
from submission_portal.review.tables import DeliveryOutcome

blueprint = Blueprint("review", __name__, template_folder="templates")
revalidate(blueprint)
READERS = (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)


@blueprint.get("/granskning/")
@access.public
def index() -> str:
    """What waits for the recipient's reviewers, the oldest first; for everybody else, who decides what, and lately."""
    session, actor = db.session, current_actor()
    if not actor.has_role(*READERS):
        return render_template(
            "review/about.html",
            decided=[(version, flow_of(version)) for version in queries.recently_published_flows(session)],
            names=organisation_names(session),
        )
    names = organisation_names(session)
    waiting = sorted(pages.queue(session, actor, names), key=lambda one: not one.is_mine)
    page = page_of_sequence(waiting, page_asked_for())
    recent = queries.recent_decisions(session, actor)
    return render_template(
        "review/index.html",
        page=page,
        mine=[one for one in page.rows if one.is_mine],
        others=[one for one in page.rows if not one.is_mine],
        waits_for_me=sum(one.is_mine for one in waiting),
        recent=recent,
        people=identity.person_labels(session, [decision.person_id for decision, _delivery in recent]),
        names=names,
        now=clock.now(),
    )


@blueprint.get("/granskning/leverans/<reference>/")
@access.roles(*READERS, *REGION)
def delivery(reference: str) -> str:
    """A received delivery with the evidence: findings, explanations, history, the region's decision and its answers."""
    return delivery_page(received(db.session, current_actor(), reference))


@blueprint.post("/granskning/leverans/<reference>/besluta")
@access.roles(Role.QUALITY_REVIEWER)
def decide(reference: str) -> Response | tuple[str, int]:
    """Release, ask or refuse. What was written comes back with the page, whatever stops it."""
    form = DeliveryDecisionForm()
    if not form.validate_on_submit():
        return delivery_page(received(db.session, current_actor(), reference), Forms(decision=form)), 422
    try:
        with transaction() as session:
            found = received(session, current_actor(), reference)
            if form.outcome.data == ASK:
                services.ask_for_completion(
                    session, current_actor(), clock.now(), found, question=form.reason.data or ""
                )
            else:
                services.decide_delivery(
                    session,
                    current_actor(),
                    clock.now(),
                    found,
                    outcome=DeliveryOutcome(form.outcome.data),
                    reason=form.reason.data or "",
                )
    except Refused as refusal:
        found = received(db.session, current_actor(), reference)
        return delivery_page(found, Forms(decision=form), refusal=refusal.finding, kept=form.reason.data), 409
    flash(
        _("The region has been asked. The delivery stays in review.")
        if form.outcome.data == ASK
        else _("Your decision is recorded."),
        "ok",
    )
    return redirect(url_for("review.delivery", reference=reference))


@blueprint.post("/granskning/leverans/<reference>/svara")
@access.roles(*REGION)
def complete(reference: str) -> Response | tuple[str, int]:
    """The region's answer to the recipient's question."""
    form = CompletionForm()
    if not form.validate_on_submit():
        return delivery_page(received(db.session, current_actor(), reference), Forms(completion=form)), 422
    try:
        with transaction() as session:
            found = received(session, current_actor(), reference)
            services.complete(session, current_actor(), clock.now(), found, answer=form.answer.data or "")
    except Refused as refusal:
        found = received(db.session, current_actor(), reference)
        page = delivery_page(found, Forms(completion=form), refusal=refusal.finding, kept=form.answer.data)
        return page, 409
    flash(_("Your answer is kept with the delivery, and the reviewer reads it."), "ok")
    return redirect(url_for("review.delivery", reference=reference))
