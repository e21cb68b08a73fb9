"""The reviewers' queue, and the page on which a delivery with something to read in it is decided."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from information_models.queries import load_model
from legal_checks.finding_texts import FINDINGS
from legal_checks.secrecy.questions import Side
from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding
from registry.i18n import read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.paging import page_of_sequence
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from registry.web.revalidation import revalidate
from submission_portal.deliveries.pages.view import view_of
from submission_portal.deliveries.queries import delivery_for
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.pages import decisions, flow_of, organisation_names
from submission_portal.legal_questions.question_pages import question_rows
from submission_portal.review import pages, queries, services
from submission_portal.review.forms import ASK, CompletionForm, DeliveryDecisionForm
from submission_portal.review.tables import DeliveryOutcome

blueprint = Blueprint("review", __name__, template_folder="templates")
revalidate(blueprint)
READERS = (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
REGION = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


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
    return _delivery_page(_received(db.session, current_actor(), reference))


@blueprint.post("/granskning/leverans/<reference>/besluta")
@access.roles(Role.QUALITY_REVIEWER)
def decide(reference: str) -> Response | tuple[str, int]:
    """Release, ask or refuse. What was written comes back with the page, whatever stops it."""
    form = DeliveryDecisionForm()
    if not form.validate_on_submit():
        return _delivery_page(_received(db.session, current_actor(), reference), form=form), 422
    try:
        with transaction() as session:
            found = _received(session, current_actor(), reference)
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
        found = _received(db.session, current_actor(), reference)
        return _delivery_page(found, form=form, refusal=refusal.finding, kept=form.reason.data), 409
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
        return _delivery_page(_received(db.session, current_actor(), reference), answer_form=form), 422
    try:
        with transaction() as session:
            found = _received(session, current_actor(), reference)
            services.complete(session, current_actor(), clock.now(), found, answer=form.answer.data or "")
    except Refused as refusal:
        found = _received(db.session, current_actor(), reference)
        page = _delivery_page(found, answer_form=form, refusal=refusal.finding, kept=form.answer.data)
        return page, 409
    flash(_("Your answer is kept with the delivery, and the reviewer reads it."), "ok")
    return redirect(url_for("review.delivery", reference=reference))


def _received(session: Session, actor: Actor, reference: str) -> Delivery:
    """A delivery that was sent, for its region and its recipient's reviewers. Raises `NotFound` for everybody else."""
    found = delivery_for(session, actor, reference)
    if found.number is None:
        raise NotFound("delivery")
    return found


def _delivery_page(
    delivery: Delivery,
    *,
    form: DeliveryDecisionForm | None = None,
    answer_form: CompletionForm | None = None,
    refusal: Finding | None = None,
    kept: str | None = None,
) -> str:
    session, actor = db.session, current_actor()
    loaded = load_model(session, delivery.model_version_hash)
    view = view_of(delivery, loaded)
    versions = items.versions_by_hash(session, [delivery.flow_version_hash, delivery.model_version_hash])
    flow = versions[delivery.flow_version_hash]
    names = organisation_names(session)
    disclosure = delivery.disclosure
    requests = queries.requests_of(session, delivery.id)
    decision = queries.decision_of(session, delivery.id)
    asked = next((one for one in requests if one.answered_at is None), None)
    is_reviewer = services.may_review(actor, delivery)
    objection = services.objection(session, actor, delivery)
    may_decide = is_reviewer and objection is None
    is_region = actor.has_role(*REGION, organisation_id=delivery.organisation_id)
    assessment = disclosure.assessment if disclosure else None
    return render_template(
        "review/delivery.html",
        delivery=delivery,
        source=read(names[delivery.organisation_id].name),
        release=pages.release_in_words(delivery, decision),
        flow=flow,
        model=versions[delivery.model_version_hash],
        names=names,
        findings=pages.findings(view),
        view=view,
        corrected=session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None,
        changes=pages.compared(delivery, loaded),
        disclosure=disclosure,
        flow_decisions=decisions(flow),
        requests=requests,
        asked=asked,
        decision=decision,
        people=identity.person_labels(
            session,
            [
                delivery.sent_by,
                disclosure.person_id if disclosure else None,
                decision.person_id if decision else None,
                *(one.asked_by for one in requests),
                *(one.answered_by for one in requests),
            ],
        ),
        form=(form or DeliveryDecisionForm(formdata=None)) if may_decide else None,
        answer_form=(answer_form or CompletionForm(formdata=None)) if is_region and asked else None,
        objection=readable(objection) if is_reviewer and objection and delivery.state == "in_review" else None,
        refusal=readable(refusal) if refusal else None,
        kept=kept,
        is_region=is_region,
        rows=question_rows([(Side.DISCLOSER, assessment)]) if assessment else [],
        replies=[
            (readable(FINDINGS.found(result.code)), result.reply) for result in (assessment.asks if assessment else ())
        ],
        titled=items.titled,
    )
